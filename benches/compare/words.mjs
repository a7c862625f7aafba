// Whether pages of two tools say the same: the characters that are seen on them, whatever their order and markup.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The text of a page as a reader meets it, without its head but with its title. */
export function visible(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style|svg|noscript)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name) =>
      name[0] === '#' ? String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10)) : (ENTITIES[name] ?? whole))
    .normalize('NFC');
}

/** How often each character but blanks and joiners stands there. */
function bag(text) {
  const counts = new Map();
  for (const char of text.replace(/[\s\u200b\u202f\u00a0]/gu, '')) counts.set(char, (counts.get(char) ?? 0) + 1);
  return counts;
}

/** Characters that only one of two texts has, and of how many. */
export function difference(one, other) {
  const [a, b] = [bag(one), bag(other)];
  const over = (x, y) => [...x].flatMap(([char, n]) => Array(Math.max(0, n - (y.get(char) ?? 0))).fill(char));
  const [more, less] = [over(a, b), over(b, a)];
  return { more: more.join(''), less: less.join(''), of: [...a.values()].reduce((sum, n) => sum + n, 0) };
}

/**
 * Compares the pages of all items in a language. `paths` gives the place of a slug's page in either output; how many pages say
 * the same, and the greatest share of characters by which one differs.
 */
export function compare(slugs, ours, theirs) {
  let same = 0, worst = { share: 0, slug: '', more: '', less: '' };
  for (const slug of slugs) {
    const pages = [ours(slug), theirs(slug)];
    if (!pages.every(existsSync)) throw new Error(`${pages.find((page) => !existsSync(page))} is missing`);
    const { more, less, of } = difference(...pages.map((page) => visible(readFileSync(page, 'utf8'))));
    const share = (more.length + less.length) / of;
    if (share === 0) same += 1;
    else if (share > worst.share) worst = { share, slug, more, less };
  }
  return { pages: slugs.length, same, worst };
}

/** Where each tool puts the page of an item. */
export const PLACES = {
  qingdan: (out, code) => (slug) => join(out, code, 'items', `${slug}.html`),
  hugo: (out, code, domains) => (slug) => join(out, code, 'items', domains.get(slug), `${slug}.html`),
  zola: (out, code, domains) => (slug) => join(out, code === 'zh' ? '' : code, 'items', domains.get(slug), slug, 'index.html'),
};
