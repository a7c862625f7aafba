// Pages enlarged to 200 % and 400 %, and with the reader's own spacing of text.
import { describe, test, before, after } from 'node:test';
import { sites } from './lib/site.mjs';
import { Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import { tabThrough } from './suites/keyboard.mjs';
import { ZOOMS, zoomed } from './suites/zoom.mjs';

for (const site of sites()) {
  describe(`zoom of ${site.name}`, () => {
    const stage = new Stage(site);
    let context;
    before(async () => { await stage.open(); context = await stage.context({ bypassCSP: true }); });
    after(async () => { await context.close(); await stage.close(); });
    // The second site has the same templates: what differs is the direction of its script.
    for (const page of site.brief().filter((one) => site.main || ['home', 'item', 'items', 'about', 'catalogue', '404'].includes(one.kind))) {
      test(`${page.path} enlarged`, async () => expectNone(await zoomed(context, stage.url(page), page.path)));
    }
    for (const page of site.brief().filter((one) => ['home', 'item', 'items', 'search'].includes(one.kind))) {
      test(`${page.path} by Tab at 400 %`, async () => expectNone(await tabThrough(stage, page, { viewport: ZOOMS['400 %'] })));
    }
  });
}
