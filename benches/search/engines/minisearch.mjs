// MiniSearch over overlapping pairs of Han characters, its index as JSON, its script minified as a site would have it.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minify } from 'terser';
import MiniSearch from 'minisearch';
import { texts } from '../../corpus/generate.mjs';
import { median, sizes } from '../tools.mjs';

export const name = 'minisearch';

/** Pairs of Han characters that follow one another, and other words; the page gets this function too. */
function tokenize(text) {
  const tokens = [];
  for (const run of text.normalize('NFKC').match(/[\p{Script=Han}]+|[\p{L}\p{N}]+/gu) ?? []) {
    const chars = Array.from(run);
    if (!/\p{Script=Han}/u.test(chars[0]) || chars.length === 1) tokens.push(run);
    else for (let i = 1; i < chars.length; i++) tokens.push(chars[i - 1] + chars[i]);
  }
  return tokens;
}

const OPTIONS = {
  idField: 'slug',
  fields: ['name', 'aliases', 'departments', 'audience', 'standard'],
  storeFields: ['name'],
};
const ASKING = { prefix: true, boost: { name: 6, aliases: 5, departments: 4, audience: 2, standard: 1 } };

export async function prepare({ content, work }) {
  const items = texts(content), times = [], cpu = [];
  let json = '';
  for (let round = 0; round < 3; round++) {
    const start = process.hrtime.bigint(), before = process.cpuUsage();
    const index = new MiniSearch({ ...OPTIONS, tokenize });
    index.addAll(items);
    json = JSON.stringify(index);
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
    const used = process.cpuUsage(before);
    cpu.push((used.user + used.system) / 1e6);
  }
  const folder = join(work, 'minisearch');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>MiniSearch</title><link rel="icon" href="data:,">');
  writeFileSync(join(folder, 'index.json'), json);
  const path = createRequire(import.meta.url).resolve('minisearch').replace(/cjs\/index\.cjs$/, 'umd/index.js');
  const script = `${readFileSync(path, 'utf8')}
    ${tokenize}
    window.open_index = (json) => MiniSearch.loadJSONAsync(json, { ...${JSON.stringify(OPTIONS)}, tokenize });
    window.asking = ${JSON.stringify(ASKING)};`;
  const { code } = await minify(script, { compress: true, mangle: true });
  writeFileSync(join(folder, 'engine.js'), code);
  return {
    mounts: { '/minisearch/': folder },
    page: '/minisearch/',
    define: () => {
      const load = () => Promise.all([
        fetch('index.json').then((answer) => answer.text()),
        new Promise((done, fail) => {
          const script = document.createElement('script');
          Object.assign(script, { src: 'engine.js', onload: done, onerror: fail });
          document.head.append(script);
        }),
      ]).then(([json]) => window.open_index(json));
      window.bench = async (query) => {
        const index = await (window.benchIndex ??= load());
        return index.search(query, window.asking).slice(0, 10).map((result) => [result.id, result.name]);
      };
    },
    index: sizes([join(folder, 'index.json')]),
    seconds: median(times),
    cpu: median(cpu),
    note: 'texts in memory to JSON',
  };
}
