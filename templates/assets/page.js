// Display settings, closing of the settings with Escape, and the print buttons. Deferred.
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
})();
