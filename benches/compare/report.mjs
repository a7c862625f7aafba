// Figures as Markdown, to be read in a terminal and pasted into docs/benchmarks.md.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { GROWTH, growth, targets } from './targets.mjs';

const number = (value) => value.toLocaleString('en-US');
const fixed = (value) => value.toFixed(value < 100 ? 2 : 1);
const swing = ({ median, least, most }, show = fixed) => (show(least) === show(most) ? show(median) : `${show(median)} (${show(least)}–${show(most)})`);
const whole = (value) => value.toFixed(0);

/** What was measured where. */
export function setting({ versions, commit, runs }) {
  const [cpu] = cpus();
  return [
    `- ${new Date().toISOString().slice(0, 10)}, commit ${commit}; ${cpus().length} processors (${cpu.model.trim()}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}; load ${loadavg()[0].toFixed(1)} at the end.`,
    `- ${versions.join('; ')}.`,
    runs === 1 ? '- One cold build each.' : `- Medians of ${runs} cold builds each, in turn; smallest and largest in brackets.`,
  ].join('\n');
}

/** The file system of a folder, as `stat` calls it. */
export const fileSystem = (folder) => execFileSync('stat', ['-f', '-c', '%T', folder], { encoding: 'utf8' }).trim();

/** One size at one place. A peer is set against qingdan's pages alone, and with minifying or search against everything. */
export function table({ size, place, system, results }) {
  const of = (name) => results.find((result) => result.name === name);
  const ours = (name) => of(/, /.test(name) ? 'qingdan, everything' : 'qingdan') ?? of('qingdan');
  const rows = results.map((result) => {
    const base = ours(result.name);
    const ratio = base ? `${(result.cpu.median / base.cpu.median).toFixed(1)}` : '–';
    return `| ${result.name} | ${swing(result.cpu)} | ${ratio} | ${swing(result.wall)} | ${swing(result.memory, whole)} | ${number(result.files)} | ${number(result.pages)} | ${(result.bytes / 1e6).toFixed(1)} |`;
  });
  const head = '| | CPU s | × qingdan | wall s | peak MB | files | pages | output MB |\n|---|---|---|---|---|---|---|---|';
  const held = targets(size, place, of).map(({ what, got, most, unit, met }) => `- ${met ? 'met' : '**missed**'}: ${what}: ${got.toFixed(2)}, at most ${most.toFixed(2)} ${unit}`);
  return `### ${number(size)} items, ${place} (${system})\n\n${head}\n${rows.join('\n')}\n${held.length ? `\n${held.join('\n')}\n` : ''}`;
}

/** One build over all sizes at a place. */
export function series(name, place, points) {
  const rows = points.map(({ size, figures }) =>
    `| ${number(size)} | ${swing(figures.cpu)} | ${(figures.cpu.median / size * 1e6).toFixed(0)} | ${swing(figures.wall)} | ${swing(figures.memory, whole)} | ${(figures.memory.median / size * 1000).toFixed(1)} | ${(figures.bytes / size / 1000).toFixed(1)} |`);
  const more = growth(points);
  const held = more ? [
    `- ${more.memory < GROWTH.memory ? 'met' : '**missed**'}: ${more.memory.toFixed(1)} KB of memory for each further item, less than ${GROWTH.memory}`,
    `- ${more.cpu <= GROWTH.cpu ? 'met' : '**missed**'}: an item of the largest costs ${more.cpu.toFixed(2)} of the CPU of one of the smallest, at most ${GROWTH.cpu}`,
  ] : [];
  return `### ${name}, ${place}: growth\n\n| items | CPU s | CPU µs an item | wall s | peak MB | KB an item | output KB an item |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}\n${held.length ? `\n${held.join('\n')}\n` : ''}`;
}

/** How far item pages of a peer say what qingdan's say. */
export const sayings = (rows) =>
  `| item pages | language | say the same | greatest difference |\n|---|---|---|---|\n${rows.map(({ tool, code, pages, same, worst }) => `| ${tool} | ${code} | ${number(same)} of ${number(pages)} | ${(worst.share * 100).toFixed(1)} % of the characters${worst.slug ? ` (${worst.slug})` : ''} |`).join('\n')}\n`;
