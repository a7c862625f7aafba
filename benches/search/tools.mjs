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

/** Builds a site; wall seconds. */
export function build(binary, content, out, { fresh = false } = {}) {
  if (fresh) rmSync(out, { recursive: true, force: true });
  const start = process.hrtime.bigint();
  run(binary, ['build', '--content', content, '--out', out, '--quiet', '--format', 'json']);
  return Number(process.hrtime.bigint() - start) / 1e9;
}
