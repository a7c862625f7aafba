// The engine of this repository, in the home page that it builds, its content security policy included.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, median, sizes } from '../tools.mjs';
import { setSearch } from '../../corpus/generate.mjs';

export const name = 'qingdan';

export async function prepare({ binary, content, work, site }) {
  const times = { on: [], off: [] };
  for (let round = 0; round < 3; round++) {
    for (const way of ['on', 'off']) {
      setSearch(content, way === 'on');
      times[way].push(build(binary, content, join(work, 'timed')));
    }
  }
  setSearch(content, true);
  const of = (way, what) => median(times[way].map((time) => time[what]));
  const folder = join(site, 'search');
  // The Chinese index, and what all languages have in common.
  const files = readdirSync(folder, { recursive: true }).map(String).filter((path) => /^(zh\/)?[^/]+\.js$/.test(path));
  return {
    mounts: {},
    page: '/site/zh/index.html',
    define: () => {
      // As a visitor: the focus starts the loading, the first letter asks.
      window.bench = async (query) => {
        if (!window.benchBegun) document.querySelector('form.search:not([data-filter]) input').focus();
        window.benchBegun = true;
        const results = await window.qingdan.search(query, { lang: 'zh-Hans', limit: 10 });
        return results.map((result) => [result.kind === 'item' ? result.slug : `${result.kind}:${result.slug}`, result.title]);
      };
    },
    index: sizes(files.map((path) => join(folder, path))),
    seconds: of('on', 'wall') - of('off', 'wall'),
    cpu: of('on', 'cpu') - of('off', 'cpu'),
    note: `build ${of('on', 'wall').toFixed(2)} s with search, ${of('off', 'wall').toFixed(2)} s without`,
  };
}
