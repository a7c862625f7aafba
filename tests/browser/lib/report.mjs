// How suites say what is wrong: a suite collects faults as sentences, and a test fails with all of them at once.
import assert from 'node:assert/strict';

export function expectNone(faults) {
  if (faults.length === 0) return;
  const shown = faults.slice(0, 40);
  const more = faults.length > shown.length ? `\n  … and ${faults.length - shown.length} more` : '';
  assert.fail(`${faults.length} fault${faults.length === 1 ? '' : 's'}:\n  ${shown.join('\n  ')}${more}`);
}
