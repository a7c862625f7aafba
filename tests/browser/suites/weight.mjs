// What an item page weighs: it paints from one round trip, and its scripts are small.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { byTag } from '../lib/dom.mjs';

export const PAINT_LIMIT = 14 * 1024;
export const SCRIPT_LIMIT = 5 * 1024;
const packed = (bytes) => gzipSync(bytes, { level: 9 }).length;

export function measure(site, page) {
  const cost = (url) => packed(readFileSync(join(site.folder, posix.join(posix.dirname(page.path), decodeURIComponent(url.split(/[?#]/)[0])))));
  const html = packed(Buffer.from(page.html));
  const css = byTag(page.elements, 'link').filter((l) => l.attrs.rel === 'stylesheet' && l.attrs.media !== 'print').reduce((n, l) => n + cost(l.attrs.href), 0);
  // Files under search/ are the index: data in a script's clothes, so that it loads from file://.
  const script = byTag(page.elements, 'script').filter((s) => s.attrs.src && !/(^|\/)search\//.test(s.attrs.src)).reduce((n, s) => n + cost(s.attrs.src), 0);
  return { html, css, script };
}

export function weight(site) {
  const items = site.ofKind('item').sort((a, b) => a.html.length - b.html.length);
  if (items.length === 0) return ['there is no item page to weigh'];
  const faults = [];
  for (const [which, page] of [['median', items[Math.floor(items.length / 2)]], ['largest', items.at(-1)]]) {
    const { html, css } = measure(site, page);
    if (css === 0) faults.push(`${page.path}: has no style sheet to weigh`);
    if (html + css > PAINT_LIMIT) faults.push(`${page.path} (the ${which} item): ${html} of HTML and ${css} of CSS, gzipped, exceed ${PAINT_LIMIT} bytes`);
  }
  for (const page of site.pages) {
    if (page.kind === '404') continue;
    const { script } = measure(site, page);
    if (script > SCRIPT_LIMIT) faults.push(`${page.path}: ${script} bytes of script, gzipped, exceed ${SCRIPT_LIMIT}`);
  }
  return faults;
}
