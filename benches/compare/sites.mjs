// Makes the same list as a site for Hugo and for Zola: templates of this folder, strings of the theme, content of the catalogue.
// Lives here: configuration and strings in each tool's form. Never here: pages (export.mjs), running anything (run.mjs).
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REPOSITORY } from '../corpus/generate.mjs';
import { toml, writeContent } from './export.mjs';
import { model } from './model.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const table = (name, value) => `\n[${name}]\n${Object.entries(value).map(([key, part]) => `${JSON.stringify(key)} = ${toml(part)}\n`).join('')}`;
const writing = (tag) => (tag.endsWith('-Mong') ? 'vertical' : '');

/** The theme's own style sheet, script and font, as files that are copied. */
function assets(folder) {
  const from = join(REPOSITORY, 'templates/assets'), to = join(folder, 'static/assets');
  mkdirSync(to, { recursive: true });
  const names = readdirSync(from);
  const all = (test) => names.filter(test).sort().map((name) => readFileSync(join(from, name), 'utf8')).join('\n');
  writeFileSync(join(to, 'style.css'), all((name) => name.endsWith('.css')));
  writeFileSync(join(to, 'page.js'), readFileSync(join(from, 'page.js')));
  for (const name of names.filter((name) => /\.(woff2|svg)$/.test(name))) cpSync(join(from, name), join(to, name));
}

/** What both tools are told of a language beyond its strings. */
const params = (m, { code, tag }) => ({ tag, writing: writing(tag), source_name: m.languages[0].name, unofficial: m.site.unofficial[code], document: m.document[code], column: { label: m.column.label[code], question: m.column.question[code] } });

function hugo(folder, m) {
  cpSync(here('hugo'), folder, { recursive: true });
  const config = m.languages.map((language, at) =>
    table(`languages.${language.code}`, { weight: at + 1, title: m.site.title[language.code] }) + table(`languages.${language.code}.params`, params(m, language)));
  writeFileSync(join(folder, 'hugo.toml'), readFileSync(here('hugo/hugo.toml'), 'utf8') + config.join(''));
  mkdirSync(join(folder, 'i18n'), { recursive: true });
  for (const { code } of m.languages) {
    const lines = Object.entries(m.strings[code]).map(([key, text]) => `${JSON.stringify(key)} = ${JSON.stringify(text.replace(/\{(\w+)\}/g, '{{ .$1 }}'))}\n`);
    writeFileSync(join(folder, 'i18n', `${code}.toml`), lines.join(''));
  }
}

/** Zola has no page to ask for a group's name in passing: names are among the strings. */
function terms(m, code) {
  const kinds = ['domains', 'departments', 'audiences', 'life_events'];
  return Object.fromEntries(kinds.flatMap((kind) => m.groups[kind].map((group) => [`${kind}-${group.id}`, group.name[code]])));
}

/** One configuration for each variant: the index is switched on nowhere else. */
function zola(folder, m) {
  cpSync(here('zola/templates'), join(folder, 'templates'), { recursive: true });
  const base = readFileSync(here('zola/config.toml'), 'utf8');
  const [first, ...others] = m.languages;
  const column = (code) => ({ column_label: m.column.label[code], column_question: m.column.question[code], unofficial: m.site.unofficial[code] });
  const document = (code) => Object.fromEntries(Object.entries(m.document[code]).map(([key, text]) => [`doc_${key}`, text]));
  const translations = ({ code }) => ({ ...m.strings[code], ...terms(m, code), ...column(code), ...document(code), home_title: m.site.title[code] });
  for (const [name, options] of Object.entries({ config: {}, search: { build_search_index: true }, both: { build_search_index: true, minify_html: true } })) {
    const head = Object.entries({ title: m.site.title[first.code], ...options }).map(([key, part]) => `${key} = ${toml(part)}\n`).join('');
    const languages = others.map((language) => `\n[languages.${language.code}]\ntitle = ${toml(m.site.title[language.code])}\n` + table(`languages.${language.code}.translations`, translations(language)));
    writeFileSync(join(folder, `${name}.toml`), `${head}${base}${table('translations', translations(first))}${languages.join('')}`);
  }
}

const SITES = { hugo, zola };

/** Makes the folder of a site with so many items. */
export function makeSite(folder, kind, content, count) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const m = model(content);
  SITES[kind](folder, m);
  assets(folder);
  return writeContent(folder, kind, m, count);
}
