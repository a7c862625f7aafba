// Pages open in silence, over http and file://, with and without script.
import { describe, test, before, after } from 'node:test';
import { basedSites, sites } from './lib/site.mjs';
import { Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import * as quiet from './suites/console.mjs';

for (const site of sites()) {
  describe(`console of ${site.name}`, () => {
    const stage = new Stage(site);
    before(() => stage.open());
    after(() => stage.close());
    for (const page of site.brief()) {
      test(`${page.path} over http`, async () => expectNone(await quiet.overHttp(stage, page)));
      test(`${page.path} without script`, async () => expectNone(await quiet.withoutScript(stage, page)));
      if (page.kind !== '404') test(`${page.path} from file://`, async () => expectNone(await quiet.fromFile(stage, page)));
    }
    test('an unknown address', async () => expectNone(await quiet.unknownAddress(stage)));
  });
}

for (const site of basedSites()) {
  describe(`console of ${site.name}, under the path of its base URL`, () => {
    const stage = new Stage(site);
    before(() => stage.open());
    after(() => stage.close());
    for (const page of site.brief().filter((p) => ['root', 'home', 'item', '404'].includes(p.kind))) {
      test(`${page.path} over http`, async () => expectNone(await quiet.overHttp(stage, page)));
    }
    test('an unknown address', async () => expectNone(await quiet.unknownAddress(stage)));
  });
}
