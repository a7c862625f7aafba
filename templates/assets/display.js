// Applies the reader's stored display settings to <html> before the first paint, and holds that back for a language's own font.
// Blocking, in the head; page.js does the rest.
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
  // A language whose font comes with the page is not shown in another one first: most machines have none, and all would move
  // when it is there. The page waits for it, but not long.
  var bare = function (family) { return family.replace(/["']/g, ''); };
  var first = bare(getComputedStyle(root).fontFamily.split(',')[0]);
  var loads = [];
  var shown = function () { root.removeAttribute('data-wait'); };
  if (document.fonts) document.fonts.forEach(function (face) { if (bare(face.family) === first) loads.push(face.load()); });
  if (loads.length) {
    root.setAttribute('data-wait', '');
    Promise.all(loads).then(shown, shown);
    setTimeout(shown, 1500);
  }
})(document.documentElement);
