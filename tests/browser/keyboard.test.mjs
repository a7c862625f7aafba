// Pages work without a mouse.
import { describe, test, before, after } from 'node:test';
import { sites } from './lib/site.mjs';
import { Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import { FUNCTIONS } from './suites/functions.mjs';
import * as keyboard from './suites/keyboard.mjs';

for (const site of sites()) {
  describe(`keyboard on ${site.name}`, () => {
    const stage = new Stage(site);
    before(() => stage.open());
    after(() => stage.close());
    for (const page of site.brief()) {
      test(`${page.path} by Tab`, async () => expectNone(await keyboard.tabThrough(stage, page)));
      if (page.kind !== 'root') test(`${page.path} has a skip link`, async () => expectNone(await keyboard.skipLink(stage, page)));
    }
    test('display settings over http', async () => expectNone(await keyboard.settings(stage)));
    test('display settings from file://', async () => expectNone(await keyboard.settings(stage, { file: true })));
    test('a spoilt store does no harm', async () => expectNone(await keyboard.spoiltStore(stage)));
  });
}

const QUERIES = { zh: '服务', mn: 'ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ' };
describe('every function by keys alone', () => {
  const stage = new Stage(sites().find((site) => site.main));
  before(() => stage.open());
  after(() => stage.close());
  for (const [folder, query] of Object.entries(QUERIES)) {
    for (const [name, works] of Object.entries(FUNCTIONS)) {
      test(`${folder}: ${name}`, async () => {
        const context = await stage.context();
        try { await works(await context.newPage(), stage, folder, query); } finally { await context.close(); }
      });
    }
  }
});
