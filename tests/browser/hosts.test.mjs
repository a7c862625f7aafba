// What `build --for` and `--precompress` write, asked of the servers themselves: nginx, Caddy and Apache as Debian has them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ask, start } from './lib/hosts.mjs';
import { expectNone } from './lib/report.mjs';
import { openSite, REPOSITORY } from './lib/site.mjs';

const folder = mkdtempSync(join(tmpdir(), 'qingdan-hosts-'));
// A server that gives up root must get in.
chmodSync(folder, 0o755);
after(() => rmSync(folder, { recursive: true, force: true }));

const made = (name, content, options) => {
  const out = join(folder, name);
  execFileSync(process.env.QINGDAN_BINARY, ['build', '--content', join(REPOSITORY, content), '--out', out, '--quiet', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  return out;
};
const build = (name, ...options) => made(name, 'content', options);
/** The small site, whose list was adjusted: it has feeds. */
const buildAdjusted = (name, ...options) => made(name, 'tests/sites/valley/content', options);

const IMMUTABLE = 'public, max-age=31536000, immutable';
const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8', xml: 'application/xml; charset=utf-8', json: 'application/json', svg: 'image/svg+xml', woff2: 'font/woff2',
};
/** The header's policy, as the page itself states it, and what only a header can say. */
const policyOf = (site) => `${/http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(site.byPath.get('index.html').html)[1]}; frame-ancestors 'none'`;

/** The headers that every answer must have, whatever its status; what is wrong, as sentences. */
function insecure(answer, policy, what) {
  const wanted = { 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'x-frame-options': 'DENY' };
  const faults = Object.entries(wanted).filter(([name, value]) => answer.headers[name] !== value).map(([name, value]) => `${what}: ${name} is ${answer.headers[name]}, not ${value}`);
  if (!/camera=\(\), .*geolocation=\(\)/.test(answer.headers['permissions-policy'] ?? '')) faults.push(`${what}: permissions-policy is ${answer.headers['permissions-policy']}`);
  if (/unsafe-/.test(answer.headers['content-security-policy'])) faults.push(`${what}: the policy is weak`);
  // A header that is sent twice is joined by node; browsers may take neither.
  const names = answer.raw.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  faults.push(...names.filter((name, at) => name !== 'vary' && names.indexOf(name) !== at).map((name) => `${what}: ${name} is sent twice`));
  return faults;
}

function suite(kind, base, precompress, encodings) {
  describe(`${kind}, under ${base}${precompress ? ', precompressed' : ''}`, () => {
    let site, server, policy;
    const get = (path, headers) => ask(server.port, base + path, headers);
    before(async () => {
      const name = `${kind}${base.replaceAll('/', '-')}${precompress}`;
      const options = ['--for', kind, ...(precompress ? ['--precompress'] : []), ...(base === '/' ? [] : ['--base-url', `https://example.org${base}`])];
      site = openSite(build(name, ...options));
      policy = policyOf(site);
      server = await start(kind, { site: site.folder, place: `${site.folder}.server`, base });
    });
    after(() => server?.stop());

    /** One file of each extension, and some whose place matters. */
    const sample = () => {
      const files = [...site.files].filter((f) => Object.hasOwn(TYPES, f.split('.').at(-1)) && f !== '404.html' && !f.startsWith('.')).sort();
      const first = Object.keys(TYPES).map((ending) => files.find((f) => f.endsWith(`.${ending}`))).filter(Boolean);
      return [...new Set([...first, 'zh/index.html', 'mn/items.html', 'search/zh/index.js', ...files.filter((f) => f.startsWith('search/')), ...files.filter((f) => f.startsWith('assets/'))])];
    };

    test('files have their bytes, type, caching and headers of security', async () => {
      const faults = [];
      let hashed = 0;
      for (const path of sample()) {
        const answer = await get(path, { 'accept-encoding': 'identity' });
        const isHashed = /^(assets|search)\/.*-[0-9a-f]{12}\.[a-z0-9]+$/.test(path);
        hashed += isHashed;
        const cache = isHashed ? IMMUTABLE : 'no-cache';
        if (answer.status !== 200) faults.push(`${path}: status ${answer.status}`);
        if (answer.headers['content-type'] !== TYPES[path.split('.').at(-1)]) faults.push(`${path}: type ${answer.headers['content-type']}`);
        if (answer.headers['cache-control'] !== cache) faults.push(`${path}: cache-control ${answer.headers['cache-control']}`);
        if (answer.headers['content-encoding']) faults.push(`${path}: encoded for who did not ask`);
        if (!answer.body.equals(readFileSync(join(site.folder, path)))) faults.push(`${path}: other bytes`);
        faults.push(...insecure(answer, policy, path));
      }
      assert.ok(hashed > 5 && site.files.has('zh/index.html'), 'too few files were asked for');
      expectNone(faults);
    });

    test('a folder is answered by its index, and its name is completed', async () => {
      for (const path of ['', 'zh/', 'mn/']) {
        const answer = await get(path, precompress ? { 'accept-encoding': 'gzip' } : {});
        const body = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(answer.body) : answer.body;
        assert.equal(answer.status, 200, path);
        assert.equal(answer.headers['content-type'], TYPES.html);
        assert.equal(answer.headers['cache-control'], 'no-cache');
        assert.ok(body.equals(readFileSync(join(site.folder, path, 'index.html'))), path);
        expectNone(insecure(answer, policy, `/${path}`));
      }
      const moved = await get('zh');
      assert.ok([301, 302, 307, 308].includes(moved.status), `status ${moved.status}`);
      assert.equal(new URL(moved.headers.location, `http://127.0.0.1:${server.port}${base}zh`).href, `http://127.0.0.1:${server.port}${base}zh/`);
    });

    test('what is not there is answered by 404.html, and so is what is not for visitors', async () => {
      const page = readFileSync(join(site.folder, '404.html'));
      const faults = [];
      const configuration = { nginx: '_server/nginx.conf', caddy: '_server/Caddyfile', apache: '_server/x' }[kind];
      for (const path of ['zh/no-such.html', 'no/such/folder/', 'assets/style-000000000000.css', '.qingdan.json', '.qingdan.stamp', '.qingdan-stage/0', '_server/', configuration]) {
        const answer = await get(path, { 'accept-encoding': 'identity' });
        if (answer.status !== 404) faults.push(`${path}: status ${answer.status}`);
        if (!answer.body.equals(page)) faults.push(`${path}: not 404.html but ${answer.body.subarray(0, 80)}`);
        if (answer.headers['content-type'] !== TYPES.html) faults.push(`${path}: type ${answer.headers['content-type']}`);
        if (answer.headers['cache-control'] !== 'no-cache') faults.push(`${path}: cache-control ${answer.headers['cache-control']}`);
        faults.push(...insecure(answer, policy, path));
      }
      assert.ok(readFileSync(join(site.folder, '.qingdan.json')).length > 100);
      const htaccess = await get('.htaccess');
      if (![403, 404].includes(htaccess.status)) faults.push(`.htaccess: status ${htaccess.status}`);
      const listing = await get('assets/');
      if (![403, 404].includes(listing.status) || /style-[0-9a-f]{12}/.test(listing.body.toString().replaceAll(/<link[^>]*>|<script[^>]*>/g, ''))) faults.push(`assets/: status ${listing.status}, a listing`);
      expectNone(faults);
    });

    test('what has not changed is not sent again', async () => {
      const { etag } = (await get('zh/index.html', { 'accept-encoding': 'identity' })).headers;
      assert.ok(etag, 'no etag');
      const again = await get('zh/index.html', { 'accept-encoding': 'identity', 'if-none-match': etag });
      assert.equal(again.status, 304);
      assert.equal(again.headers['cache-control'], 'no-cache');
    });

    if (!precompress) return;
    test(`the twins are sent: ${encodings.join(', ')}`, async () => {
      const faults = [];
      let twins = 0;
      for (const [encoding, ending, decode] of [['gzip', '.gz', gunzipSync], ['br', '.br', brotliDecompressSync]]) {
        for (const path of sample().filter((f) => site.files.has(f + ending))) {
          const file = readFileSync(join(site.folder, path));
          const twin = readFileSync(join(site.folder, path + ending));
          if (!decode(twin).equals(file)) faults.push(`${path}${ending}: not the bytes of the file`);
          if (!encodings.includes(encoding)) continue;
          twins += 1;
          const answer = await get(path, { 'accept-encoding': encoding });
          if (answer.status !== 200 || answer.headers['content-encoding'] !== encoding) faults.push(`${path}: status ${answer.status}, ${answer.headers['content-encoding']} for ${encoding}`);
          if (!answer.body.equals(twin)) faults.push(`${path}: not the bytes of its ${ending}`);
          if (answer.headers['content-type'] !== TYPES[path.split('.').at(-1)]) faults.push(`${path}: ${encoding} has type ${answer.headers['content-type']}`);
          if (answer.headers['content-language']) faults.push(`${path}: ${encoding} has language ${answer.headers['content-language']}`);
          if (!/accept-encoding/i.test(answer.headers.vary ?? '')) faults.push(`${path}: ${encoding} has vary ${answer.headers.vary}`);
          const cache = /-[0-9a-f]{12}\.[a-z0-9]+$/.test(path) ? IMMUTABLE : 'no-cache';
          if (answer.headers['cache-control'] !== cache) faults.push(`${path}: ${encoding} has cache-control ${answer.headers['cache-control']}`);
          faults.push(...insecure(answer, policy, `${path} as ${encoding}`));
          const identity = await get(path, { 'accept-encoding': 'identity' });
          if (!/accept-encoding/i.test(identity.headers.vary ?? '')) faults.push(`${path}: without encoding it has vary ${identity.headers.vary}`);
        }
      }
      assert.ok(twins > 10, `only ${twins} twins`);
      const refused = await get('zh/index.html', { 'accept-encoding': 'gzip;q=0, br;q=0' });
      if (refused.headers['content-encoding']) faults.push('an encoding that is refused is sent');
      expectNone(faults);
    });

    if (!encodings.includes('br')) return;
    test('a browser gets brotli', async () => {
      const answer = await get('zh/index.html', { 'accept-encoding': 'gzip, deflate, br, zstd' });
      assert.equal(answer.headers['content-encoding'], 'br');
    });
  });
}

// Debian's plain nginx has no module for brotli.
for (const [kind, encodings] of [['nginx', ['gzip']], ['caddy', ['gzip', 'br']], ['apache', ['gzip', 'br']]]) {
  suite(kind, '/list/', true, encodings);
  suite(kind, '/', true, encodings);
  suite(kind, '/list/', false, []);
}

describe('feeds have their own type, with a name that says XML', () => {
  const ATOM = 'application/atom+xml; charset=utf-8';
  for (const [kind, base, precompress] of [['nginx', '/list/', true], ['nginx', '/', false], ['caddy', '/list/', true], ['caddy', '/', false], ['apache', '/list/', true], ['apache', '/', false]]) {
    test(`${kind}, under ${base}${precompress ? ', precompressed' : ''}`, async () => {
      const name = `feeds-${kind}${precompress}`;
      const site = openSite(buildAdjusted(name, '--for', kind, ...(precompress ? ['--precompress'] : []), '--base-url', `https://example.org${base}`));
      const server = await start(kind, { site: site.folder, place: `${site.folder}.server`, base });
      try {
        for (const [path, type] of [['en/feed.xml', ATOM], ['ar/feed.xml', ATOM], ['sitemap.xml', TYPES.xml]]) {
          const answer = await ask(server.port, base + path, { 'accept-encoding': 'identity' });
          assert.equal(answer.status, 200, path);
          assert.ok(answer.body.equals(readFileSync(join(site.folder, path))), `${path}: other bytes`);
          assert.equal(answer.headers['content-type'], type, path);
          assert.equal(answer.headers['cache-control'], 'no-cache', path);
          expectNone(insecure(answer, policyOf(site), path));
          const packed = await ask(server.port, base + path, { 'accept-encoding': 'gzip' });
          assert.equal(packed.headers['content-type'], type, `${path} as gzip`);
          if (precompress) assert.equal(packed.headers['content-encoding'], 'gzip', path);
          const body = packed.headers['content-encoding'] === 'gzip' ? gunzipSync(packed.body) : packed.body;
          assert.ok(body.equals(answer.body), `${path} as gzip`);
        }
      } finally {
        await server.stop();
      }
    });
  }
});

describe('hosts that only take files', () => {
  test('netlify: a feed has its type, below the path and where it lies', () => {
    const text = readFileSync(join(buildAdjusted('feeds-netlify', '--for', 'netlify', '--base-url', 'https://example.org/list/'), '_headers'), 'utf8');
    for (const path of ['/en/feed.xml', '/list/ar/feed.xml']) assert.ok(text.includes(`\n${path}\n  Content-Type: application/atom+xml; charset=utf-8\n`), path);
  });

  test('netlify: _headers has rules that a parser reads, and no header twice for one path', () => {
    const site = openSite(build('netlify', '--for', 'netlify', '--base-url', 'https://example.org/list/'));
    const rules = [];
    for (const line of readFileSync(join(site.folder, '_headers'), 'utf8').split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      const header = /^ {2}([A-Za-z-]+): (\S.*)$/.exec(line);
      if (header) rules.at(-1).headers.push([header[1].toLowerCase(), header[2]]);
      else {
        assert.match(line, /^\/[^\s*]*\*?$/, 'a path begins with a slash, and a star ends it');
        rules.push({ path: line, headers: [] });
      }
    }
    const headersOf = (path) => rules.filter((rule) => (rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : rule.path === path)).flatMap((rule) => rule.headers);
    for (const path of site.files) {
      for (const root of ['/', '/list/']) {
        const names = headersOf(root + path).map(([name]) => name);
        assert.equal(new Set(names).size, names.length, `${path}: a header stands twice`);
        const headers = Object.fromEntries(headersOf(root + path));
        const isHashed = /^(assets|search)\/.*-[0-9a-f]{12}\.[a-z0-9]+$/.test(path);
        assert.equal(headers['cache-control'], isHashed ? IMMUTABLE : undefined, path);
        expectNone(insecure({ headers, raw: [] }, policyOf(site), path));
      }
    }
    const redirects = readFileSync(join(site.folder, '_redirects'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(/ +/));
    const own = ['/', '/list/'].flatMap((at) => ['.qingdan.json', '.qingdan.stamp'].map((file) => [at + file, '/404.html', '404!']));
    assert.deepEqual(redirects, [...own, ['/list/*', '/:splat', '200']]);
  });

  test('github pages: .nojekyll and nothing else', () => {
    const plain = openSite(build('plain')).files;
    const files = openSite(build('github', '--for', 'github-pages')).files;
    assert.deepEqual([...files].filter((f) => !plain.has(f)), ['.nojekyll']);
  });
});
