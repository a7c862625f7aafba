// A site whose every text is an attack, in a browser: nothing of it runs, asks another host, or breaks the page's own policy.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './lib/browser.mjs';
import { layOut, payloads } from './lib/hostile.mjs';
import { serve } from './lib/server.mjs';

const BINARY = process.env.QINGDAN_BINARY;
// Each text field gets another payload in each of these; tests/it/hostile.rs goes through all of them.
const SHIFTS = [0, 10, 20];
const folder = mkdtempSync(join(tmpdir(), 'qingdan-hostile-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const qingdan = (cwd, ...args) => {
  const { status, stdout, stderr } = spawnSync(BINARY, args, { cwd, encoding: 'utf8' });
  assert.equal(status, 0, `${args.join(' ')}: ${stdout}${stderr}`);
};
const htmlFiles = (root) => readdirSync(root, { recursive: true }).map(String).filter((path) => path.endsWith('.html') && statSync(join(root, path)).isFile()).sort();
const leadsOn = (root, path) => /<meta http-equiv="?refresh/i.test(readFileSync(join(root, path), 'utf8'));
/** One page of each kind and language, and all items; not those that only lead elsewhere. */
function kinds(root) {
  const seen = new Set();
  return htmlFiles(root).filter((path) => {
    const kind = path.includes('/items/') ? path : path.replace(/[^/]+\.html$/, (name) => (path.split('/').length > 2 ? '' : name));
    return !seen.has(kind) && !leadsOn(root, path) && seen.add(kind);
  });
}

/** A context that notes whatever an attack would do. */
async function watched(browser, origins) {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  context.setDefaultTimeout(60000);
  const faults = [];
  await context.exposeBinding('__pwned', (source) => { faults.push(`${source.page.url()}: a payload ran`); });
  await context.addInitScript(() => {
    for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => window.__pwned();
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (/^(data|blob):/.test(url) || origins.some((origin) => url.startsWith(origin))) return route.continue();
    faults.push(`${url} was asked for`);
    return route.abort();
  });
  context.on('page', (page) => {
    page.on('dialog', (dialog) => { faults.push(`${page.url()}: a dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error}`));
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !/favicon/.test(message.text())) faults.push(`${page.url()}: ${message.text()}`); });
    page.on('popup', (popup) => faults.push(`${page.url()}: opened ${popup.url()}`));
  });
  return { context, faults };
}

