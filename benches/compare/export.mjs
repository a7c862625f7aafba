// Writes the content of a catalogue as Markdown with TOML front matter, as Hugo and Zola read it.
// Lives here: the pages, the same for both, and where the two differ in their keys. Never here: configuration and templates.
// Names and places of neighbours and related items stand in the front matter, as a script that makes such pages would write
// them, so that no template looks them up.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { corpus } from '../corpus/generate.mjs';
import { amounts, cut, indicatorTable, notes } from './model.mjs';

/** How many items of its domain a page names on either side. */
const AROUND = 4;

/** A value as TOML: a JSON string is a basic string of TOML; mappings are written in line, without their empty entries. */
export function toml(value) {
  if (Array.isArray(value)) return `[${value.map(toml).join(', ')}]`;
  if (value && typeof value === 'object') return `{${kept(value).map(([key, part]) => `${key} = ${toml(part)}`).join(', ')}}`;
  return JSON.stringify(value);
}
const kept = (value) => Object.entries(value).filter(([, part]) => part !== '' && part !== undefined && !(Array.isArray(part) && part.length === 0));
const lines = (value) => kept(value).map(([key, part]) => `${key} = ${toml(part)}\n`).join('');

/** Markdown's own signs in a text. */
const escaped = (text) => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/^(\d+)([.)])/gm, '$1\\$2').replace(/^([-+])/gm, '\\$1');
const paragraphs = (text) => text.trim().split(/\n+/).map((line) => escaped(line.trim())).join('\n\n');

/** What the two tools call the same thing. */
const DIALECTS = {
  hugo: { params: 'params', section: {}, layout: (name) => ({ layout: name }) },
  zola: { params: 'extra', section: { sort_by: 'weight' }, layout: (name) => ({ template: `${name}.html` }) },
};

class Writer {
  constructor(folder, dialect, m) {
    Object.assign(this, { folder, dialect: DIALECTS[dialect], hugo: dialect === 'hugo', m });
    this.made = new Set();
  }

  /** Writes one page: the second language stands beside the first, as `name.mn.md`. */
  page(path, language, { head = {}, params = {}, body = '' }) {
    const { dialect } = this;
    const file = join(this.folder, 'content', language.source ? `${path}.md` : `${path}.${language.code}.md`);
    const parent = dirname(file);
    if (!this.made.has(parent)) this.made.add(mkdirSync(parent, { recursive: true }) ?? parent).add(parent);
    writeFileSync(file, `+++\n${lines(head)}[${dialect.params}]\n${lines(params)}+++\n${body}`);
  }
}

/** Writes all of the content; how many items there are. */
export function writeContent(folder, dialect, m, count) {
  const writer = new Writer(folder, dialect, m);
  const refs = inOrder(m, count);
  for (const language of m.languages) {
    lists(writer, language, refs);
    policy(writer, language);
  }
  for (const entry of corpus(count, m.content).items()) {
    for (const language of m.languages) item(writer, language, entry, refs);
  }
  return refs.all.length;
}

/** What other pages say of each item, in the order of the catalogue: by domain, then by number. */
function inOrder(m, count) {
  const order = new Map(m.groups.domains.map((domain, at) => [domain.id, at]));
  const all = [...corpus(count, m.content).items()].map(({ path, slug, item, translations }) => ({
    slug, domain: path.split('/')[0], number: item.number, groups: groups(item),
    name: m.each(({ tag }) => translations[tag]?.text.name ?? item.text.name),
    card: m.each(({ code, tag }) => ({ brief: brief(translations[tag]?.text ?? item.text), figures: figures(amounts(m, item, code)) })),
  }));
  all.sort((a, b) => order.get(a.domain) - order.get(b.domain) || a.number - b.number);
  const bySlug = new Map(all.map((ref, at) => [ref.slug, { ...ref, at }]));
  const start = {};
  all.forEach(({ domain }, at) => { start[domain] ??= at; });
  const domains = {};
  all.forEach((ref) => (domains[ref.domain] ??= []).push(ref));
  const members = Object.fromEntries(KINDS.map((kind) => [kind, {}]));
  for (const ref of all) for (const kind of KINDS) for (const id of ref.groups[kind]) (members[kind][id] ??= []).push(ref);
  return { all, bySlug, start, domains, members };
}

