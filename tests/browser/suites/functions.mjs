// Each function of the site by keys alone: Tab leads to it, Enter, Space, the arrows and Escape work it. What has the focus
// and how it is seen is asked by `keyboard.mjs`; the search box, a combobox, has its keys in `finder.test.mjs`.
import assert from 'node:assert/strict';
import { STORAGE_KEY } from '../lib/markup.mjs';
import { tabTo } from './keyboard.mjs';

const focused = (tab, selector) => tab.evaluate((wanted) => document.activeElement.matches(wanted), selector);

async function reach(tab, selector, limit = 120) {
  assert.ok(await tabTo(tab, selector, limit), `Tab does not reach ${selector}`);
}

/** The choice of language on the root page, and the switch on every other, which leads to the same page. */
async function languages(tab, stage, folder) {
  const other = folder === 'zh' ? 'mn' : 'zh';
  await tab.goto(`${stage.server.base}index.html#choose`);
  await reach(tab, `.lang-list a[href^="${folder}/"]`);
  await tab.keyboard.press('Enter');
  await tab.waitForURL(`${stage.server.base}${folder}/index.html`);
  await tab.goto(`${stage.server.base}${folder}/items/boarding-allowance.html`);
  await reach(tab, '.langs a[hreflang]:not([aria-current])');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(`${stage.server.base}${other}/items/boarding-allowance.html`);
}

/** Every setting there is, chosen and taken back; Escape closes the settings, and the focus is not lost. */
async function settings(tab, stage, folder) {
  await tab.goto(`${stage.server.base}${folder}/index.html`);
  const all = await tab.evaluate(() => [...document.querySelectorAll('button[data-set]')].map((button) => [button.dataset.set, button.value]));
  assert.ok(all.length >= 8, `only ${all.length} settings`);
  await reach(tab, 'details.settings > summary');
  await tab.keyboard.press('Enter');
  for (const [name, value] of all) {
    // The standard has no value, and minified no attribute for it.
    await reach(tab, `button[data-set="${name}"]${value ? `[value="${value}"]` : ':is(:not([value]), [value=""])'}`, 12);
    await tab.keyboard.press(value === 'dark' ? 'Space' : 'Enter');
    const state = await tab.evaluate(({ key, name }) => [JSON.parse(localStorage.getItem(key) ?? '{}')[name] ?? '', document.documentElement.getAttribute(`data-${name}`) ?? ''], { key: STORAGE_KEY, name });
    assert.deepEqual(state, [value, value], `${name}=${value}`);
    const pressed = await tab.evaluate((name) => [...document.querySelectorAll(`button[data-set="${name}"][aria-pressed="true"]`)].map((button) => button.value), name);
    assert.deepEqual(pressed, [value], `${name}=${value}: aria-pressed`);
  }
  await tab.keyboard.press('Escape');
  assert.ok(await focused(tab, 'details.settings:not([open]) > summary'), 'Escape closes the settings and leaves the focus on what opens them');
}

/** The filter of the full index. */
async function filter(tab, stage, folder) {
  await tab.goto(`${stage.server.base}${folder}/items.html`);
  const rows = () => tab.locator('#filtered .row:visible').count();
  const all = await rows();
  const word = (await tab.locator('#filtered .row-name').nth(3).innerText()).trim();
  await reach(tab, 'form[data-filter] input');
  await tab.keyboard.insertText(word);
  await tab.waitForFunction(() => /\d/.test(document.querySelector('.filter-status').textContent));
  const left = await rows();
  assert.ok(left > 0 && left < all, `${left} of ${all} are left`);
  await tab.keyboard.press('Control+a');
  await tab.keyboard.press('Delete');
  await tab.waitForFunction((n) => document.querySelectorAll('#filtered .row:not([hidden])').length === n, all);
}

