// Pages open in silence: no message, no failed or foreign request, over http and file://, with and without script.

/** Opens a page and notes all that it says and asks for. */
export async function listen(context, url, allowed) {
  const faults = [];
  const page = await context.newPage();
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && faults.push(`console ${m.type()}: ${m.text()}`));
  page.on('pageerror', (e) => faults.push(`uncaught: ${e.message}`));
  page.on('requestfailed', (r) => {
    // A search box that gets the focus fetches its index; who goes on to another page at once gives that up.
    const givenUp = r.failure()?.errorText === 'net::ERR_ABORTED' && /\/search\/|\/assets\/(search|finder|results|sounds)-/.test(r.url());
    if (!givenUp) faults.push(`failed request: ${r.url()} (${r.failure()?.errorText})`);
  });
  page.on('request', (r) => !r.url().startsWith(allowed) && !r.url().startsWith('data:') && faults.push(`a request to ${r.url()}, which is outside the site`));
  page.on('response', (r) => r.status() >= 400 && faults.push(`${r.url()} answers ${r.status()}`));
  page.on('dialog', (d) => { faults.push(`a dialog: ${d.message()}`); d.dismiss().catch(() => {}); });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(50);
  return { page, faults };
}

/** What a page must show whatever fails: its heading and its text, in the fonts and colours of its style sheet. */
async function shows(page) {
  // A language with its own font is shown when that is there.
  await page.locator('html[data-wait]').waitFor({ state: 'detached', timeout: 3000 });
  return page.evaluate(() => {
    const faults = [];
    const seen = (e) => e && e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getBoundingClientRect().width > 0;
    const h1 = document.querySelector('h1');
    if (!seen(h1) || !h1.innerText.trim()) faults.push('the <h1> is not shown');
    const main = document.querySelector('main');
    if (!seen(main) || main.innerText.trim().length < 20) faults.push('<main> shows less than 20 characters');
    const rules = [...document.styleSheets].reduce((n, s) => { try { return n + s.cssRules.length; } catch { return n + 1; } }, 0);
    if (rules === 0) faults.push('no style sheet has come into force');
    return faults;
  });
}

export async function overHttp(stage, page) {
  const context = await stage.shared();
  const host = stage.hostOf(page);
  const strays = host.strays.length;
  const opened = await listen(context, stage.url(page), host.base);
  try {
    return [...opened.faults, ...(await shows(opened.page)), ...host.strays.slice(strays).map((s) => `asked for ${s}, outside the sub-path`)].map((f) => `${page.path}: ${f}`);
  } finally {
    await opened.page.close();
  }
}

export async function fromFile(stage, page) {
  if (page.kind === '404') return []; // Shown by hosts only: its links are absolute on purpose.
  const context = await stage.shared();
  const opened = await listen(context, page.fileUrl, new URL('.', stage.site.byPath.get('index.html').fileUrl).href);
  try {
    return [...opened.faults, ...(await shows(opened.page))].map((f) => `${page.path} (file://): ${f}`);
  } finally {
    await opened.page.close();
  }
}

export async function withoutScript(stage, page) {
  const context = await stage.shared({ javaScriptEnabled: false });
  const opened = await listen(context, stage.url(page), stage.hostOf(page).base);
  try {
    const faults = [...opened.faults, ...(await shows(opened.page))];
    // What works only with script must not be offered without it.
    const dead = await opened.page.evaluate(() => [...document.querySelectorAll('button')].filter((b) => b.checkVisibility() && !b.closest('form') && b.getBoundingClientRect().width > 1).map((b) => b.innerText.trim() || b.ariaLabel || b.outerHTML));
    faults.push(...dead.map((b) => `the button "${b}" is shown though nothing can answer it`));
    return faults.map((f) => `${page.path} (no script): ${f}`);
  } finally {
    await opened.page.close();
  }
}

/** A host answers an unknown address, however deep, with 404.html; it must look right there. */
export async function unknownAddress(stage) {
  const context = await stage.shared();
  const page = await context.newPage();
  try {
    const faults = [];
    page.on('requestfailed', (r) => faults.push(`failed request: ${r.url()}`));
    page.on('response', (r) => r.status() >= 400 && r.request().resourceType() !== 'document' && faults.push(`${r.url()} answers ${r.status()}`));
    const answer = await page.goto(`${stage.rootServer.base}zh/items/deeper/there-is-none.html`);
    if (answer.status() !== 404) faults.push(`answers ${answer.status()}`);
    faults.push(...(await shows(page)));
    return faults.map((f) => `an unknown address: ${f}`);
  } finally {
    await page.close();
  }
}
