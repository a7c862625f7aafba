// One cold build under GNU time, and figures of several.
// Lives here: running and counting. Never here: what is run (run.mjs), what it should cost (targets.mjs).
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const TIME = '/usr/bin/time';

/** Whether GNU time is there: of what a shell knows, nothing tells the memory of a child. */
export const canMeasure = () => spawnSync(TIME, ['--version']).status === 0;

/**
 * Builds into a folder that is not there. Seconds of all processors, of the clock, MB of the largest process. Elsewhere than in the
 * repository, whose `templates/` would stand in for the program's own. On a disk, what was written before is there by then.
 */
export function once({ command, args, out, disk }) {
  rmSync(out, { recursive: true, force: true });
  if (disk) spawnSync('sync', ['-f', dirname(out)]);
  const { status, stderr, error } = spawnSync(TIME, ['-f', '%U %S %e %M', command, ...args], { cwd: tmpdir(), encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'ignore', 'pipe'] });
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')}: exit code ${status}\n${error ?? stderr.slice(-4000)}`);
  const [user, system, wall, memory] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { cpu: user + system, wall, memory: memory * 1024 / 1e6 };
}

/** Files below a folder and their bytes; pages among them. */
export function size(folder) {
  let files = 0, pages = 0, bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files += 1;
    if (entry.name.endsWith('.html')) pages += 1;
    bytes += statSync(join(entry.parentPath ?? entry.path, entry.name)).size;
  }
  return { files, pages, bytes };
}

/** The middle of several figures, the smallest and the largest. */
export function spread(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b), middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1) };
}

/** Cold builds of all in turn, `runs` rounds of them: a disturbance falls on all alike. By name: CPU, wall, memory, output. */
export function rounds(builds, runs, say) {
  const taken = new Map(builds.map((build) => [build.name, []])), output = new Map();
  for (let round = 1; round <= runs; round += 1) {
    for (const build of builds) {
      const run = once(build);
      taken.get(build.name).push(run);
      say(`  ${round}/${runs} ${build.name}: ${run.cpu.toFixed(2)} CPU s, ${run.wall.toFixed(2)} s, ${run.memory.toFixed(0)} MB`);
      if (round === 1) output.set(build.name, size(build.out));
      if (!build.keep) rmSync(build.out, { recursive: true, force: true });
    }
  }
  return builds.map(({ name }) => {
    const of = (key) => spread(taken.get(name).map((run) => run[key]));
    return { name, cpu: of('cpu'), wall: of('wall'), memory: of('memory'), ...output.get(name) };
  });
}
