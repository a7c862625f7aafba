// A static host of the plainest kind: files under a sub-path, index.html for a folder, 404.html for the rest, and nothing else.
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { join, extname, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.jsonld': 'application/ld+json', '.csv': 'text/csv; charset=utf-8', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.ico': 'image/x-icon', '.woff2': 'font/woff2',
  '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8', '.pdf': 'application/pdf', '.zip': 'application/zip',
  '.epub': 'application/epub+zip', '.webmanifest': 'application/manifest+json',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * Serves `folder` under `prefix` on loopback. `strays` lists requests for addresses outside the prefix; `instead` has the
 * text of pages, by their path in the folder, that are served in place of the file's.
 */
export async function serve(folder, prefix = '/list/') {
  const strays = [];
  const instead = new Map();
  const server = createServer(async (request, response) => {
    const send = (status, type, body) => response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    try {
      const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
      if (!path.startsWith(prefix)) {
        strays.push(path);
        return send(404, 'text/plain', 'outside the site');
      }
      let file = join(folder, path.slice(prefix.length));
      if (file !== folder && !file.startsWith(folder + sep)) return send(403, 'text/plain', 'no');
      if (path.endsWith('/')) file = join(file, 'index.html');
      const other = instead.get(path.slice(prefix.length));
      if (other !== undefined) return send(200, TYPES['.html'], other);
      const found = await stat(file).then((s) => s.isFile(), () => false);
      if (found) return send(200, TYPES[extname(file)] ?? 'application/octet-stream', await readFile(file));
      return send(404, TYPES['.html'], await readFile(join(folder, '404.html')).catch(() => 'not found'));
    } catch (error) {
      send(500, 'text/plain', String(error));
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, prefix, base: origin + prefix, strays, instead, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}
