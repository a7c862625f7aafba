// What a catalogue says, in words of each language, for sites that are made by other tools.
// Lives here: the lists around the items, and an item as its page shows it. Never here: any tool's files.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from '../corpus/generate.mjs';

const read = (path) => parse(readFileSync(path, 'utf8'));

/** The theme's strings that the peers' templates use. */
const STRINGS = `home skip main_navigation footer_navigation breadcrumbs languages notices more list_separator per_separator n_items
number number_label number_range nav_items nav_domains nav_audiences nav_policy nav_indicators nav_about settings setting_size setting_size_standard
setting_size_large setting_size_xlarge setting_contrast setting_contrast_standard setting_contrast_high setting_theme
setting_theme_standard setting_theme_light setting_theme_dark unofficial_short unofficial_more unofficial_title translation_machine
translation_source source_text notes notes_aside source of_item of_domain related previous next whole_domain for_audiences
for_life_events print_page note_restored note_suspected-error note_note items_title items_lead domains_title audiences_title
life_events_title departments_title policy_title domain_count department_count audience_count life-event_count domain_tasks
department_tasks domain_others department_others audience_others life-event_others notice_title interpretation_title tasks_title tasks_lead division_title
division_lead responsible division_tasks task indicators_title indicators_lead indicator about_title about_lead
document_number document_issuer document_written validity search search_label search_placeholder not_found_title not_found_lead`.trim().split(/\s+/);

/** A text with `{name}` filled in. */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** Cut to so many characters, as lists show it. */
const cut = (text, limit) => ([...text].length > limit ? `${[...text].slice(0, limit).join('')}…` : text);

const date = (text, t) => { const [y, m, d] = text.split('-').map(Number); return fill(t.date_format, { y, m, d }); };

/** The lists of a content folder: `languages`, `strings`, `site`, `groups`, and what a domain's pages say of tasks and indicators. */
export function model(content) {
  const at = (path) => read(join(content, path));
  const site = at('site.yaml'), catalogue = at('catalogue.yaml'), document = at('policy/document.yaml');
  const languages = site.languages.map(({ tag, path, name }, n) => ({ tag, code: path, name, source: n === 0 }));
  const translation = (tag, path) => (existsSync(join(content, 'i18n', tag, path)) ? at(`i18n/${tag}/${path}`) : {});
  const locale = Object.fromEntries(languages.map(({ tag, code }) => [code, read(join(REPOSITORY, `templates/locales/${tag}.yaml`))]));
  const each = (of) => Object.fromEntries(languages.map((language) => [language.code, of(language)]));
  const localized = (text) => each(({ tag }) => text?.[tag] ?? text?.[languages[0].tag] ?? text ?? '');
  /** A list's entries with their texts by language. */
  const list = (path, fields) => {
    const translated = each(({ tag, source }) => (source ? {} : translation(tag, path)));
    return at(path).map((entry) => ({
      ...entry,
      ...Object.fromEntries(fields.map((field) => [field, each(({ code }) => translated[code][entry.id ?? entry.number]?.text?.[field] ?? entry[field] ?? '')])),
    }));
  };
  const documents = each(({ tag, source }) => ({ ...document, ...(source ? {} : translation(tag, 'policy/document.yaml').text) }));
  const m = { languages, each, locale, content };
  m.strings = each(({ code }) => strings(locale[code], { site, document, source: locale[languages[0].code] }));
  m.site = { title: localized(site.title), short: localized(site.short_title), unofficial: localized(site.unofficial), name: localized(catalogue.name), description: localized(site.description) };
  m.document = each(({ code }) => ({ title: documents[code].title, number: document.document_number, annex: documents[code].annex, issuer: documents[code].issuer, written: date(document.written, locale[code]) }));
  m.fields = catalogue.fields.filter((field) => field.role !== 'title').map((field) => ({ id: field.id, role: field.role, label: localized(field.label), question: localized(field.question) }));
  m.labels = Object.fromEntries(catalogue.fields.map((field) => [field.id, localized(field.label)]));
  m.column = { label: localized(catalogue.departments.label), question: localized(catalogue.departments.question) };
  m.groups = { domains: list('domains.yaml', ['name', 'summary']), departments: list('departments.yaml', ['name', 'summary']), audiences: list('audiences.yaml', ['name', 'summary']), life_events: list('life-events.yaml', ['name', 'summary']) };
  m.words = Object.fromEntries(['who', 'unit', 'per'].map((kind) => [kind, Object.fromEntries(Object.entries(catalogue.amounts[kind]).map(([id, text]) => [id, localized(text)]))]));
  m.areas = areas(list('policy/tasks.yaml', ['name', 'label']), each, (tag) => translation(tag, 'policy/tasks.yaml'));
  m.division = list('policy/division.yaml', ['task', 'responsible']);
  m.indicators = list('policy/indicators.yaml', ['name', 'unit']).map((entry) => ({ ...entry, cells: each(({ code }) => cells(entry, locale[code])) }));
  return m;
}

