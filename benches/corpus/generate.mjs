// Makes a content folder of N items out of the 82: the items themselves, then each again for one place after another.
//   node generate.mjs FOLDER N [CONTENT]
// Lives here: what the catalogue of N items is, and its folder as the tool reads it. Never here: other forms of it.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse, stringify } from 'yaml';
import { hash, mongolianPlace, place } from './places.mjs';
import { fingerprint, flow, list, mapping, rest } from './yaml.mjs';

export const REPOSITORY = resolve(fileURLToPath(new URL('../..', import.meta.url)));

const read = (path) => parse(readFileSync(path, 'utf8'));
const write = (path, value) => writeFileSync(path, stringify(value, { lineWidth: 0 }));
const files = (folder) =>
  readdirSync(folder, { recursive: true }).map(String).filter((path) => path.endsWith('.yaml')).sort();
const slugOf = (path) => basename(path, '.yaml');

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

/** The item as the k-th place has it. */
function variant(item, slug, k, exists, number) {
  const town = place(k), text = { ...item.text };
  text.name = town + text.name;
  if (hash(slug, town, 'who') % 3 === 0) text.audience = `${town}的${text.audience}`;
  text.standard = text.standard + addition(slug, town);
  const related = (item.related ?? []).map((other) => (exists(`${other}-${k}`) ? `${other}-${k}` : other));
  const { editorial, former_slugs, ...kept } = item;
  return { ...kept, number, related, text };
}

/** What a variant says beyond its original, by field. */
const added = (slug, k, item, original) => ({
  name: place(k),
  audience: item.text.audience === original.text.audience ? '' : place(k),
  standard: addition(slug, place(k)),
});

/** What `check` knows of a language: the glossary's words, and which of them a translation may leave out. */
function knowledge(content, tag) {
  const lines = (path) => (existsSync(join(content, path)) ? read(join(content, path)) : []);
  const words = lines('glossary.yaml').filter((entry) => entry[tag]).map((entry) => [entry['zh-Hans'], entry[tag]]);
  const allowed = lines(`i18n/${tag}/allow.yaml`).glossary ?? [];
  return { words, spared: (slug) => allowed.filter((entry) => entry.in === slug).map((entry) => entry.term) };
}

/**
 * Its translation: as new as the text it translates, with the numbers and the glossary's words of what was added, which `check`
 * asks for. What is allowed of the original is not of its variants; they have these words as well.
 */
function translated(entry, slug, k, item, original, { words, spared }) {
  const { source_editorial, editorial, ...kept } = entry;
  const text = { ...entry.text }, source = { ...entry.source };
  const more = added(slug, k, item, original), missing = spared(slug);
  for (const field of Object.keys(text)) {
    const excepted = missing.filter((term) => original.text[field]?.includes(term));
    const said = words.filter(([term]) => more[field]?.includes(term) || excepted.includes(term)).map(([, word]) => word);
    const figures = field === 'standard' ? (more.standard.match(/\d+/g) ?? []) : [];
    const town = more[field] ? [mongolianPlace(k)] : [];
    text[field] = (field === 'standard' ? [text[field], ...town, ...said, ...figures] : [...town, ...said, text[field]]).join(' ');
    if (more[field]) source[field] = fingerprint(item.text[field]);
  }
  return { ...kept, source, text };
}

/**
 * The catalogue of `count` items. `items()` goes through them without keeping any: path below `items/` without its ending, slug,
 * item, translations by language, and for variants the path of the original.
 */
