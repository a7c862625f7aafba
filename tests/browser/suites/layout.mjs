// Pages fit: no sideways scrolling, no clipped text, targets for thumbs, and the answer of an item above the fold of a phone.
import { FOLD, TARGETS } from '../lib/markup.mjs';
import { choose } from '../lib/settings.mjs';

export const WIDTHS = [{ width: 360, height: 740 }, { width: 768, height: 1024 }, { width: 1440, height: 900 }];
const MINIMUM = 44;

function inPage({ targets, minimum }) {
  const faults = [];
  const root = document.documentElement;
  const main = document.querySelector('main') ?? document.body;
  const vertical = [root, document.body, main].some((e) => getComputedStyle(e).writingMode.startsWith('vertical'));
  const name = (e) => {
    const text = (e.innerText || e.value || e.getAttribute('aria-label') || '').trim().replace(/\s+/g, ' ').slice(0, 24);
    const classes = typeof e.className === 'string' && e.className ? `.${e.className.trim().split(/\s+/).join('.')}` : '';
    return `<${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}${classes}>${text ? ` "${text}"` : ''}`;
  };
  // Content read by screen readers alone is clipped to a pixel on purpose.
  const hiddenForEyes = (e) => {
    for (let at = e; at && at !== document.body; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      const shift = style.position === 'absolute' || style.position === 'fixed';
      if (shift && (box.width <= 1 || box.height <= 1 || style.clipPath === 'inset(50%)' || box.right <= 0 || box.bottom <= 0 || /translateY\(-/.test(at.style.transform))) return true;
      if (at.tagName === 'DETAILS' && !at.open && !at.querySelector(':scope > summary')?.contains(e)) return true;
    }
    return false;
  };
  const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !hiddenForEyes(e);
  const scrolls = (value) => value === 'auto' || value === 'scroll';

  // The line axis must fit: the page scrolls along its block axis alone.
  if (vertical) {
    if (root.scrollHeight > root.clientHeight + 1) faults.push(`scrolls along the line axis: ${root.scrollHeight} > ${root.clientHeight}`);
  } else if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1 && shown(e)).slice(0, 3).map(name);
    faults.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}; too wide: ${wide.join(', ')}`);
  }

  for (const e of document.body.querySelectorAll('*')) {
    if (e.closest('svg') || !shown(e)) continue;
    const text = [...e.childNodes].filter((n) => n.nodeType === 3 && n.data.trim());
    const style = getComputedStyle(e);
    const clipsX = ['hidden', 'clip'].includes(style.overflowX);
    const clipsY = ['hidden', 'clip'].includes(style.overflowY);
    if (e.innerText?.trim() && ((clipsX && e.scrollWidth > e.clientWidth + 1) || (clipsY && e.scrollHeight > e.clientHeight + 1))) {
      if (e.clientWidth > 1 && e.clientHeight > 1) faults.push(`${name(e)} clips its text`);
    }
    if (style.textOverflow === 'ellipsis' && e.scrollWidth > e.clientWidth) faults.push(`${name(e)} ends its text with an ellipsis`);
    // Text that sticks out of its own box along the line lies over its neighbours.
    if (text.length && !['inline', 'contents'].includes(style.display) && !scrolls(style.overflowX) && !scrolls(style.overflowY)) {
      const [start, end] = style.writingMode.startsWith('vertical') ? ['top', 'bottom'] : ['left', 'right'];
      const box = e.getBoundingClientRect();
      for (const node of text) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const by = Math.max(0, ...[...range.getClientRects()].filter((r) => r.width > 0 && r.height > 0).map((r) => Math.max(r[end] - box[end], box[start] - r[start])));
        if (by > 2) { faults.push(`${name(e)} has text that sticks out of its box by ${Math.round(by)}px`); break; }
      }
    }
  }

  for (const e of document.querySelectorAll(targets)) {
    if (!shown(e) || e.disabled) continue;
    // Links within a sentence are as high as their line (WCAG 2.5.8, "inline").
    if (e.tagName === 'A' && e.closest('p, dd, td, th, figcaption')) continue;
    const label = e.labels?.[0] && ['radio', 'checkbox'].includes(e.type) ? e.labels[0] : undefined;
    const boxes = [e, ...(label ? [label] : [])].map((b) => b.getBoundingClientRect());
    const fits = boxes.some((b) => b.width >= minimum - 0.5 && b.height >= minimum - 0.5);
    if (fits) continue;
    // A target may be enlarged by a pseudo-element: ask where a touch lands.
    e.scrollIntoView({ block: 'center', inline: 'center' });
    const b = e.getBoundingClientRect();
    const [x, y, half] = [b.x + b.width / 2, b.y + b.height / 2, minimum / 2 - 1];
    const hits = [[x - half, y], [x + half, y], [x, y - half], [x, y + half]].every(([px, py]) => {
      const hit = document.elementFromPoint(px, py);
      return hit && (e.contains(hit) || label?.contains(hit));
    });
    if (!hits) faults.push(`${name(e)} is a target of ${Math.round(boxes.at(-1).width)}x${Math.round(boxes.at(-1).height)}; ${minimum}x${minimum} is asked`);
  }
  return faults;
}

/** Measures the page that a tab shows. */
export const measure = (tab) => tab.evaluate(inPage, { targets: TARGETS, minimum: MINIMUM });

/** Opens a page at a size of window and measures it. */
export async function layout(stage, context, page, size) {
  const tab = await context.newPage();
  try {
    await tab.setViewportSize(size);
    await tab.goto(stage.url(page));
    await tab.evaluate(() => document.fonts.ready);
    return await measure(tab);
  } finally {
    await tab.close();
  }
}

/** A page at every width in every context ({name: context}); what is wrong at several of them is said once. */
export async function everywhere(stage, contexts, page) {
  const where = new Map();
  for (const [name, context] of Object.entries(contexts)) {
    for (const size of WIDTHS) {
      for (const fault of new Set(await layout(stage, context, page, size))) {
        // Sizes in a message differ from width to width; its words do not.
        const key = fault.replace(/\d+/g, '#');
        where.set(key, { fault: where.get(key)?.fault ?? fault, at: [...(where.get(key)?.at ?? []), `${size.width}${name}`] });
      }
    }
  }
  return [...where.values()].map(({ fault, at }) => `${page.path} at ${at.join(', ')}: ${fault}`);
}

/** A context that has chosen extra-large text on the home page. */
export async function xlargeContext(stage) {
  const context = await stage.context();
  const tab = await context.newPage();
  await tab.goto(stage.url(stage.site.homes()[0]));
  const faults = await choose(tab, { size: 'xlarge' });
  await tab.close();
  return { context, faults };
}

/** The settings themselves, opened, fit a phone. */
export async function openSettings(stage, context, page, size) {
  const tab = await context.newPage();
  try {
    await tab.setViewportSize(size);
    await tab.goto(stage.url(page));
    await tab.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
    const faults = await measure(tab);
    return faults.map((f) => `${page.path} at ${size.width} with all disclosures open: ${f}`);
  } finally {
    await tab.close();
  }
}

/** What an item answers stands above the fold of a phone; `answers` are the keys of FOLD that can be asked of this item. */
export async function fold(stage, context, page, answers = Object.keys(FOLD)) {
  const tab = await context.newPage();
  try {
    await tab.setViewportSize(WIDTHS[0]);
    await tab.goto(stage.url(page));
    const faults = [];
    for (const what of answers) {
      const selector = FOLD[what];
      const found = await tab.evaluate((s) => {
        const e = [...document.querySelectorAll(s)].find((x) => x.checkVisibility() && x.innerText.trim());
        return e ? e.getBoundingClientRect().top : null;
      }, selector);
      if (found === null) faults.push(`${what} (${selector}) is not on the page`);
      else if (found >= WIDTHS[0].height) faults.push(`${what} begins at ${Math.round(found)}px, below the fold of ${WIDTHS[0].height}px`);
    }
    return faults.map((f) => `${page.path}: ${f}`);
  } finally {
    await tab.close();
  }
}
