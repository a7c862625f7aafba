// Suites that read files and need no browser: completeness, links, documents, valid HTML, weight.
import { describe, test } from 'node:test';
import { basedSites, sites } from './lib/site.mjs';
import { expectNone } from './lib/report.mjs';
import * as complete from './suites/complete.mjs';
import * as links from './suites/links.mjs';
import { html } from './suites/html.mjs';
import { weight } from './suites/weight.mjs';

const based = basedSites();

for (const site of [...sites(), ...based]) {
  describe(`pages of ${site.name}`, () => {
    if (site.main) test('every kind of page is there', () => expectNone(complete.kinds(site)));
    test('files of the contracts are there and read', () => expectNone(complete.files(site)));
    test('no forbidden word, no unrendered template', () => expectNone(complete.words(site)));
    test('every link, anchor and asset leads somewhere', () => expectNone(links.links(site)));
    test('every page can be reached', () => expectNone(links.reachable(site)));
    test('ids, titles, headings, language and CSP', () => expectNone(links.document(site)));
    test('canonical and hreflang', () => expectNone(links.alternates(site, { required: based.includes(site) })));
    test('valid HTML, all pages', () => expectNone(site.pages.flatMap((page) => html(page))));
    test('weight', () => expectNone(weight(site)));
  });
}
