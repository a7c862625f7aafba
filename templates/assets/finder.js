// Shows what search finds in a popup under every search box: a combobox with a listbox. Loaded with the engine at the first
// search. All words stand in the page, as data-* attributes; text is set as text, never as HTML. results.js is the page of results.
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

  // This script may be here before the engine is.
  function ask(query) { return search.ready().then(function () { return search.ask(query); }); }

  function address(query) { return search.root + search.path + '/search.html?' + new URLSearchParams({ q: query }); }

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
            if (n > 1 && !search.single) link(address(query), 'finds-all').textContent = common.all.replace('{n}', n);
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

  search.finder = { make: make, ask: ask, counted: counted, address: address, remember: remember, marker: marker, typing: typing };
  var results = document.querySelector('[data-results]');
  [].forEach.call(document.querySelectorAll('form.search:not([data-filter])'), function (form) {
    var live = !results || form.elements.q.id !== 'page-q';
    if (live || search.recent) box(form, live);
  });
  if (results) {
    search.manifest(root.lang).then(function (manifest) { return search.load(manifest.scripts.results); }).catch(function () {
      document.querySelector('[data-part=fault]').hidden = false;
    });
  }
})();
