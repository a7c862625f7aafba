// What a build may cost beside its peers and by itself. Lives here: the targets alone.

/** Figures at 10,000 items, on a tmpfs. */
const AT = 10_000;

/** One line for each target that the figures of a size and place can tell. `of(name)` gives a build's figures, if it was run. */
export function targets(size, place, of) {
  const lines = [];
  const hold = (what, got, most, unit) => lines.push({ what, got, most, unit, met: got <= most });
  const pages = of('qingdan'), all = of('qingdan, everything');
  const share = (ours, theirs, part, what) => {
    if (ours && theirs) hold(what, ours.cpu.median / theirs.cpu.median, part, 'of its CPU');
  };
  share(pages, of('Zola'), 1 / 3, 'pages alone beside Zola without search');
  share(pages, of('Hugo'), 1 / 5, 'pages alone beside Hugo');
  share(all, of('Zola, search'), 1 / 3, 'everything beside Zola with its index');
  if (size !== AT) return lines;
  if (pages) hold('pages alone', pages.cpu.median, 4, 'CPU s');
  if (all) hold('everything', all.cpu.median, 6, 'CPU s');
  if (all) hold('peak memory', all.memory.median, 150, 'MB');
  if (place !== 'tmpfs') return lines;
  if (pages) hold('pages alone', pages.wall.median, 1.2, 's');
  if (all) hold('everything', all.wall.median, 3, 's');
  return lines;
}

/** Growth from the smallest to the largest size: KB of memory for each further item, and CPU of an item against that of the first size. */
export function growth(series) {
  const [first, last] = [series[0], series.at(-1)];
  if (!first || last.size === first.size) return null;
  const perItem = ({ size, figures }) => figures.cpu.median / size;
  return {
    memory: ((last.figures.memory.median - first.figures.memory.median) * 1000) / (last.size - first.size),
    cpu: perItem(last) / perItem(first),
  };
}

/** KB an item, and how much more an item of the largest catalogue may cost than one of the smallest. */
export const GROWTH = { memory: 10, cpu: 1.1 };
