// Pages work without a mouse: the skip link, every control in turn, a focus that is seen, and the display settings.
import { FOCUSABLE, SETTINGS, SKIP_LINK, STORAGE_KEY, settingControl } from '../lib/markup.mjs';
import { look, missed } from '../lib/settings.mjs';
import { listen } from './console.mjs';

/** Marks what the Tab key must reach and how each looks unfocused; returns the count. */
function mark(selector) {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && (e.getClientRects().length > 0 || e.closest('svg'));
  const inClosed = (e) => { for (let d = e.parentElement?.closest('details'); d; d = d.parentElement?.closest('details')) if (!d.open && !d.querySelector(':scope > summary')?.contains(e)) return true; return false; };
  const groups = new Map();
  window.__paint = (e) => {
    const part = (style) => [style.outlineStyle === 'none' ? '' : `${style.outlineWidth} ${style.outlineColor}`, style.boxShadow, style.backgroundColor, style.borderColor, style.textDecorationLine].join('|');
    return [e, ...(e.labels ?? [])].map((x) => part(getComputedStyle(x))).join(' / ');
  };
  let n = 0;
  for (const e of document.querySelectorAll(selector)) {
    if (!shown(e) || inClosed(e) || e.tabIndex < 0 || e.inert || e.closest('[inert]')) continue;
    // Arrow keys move within a group of radio buttons; Tab reaches one of them.
    if (e.type === 'radio') {
      const key = `${e.form?.id ?? ''} ${e.name}`;
      const one = groups.get(key);
      if (one && !e.checked) continue;
      if (one) one.__stop = undefined;
      groups.set(key, e);
    }
    e.__stop = true;
    e.__plain = window.__paint(e);
    n += 1;
  }
  return n;
}

