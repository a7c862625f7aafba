// Debian's Chromium, driven by playwright-core. A missing browser is a failure, never a skip.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

// The headless shell is the same engine without the windows: several times cheaper where Debian has it.
const CANDIDATES = process.env.QINGDAN_CHROMIUM ? [process.env.QINGDAN_CHROMIUM] : ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

export async function launch() {
  const executablePath = CANDIDATES.find((path) => existsSync(path));
  if (!executablePath) {
    throw new Error(`Chromium is missing (${CANDIDATES.join(', ')}): install it (on Debian: apt-get install chromium), or name another by QINGDAN_CHROMIUM.`);
  }
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A browser and a host for each site, opened before the tests of a file and closed after them. */
export class Stage {
  constructor(site) {
    this.site = site;
  }
  async open(browser) {
    this.browser = browser ?? (await launch());
    this.owned = !browser;
    this.server = await serve(this.site.folder, this.site.prefix);
    this.rootServer = await serve(this.site.folder, this.site.notFoundPrefix);
    return this;
  }
  async close() {
    await this.server?.close();
    await this.rootServer?.close();
    for (const context of this.contexts?.values() ?? []) await context.close();
    if (this.owned) await this.browser?.close();
  }
  /** The host that shows this page rightly: 404.html has absolute links. */
  hostOf(page) {
    return page.kind === '404' ? this.rootServer : this.server;
  }
  url(page) {
    return this.hostOf(page).base + page.path.split('/').map(encodeURIComponent).join('/');
  }
  async context(options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce', ...options });
    // Generous: a slow machine is no fault of a page.
    context.setDefaultTimeout(60000);
    context.setDefaultNavigationTimeout(60000);
    return context;
  }
  /** A context that tests share which change nothing in it; opening one anew costs more than most tests. */
  async shared(options = {}) {
    const key = JSON.stringify(options);
    this.contexts ??= new Map();
    if (!this.contexts.has(key)) this.contexts.set(key, await this.context(options));
    return this.contexts.get(key);
  }
}