export function corpus(count, content = join(REPOSITORY, 'content')) {
  const originals = files(join(content, 'items'));
  const languages = existsSync(join(content, 'i18n')) ? readdirSync(join(content, 'i18n')) : [];
  const items = new Map(originals.map((path) => [path, read(join(content, 'items', path))]));
  const rules = Object.fromEntries(languages.map((tag) => [tag, knowledge(content, tag)]));
  const translations = languages.map((tag) => {
    const of = (path) => join(content, 'i18n', tag, 'items', path);
    return [tag, new Map(originals.filter((path) => existsSync(of(path))).map((path) => [path, read(of(path))]))];
  });
  const places = Math.ceil(count / originals.length) - 1;
  const wanted = [];
  for (let k = 1; k <= places; k++) {
    for (const path of originals) if (originals.length + wanted.length < count) wanted.push([path, k]);
  }
  const slugs = [...originals.map(slugOf), ...wanted.map(([path, k]) => `${slugOf(path)}-${k}`)];
  const known = new Set(slugs);
  const texts = (path, make) => Object.fromEntries(translations.filter(([, of]) => of.has(path)).map(([tag, of]) => [tag, make(of.get(path), tag)]));
  function* all() {
    for (const path of originals) {
      yield { path: path.slice(0, -5), slug: slugOf(path), item: items.get(path), translations: texts(path, (entry) => entry) };
    }
    let number = Math.max(...[...items.values()].map((item) => item.number ?? 0));
    for (const [path, k] of wanted) {
      const original = items.get(path), slug = slugOf(path);
      const item = variant(original, slug, k, (other) => known.has(other), ++number);
      const entries = texts(path, (entry, tag) => translated(entry, slug, k, item, original, rules[tag]));
      yield { path: `${dirname(path)}/${slug}-${k}`, slug: `${slug}-${k}`, item, translations: entries, original: path };
    }
  }
  return { slugs, languages, items: all, originals, fullPlaces: Math.floor(count / originals.length) - 1 };
}

/** What the files of a family of variants share, put into words once. */
function shared() {
  const known = new Map();
  return (key, make) => known.get(key) ?? known.set(key, make()).get(key);
}

function itemFile({ item, original }, once) {
  const { number, related, text, ...kept } = item;
  return `number: ${number}\n${once(original, () => rest(kept))}${list('related', related)}${mapping('text', text)}`;
}

function translationFile(entry, key, once) {
  const { source, text, ...kept } = entry;
  return `${once(key, () => rest(kept))}${flow('source', source)}${mapping('text', text)}`;
}

/** Makes the folder; the slugs of its items, and how many places have all of them. */
export function generate(folder, count, content = join(REPOSITORY, 'content')) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(content, folder, { recursive: true });
  rmSync(join(folder, 'search-tests.yaml'), { force: true });
  const made = corpus(count, content);
  const once = shared(), domains = {};
  for (const entry of made.items()) {
    const domain = entry.path.split('/')[0];
    domains[domain] = (domains[domain] ?? 0) + 1;
    if (!entry.original) continue;
    writeFileSync(join(folder, 'items', `${entry.path}.yaml`), itemFile(entry, once));
    for (const [tag, translation] of Object.entries(entry.translations)) {
      writeFileSync(join(folder, 'i18n', tag, 'items', `${entry.path}.yaml`), translationFile(translation, `${tag} ${entry.original}`, once));
    }
  }
  const catalogue = read(join(folder, 'catalogue.yaml'));
  if (catalogue.expected) catalogue.expected = { items: made.slugs.length, domains };
  write(join(folder, 'catalogue.yaml'), catalogue);
  return { slugs: made.slugs, languages: made.languages, fullPlaces: made.fullPlaces };
}

/** Switches search off or on in a content folder. */
export function setSearch(folder, enabled) {
  const path = join(folder, 'site.yaml');
  const site = read(path);
  write(path, { ...site, search: { ...site.search, enabled } });
}

/** Leaves nothing but pages: no search, no open data, no printable catalogue. */
export function pagesAlone(folder) {
  setSearch(folder, false);
  const path = join(folder, 'site.yaml');
  write(path, { ...read(path), leave_out: ['catalogue', 'data'] });
}

/** The texts of every item, for engines that are handed texts rather than pages. */
export function texts(folder) {
  const named = (file) => new Map(read(join(folder, file)).map((entry) => [entry.id, entry.name]));
  const departments = named('departments.yaml');
  return files(join(folder, 'items')).map((path) => {
    const item = read(join(folder, 'items', path));
    return {
      slug: slugOf(path),
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
    console.error('usage: node benches/corpus/generate.mjs FOLDER N [CONTENT]');
    process.exit(2);
  }
  const made = generate(resolve(folder), Number(count), content && resolve(content));
  console.log(`${made.slugs.length} items in ${folder}`);
}
