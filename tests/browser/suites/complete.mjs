// The site holds every kind of page and file that the contracts name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../lib/markup.mjs';
import { REPOSITORY } from '../lib/site.mjs';

const FILES = ['data/items.json', 'data/items.csv', 'data/catalogue.json', 'robots.txt', '404.html', 'index.html'];

/** With one language there is nothing to choose: the root page leads on at once. */
const leadsOn = (site, kind) => kind === 'root' && site.byPath.get('index.html')?.isRedirect;

const missing = (site, kinds) =>
  kinds.filter((kind) => site.ofKind(kind).length === 0 && !leadsOn(site, kind)).map((kind) => `no page of the kind '${kind}'`);

export function kinds(site) {
  return missing(site, KINDS);
}

/** Holds of any site, whatever its catalogue. */
export function files(site) {
  const faults = FILES.filter((f) => !site.files.has(f)).map((f) => `${f} is missing`);
  faults.push(...missing(site, ['root', 'home', 'items', 'item', '404']));
  for (const page of site.ofKind('other')) faults.push(`${page.path}: a page of no known kind (lib/markup.mjs, kindOf)`);
  for (const file of site.files) {
    if (!/\.(json|jsonld|webmanifest)$/.test(file) && file !== '.qingdan.json') continue;
    try {
      JSON.parse(readFileSync(join(site.folder, file), 'utf8'));
    } catch (error) {
      faults.push(`${file}: no JSON: ${error.message}`);
    }
  }
  if (site.files.has('data/items.json')) {
    const listed = JSON.parse(readFileSync(join(site.folder, 'data/items.json'), 'utf8')).map((i) => i.slug);
    for (const home of site.homes()) {
      for (const slug of listed) {
        if (!site.byPath.has(`${home.folder}/items/${slug}.html`)) faults.push(`${home.folder}/items/${slug}.html is missing, but data/items.json has the item`);
      }
    }
  }
  return faults;
}

/** The strings that site.yaml forbids, read without a YAML library: a flow list of quoted strings or a block list. */
export function forbiddenStrings(yaml) {
  const flow = yaml.match(/^forbidden:\s*\[([^\]]*)\]/m);
  const block = yaml.match(/^forbidden:[^\S\n]*\n((?:[ \t]*(?:-|#).*\n?)+)/m);
  const raw = flow ? flow[1].split(',') : block ? [...block[1].matchAll(/^\s*-\s*(.*)$/gm)].map((m) => m[1]) : [];
  return raw.map((s) => s.trim().replace(/^(["'])(.*)\1(\s*#.*)?$/, '$2')).filter(Boolean);
}

/** Nothing that the content forbids has come through to the output; no template is left unrendered. */
export function words(site, forbidden = forbiddenStrings(readFileSync(join(REPOSITORY, 'content/site.yaml'), 'utf8'))) {
  const faults = forbidden.length ? [] : ['content/site.yaml forbids nothing: the injected string must be listed there'];
  for (const file of site.files) {
    if (!/\.(html|json|csv|js|css|xml|txt|svg|jsonld)$/.test(file)) continue;
    const text = readFileSync(join(site.folder, file), 'utf8');
    for (const word of forbidden) if (text.includes(word)) faults.push(`${file}: has a forbidden string (site.yaml, forbidden)`);
    if (/\.html$/.test(file) && /\{\{|\{%|\}\}|%\}/.test(text.replace(/<script[^>]*ld\+json[^>]*>.*?<\/script>/gs, ''))) faults.push(`${file}: an unrendered template`);
    if (text.includes('\u{FDD0}')) faults.push(`${file}: has U+FDD0, which the Markdown room uses inside itself`);
  }
  return faults;
}
