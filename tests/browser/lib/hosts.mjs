// Real servers, each in the foreground on a free port of loopback, with the configuration that qingdan wrote for it.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const isRoot = process.getuid?.() === 0;

/** A port of loopback that nobody listened on just now. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Replaces a part of a configuration that must be there: what an operator changes, and nothing else. */
function change(text, from, to) {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`The configuration has no ${from}.`);
  return changed;
}

const debian = (name) => [`/usr/sbin/${name}`, `/usr/bin/${name}`].find(existsSync) ?? name;

/** How each is called; the place is a folder for what it writes, `site` the folder that was built. */
const servers = {
  nginx({ site, port, place }) {
    let text = readFileSync(join(site, '_server/nginx.conf'), 'utf8');
    text = change(text, /listen \d+;/, `listen 127.0.0.1:${port};`);
    text = change(text, /listen \[::\]:\d+;\n/, '');
    text = change(text, '/srv/www/site', site);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${place}/${name};`);
    const main = `${isRoot ? 'user root;' : ''} daemon off; pid ${place}/pid; error_log stderr; events {} http { access_log off; ${temporary.join(' ')} include ${place}/site.conf; }`;
    writeFileSync(join(place, 'site.conf'), text);
    writeFileSync(join(place, 'nginx.conf'), main);
    return [debian('nginx'), ['-p', place, '-e', 'stderr', '-c', join(place, 'nginx.conf')]];
  },
  caddy({ site, port, place }) {
    let text = readFileSync(join(site, '_server/Caddyfile'), 'utf8');
    text = change(text, /^(example\.org|:80) \{$/m, `http://127.0.0.1:${port} {`);
    text = change(text, '/srv/www/site', site);
    writeFileSync(join(place, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${text}`);
    return [debian('caddy'), ['run', '--adapter', 'caddyfile', '--config', join(place, 'Caddyfile')], { XDG_DATA_HOME: place, XDG_CONFIG_HOME: place }];
  },
  apache({ site, port, place, base }) {
    // The modules of Debian's plain install (autoindex and deflate could do harm), and the two that the file asks for.
    const modules = ['mpm_event', 'authn_core', 'authz_core', 'alias', 'autoindex', 'deflate', 'dir', 'env', 'filter', 'mime', 'negotiation', 'setenvif', 'headers', 'rewrite'];
    const text = [
      `ServerRoot ${place}`, `PidFile ${place}/pid`, `DefaultRuntimeDir ${place}`, `Listen 127.0.0.1:${port}`, 'ServerName localhost', `ErrorLog ${place}/log`,
      ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
      ...(isRoot ? ['User www-data', 'Group www-data'] : []),
      'TypesConfig /etc/mime.types', 'AddType application/x-gzip .gz .tgz',
      'AddOutputFilterByType DEFLATE text/html text/plain text/xml text/css text/javascript application/javascript application/xml',
      `DocumentRoot ${place}/empty`, `<Directory ${place}/empty>\nRequire all granted\n</Directory>`,
      `Alias ${base} ${site}/`, `<Directory ${site}>\nOptions Indexes FollowSymLinks\nAllowOverride All\nRequire all granted\n</Directory>`,
    ];
    mkdirSync(join(place, 'empty'));
    writeFileSync(join(place, 'apache.conf'), `${text.join('\n')}\n`);
    return [debian('apache2'), ['-D', 'FOREGROUND', '-f', join(place, 'apache.conf')]];
  },
};

/** Starts a server for a built site. `place` is an empty folder for what it writes; without a `port` it gets a free one. */
export async function start(kind, { site, place, base, port = undefined }) {
  mkdirSync(place, { recursive: true });
  chmodSync(place, 0o755);
  port ??= await freePort();
  const [program, args, env] = servers[kind]({ site, port, place, base });
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  let end = null;
  // Apache opens its log by name, which a pipe does not have.
  const log = () => (existsSync(join(place, 'log')) ? readFileSync(join(place, 'log'), 'utf8') : '');
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { said += data; });
  const ended = new Promise((done) => {
    child.on('error', (error) => { end = `${program}: ${error.message}`; done(); });
    child.on('exit', (code, signal) => { end ??= `${program} ended (${code ?? signal})`; done(); });
  });
  const stop = async () => {
    if (end === null) child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
  };
  for (let tries = 0; ; tries += 1) {
    if (end !== null) throw new Error(`${end}\n${said}${log()}`);
    if (await ask(port, '/').then(() => true, () => false)) return { port, stop };
    if (tries === 100) {
      await stop();
      throw new Error(`${program} does not answer.\n${said}${log()}`);
    }
    await pause(100);
  }
}

/** One request, as it is on the wire: nothing is decoded, no redirect followed. */
export function ask(port, path, headers = {}) {
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).on('error', fail);
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, raw: answer.rawHeaders, body: Buffer.concat(parts) }));
    });
    sent.on('error', fail).setTimeout(10_000, () => sent.destroy(new Error(`${path}: no answer`)));
    sent.end();
  });
}
