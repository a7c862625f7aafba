// Display settings, closing of the settings with Escape, the print buttons, the filter of the full index, and the first step
// of search. Deferred.
(function () {
  'use strict';
  var qingdan = window.qingdan = window.qingdan || {};
  var display = qingdan.display;
  var here = document.currentScript.dataset;
  var buttons = [].slice.call(document.querySelectorAll('button[data-set]'));
  function show(state) {
    buttons.forEach(function (button) {
      var on = (state[button.dataset.set] || '') === button.value;
      button.setAttribute('aria-pressed', on ? 'true' : 'false');
    });
  }
  if (display) {
    buttons.forEach(function (button) {
      button.addEventListener('click', function () { show(display(button.dataset.set, button.value)); });
    });
    // Another tab changed a setting, or the page came back out of the history.
    window.addEventListener('storage', function () { show(display()); });
    window.addEventListener('pageshow', function (event) { if (event.persisted) show(display()); });
    show(display());
  }
  [].forEach.call(document.querySelectorAll('details.settings'), function (box) {
    document.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && box.open) {
        box.open = false;
        box.querySelector('summary').focus();
      }
    });
    document.addEventListener('click', function (event) {
      if (box.open && !box.contains(event.target)) box.open = false;
    });
  });
  [].forEach.call(document.querySelectorAll('button[data-print]'), function (button) {
    button.addEventListener('click', function () { window.print(); });
  });
  // A site that works offline asks for its worker and names its manifest; from file:// there is neither.
  if (here.offline && navigator.serviceWorker && /^https?:$/.test(location.protocol)) {
    var worker = new URL(here.offline, location.href);
    var manifest = document.createElement('link');
    manifest.rel = 'manifest';
    manifest.href = new URL('manifest.webmanifest', worker).href;
    document.head.appendChild(manifest);
    window.addEventListener('load', function () { navigator.serviceWorker.register(worker.href).catch(function () {}); });
  }
  // The source text stands open beside a draft; on small screens it is folded.
  if (window.matchMedia('(max-width: 40rem), (max-height: 30rem)').matches) {
    [].forEach.call(document.querySelectorAll('details.source-text[open]'), function (box) { box.open = false; });
  }
  // The language chosen is remembered for the next visit of the root page.
  [].forEach.call(document.querySelectorAll('.langs a[hreflang], .lang-list a[hreflang]'), function (link) {
    link.addEventListener('click', function () {
      try { localStorage.setItem('qingdan-lang', link.hreflang); } catch (e) { /* private mode: not remembered */ }
    });
  });
  // The full index: entries that hold every word typed stay. Without script the list is whole.
  [].forEach.call(document.querySelectorAll('form[data-filter]'), function (form) {
    var input = form.elements.q;
    var list = document.getElementById(form.dataset.filter);
    var status = document.querySelector('.filter-status');
    var plain = function (text) { return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' '); };
    var entries = [].map.call(list.querySelectorAll('.row'), function (row) { return { row: row, text: plain(row.textContent) }; });
    function filter() {
      var words = plain(input.value).split(' ').filter(Boolean);
      var found = 0;
      entries.forEach(function (entry) {
        entry.row.hidden = !words.every(function (word) { return entry.text.indexOf(word) >= 0; });
        if (!entry.row.hidden) found += 1;
      });
      [].forEach.call(list.querySelectorAll('.section'), function (section) {
        section.hidden = words.length > 0 && !section.querySelector('.row:not([hidden])');
      });
      var message = !found ? form.dataset.none : found === 1 ? form.dataset.one : form.dataset.found;
      status.textContent = words.length ? message.replace('{n}', found) : '';
    }
    var timer;
    input.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(filter, 150); });
    form.addEventListener('submit', function (event) { event.preventDefault(); filter(); });
    var query = new URLSearchParams(location.search).get('q');
    if (query) input.value = query;
    if (input.value) filter();
  });
  // Search is fetched when it is wanted: an index.js for each language, which names the rest. Classic scripts alone load
  // from a memory stick.
  if (here.search) {
    var loads = {};
    var search = qingdan.search = function (query, options) {
      return search.ready().then(function () { return search.engine(query, options || {}); });
    };
    search.root = here.search.replace(/search\/[^/]*\/index\.js$/, '');
    search.path = here.search.slice(search.root.length).split('/')[1];
    search.recent = 'recent' in here;
    search.data = {};
    // Where a page of the site is from here.
    search.at = function (path) { return search.root + path; };
    search.add = function (tag, data) { search.data[tag] = Object.assign(search.data[tag] || {}, data); };
    // A path from the site's root; once.
    search.load = function (path) {
      loads[path] = loads[path] || new Promise(function (done, fail) {
        var script = document.createElement('script');
        script.src = search.root + path;
        script.onload = done;
        script.onerror = function () {
          delete loads[path];
          script.remove();
          fail(new Error('search: cannot load ' + path));
        };
        document.head.appendChild(script);
      });
      return loads[path];
    };
    // The manifest of a language: the page's own tells where those of the others are.
    search.manifest = function (tag) {
      return search.load('search/' + search.path + '/index.js').then(function () {
        var own = search.data[document.documentElement.lang];
        if (!own.paths[tag]) throw new Error('search: no language ' + tag);
        return search.load('search/' + own.paths[tag] + '/index.js').then(function () { return search.data[tag]; });
      });
    };
    search.ready = function () {
      return search.manifest(document.documentElement.lang).then(function (manifest) { return search.load(manifest.scripts.engine); });
    };
    var wanted = function () {
      return search.manifest(document.documentElement.lang).then(function (manifest) {
        return Promise.all([search.load(manifest.scripts.engine), search.load(manifest.scripts.finder)]);
      });
    };
    [].forEach.call(document.querySelectorAll('form.search:not([data-filter])'), function (form) {
      form.action = search.root + search.path + '/search.html';
      // Without the index the form still leads to the page of search, which says so.
      form.addEventListener('focusin', function () { wanted().catch(function () {}); });
    });
    if (document.querySelector('[data-results]')) wanted().catch(function () { document.querySelector('[data-part=fault]').hidden = false; });
    document.addEventListener('keydown', function (event) {
      var open = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k';
      var field = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
      if (!open && (event.key !== '/' || field || event.metaKey || event.ctrlKey || event.altKey)) return;
      var inputs = [].filter.call(document.querySelectorAll('form.search:not([data-filter]) input[name=q]'), function (input) { return input.offsetParent; });
      if (!inputs.length) return;
      event.preventDefault();
      inputs[0].focus();
      inputs[0].select();
    });
  }
})();
