// The handbook's cost: time, memory and size of each edition at 82 and 1,000 items, beside the targets.
//   node benches/handbook/run.mjs [--items 82,1000] [--editions a4,a5,large,booklet,epub] [--binary FILE] [--work DIR] [--runs 3]
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const REPOSITORY = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '82,1000' },
    editions: { type: 'string', default: 'a4,a5,large,booklet,epub' },
    binary: { type: 'string', default: join(REPOSITORY, 'target/release/qingdan') },
    work: { type: 'string', default: tmpdir() },
    runs: { type: 'string', default: '3' },
  },
});
/** Seconds of CPU, MiB of memory and MB of file that the Chinese A4 edition may cost. */
const TARGETS = { 82: { cpu: 1, memory: 150, size: 1 }, 1000: { cpu: 6, memory: 650 } };

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const folder = mkdtempSync(join(values.work, 'qingdan-handbook-'));

/** One run under GNU time, whose memory is that of the largest process, the browser's among them. */
function once(content, lang, edition) {
  const out = join(folder, `book.${edition}`);
  const args = ['-f', '%U %S %e %M', values.binary, 'handbook', '--content', content, '--lang', lang, '--edition', edition, '--out', out, '--base-url', 'https://example.org/list/', '--quiet'];
  const { status, stderr } = spawnSync('/usr/bin/time', args, { encoding: 'utf8', cwd: REPOSITORY });
  if (status !== 0) throw new Error(stderr);
  const [user, system, wall, memory] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { cpu: user + system, wall, memory: memory / 1024, size: statSync(out).size / 1e6 };
}

try {
  console.log('| items | language | edition | CPU s | wall s | MiB | MB | pages |\n|---|---|---|---|---|---|---|---|');
  for (const items of values.items.split(',').map(Number)) {
    const content = join(folder, `content-${items}`);
    mkdirSync(content);
    if (items === 82) cpSync(join(REPOSITORY, 'content'), content, { recursive: true });
    else execFileSync('node', [join(REPOSITORY, 'benches/corpus/generate.mjs'), content, String(items)]);
    for (const lang of ['zh-Hans', 'mn-Mong']) {
      for (const edition of values.editions.split(',')) {
        const runs = Array.from({ length: Number(values.runs) }, () => once(content, lang, edition));
        const of = (key) => median(runs.map((run) => run[key]));
        const pages = edition === 'epub' ? '–' : /Pages: +(\d+)/.exec(execFileSync('pdfinfo', [join(folder, `book.${edition}`)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))[1];
        console.log(`| ${items} | ${lang} | ${edition} | ${of('cpu').toFixed(2)} | ${of('wall').toFixed(2)} | ${of('memory').toFixed(0)} | ${of('size').toFixed(2)} | ${pages} |`);
        const target = TARGETS[items];
        if (target && lang === 'zh-Hans' && edition === 'a4') {
          const verdict = Object.entries(target).map(([key, most]) => `${key} ${of(key).toFixed(2)} of ${most}${of(key) <= most ? '' : ' MISSED'}`);
          console.error(`target at ${items}: ${verdict.join(', ')}`);
        }
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
