// The browser's half of search: it asks the index that src/search/ makes, by the same rule and with the same whole numbers.
// Loaded at the first search. A small catalogue comes as its texts, of which the index is made here; a large one in parts.
(function () {
  'use strict';
  var search = window.qingdan.search;
  var HAN = '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u3007\\u{20000}-\\u{3ffff}';
  var LETTER = '\\u1820-\\u1878\\u1880-\\u18aa';
  var MARK = '\\u180a-\\u180d\\u180f\\u200c\\u200d';
  var isHan = new RegExp('[' + HAN + ']', 'u');
  var words = new RegExp('[' + HAN + ']+|[' + LETTER + '][' + LETTER + MARK + ']*(?:[\\ue000\\u180e][' + LETTER + '][' + LETTER + MARK + ']*)*|[0-9]+(?:\\.[0-9]+)?|(?:(?![' + HAN + LETTER + '])\\p{Alphabetic})+', 'gu');
  var notLetter = new RegExp('[^' + LETTER + ']', 'g');
  var keys = {};
  'ᠠaᠡaᠨaᠢiᠵiᠶiᠣoᠤoᠥoᠦoᠧwᠸwᠪbᠫpᠬqᠭqᠮmᠯlᠰsᠱsᠲtᠳtᠴcᠷrᠹfᠺkᠻhᠼzᠽxᠾyᠿjᡀvᡁdᡂe'.replace(/(.)(.)/g, function (_, letter, key) { keys[letter] = key; });
  keys['ᠩ'] = 'aq';
  var WHOLE = 4, BEGUN = 2, SINGLE = 3, RARITY = 32, NAME = 7, CONTINUATIONS = 40, TAIL = 12, WEAK = 75, LONGEST = 120;
  var stores = {}, foldings = {};

  // --- texts

  function normal(text, folding) {
    text = text.replace(/\u202f/g, '\ue000').normalize('NFKD').toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/ς/g, 'σ').normalize('NFC');
    return folding ? text.replace(/[^\x00-\x7f]/g, function (c) { return folding[c] || c; }) : text;
  }

  function mongolian(word) {
    var parts = word.split(/([\ue000\u180e])/), stem = parts[0];
    for (var i = 1; i < parts.length; i += 2) {
      if (parts[i] !== '\u180e' || !/^[ᠠᠡ]$/.test(parts[i + 1].replace(notLetter, ''))) break;
      stem += parts[i + 1];
    }
    var key = '';
    for (var letter of stem.replace(notLetter, '')) {
      letter = keys[letter] || 'g';
      if (letter !== 'i' || key.slice(-1) !== 'i') key += letter;
    }
    return '^' + key;
  }

  // A piece is a run of Han characters, as a list, or a word.
  function pieces(text) {
    return (text.match(words) || []).map(function (word) {
      if (isHan.test(word)) return Array.from(word);
      return /[\u1820-\u18aa]/.test(word) ? mongolian(word) : word;
    });
  }

  function terms(text) {
    var all = [];
    pieces(text).forEach(function (piece) {
      if (!Array.isArray(piece)) all.push(piece);
      else if (piece.length === 1) all.push(piece[0]);
      else for (var i = 1; i < piece.length; i++) all.push(piece[i - 1] + piece[i]);
    });
    return all;
  }

  function exact(text) {
    var hash = 0x811c9dc5;
    text = text.replace(/[^\p{Alphabetic}\p{N}]/gu, '');
    for (var i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return '=' + (hash >>> 0).toString(36);
  }

  function shorten(text, limit) {
    var chars = Array.from(text.replace(/\n/g, ' ')), stop = limit;
    if (chars.length <= limit) return chars.join('');
    while (stop-- && '。；，.;, ᠂᠃'.indexOf(chars[stop]) < 0);
    return chars.slice(0, stop * 2 >= limit ? stop : limit).join('') + '…';
  }

  // --- the index: terms with their postings, a flat list of document and impact

  function add(index, term, document, impact) {
    var list = index.terms.get(term);
    if (!list) index.terms.set(term, list = []);
    list.push(document, impact);
  }

  // Makes the index of a small catalogue (src/search/index.rs).
  function build(index) {
    var data = index.data.d, facets = index.data.f, of = facets.of.split('\n');
    var around = facets.names.map(function (names, n) {
      return names.map(function (name, i) { return data.aliases[n][i] ? name + '|' + data.aliases[n][i] : name; });
    });
    var said = data.said ? data.said.split('\n').map(function (line) {
      var at = line.indexOf('|');
      return [line.slice(0, at), line.slice(at + 1)];
    }) : [];
    var at = 0, sums = [0, 0], counts = [0, 0], all = [];
    var lines = data.documents ? data.documents.split('\n') : [];
    index.manifest.runs.forEach(function (run) {
      for (var n = 0; n < run[1]; n++, at++) {
        var cells = lines[at].split('\t'), groups = of[at].split(';').map(function (list) { return list ? list.split(',') : []; });
        var streams = cells.slice(4).map(function (cell, i) {
          var kind = data.classes[parseInt(cell[0], 36)];
          var text = cell.slice(1) || (i ? '' : run[0] === 'department' ? around[1][n] : cells[0]);
          return { raw: text, weight: kind[0], long: kind[1], spoken: kind[2] };
        });
        var card = { title: cells[0], slug: cells[1], number: cells[2], summary: cells[3] };
        if (card.summary[0] === '@') card.summary = shorten(streams[card.summary.slice(1)].raw, data.summary);
        index.cards[at] = card;
        card.names = run[0] === 'department' ? streams[0].raw.split('|') : [streams[0].raw];
        if (run[0] === 'item' && data.aliased) card.aliases = streams[streams.length - 1].raw;
        if (run[0] === 'item') {
          [[1], [0], [2, 3]].forEach(function (which, i) {
            var names = [];
            which.forEach(function (f) { groups[f].forEach(function (id) { names.push(around[f][id]); }); });
            streams.push({ raw: names.join('|'), weight: data.around[i], long: 0, spoken: i === 0 });
          });
        }
        streams.forEach(function (stream) { stream.text = normal(stream.raw); });
        streams.slice().forEach(function (stream) {
          if (!stream.spoken) return;
          var words = said.filter(function (pair) { return stream.text.indexOf(pair[0]) >= 0; });
          streams.push({ text: words.map(function (pair) { return pair[1]; }).join('|'), weight: stream.weight * 0.4, long: 0 });
        });
        streams.forEach(function (stream) {
          stream.units = (stream.long ? [stream.text] : stream.text.split('|')).map(terms);
          stream.units.forEach(function (unit) {
            if (unit.length) { sums[stream.long] += unit.length; counts[stream.long]++; }
          });
        });
        all.push(streams);
      }
    });
    var mean = sums.map(function (sum, i) { return Math.max(sum / Math.max(counts[i], 1), 1); });
    all.forEach(function (streams, document) {
      var scores = new Map();
      streams.forEach(function (stream) {
        if (!(stream.weight > 0)) return;
        var worth = new Map();
        stream.units.forEach(function (unit) {
          var each = stream.weight / (1 - 0.6 + 0.6 * unit.length / mean[stream.long]);
          unit.forEach(function (term) {
            var sum = worth.get(term);
            if (!sum) worth.set(term, [each, each]);
            else { sum[0] = Math.max(sum[0], each); sum[1] += each; }
          });
        });
        worth.forEach(function (sum, term) { scores.set(term, (scores.get(term) || 0) + (sum[0] + (sum[1] - sum[0]) * 0.3)); });
      });
      scores.forEach(function (score, term) { add(index, term, document, Math.max(Math.floor(score / (6 + score) * 15.999), 1)); });
      new Set(index.cards[document].names.map(function (name) { return exact(normal(name)); })).forEach(function (term) { add(index, term, document, 15); });
    });
    index.sorted = [Array.from(index.terms.keys()).sort()];
  }

  // Reads a part of the terms of a large catalogue (src/search/emit.rs).
  function read(index, number, text) {
    var digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_', signs = '!#$%&()*+,./:;<';
    function postings(term, codes) {
      var list = [], impact = 0, last = 0, distance = 0, place = 1;
      for (var i = 0; i < codes.length; i++) {
        var sign = signs.indexOf(codes[i]);
        if (sign >= 0) { impact = sign + 1; last = 0; continue; }
        var digit = digits.indexOf(codes[i]);
        distance += (digit % 32) * place;
        place *= 32;
        if (digit < 32) { last += distance; list.push(last - 1, impact); distance = 0; place = 1; }
      }
      index.terms.set(term, list);
      sorted.push(term);
    }
    var sorted = index.sorted[number] = [];
    text.split('\n').forEach(function (line) {
      if (!isHan.test(line)) return postings(line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1));
      // A Han character, its postings where it is a term, and each second one with those of the pair.
      var first = '';
      line.match(/[^\x00-\x7f][\x00-\x7f]*/gu).forEach(function (part) {
        var c = Array.from(part)[0], codes = part.slice(c.length);
        if (codes) postings(first + c, codes);
        first = first || c;
      });
    });
  }

  // --- loading

  function store(tag) {
    return stores[tag] || (stores[tag] = search.manifest(tag).then(function (manifest) {
      if (manifest.version !== 1) throw new Error('search: another version');
      var runs = [];
      manifest.runs.forEach(function (run) { for (var i = 0; i < run[1]; i++) runs.push(run); });
      var total = runs.length;
      var index = { tag: tag, manifest: manifest, data: search.data[tag], terms: new Map(), sorted: [], cards: [], runs: runs, total: total, lists: {}, rarity: [] };
      for (var n = 0; n <= total; n++) index.rarity.push(RARITY + Math.round(16 * Math.log2(1 + total / Math.max(n, 1))));
      if (!manifest.whole) return index;
      return parts(index, ['d']).then(function () { build(index); return index; });
    }));
  }

  // The file of a part: t0, t1 … and c0 … by number, la … by letter, others by name.
  function file(index, name) {
    var files = index.manifest.files, row = files[name[0] + '*'];
    if (name.length < 2) return files[name];
    if (typeof row[1] === 'string') row[1] = row[1].split(' ');
    var hash = row[1][name[0] === 'l' ? index.manifest.letters.indexOf(name[1]) : +name.slice(1)];
    return hash && row[0] + hash + '.js';
  }

  function parts(index, names) {
    return Promise.all(names.map(function (name) {
      var path = !(name in index.data) && file(index, name);
      return path && search.load(path);
    }));
  }

  // The first place in a sorted list that is not before what is sought.
  function place(list, sought) {
    var low = 0, high = list.length;
    while (low < high) { var mid = (low + high) >> 1; if (list[mid] < sought) low = mid + 1; else high = mid; }
    return low;
  }

  // The numbers of the parts in which terms that begin so are; a small catalogue has one.
  function within(index, start) {
    var firsts = index.manifest.starts, numbers = [], last = place(firsts, start + '\uffff') - 1;
    for (var n = Math.max(place(firsts, start + '\0') - 1, 0); n <= Math.max(last, 0); n++) numbers.push(n);
    return numbers;
  }

  function ranges(index, starts) {
    if (index.manifest.whole) return Promise.resolve();
    var wanted = new Set();
    starts.forEach(function (start) { within(index, start).forEach(function (n) { if (!index.sorted[n]) wanted.add(n); }); });
    var numbers = Array.from(wanted);
    return parts(index, numbers.map(function (n) { return 't' + n; })).then(function () {
      numbers.forEach(function (n) { if (!index.sorted[n]) read(index, n, index.data['t' + n]); });
    });
  }

  function ready(index, list, names) {
    var starts = names ? [exact(text(list))] : [];
    list.forEach(function (piece) {
      if (Array.isArray(piece)) { starts.push.apply(starts, piece); return; }
      starts.push(piece);
      for (var n = Math.max(4, piece.length - 5); n < piece.length; n++) starts.push(piece.slice(0, n));
    });
    return ranges(index, starts);
  }

  // --- asking

  function beginning(index, start) {
    var found = [];
    within(index, start).forEach(function (n) {
      var list = index.sorted[n] || [];
      for (var at = place(list, start); at < list.length && list[at].startsWith(start); at++) if (list[at] !== start) found.push(list[at]);
    });
    return found;
  }

  function best(lists, least, half) {
    var impacts = new Map();
    lists.forEach(function (list) {
      for (var i = 0; i < list.length; i += 2) {
        if (list[i + 1] < least) continue;
        var impact = half ? list[i + 1] >> 1 : list[i + 1];
        if (!(impacts.get(list[i]) >= impact)) impacts.set(list[i], impact);
      }
    });
    var flat = [];
    impacts.forEach(function (impact, document) { flat.push(document, impact); });
    return flat;
  }

  function withCharacter(index, c) {
    if (!index.lists[c]) {
      var own = index.terms.get(c) || [], lists = beginning(index, c).map(function (term) { return index.terms.get(term); });
      index.lists[c] = best([own, best(lists, NAME, true)], 0, false);
    }
    return index.lists[c];
  }

  function begun(index, word) {
    var letters = word.length - (word[0] === '^' ? 1 : 0);
    if (letters < 2) return null;
    var lists = beginning(index, word).slice(0, CONTINUATIONS).map(function (term) { return index.terms.get(term); });
    if (!/^[0-9]/.test(word)) {
      for (var end = word.length - 1; end >= 4 && end + 6 > word.length; end--) {
        var stem = index.terms.get(word.slice(0, end));
        if (stem) { lists.push(stem); break; }
      }
    }
    var list = best(lists, 0, false);
    return list.length ? { weight: BEGUN, list: list } : null;
  }

  function scored(index, list) {
    var asked = [], seen = new Set(), whole = function (term) { return index.terms.get(term) || []; };
    function push(term, weight, of) {
      if (!seen.has(term)) asked.push({ weight: weight, list: of(term) });
      seen.add(term);
    }
    var single = function (c) { return withCharacter(index, c); };
    list.forEach(function (piece) {
      if (!Array.isArray(piece)) push(piece, WHOLE, whole);
      else if (piece.length === 1) push(piece[0], WHOLE, single);
      else {
        for (var i = 1; i < piece.length; i++) push(piece[i - 1] + piece[i], WHOLE, whole);
        piece.forEach(function (c) { push(c, SINGLE, single); });
      }
    });
    list.forEach(function (piece) {
      var more = !Array.isArray(piece) && begun(index, piece);
      if (more) asked.push(more);
    });
    var all = 0, covered = 0, top = 0, scores = new Map(), documents = [];
    var score = index.score = index.score || new Float64Array(index.total), cover = index.cover = index.cover || new Float64Array(index.total);
    asked.forEach(function (term) {
      var worth = term.weight * index.rarity[term.list.length / 2], postings = term.list;
      all += worth;
      for (var i = 0; i < postings.length; i += 2) {
        var document = postings[i];
        if (cover[document] === 0) documents.push(document);
        score[document] += worth * postings[i + 1];
        cover[document] += worth;
      }
    });
    all = Math.max(all, 1);
    documents.forEach(function (document) {
      covered = Math.max(covered, Math.floor(cover[document] * 100 / all));
      score[document] = Math.floor(score[document] * cover[document] * 16 / all);
    });
    var names = index.terms.get(exact(text(list))) || [];
    for (var i = 0; i < names.length; i += 2) if (cover[names[i]]) score[names[i]] = score[names[i]] * 3 + 1000;
    documents.forEach(function (document) { top = Math.max(top, score[document]); });
    // What falls behind the best here falls behind the best of all.
    documents.forEach(function (document) {
      if (score[document] * TAIL >= top) scores.set(document, score[document]);
      score[document] = cover[document] = 0;
    });
    return { scores: scores, coverage: covered, best: top };
  }

  function merge(scores, other, part, whole) {
    other.forEach(function (score, document) {
      score = Math.floor(score * part / whole);
      if (!(scores.get(document) >= score)) scores.set(document, score);
    });
  }

  function text(list) {
    return list.map(function (piece) { return Array.isArray(piece) ? piece.join('') : piece; }).join(' ');
  }

  // --- sounds, in a script of their own: most queries need none (sounds.js)

  function hearing(index) { return search.load(index.manifest.scripts.sounds); }

  // What the Latin words of a query may stand for, with the share each has.
  async function spelled(index, list) {
    var isLatin = function (piece) { return !Array.isArray(piece) && /^[a-z]*$/.test(piece); };
    var latin = list.filter(isLatin);
    if (!latin.length || !index.manifest.phrases) return [];
    await hearing(index);
    return search.spelled(index, latin, list.filter(function (piece) { return !isLatin(piece); }));
  }

  // The query as it was probably meant; null where nothing is wrong or nothing is near.
  async function mended(index, list) {
    if (!index.manifest.phrases) return null;
    var changed = false, better = list.slice();
    for (var n = 0; n < list.length; n++) {
      var run = list[n], known = [];
      if (!Array.isArray(run)) continue;
      for (var i = 1; i < run.length; i++) known.push(index.terms.has(run[i - 1] + run[i]));
      // A slip leaves no pair beside it known.
      if (!run.some(function (_, i) { return !known[i - 1] && !known[i]; })) continue;
      await hearing(index);
      var meant = await search.repaired(index, run, known);
      if (meant) { better[n] = meant; changed = true; }
    }
    return changed ? better : null;
  }

  // --- the whole

  // The query in normal form; traditional characters fold where the index does not have them.
  async function folded(index, query) {
    var plain = normal(query), list = asked(index, plain);
    await ready(index, list);
    if (index.manifest.whole && !index.chars) index.chars = new Set(index.sorted[0].join(''));
    var strange = list.some(function (piece) {
      return Array.isArray(piece) && piece.some(function (c) { return index.chars ? !index.chars.has(c) : !index.terms.has(c) && !beginning(index, c).length; });
    });
    return strange ? normal(query, await folding(index)) : plain;
  }

  // Traditional characters, with the simplified ones that the index has.
  async function folding(index) {
    if (!foldings[index.tag]) {
      await parts(index, ['x']);
      foldings[index.tag] = {};
      var chars = Array.from(index.data.x || '');
      for (var i = 0; i < chars.length; i += 2) foldings[index.tag][chars[i]] = chars[i + 1];
    }
    return foldings[index.tag];
  }

  // The pieces of a query without the words that only ask; all, where nothing would be left.
  function asked(index, plain) {
    var rest = plain;
    index.manifest.ignore.forEach(function (word) { rest = rest.split(word).join(' '); });
    rest = pieces(rest);
    return rest.length ? rest : pieces(plain);
  }

  async function found(index, query) {
    var list = asked(index, await folded(index, query));
    await ready(index, list, true);
    var own = scored(index, list), said = [list];
    for (var other of await spelled(index, list)) {
      await ready(index, other.list, true);
      merge(own.scores, scored(index, other.list).scores, other.part, other.whole);
      said.push(other.list);
    }
    var better = own.coverage < WEAK && await mended(index, list);
    if (better) {
      await ready(index, better, true);
      var meant = scored(index, better);
      if (Math.floor(meant.best * 3 / 5) > own.best) {
        merge(own.scores, meant.scores, 3, 5);
        said.push(better);
        return { scores: own.scores, meant: text(better), said: said };
      }
    }
    return { scores: own.scores, meant: null, said: said };
  }

  // Everything that a query brings: documents by rank, what it was meant to be, and what to mark.
  search.ask = async function (query, tag) {
    var index = await store(tag || document.documentElement.lang), short = Array.from(String(query)).slice(0, LONGEST).join('');
    var own = await found(index, short);
    if (index.manifest.source && (!own.scores.size || pieces(normal(short)).some(Array.isArray))) {
      var source = await store(index.manifest.source), other = await found(source, short);
      other.scores.forEach(function (_, document) { if (source.runs[document][0] !== 'item') other.scores.delete(document); });
      merge(own.scores, other.scores, 1, 1);
      own.meant = own.meant || other.meant;
    }
    var hits = [], top = 0;
    own.scores.forEach(function (score) { top = Math.max(top, score); });
    own.scores.forEach(function (score, document) {
      if (score > 0 && score * TAIL >= top) hits.push({ document: document, score: score, last: index.runs[document][0] !== 'item' });
    });
    hits.sort(function (a, b) { return a.last - b.last || b.score - a.score || a.document - b.document; });
    return { hits: hits, meant: own.meant, said: own.said, index: index };
  };

  // What results show, for some of the hits of an answer.
  search.cards = async function (answer, hits) {
    var index = answer.index, size = index.manifest.cards;
    if (!index.manifest.whole) {
      var names = hits.map(function (hit) { return 'c' + Math.floor(hit.document / size); });
      await parts(index, names);
      names.forEach(function (name) {
        if (index.cards[name.slice(1) * size]) return;
        index.data[name].split('\n').forEach(function (line, n) {
          var cells = line.split('\t');
          index.cards[name.slice(1) * size + n] = { title: cells[0], slug: cells[1], number: cells[2], summary: cells[3] };
        });
      });
    }
    return hits.map(function (hit) {
      var card = index.cards[hit.document], run = index.runs[hit.document];
      return { kind: run[0], slug: card.slug, title: card.title, url: search.at(run[2] + card.slug + run[3]), score: hit.score, number: card.number, summary: card.summary };
    });
  };

  search.facets = async function (answer) {
    await parts(answer.index, ['f']);
    var facets = answer.index.data.f;
    facets.lines = facets.lines || facets.of.split('\n').map(function (line) { return line.split(';').map(function (ids) { return ids ? ids.split(',').map(Number) : []; }); });
    return facets;
  };

  search.engine = async function (query, options) {
    var answer = await search.ask(query, options.lang);
    var limit = options.limit === undefined ? 10 : Math.max(0, options.limit);
    return search.cards(answer, answer.hits.slice(0, limit));
  };

  search.parts = parts;
  search.normal = normal;
  search.pieces = pieces;
  // For tests of both halves.
  search.terms = terms;
  search.folding = async function (tag) { return folding(await store(tag)); };
})();