/** The page of results: the boxes that narrow them, taking those back, and further results. */
async function results(tab, stage, folder, query) {
  await tab.goto(`${stage.server.base}${folder}/search.html`);
  await reach(tab, '#page-q');
  await tab.keyboard.insertText(query);
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('.results section:not([hidden]) li');
  const count = () => tab.evaluate(() => Number(document.querySelector('.results section:not([hidden]) h2 small').textContent));
  const all = await count();
  if (!(await tab.locator('[data-part=narrow]').evaluate((box) => box.open))) {
    await reach(tab, '[data-part=narrow] > summary');
    await tab.keyboard.press('Enter');
  }
  await reach(tab, 'fieldset[data-facet=domain] input');
  await tab.keyboard.press('Space');
  await tab.waitForFunction((n) => Number(document.querySelector('.results section:not([hidden]) h2 small').textContent) < n, all);
  assert.ok(await focused(tab, 'fieldset[data-facet=domain] input:checked'), 'the focus stays on the box');
  await reach(tab, '[data-part=clear]');
  await tab.keyboard.press('Enter');
  await tab.waitForFunction((n) => Number(document.querySelector('.results section:not([hidden]) h2 small').textContent) === n, all);
  assert.ok(await focused(tab, '[data-part=narrow] > summary'), 'the focus goes back to what holds the boxes');
  const more = '.results section:not([hidden]) > .btn:not([hidden])';
  assert.ok(await tab.locator(more).count(), `${query} finds no more than is shown at once`);
  const rows = () => tab.locator('.results section:not([hidden]) ol > li').count();
  const shown = await rows();
  await reach(tab, more, 200);
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(() => document.activeElement.matches('.results ol a'));
  assert.ok((await rows()) > shown, 'no further results');
}

/** Buttons that print. */
async function printing(tab, stage, folder) {
  for (const page of ['items/boarding-allowance.html', 'catalogue.html']) {
    await tab.goto(`${stage.server.base}${folder}/${page}`);
    await tab.evaluate(() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; });
    await reach(tab, 'button[data-print]', 400);
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Space');
    assert.equal(await tab.evaluate(() => window.printed), 2, page);
  }
}

/** Disclosures open and close by Enter and Space. */
async function disclosures(tab, stage, folder) {
  const pages = stage.site.pages.filter((page) => page.folder === folder && /<details(?! class="?(settings|facets))/.test(page.html));
  const page = pages.find((one) => one.kind === 'item') ?? pages[0];
  if (!page) return;
  await tab.goto(stage.url(page));
  await reach(tab, 'main details > summary', 400);
  const open = () => tab.evaluate(() => document.activeElement.parentElement.open);
  const before = await open();
  await tab.keyboard.press('Enter');
  assert.equal(await open(), !before);
  await tab.keyboard.press('Space');
  assert.equal(await open(), before);
}

/** A table wider than the screen scrolls along its lines by the arrows. */
async function tables(tab, stage, folder) {
  const vertical = folder === 'mn';
  await tab.setViewportSize(vertical ? { width: 900, height: 360 } : { width: 360, height: 740 });
  await tab.goto(`${stage.server.base}${folder}/data.html`);
  await reach(tab, '.table-scroll', 200);
  const at = () => tab.evaluate((down) => document.activeElement[down ? 'scrollTop' : 'scrollLeft'], vertical);
  const range = await tab.evaluate((down) => { const box = document.activeElement; return down ? box.scrollHeight - box.clientHeight : box.scrollWidth - box.clientWidth; }, vertical);
  assert.ok(range > 20, 'the table has nothing to scroll');
  await tab.keyboard.press(vertical ? 'ArrowDown' : 'ArrowRight');
  await tab.waitForTimeout(200);
  const there = await at();
  assert.ok(there > 5, `the table stays at ${there} of ${range}`);
  await tab.keyboard.press(vertical ? 'ArrowUp' : 'ArrowLeft');
  await tab.waitForTimeout(200);
  assert.ok((await at()) < there, 'the table does not go back');
}

export const FUNCTIONS = {
  'the choice of language': languages,
  'the display settings': settings,
  'the filter of the full index': filter,
  'the page of results': results,
  printing,
  disclosures,
  'wide tables': tables,
};
