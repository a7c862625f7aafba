// The sounds of words: what Latin letters stand for, and slips of the hand. Loaded by search.js for the queries that need it;
// the same steps as src/search/pinyin.rs and repair.rs.
(function () {
  'use strict';
  var search = window.qingdan.search, common = null;

  function bySound(lines, into) {
    lines.split('\n').forEach(function (line) {
      var sound = /^[a-z]*/.exec(line)[0];
      for (var c of line.slice(sound.length)) (into[c] = into[c] || []).push(sound);
    });
    return into;
  }

  // The phrases at hand whose first sounds begin with one of the letters; all, in a small catalogue.
  function lexicon(index, letters) {
    var names = index.manifest.whole ? [] : letters.map(function (letter) { return 'l' + letter; });
    return search.parts(index, ['s'].concat(names)).then(function () {
      index.sounds = index.sounds || bySound(index.data.s, {});
      index.phrases = index.phrases || {};
      var known = index.phrases[names];
      if (known) return known;
      if (index.manifest.whole) return index.phrases[names] = collect(index);
      var lines = [];
      names.forEach(function (name) { if (index.data[name]) lines = lines.concat(index.data[name].split('\n')); });
      return index.phrases[names] = lines.map(function (line) {
        var cut = /^(.*)(\d) (\d+)$/.exec(line);
        return { chars: Array.from(cut[1]), weight: +cut[2], order: +cut[3] };
      }).sort(function (a, b) { return a.order - b.order; });
    });
  }

  function collect(index) {
    var phrases = new Map(), weights = { item: 4, department: 3 };
    function put(text, weight) {
      search.pieces(search.normal(text)).forEach(function (piece) {
        var key = Array.isArray(piece) && piece.length > 1 && piece.join('');
        if (key) phrases.set(key, Math.max(phrases.get(key) || 0, weight));
      });
    }
    index.cards.forEach(function (card, at) {
      card.names.forEach(function (name) { put(name, weights[index.runs[at][0]] || 1); });
      if (card.aliases) put(card.aliases, 3);
    });
    put(index.data.d.said, 2);
    return Array.from(phrases.keys()).sort().map(function (key) { return { chars: Array.from(key), weight: phrases.get(key) }; });
  }

  function readings(index, c) { return index.sounds[c] || (common && common[c]) || []; }

  // Where phrases have a sound that begins with this letter: the phrase and the place in it.
  function sounding(index, phrases, letter) {
    if (!phrases.sounding) {
      phrases.sounding = {};
      phrases.forEach(function (phrase) {
        phrase.chars.forEach(function (c, at) {
          new Set(readings(index, c).map(function (sound) { return sound[0]; })).forEach(function (first) {
            (phrases.sounding[first] = phrases.sounding[first] || []).push([phrase, at]);
          });
        });
      });
    }
    return phrases.sounding[letter] || [];
  }

  function matched(index, letters, chars, start) {
    var states = new Map([[0, 0]]);
    for (var at = 0; at < chars.length - start; at++) {
      var next = new Map(), end = -1;
      readings(index, chars[start + at]).forEach(function (sound) {
        states.forEach(function (fullness, used) {
          var rest = letters.slice(used), common = 0, steps = [];
          while (common < rest.length && common < sound.length && rest[common] === sound[common]) common++;
          if (common === sound.length) steps.push([common, 3]);
          else if (common === rest.length && common > 1) steps.push([common, 2]);
          if (common >= 1 && sound.length > 1) steps.push([1, 1]);
          if (common >= 2 && sound[1] === 'h' && sound.length > 2) steps.push([2, 1]);
          steps.forEach(function (step) {
            var to = used + step[0], full = fullness + step[1];
            if (to === letters.length) end = Math.max(end, full);
            else next.set(to, Math.max(next.get(to) || 0, full));
          });
        });
      });
      if (end >= 0) return [at + 1, end];
      if (!next.size) return null;
      states = next;
    }
    return null;
  }

  function spelling(index, letters) {
    if (letters.length < 2 || letters.length > 48) return Promise.resolve([]);
    return lexicon(index, [letters[0]]).then(function (phrases) {
      var found = new Map();
      sounding(index, phrases, letters[0]).forEach(function (place) {
        var phrase = place[0], start = place[1], hit = matched(index, letters, phrase.chars, start);
        if (hit) {
          var whole = start === 0 && hit[0] === phrase.chars.length;
          var full = Math.floor(hit[1] * 100 / (3 * hit[0])), place = whole ? 4 : 2 + (start === 0 ? 1 : 0);
          var quality = Math.max(Math.floor(full * place * (6 + phrase.weight) / (hit[0] === 1 ? 4 : 1)), 1);
          var piece = phrase.chars.slice(start, start + hit[0]).join(''), sum = found.get(piece) || [0, 0];
          found.set(piece, [Math.max(sum[0], quality), sum[1] + phrase.weight]);
        }
      });
      var all = Array.from(found, function (pair) { return { text: pair[0], quality: pair[1][0], weight: pair[1][1] }; });
      all.sort(function (a, b) { return b.quality - a.quality || b.weight - a.weight || (a.text < b.text ? -1 : 1); });
      return all.filter(function (reading) { return reading.quality * 2 >= all[0].quality; }).slice(0, 6);
    });
  }

  function alike(index, a, b) {
    var other = readings(index, b);
    return readings(index, a).some(function (sound) { return other.indexOf(sound) >= 0; });
  }

  // A run of Han characters as it was probably meant; `known` tells which pairs of it the index has (src/search/repair.rs).
  search.repaired = async function (index, run, known) {
    await lexicon(index, []);
    if (!common && run.some(function (c) { return !index.sounds[c]; })) {
      await search.load(index.manifest.sounds);
      common = bySound(search.data[''].s, {});
    }
    var letters = run.slice(0, 2).map(function (c) { return (readings(index, c)[0] || '')[0]; }).filter(Boolean);
    var phrases = await lexicon(index, letters), layings = new Map(), top = null;
    if (!phrases.places) {
      phrases.places = {};
      phrases.forEach(function (phrase, n) { phrase.chars.forEach(function (c, at) { (phrases.places[c] = phrases.places[c] || []).push([n, at]); }); });
    }
    run.forEach(function (c, at) {
      (phrases.places[c] || []).forEach(function (place) { layings.set(place[0] * 4096 + (at - place[1] + 2048), true); });
    });
    Array.from(layings.keys()).sort(function (a, b) { return a - b; }).forEach(function (key) {
      var phrase = phrases[Math.floor(key / 4096)], shift = key % 4096 - 2048;
      var from = Math.max(shift, 0), chars = phrase.chars.slice(Math.max(-shift, 0)), length = Math.min(run.length - from, chars.length), pairs = [];
      for (var i = 0; i < length; i++) pairs.push(run[from + i] === chars[i] ? 2 : alike(index, run[from + i], chars[i]) ? 1 : 0);
      for (var start = 0; start < length; start++) {
        var same = 0, sound = 0, wrong = 0, broken = false;
        for (var end = start; end < length; end++) {
          if (pairs[end] === 2) same++; else if (pairs[end]) sound++; else wrong++;
          if (pairs[end] !== 2 && known[from + end - 1] !== true && known[from + end] !== true) broken = true;
          if (wrong > 1 || wrong === 1 && sound > 0) break;
          var fits = wrong ? same >= 3 || same === 2 && pairs[start] && pairs[end] : sound > 0 && same > 0;
          var score = 10 * (4 * same + 3 * sound) + phrase.weight;
          if (fits && broken && (!top || score > top.score)) top = { score: score, start: from + start, chars: chars.slice(start, end + 1) };
        }
      }
    });
    return top && run.slice(0, top.start).concat(top.chars, run.slice(top.start + top.chars.length));
  };

  // What Latin words may stand for beside the rest of a query, with the share each reading has.
  search.spelled = async function (index, latin, rest) {
    var queries = [], choices = [await spelling(index, latin.join(''))];
    if (!choices[0].length && latin.length > 1) {
      choices = await Promise.all(latin.map(function (word) { return spelling(index, word); }));
      choices = choices.filter(function (choice) { return choice.length; });
    }
    var count = Math.max.apply(null, [0].concat(choices.map(function (choice) { return choice.length; })));
    var pick = function (choice, n) { return choice[Math.min(n, choice.length - 1)]; };
    var quality = function (n) { return choices.reduce(function (sum, choice) { return sum + (choice.length ? pick(choice, n).quality : 0); }, 0); };
    for (var n = 0; n < count; n++) {
      queries.push({ list: rest.concat(choices.filter(function (c) { return c.length; }).map(function (choice) { return Array.from(pick(choice, n).text); })), part: quality(n), whole: Math.max(quality(0), 1) });
    }
    return queries;
  };
})();
