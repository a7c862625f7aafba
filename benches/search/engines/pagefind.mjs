// Pagefind as its command line makes it, with the settings that it has by itself, over the Chinese pages of items.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, sizes, timed } from '../tools.mjs';

export const name = 'pagefind';

export async function prepare({ site, work, rounds }) {
  const folder = join(work, 'pagefind'), times = [];
  mkdirSync(folder, { recursive: true });
  const cli = fileURLToPath(new URL('../../node_modules/pagefind/lib/runner/bin.cjs', import.meta.url));
  for (let round = 0; round < rounds; round++) {
    rmSync(join(folder, 'pagefind'), { recursive: true, force: true });
    times.push(timed(process.execPath, [cli, '--site', site, '--glob', 'zh/items/*.html', '--output-path', join(folder, 'pagefind')]));
  }
  // The pages of the site refuse WebAssembly by their policy: a page without one.
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>Pagefind</title><link rel="icon" href="data:,">');
  const made = readdirSync(join(folder, 'pagefind'), { recursive: true }).map(String);
  const index = made.filter((path) => /\.(pf_index|pf_meta|pf_fragment|pf_filter)$|entry\.json$/.test(path));
  return {
    mounts: { '/pagefind/': folder },
    page: '/pagefind/',
    define: () => {
      const load = async () => {
        const pagefind = await import('/pagefind/pagefind/pagefind.js');
        await pagefind.init();
        return pagefind;
      };
      window.bench = async (query) => {
        const pagefind = await (window.benchPagefind ??= load());
        const { results } = await pagefind.search(query);
        const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
        return shown.map((result) => [/([^/]+)\.html/.exec(result.url)[1], result.meta.title]);
      };
    },
    index: sizes(index.map((path) => join(folder, 'pagefind', path))),
    seconds: median(times.map((time) => time.wall)),
    cpu: median(times.map((time) => time.cpu)),
    note: 'its command line over the built pages',
  };
}
