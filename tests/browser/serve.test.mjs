// The development server as an editor sees it: a save, a fault, its mending, in both languages.
import { describe, test, before, after, beforeEach } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from './lib/site.mjs';
import { launch } from './lib/browser.mjs';

const SLUG = 'education/boarding-allowance';
const SHOTS = process.env.QINGDAN_SHOTS;
const folder = mkdtempSync(join(tmpdir(), 'qingdan-serve-'));
const item = join(folder, `content/items/${SLUG}.yaml`);
const translated = join(folder, `content/i18n/mn-Mong/items/${SLUG}.yaml`);
const originals = new Map();
let server, address, browser, version;

before(async () => {
  cpSync(join(REPOSITORY, 'content'), join(folder, 'content'), { recursive: true });
  for (const file of [item, translated]) originals.set(file, readFileSync(file, 'utf8'));
  server = spawn(process.env.QINGDAN_BINARY, ['serve', '--port', '0', '--messages', 'en'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  address = await new Promise((done, fail) => {
    server.stdout.once('data', (data) => done(String(data).split('\n')[0]));
    server.once('exit', (code) => fail(new Error(`qingdan serve ended (${code})`)));
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  const ended = new Promise((done) => server.once('exit', done));
  server.kill('SIGINT');
  assert.equal(await ended, 0, 'Ctrl-C ends it cleanly');
  rmSync(folder, { recursive: true, force: true });
});

/** A page with everything it complains of; it must be closed. */
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.goto(address + path);
  version = await versionOf(page);
  return { page, said, close: () => context.close() };
}
const versionOf = (page) => page.evaluate(() => document.querySelector('script[data-version]').dataset.version);
const swap = (file, from, to) => {
  const text = originals.get(file);
  assert.ok(from instanceof RegExp ? from.test(text) : text.includes(from), `${file} has no ${from}`);
  writeFileSync(file, text.replace(from, to));
};
const mend = () => originals.forEach((text, file) => { if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text); });
const reloaded = (page) => page.waitForFunction((then) => document.querySelector('script[data-version]')?.dataset.version !== then, version);
const dialog = (page) => page.locator('#qingdan-overlay dialog');

describe('the development server', () => {
  beforeEach(mend);

  for (const [path, file] of [['zh', item], ['mn', translated]]) {
    test(`${path}: a save reloads the page, which shows it where it was`, async () => {
      const { page, said, close } = await open(`${path}/items/boarding-allowance.html`, { viewport: { width: 400, height: 400 } });
      await page.evaluate(() => scrollTo({ top: 150, left: 150, behavior: 'instant' }));
      const at = await page.evaluate(() => [scrollX, scrollY]);
      assert.ok(at[0] + at[1] > 0, 'the page is scrolled');
      const word = originals.get(file).match(/^ {2}name: "?([^"\n]*?)"?$/m)[1];
      swap(file, /^( {2}name: "?[^"\n]*?)("?)$/m, `$1 123$2`);
      await reloaded(page);
      await page.waitForFunction((name) => document.querySelector('h1').textContent.includes(name), `${word} 123`);
      await page.waitForFunction(([x, y]) => Math.abs(scrollX - x) < 3 && Math.abs(scrollY - y) < 3, at);
      assert.deepEqual(said, [], 'no violation of the policy, no error');
      version = await versionOf(page);
      mend();
      await reloaded(page);
      await close();
    });

    for (const [width, height, colorScheme] of [[360, 740, 'light'], [1440, 900, 'dark']]) {
      test(`${path} at ${width}: a fault is shown above the page, which is the last good one, until it is mended`, async () => {
        const { page, said, close } = await open(`${path}/items/boarding-allowance.html`, { viewport: { width, height }, colorScheme });
        const heading = await page.textContent('h1');
        swap(item, /^number:.*$/m, 'number: [1\ndepartments: [nobody]');
        const box = dialog(page);
        await box.waitFor({ state: 'visible' });
        const text = await box.innerText();
        assert.match(text, new RegExp(`content/items/${SLUG}\\.yaml:\\d+:\\d+`));
        assert.match(text, /1 个错误/);
        assert.match(text, /1 error/);
        assert.ok((await box.locator('pre mark').count()) === 1 && /number: \[1|departments/.test(await box.locator('pre').innerText()), 'an excerpt');
        assert.equal(await page.textContent('h1'), heading);
        assert.equal(await box.getAttribute('role'), 'alertdialog');
        const looks = await box.evaluate((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          const root = element.getRootNode();
          return { mode: getComputedStyle(element).writingMode, within: left >= 0 && top >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1, focus: root.activeElement?.className, wide: element.scrollWidth <= element.clientWidth };
        });
        assert.deepEqual(looks, { mode: 'horizontal-tb', within: true, focus: 'close', wide: true });
        if (SHOTS) { mkdirSync(SHOTS, { recursive: true }); await page.screenshot({ path: join(SHOTS, `overlay-${path}-${width}.png`) }); }
        // Closed with Escape the page can be read; a button brings the faults back.
        await page.keyboard.press('Escape');
        await box.waitFor({ state: 'hidden' });
        const badge = page.locator('#qingdan-overlay .badge');
        await badge.waitFor({ state: 'visible' });
        if (SHOTS) await page.screenshot({ path: join(SHOTS, `badge-${path}-${width}.png`) });
        await badge.click();
        await box.waitFor({ state: 'visible' });
        mend();
        await reloaded(page);
        assert.equal(await page.locator('#qingdan-overlay').count(), 0);
        assert.deepEqual(said, [], 'no violation of the policy, no error');
        await close();
      });
    }
  }

  test('what the content says is shown as text', async () => {
    const { page, said, close } = await open('zh/index.html');
    swap(item, /^departments:.*$/m, 'departments: ["<img src=x onerror=alert(1)>"]');
    await dialog(page).waitFor({ state: 'visible' });
    assert.match(await dialog(page).innerText(), /<img src=x/);
    assert.equal(await dialog(page).locator('img').count(), 0);
    assert.deepEqual(said, []);
    await close();
  });

  test('any number of open pages leaves room for another', async () => {
    const context = await browser.newContext();
    const pages = [];
    for (let n = 0; n < 5; n += 1) { pages.push(await context.newPage()); await pages[n].goto(`${address}zh/index.html`); }
    version = await versionOf(pages[0]);
    swap(item, /^( {2}name: .*)$/m, '$1 7');
    for (const page of pages) await reloaded(page);
    await context.close();
  });
});

describe('the development server answers this machine alone', () => {
  const port = () => Number(new URL(address).port);
  /** The status of a request as it is on the wire. */
  const ask = (line, host = `127.0.0.1:${port()}`) => new Promise((done, fail) => {
    const socket = connect(port(), '127.0.0.1', () => socket.write(`${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`));
    let text = '';
    socket.setEncoding('utf8').on('data', (part) => { text += part; }).on('error', fail).on('close', () => done({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text }));
  });

  test('it listens on loopback, under no other address', async () => {
    const others = Object.values(networkInterfaces()).flat().filter((one) => !one.internal && one.family === 'IPv4');
    for (const { address: other } of others) {
      const got = await new Promise((done) => { const socket = connect({ port: port(), host: other, timeout: 3000 }, () => done('answers')); socket.on('error', () => done('refused')).on('timeout', () => done('silent')); });
      assert.notEqual(got, 'answers', other);
    }
    assert.equal((await ask('GET /zh/index.html')).status, 200);
    for (const option of ['--host', '--address', '--bind', '--listen']) {
      const { status, stderr } = spawnSync(process.env.QINGDAN_BINARY, ['serve', option, '0.0.0.0'], { cwd: folder, encoding: 'utf8', timeout: 10_000 });
      assert.equal(status, 2, `${option}: ${stderr}`);
    }
  });

  test('other names of hosts are refused, whatever they look like', async () => {
    for (const host of ['evil.example', `evil.example:${port()}`, `localhost.evil.example:${port()}`, `127.0.0.1.evil.example:${port()}`, `127.0.0.1:${port() - 1}`, `0.0.0.0:${port()}`, `[::]:${port()}`, `user@localhost:${port()}`, '']) {
      assert.ok([400, 403].includes((await ask('GET /zh/index.html', host)).status), host);
    }
    assert.equal((await ask('GET http://evil.example/zh/index.html')).status, 403);
  });

  test('no path leads out of the site', async () => {
    for (const path of ['/../content/site.yaml', '/zh/../../content/site.yaml', '/%2e%2e/content/site.yaml', '/..%2fcontent%2fsite.yaml', '/%252e%252e/content/site.yaml', '/%252e%252e%252fcontent%252fsite.yaml', '/..%5ccontent%5csite.yaml', '/..\\content\\site.yaml', '/%c0%ae%c0%ae/content/site.yaml', '//content/site.yaml', '/content/site.yaml', `/${encodeURIComponent(join(folder, 'content/site.yaml'))}`, join(folder, 'content/site.yaml'), '/etc/passwd', '/.qingdan.json', '/_qingdan/../content/site.yaml']) {
      const { status, text } = await ask(`GET ${path}`);
      assert.ok([400, 404].includes(status), `${path}: ${status}`);
      assert.ok(!/^languages:|root:x:0/m.test(text), `${path}: the file itself`);
    }
  });
});
