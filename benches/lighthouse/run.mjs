// Lighthouse's scores of the site on a throttled phone, as nginx sends it with the configuration that qingdan wrote.
//   node benches/lighthouse/run.mjs [--pages zh/index.html,…] [--runs 3] [--binary FILE] [--content DIR] [--report DIR]
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { freePort, start } from '../../tests/browser/lib/hosts.mjs';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** What every page must reach. */
const TARGETS = { accessibility: 100, 'best-practices': 100, seo: 100, performance: 99 };
const PAGES = ['zh/index.html', 'zh/items/boarding-allowance.html', 'zh/items.html', 'zh/search.html', 'mn/index.html', 'mn/items/boarding-allowance.html', 'mn/search.html'];
const HELP = `node benches/lighthouse/run.mjs [OPTION…]
Builds the site, lets nginx serve it, and prints Lighthouse's scores of some pages: the phone preset with its own throttling,
the median of several runs. Ends with 1 where a page is below ${Object.entries(TARGETS).map(([name, least]) => `${least} (${name})`).join(', ')}.

  --pages LIST     paths within the site, by commas (${PAGES.join(',')})
  --runs N         runs of each page (3)
  --binary FILE    the program (target/release/qingdan)
  --content DIR    the content (content/); a copy is built, with noindex_drafts: false
  --report DIR     keeps Lighthouse's own report of each page's median run
  --help           this text
QINGDAN_CHROMIUM names another browser than /usr/bin/chromium.
`;

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: PAGES.join(',') },
    runs: { type: 'string', default: '3' },
    binary: { type: 'string', default: join(REPOSITORY, 'target/release/qingdan') },
    content: { type: 'string', default: join(REPOSITORY, 'content') },
    report: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const chromePath = process.env.QINGDAN_CHROMIUM ?? '/usr/bin/chromium';
for (const [what, file] of [['browser', chromePath], ['program', values.binary]]) {
  if (!existsSync(file)) {
    process.stderr.write(`There is no ${what} ${file} (see --help).\n`);
    process.exit(2);
  }
}

const place = mkdtempSync(join(tmpdir(), 'qingdan-lighthouse-'));
chmodSync(place, 0o755);

/** The site, for an address at which it will be found; search engines may list drafts too. */
function build(origin) {
  const content = join(place, 'content');
  cpSync(values.content, content, { recursive: true });
  const settings = join(content, 'site.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^noindex_drafts:.*\n/m, ''));
  appendFileSync(settings, 'noindex_drafts: false\n');
  const site = join(place, 'site');
  execFileSync(resolve(values.binary), ['build', '--content', content, '--out', site, '--for', 'nginx', '--precompress', '--base-url', `${origin}/`, '--quiet'], { cwd: REPOSITORY, stdio: ['ignore', 'ignore', 'inherit'] });
  return site;
}

/** One run, in a browser that has never seen the site. */
async function measure(url) {
  const chrome = await launch({
    chromePath,
    userDataDir: mkdtempSync(join(place, 'chrome-')),
    chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, output: 'json', logLevel: 'error', onlyCategories: Object.keys(TARGETS) });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    await chrome.kill();
  }
}

const score = (lhr, category) => Math.round(lhr.categories[category].score * 100);

/** The run in the middle, by the score that swings. */
async function median(url, runs) {
  const all = [];
  for (let run = 0; run < runs; run += 1) all.push(await measure(url));
  return all.sort((a, b) => score(a, 'performance') - score(b, 'performance'))[Math.floor((runs - 1) / 2)];
}

/** The audits that cost a category points, each with what it names. */
const lost = (lhr) => Object.keys(TARGETS).flatMap((category) => lhr.categories[category].auditRefs
  .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < (category === 'performance' ? 0.9 : 1))
  .map(({ id }) => {
    const audit = lhr.audits[id];
    const nodes = (audit.details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.url ?? item.description ?? '').filter(Boolean);
    return `${category}: ${id} ${audit.displayValue ?? ''} ${nodes.join(' ')}`.trim();
  }));

const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
let server;
let below = 0;
try {
  const site = build(origin);
  server = await start('nginx', { site, place: join(place, 'server'), base: '/', port });
  const columns = ['page', ...Object.keys(TARGETS), 'FCP s', 'LCP s', 'TBT ms', 'CLS', 'KB'];
  process.stdout.write(`| ${columns.join(' | ')} |\n|${columns.map(() => '---|').join('')}\n`);
  const notes = [];
  for (const path of values.pages.split(',')) {
    const lhr = await median(`${origin}/${path}`, Math.max(1, Number(values.runs) || 1));
    const number = (id) => lhr.audits[id].numericValue;
    const scores = Object.entries(TARGETS).map(([category, least]) => {
      const got = score(lhr, category);
      if (got < least) below += 1;
      return got < least ? `**${got}** (of ${least})` : got;
    });
    const seconds = ['first-contentful-paint', 'largest-contentful-paint'].map((id) => (number(id) / 1000).toFixed(2));
    process.stdout.write(`| ${[path, ...scores, ...seconds, Math.round(number('total-blocking-time')), number('cumulative-layout-shift').toFixed(3), Math.round(number('total-byte-weight') / 1024)].join(' | ')} |\n`);
    notes.push(...lost(lhr).map((audit) => `${path}: ${audit}`), ...lhr.runWarnings.map((warning) => `${path}: ${warning}`));
    if (values.report) {
      mkdirSync(values.report, { recursive: true });
      writeFileSync(join(values.report, `${path.replaceAll('/', '-')}.json`), JSON.stringify(lhr, null, 1));
    }
  }
  process.stdout.write(`\nLighthouse with ${chromePath}, median of ${values.runs}: ${below === 0 ? 'every target is reached' : `${below} scores are below the target`}.\n${notes.map((note) => `- ${note}\n`).join('')}`);
} finally {
  await server?.stop();
  rmSync(place, { recursive: true, force: true });
}
process.exit(below === 0 ? 0 : 1);