/** The areas of tasks, each task with its title by language. */
function areas(list, each, translation) {
  const titles = each(({ tag, source }) => (source ? {} : translation(tag)));
  return list.map((area) => ({ ...area, tasks: area.tasks.map((task) => ({ ...task, title: each(({ code }) => titles[code][task.number]?.text?.title ?? task.title) })) }));
}

/** A language's strings; those that are the same on every page, with their words filled in. */
function strings(locale, { site, document, source }) {
  const some = Object.fromEntries(STRINGS.map((key) => [key, locale[key] ?? '']));
  return {
    ...some,
    validity_stamp: fill(locale.validity_stamp, { word: locale[`validity_${document.validity}`] }),
    validity_word: locale[`validity_${document.validity}`],
    validity_text: locale[`validity_text_${document.validity}`],
    updated: fill(locale.updated, { date: date(site.updated, locale) }),
    language_zh: locale['language_zh-Hans'] ?? site.languages[0].name,
    language_mn: locale['language_mn-Mong'] ?? site.languages[1].name,
    translation_of_source: source.translation_machine,
  };
}

/** An indicator's figures by year, in words. */
function cells(indicator, t) {
  return Object.fromEntries(indicator.points.map((point) => {
    if (point.value === undefined) return [point.year, t.figure_missing];
    const kind = { annual: t.annual_label, cumulative: point.since ? fill(t.total_label, { since: point.since, year: point.year }) : fill(t.year_label, { n: point.year }) }[point.kind];
    return [point.year, kind ? `${point.value} ${kind}` : point.value];
  }));
}

/** Amounts in words: for whom, the figure with its unit, per what. */
export function amounts(m, item, code) {
  return (item.amounts ?? []).map((amount) => ({
    who: m.words.who[amount.who]?.[code] ?? '',
    value: fill(m.locale[code].amount, { value: amount.value, unit: m.words.unit[amount.unit]?.[code] ?? '' }),
    per: (amount.per ?? []).map((id) => m.words.per[id][code]).join(m.locale[code].per_separator),
  }));
}

/** The tables of a domain in a language: its indicators, the years as columns. */
export function indicatorTable(m, indicators, code) {
  const years = [...new Set(indicators.flatMap((entry) => entry.points.map((point) => point.year)))].sort();
  return {
    years: years.map((year) => fill(m.locale[code].year_label, { n: year })),
    rows: indicators.map((entry) => ({ name: entry.name[code], unit: entry.unit[code], cells: years.map((year) => entry.cells[code][year] ?? m.locale[code].figure_none) })),
  };
}

/** Notes of an item in words. */
export function notes(m, { item, translations }, language) {
  const entry = language.source ? undefined : translations[language.tag];
  return (item.editorial ?? []).map((note, n) => ({
    kind: m.locale[language.code][`note_${note.kind}`],
    about: m.labels[note.field]?.[language.code] ?? '',
    restored: note.text ? fill(m.locale[language.code].note_restored_text, { text: note.text }) : '',
    note: entry?.editorial?.[n + 1] ?? note.note,
    confidence: note.confidence ? fill(m.locale[language.code].note_confidence, { value: note.confidence }) : '',
    source: entry?.editorial?.[n + 1] ? note.note : '',
  }));
}

export { cut, fill };