/** Touches what waits to be touched: the pointer over everything, the focus on everything, all that folds unfolded. */
async function provoke(page) {
  await page.evaluate(async () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const element of document.querySelectorAll('body *')) {
      for (const name of ['mouseover', 'mouseenter', 'focus', 'animationstart', 'toggle', 'error', 'load']) element.dispatchEvent(new Event(name));
      element.focus?.({ preventScroll: true });
    }
    await new Promise((done) => { setTimeout(done, 50); });
  });
}

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const shift of SHIFTS) {
  describe(`attacks, from payload ${shift} on`, () => {
    const desk = join(folder, String(shift));
    const site = join(desk, 'public');
    let server;
    before(async () => {
      assert.ok(layOut(join(desk, 'content'), shift) > 150);
      qingdan(desk, 'build', '--quiet', '--base-url', 'https://example.org/list/');
      server = await serve(site);
    });
    after(() => server?.close());

    test('every kind of page is quiet over http', async () => {
      const { context, faults } = await watched(browser, [server.origin]);
      const page = await context.newPage();
      const paths = kinds(site).filter((path) => path !== '404.html');
      assert.ok(paths.length > 20, paths.join(' '));
      for (const path of paths) {
        await page.goto(server.base + path, { waitUntil: 'load' });
        await provoke(page);
        assert.ok(await page.evaluate(() => document.querySelector('base, iframe, object, embed, [onclick], [onerror], [onload], [onmouseover], [autofocus]') === null), path);
      }
      await context.close();
      assert.deepEqual(faults, []);
    });

    test('former addresses lead to pages of the site', async () => {
      const { context, faults } = await watched(browser, [server.origin]);
      const page = await context.newPage();
      const paths = htmlFiles(site).filter((path) => leadsOn(site, path));
      assert.ok(paths.length >= 6, paths.join(' '));
      for (const path of paths) {
        await page.goto(server.base + path, { waitUntil: 'load' });
        await page.waitForURL((url) => !url.pathname.endsWith(path));
        assert.ok(page.url().startsWith(server.base), page.url());
      }
      await context.close();
      assert.deepEqual(faults, []);
    });

    test('search shows queries and results as text', async () => {
      const { context, faults } = await watched(browser, [server.origin]);
      const page = await context.newPage();
      for (const lang of ['zh', 'en']) {
        for (const query of payloads()) {
          await page.goto(`${server.base}${lang}/search.html?q=${encodeURIComponent(query)}`, { waitUntil: 'load' });
          await page.waitForTimeout(60);
          await provoke(page);
        }
        // As a reader types it, with what is suggested meanwhile.
        await page.goto(`${server.base}${lang}/index.html`, { waitUntil: 'load' });
        const field = page.locator('input[type=search]').first();
        for (const query of payloads().slice(0, 8)) {
          await field.fill(query);
          await page.waitForTimeout(60);
        }
        await page.goto(`${server.base}${lang}/search.html#"><img src=x onerror=__pwned()>`, { waitUntil: 'load' });
        await provoke(page);
      }
      await context.close();
      assert.deepEqual(faults, []);
    });

    test('links that look like attacks lead nowhere', async () => {
      const { context, faults } = await watched(browser, [server.origin]);
      const page = await context.newPage();
      for (const path of kinds(site).filter((name) => name !== '404.html')) {
        await page.goto(server.base + path, { waitUntil: 'load' });
        const odd = await page.evaluate(() => [...document.querySelectorAll('a[href], area[href], form[action], [formaction]')]
          .map((element) => element.href || element.action || element.formAction)
          .filter((address) => !/^(https?|mailto|tel):/.test(address)));
        assert.deepEqual(odd, [], path);
      }
      await context.close();
      assert.deepEqual(faults, []);
    });

    test('the single page and the bundle are quiet from a folder', async () => {
      const { context, faults } = await watched(browser, ['file://']);
      const page = await context.newPage();
      qingdan(desk, 'bundle', '--quiet', '--out', join(desk, 'list.zip'));
      execFileSync('unzip', ['-qo', join(desk, 'list.zip'), '-d', join(desk, 'unzipped')]);
      assert.equal(readdirSync(join(desk, 'unzipped')).length, 1, 'it unpacks to one folder');
      assert.deepEqual(readdirSync(desk).sort(), ['content', 'list.zip', 'public', 'unzipped']);
      const [top] = readdirSync(join(desk, 'unzipped'));
      const bundle = join(desk, 'unzipped', top);
      const chosen = htmlFiles(bundle).filter((path) => /(^|\/)(index|catalogue|search|board)\.html$/.test(path));
      assert.ok(chosen.length >= 6, chosen.join(' '));
      for (const path of chosen) {
        await page.goto(pathToFileURL(join(bundle, path)).href, { waitUntil: 'load' });
        await provoke(page);
      }
      qingdan(desk, 'bundle', '--quiet', '--single-file', '--out', join(desk, 'single'));
      const singles = htmlFiles(join(desk, 'single'));
      assert.equal(singles.length, 2, singles.join(' '));
      for (const path of singles) {
        assert.ok(readFileSync(join(desk, 'single', path), 'utf8').includes('Content-Security-Policy'));
        await page.goto(pathToFileURL(join(desk, 'single', path)).href, { waitUntil: 'load' });
        await provoke(page);
      }
      await context.close();
      assert.deepEqual(faults, []);
    });
  });
}

test('the watch sees an attack that runs', async () => {
  const { context, faults } = await watched(browser, []);
  const page = await context.newPage();
  await page.goto('data:text/html,<p onmouseover="__pwned()"><script>alert(1)</script>').catch(() => undefined);
  await page.setContent('<p onmouseover="__pwned()">a</p><img src="https://evil.example/x.png">');
  await provoke(page);
  await page.waitForTimeout(200);
  await context.close();
  assert.ok(faults.some((fault) => fault.includes('a payload ran')), faults.join('\n'));
  assert.ok(faults.some((fault) => fault.includes('evil.example')), faults.join('\n'));
});
