// Accessibility by axe-core: every kind of page in every mode of display.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { MODES } from '../lib/markup.mjs';
import { choose, look, missed } from '../lib/settings.mjs';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function violations(tab) {
  // What is not seen yet has no contrast.
  await tab.locator('html[data-wait]').waitFor({ state: 'detached', timeout: 3000 });
  await tab.evaluate(SOURCE);
  const found = await tab.evaluate((tags) => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
  return found.violations.flatMap((v) => v.nodes.slice(0, 5).map((n) => `${v.id} (${v.impact}): ${n.target.join(' ')}: ${n.failureSummary.replace(/\s*\n\s*/g, ' ')}`));
}

/** A context in which the mode was chosen with the controls of the home page, and remembered. */
export async function modeContext(stage, mode) {
  const context = await stage.context(MODES[mode].context ?? {});
  const faults = [];
  const { settings } = MODES[mode];
  if (Object.keys(settings).length) {
    const tab = await context.newPage();
    await tab.goto(stage.url(stage.site.homes()[0]));
    const plain = await look(tab);
    faults.push(...(await choose(tab, settings)));
    faults.push(...missed(settings, plain, await look(tab)));
    await tab.close();
  }
  return { context, faults: faults.map((f) => `${stage.site.homes()[0].path}: ${f}`) };
}

/** axe on a page in a mode; the mode must have come into force there too. */
export async function axe(stage, context, mode, page) {
  const tab = await context.newPage();
  try {
    await tab.goto(stage.url(page));
    const faults = await violations(tab);
    const { settings } = MODES[mode];
    // 404.html is served from another origin here, which remembers nothing.
    if (Object.keys(settings).length && page.kind !== '404') {
      const plainTab = await (await stage.shared()).newPage();
      await plainTab.goto(stage.url(page));
      faults.push(...missed(settings, await look(plainTab), await look(tab)));
      await plainTab.close();
    }
    return faults.map((f) => `${page.path} (${mode}): ${f}`);
  } finally {
    await tab.close();
  }
}

/** Ways to one look: what the reader chose, what the system wishes, and both. */
const LOOKS = {
  dark: [[{}, { theme: 'dark' }], [{ colorScheme: 'dark' }, {}]],
  light: [[{}, {}], [{}, { theme: 'light' }], [{ colorScheme: 'dark' }, { theme: 'light' }]],
  'high contrast': [[{}, { contrast: 'high' }], [{ contrast: 'more' }, {}], [{ colorScheme: 'dark' }, { contrast: 'high', theme: 'light' }]],
  'high contrast, dark': [[{}, { contrast: 'high', theme: 'dark' }], [{ colorScheme: 'dark', contrast: 'more' }, {}], [{ colorScheme: 'dark' }, { contrast: 'high' }], [{ contrast: 'more' }, { theme: 'dark' }]],
};

/** All the ways to a look give the same colours, each of which axe sees by one of them. */
export async function sameLooks(stage) {
  const faults = [];
  const seen = new Map();
  for (const [name, ways] of Object.entries(LOOKS)) {
    let first;
    for (const [system, settings] of ways) {
      const context = await stage.context(system);
      try {
        const tab = await context.newPage();
        await tab.goto(stage.url(stage.site.homes()[0]));
        faults.push(...(await choose(tab, settings)));
        const colours = JSON.stringify(await tab.evaluate(() => {
          const names = new Set([...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule.selectorText?.startsWith(':root')).flatMap((rule) => [...rule.style]).filter((name) => name.startsWith('--')));
          const style = getComputedStyle(document.documentElement);
          return [...names].sort().map((name) => `${name}: ${style.getPropertyValue(name).trim()}`);
        }));
        if (colours.length < 400) faults.push(`the style sheet sets no colours for :root: ${colours}`);
        first ??= colours;
        const differs = JSON.parse(colours).filter((one, at) => one !== JSON.parse(first)[at]);
        if (differs.length) faults.push(`${name}: by ${JSON.stringify([system, settings])} it is ${differs.join(', ')}`);
      } finally {
        await context.close();
      }
    }
    if (seen.has(first)) faults.push(`${name} looks as ${seen.get(first)}`);
    seen.set(first, name);
  }
  return faults;
}
