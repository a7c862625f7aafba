// Search in the browser answers as the program does, and never fails, whatever is typed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../lib/site.mjs';

const SHOWN = 40;

/** The queries of search-tests.yaml and those of tests/search/queries.json, by language. */
export function queries() {
  const all = JSON.parse(readFileSync(join(REPOSITORY, 'tests/search/queries.json'), 'utf8'));
  const source = Object.keys(all)[0];
  for (const line of readFileSync(join(REPOSITORY, 'content/search-tests.yaml'), 'utf8').split('\n')) {
    const found = /^- \{query: ("(?:[^"\\]|\\.)*")/.exec(line);
    const lang = /, lang: ([\w-]+)\}$/.exec(line)?.[1] ?? source;
    if (found) all[lang].push(JSON.parse(found[1]));
  }
  return all;
}

/** What the program answers. A query with a NUL cannot be handed to it. */
export function fromProgram(content, lang, asked) {
  const bin = process.env.QINGDAN_BINARY;
  if (!bin) throw new Error('QINGDAN_BINARY does not name the program: run tests/run.');
  const args = ['search', '--content', content, '--lang', lang, '--format', 'json', '--limit', String(SHOWN), '--', ...asked];
  return JSON.parse(execFileSync(bin, args, { maxBuffer: 1 << 28 })).answers;
}

/** What a page answers. */
export function fromPage(tab, lang, asked) {
  return tab.evaluate(async ({ lang, asked, shown }) => {
    const search = window.qingdan.search, answers = [];
    await search.ready();
    for (const query of asked) {
      const answer = await search.ask(query, lang);
      const hits = await search.cards(answer, answer.hits.slice(0, shown));
      answers.push({ query, meant: answer.meant, total: answer.hits.length, hits });
    }
    return answers;
  }, { lang, asked, shown: SHOWN });
}

/** The two answers side by side. `root` is the way from the page to the root of the site. */
export function compare(program, page, root) {
  const faults = [];
  const shown = (hit) => hit && `${hit.kind} ${hit.slug} ${hit.score} “${hit.title}”`;
  program.forEach((wanted, n) => {
    const got = page[n];
    const name = JSON.stringify(wanted.query);
    if (wanted.meant !== got.meant) faults.push(`${name}: the program takes it for ${wanted.meant}, the page for ${got.meant}`);
    if (wanted.total !== got.total) faults.push(`${name}: the program finds ${wanted.total}, the page ${got.total}`);
    const at = wanted.hits.findIndex((hit, k) => shown(hit) !== shown(got.hits[k]) || root + hit.url !== got.hits[k].url);
    if (at >= 0) faults.push(`${name}, result ${at + 1}: the program has ${shown(wanted.hits[at])}, the page ${shown(got.hits[at])}`);
  });
  return faults;
}

/** Queries that only a page can be asked: each must be answered. */
export const ODD = ['\0', '\ud800', '低\udfff保', 'a'.repeat(10000), '低保'.repeat(5000), '\u0300'.repeat(10000), 'ᠠ'.repeat(10000), '<img src=x onerror=alert(1)>', '\u202e\u2066\u200f', '👨‍👩‍👧'.repeat(500)];

export async function answersAll(tab, lang) {
  return tab.evaluate(async ({ lang, odd }) => {
    const faults = [];
    for (const query of [...odd, undefined, null, 12333, {}]) {
      const name = String(query).slice(0, 20);
      try {
        const hits = await window.qingdan.search(query, { lang });
        if (!Array.isArray(hits) || hits.length > 10) faults.push(`${name}: ${hits}`);
      } catch (error) {
        faults.push(`${name}: ${error.message}`);
      }
    }
    return faults;
  }, { lang, odd: ODD });
}
