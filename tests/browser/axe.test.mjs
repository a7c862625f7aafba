// Accessibility of every kind of page in every mode of display.
import { describe, test, before, after } from 'node:test';
import { sites } from './lib/site.mjs';
import { Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import { MODES } from './lib/markup.mjs';
import { axe, modeContext, sameLooks } from './suites/axe.mjs';

for (const site of sites()) {
  // The second site has the same colours.
  for (const mode of Object.keys(MODES).filter((one) => site.main || one !== 'high contrast, dark')) {
    describe(`axe on ${site.name}, ${mode}`, () => {
      const stage = new Stage(site);
      let chosen;
      before(async () => { await stage.open(); chosen = await modeContext(stage, mode); });
      after(() => stage.close());
      test(`${mode} can be chosen and is seen`, () => expectNone(chosen.faults));
      for (const page of site.brief()) test(`${page.path}, ${mode}`, async () => expectNone(await axe(stage, chosen.context, mode, page)));
    });
  }
}

describe('looks', () => {
  const stage = new Stage(sites().find((site) => site.main));
  before(() => stage.open());
  after(() => stage.close());
  test('what the system wishes looks as what the reader chooses', async () => expectNone(await sameLooks(stage)));
});
