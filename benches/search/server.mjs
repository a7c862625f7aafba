// A static host on loopback that compresses texts as a web server would, and counts what it sends.
import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.png': 'image/png',
};
const TEXTS = new Set(['.html', '.css', '.js', '.json', '.svg']);

/** Serves folders by prefix: `{'/site/': folder}`. Bodies alone are counted, not headers. */
export async function serve(mounts) {
  const bodies = new Map();
  let sent = [], open = 0, lastAt = 0;
  function body(file, text) {
    let found = bodies.get(file);
    if (!found) bodies.set(file, (found = text ? gzipSync(readFileSync(file), { level: 6 }) : readFileSync(file)));
    return found;
  }
  function find(path) {
    const prefix = Object.keys(mounts).find((prefix) => path.startsWith(prefix));
    if (!prefix) return null;
    const root = mounts[prefix], file = join(root, path.slice(prefix.length), path.endsWith('/') ? 'index.html' : '');
    return file.startsWith(root + sep) && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    open += 1;
    response.on('close', () => { open -= 1; lastAt = Date.now(); });
    const file = find(path);
    if (!file) {
      sent.push({ path, bytes: 0, missing: true });
      return response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    }
    const type = extname(file), text = TEXTS.has(type), bytes = body(file, text);
    // The page's own icon, which a browser fetches when it likes, belongs to no query.
    if (request.headers['sec-fetch-dest'] !== 'image') sent.push({ path, bytes: bytes.length });
    response.writeHead(200, {
      'content-type': TYPES[type] ?? 'application/octet-stream',
      'content-length': bytes.length,
      'cache-control': 'no-store',
      ...(text ? { 'content-encoding': 'gzip' } : {}),
      // A page that is isolated has a clock of 5 microseconds rather than 100.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
    });
    response.end(bytes);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** Forgets what was sent; what is sent from now on is counted. */
    reset() { sent = []; },
    get sent() { return [...sent]; },
    get bytes() { return sent.reduce((sum, one) => sum + one.bytes, 0); },
    /** Waits until nothing was under way for a while. */
    async quiet(milliseconds = 60) {
      lastAt = Date.now();
      while (open > 0 || Date.now() - lastAt < milliseconds) await new Promise((done) => setTimeout(done, 10));
    },
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }),
  };
}
