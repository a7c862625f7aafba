// The choice of language: the one chosen before, or on the first visit the browser's. `index.html#choose` always asks.
(function () {
  'use strict';
  var key = 'qingdan-lang';
  function stored() { try { return localStorage.getItem(key); } catch (e) { return null; } }
  document.addEventListener('DOMContentLoaded', function () {
    var links = [].slice.call(document.querySelectorAll('.lang-list a[hreflang]'));
    if (location.hash === '#choose' || !links.length) return;
    var wanted = [stored()].concat([].slice.call(navigator.languages || [])).filter(Boolean);
    for (var i = 0; i < wanted.length; i += 1) {
      var parts = wanted[i].toLowerCase().split('-');
      // The whole tag first, then the language alone: zh-CN finds zh-Hans, mn finds mn-Mong.
      var exact = links.filter(function (a) { return a.hreflang.toLowerCase() === wanted[i].toLowerCase(); });
      var near = links.filter(function (a) { return a.hreflang.toLowerCase().split('-')[0] === parts[0]; });
      var link = exact[0] || near[0];
      if (link) { location.replace(link.href); return; }
    }
  });
})();
