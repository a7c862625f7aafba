// The site as one file: everything that search needs is in the page already, and results are places of this page.
(function () {
  'use strict';
  var search = window.qingdan && window.qingdan.search;
  if (!search) return;
  var places = [
    [/\/items\/([^/]+)\.html$/, 'item-'],
    [/\/domains\/([^/]+)\.html$/, 'domain-'],
    [/\/departments\//, 'by-department'],
    [/\/(?:audiences|life-events)\//, 'by-audience'],
    [/\/policy\/(?:tasks|division)\.html/, 'division'],
    [/\/policy\/indicators\.html/, 'indicators'],
  ];
  search.single = true;
  search.load = function () { return Promise.resolve(); };
  search.at = function (path) {
    var text = /\/policy\/([^/#]+)\.html#(.+)$/.exec(path), id = text ? text[1] + '-' + text[2] : '';
    places.forEach(function (place) {
      var found = place[0].exec(path);
      if (found) id = place[1] + (found[1] || '');
    });
    return '#' + (document.getElementById(id) ? id : 'contents');
  };
  // There is no page of results: Enter leads to the first.
  document.addEventListener('submit', function (event) {
    event.preventDefault();
    var input = event.target.elements.q;
    if (!input || !input.value.trim()) return;
    search(input.value, { limit: 1 }).then(function (hits) {
      if (hits.length) location.hash = hits[0].url;
    });
  });
})();
