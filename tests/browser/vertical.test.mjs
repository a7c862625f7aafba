// Vertical editions can be used like horizontal ones.
import { describe, test, before, after } from 'node:test';
import { sites } from './lib/site.mjs';
import { Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import * as vertical from './suites/vertical.mjs';

const isVertical = (page) => /<html[^>]*data-writing="?vertical/.test(page.html);

for (const site of sites().filter((s) => s.homes().length > 1)) {
  describe(`choice of language of ${site.name}`, () => {
    const stage = new Stage(site);
    before(() => stage.open());
    after(() => stage.close());
    test('the root page follows the browser, and then the choice', async () => expectNone(await vertical.choice(stage)));
  });
}

for (const site of sites()) {
  const pages = site.brief().filter(isVertical);
  // A site without a vertical edition has nothing to be tested here; the main site has one.
  if (!pages.length && !site.main) continue;
  describe(`vertical pages of ${site.name}`, () => {
    const stage = new Stage(site);
    before(() => stage.open());
    after(() => stage.close());
    test('there is a vertical edition', () => expectNone(pages.length ? [] : ['no page is written in columns']));
    for (const page of pages) {
      for (const screen of vertical.SCREENS) {
        test(`${page.path} at ${screen.width}x${screen.height}`, async () => expectNone(await vertical.layout(stage, page, screen)));
      }
    }
    for (const page of pages.filter((p) => ['item', 'notice', 'home'].includes(p.kind))) {
      test(`${page.path} scrolls along its columns`, async () => expectNone(await vertical.scrolling(stage, page)));
    }
    for (const page of pages.filter((p) => p.kind === 'home')) {
      test(`${page.path} waits for its font, but not long`, async () => expectNone(await vertical.waits(stage, page)));
      test(`${page.path} keeps words joined`, async () => expectNone(await vertical.words(stage, page)));
      test(`the font of ${page.path} has every letter`, async () => expectNone(await vertical.glyphs(stage, page, site.pages.filter(isVertical))));
    }
  });
}
