// What programs read: linked data expands to what it means, and search engines are told of a page by all who speak of it or by none.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonld from 'jsonld';
import { basedSites, sites } from './lib/site.mjs';

const SCHEMA = 'https://schema.org/';
// schema.org's own context names its vocabulary; nothing is fetched.
const documentLoader = async (url) => {
  if (url.replace(/^http:/, 'https:').replace(/\/?$/, '/') !== SCHEMA) throw new Error(`${url} would be fetched`);
  return { contextUrl: null, documentUrl: url, document: { '@context': { '@vocab': SCHEMA, name: { '@id': `${SCHEMA}name` } } } };
};
const unescaped = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');

/** Every type of an expanded document, and every property that became nothing or no address. */
function walk(node, types, odd) {
  if (Array.isArray(node)) return node.forEach((one) => walk(one, types, odd));
  if (!node || typeof node !== 'object') return undefined;
  for (const [key, value] of Object.entries(node)) {
    if (key === '@type') [].concat(value).forEach((type) => types.add(type));
    else if (!key.startsWith('@') && !/^https?:\/\//.test(key)) odd.push(key);
    if (key !== '@type') walk(value, types, odd);
  }
  return undefined;
}

for (const site of [...sites(), ...basedSites()]) {
  describe(`machine readers of ${site.name}`, () => {
    test('JSON-LD of every page expands, without a network, to schema.org', async () => {
      let blocks = 0;
      for (const page of site.pages) {
        for (const [, text] of page.html.matchAll(/<script type="?application\/ld\+json"?>([\s\S]*?)<\/script>/g)) {
          const expanded = await jsonld.expand(JSON.parse(text), { documentLoader });
          const [types, odd] = [new Set(), []];
          walk(expanded, types, odd);
          assert.ok(expanded.length > 0 && types.size > 0, `${page.path}: says nothing`);
          assert.deepEqual(odd, [], page.path);
          for (const type of types) assert.ok(type.startsWith(SCHEMA), `${page.path}: ${type}`);
          blocks += 1;
        }
      }
      assert.ok(blocks > 0, 'no page has any');
    });

    test('the linked data of the whole expand by their own context', async () => {
      for (const name of ['data/catalogue.jsonld', 'data/dcat.jsonld']) {
        const document = JSON.parse(readFileSync(join(site.folder, name), 'utf8'));
        const expanded = await jsonld.expand(document, { documentLoader, base: 'https://example.org/' });
        const [types, odd] = [new Set(), []];
        walk(expanded, types, odd);
        assert.deepEqual(odd, [], name);
        const wanted = name.includes('dcat') ? 'http://www.w3.org/ns/dcat#Distribution' : 'http://schema.org/GovernmentService';
        assert.ok(types.has(wanted), `${name} has no ${wanted}: ${[...types]}`);
      }
    });

    test('what asks not to be listed is named by nobody', () => {
      const refused = site.pages.filter((page) => /<meta name="?robots"? content="?noindex/.test(page.html));
      const sitemap = site.files.has('sitemap.xml') ? readFileSync(join(site.folder, 'sitemap.xml'), 'utf8') : '';
      const named = new Set([...sitemap.matchAll(/<loc>([^<]+)<\/loc>|href="([^"]+)"/g)].map(([, loc, href]) => unescaped(loc ?? href)));
      for (const page of site.pages) for (const [, href] of page.html.matchAll(/rel="?alternate"? hreflang="?[^ ">]+"? href="?([^ ">]+)/g)) named.add(unescaped(href));
      const addresses = [...named];
      const wrong = refused.filter((page) => addresses.some((address) => new URL(address).pathname.endsWith(`/${page.path}`)));
      assert.deepEqual(wrong.map((page) => page.path), []);
    });
  });
}