/** What lists show of an item: who can apply, cut short, and its figures, each once. */
const brief = (text) => cut(text.audience.replace(/\s+/g, ' '), 46);
const figures = (all) => [...new Set(all.map(({ value }) => value))];

const reference = (ref, code, more = {}) => ({ path: `items/${ref.domain}/${ref.slug}`, number: ref.number, name: ref.name[code], ...more });

/** Home, the list of all items, domains with what is true of all their items, and names of the groups. */
function lists(writer, language, refs) {
  const { m } = writer, { code } = language;
  const layout = (name) => writer.dialect.layout(name);
  const key = m.indicators.filter((entry) => entry.key);
  writer.page('_index', language, {
    head: { title: m.site.title[code], description: m.site.description[code] },
    params: { name: m.site.name[code], count: refs.all.length, domains: m.groups.domains.map((domain) => ({ path: `items/${domain.id}`, name: domain.name[code], count: refs.domains[domain.id].length })), indicators: indicatorTable(m, key, code), ...(writer.hugo ? {} : counted(m, refs, code)) },
  });
  writer.page('items/_index', language, { head: { title: m.strings[code].items_title, ...layout('all') }, params: { count: refs.all.length, ...(writer.hugo ? {} : { sections: sections(m, refs.all, code, true) }) } });
  m.groups.domains.forEach((domain, at) => {
    const tasks = m.areas.filter((area) => area.domain === domain.id).flatMap((area) => area.tasks);
    writer.page(`items/${domain.id}/_index`, language, {
      head: { title: domain.name[code], weight: at + 1, ...(writer.hugo ? {} : { template: 'domain.html', page_template: 'item.html', ...writer.dialect.section }) },
      params: {
        summary: domain.summary?.[code], count: refs.domains[domain.id].length,
        tasks: tasks.map((task) => ({ number: task.number, name: task.title[code] })),
        indicators: indicatorTable(m, m.indicators.filter((entry) => entry.domain === domain.id), code),
      },
    });
  });
  for (const kind of KINDS) {
    m.groups[kind].forEach((group, at) => {
      const rows = kind === 'departments' ? m.division.filter((row) => (row.departments ?? []).includes(group.id)) : [];
      const tasks = rows.map((row) => ({ number: row.number, name: row.task[code] }));
      const head = { title: group.name[code], weight: at + 1 }, params = { summary: group.summary?.[code], tasks };
      if (writer.hugo) writer.page(`${kind}/${group.id}/_index`, language, { head, params });
      else writer.page(`${kind}/${group.id}`, language, { head, params: { ...params, ...members(m, refs, kind, group, code) } });
    });
    if (!writer.hugo) writer.page(`${kind}/_index`, language, { head: { title: kind, render: false, page_template: 'group.html', ...writer.dialect.section } });
  }
}

/** The lists of items that share something. Hugo makes them from its taxonomies; Zola's take longer than lists that are written. */
const KINDS = ['departments', 'audiences', 'life_events'];

/** Items below the domains that they belong to, for a tool that is handed its lists; `wide` ones name the departments as well. */
function sections(m, refs, code, wide) {
  const card = (ref) => reference(ref, code, { ...ref.card[code], ...(wide ? { departments: ref.groups.departments } : {}) });
  return m.groups.domains.map((domain) => {
    const cards = refs.filter((ref) => ref.domain === domain.id).map(card);
    return { path: `items/${domain.id}`, name: domain.name[code], count: cards.length, cards };
  }).filter(({ count }) => count);
}

/** A group's items and its neighbours. */
function members(m, refs, kind, group, code) {
  const of = refs.members[kind][group.id] ?? [];
  return {
    kind: { departments: 'department', audiences: 'audience', life_events: 'life-event' }[kind],
    count: of.length,
    sections: sections(m, of, code, false),
    others: m.groups[kind].filter((other) => other !== group).map((other) => link(kind, other, code)),
  };
}

/** The groups of each kind with the number of their items, for the home page. */
const counted = (m, refs, code) => Object.fromEntries(KINDS.map((kind) => [kind, m.groups[kind].map((group) => ({ ...link(kind, group, code), count: (refs.members[kind][group.id] ?? []).length }))]));

const link = (kind, group, code) => ({ path: `${kind}/${group.id}`, name: group.name[code] });

