// Pages fit phones, tablets and desks, at standard and extra-large text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, before, after } from 'node:test';
import { sites } from './lib/site.mjs';
import { Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import { WIDTHS, fold, layout, openSettings, xlargeContext } from './suites/layout.mjs';

for (const site of sites()) {
  describe(`layout of ${site.name}`, () => {
    const stage = new Stage(site);
    let plain;
    let xlarge;
    before(async () => { await stage.open(); plain = await stage.context(); xlarge = await xlargeContext(stage); });
    after(() => stage.close());
    test('extra-large text can be chosen', () => expectNone(xlarge.faults));
    for (const page of site.sample()) {
      test(`${page.path} fits`, async () => {
        const faults = [];
        for (const size of WIDTHS) {
          faults.push(...(await layout(stage, plain, page, size)));
          faults.push(...(await layout(stage, xlarge.context, page, size, ', xlarge')));
        }
        expectNone(faults);
      });
    }
    for (const home of site.homes()) test(`${home.path} with its disclosures open`, async () => expectNone(await openSettings(stage, plain, home, WIDTHS[0])));
    if (site.main) {
      // Amounts are facts of some items only; which, the open data tells.
      const items = JSON.parse(readFileSync(join(site.folder, 'data/items.json'), 'utf8'));
      const paid = new Set(items.filter((i) => i.amounts?.length).map((i) => i.slug));
      test('some items have amounts', () => expectNone(paid.size ? [] : ['data/items.json has no item with amounts']));
      test('what an item answers is above the fold of a phone', async () => {
        const faults = [];
        for (const page of site.ofKind('item')) {
          const slug = page.path.split('/').at(-1).replace(/\.html$/, '');
          faults.push(...(await fold(stage, plain, page, { without: paid.has(slug) ? [] : ['the amount'] })));
        }
        expectNone(faults);
      });
    }
  });
}
