// Pages fit phones, tablets and desks, at standard and extra-large text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, before, after } from 'node:test';
import { sites } from './lib/site.mjs';
import { Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import { WIDTHS, everywhere, fold, openSettings, xlargeContext } from './suites/layout.mjs';

/** An item whose text, but for name and funding, has so many characters at most shows all its answers at once. */
const SHORT = 90;

for (const site of sites()) {
  describe(`layout of ${site.name}`, () => {
    const stage = new Stage(site);
    let plain;
    let xlarge;
    before(async () => { await stage.open(); plain = await stage.context(); xlarge = await xlargeContext(stage); });
    after(() => stage.close());
    test('extra-large text can be chosen', () => expectNone(xlarge.faults));
    for (const page of site.sample()) {
      test(`${page.path} fits`, async () => expectNone(await everywhere(stage, { '': plain, ' xlarge': xlarge.context }, page)));
    }
    for (const home of site.homes()) test(`${home.path} with its disclosures open`, async () => expectNone(await openSettings(stage, plain, home, WIDTHS[0])));
    if (site.main) {
      // What can be asked of an item, its data tell: not every item has an amount, and a long list of those who can
      // apply leaves no room for what follows it on a phone.
      const source = (item) => Object.values(item.text ?? {})[0] ?? {};
      const length = (item) => Object.entries(source(item)).filter(([field]) => !['name', 'funding', 'status', 'stale'].includes(field)).reduce((n, [, text]) => n + String(text).length, 0);
      const items = JSON.parse(readFileSync(join(site.folder, 'data/items.json'), 'utf8'));
      const short = items.filter((item) => length(item) <= SHORT);
      test('some items have amounts, and a third are short', () => expectNone([
        ...(items.some((i) => i.amounts?.length) ? [] : ['data/items.json has no item with amounts']),
        ...(short.length * 3 >= items.length ? [] : [`only ${short.length} of ${items.length} items have a text of at most ${SHORT} characters`]),
      ]));
      test('what an item answers is above the fold of a phone', async () => {
        const faults = [];
        for (const item of items) {
          for (const home of site.homes()) {
            const page = site.byPath.get(`${home.folder}/items/${item.slug}.html`);
            const answers = ['the heading', 'who can apply'];
            if (short.includes(item)) answers.push('the department', ...(item.amounts?.length ? ['the amount'] : []));
            if (page) faults.push(...(await fold(stage, plain, page, answers)));
          }
        }
        expectNone(faults);
      });
    }
  });
}
