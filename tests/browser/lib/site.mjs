// The folders under test: which pages they hold and of which kind.
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join, resolve, basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { kindOf } from './markup.mjs';
import { parseHtml, byTag } from './dom.mjs';

/** The repository that these tests stand in. */
export const REPOSITORY = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

function walk(folder, under = '') {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = under ? `${under}/${entry.name}` : entry.name;
    return entry.isDirectory() ? walk(folder, path) : [path];
  });
}

class Page {
  constructor(folder, path) {
    this.path = path;
    this.file = join(folder, path);
    this.folder = path.includes('/') ? path.split('/')[0] : '';
    this.html = readFileSync(this.file, 'utf8');
    this.kind = this.isRedirect ? 'redirect' : kindOf(path);
  }
  get elements() {
    return (this.parsed ??= parseHtml(this.html));
  }
  /** A page that only leads elsewhere: a former address. */
  get isRedirect() {
    return /http-equiv="?refresh/i.test(this.html) && byTag(this.elements, 'meta').some((m) => m.attrs['http-equiv']?.toLowerCase() === 'refresh');
  }
  get ids() {
    return (this.idSet ??= new Set(this.elements.flatMap((e) => [e.attrs.id, e.tag === 'a' ? e.attrs.name : undefined]).filter((id) => id)));
  }
  get fileUrl() {
    return pathToFileURL(this.file).href;
  }
}

class Site {
  constructor(folder, main) {
    this.folder = resolve(folder);
    this.name = basename(this.folder);
    this.main = main;
    if (!existsSync(this.folder)) throw new Error(`There is no folder ${this.folder}: build the site first, or correct QINGDAN_SITES.`);
    this.files = new Set(walk(this.folder));
    this.pages = [...this.files].filter((f) => f.endsWith('.html')).sort().map((f) => new Page(this.folder, f));
    this.byPath = new Map(this.pages.map((p) => [p.path, p]));
    if (!this.byPath.has('index.html') || this.pages.length < 5) {
      throw new Error(`${this.folder} holds ${this.pages.length} pages${this.byPath.has('index.html') ? '' : ' and no index.html'}: this is no built site. An empty site must never pass.`);
    }
  }

  /** Where a host would serve this site: the sub-path that 404.html was built for, or /list/ where it was built for a root. */
  get prefix() {
    return '/list/';
  }
  /** 404.html alone has absolute links; it is only right below the path it was built for. */
  get notFoundPrefix() {
    const page = this.byPath.get('404.html');
    const sheet = page && byTag(page.elements, 'link').find((l) => l.attrs.rel === 'stylesheet')?.attrs.href;
    if (!sheet) return this.prefix;
    // The part before `assets/` is the base path.
    const path = sheet.replace(/^[a-z]+:\/\/[^/]+/i, '');
    const at = path.indexOf('/assets/');
    return at < 0 ? '/' : path.slice(0, at + 1);
  }

  /** The pages of these paths; each must be there. */
  named(paths) {
    return paths.map((path) => this.byPath.get(path) ?? (() => { throw new Error(`${this.folder} has no ${path}`); })());
  }

  ofKind(kind) {
    return this.pages.filter((p) => p.kind === kind);
  }

  /** One page of every kind for each language: the largest, where layout is most strained; of items the median and the smallest too. */
  sample() {
    const groups = new Map();
    for (const page of this.pages) {
      if (page.kind === 'redirect') continue;
      const key = `${page.folder} ${page.kind}`;
      groups.set(key, [...(groups.get(key) ?? []), page]);
    }
    return [...groups.values()].flatMap((pages) => {
      const bySize = pages.sort((a, b) => b.html.length - a.html.length || (a.path < b.path ? -1 : 1));
      if (pages[0].kind !== 'item') return [bySize[0]];
      return [...new Set([bySize[0], bySize[Math.floor(bySize.length / 2)], bySize.at(-1)])];
    });
  }
  /** As `sample`, but of items only the largest. */
  brief() {
    const seen = new Set();
    return this.sample().filter((p) => !seen.has(`${p.folder} ${p.kind}`) && seen.add(`${p.folder} ${p.kind}`));
  }
  /** The homes of the languages, in the order in which index.html offers them: the source language first. */
  homes() {
    const offered = byTag(this.byPath.get('index.html').elements, 'a').map((a) => a.attrs.href);
    const place = (page) => (offered.indexOf(page.path) + 1 || Infinity);
    return this.ofKind('home').sort((a, b) => place(a) - place(b));
  }
}

export const openSite = (folder, main = true) => new Site(folder, main);

/** The sites named by QINGDAN_SITES (folders, separated by colons; the first is the repository's own), else public/. */
export function sites() {
  const named = (process.env.QINGDAN_SITES ?? '').split(':').filter(Boolean);
  const folders = named.length ? named : [join(REPOSITORY, 'public')];
  return folders.map((folder, n) => openSite(folder, n === 0));
}

/** Sites built with a base URL (QINGDAN_BASED_SITES): what that changes is tested, not all over again. */
export const basedSites = () => (process.env.QINGDAN_BASED_SITES ?? '').split(':').filter(Boolean).map((folder, n) => openSite(folder, n === 0));
