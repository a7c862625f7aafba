// Runs all suites with node's own test runner: `node run.mjs [file…]`. Closes with a line "N passed, N failed".
import { readdirSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { basedSites, sites } from './lib/site.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here).filter((f) => f.endsWith('.test.mjs') && (wanted.length === 0 || wanted.some((w) => f.startsWith(w.replace(/^.*\//, '').replace(/\.test\.mjs$/, ''))))).map((f) => here + f);
if (files.length === 0) {
  console.error(`No suite is called ${wanted.join(' or ')}.`);
  process.exit(2);
}
// Said here in one sentence, rather than by every suite. The self-test brings its own sites.
if (files.some((f) => !f.endsWith('selftest.test.mjs'))) {
  try {
    for (const site of [...sites(), ...basedSites()]) console.log(`${site.folder}: ${site.pages.length} pages`);
  } catch (error) {
    console.error(`${error.message}\n\n0 passed, 1 failed`);
    process.exit(1);
  }
}
let passed = 0;
let failed = 0;
const count = (data) => data.details?.type !== 'suite' && !files.includes(data.name);
const failures = [];
const stream = run({ files, concurrency: Number(process.env.QINGDAN_BROWSER_JOBS) || 2 })
  .on('test:pass', (data) => { if (count(data)) passed += 1; })
  .on('test:fail', (data) => {
    // A suite fails with its tests, which are counted; of its own it fails only where its hooks or its file do.
    const cause = data.details?.error?.failureType;
    if (data.details?.type === 'suite' ? cause !== 'subtestsFailed' : !(files.includes(data.name) && cause === 'subtestsFailed')) {
      failed += 1;
      failures.push(data.name.replace(here, ''));
    }
  });
stream.on('end', () => {
  // After the reporter has written its last line.
  setImmediate(() => {
    if (passed + failed === 0) { failed = 1; failures.push('no test ran'); }
    for (const name of failures) console.log(`failed: ${name}`);
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
  });
});
stream.compose(new spec()).pipe(process.stdout);
