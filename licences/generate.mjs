// Writes THIRD-PARTY.txt: every crate that the program is made of, with its licence and the texts that the licences ask
// to hand on. The program shows it: `qingdan licences`.
//   node licences/generate.mjs            writes the file
//   node licences/generate.mjs --check    says whether it is that of Cargo.lock, and changes nothing
// Lives here: which crates and texts. Never here: which licences may be used (deny.toml).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const target = join(root, 'THIRD-PARTY.txt');

const metadata = JSON.parse(
  execFileSync('cargo', ['metadata', '--format-version', '1', '--all-features', '--locked'], {
    cwd: root,
    maxBuffer: 1 << 28,
  }),
);
const packages = new Map(metadata.packages.map((p) => [p.id, p]));
const nodes = new Map(metadata.resolve.nodes.map((n) => [n.id, n]));

/** The crates that end up in the program or make it, on any system; those that only tests need do not. */
function shipped() {
  const seen = new Set([metadata.resolve.root]);
  const waiting = [...seen];
  while (waiting.length) {
    for (const dep of nodes.get(waiting.pop()).deps) {
      if (!seen.has(dep.pkg) && dep.dep_kinds.some(({ kind }) => kind !== 'dev')) {
        seen.add(dep.pkg);
        waiting.push(dep.pkg);
      }
    }
  }
  seen.delete(metadata.resolve.root);
  const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1);
  return [...seen].map((id) => packages.get(id)).sort(byName);
}

const isText = (name) => /^(licen[cs]e|copying|copyright|notice|unlicense)/i.test(name) && !/\.(rs|toml|json|spdx)$/i.test(name);

/** The texts that a crate has beside its code; of those to choose from that of the MIT licence, the shortest to keep to. */
function texts(crate) {
  const folder = dirname(crate.manifest_path);
  const own = crate.license_file ? [join(folder, crate.license_file)] : [];
  const beside = readdirSync(folder).sort().filter(isText).map((name) => join(folder, name));
  const all = [...new Set([...own, ...beside])].filter((path) => existsSync(path) && statSync(path).isFile());
  const free = /^[^()]*\bMIT\b[^()]*$/.test(crate.license ?? '') && !/ AND /.test(crate.license);
  const mit = all.filter((path) => /mit/i.test(basename(path)));
  const files = free && mit.length ? mit : all;
  const tidy = (text) => text.replace(/\r\n?/g, '\n').replace(/[ \t]+$/gm, '').trim();
  return files.map((path) => tidy(readFileSync(path, 'utf8'))).filter(Boolean);
}

function written() {
  const crates = shipped();
  const byText = new Map();
  for (const crate of crates) {
    for (const text of texts(crate)) {
      // The same text with other spaces is the same text.
      const key = text.replace(/\s+/g, ' ');
      const known = byText.get(key) ?? { text, crates: new Set() };
      known.crates.add(`${crate.name} ${crate.version}`);
      byText.set(key, known);
    }
  }
  const line = (crate) => `${crate.name} ${crate.version}: ${crate.license ?? 'see its text'}${crate.repository ? `, ${crate.repository}` : ''}`;
  const groups = [...byText.values()].map(({ text, crates }) => ({ text, names: [...crates].join(', ') }));
  groups.sort((a, b) => (a.names < b.names ? -1 : a.names > b.names ? 1 : a.text < b.text ? -1 : 1));
  const rule = '='.repeat(80);
  const head = `Qingdan is made of ${crates.length} crates of others (with all features, on all systems). Their licences:\n`;
  const body = groups.map(({ text, names }) => `${rule}\n${names}\n${rule}\n\n${text}\n`).join('\n');
  return `${head}\n${crates.map(line).join('\n')}\n\n${body}`;
}

const text = written();
if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
    console.error('THIRD-PARTY.txt is not that of Cargo.lock: run `node licences/generate.mjs` and commit it.');
    process.exit(1);
  }
  console.log('THIRD-PARTY.txt is that of Cargo.lock.');
} else {
  writeFileSync(target, text);
  console.log(`${target}: ${Math.ceil(text.length / 1024)} KB`);
}