/** An item's page. Its cells are the body; what other places show of it stands in the front matter. */
function item(writer, language, entry, refs) {
  const { m } = writer, { code, source, tag } = language, { item: original, translations, slug } = entry;
  const text = source ? original.text : (translations[tag]?.text ?? original.text);
  const ref = refs.bySlug.get(slug), first = refs.start[ref.domain], last = first + refs.domains[ref.domain].length;
  const around = refs.all.slice(Math.max(first, ref.at - AROUND), Math.min(last, ref.at + AROUND + 1));
  const all = amounts(m, original, code);
  const named = m.areas.flatMap((area) => area.tasks).filter((task) => (task.items ?? []).includes(slug));
  writer.page(`items/${ref.domain}/${slug}`, language, {
    head: { title: text.name, description: cut(`${text.audience} ${text.standard}`.replace(/\s+/g, ' '), 110), weight: ref.at + 1, ...(writer.hugo ? groups(original) : {}) },
    params: {
      ...(writer.hugo ? {} : { ...groups(original), ...beyond(refs, ref.at, first, last, code) }),
      number: original.number, domain: ref.domain, order: ref.at + 1, brief: brief(text), source_name: source ? '' : original.text.name,
      amounts: all, figures: figures(all),
      related: (original.related ?? []).map((other) => reference(refs.bySlug.get(other), code)),
      around: around.map((other) => reference(other, code, other.slug === slug ? { current: true } : {})),
      tasks: named.map((task) => ({ number: task.number, name: task.title[code] })),
      notes: notes(m, entry, language),
    },
    body: m.fields.filter((field) => text[field.id]).map((field) => cell(m, field, code, text[field.id], source ? '' : original.text[field.id])).join(''),
  });
}

const groups = (item) => ({ departments: item.departments ?? [], audiences: item.audiences ?? [], life_events: item.life_events ?? [] });

/** The item before the first of a domain and after the last: Zola knows neighbours within a section alone. */
const beyond = ({ all }, at, first, last, code) => ({
  prev: at === first && at > 0 ? reference(all[at - 1], code) : undefined,
  next: at === last - 1 && last < all.length ? reference(all[last], code) : undefined,
});

/** A cell in Markdown: the question, the column's name, the text, and beside a translation its source. */
function cell(m, field, code, text, source) {
  const beside = source ? `\n> **${m.strings[code].source_text}**\n>\n> ${paragraphs(source).replace(/\n/g, '\n> ')}\n` : '';
  return `\n## ${escaped(field.question[code])}\n\n*${escaped(field.label[code])}*\n\n${paragraphs(text)}\n${beside}`;
}

/** The texts and tables around the list; no tool's syntax beyond Markdown's. */
function policy(writer, language) {
  const { m } = writer, { code, tag, source } = language, t = m.strings[code];
  const body = (name) => {
    const read = (path) => readFileSync(join(m.content, path), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '').trim();
    const own = source ? '' : read(`i18n/${tag}/policy/${name}.md`);
    return (own || read(`policy/${name}.md`)).replace(/ *\{#[^}]*\}/g, '').replace(/^\{[^}]*\}$/gm, '');
  };
  const table = (heads, rows) => `| ${heads.join(' | ')} |\n|${heads.map(() => '---|').join('')}\n${rows.map((row) => `| ${row.map((text) => escaped(String(text))).join(' | ')} |\n`).join('')}`;
  const page = (name, title, text) => writer.page(`policy/${name}`, language, { head: { title }, body: `\n${text}\n` });
  page('notice', m.document[code].title, body('notice'));
  page('interpretation', t.interpretation_title, body('interpretation'));
  page('tasks', t.tasks_title, m.areas.map((area) => `## ${area.label[code]}${area.name[code]}\n\n${area.tasks.map((task) => `${task.number}. ${escaped(task.title[code])}\n`).join('')}`).join('\n'));
  page('division', t.division_title, table([t.number, t.task, t.responsible, t.division_tasks], m.division.map((row) => [row.number, row.task[code], row.responsible[code], (row.tasks ?? []).join(t.list_separator)])));
  const all = indicatorTable(m, m.indicators, code);
  page('indicators', t.indicators_title, table([t.indicator, ...all.years], all.rows.map((row) => [`${row.name} ${row.unit}`, ...row.cells])));
  if (!writer.hugo) writer.page('policy/_index', language, { head: { title: t.policy_title, render: false, page_template: 'policy.html' } });
  writer.page('about', language, { head: { title: t.about_title, ...(writer.hugo ? {} : { template: 'policy.html' }) }, body: `\n${t.about_lead}\n` });
}
