// The page of results: search.html with its facets. Loaded by finder.js on that page alone; all words stand in the page, and
// text is set as text, never as HTML.
(function () {
  'use strict';
  var search = window.qingdan.search, finder = search.finder, make = finder.make;
  var results = document.querySelector('[data-results]');
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
    var answer = await finder.ask(query), facet = await search.facets(answer);
    var runs = answer.index.runs, kind = function (hit) { return runs[hit.document][0]; };
    var items = answer.hits.filter(function (hit) { return kind(hit) === 'item'; });
    var chosen = groups.some(function (group) { return group.chosen.size; });
    var hits = chosen ? items.filter(function (hit) { return chosenBut(facet.lines[hit.document]); }) : answer.hits;
    var parts = sections.map(function (one) { return hits.filter(function (hit) { return kind(hit) === one.kind; }); });
    var cards = await Promise.all(parts.map(function (part, n) { return search.cards(answer, part.slice(0, sections[n].shown)); }));
    if (now !== turn) return;
    var mark = finder.marker(answer, query);
    show(hits.length ? finder.counted(words, hits.length) : words.none);
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
    link.href = finder.address(answer.meant);
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
    one.list.addEventListener('click', function (event) { if (event.target.closest('a')) finder.remember(input.value); });
  });
  clear.addEventListener('click', function () {
    groups.forEach(function (group) { group.chosen.clear(); });
    update();
    narrow.querySelector('summary').focus();
  });
  var stop = finder.typing(input, function () { update(); });
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
})();