function atFocus() {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const describe = `<${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}> "${(e.innerText || e.value || e.getAttribute('aria-label') || '').trim().slice(0, 24)}"`;
  const faults = [];
  const again = e.__reached === true;
  e.__reached = true;
  const style = getComputedStyle(e);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const shadowed = style.boxShadow !== 'none' && e.__plain !== undefined && window.__paint(e) !== e.__plain;
  const onLabel = [...(e.labels ?? [])].some((l) => { const s = getComputedStyle(l); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'; }) && window.__paint(e) !== e.__plain;
  if (!outlined && !shadowed && !onLabel) faults.push(`${describe} does not show that it has the focus`);
  if (e.tabIndex > 0) faults.push(`${describe} has a tabindex above 0`);
  // The focus is in view and not covered (WCAG 2.4.11).
  const boxes = [...e.getClientRects(), ...[...(e.labels ?? [])].flatMap((l) => [...l.getClientRects()])].filter((b) => b.width > 0);
  const seen = boxes.some((b) => [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([fx, fy]) => {
    const hit = document.elementFromPoint(b.x + b.width * fx, b.y + b.height * fy);
    return hit && (e.contains(hit) || hit.contains(e) && hit.closest('a,button,label,summary') || [...(e.labels ?? [])].some((l) => l.contains(hit)));
  }));
  if (!seen) faults.push(`${describe} has the focus but is out of view or covered`);
  return { describe, faults, again };
}

export async function tabThrough(stage, page, options = {}) {
  const tab = await (await stage.shared(options)).newPage();
  const faults = [];
  try {
    await tab.goto(stage.url(page));
    const total = await tab.evaluate(mark, FOCUSABLE);
    if (total === 0) return [`${page.path}: nothing on the page can be reached`];
    for (let stops = 0; stops < total + 20; stops += 1) {
      await tab.keyboard.press('Tab');
      const focus = await tab.evaluate(atFocus);
      if (!focus || focus.again) break;
      faults.push(...focus.faults);
    }
    faults.push(...(await tab.evaluate((selector) => [...document.querySelectorAll(selector)].filter((e) => e.__stop && !e.__reached).map((e) => `<${e.tagName.toLowerCase()}> "${(e.innerText || e.value || '').trim().slice(0, 24)}" cannot be reached with Tab`), FOCUSABLE)));
    return [...new Set(faults)].map((f) => `${page.path}: ${f}`);
  } finally {
    await tab.close();
  }
}

/** The first stop is the skip link; it is seen then, and Enter leads past the masthead. */
export async function skipLink(stage, page) {
  const tab = await (await stage.shared()).newPage();
  try {
    await tab.goto(stage.url(page));
    await tab.keyboard.press('Tab');
    const first = await tab.evaluate((selector) => {
      const e = document.activeElement;
      const box = e.getBoundingClientRect();
      return { skip: e.matches(selector) && e.getAttribute('href')?.startsWith('#'), shown: box.width > 10 && box.height > 10 && box.right > 0 && box.bottom > 0 && box.top < innerHeight, tag: e.outerHTML.slice(0, 80) };
    }, SKIP_LINK);
    if (!first.skip) return [`${page.path}: the first stop of Tab is no skip link but ${first.tag}`];
    const faults = first.shown ? [] : [`the skip link is not seen when it has the focus`];
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Tab');
    const after = await tab.evaluate((selector) => {
      const target = document.querySelector('main');
      const e = document.activeElement;
      if (target.contains(e) || (e !== document.body && target.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) return '';
      // Where nothing in or after main can be reached, the focus starts again from the top.
      const later = [...document.querySelectorAll(selector)].some((x) => x.tabIndex >= 0 && x.checkVisibility() && x !== target && (target.contains(x) || target.compareDocumentPosition(x) & Node.DOCUMENT_POSITION_FOLLOWING));
      return later || location.hash.length < 2 ? `after the skip link, Tab leads to ${e.outerHTML.slice(0, 80)}` : '';
    }, FOCUSABLE);
    if (after) faults.push(after);
    return faults.map((f) => `${page.path}: ${f}`);
  } finally {
    await tab.close();
  }
}

/** Moves to an element by Tab alone. */
export async function tabTo(tab, selector, limit = 80) {
  for (let n = 0; n < limit; n += 1) {
    await tab.keyboard.press('Tab');
    if (await tab.evaluate((s) => document.activeElement.matches(s), selector)) return true;
  }
  return false;
}

/** Chooses extra-large text with the keyboard alone. */
async function chooseByKeyboard(tab) {
  const control = settingControl('size', 'xlarge');
  if ((await tab.locator(control).count()) === 0) return [`no control for size=xlarge (lib/markup.mjs, settingControl)`];
  if (!(await tab.locator(control).first().isVisible())) {
    const opener = `summary, button[aria-expanded="false"]`;
    let opened = false;
    for (let n = 0; n < 12 && !opened; n += 1) {
      if (!(await tabTo(tab, opener))) break;
      await tab.keyboard.press('Enter');
      opened = await tab.locator(control).first().isVisible();
    }
    if (!opened) return [`the settings cannot be opened with the keyboard (${SETTINGS})`];
  }
  const radio = (await tab.locator(control).first().getAttribute('type')) === 'radio';
  if (radio) {
    const name = await tab.locator(control).first().getAttribute('name');
    if (!(await tabTo(tab, `input[type="radio"][name="${name}"]`))) return ['Tab does not reach the sizes'];
    for (let n = 0; n < 6 && !(await tab.locator(control).first().isChecked()); n += 1) await tab.keyboard.press('ArrowRight');
  } else {
    if (!(await tabTo(tab, control))) return ['Tab does not reach size=xlarge'];
    await tab.keyboard.press('Enter');
  }
  const stored = await tab.evaluate((key) => localStorage.getItem(key), STORAGE_KEY).catch((e) => `unreadable: ${e.message}`);
  let size;
  try { size = JSON.parse(stored ?? '{}').size; } catch { /* said below */ }
  return size === 'xlarge' ? [] : [`size=xlarge was chosen with the keyboard, but localStorage.${STORAGE_KEY} holds ${stored}`];
}

/** The settings work by keyboard, hold at once, on the next page and after a reload, over http or from file://. */
export async function settings(stage, { file = false } = {}) {
  const context = await stage.context();
  const home = stage.site.homes()[0];
  const next = stage.site.ofKind('item').find((p) => p.folder === home.folder);
  const url = (page) => (file ? page.fileUrl : stage.url(page));
  const allowed = file ? 'file:' : stage.server.base;
  try {
    const plainTab = await listen(context, url(next), allowed);
    const plainNext = await look(plainTab.page);
    const { page: tab, faults } = await listen(context, url(home), allowed);
    const plain = await look(tab);
    faults.push(...(await chooseByKeyboard(tab)));
    faults.push(...missed({ size: 'xlarge' }, plain, await look(tab)).map((f) => `at once: ${f}`));
    await tab.reload();
    faults.push(...missed({ size: 'xlarge' }, plain, await look(tab)).map((f) => `after a reload: ${f}`));
    if (!next) faults.push('there is no item page to go to');
    else {
      await tab.goto(url(next));
      faults.push(...missed({ size: 'xlarge' }, plainNext, await look(tab)).map((f) => `on the next page: ${f}`));
    }
    return faults.map((f) => `${home.path} (${file ? 'file://' : 'http'}): ${f}`);
  } finally {
    await context.close();
  }
}

/** Settings that a broken or foreign store holds, or a store that is refused, do no harm. */
export async function spoiltStore(stage) {
  const home = stage.site.homes()[0];
  const faults = [];
  const stores = {
    'no JSON': `localStorage.setItem('${STORAGE_KEY}', '{oops')`,
    'other types': `localStorage.setItem('${STORAGE_KEY}', '[1,null]')`,
    'unknown values': `localStorage.setItem('${STORAGE_KEY}', '{"size":"\\"><b>","theme":7}')`,
    'null': `localStorage.setItem('${STORAGE_KEY}', 'null')`,
    'a refused store': `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } })`,
  };
  for (const [name, script] of Object.entries(stores)) {
    const context = await stage.context();
    await context.addInitScript(script);
    const opened = await listen(context, stage.url(home), stage.server.base);
    faults.push(...opened.faults.map((f) => `${home.path} with ${name} in localStorage: ${f}`));
    await context.close();
  }
  return faults;
}
