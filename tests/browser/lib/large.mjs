// A catalogue too large to be handed to a browser whole: the items again and again, under other slugs and numbers.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { REPOSITORY } from './site.mjs';

/** Makes a content folder with every item `times` times; hands back the folder, to be removed by whoever asked. */
export function largeContent(times) {
  const folder = mkdtempSync(join(tmpdir(), 'qingdan-large-'));
  const content = join(folder, 'content');
  cpSync(join(REPOSITORY, 'content'), content, { recursive: true });
  rmSync(join(content, 'search-tests.yaml'));
  const catalogue = join(content, 'catalogue.yaml');
  writeFileSync(catalogue, readFileSync(catalogue, 'utf8').replace(/^expected:\n(?: .*\n)+/m, ''));
  const items = join(content, 'items');
  const paths = readdirSync(items, { recursive: true }).map(String).filter((path) => path.endsWith('.yaml')).sort();
  let number = paths.length;
  for (let n = 1; n < times; n++) {
    for (const path of paths) {
      number += 1;
      const text = readFileSync(join(items, path), 'utf8')
        .replace(/^number: \d+/m, `number: ${number}`)
        .replace(/^(related|former_slugs):.*\n/gm, '')
        .replace(/^editorial:\n(?:[ -].*\n)*/m, '')
        .replace(/^ {2}name: (.*)$/m, `  name: 第${n}旗$1`);
      const to = join(items, dirname(path), `${basename(path, '.yaml')}-${n}.yaml`);
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, text);
    }
  }
  return { folder, content };
}
