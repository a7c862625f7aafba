// Without a network: the bundle from a folder, and a visited site by its service worker.
import { describe, test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { REPOSITORY, sites } from './lib/site.mjs';
import { launch } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import { serve } from './lib/server.mjs';
import { violations } from './suites/axe.mjs';

const BINARY = process.env.QINGDAN_BINARY;
const folder = mkdtempSync(join(tmpdir(), 'qingdan-offline-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const qingdan = (...args) => {
  const { status, stderr } = spawnSync(BINARY, args, { cwd: REPOSITORY, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
};
const files = (root) => readdirSync(root, { recursive: true }).map(String).filter((path) => statSync(join(root, path)).isFile()).sort();

describe('the bundle', () => {
  const unpack = (...args) => {
    const zip = join(folder, `bundle${args.length}.zip`);
    const out = join(folder, `bundle${args.length}`);
    qingdan('bundle', '--quiet', '--out', zip, ...args);
    mkdirSync(out, { recursive: true });
    execFileSync('unzip', ['-qo', zip, '-d', out]);
    const [top, ...more] = readdirSync(out);
    assert.deepEqual(more, [], 'it unpacks to one folder');
    return join(out, top);
  };

  test('is the built site, byte for byte, with one page at the top and a word on how to open it', () => {
    const bundle = unpack();
    const site = sites().find((one) => one.main).folder;
    const forServers = ['404.html', 'robots.txt', '.qingdan.json', '.qingdan.lock', '.qingdan.stamp'];
    assert.deepEqual(files(bundle), [...files(site).filter((path) => !forServers.includes(path)), 'README.txt'].sort());
    for (const path of files(bundle)) if (path !== 'README.txt') assert.ok(readFileSync(join(bundle, path)).equals(readFileSync(join(site, path))), path);
    assert.deepEqual(readdirSync(bundle).filter((name) => name.endsWith('.html')), ['index.html']);
    assert.match(readFileSync(join(bundle, 'README.txt'), 'utf8'), /index\.html/);
  });

  test('is the same from run to run', () => {
    const [one, two] = ['a.zip', 'b.zip'].map((name) => join(folder, name));
    qingdan('bundle', '--quiet', '--out', one);
    qingdan('bundle', '--quiet', '--out', two);
    assert.ok(readFileSync(one).equals(readFileSync(two)));
  });

  test('of one language has no page, link or index of another', () => {
    const bundle = unpack('--lang', 'zh-Hans');
    assert.ok(!existsSync(join(bundle, 'mn')) && !existsSync(join(bundle, 'search/mn')));
    const dead = [];
    for (const path of files(bundle).filter((name) => name.endsWith('.html'))) {
      const html = readFileSync(join(bundle, path), 'utf8');
      for (const [, address] of html.matchAll(/(?:href|src)="([^"#?]+)[^"]*"/g)) {
        if (/^[a-z]+:/.test(address)) continue;
        if (!existsSync(join(bundle, dirname(path), address))) dead.push(`${path}: ${address}`);
      }
    }
    assert.deepEqual(dead, []);
  });

  test('is refused where it would be read again, and a language that is not there is named', () => {
    const inside = spawnSync(BINARY, ['bundle', '--out', 'content/x.zip'], { cwd: REPOSITORY, encoding: 'utf8' });
    assert.equal(inside.status, 2);
    const unknown = spawnSync(BINARY, ['bundle', '--lang', 'zh-Hant', '--messages', 'en', '--out', join(folder, 'x.zip')], { cwd: REPOSITORY, encoding: 'utf8' });
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /no language `zh-Hant`/);
  });
});

describe('the site as one file', () => {
  const out = join(folder, 'single');
  let browser;
  before(async () => {
    qingdan('bundle', '--single-file', '--quiet', '--out', out);
    browser = await launch();
  });
  after(() => browser?.close());

  test('is one file for a language', () => assert.deepEqual(files(out), ['qingdan-mn.html', 'qingdan-zh.html']));

  for (const [path, query] of [['zh', '低保'], ['mn', '低保']]) {
    test(`finds and shows without a network or another file, in ${path}`, async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const said = [];
      const asked = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      page.on('request', (request) => { if (!request.url().startsWith('data:')) asked.push(request.url()); });
      await page.goto(`file://${out}/qingdan-${path}.html`);
      await page.fill('#q', query);
      await page.waitForSelector('[role=option]');
      const dead = await page.evaluate(() => [...document.querySelectorAll('[role=option] a, a[role=option], a[href^="#"]')].map((link) => link.getAttribute('href')).filter((href) => href && href.startsWith('#') && !document.getElementById(decodeURIComponent(href.slice(1)))));
      assert.deepEqual(dead, []);
      await page.press('#q', 'Enter');
      await page.waitForFunction(() => location.hash === '#item-minimum-living-allowance');
      const shown = await page.evaluate(() => { const box = document.getElementById('item-minimum-living-allowance').getBoundingClientRect(); return box.top < innerHeight && box.left < innerWidth && box.bottom > 0 && box.right > 0; });
      assert.ok(shown, 'the item is in view');
      if (path === 'mn') assert.ok(await page.evaluate(() => document.fonts.ready.then(() => [...document.fonts].some((font) => font.status === 'loaded'))));
      assert.deepEqual(said, []);
      assert.deepEqual(asked, [`file://${out}/qingdan-${path}.html`]);
      // What the policy does not name does not run.
      const blocked = await page.evaluate(() => new Promise((done) => {
        document.addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective));
        const script = document.createElement('script');
        script.textContent = 'window.intruder = true';
        document.body.appendChild(script);
      }));
      assert.match(blocked, /script-src/);
      assert.equal(await page.evaluate(() => window.intruder), undefined);
      await context.close();
    });
  }
});

describe('axe on the site as one file', () => {
  const out = join(folder, 'single-axe');
  let browser;
  before(async () => {
    qingdan('bundle', '--single-file', '--quiet', '--out', out);
    browser = await launch();
  });
  after(() => browser?.close());

  for (const path of ['zh', 'mn']) {
    for (const colorScheme of ['light', 'dark']) {
      test(`${path}, ${colorScheme}`, async () => {
        const context = await browser.newContext({ colorScheme });
        const page = await context.newPage();
        await page.goto(`file://${out}/qingdan-${path}.html`);
        expectNone(await violations(page));
        await context.close();
      });
    }
  }
});

describe('a visited site', () => {
  const content = join(folder, 'content');
  const out = join(folder, 'site');
  const build = () => qingdan('build', '--quiet', '--content', content, '--out', out);
  let browser;
  let server;

  before(async () => {
    cpSync(join(REPOSITORY, 'content'), content, { recursive: true });
    appendFileSync(join(content, 'site.yaml'), 'offline: true\n');
    build();
    browser = await launch();
    server = await serve(out);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const ready = (page) => page.evaluate(async () => { await navigator.serviceWorker.ready; while ((await navigator.serviceWorker.getRegistration()).active?.state !== 'activated') await new Promise((done) => setTimeout(done, 50)); });

  test('works without the network, whole: pages never opened before, their fonts, and search', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.base}zh/index.html`);
    await ready(page);
    assert.equal(await page.evaluate(() => document.querySelector('link[rel=manifest]')?.href), `${server.base}manifest.webmanifest`);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.webmanifest'), 'utf8'));
    assert.ok(existsSync(join(out, manifest.icons[0].src)));
    await context.setOffline(true);
    await page.goto(`${server.base}mn/items/child-health.html`);
    assert.ok(await page.evaluate(() => document.fonts.ready.then(() => document.fonts.check('16px "Qingdan Hudum"', 'ᠮᠣᠩᠭᠣᠯ'))));
    await page.goto(`${server.base}zh/search.html?q=${encodeURIComponent('低保')}`);
    const hits = await page.evaluate(() => window.qingdan.search('低保', { lang: 'zh-Hans', limit: 3 }));
    assert.equal(hits[0].slug, 'minimum-living-allowance');
    // The root of the site, as one types it.
    await page.goto(server.base);
    assert.match(page.url(), /\/list\//);
    const missing = await page.goto(`${server.base}zh/nothing.html`);
    assert.equal(missing.status(), 404);
    await context.close();
  });

  test('goes from one version to the next whole', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.base}zh/index.html`);
    await ready(page);
    const title = async (tab, path) => { await tab.goto(server.base + path); return tab.evaluate(() => document.querySelector('h1').textContent); };
    const old = await title(page, 'zh/items/child-health.html');
    const item = join(content, 'items/health/child-health.yaml');
    writeFileSync(item, readFileSync(item, 'utf8').replace(/name: (.*)/, 'name: 新$1'));
    spawnSync(BINARY, ['build', '--quiet', '--content', content, '--out', out], { cwd: REPOSITORY });
    // The page is told of the new version; while it is open, everything is still the former one.
    await page.goto(`${server.base}zh/index.html`);
    await page.evaluate(async () => { const registration = await navigator.serviceWorker.getRegistration(); await registration.update(); while (!registration.waiting) await new Promise((done) => setTimeout(done, 50)); });
    assert.equal(await title(page, 'zh/items/child-health.html'), old);
    assert.ok((await (await page.goto(`${server.base}zh/items.html`)).text()).includes(old.trim()));
    await page.close();
    // With the last page gone the new version takes over, and works without the network at once.
    const next = await context.newPage();
    await context.setOffline(true);
    let seen = '';
    for (let tries = 0; tries < 40 && !seen.startsWith('新'); tries += 1) {
      await next.goto('about:blank');
      await next.waitForTimeout(100);
      seen = await title(next, 'zh/items/child-health.html');
    }
    assert.equal(seen, `新${old}`);
    assert.ok((await (await next.goto(`${server.base}zh/items.html`)).text()).includes(`新${old}`));
    await context.close();
  });

  test('is a plain site from a folder', async () => {
    const page = await browser.newPage();
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(`file://${out}/zh/index.html`);
    assert.equal(await page.evaluate(() => document.querySelector('link[rel=manifest]')), null);
    assert.deepEqual(said, []);
    await page.close();
  });
});
