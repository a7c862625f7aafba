// What programs read: linked data expands to what it means, and search engines are told of a page by all who speak of it or by none.
import { after, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsonld from 'jsonld';
import { basedSites, REPOSITORY, sites } from './lib/site.mjs';

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

const schema = (name) => join(REPOSITORY, 'tests/schemas', name);
/** Runs a validator; what it says is the fault. */
function validate(program, ...given) {
  try {
    execFileSync(program, given, { encoding: 'utf8', stdio: 'pipe' });
  } catch (fault) {
    assert.fail(`${program}: ${fault.stdout ?? ''}${fault.stderr ?? fault}`);
  }
}
const sitemapIsValid = (file) => validate('xmllint', '--nonet', '--noout', '--schema', schema('sitemap.xsd'), file);
const feedsAreValid = (files) => validate('jing', '-c', schema('atom.rnc'), ...files);

describe('the schemas', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qingdan-schemas-'));
  const file = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('let an index of sitemaps pass, which no site here is large enough for', () => {
    const snapshot = readFileSync(join(REPOSITORY, 'tests/it/snapshots/it__site__sitemap-index.snap'), 'utf8');
    sitemapIsValid(file('index.xml', snapshot.slice(snapshot.indexOf('<?xml'))));
  });

  test('refuse what is wrong', () => {
    const sitemap = (url) => file('sitemap.xml', `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>${url}</url></urlset>`);
    sitemapIsValid(sitemap('<loc>https://example.org/</loc><lastmod>2026-11-24</lastmod>'));
    for (const url of ['', '<loc>a.html</loc>', '<loc>https://example.org/</loc><lastmod>yesterday</lastmod>', '<loc>https://example.org/</loc><date>2026-11-24</date>']) {
      assert.throws(() => sitemapIsValid(sitemap(url)), /xmllint/, url);
    }
    const feed = (id, more) => file('feed.xml', `<feed xmlns="http://www.w3.org/2005/Atom"><id>${id}</id><title>a</title><updated>2026-11-24T00:00:00Z</updated><author><name>a</name></author><link href="https://example.org/"/>${more}</feed>`);
    feedsAreValid([feed('https://example.org/feed.xml', '')]);
    assert.throws(() => feedsAreValid([feed('feed.xml', '')]), /jing/);
    assert.throws(() => feedsAreValid([feed('https://example.org/feed.xml', '<entry><id>https://example.org/a</id><title>a</title></entry>')]), /jing/);
  });
});

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

    const based = site.files.has('sitemap.xml');
    const feeds = [...site.files].filter((file) => file.endsWith('/feed.xml'));

    test('sitemaps are valid against the schema', { skip: !based }, () => {
      for (const file of [...site.files].filter((name) => /^sitemap[^/]*\.xml$/.test(name))) sitemapIsValid(join(site.folder, file));
    });

    test('feeds are valid against the schema, in every language or in none', () => {
      const adjusted = site.pages.filter((page) => page.kind === 'changes').map((page) => page.folder).sort();
      assert.deepEqual(feeds.map((file) => file.split('/')[0]).sort(), based ? adjusted : []);
      if (feeds.length) feedsAreValid(feeds.map((file) => join(site.folder, file)));
    });

    test('a feed that a page names is there, and every feed is named', () => {
      const named = new Set();
      for (const page of site.pages) {
        for (const [tag] of page.html.matchAll(/<link [^>]*application\/atom\+xml[^>]*>/g)) {
          const href = unescaped(/href="?([^ ">]+)/.exec(tag)[1]);
          const path = new URL(href, `https://example.org${site.prefix}${page.path}`).pathname.slice(site.prefix.length);
          assert.ok(site.files.has(path), `${page.path} names ${href}`);
          named.add(path);
        }
      }
      assert.deepEqual([...named].sort(), feeds.sort());
    });

    test('what repeats another page is in no sitemap', { skip: !based }, () => {
      const sitemap = readFileSync(join(site.folder, 'sitemap.xml'), 'utf8');
      for (const page of site.pages) {
        const canonical = unescaped(/<link rel="?canonical"? href="?([^ ">]+)/.exec(page.html)?.[1] ?? '');
        const own = canonical.endsWith(`/${page.path.replace(/(^|\/)index\.html$/, '$1')}`);
        if (canonical && !own) assert.ok(!sitemap.includes(`/${page.path}<`), page.path);
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
