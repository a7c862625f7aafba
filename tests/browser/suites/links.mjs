// Every reference of every page leads somewhere within the output, and pages hold nothing that the CSP would refuse.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { CSP } from '../lib/markup.mjs';
import { byTag, textOf } from '../lib/dom.mjs';

const LOADING = { src: ['img', 'script', 'source', 'iframe', 'embed', 'audio', 'video', 'track', 'input'], poster: ['video'], data: ['object'], background: ['body', 'table'] };
/** A <link> of these kinds names an address and loads nothing; it is absolute where a base URL is set. */
const NAMING = ['canonical', 'alternate', 'license'];
const MAIL = /^(mailto|tel|sms):/i;

/** The references of a page: {element, attribute, url, loads}. */
function references(page) {
  return page.elements.flatMap((e) => {
    const found = [];
    const add = (attribute, url, loads) => url !== undefined && found.push({ tag: e.tag, attribute, url: url.trim(), loads, rel: e.attrs.rel });
    if (e.tag === 'a' || e.tag === 'area') add('href', e.attrs.href, false);
    if (e.tag === 'link') add('href', e.attrs.href, !NAMING.includes(e.attrs.rel));
    if (['use', 'image', 'feImage'].includes(e.tag)) add('href', e.attrs.href ?? e.attrs['xlink:href'], true);
    for (const [attribute, tags] of Object.entries(LOADING)) if (tags.includes(e.tag)) add(attribute, e.attrs[attribute], true);
    for (const part of e.attrs.srcset?.split(',') ?? []) add('srcset', part.trim().split(/\s+/)[0], true);
    if (e.tag === 'form') add('action', e.attrs.action, true);
    if (e.attrs.formaction !== undefined) add('formaction', e.attrs.formaction, true);
    if (e.tag === 'meta' && e.attrs['http-equiv']?.toLowerCase() === 'refresh') add('refresh', e.attrs.content?.replace(/^[^;]*;\s*(url=)?/i, '').replace(/^['"]|['"]$/g, ''), true);
    return found;
  });
}

/** Where a relative reference leads: the path of a file and an anchor. */
function target(from, url) {
  const [beforeHash, anchor] = url.split('#');
  const path = beforeHash.split('?')[0];
  const decoded = decodeURIComponent(path);
  return { path: path === '' ? from : posix.normalize(posix.join(posix.dirname(from), decoded)), anchor: anchor === undefined ? undefined : decodeURIComponent(anchor) };
}

export function links(site) {
  const faults = [];
  for (const page of site.pages) {
    const say = (text) => faults.push(`${page.path}: ${text}`);
    for (const ref of references(page)) {
      const shown = `<${ref.tag} ${ref.attribute}="${ref.url}">`;
      if (ref.url === '' || ref.url === '#') { say(`${shown} is empty`); continue; }
      if (MAIL.test(ref.url) && ref.tag === 'a') continue;
      if (/^data:image\//.test(ref.url) && ['img', 'link', 'source'].includes(ref.tag)) continue;
      if (/^(https?:)?\/\//i.test(ref.url)) {
        if (ref.loads) say(`${shown} asks another host`);
        else if (!/^https?:\/\/[^/.\s]+\.[^/\s]+/i.test(ref.url)) say(`${shown} is no full address`);
        continue;
      }
      if (/^[a-z][a-z0-9+.-]*:/i.test(ref.url)) { say(`${shown} has a scheme that no page may use`); continue; }
      if (ref.tag === 'use' && !ref.url.startsWith('#')) { say(`${shown}: an external <use> fails on file://`); continue; }
      let { url } = ref;
      let from = page.path;
      if (page.kind === '404') {
        if (url.startsWith('#')) { /* within the page */ }
        else if (!url.startsWith(site.notFoundPrefix)) { say(`${shown} must be absolute and below ${site.notFoundPrefix}, since this page is shown at any depth`); continue; }
        else { url = url.slice(site.notFoundPrefix.length) || 'index.html'; from = '404.html'; }
      } else if (url.startsWith('/')) { say(`${shown} is root-absolute`); continue; }
      let found;
      try { found = target(from, url); } catch { say(`${shown} is wrongly encoded`); continue; }
      if (found.path.startsWith('../')) { say(`${shown} leaves the output`); continue; }
      if (/(^|\/)\.?$/.test(found.path) || site.files.has(`${found.path}/index.html`)) { say(`${shown} names a folder; on file:// that is no page: name its index.html`); continue; }
      if (!site.files.has(found.path)) { say(`${shown} leads to ${found.path}, which is not in the output`); continue; }
      if (found.anchor && !site.byPath.get(found.path)?.ids.has(found.anchor)) say(`${shown}: ${found.path} has no id "${found.anchor}"`);
    }
  }
  for (const file of site.files) {
    if (!file.endsWith('.css')) continue;
    const css = readFileSync(join(site.folder, file), 'utf8').replace(/\/\*.*?\*\//gs, '');
    for (const [, url] of css.matchAll(/(?:url\(|@import\s+)\s*["']?([^"')]+)/g)) {
      if (url.startsWith('data:') || url.startsWith('#')) continue;
      if (/^([a-z]+:|\/)/i.test(url)) faults.push(`${file}: url(${url}) is not relative`);
      else if (!site.files.has(target(file, url).path)) faults.push(`${file}: url(${url}) is not in the output`);
    }
  }
  return faults;
}

/** Every page can be reached from the choice of language by links alone. */
export function reachable(site) {
  const seen = new Set(['index.html']);
  const todo = ['index.html'];
  while (todo.length) {
    const page = site.byPath.get(todo.pop());
    for (const ref of page ? references(page) : []) {
      if (ref.tag !== 'a' || /^([a-z]+:|\/)/i.test(ref.url)) continue;
      const { path } = target(page.path, ref.url);
      if (site.byPath.has(path) && !seen.has(path)) { seen.add(path); todo.push(path); }
    }
  }
  return site.pages.filter((p) => !seen.has(p.path) && !['404', 'redirect'].includes(p.kind)).map((p) => `${p.path}: no chain of links leads here from index.html`);
}

export function document(site) {
  const faults = [];
  const titles = new Map();
  const langs = new Map();
  for (const page of site.pages) {
    const say = (text) => faults.push(`${page.path}: ${text}`);
    const { elements } = page;
    if (!/^\s*<!doctype html>/i.test(page.html)) say('does not begin with <!doctype html>');
    if (/\uFEFF|\uFFFD/.test(page.html)) say('has a BOM or U+FFFD');
    const ids = new Map();
    for (const e of elements) {
      if (e.attrs.id !== undefined) ids.set(e.attrs.id, (ids.get(e.attrs.id) ?? 0) + 1);
      for (const name of Object.keys(e.attrs)) {
        if (name === 'style') say(`<${e.tag} style>: an inline style, which the CSP refuses`);
        if (/^on[a-z]/.test(name)) say(`<${e.tag} ${name}>: an inline handler, which the CSP refuses`);
      }
      if (e.tag === 'style') say('an inline <style>, which the CSP refuses');
      if (e.tag === 'base') say('a <base>, which the CSP refuses');
      if (e.tag === 'link' && /manifest/.test(e.attrs.rel ?? '')) say('a manifest link fails on file://');
      if (e.tag === 'link' && e.attrs.rel === 'preload' && e.attrs.as === 'font') say('a font preload fails on file://');
      if (e.tag === 'script' && e.attrs.type === 'module') say('a module script fails on file://');
      if (e.attrs.crossorigin !== undefined) say(`<${e.tag} crossorigin> fails on file://`);
      if (e.tag === 'script' && e.attrs.src === undefined) {
        if (e.attrs.type !== 'application/ld+json') say(`an inline <script${e.attrs.type ? ` type="${e.attrs.type}"` : ''}>`);
        else {
          try {
            const data = JSON.parse(e.node.childNodes.map((n) => n.value).join(''));
            if (!JSON.stringify(data).includes('"@context"')) say('JSON-LD without @context');
          } catch (error) { say(`JSON-LD is no JSON: ${error.message}`); }
        }
      }
    }
    for (const [id, count] of ids) {
      if (count > 1) say(`the id "${id}" stands ${count} times`);
      if (id === '' || /\s/.test(id)) say(`the id "${id}" is empty or has white space`);
    }
    for (const e of elements) {
      for (const name of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'headers', 'list']) {
        for (const id of e.attrs[name]?.split(/\s+/).filter(Boolean) ?? []) if (!ids.has(id)) say(`<${e.tag} ${name}="${id}">: no such id`);
      }
    }
    const metas = byTag(elements, 'meta');
    const csp = metas.filter((m) => m.attrs['http-equiv']?.toLowerCase() === 'content-security-policy');
    const norm = (s) => s.replace(/;\s*$/, '').replace(/\s*;\s*/g, '; ').trim();
    if (csp.length !== 1) say(`${csp.length} CSP metas; there must be one`);
    else if (norm(csp[0].attrs.content ?? '') !== CSP) say(`the CSP is "${csp[0].attrs.content}", not DESIGN.md's`);
    else if (elements.findIndex((e) => ['script', 'link'].includes(e.tag) && (e.attrs.src || e.attrs.rel === 'stylesheet')) < elements.indexOf(csp[0]) && elements.some((e) => e.tag === 'link' && e.attrs.rel === 'stylesheet')) say('the CSP stands after what it should govern');
    if (!metas.some((m) => m.attrs.charset?.toLowerCase() === 'utf-8')) say('no <meta charset=utf-8>');
    const html = byTag(elements, 'html')[0];
    const lang = html.attrs.lang;
    if (!lang || !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(lang)) say(`<html lang="${lang ?? ''}"> is no language tag`);
    const title = byTag(elements, 'title').filter((t) => t.parent?.tag === 'head');
    if (title.length !== 1 || !textOf(title[0])) say('no <title>');
    if (page.kind === 'redirect') continue;
    if (!metas.some((m) => m.attrs.name === 'viewport' && /width=device-width/.test(m.attrs.content) && !/user-scalable\s*=\s*no|maximum-scale/.test(m.attrs.content))) say('no viewport meta, or one that forbids zooming');
    // Without an icon of its own, browsers ask the host for /favicon.ico, outside the sub-path.
    if (!elements.some((e) => e.tag === 'link' && /(^| )icon( |$)/.test(e.attrs.rel ?? ''))) say('no <link rel="icon">');
    if (page.folder) {
      if (!langs.has(page.folder)) langs.set(page.folder, lang);
      else if (langs.get(page.folder) !== lang) say(`<html lang="${lang}">, but other pages of ${page.folder}/ say "${langs.get(page.folder)}"`);
    }
    const h1 = byTag(elements, 'h1');
    if (h1.length !== 1) say(`${h1.length} <h1>; there must be one`);
    else if (!textOf(h1[0])) say('the <h1> is empty');
    if (byTag(elements, 'main').length !== 1) say('there must be one <main>');
    if (title.length === 1) {
      const key = `${page.folder}\n${textOf(title[0])}`;
      if (titles.has(key)) say(`has the title "${textOf(title[0])}" of ${titles.get(key)}`);
      else titles.set(key, page.path);
    }
  }
  return faults;
}

/** Canonical and hreflang: all absolute, of one base, to pages that exist, and reciprocal. */
export function alternates(site, { required = false } = {}) {
  const faults = [];
  const linksOf = (page, rel) => byTag(page.elements, 'link').filter((l) => l.attrs.rel === rel);
  const root = site.byPath.get('index.html');
  const base = linksOf(root, 'canonical')[0]?.attrs.href;
  if (required && !base) return ['index.html: built with a base URL, but without a canonical link'];
  const pageOf = (url) => {
    if (!base || !url?.startsWith(base)) return undefined;
    const path = decodeURIComponent(url.slice(base.length).split('#')[0]);
    return site.byPath.get(path === '' || path.endsWith('/') ? `${path}index.html` : path);
  };
  const alternatesOf = (page) => new Map(linksOf(page, 'alternate').filter((l) => l.attrs.hreflang).map((l) => [l.attrs.hreflang, l.attrs.href]));
  for (const page of site.pages) {
    const say = (text) => faults.push(`${page.path}: ${text}`);
    const canonical = linksOf(page, 'canonical');
    const alternate = alternatesOf(page);
    if (!base) {
      if (canonical.length || alternate.size) say('has a canonical or hreflang link though index.html has none');
      continue;
    }
    if (['404', 'redirect'].includes(page.kind)) {
      if (page.kind === '404' && canonical.length) say('404.html must have no canonical link');
      continue;
    }
    if (canonical.length !== 1) { say(`${canonical.length} canonical links; there must be one`); continue; }
    if (!pageOf(canonical[0].attrs.href)) say(`canonical ${canonical[0].attrs.href} is no page of this site`);
    if (alternate.size === 0) continue;
    if (![...alternate.values()].includes(canonical[0].attrs.href)) say('hreflang links do not name the page itself');
    if (!alternate.has('x-default')) say('hreflang links without x-default');
    for (const [lang, url] of alternate) {
      const other = pageOf(url);
      if (!other) { say(`hreflang ${lang} leads to ${url}, no page of this site`); continue; }
      const back = alternatesOf(other);
      if (other !== root && JSON.stringify([...back].sort()) !== JSON.stringify([...alternate].sort())) say(`hreflang ${lang} leads to ${other.path}, which does not name the same set`);
    }
  }
  if (base) {
    const path = new URL(base).pathname;
    if (site.notFoundPrefix !== path) faults.push(`404.html: its links begin with ${site.notFoundPrefix}, not with the base URL's ${path}`);
    const sitemap = site.files.has('sitemap.xml') ? readFileSync(join(site.folder, 'sitemap.xml'), 'utf8') : '';
    const listed = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => m[1].replaceAll('&amp;', '&'));
    if (listed.length === 0) faults.push('sitemap.xml is missing or lists nothing, though there is a base URL');
    for (const url of listed) if (!pageOf(url)) faults.push(`sitemap.xml: ${url} is no page of this site`);
    const items = site.ofKind('item').filter((p) => !/name="?robots"?[^>]*noindex/i.test(p.html));
    for (const page of items) if (!listed.some((u) => pageOf(u) === page)) faults.push(`sitemap.xml: does not list ${page.path}`);
  }
  return faults;
}
