// In every page of the development server: reloads it when the site was made anew, and shows what is wrong with what was
// saved since. Whatever comes from the content is put in as text, never as HTML.
(function () {
  'use strict';
  var script = document.currentScript;
  var folder = new URL('.', script.src).href;
  var mine = script.dataset.version;
  var source = null;
  var overlay = null;
  var leaving = false;

  /** An element with attributes and children; strings become text. */
  function el(name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) { if (child) element.append(child); });
    return element;
  }

  /** A sentence in both languages. */
  function both(name, words, kind) {
    return el(name, { class: kind }, [el('span', { lang: 'zh-Hans' }, [words.zh]), ' ', el('span', { lang: 'en' }, [words.en])]);
  }

  function place(at) { return at.file + ':' + at.line + ':' + at.column; }

  /** The lines around a fault, with their numbers, and the wrong part marked. */
  function excerpt(shown) {
    var code = el('code', {}, [shown.before, el('mark', {}, [shown.mark]), shown.after]);
    var count = (shown.before + shown.mark + shown.after).split('\n').length;
    var numbers = [];
    for (var n = 0; n < count; n += 1) numbers.push(shown.line + n);
    return el('pre', { tabindex: '0' }, [el('span', { class: 'numbers', 'aria-hidden': 'true' }, [numbers.join('\n')]), code]);
  }

  function fault(one) {
    return el('li', {}, [
      both('p', one.message, 'message'),
      el('p', { class: 'place' }, [place(one), ' ', el('span', { class: 'code' }, [one.code])]),
      one.excerpt && excerpt(one.excerpt),
      one.related && el('p', { class: 'related' }, [both('span', one.related.message), ' ', el('span', { class: 'place' }, [place(one.related)])]),
      one.hint && both('p', one.hint, 'hint')
    ]);
  }

  function words(count) {
    return { zh: count + ' 个错误', en: count === 1 ? '1 error' : count + ' errors' };
  }

  /** The overlay: a dialog above the page, and a button that brings it back once it was closed. */
  function Overlay() {
    var host = el('div', { id: 'qingdan-overlay' });
    var root = host.attachShadow({ mode: 'open' });
    var title = el('h1', { id: 'title' });
    var list = el('ol');
    var close = el('button', { type: 'button', class: 'close', 'aria-keyshortcuts': 'Escape' }, [both('span', { zh: '关闭', en: 'Close (Esc)' })]);
    // Without any site yet the page is the server's own.
    var about = both('p', /-0$/.test(mine) ? {
      zh: '还没有网站；改好并保存后会自动打开。',
      en: 'There is no site yet. It opens once this is mended and saved.'
    } : {
      zh: '页面是上一次正确的内容；改好并保存后会自动刷新。',
      en: 'The page shows what was right last. It reloads once this is mended and saved.'
    }, 'about');
    about.id = 'about';
    var dialog = el('dialog', { role: 'alertdialog', 'aria-labelledby': 'title', 'aria-describedby': 'about' }, [el('header', {}, [title, close]), about, list]);
    var badge = el('button', { type: 'button', class: 'badge', hidden: '' });
    var sheet = el('link', { rel: 'stylesheet', href: folder + 'overlay.css' });
    var ready = new Promise(function (done) { sheet.onload = sheet.onerror = done; });
    root.append(sheet, dialog, badge);
    close.addEventListener('click', function () { dialog.close(); });
    badge.addEventListener('click', open);
    dialog.addEventListener('close', function () { badge.hidden = false; });

    function open() {
      badge.hidden = true;
      if (!dialog.open) dialog.showModal();
      close.focus();
    }

    this.show = function (faults, count) {
      title.replaceChildren(both('span', words(count)));
      badge.replaceChildren(both('span', words(count)));
      list.replaceChildren.apply(list, faults.map(fault));
      var more = count - faults.length;
      if (more > 0) list.append(both('li', { zh: '另有 ' + more + ' 个', en: 'and ' + more + ' more' }));
      if (!host.isConnected) document.documentElement.append(host);
      // Unstyled it would be anywhere.
      ready.then(function () { if (host.isConnected && !dialog.open) open(); });
    };
    this.hide = function () {
      if (dialog.open) dialog.close();
      host.remove();
    };
  }

  var shown = '';
  function hear(event) {
    if (leaving) return;
    var news = JSON.parse(event.data);
    if (news.version !== mine) {
      leaving = true;
      location.reload();
      return;
    }
    var faults = JSON.stringify(news.faults);
    if (faults === shown) return;
    shown = faults;
    if (news.faults.length > 0) {
      overlay = overlay || new Overlay();
      overlay.show(news.faults, news.count);
    } else if (overlay) {
      overlay.hide();
    }
  }

  // A page that nobody sees does not listen: browsers open six connections to a host, and each page would keep one.
  function listen() {
    if (document.visibilityState === 'visible' && !source) {
      source = new EventSource(folder + 'events');
      source.onmessage = hear;
    } else if (document.visibilityState !== 'visible' && source) {
      source.close();
      source = null;
    }
  }
  document.addEventListener('visibilitychange', listen);
  window.addEventListener('pagehide', function () {
    if (source) source.close();
    source = null;
  });
  window.addEventListener('pageshow', listen);
  listen();
})();
