// What readers see of search: the popup under the box, and the page of results.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import { sites } from './lib/site.mjs';
import { violations } from './suites/axe.mjs';

const main = sites().find((site) => site.main);
const QUERIES = { zh: '低保', mn: 'ᠨᠥᠬᠥᠪᠦᠷᠢ' };

describe('the finder', () => {
  const stage = new Stage(main);
  before(() => stage.open());
  after(() => stage.close());

  async function open(path, options) {
    const context = await stage.context(options);
    const tab = await context.newPage();
    const complaints = [];
    tab.on('pageerror', (error) => complaints.push(error.message));
    tab.on('console', (message) => complaints.push(message.text()));
    await tab.goto(stage.server.base + path);
    return { tab, complaints, close: () => context.close() };
  }
  const state = (tab) => tab.evaluate(() => {
    const input = document.activeElement;
    const active = document.getElementById(input.getAttribute('aria-activedescendant') ?? '');
    const list = document.getElementById(input.getAttribute('aria-controls') ?? '');
    return { expanded: input.getAttribute('aria-expanded'), active: active?.textContent, options: list?.querySelectorAll('[role=option]').length, value: input.value };
  });
  const opened = (tab) => tab.waitForSelector('[role=listbox]:not([hidden]) [role=option]');

  for (const [folder, query] of Object.entries(QUERIES)) {
    test(`${folder}: the box is a combobox, by keys`, async () => {
      const { tab, complaints, close } = await open(`${folder}/index.html`);
      await tab.keyboard.press('/');
      await tab.keyboard.type(query);
      await opened(tab);
      const first = await state(tab);
      assert.equal(first.expanded, 'true');
      assert.ok(first.options > 1 && first.active === undefined, JSON.stringify(first));
      await tab.keyboard.press(folder === 'mn' ? 'ArrowRight' : 'ArrowDown');
      const second = await state(tab);
      assert.ok(second.active);
      assert.equal(second.value, query, 'the text stays as typed');
      expectNone(await violations(tab));
      await tab.keyboard.press('Escape');
      assert.equal((await state(tab)).expanded, 'false');
      await tab.keyboard.press(folder === 'mn' ? 'ArrowRight' : 'ArrowDown');
      await opened(tab);
      await tab.keyboard.press(folder === 'mn' ? 'ArrowRight' : 'ArrowDown');
      await Promise.all([tab.waitForURL(/\/items\//), tab.keyboard.press('Enter')]);
      expectNone(complaints);
      await close();
    });

    test(`${folder}: the page of results, with boxes to narrow them`, async () => {
      const { tab, complaints, close } = await open(`${folder}/search.html?q=${encodeURIComponent(query)}`);
      await tab.waitForSelector('.results section:not([hidden]) li');
      const count = () => tab.evaluate(() => Number(document.querySelector('.results section:not([hidden]) h2 small').textContent));
      const all = await count();
      assert.ok(all > 3);
      assert.match(await tab.textContent('[data-part=status]'), /\d/);
      // Where there is no room beside the results the boxes are folded.
      const narrow = tab.locator('[data-part=narrow]');
      if (!(await narrow.evaluate((details) => details.open))) await narrow.locator('summary').click();
      const box = tab.locator('fieldset[data-facet=domain] input:visible').first();
      const said = Number(await tab.locator('fieldset[data-facet=domain] li:visible small').first().textContent());
      await box.check();
      await tab.waitForFunction((n) => Number(document.querySelector('.results section:not([hidden]) h2 small').textContent) === n, said);
      assert.ok(said < all);
      assert.match(tab.url(), /[?&]domain=[a-z]/);
      await tab.reload();
      await tab.waitForSelector('.results section:not([hidden]) li');
      assert.equal(await count(), said, 'the address keeps what was chosen');
      expectNone(await violations(tab));
      expectNone(complaints);
      await close();
    });
  }

  test('nothing is asked while an input method composes', async () => {
    const { tab, close } = await open('zh/index.html');
    await tab.focus('#home-q');
    await tab.waitForSelector('#home-q[role=combobox]');
    await tab.evaluate(() => {
      const input = document.getElementById('home-q');
      input.dispatchEvent(new CompositionEvent('compositionstart'));
      input.value = '低保';
      input.dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true }));
    });
    await tab.waitForTimeout(400);
    assert.equal((await state(tab)).expanded, 'false');
    await tab.evaluate(() => document.getElementById('home-q').dispatchEvent(new CompositionEvent('compositionend')));
    await opened(tab);
    await close();
  });

  test('Ctrl+K brings the box, and what is found is marked', async () => {
    const { tab, close } = await open('zh/items/boarding-allowance.html');
    await tab.keyboard.press('Control+k');
    await tab.keyboard.type('养老保险');
    await opened(tab);
    assert.ok((await tab.locator('[role=option] mark').allTextContents()).includes('养老保险'));
    await close();
  });

  test('a slip is asked about, an empty answer helps on', async () => {
    const { tab, close } = await open(`zh/search.html?q=${encodeURIComponent('养老宝险')}`);
    await tab.waitForSelector('[data-part=meant]:not([hidden])');
    await tab.click('[data-part=meant] a');
    await tab.waitForFunction(() => document.getElementById('page-q').value === '养老保险');
    await tab.fill('#page-q', 'zzzzzz');
    await tab.waitForSelector('[data-part=empty]:not([hidden])');
    expectNone(await violations(tab));
    await close();
  });

  test('what is typed is text', async () => {
    const bad = '<img src=x onerror=alert(1)>"\'&低保';
    const { tab, complaints, close } = await open(`zh/search.html?q=${encodeURIComponent(bad)}`);
    await tab.waitForFunction(() => document.querySelector('[data-part=status]').textContent);
    assert.equal(await tab.locator('main img').count(), 0);
    assert.equal(await tab.inputValue('#page-q'), bad);
    expectNone(complaints);
    await close();
  });

  test('no search is remembered unless the site wants it', async () => {
    const { tab, close } = await open('zh/index.html');
    await tab.fill('#home-q', '低保');
    await tab.press('#home-q', 'Enter');
    await tab.waitForURL(/search\.html\?q=/);
    await tab.waitForSelector('.results section:not([hidden]) li');
    assert.equal(await tab.evaluate(() => localStorage.getItem('qingdan-recent')), null);
    await close();
  });

  test('without script the form leads to the full index', async () => {
    const { tab, close } = await open('zh/index.html', { javaScriptEnabled: false });
    await tab.fill('#home-q', '低保');
    await Promise.all([tab.waitForURL(/items\.html\?q=/), tab.press('#home-q', 'Enter')]);
    await close();
  });

  test('an index that is not there is said to be so', async () => {
    const context = await stage.context();
    await context.route(/\/search\/zh\//, (route) => route.abort());
    const tab = await context.newPage();
    await tab.goto(`${stage.server.base}zh/search.html?q=a`);
    await tab.waitForSelector('[data-part=fault]:not([hidden])');
    await context.close();
  });
});
