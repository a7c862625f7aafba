// The speed of cold builds beside Hugo and Zola, on the same content; prints tables in Markdown. docs/benchmarks.md has the method.
//   node benches/compare/run.mjs [--sizes 82,1000,10000] [--runs 5] [--places tmpfs,disk] [--only ID,…] [--linear]
//     [--binary FILE] [--hugo FILE] [--zola FILE] [--tools DIR] [--tmpfs DIR] [--work DIR] [--no-words] [--commit WORD]
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { REPOSITORY, corpus, generate, pagesAlone } from '../corpus/generate.mjs';
import { canMeasure, once, rounds } from './measure.mjs';
import { fileSystem, sayings, series, setting, table } from './report.mjs';
import { makeSite } from './sites.mjs';
import * as tools from './tools.mjs';
import { PLACES, compare } from './words.mjs';

const { values: options } = parseArgs({
  allowNegative: true,
  options: {
    sizes: { type: 'string' },
    runs: { type: 'string', default: '5' },
    places: { type: 'string' },
    only: { type: 'string' },
    linear: { type: 'boolean', default: false },
    words: { type: 'boolean', default: true },
    binary: { type: 'string', default: join(REPOSITORY, 'target/release/qingdan') },
    hugo: { type: 'string' },
    zola: { type: 'string' },
    tools: { type: 'string', default: join(tmpdir(), 'qingdan-compare-tools') },
    tmpfs: { type: 'string', default: '/dev/shm' },
    work: { type: 'string', default: tmpdir() },
    commit: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  // The head of this file says it.
  const head = readFileSync(new URL(import.meta.url), 'utf8').split('\n').filter((line) => line.startsWith('//'));
  console.log(head.map((line) => line.slice(3)).join('\n'));
  process.exit(0);
}

const say = (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
const stop = (text) => { console.error(text); process.exit(2); };
const sizes = (options.sizes ?? (options.linear ? '10000,30000,100000' : '82,1000,10000')).split(',').map(Number);
const places = (options.places ?? (options.linear ? 'tmpfs' : 'tmpfs,disk')).split(',');
const runs = Number(options.runs);
const binary = resolve(options.binary);
const CONTENT = join(REPOSITORY, 'content');
const FOLDERS = { tmpfs: options.tmpfs, disk: options.work };
/** Up to here the words of all item pages are compared; beyond, it would take longer than measuring. */
const WORDS_UP_TO = 1000;

if (!sizes.every((size) => size >= 82)) stop('--sizes: at least 82, the items of content/');
if (!places.every((place) => FOLDERS[place])) stop('--places: tmpfs, disk');
if (!(runs >= 1)) stop('--runs: a number from 1');
if (!existsSync(binary)) stop(`${binary} is missing: build it with \`cargo build --release\`, or name another with --binary`);
if (!canMeasure()) stop('GNU time is missing (on Debian: apt-get install time)');

const chosen = options.only?.split(',');
/** A peer is looked for only where it is to be measured: growth is measured of qingdan alone. */
const wants = (tool) => !options.linear && (!chosen || chosen.some((id) => id.startsWith(tool)));
/** What is built, by the ids that `--only` takes: each with the site that it needs, and how its program is called. */
const BUILDS = [
  { id: 'qingdan', name: 'qingdan', site: 'pages', command: binary, args: (site, out) => ['build', '--content', site, '--out', out, '--no-minify', '--quiet'] },
  { id: 'qingdan-all', name: 'qingdan, everything', site: 'content', command: binary, args: (site, out) => ['build', '--content', site, '--out', out, '--quiet'] },
  ...hugos(wants('hugo') ? tools.hugo(options.hugo, options.tools, say) : null),
  ...zolas(wants('zola') ? tools.zola(options.zola, say) : null),
].filter(({ id }) => !chosen || chosen.includes(id));
if (!BUILDS.length) stop('--only: none of these can be built');

function hugos(command) {
  const build = (id, name, more) => ({ id, name, site: 'hugo', command, args: (site, out) => ['build', '--source', site, '--destination', out, '--noBuildLock', '--quiet', ...more] });
  return command ? [build('hugo', 'Hugo', []), build('hugo-minify', 'Hugo, minify', ['--minify'])] : [];
}

function zolas(command) {
  const build = (id, name, config) => ({ id, name, site: 'zola', command, args: (site, out) => ['--root', site, '--config', join(site, `${config}.toml`), 'build', '--output-dir', out] });
  return command ? [build('zola', 'Zola', 'config'), build('zola-search', 'Zola, search', 'search'), build('zola-search-minify', 'Zola, search and minify', 'both')] : [];
}

/** The folders of a size, made once a place: content with everything and pages alone, and a site for each peer. */
function sites(folder, size) {
  const wanted = new Set(BUILDS.map(({ site }) => site)), made = { content: join(folder, 'content'), pages: join(folder, 'pages'), hugo: join(folder, 'hugo'), zola: join(folder, 'zola') };
  if (wanted.has('content') || wanted.has('pages')) {
    generate(made.content, size);
    if (wanted.has('pages')) {
      cpSync(made.content, made.pages, { recursive: true });
      pagesAlone(made.pages);
    }
  }
  for (const kind of ['hugo', 'zola']) if (wanted.has(kind)) makeSite(made[kind], kind, CONTENT, size);
  return made;
}

const withOut = (build, folder, made, place) => {
  const out = join(folder, 'out');
  return { ...build, out, args: build.args(made[build.site], out), disk: place === 'disk' };
};

/** Whether the peers' item pages say what ours say. */
function words(folder, made, size) {
  const items = [...corpus(size, CONTENT).items()];
  const slugs = items.map(({ slug }) => slug), domains = new Map(items.map(({ slug, path }) => [slug, path.split('/')[0]]));
  const outputs = new Map();
  for (const id of ['qingdan', 'hugo', 'zola']) {
    const build = BUILDS.find((other) => other.id === id);
    if (!build) continue;
    const out = join(folder, `words-${id}`);
    once({ command: build.command, args: build.args(made[build.site], out), out });
    outputs.set(build.name, out);
  }
  const rows = [];
  for (const [tool, out] of outputs) {
    if (tool === 'qingdan' || !outputs.has('qingdan')) continue;
    for (const code of ['zh', 'mn']) {
      const found = compare(slugs, PLACES.qingdan(outputs.get('qingdan'), code), PLACES[tool.toLowerCase()](out, code, domains));
      rows.push({ tool, code, ...found });
      if (found.worst.slug) say(`  ${tool} ${code} ${found.worst.slug}: only qingdan has “${found.worst.more}”, only ${tool} “${found.worst.less}”`);
    }
  }
  for (const out of outputs.values()) rmSync(out, { recursive: true, force: true });
  return rows;
}

const measured = new Map();
for (const place of places) {
  mkdirSync(FOLDERS[place], { recursive: true });
  const folder = mkdtempSync(join(FOLDERS[place], 'qingdan-compare-'));
  try {
    for (const size of sizes) {
      say(`${size} items, ${place}: content`);
      const made = sites(folder, size);
      if (options.words && place === places[0] && size <= WORDS_UP_TO && !options.linear) {
        const rows = words(folder, made, size);
        if (rows.length) console.log(`### ${size.toLocaleString('en-US')} items: words\n\n${sayings(rows)}`);
      }
      const results = rounds(BUILDS.map((build) => withOut(build, folder, made, place)), runs, say);
      for (const figures of results) {
        const key = `${figures.name}\t${place}`;
        measured.set(key, [...(measured.get(key) ?? []), { size, figures }]);
      }
      console.log(table({ size, place, system: fileSystem(folder), results }));
      for (const site of Object.values(made)) rmSync(site, { recursive: true, force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
for (const [key, all] of measured) {
  const [name, place] = key.split('\t');
  // In a small catalogue an item costs what is the same for every site.
  const points = all.filter(({ size }) => size >= WORDS_UP_TO);
  if (name.startsWith('qingdan') && points.length > 1) console.log(series(name, place, points));
}
const programs = new Map(BUILDS.map(({ id, command }) => [command, id]));
const versions = [...programs].map(([command, id]) => tools.version(command, id.startsWith('hugo') ? ['version'] : ['--version']) ?? command);
const commit = options.commit ?? execFileSync('git', ['-C', REPOSITORY, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
console.log(setting({ versions, commit, runs }));
