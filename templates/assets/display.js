// Applies the reader's stored display settings to <html> before the first paint. Blocking, in the head; page.js does the rest.
(function (root) {
  'use strict';
  var allowed = { size: ['large', 'xlarge'], contrast: ['high'], theme: ['light', 'dark'] };
  var key = 'qingdan';
  function read() {
    try {
      var state = JSON.parse(localStorage.getItem(key));
      return state && typeof state === 'object' ? state : {};
    } catch (e) {
      return {};
    }
  }
  function apply(state) {
    for (var name in allowed) {
      if (allowed[name].indexOf(state[name]) < 0) root.removeAttribute('data-' + name);
      else root.setAttribute('data-' + name, state[name]);
    }
    return state;
  }
  // display() applies and returns what is stored; display(name, value) stores one setting first. Without storage it still applies.
  var current = read();
  var api = window.qingdan = window.qingdan || {};
  api.display = function (name, value) {
    if (name) {
      current[name] = value;
      try { localStorage.setItem(key, JSON.stringify(current)); } catch (e) { /* private mode: this page only */ }
    } else {
      var stored = read();
      if (Object.keys(stored).length) current = stored;
    }
    return apply(current);
  };
  root.setAttribute('data-js', '');
  apply(current);
})(document.documentElement);
