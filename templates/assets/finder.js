// Shows what search finds: a popup under every search box (a combobox with a listbox), and the whole on search.html. Loaded
// with the engine at the first search. All words stand in the page, as data-* attributes; text is set as text, never as HTML.
(function () {
  'use strict';
  var search = window.qingdan.search, root = document.documentElement, LIMIT = 7;
  var vertical = root.dataset.writing === 'vertical';
  var common = (document.querySelector('form.search[data-all]') || root).dataset;

  function make(tag, name, parent, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  }

  function counted(words, n) { return ((n === 1 && words.one) || words.found || '').replace('{n}', n); }

  function address(query) { return search.root + search.path + '/search.html?' + new URLSearchParams({ q: query }); }

  // This script may be here before the engine is.
  function ask(query) { return search.ready().then(function () { return search.ask(query, root.lang); }); }

  // --- what was searched last: kept only where the site wants it

  function recent(list) {
    if (!search.recent) return [];
    try {
      if (list) localStorage.setItem('qingdan-recent', JSON.stringify(list));
      list = JSON.parse(localStorage.getItem('qingdan-recent'));
    } catch (e) { /* private mode: nothing is kept */ }
    return Array.isArray(list) ? list.filter(function (query) { return typeof query === 'string'; }) : [];
  }

  function remember(query) {
    query = query.trim().slice(0, 80);
    if (search.recent && query) recent([query].concat(recent().filter(function (other) { return other !== query; })).slice(0, 8));
  }

  // --- marks: the longest pieces of a run of Han characters, the whole of a word

  function marker(answer, query) {
    var runs = [], words = query.toLowerCase().split(/[ \n\t\u3000]+/).filter(function (word) { return /[\u1820-\u18aa]/.test(word); });
    answer.said.forEach(function (list) {
      list.forEach(function (piece) {
        if (!Array.isArray(piece)) { if (piece[0] !== '^') words.push(piece); }
        else if (piece.length > 1 || list.length === 1) runs.push(piece.join(''));
      });
    });
    function length(text, at) {
      var most = 0;
      runs.forEach(function (run) {
        var n = Math.min(2, run.length);
        while (at + n <= text.length && run.indexOf(text.slice(at, at + n)) >= 0) { most = Math.max(most, n); n++; }
      });
      var before = text[at - 1];
      if (!before || !/[\p{L}\p{N}]/u.test(before) || /\p{Script=Han}/u.test(before)) {
        words.forEach(function (word) { if (word.length > most && text.startsWith(word, at)) most = word.length; });
      }
      return most;
    }
    return function (element, text) {
      var lower = text.toLowerCase(), from = 0;
      if (lower.length !== text.length) lower = text;
      for (var at = 0; at < text.length;) {
        var n = length(lower, at);
        if (n) {
          element.appendChild(document.createTextNode(text.slice(from, at)));
          make('mark', '', element, text.slice(at, at + n));
          from = at + n;
        }
        at += n || 1;
      }
      element.appendChild(document.createTextNode(text.slice(from)));
      // A text without a translation is in the source language.
      var source = answer.index.manifest.source;
      if (source && /\p{Script=Han}/u.test(text) && !/[\u1820-\u18aa]/.test(text)) element.lang = source;
    };
  }

  // Calls back when typing pauses, never while an input method composes.
  function typing(input, then) {
    var timer, composing = false;
    function wait() { clearTimeout(timer); timer = setTimeout(then, 80); }
    input.addEventListener('compositionstart', function () { composing = true; clearTimeout(timer); });
    input.addEventListener('compositionend', function () { composing = false; wait(); });
    input.addEventListener('input', function (event) { if (!composing && !event.isComposing) wait(); });
    return function () { clearTimeout(timer); };
  }

  // --- the popup of a box

  function box(form, live) {
    var input = form.elements.q, turn = 0, active = -1, options = [];
    var list = make('div', 'finds', form), status = make('p', 'vh', form);
    list.id = input.id + '-finds';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', input.labels[0].textContent);
    status.setAttribute('role', 'status');
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('aria-expanded', 'false');

    function choose(n) {
      if (options[active]) options[active].setAttribute('aria-selected', 'false');
      active = n;
      if (!options[n]) { input.removeAttribute('aria-activedescendant'); return; }
      options[n].setAttribute('aria-selected', 'true');
      options[n].scrollIntoView({ block: 'nearest', inline: 'nearest' });
      input.setAttribute('aria-activedescendant', options[n].id);
    }

    function say(text, seen) {
      status.textContent = text;
      status.className = seen ? 'finds' : 'vh';
    }

    function close() {
      turn++;
      choose(-1);
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      say('');
    }

    function option(tag, name) {
      var element = make(tag, name, list);
      element.id = list.id + options.length;
      element.tabIndex = -1;
      element.setAttribute('role', 'option');
      element.setAttribute('aria-selected', 'false');
      options.push(element);
      return element;
    }

    function link(url, name) {
      var element = option('a', name);
      element.href = url;
      return element;
    }

    function room() {
      var edge = form.getBoundingClientRect();
      return (vertical ? root.clientWidth - edge.right : root.clientHeight - edge.bottom) - 12;
    }

    function open(fill) {
      var was = list.hidden;
      choose(-1);
      list.textContent = '';
      options = [];
      fill();
      list.hidden = !options.length;
      input.setAttribute('aria-expanded', list.hidden ? 'false' : 'true');
      // No higher than the window has room for; where that is little, the box goes to the window's edge.
      if (was && room() < 320) form.scrollIntoView();
      list.style.maxBlockSize = Math.max(room(), 200) + 'px';
      list.scrollTop = list.scrollLeft = 0;
    }

    function past() {
      var queries = recent();
      if (!queries.length) { close(); return; }
      open(function () {
        queries.forEach(function (query) { link(address(query)).textContent = query; });
        var clear = option('button', 'finds-all');
        clear.type = 'button';
        clear.textContent = common.forget;
        clear.addEventListener('click', function () { recent([]); close(); });
      });
      say(common.recent);
    }

    function look() {
      var query = input.value.trim(), now = ++turn;
      if (document.activeElement !== input) return;
      if (!query) { past(); return; }
      if (!live) { close(); return; }
      ask(query).then(function (answer) {
        return now === turn && search.cards(answer, answer.hits.slice(0, LIMIT)).then(function (cards) {
          if (now !== turn) return;
          var n = answer.hits.length, mark = marker(answer, query);
          open(function () {
            cards.forEach(function (card) {
              var one = link(card.url);
              mark(make('b', '', one), card.title);
              if (card.summary) mark(make('small', '', one), card.summary);
            });
            if (n > 1) link(address(query), 'finds-all').textContent = common.all.replace('{n}', n);
          });
          say(n ? counted(common, n) : common.none, !n);
        });
      }).catch(function () { if (now === turn) close(); });
    }

    var stop = typing(input, look);
    input.addEventListener('focus', function () { if (list.hidden) look(); });
    form.addEventListener('focusout', function (event) { if (!list.contains(event.relatedTarget)) { stop(); close(); } });
    form.addEventListener('submit', function () { remember(input.value); close(); });
    // The box keeps the focus while an option is pressed.
    list.addEventListener('mousedown', function (event) { event.preventDefault(); });
    list.addEventListener('click', function (event) { if (event.target.closest('a')) remember(input.value); });
    input.addEventListener('keydown', function (event) {
      if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      var key = event.key, shown = !list.hidden;
      var down = key === (vertical ? 'ArrowRight' : 'ArrowDown') || (vertical && shown && key === 'ArrowDown');
      var up = key === (vertical ? 'ArrowLeft' : 'ArrowUp') || (vertical && shown && key === 'ArrowUp');
      if (down || up) {
        // Past either end stands the box itself.
        var all = options.length + 1;
        if (shown) choose((active + 1 + (down ? 1 : all - 1)) % all - 1);
        else look();
      } else if (key === 'Escape') {
        if (shown || status.textContent) close();
        else if (input.value) input.value = '';
        else return;
      } else if (key === 'Enter' && options[active]) {
        options[active].click();
      } else {
        // Home, End and what moves the caret go back to the text.
        if (/^(Home|End|Arrow)/.test(key)) choose(-1);
        if (key === 'Enter') stop();
        return;
      }
      event.preventDefault();
    });
    if (live || !input.value) look();
  }

  // --- the page of results

  function page(results) {
    var form = document.getElementById('page-q').form, input = form.elements.q, words = results.dataset;
    var part = function (name) { return document.querySelector('[data-part="' + name + '"]'); };
    var status = part('status'), meant = part('meant'), empty = part('empty'), fault = part('fault'), narrow = part('narrow'), clear = part('clear');
    var groups = [].map.call(results.querySelectorAll('fieldset'), function (field) {
      return { field: field, name: field.dataset.facet, ids: field.dataset.ids.split(' '), chosen: new Set(), boxes: null };
    });
    var sections = [].map.call(results.querySelectorAll('section'), function (section) {
      return { section: section, kind: section.dataset.kind, list: section.querySelector('ol'), count: section.querySelector('small'), more: section.querySelector('button'), shown: 0 };
    });
    var turn = 0, before = '', opened = false;

    function restore() {
      var params = new URLSearchParams(location.search);
      input.value = params.get('q') || '';
      groups.forEach(function (group) {
        group.chosen.clear();
        params.getAll(group.name).forEach(function (id) { if (group.ids.indexOf(id) >= 0) group.chosen.add(group.ids.indexOf(id)); });
      });
    }

    function keep(query) {
      var params = new URLSearchParams();
      if (query) params.set('q', query);
      groups.forEach(function (group) { group.chosen.forEach(function (n) { params.append(group.name, group.ids[n]); }); });
      var text = String(params);
      try { history.replaceState(null, '', text ? '?' + text : location.pathname); } catch (e) { /* too often: the next change tells it */ }
      [].forEach.call(document.querySelectorAll('.langs a'), function (link) { link.search = text; });
    }

    function chosenBut(line, but) {
      return groups.every(function (group, g) { return g === but || !group.chosen.size || line[g].some(function (n) { return group.chosen.has(n); }); });
    }

    function boxes(group, names) {
      var list = group.field.querySelector('ul');
      group.boxes = names.map(function (name, n) {
        var item = make('li', '', list), label = make('label', '', item), tick = make('input', '', label);
        tick.type = 'checkbox';
        make('span', '', label, name);
        tick.addEventListener('change', function () {
          if (tick.checked) group.chosen.add(n); else group.chosen.delete(n);
          update();
        });
        return { item: item, tick: tick, count: make('small', '', label) };
      });
    }

    function facets(names, lines, items) {
      var all = 0;
      groups.forEach(function (group, g) {
        if (!group.boxes) boxes(group, names[g]);
        var counts = names[g].map(function () { return 0; }), pool = 0, useful = group.chosen.size > 0;
        items.forEach(function (hit) {
          if (!chosenBut(lines[hit.document], g)) return;
          pool++;
          lines[hit.document][g].forEach(function (n) { counts[n]++; });
        });
        group.boxes.forEach(function (one, n) {
          one.tick.checked = group.chosen.has(n);
          one.count.textContent = counts[n];
          one.item.hidden = !counts[n] && !one.tick.checked;
          // A box that leaves all as it is chooses nothing.
          if (counts[n] && counts[n] < pool) useful = true;
        });
        group.field.hidden = !useful;
        if (!group.field.hidden) all++;
      });
      narrow.hidden = !all;
      var n = groups.reduce(function (sum, group) { return sum + group.chosen.size; }, 0);
      clear.hidden = !n;
      narrow.querySelector('summary small').textContent = n || '';
    }

    function row(list, card, mark) {
      var item = make('li', card.number ? 'row' : 'row row-plain', list);
      if (card.number) make('span', 'row-no', item, card.number).setAttribute('aria-hidden', 'true');
      var link = make('a', '', make('h3', 'row-name', item));
      link.href = card.url;
      mark(link, card.title);
      if (card.summary) mark(make('p', '', item), card.summary);
    }

    function show(message) {
      status.textContent = message;
      meant.hidden = empty.hidden = fault.hidden = true;
    }

    async function draw(query, now) {
      var answer = await ask(query), facet = await search.facets(answer);
      var runs = answer.index.runs, kind = function (hit) { return runs[hit.document][0]; };
      var items = answer.hits.filter(function (hit) { return kind(hit) === 'item'; });
      var chosen = groups.some(function (group) { return group.chosen.size; });
      var hits = chosen ? items.filter(function (hit) { return chosenBut(facet.lines[hit.document]); }) : answer.hits;
      var parts = sections.map(function (one) { return hits.filter(function (hit) { return kind(hit) === one.kind; }); });
      var cards = await Promise.all(parts.map(function (part, n) { return search.cards(answer, part.slice(0, sections[n].shown)); }));
      if (now !== turn) return;
      var mark = marker(answer, query);
      show(hits.length ? counted(words, hits.length) : words.none);
      facets(facet.names, facet.lines, items);
      sections.forEach(function (one, n) {
        one.list.textContent = '';
        cards[n].forEach(function (card) { row(one.list, card, mark); });
        one.section.hidden = !cards[n].length;
        one.count.textContent = parts[n].length;
        one.more.hidden = parts[n].length <= one.shown;
      });
      empty.hidden = hits.length > 0;
      results.hidden = !answer.hits.length;
      // Where the boxes stand beside the results they are open; where they stand before them, folded.
      if (!opened && !results.hidden) {
        opened = true;
        narrow.open = getComputedStyle(results).gridTemplateColumns.indexOf(' ') > 0;
      }
      if (!answer.meant) return;
      var halves = words.meant.split('{query}'), link = document.createElement('a');
      link.href = address(answer.meant);
      link.textContent = answer.meant;
      link.addEventListener('click', function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        input.value = answer.meant;
        input.focus();
        update();
      });
      meant.textContent = halves[0];
      meant.appendChild(link);
      meant.appendChild(document.createTextNode(halves[1] || ''));
      meant.hidden = false;
    }

    function update(more) {
      var query = input.value.trim(), now = ++turn;
      if (query !== before || !more) sections.forEach(function (one, n) { one.shown = n ? 5 : 20; });
      before = query;
      keep(query);
      if (!query) {
        show('');
        results.hidden = true;
        return Promise.resolve();
      }
      return draw(query, now).catch(function () {
        if (now !== turn) return;
        show('');
        results.hidden = true;
        fault.hidden = false;
        fault.querySelector('a').search = new URLSearchParams({ q: query });
      });
    }

    sections.forEach(function (one) {
      one.more.addEventListener('click', function () {
        var at = one.shown;
        one.shown += 20;
        update(true).then(function () { if (one.list.children[at]) one.list.children[at].querySelector('a').focus(); });
      });
      one.list.addEventListener('click', function (event) { if (event.target.closest('a')) remember(input.value); });
    });
    clear.addEventListener('click', function () {
      groups.forEach(function (group) { group.chosen.clear(); });
      update();
      narrow.querySelector('summary').focus();
    });
    var stop = typing(input, function () { update(); });
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      stop();
      update();
    });
    window.addEventListener('popstate', function () { restore(); update(); });
    var typed = document.activeElement === input && input.value;
    restore();
    if (typed) input.value = typed;
    update();
  }

  var results = document.querySelector('[data-results]');
  [].forEach.call(document.querySelectorAll('form.search:not([data-filter])'), function (form) {
    var live = !results || form.elements.q.id !== 'page-q';
    if (live || search.recent) box(form, live);
  });
  if (results) page(results);
})();
