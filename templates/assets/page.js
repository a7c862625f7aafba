// Display settings, closing of the settings with Escape, the print buttons, and the filter of the full index. Deferred.
(function () {
  'use strict';
  var display = window.qingdan && window.qingdan.display;
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
})();
