// The policy of pages, tried in Chromium with what an intruder would put into them. Which headers hosts send is asked by `hosts`.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Stage } from './lib/browser.mjs';
import { start } from './lib/hosts.mjs';
import { expectNone } from './lib/report.mjs';
import { openSite, REPOSITORY, sites } from './lib/site.mjs';
import { obeys, refuses, runs, stranger, watched, weaknesses } from './suites/policy.mjs';

const folder = mkdtempSync(join(tmpdir(), 'qingdan-csp-'));
chmodSync(folder, 0o755);
after(() => rmSync(folder, { recursive: true, force: true }));
/** One attack for each directive of the single file's policy: it is long in loading. */
const LARGE = ['an inline script', 'a script of another host', 'a handler in an attribute', 'an inline style sheet', 'a style attribute', 'a base address', 'a frame', 'a form that leads elsewhere', 'fetch from another host', 'a string as code'];
const qingdan = (...args) => execFileSync(process.env.QINGDAN_BINARY, args, { cwd: REPOSITORY, stdio: ['ignore', 'ignore', 'pipe'] });

for (const site of sites()) {
  test(`policy of every page of ${site.name}`, () => expectNone(site.pages.flatMap((page) => weaknesses(page.html, page.path))));
}

describe('what is put into a page', () => {
  const main = sites().find((site) => site.main);
  const stage = new Stage(main);
  let other, context;
  before(async () => { await stage.open(); other = await stranger(); context = await watched(await stage.context()); });
  after(async () => { await context.close(); await stage.close(); await other.close(); });
  const subject = (page) => ({ host: stage.hostOf(page), path: page.path, html: page.html });
  const all = main.brief();

  test('does its work where there is no policy', async () => expectNone(await obeys(context, subject(all.find((page) => page.kind === 'item')), other)));
  // That every page states the same policy is asked of its HTML; that none breaks it, by `console`.
  for (const page of all.filter((one) => (one.folder === 'zh' && one.kind === 'item') || (one.folder === 'mn' && one.kind === 'search'))) {
    test(`is refused by ${page.path}`, async () => expectNone(await refuses(context, subject(page), other)));
    test(`${page.path}, untouched, runs its own scripts`, async () => expectNone(await runs(context, subject(page))));
  }
});

describe('what is put into the site as one file', () => {
  const out = join(folder, 'single');
  const stage = {};
  let other, context;
  before(async () => {
    qingdan('bundle', '--single-file', '--quiet', '--out', out);
    // The pages stand in no built site: a stage is borrowed for its browser and its host.
    stage.open = await new Stage({ folder: out, prefix: '/', notFoundPrefix: '/' }).open();
    other = await stranger();
    context = await watched(await stage.open.context());
  });
  after(async () => { await context?.close(); await stage.open?.close(); await other?.close(); });
  const subjects = () => readdirSync(out).filter((name) => name.endsWith('.html')).map((path) => ({ host: stage.open.server, path, html: readFileSync(join(out, path), 'utf8') }));

  test('is refused, and the file itself runs', async () => {
    assert.ok(subjects().length >= 2);
    for (const subject of subjects()) {
      expectNone(weaknesses(subject.html, subject.path));
      expectNone(await runs(context, subject));
    }
    // The policies differ in their hashes alone.
    expectNone(await refuses(context, subjects()[0], other, LARGE));
  });
});

describe('pages under the headers of a host', () => {
  const main = sites().find((site) => site.main);
  const stage = new Stage(main);
  let server, embedding;
  before(async () => {
    await stage.open();
    const site = join(folder, 'nginx');
    qingdan('build', '--for', 'nginx', '--out', site, '--quiet');
    server = await start('nginx', { site, place: join(folder, 'nginx.server'), base: '/' });
    embedding = createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>x</title><iframe src="http://127.0.0.1:${request.url.slice(1)}/zh/index.html"></iframe>`));
    await new Promise((done) => embedding.listen(0, '127.0.0.1', done));
  });
  after(async () => { await server?.stop(); embedding?.close(); await stage.close(); });

  /** Whether the page comes up in a frame of another host's page. */
  async function framed(port) {
    const context = await stage.context();
    try {
      const tab = await context.newPage();
      await tab.goto(`http://127.0.0.1:${embedding.address().port}/${port}`);
      const frame = tab.frames().at(-1);
      return await frame.evaluate(() => document.querySelector('main') !== null).catch(() => false);
    } finally {
      await context.close();
    }
  }
  test('cannot be framed, which the tag in the page alone cannot prevent', async () => {
    assert.equal(await framed(server.port), false);
    // A host that sends no headers, as GitHub Pages.
    const plain = await new Stage(openSite(join(folder, 'nginx'))).open(stage.browser);
    const bare = new URL(plain.rootServer.base);
    assert.equal(await framed(bare.port), true, 'the frame itself works');
    await plain.close();
  });
  test('run their scripts, and search finds', async () => {
    const context = await watched(await stage.context());
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${server.port}/zh/index.html`);
    await tab.fill('#home-q', '低保');
    await tab.waitForSelector('[role=listbox]:not([hidden]) [role=option]');
    assert.deepEqual(await tab.evaluate(() => window.refused), []);
    await context.close();
  });
});
