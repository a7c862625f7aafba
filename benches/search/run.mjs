// Measures search in Chromium beside its peers; prints tables in Markdown. benches/README.md says what each column is.
//   node benches/search/run.mjs [--items 82,1000,10000] [--engines qingdan,minisearch,pagefind] [--queries FILE]
//     [--binary FILE] [--content DIR] [--work DIR] [--first 30] [--cold 15] [--rounds 3] [--profile] [--verbose]
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cold, firstQueryBytes, launch, profile, warm } from './browser.mjs';
import { REPOSITORY, generate } from '../corpus/generate.mjs';
import { queries, score, withPlaces } from './score.mjs';
import { serve } from './server.mjs';
import { build, quantile, run } from './tools.mjs';

const { values: options } = parseArgs({
  options: {
    items: { type: 'string', default: '82,1000,10000' },
    engines: { type: 'string', default: 'qingdan,minisearch,pagefind' },
    queries: { type: 'string', default: join(REPOSITORY, 'content/search-tests.yaml') },
    binary: { type: 'string', default: join(REPOSITORY, 'target/release/qingdan') },
    content: { type: 'string', default: join(REPOSITORY, 'content') },
    work: { type: 'string', default: tmpdir() },
    first: { type: 'string', default: '30' },
    cold: { type: 'string', default: '15' },
    rounds: { type: 'string', default: '3' },
    profile: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const binary = resolve(options.binary);
if (!existsSync(binary)) {
  console.error(`${binary} is missing: build it with \`cargo build --release\`, or name another with --binary`);
  process.exit(2);
}
const sizesWanted = options.items.split(',').map(Number);
const engines = await Promise.all(options.engines.split(',').map((name) => import(`./engines/${name}.mjs`)));
const tests = queries(resolve(options.queries));
const asked = [...new Set(tests.map((test) => test.query))];

const kilobytes = (bytes) => (bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0);
const percent = (part) => `${(part * 100).toFixed(1)}`;
const seconds = (milliseconds) => (milliseconds / 1000).toFixed(2);
const say = (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);

/** Every so many of a list, from the first. */
const some = (list, count) => list.filter((_, n) => Math.floor((n * count) / list.length) !== Math.floor(((n - 1) * count) / list.length));

async function measure(browser, module, context, count) {
  const engine = await module.prepare(context);
  const server = await serve({ '/site/': context.site, ...engine.mounts });
  try {
    say(`${module.name} at ${count}: indexed in ${engine.seconds.toFixed(2)} s (${engine.note})`);
    const all = await warm(browser, engine, server, asked, Number(options.rounds));
    const answers = new Map(asked.map((query, n) => [query, all.answers[n]]));
    const quality = score(tests, tests.map((test) => answers.get(test.query)));
    let exact = null;
    if (context.places > 0) {
      const placed = withPlaces(tests, context.places);
      exact = score(placed, (await warm(browser, engine, server, placed.map((test) => test.query), 0)).answers);
    }
    const first = await firstQueryBytes(browser, engine, server, some(asked, Number(options.first)));
    const slow = await cold(browser, engine, server, some(asked, Number(options.cold)));
    const hot = options.profile ? await profile(browser, engine, server, asked) : null;
    return { count, name: module.name, engine, quality, exact, first, slow, hot, times: all.times, load: loadavg()[0] };
  } finally {
    await server.close();
  }
}

const HEAD = ['items', 'engine', 'MRR@10', 'no result %', 'not in 10 %', 'MRR, place', 'no result %, place', 'first query kB', 'max', 'index kB', 'gzip', 'warm p50 ms', 'p95', 'cold p50 s', 'max', 'index s', 'cpu s'];

const row = ({ count, name, engine, quality, exact, first, slow, times }) => [
  count, name, quality.mrr.toFixed(3), percent(quality.empty), percent(quality.misses.length / tests.length),
  exact ? exact.mrr.toFixed(3) : '–', exact ? percent(exact.empty) : '–',
  kilobytes(quantile(first.bytes, 0.5)), kilobytes(Math.max(...first.bytes)), kilobytes(engine.index.bytes), kilobytes(engine.index.gzip),
  quantile(times, 0.5).toFixed(2), quantile(times, 0.95).toFixed(2), seconds(quantile(slow, 0.5)), seconds(Math.max(...slow)), engine.seconds.toFixed(2), engine.cpu.toFixed(2),
];

function details({ count, name, quality, exact, first, hot }) {
  if (options.verbose) {
    console.log(`\n### ${name} at ${count}: the heaviest first query, “${first.heaviest.query}”\n`);
    for (const { path, bytes } of first.heaviest.sent) console.log(`- ${path.replace(/-[0-9a-f]{8,}/, '')}: ${kilobytes(bytes)} kB`);
    for (const [what, of] of [['misses', quality], ['misses with a place', exact]]) {
      if (!of?.misses.length) continue;
      console.log(`\n### ${name} at ${count}: ${what}\n`);
      for (const miss of of.misses) console.log(`- ${miss.query}: wanted ${miss.wanted.join(' / ')}; first ${miss.first.join(', ') || 'nothing'}`);
    }
  }
  if (hot) {
    console.log(`\n### ${name} at ${count}: where warm time goes\n`);
    for (const { name, share } of hot) console.log(`- ${percent(share)} % ${name}`);
  }
}

const browser = await launch();
const base = mkdtempSync(join(resolve(options.work), 'qingdan-bench-'));
const results = [];
try {
  for (const count of sizesWanted) {
    const work = join(base, String(count)), content = join(work, 'content'), site = join(work, 'site');
    mkdirSync(work, { recursive: true });
    say(`making ${count} items`);
    const made = generate(content, count, resolve(options.content));
    for (const tag of made.languages) run(binary, ['translate', 'stamp', '--lang', tag, '--content', content]);
    build(binary, content, site);
    const context = { binary, content, site, work, places: made.fullPlaces, rounds: count > 2000 ? 1 : 3 };
    for (const module of engines) {
      const result = await measure(browser, module, context, count);
      results.push(result);
      say(row(result).join(' | '));
    }
    rmSync(work, { recursive: true, force: true });
  }
} finally {
  await browser.close();
  rmSync(base, { recursive: true, force: true });
}

console.log(`${tests.length} queries; ${process.platform} ${process.arch}, ${availableParallelism()} cores; others' work shows: load up to ${Math.max(...results.map((result) => result.load)).toFixed(1)}\n`);
console.log(`| ${HEAD.join(' | ')} |\n|${HEAD.map(() => '---').join('|')}|`);
for (const result of results) console.log(`| ${row(result).join(' | ')} |`);
results.forEach(details);
