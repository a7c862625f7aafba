// A catalogue whose lists are long: its pages, the catalogue in parts, and what is grouped. The rules of lists themselves are
// tested in Rust (tests/it/paging.rs).
import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './lib/browser.mjs';
import { largeContent } from './lib/large.mjs';
import { expectNone } from './lib/report.mjs';
import { openSite } from './lib/site.mjs';
import { violations } from './suites/axe.mjs';
import { html } from './suites/html.mjs';
import { WIDTHS, layout } from './suites/layout.mjs';
import { document, links, reachable } from './suites/links.mjs';
import { print } from './suites/print.mjs';

/** What a page may weigh, in KB: a part of the catalogue has entries in full, the notice and the notes their own long texts. */
const LIMITS = { chapter: 750, notice: 250, about: 250 };
const LIMIT = 150;
const PATHS = ['departments/finance.2.html', 'items.html', 'catalogue.html', 'catalogue/health.2.html', 'policy/notice.html'];

const place = largeContent(7);
const out = join(place.folder, 'site');
execFileSync(process.env.QINGDAN_BINARY, ['build', '--content', place.content, '--out', out, '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
const site = openSite(out);

describe('long lists', () => {
  const stage = new Stage(site);
  before(() => stage.open());
  after(async () => {
    await stage.close();
    rmSync(place.folder, { recursive: true, force: true });
  });

  // Of the many items' pages other suites see enough; what leads to them is looked at here.
  const lists = Object.assign(Object.create(site), { pages: site.pages.filter((page) => !['item', 'redirect'].includes(page.kind)) });
  test('every link and anchor leads somewhere, titles differ', () => expectNone([...links(lists), ...document(lists), ...reachable(lists)]));
  test('no page lists everything', () => {
    const heavy = site.pages.filter((page) => statSync(page.file).size > (LIMITS[page.kind] ?? LIMIT) * 1024);
    expectNone(heavy.map((page) => `${page.path} has ${statSync(page.file).size} bytes`));
  });

  for (const folder of ['zh', 'mn']) {
    for (const page of site.named(PATHS.map((path) => `${folder}/${path}`))) {
      test(`${page.path} is valid, accessible, and fits`, async () => {
        const context = await stage.shared();
        const faults = html(page);
        for (const size of [WIDTHS[0], WIDTHS.at(-1)]) faults.push(...(await layout(stage, context, page, size)));
        const tab = await context.newPage();
        await tab.goto(stage.url(page));
        faults.push(...(await violations(tab)));
        await tab.close();
        expectNone(faults);
      });
    }
    const [part] = site.named([`${folder}/catalogue/health.2.html`]);
    test(`${part.path} on paper`, async () => expectNone(await print(stage, part, { pdf: true, validity: true })));
  }

  test('from the first page to the last and on to the next domain', async () => {
    const tab = await (await stage.shared()).newPage();
    await tab.goto(`${stage.server.base}zh/catalogue.html`);
    await Promise.all([tab.waitForURL(/\/catalogue\/education\.html$/), tab.click('.book-toc a[href^="catalogue/"]')]);
    const seen = new Set();
    const entries = new Set();
    for (let steps = 0; steps < 60; steps += 1) {
      seen.add(new URL(tab.url()).pathname.split('/').pop());
      for (const id of await tab.locator('.entry').evaluateAll((list) => list.map((entry) => entry.id))) entries.add(id);
      const next = tab.locator('main [rel=next]');
      if (await next.count() === 0) break;
      assert.equal(await next.count(), 1, tab.url());
      const href = await next.evaluate((link) => link.href);
      await Promise.all([tab.waitForURL(href), next.click()]);
    }
    assert.equal(seen.size, site.pages.filter((page) => page.path.startsWith('zh/catalogue/')).length);
    assert.equal(entries.size, site.pages.filter((page) => page.path.startsWith('zh/items/') && page.kind === 'item').length);
    await tab.close();
  });

  test('the full index asks search', async () => {
    const tab = await (await stage.shared()).newPage();
    await tab.goto(`${stage.server.base}zh/items.html`);
    await tab.fill('#page-q', '低保');
    await Promise.all([tab.waitForURL(/search\.html\?q=/), tab.press('#page-q', 'Enter')]);
    await tab.waitForSelector('.results section:not([hidden]) li');
    await tab.close();
  });
});
