// Pages are printed well.
import { describe, test, before, after } from 'node:test';
import { sites } from './lib/site.mjs';
import { Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import { print } from './suites/print.mjs';

for (const site of sites()) {
  describe(`print of ${site.name}`, () => {
    const stage = new Stage(site);
    before(() => stage.open());
    after(() => stage.close());
    for (const page of site.brief()) {
      const pdf = ['item', 'catalogue', 'notice'].includes(page.kind);
      // The document of the main site has a validity (it has lapsed), and every page says so, on paper too.
      const validity = site.main && !['root', '404'].includes(page.kind);
      test(`${page.path} in print`, async () => expectNone(await print(stage, page, { pdf, validity })));
    }
  });
}
