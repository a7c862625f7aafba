// The service worker of a site that works offline. The build puts the list before it: `self.site` has a version, the files
// with the first 16 hexadecimal digits of their SHA-256, and whether items come only as they are read.
//
// A version is whole or nothing: it gets a cache of its own, every file is compared with the list, and it takes over when no
// page of the former one is open any more. So a reader never sees two versions mixed.
(function () {
  'use strict';
  var site = self.site;
  var root = new URL('./', self.location);
  var family = 'qingdan ' + root.pathname + ' ';
  var own = family + site.version;

  function path(url) {
    var address = new URL(url);
    if (address.origin !== root.origin || address.pathname.indexOf(root.pathname) !== 0) return null;
    var name = decodeURIComponent(address.pathname.slice(root.pathname.length));
    return name === '' || name.slice(-1) === '/' ? name + 'index.html' : name;
  }
  function address(name) { return new URL(name, root).href; }

  // The response if its bytes are those of the list.
  function right(name, response) {
    if (!response || !response.ok) return Promise.reject(new Error(name));
    return response.arrayBuffer().then(function (bytes) {
      return crypto.subtle.digest('SHA-256', bytes).then(function (digest) {
        var hex = Array.from(new Uint8Array(digest, 0, 8)).map(function (byte) { return byte.toString(16).padStart(2, '0'); }).join('');
        if (hex !== site.files[name]) throw new Error(name);
        return new Response(bytes, { headers: response.headers });
      });
    });
  }

  // What the former version has and did not change need not be fetched again.
  function known(name) {
    return caches.match(address(name)).then(function (response) { return right(name, response); });
  }
  function fetched(name) {
    return fetch(address(name), { cache: 'no-cache' }).then(function (response) { return right(name, response); });
  }

  function fill(cache, names) {
    var rest = names.slice();
    function next() {
      var name = rest.pop();
      if (name === undefined) return undefined;
      return known(name).catch(function () { return fetched(name); }).then(function (response) { return cache.put(address(name), response); }).then(next);
    }
    return Promise.all([next(), next(), next(), next()]);
  }

  self.addEventListener('install', function (event) {
    var names = Object.keys(site.files).filter(function (name) { return !site.lazy || name.indexOf('/items/') < 0; });
    event.waitUntil(caches.open(own).then(function (cache) { return fill(cache, names); }).catch(function (error) {
      // Published while it was fetched, or the network is gone: the former version stays, and the browser tries again.
      return caches.delete(own).then(function () { throw error; });
    }));
  });

  self.addEventListener('activate', function (event) {
    event.waitUntil(caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) { return name.indexOf(family) === 0 && name !== own; }).map(function (name) { return caches.delete(name); }));
    }));
  });

  self.addEventListener('fetch', function (event) {
    var name = event.request.method === 'GET' ? path(event.request.url) : null;
    if (name === null) return;
    var listed = Object.prototype.hasOwnProperty.call(site.files, name);
    if (!listed && event.request.mode !== 'navigate') return;
    event.respondWith(caches.open(own).then(function (cache) {
      return cache.match(address(name)).then(function (found) {
        if (found) return found;
        return fetch(event.request).then(function (response) {
          if (listed) {
            var copy = response.clone();
            event.waitUntil(right(name, copy).then(function (kept) { return cache.put(address(name), kept); }).catch(function () {}));
          }
          return response;
        }, function (error) {
          return cache.match(address('404.html')).then(function (page) {
            if (!page || event.request.mode !== 'navigate') throw error;
            return new Response(page.body, { status: 404, headers: page.headers });
          });
        });
      });
    }));
  });
})();
