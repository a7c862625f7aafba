// Vertical pages flow to the right: wheel, PageUp, PageDown, Home, End and the arrows up and down move along the columns.
(function () {
  'use strict';
  var root = document.scrollingElement || document.documentElement;
  function page() { return root.clientWidth * 0.9; }
  function move(by) { root.scrollBy(by, 0); }
  // A box that scrolls by itself keeps its own wheel.
  function scrolls(element) {
    for (; element && element !== document.body && element !== root; element = element.parentElement) {
      if (element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY)) return true;
    }
    return false;
  }
  window.addEventListener('wheel', function (event) {
    if (event.ctrlKey || event.shiftKey || event.deltaX || scrolls(event.target)) return;
    var unit = event.deltaMode === 1 ? 40 : event.deltaMode === 2 ? page() : 1;
    (event.target.closest('[role=listbox]') || root).scrollBy(event.deltaY * unit, 0);
    event.preventDefault();
  }, { passive: false });
  // What gets the focus comes wholly into view: browsers bring in only its edge along this axis.
  document.addEventListener('focusin', function (event) {
    var box = event.target.getBoundingClientRect();
    if (box.left < 8) move(box.left - 40);
    else if (box.right > root.clientWidth - 8) move(Math.min(box.left - 40, box.right - root.clientWidth + 40));
  });
  window.addEventListener('keydown', function (event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    var moves = { PageDown: page(), PageUp: -page(), ArrowDown: 60, ArrowUp: -60, ArrowRight: 60, ArrowLeft: -60,
      End: root.scrollWidth, Home: -root.scrollWidth };
    if (!(event.key in moves) || (/^Arrow(Up|Down)$/.test(event.key) && scrolls(event.target))) return;
    move(moves[event.key]);
    event.preventDefault();
  });
})();
