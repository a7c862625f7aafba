// Pictures for people: one page of every kind at three widths, in the modes of display, and in print.
//   node shots.mjs [--site FOLDER] [--out FOLDER] [--kind KIND[,KIND…]] [--modes light,dark,…] [--widths 360,1440]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSite, REPOSITORY } from './lib/site.mjs';
import { Stage } from './lib/browser.mjs';
import { MODES } from './lib/markup.mjs';
import { modeContext } from './suites/axe.mjs';
import { WIDTHS } from './suites/layout.mjs';

const { values } = parseArgs({
  options: {
    site: { type: 'string', default: join(REPOSITORY, 'public') },
    out: { type: 'string', default: join(REPOSITORY, 'target', 'shots') },
    kind: { type: 'string' },
    modes: { type: 'string', default: 'light' },
    widths: { type: 'string', default: WIDTHS.map((w) => w.width).join(',') },
  },
});
const site = openSite(values.site);
const kinds = values.kind?.split(',');
const pages = site.brief().filter((p) => !kinds || kinds.includes(p.kind));
if (pages.length === 0) throw new Error(`The site has no page of the kind ${values.kind}.`);
mkdirSync(values.out, { recursive: true });
const stage = await new Stage(site).open();
try {
  for (const mode of values.modes.split(',')) {
    if (!MODES[mode]) throw new Error(`There is no mode '${mode}': ${Object.keys(MODES).join(', ')}.`);
    const { context, faults } = await modeContext(stage, mode);
    for (const fault of faults) console.error(fault);
    for (const page of pages) {
      const tab = await context.newPage();
      const name = [page.folder, page.kind, mode === 'light' ? '' : mode.replace(/ /g, '-')].filter(Boolean).join('-');
      for (const width of values.widths.split(',').map(Number)) {
        await tab.setViewportSize(WIDTHS.find((w) => w.width === width) ?? { width, height: 900 });
        await tab.goto(stage.url(page));
        await tab.screenshot({ path: join(values.out, `${name}-${width}.png`), fullPage: true });
      }
      if (mode === 'light') {
        await tab.pdf({ path: join(values.out, `${name}.pdf`), format: 'A4' });
        await tab.emulateMedia({ media: 'print' });
        await tab.setViewportSize({ width: 794, height: 1123 });
        await tab.screenshot({ path: join(values.out, `${name}-print.png`), fullPage: true });
      }
      await tab.close();
      console.log(name);
    }
    await context.close();
  }
  console.log(`Pictures of ${pages.length} pages are in ${values.out}`);
} finally {
  await stage.close();
}
