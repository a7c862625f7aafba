// Pages enlarged by the browser, and with the reader's own spacing of text (WCAG 2.2: 1.4.4, 1.4.10, 1.4.12).
import { measure } from './layout.mjs';

/** A window of 1280x1024 shows so many CSS pixels when it is enlarged; 320 across or 256 down is what 1.4.10 asks. */
export const ZOOMS = { '400 %': { width: 320, height: 256 }, '200 %': { width: 640, height: 512 } };

/** What 1.4.12 lets a reader set. A script whose letters join has no space between letters. */
const SPACING = '*{line-height:1.5!important;word-spacing:.16em!important}:not(:lang(mn-Mong)){letter-spacing:.12em!important}p{margin-block-end:2em!important}';

/** Text that lies over other text, and what stays on the screen wherever one scrolls. */
function crowded() {
  const faults = [];
  const name = (e) => `<${e.tagName.toLowerCase()}${typeof e.className === 'string' && e.className ? `.${e.className.trim().split(/\s+/).join('.')}` : ''}>`;
  // What is for screen readers alone is clipped to nothing.
  const clipped = (e) => { for (let at = e; at; at = at.parentElement) if (getComputedStyle(at).clipPath === 'inset(50%)') return true; return false; };
  const hidden = (e) => !e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || e.closest('.skip, svg, noscript') || clipped(e);
  // Of what a box of its own scrolls, the part that is in sight.
  const seen = (e) => {
    const all = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
    for (let at = e; at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflow === 'visible') continue;
      const box = at.getBoundingClientRect();
      Object.assign(all, { left: Math.max(all.left, box.left), right: Math.min(all.right, box.right), top: Math.max(all.top, box.top), bottom: Math.min(all.bottom, box.bottom) });
    }
    return all;
  };
  const boxes = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || hidden(element)) continue;
    const vertical = getComputedStyle(element).writingMode.startsWith('vertical');
    range.selectNodeContents(node);
    const pane = seen(element);
    for (const box of range.getClientRects()) {
      const [left, right, top, bottom] = [Math.max(box.left, pane.left), Math.min(box.right, pane.right), Math.max(box.top, pane.top), Math.min(box.bottom, pane.bottom)];
      // A line's box is higher than its letters: what is asked is whether the letters meet.
      const [x, y] = vertical ? [(right - left) / 4, 0] : [0, (bottom - top) / 4];
      if (right - left > 3 && bottom - top > 3) boxes.push({ element, node, left: left + x, right: right - x, top: top + y, bottom: bottom - y });
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((one, at) => {
    for (let n = at + 1; n < boxes.length && boxes[n].top < one.bottom - 2; n += 1) {
      const other = boxes[n];
      if (other.node === one.node || Math.min(one.right, other.right) - Math.max(one.left, other.left) <= 2 || Math.min(one.bottom, other.bottom) - other.top <= 2) continue;
      faults.push(`${name(one.element)} "${one.node.data.trim().slice(0, 16)}" lies over ${name(other.element)} "${other.node.data.trim().slice(0, 16)}"`);
    }
  });
  // Halfway through the page nothing but what is read there should be in sight.
  const root = document.scrollingElement;
  root.scrollTo({ left: (root.scrollWidth - root.clientWidth) / 2, top: (root.scrollHeight - root.clientHeight) / 2, behavior: 'instant' });
  for (const e of document.querySelectorAll('body *')) {
    const { position } = getComputedStyle(e);
    if ((position !== 'fixed' && position !== 'sticky') || hidden(e)) continue;
    const box = e.getBoundingClientRect();
    const part = (Math.max(0, Math.min(box.right, innerWidth) - Math.max(box.left, 0)) * Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0))) / (innerWidth * innerHeight);
    if (part > 1 / 3) faults.push(`${name(e)} stays on the screen and takes ${Math.round(part * 100)} % of it`);
  }
  root.scrollTo({ left: 0, top: 0, behavior: 'instant' });
  return faults.slice(0, 10);
}

/** The page enlarged, and then, at the largest size and at that of a desk, spaced out. */
export async function zoomed(context, url, name) {
  const tab = await context.newPage();
  const faults = [];
  const look = async (how) => faults.push(...[...new Set([...(await measure(tab)), ...(await tab.evaluate(crowded))])].map((fault) => `${name} at ${how}: ${fault}`));
  try {
    for (const [zoom, size] of Object.entries(ZOOMS)) {
      await tab.setViewportSize(size);
      await tab.goto(url);
      await tab.evaluate(() => document.fonts.ready);
      await look(zoom);
    }
    // The page's policy refuses styles that are put into it, the reader's own sheet it does not: this context has none.
    await tab.addStyleTag({ content: SPACING });
    for (const [how, size] of [['400 % and spaced out', ZOOMS['400 %']], ['100 % and spaced out', { width: 1280, height: 1024 }]]) {
      await tab.setViewportSize(size);
      await look(how);
    }
    return faults;
  } finally {
    await tab.close();
  }
}
