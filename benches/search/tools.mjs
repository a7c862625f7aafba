// Small things that several modules need.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';

export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.ceil(sorted.length * part), sorted.length) - 1] ?? NaN;
}

export const median = (values) => quantile(values, 0.5);

/** Bytes of files, as they are and each gzipped. */
export function sizes(paths) {
  let bytes = 0, gzip = 0;
  for (const path of paths) {
    const body = readFileSync(path);
    bytes += body.length;
    // What is compressed already gets no smaller, and a server leaves it alone.
    gzip += Math.min(body.length, gzipSync(body, { level: 6 }).length);
  }
  return { bytes, gzip, files: paths.length };
}

/** Runs the binary; its standard output. Elsewhere than in the repository, whose `templates/` would stand in for its own. */
export function run(binary, args) {
  const done = spawnSync(binary, args, { cwd: tmpdir(), encoding: 'utf8', maxBuffer: 1 << 30 });
  if (done.status !== 0) throw new Error(`${binary} ${args.join(' ')}: exit code ${done.status}\n${done.stderr.slice(0, 4000)}`);
  return done.stdout;
}

/** Runs a command; wall seconds and those of all processors, which swing less where others work too. */
export function timed(command, args) {
  const start = process.hrtime.bigint();
  // `times` of a POSIX shell: its second line is what its children took, as 0m1.25s.
  const shell = ['-c', '"$0" "$@" >/dev/null; code=$?; times; exit $code', command, ...args];
  const done = spawnSync('sh', shell, { cwd: tmpdir(), encoding: 'utf8', maxBuffer: 1 << 30 });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: exit code ${done.status}\n${done.stderr.slice(0, 4000)}`);
  const children = done.stdout.trim().split('\n').pop();
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, rest]) => sum + minutes * 60 + Number(rest), 0);
  return { wall, cpu };
}

/** Builds a site into a folder that is not there. */
export function build(binary, content, out) {
  rmSync(out, { recursive: true, force: true });
  return timed(binary, ['build', '--content', content, '--out', out, '--quiet']);
}
