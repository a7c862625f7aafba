// Search: the browser's half agrees with the program's, over http and file://, whole and in parts.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Stage } from './lib/browser.mjs';
import { largeContent } from './lib/large.mjs';
import { expectNone } from './lib/report.mjs';
import { openSite, REPOSITORY, sites } from './lib/site.mjs';
import { answersAll, compare, fromPage, fromProgram, queries } from './suites/search.mjs';

const main = sites().find((site) => site.main);
const folders = { 'zh-Hans': 'zh', 'mn-Mong': 'mn' };
const asked = queries();
const tellable = (list) => list.filter((query) => !query.includes('\0'));

/** Opens a page, and collects what it complains of. */
async function open(stage, address) {
  const tab = await (await stage.context()).newPage();
  const complaints = [];
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('console', (message) => complaints.push(message.text()));
  await tab.goto(address);
  return { tab, complaints };
}

function agreement(name, getSite, content) {
  describe(`search of ${name}`, () => {
    let stage, site;
    before(async () => {
      site = await getSite();
      stage = await new Stage(site).open();
    });
    after(() => stage.close());
    for (const [lang, folder] of Object.entries(folders)) {
      test(`${lang}: the page answers as the program, from file:// under the policy of the pages`, async () => {
        const { tab, complaints } = await open(stage, pathToFileURL(join(site.folder, folder, 'about.html')).href);
        const list = tellable(asked[lang]);
        expectNone(compare(fromProgram(content(), lang, list), await fromPage(tab, lang, list), '../'));
        expectNone(await answersAll(tab, lang));
        expectNone(complaints);
        await tab.context().close();
      });
    }
  });
}

agreement('the catalogue', async () => main, () => join(REPOSITORY, 'content'));

const large = { folder: null };
agreement('a large catalogue, in parts', async () => {
  Object.assign(large, largeContent(9));
  const out = join(large.folder, 'site');
  execFileSync(process.env.QINGDAN_BINARY, ['build', '--content', large.content, '--out', out, '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return openSite(out);
}, () => large.content);
after(() => large.folder && rmSync(large.folder, { recursive: true, force: true }));

describe('search in a page', () => {
  const stage = new Stage(main);
  before(() => stage.open());
  after(() => stage.close());

  test('the interface for scripts is that of the contract', async () => {
    const { tab } = await open(stage, `${stage.server.base}zh/items/boarding-allowance.html`);
    const hits = await tab.evaluate(() => window.qingdan.search('低保', { limit: 3 }));
    assert.equal(hits.length, 3);
    for (const key of ['kind', 'slug', 'title', 'url', 'score']) assert.ok(hits.every((hit) => hit[key]), key);
    assert.equal(new URL(hits[0].url, tab.url()).href, `${stage.server.base}zh/items/minimum-living-allowance.html`);
    const other = await tab.evaluate(() => window.qingdan.search('сурагч', { lang: 'mn-Mong' }));
    assert.ok(other[0].url.includes('mn/items/'));
    await assert.rejects(tab.evaluate(() => window.qingdan.search('a', { lang: 'fr' })), /no language fr/);
    await tab.context().close();
  });

  test('nothing of search is fetched before it is wanted', async () => {
    const context = await stage.context();
    const tab = await context.newPage();
    const fetched = [];
    tab.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await tab.goto(`${stage.server.base}zh/index.html`);
    expectNone(fetched.filter((path) => /\/search\/|search-|finder-/.test(path)));
    await tab.evaluate(() => window.qingdan.search('低保'));
    assert.ok(fetched.some((path) => path.endsWith('/search/zh/index.js')));
    await context.close();
  });

  test('both halves pass the vectors', async () => {
    const vectors = JSON.parse(readFileSync(join(REPOSITORY, 'tests/search/normal.json'), 'utf8'));
    const { tab } = await open(stage, `${stage.server.base}zh/index.html`);
    const got = await tab.evaluate(async (texts) => {
      await window.qingdan.search('x');
      const { normal, terms, folding } = window.qingdan.search;
      const fold = await folding('zh-Hans');
      return texts.map((text) => [normal(text, fold), terms(normal(text, fold))]);
    }, vectors.map(([text]) => text));
    vectors.forEach(([text, normal, terms], n) => assert.deepEqual(got[n], [normal, terms], text));
    await tab.context().close();
  });
});
