// Makes a content folder of N items out of the 82: the items themselves, then each again for one place after another.
//   node generate.mjs FOLDER N [CONTENT]
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse, stringify } from 'yaml';
import { hash, mongolianPlace, place } from './places.mjs';

export const REPOSITORY = resolve(fileURLToPath(new URL('../..', import.meta.url)));

const read = (path) => parse(readFileSync(path, 'utf8'));
const write = (path, value) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, stringify(value, { lineWidth: 0 }));
};
const files = (folder) =>
  readdirSync(folder, { recursive: true }).map(String).filter((path) => path.endsWith('.yaml')).sort();

/** What a place says of its own: added to the standard, so that no figure of `amounts` is lost. */
function addition(slug, town) {
  const n = hash(slug, town);
  const where = ['便民服务中心', '政务服务大厅', '社区服务站', '苏木乡镇综合服务中心', '嘎查村代办点'][n % 5];
  const when = ['周一至周五', '周一至周六', '每月上旬', '全年'][(n >>> 4) % 4];
  const days = [3, 5, 7, 10, 15, 20, 30][(n >>> 8) % 7];
  return [
    `${town}${where}${when}受理，${days}个工作日内办结。`,
    `户籍在${town}或者在${town}居住满${(n >>> 12) % 2 ? '半年' : '一年'}的，向${where}申请。`,
    `${town}不另收费，材料齐全的${days}日内答复。`,
    `${when}可到${town}${where}咨询。`,
  ][(n >>> 16) % 4];
}

function variant(item, slug, k, exists, number) {
  const town = place(k), text = { ...item.text };
  text.name = town + text.name;
  if (hash(slug, town, 'who') % 3 === 0) text.audience = `${town}的${text.audience}`;
  text.standard = text.standard + addition(slug, town);
  const related = (item.related ?? []).map((other) => (exists(`${other}-${k}`) ? `${other}-${k}` : other));
  const { editorial, former_slugs, ...rest } = item;
  return { ...rest, number, related, text };
}

/** Makes the folder; the slugs of its items, and how many places have all of them. */
export function generate(folder, count, content = join(REPOSITORY, 'content')) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(content, folder, { recursive: true });
  rmSync(join(folder, 'search-tests.yaml'), { force: true });
  const originals = files(join(content, 'items'));
  const languages = existsSync(join(content, 'i18n')) ? readdirSync(join(content, 'i18n')) : [];
  const items = new Map(originals.map((path) => [path, read(join(content, 'items', path))]));
  const translations = languages.map((tag) => {
    const of = (path) => join(content, 'i18n', tag, 'items', path);
    return [tag, new Map(originals.filter((path) => existsSync(of(path))).map((path) => [path, read(of(path))]))];
  });
  const slugs = originals.map((path) => basename(path, '.yaml'));
  const known = new Set(slugs);
  const places = Math.ceil(count / originals.length) - 1;
  const wanted = [];
  for (let k = 1; k <= places; k++) {
    for (const path of originals) if (originals.length + wanted.length < count) wanted.push([path, k]);
  }
  const name = (path, k) => `${basename(path, '.yaml')}-${k}`;
  wanted.forEach(([path, k]) => known.add(name(path, k)));
  let number = Math.max(...[...items.values()].map((item) => item.number ?? 0));
  const domains = {};
  const domain = (path) => path.split('/')[0];
  originals.forEach((path) => (domains[domain(path)] = (domains[domain(path)] ?? 0) + 1));
  for (const [path, k] of wanted) {
    const file = join(dirname(path), `${name(path, k)}.yaml`);
    write(join(folder, 'items', file), variant(items.get(path), basename(path, '.yaml'), k, (slug) => known.has(slug), ++number));
    domains[domain(path)] += 1;
    for (const [tag, of] of translations) {
      const entry = of.get(path);
      if (!entry) continue;
      const { source_editorial, editorial, ...rest } = entry;
      const text = { ...entry.text, name: `${mongolianPlace(k)} ${entry.text.name}` };
      // `check` compares the numbers of text and translation.
      const figures = addition(basename(path, '.yaml'), place(k)).match(/\d+/g);
      if (figures && text.standard) text.standard += ` ${figures.join(' ')} ᠡᠳᠦᠷ᠃`;
      write(join(folder, 'i18n', tag, 'items', file), { ...rest, text });
    }
  }
  const catalogue = read(join(folder, 'catalogue.yaml'));
  if (catalogue.expected) catalogue.expected = { items: known.size, domains };
  write(join(folder, 'catalogue.yaml'), catalogue);
  return { slugs: [...known], languages, fullPlaces: Math.floor(count / originals.length) - 1 };
}

/** Switches search off or on in a content folder. */
export function setSearch(folder, enabled) {
  const path = join(folder, 'site.yaml');
  const site = read(path);
  write(path, { ...site, search: { ...site.search, enabled } });
}

/** The texts of every item, for engines that are handed texts rather than pages. */
export function texts(folder) {
  const named = (file) => new Map(read(join(folder, file)).map((entry) => [entry.id, entry.name]));
  const departments = named('departments.yaml');
  return files(join(folder, 'items')).map((path) => {
    const item = read(join(folder, 'items', path));
    return {
      slug: basename(path, '.yaml'),
      name: item.text.name,
      audience: item.text.audience ?? '',
      standard: item.text.standard ?? '',
      aliases: (item.aliases ?? []).join('，'),
      departments: (item.departments ?? []).map((id) => departments.get(id)).join('，'),
    };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder, count, content] = process.argv.slice(2);
  if (!folder || !(Number(count) >= 1)) {
    console.error('usage: node benches/search/generate.mjs FOLDER N [CONTENT]');
    process.exit(2);
  }
  const made = generate(resolve(folder), Number(count), content && resolve(content));
  console.log(`${made.slugs.length} items in ${folder}`);
}
