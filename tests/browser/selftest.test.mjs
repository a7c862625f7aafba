// The suites themselves are tested: a good site has no fault, and each way of spoiling it is found by the suite that should.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeSite } from './selftest/fake-site.mjs';
import { openSite } from './lib/site.mjs';
import { launch, Stage } from './lib/browser.mjs';
import { expectNone } from './lib/report.mjs';
import { MODES } from './lib/markup.mjs';
import * as complete from './suites/complete.mjs';
import * as links from './suites/links.mjs';
import { html } from './suites/html.mjs';
import { weight } from './suites/weight.mjs';
import * as quiet from './suites/console.mjs';
import { axe, modeContext } from './suites/axe.mjs';
import * as layouts from './suites/layout.mjs';
import * as keyboard from './suites/keyboard.mjs';
import { print } from './suites/print.mjs';
import * as policy from './suites/policy.mjs';
import { zoomed } from './suites/zoom.mjs';

const FORBIDDEN = ['禁止的词'];
const ITEM = 'zh/items/boarding.html';
const HOME = 'zh/index.html';
const folder = mkdtempSync(join(tmpdir(), 'qingdan-selftest-'));
let browser;
let count = 0;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); rmSync(folder, { recursive: true, force: true }); });

/** Spoils one file of the good site by replacing a text, which must be there. */
const edit = (path, from, to) => (files) => {
  const text = files.get(path);
  assert.ok(text?.includes(from), `the good site's ${path} has no ${from}`);
  files.set(path, text.replace(from, () => to));
};
const inMain = (path, more) => edit(path, '</main>', `${more}</main>`);
const css = (more) => (files) => files.set('assets/a.css', files.get('assets/a.css') + more);
const make = (change, base = false) => openSite(fakeSite(join(folder, `site-${(count += 1)}`), { base, change }));

async function staged(site, use) {
  const stage = await new Stage(site).open(browser);
  try { return await use(stage); } finally { await stage.close(); }
}
const onPage = (suite, path = ITEM) => (site) => staged(site, (stage) => suite(stage, site.byPath.get(path)));
const fits = (size, mode) => (site) => staged(site, async (stage) => {
  const context = mode ? (await layouts.xlargeContext(stage)).context : await stage.context();
  return layouts.layout(stage, context, site.byPath.get(ITEM), size);
});
const phone = fits(layouts.WIDTHS[0]);
const inMode = (mode, path = ITEM) => (site) => staged(site, async (stage) => {
  const { context, faults } = await modeContext(stage, mode);
  return [...faults, ...(await axe(stage, context, mode, site.byPath.get(path)))];
});
const fold = (site) => staged(site, async (stage) => layouts.fold(stage, await stage.context(), site.byPath.get(ITEM)));
const words = (site) => complete.words(site, FORBIDDEN);
const allHtml = (site) => site.pages.flatMap((p) => html(p));
/** One attack on a page whose policy was changed. */
const attacked = (attack) => (site) => staged(site, async (stage) => {
  const other = await policy.stranger();
  const context = await policy.watched(await stage.context());
  const page = site.byPath.get(ITEM);
  try { return await policy.refuses(context, { host: stage.server, path: page.path, html: page.html }, other, [attack]); } finally { await other.close(); }
});
const weak = (site) => site.pages.flatMap((page) => policy.weaknesses(page.html, page.path));
const enlarged = (site) => staged(site, async (stage) => zoomed(await stage.context({ bypassCSP: true }), stage.url(site.byPath.get(ITEM)), ITEM));
const onPaper = onPage((stage, page) => print(stage, page, { pdf: true, validity: true }));

describe('the good site has no fault', () => {
  for (const base of [false, true]) {
    test(`files, ${base ? 'with' : 'without'} a base URL`, () => {
      const site = make(() => {}, base);
      for (const suite of [complete.kinds, complete.files, words, links.links, links.reachable, links.document, allHtml, weight]) expectNone(suite(site));
      expectNone(links.alternates(site, { required: base }));
    });
  }
  test('in the browser', async () => {
    await staged(make(() => {}, true), async (stage) => {
      for (const page of stage.site.brief().filter((p) => ['root', '404', 'home', 'item', 'search', 'indicators'].includes(p.kind) && p.folder !== 'en')) {
        for (const suite of [quiet.overHttp, quiet.fromFile, quiet.withoutScript, keyboard.tabThrough, keyboard.skipLink]) expectNone(await suite(stage, page));
        expectNone(await print(stage, page, { pdf: page.kind === 'item', validity: true }));
      }
      expectNone(await quiet.unknownAddress(stage));
      expectNone(weak(stage.site));
      expectNone(await zoomed(await stage.context({ bypassCSP: true }), stage.url(stage.site.byPath.get(ITEM)), ITEM));
      expectNone(await keyboard.settings(stage));
      expectNone(await keyboard.settings(stage, { file: true }));
      expectNone(await keyboard.spoiltStore(stage));
    });
  });
  for (const mode of Object.keys(MODES)) test(`axe, ${mode}`, async () => expectNone(await inMode(mode)(make())));
  test('layout', async () => {
    for (const size of layouts.WIDTHS) for (const mode of [false, true]) expectNone(await fits(size, mode)(make()));
    expectNone(await staged(make(), async (stage) => layouts.everywhere(stage, { '': await stage.context() }, stage.site.byPath.get(HOME))));
    expectNone(await fold(make()));
  });
});

describe('an empty or missing site is refused', () => {
  test('missing', () => assert.throws(() => openSite(join(folder, 'nowhere')), /There is no folder/));
  test('empty', () => { mkdirSync(join(folder, 'empty')); assert.throws(() => openSite(join(folder, 'empty')), /no built site/); });
});

describe('a missing browser is named', () => {
  test('the sentence', async () => {
    const { execFileSync } = await import('node:child_process');
    assert.throws(
      () => execFileSync(process.execPath, ['-e', "import('./lib/browser.mjs').then((m) => m.launch())"], { cwd: import.meta.dirname, env: { ...process.env, QINGDAN_CHROMIUM: '/nowhere/chromium' }, stdio: 'pipe' }),
      (error) => /Chromium is missing .*apt-get install chromium/.test(String(error.stderr)),
    );
  });
});

/** name, how the site is spoilt, the suite, what it must say. */
const SPOILT = [
  ['a kind is missing', (f) => ['zh', 'en'].forEach((l) => f.delete(`${l}/policy/division.html`)), complete.kinds, /'division'/],
  ['a data file is missing', (f) => f.delete('data/items.csv'), complete.files, /items\.csv is missing/],
  ['data is no JSON', edit('data/catalogue.json', '{}', '{'), complete.files, /no JSON/],
  ['an item of the data has no page', (f) => f.delete('en/items/school.html'), complete.files, /en\/items\/school\.html is missing/],
  ['a page of no known kind', (f) => f.set('zh/odd/x.html', f.get(ITEM)), complete.files, /no known kind/],
  ['a forbidden word', inMain(ITEM, '<p>禁止的词</p>'), words, /forbidden/],
  ['an unrendered template', inMain(ITEM, '<p>{{ item.name }}</p>'), words, /unrendered/],
  ['a dead link', inMain(ITEM, '<p><a href="none.html">x</a></p>'), links.links, /none\.html, which is not in the output/],
  ['a dead anchor', inMain(ITEM, '<p><a href="../policy/notice.html#none">x</a></p>'), links.links, /no id "none"/],
  ['a dead own anchor', inMain(ITEM, '<p><a href="#none">x</a></p>'), links.links, /no id "none"/],
  ['a link to a folder', inMain(ITEM, '<p><a href="../items/">x</a></p>'), links.links, /names a folder/],
  ['a link out of the output', inMain(ITEM, '<p><a href="../../../x.html">x</a></p>'), links.links, /leaves the output/],
  ['a root-absolute link', inMain(ITEM, '<p><a href="/zh/index.html">x</a></p>'), links.links, /root-absolute/],
  ['a relative link in 404.html', edit('404.html', '/zh/index.html', 'zh/index.html'), links.links, /must be absolute/],
  ['a javascript: link', inMain(ITEM, '<p><a href="javascript:void(0)">x</a></p>'), links.links, /scheme/],
  ['an image of another host', inMain(ITEM, '<img src="https://example.com/a.png" alt="x">'), links.links, /another host/],
  ['a style sheet of another host', edit(ITEM, '</head>', '<link rel="stylesheet" href="//example.com/a.css"></head>'), links.links, /another host/],
  ['a form to another host', inMain(ITEM, '<form action="https://example.com/"></form>'), links.links, /another host/],
  ['a dead srcset', inMain(ITEM, '<img src="../../assets/a.css" srcset="b.png 2x" alt="x">'), links.links, /b\.png/],
  ['an external <use>', inMain(ITEM, '<svg><use href="../../assets/a.css#x"/></svg>'), links.links, /external <use>/],
  ['a dead redirect', (f) => f.set('zh/items/old.html', '<!doctype html><meta http-equiv="refresh" content="0; url=gone.html">'), links.links, /gone\.html/],
  ['a dead url() in CSS', css('b{background:url(x.png)}'), links.links, /x\.png\) is not in the output/],
  ['an absolute url() in CSS', css('b{background:url(https://example.com/x.png)}'), links.links, /is not relative/],
  ['an orphan page', (f) => ['zh', 'en'].forEach((l) => f.set(`${l}/domains/lonely.html`, f.get(`${l}/domains/education.html`))), links.reachable, /lonely\.html: no chain/],
  ['a double id', inMain(ITEM, '<p id="main">x</p>'), links.document, /"main" stands 2 times/],
  ['an inline style', inMain(ITEM, '<p style="color:red">x</p>'), links.document, /inline style/],
  ['a style element', inMain(ITEM, '<style>p{color:red}</style>'), links.document, /inline <style>/],
  ['an inline script', inMain(ITEM, '<script>1</script>'), links.document, /inline <script>/],
  ['an inline handler', inMain(ITEM, '<p onclick="x()">x</p>'), links.document, /inline handler/],
  ['broken JSON-LD', edit(ITEM, '"@type":"WebPage"}', '"@type":}'), links.document, /JSON-LD is no JSON/],
  ['no CSP', edit(ITEM, 'Content-Security-Policy', 'x-nothing'), links.document, /0 CSP metas/],
  ['another CSP', edit(ITEM, "default-src 'none'", "default-src 'self'"), links.document, /not DESIGN/],
  ['a CSP too late', (f) => f.set(ITEM, f.get(ITEM).replace(/(<meta http-equiv[^>]*>)(.*?)<\/head>/s, '$2$1</head>')), links.document, /stands after/],
  ['no language', edit(ITEM, ' lang="zh-Hans"', ''), links.document, /no language tag/],
  ['another language', edit(ITEM, ' lang="zh-Hans"', ' lang="ja"'), links.document, /other pages of zh/],
  ['two h1', inMain(ITEM, '<h1>x</h1>'), links.document, /2 <h1>/],
  ['no h1', edit(ITEM, '<h1>寄宿生生活补助</h1>', ''), links.document, /0 <h1>/],
  ['a repeated title', edit(ITEM, '<title>寄宿生生活补助 · zh/items/boarding.html', '<title>免费义务教育 · zh/items/school.html'), links.document, /has the title/],
  ['zooming forbidden', edit(ITEM, 'initial-scale=1', 'initial-scale=1,user-scalable=no'), links.document, /viewport/],
  ['a label for nothing', inMain(ITEM, '<label for="none">x</label>'), links.document, /no such id/],
  ['no icon', edit(ITEM, 'rel="icon"', 'rel="nothing"'), links.document, /no <link rel="icon">/],
  ['a font preload', edit(ITEM, '</head>', '<link rel="preload" as="font" href="../../assets/a.css"></head>'), links.document, /font preload/],
  ['a canonical to nowhere', edit(ITEM, 'rel="canonical" href="https://example.org/list/zh/items/boarding.html"', 'rel="canonical" href="https://example.org/list/zh/items/gone.html"'), links.alternates, /no page of this site/, true],
  ['an hreflang that is not answered', edit('en/items/boarding.html', '<link rel="alternate" hreflang="zh-Hans" href="https://example.org/list/zh/items/boarding.html">', ''), links.alternates, /does not name the same set/, true],
  ['no sitemap', (f) => f.delete('sitemap.xml'), links.alternates, /sitemap\.xml is missing/, true],
  ['a base URL without canonical', () => {}, (site) => links.alternates(site, { required: true }), /without a canonical/],
  ['invalid nesting', inMain(ITEM, '<ul><p>x</p></ul>'), allHtml, /element-permitted-content/],
  ['an unknown element', inMain(ITEM, '<blink>x</blink>'), allHtml, /no-unknown-elements|deprecated/],
  ['a heavy style sheet', css(Array.from({ length: 4000 }, (_, n) => `.c${(n * 7919) % 99991}{margin:${(n * 104729) % 997}px}`).join('')), weight, /exceed 14336/],
  ['a heavy script', (f) => f.set('assets/display.js', f.get('assets/display.js') + Array.from({ length: 3000 }, (_, n) => `var v${(n * 7919) % 99991}=${(n * 104729) % 99907};`).join('')), weight, /exceed 5120/],
  ['a console error', (f) => f.set('assets/display.js', 'console.error("oops")'), onPage(quiet.overHttp), /console error: oops/],
  ['an uncaught error', (f) => f.set('assets/display.js', 'throw new Error("oops")'), onPage(quiet.overHttp), /uncaught: oops/],
  ['a warning from file://', (f) => f.set('assets/display.js', 'if(location.protocol==="file:")console.warn("oops")'), onPage(quiet.fromFile), /console warning: oops/],
  ['a missing asset', (f) => f.delete('assets/a.css'), onPage(quiet.overHttp), /answers 404/],
  ['a missing asset from file://', (f) => f.delete('assets/display.js'), onPage(quiet.fromFile), /failed request/],
  ['what the CSP refuses', inMain(ITEM, '<img src="https://127.0.0.1:9/x.png" alt="x">'), onPage(quiet.overHttp), /Content Security Policy|outside the site/],
  ['a request outside the sub-path', edit(ITEM, '<script src="../../assets/display.js">', '<script src="/assets/display.js">'), onPage(quiet.overHttp), /outside the (site|sub-path)/],
  ['content that needs script', css('.no-script main{display:none}'), onPage(quiet.withoutScript), /<h1> is not shown/],
  ['a dead button', (f) => { css('.no-script .needs-script{display:block !important}')(f); edit(HOME, '<details', '<details open')(f); }, onPage(quiet.withoutScript, HOME), /nothing can answer it/],
  ['a 404 page without its style', edit('404.html', '/assets/a.css', 'assets/a.css'), (site) => staged(site, quiet.unknownAddress), /answers 404|style sheet/],
  ['poor contrast', css('main p{color:#aaa}'), inMode('light'), /color-contrast/],
  ['poor contrast in the dark alone', css('[data-theme=dark] main p{color:#444}'), inMode('dark'), /color-contrast/],
  ['an image without text', inMain(ITEM, '<img src="../../assets/a.css">'), inMode('light'), /image-alt/],
  ['dark mode without effect', css(':root[data-theme=dark]{--ground:#fff;--ink:#111;--green:#14532d}'), inMode('dark'), /theme=dark/],
  ['high contrast without effect', css(':root[data-contrast=high]{--ink:#555}'), inMode('high contrast'), /contrast=high/],
  ['extra large without effect', css(':root[data-size=xlarge]{--size:19px}'), inMode('xlarge'), /size=xlarge/],
  ['settings without controls', edit(HOME, 'data-set="theme"', 'data-nothing="theme"'), inMode('dark'), /no control for theme=dark/],
  ['settings that are not stored', (f) => f.set('assets/display.js', f.get('assets/display.js').replace('localStorage.setItem', 'void')), inMode('xlarge'), /holds/],
  ['sideways scrolling', css('main{min-width:500px}'), phone, /scrolls sideways/],
  ['sideways scrolling in extra large alone', css('[data-size=xlarge] main{min-width:500px}'), fits(layouts.WIDTHS[0], true), /scrolls sideways/],
  ['clipped text', css('h1{height:10px;overflow:hidden}'), phone, /clips its text/],
  ['text beyond its box', css('h1{width:50px;white-space:nowrap;overflow-wrap:normal}'), phone, /sticks out of its box/],
  ['a small target', css('summary{min-height:20px !important;line-height:1}'), phone, /is a target of/],
  ['a small nav link', css('nav a{min-height:0 !important;line-height:1.2}'), phone, /is a target of/],
  ['a small target in the settings', css('details button{min-height:24px !important;padding:0;line-height:1}'), (site) => staged(site, async (stage) => layouts.openSettings(stage, await stage.context(), site.byPath.get(HOME), layouts.WIDTHS[0])), /is a target of/],
  ['an answer below the fold', css('.amounts{margin-top:900px}'), fold, /the amount begins/],
  ['an answer that is missing', edit(ITEM, 'class="fact-eligibility"', 'class="other"'), fold, /who can apply .* is not on the page/],
  ['a control out of reach', (f) => f.set('assets/display.js', f.get('assets/display.js') + 'document.addEventListener("focusin",function(e){if(e.target.tagName==="SUMMARY")e.target.blur()});'), onPage(keyboard.tabThrough), /cannot be reached/],
  ['a focus that is not seen', css(':focus-visible{outline:none}'), onPage(keyboard.tabThrough), /does not show that it has the focus/],
  ['a focus that is covered', css('body::before{content:"";position:fixed;inset:0;background:#fff;z-index:9}'), onPage(keyboard.tabThrough), /out of view or covered/],
  ['a tabindex above 0', inMain(ITEM, '<p><a href="school.html" tabindex="3">x</a></p>'), onPage(keyboard.tabThrough), /tabindex above 0/],
  ['no skip link', edit(ITEM, '<a class="skip" href="#main">跳到正文</a>', ''), onPage(keyboard.skipLink), /first stop of Tab is no skip link/],
  ['a skip link that stays hidden', css('.skip:focus{left:-999px}'), onPage(keyboard.skipLink), /not seen/],
  ['a skip link to nowhere', edit(ITEM, 'id="main"', 'id="elsewhere"'), onPage(keyboard.skipLink), /after the skip link/],
  ['settings that a keyboard cannot open', edit(HOME, '<summary>', '<summary tabindex="-1">'), (site) => staged(site, (stage) => keyboard.settings(stage)), /cannot be opened/],
  ['settings forgotten on the next page', (f) => f.set('assets/display.js', f.get('assets/display.js').replace("apply();\ndocument", "if(!/items/.test(location.href))apply();\ndocument")), (site) => staged(site, (stage) => keyboard.settings(stage)), /on the next page/],
  ['settings that fail on file://', (f) => f.set('assets/display.js', f.get('assets/display.js') + 'if(location.protocol==="file:")throw new Error("oops");'), (site) => staged(site, (stage) => keyboard.settings(stage, { file: true })), /uncaught: oops/],
  ['a spoilt store that breaks the script', (f) => f.set('assets/display.js', 'JSON.parse(localStorage.getItem("qingdan")||"{}").size'), (site) => staged(site, keyboard.spoiltStore), /uncaught/],
  ['a policy that lets inline scripts run', edit(ITEM, "script-src 'self'", "script-src 'self' 'unsafe-inline'"), attacked('an inline script'), /an inline script is obeyed/],
  ['a policy that lets strings be code', edit(ITEM, "script-src 'self'", "script-src 'self' 'unsafe-eval'"), attacked('a string as code'), /is obeyed/],
  ['a policy that lets forms lead elsewhere', edit(ITEM, "form-action 'self'", 'form-action *'), attacked('a form that leads elsewhere'), /is obeyed/],
  ['a policy that lets a base address stand', edit(ITEM, "; base-uri 'none'", ''), attacked('a base address'), /is obeyed/],
  ['a weak policy', edit(ITEM, "style-src 'self'", "style-src 'self' 'unsafe-inline'"), weak, /style-src allows 'unsafe-inline'/],
  ['a policy that says what a tag cannot', edit(ITEM, "base-uri 'none'", "base-uri 'none'; frame-ancestors 'none'"), weak, /says frame-ancestors/],
  ['a page without a policy', edit(ITEM, 'http-equiv="Content-Security-Policy"', 'name="policy"'), weak, /states 0 policies/],
  ['text over text when enlarged', css('@media(max-height:300px){h1{position:absolute;top:0;left:16px;margin:0}.validity{position:absolute;top:0}}'), enlarged, /400 %: .* lies over/],
  ['a bar that covers a small screen', css('header{position:sticky;top:0;background:#fff}'), enlarged, /stays on the screen/],
  ['a box that does not grow with its lines', css('main p{height:29px;overflow:hidden;white-space:nowrap}'), enlarged, /clips its text/],
  ['a column that is too wide when enlarged', css('@media(max-width:350px){main{width:600px}}'), enlarged, /at 400 %: scrolls sideways/],
  ['navigation on paper', css('@media print{header nav{display:block !important}}'), onPaper, /on paper stands/],
  ['validity lost on paper', css('@media print{.validity{display:none}}'), onPaper, /validity/],
  ['a heading lost on paper', css('@media print{h1{display:none}}'), onPaper, /<h1> is not printed/],
  ['a dark paper', css('@media print{body{background:#111 !important}}'), onPaper, /paper is printed in/],
];

describe('each way of spoiling the site is found', () => {
  for (const [name, spoil, suite, expected, base = false] of SPOILT) {
    test(name, async () => {
      const faults = await suite(make(spoil, base));
      assert.ok(faults.some((f) => expected.test(f)), `expected a fault like ${expected}, found ${faults.length ? `\n  ${faults.slice(0, 5).join('\n  ')}` : 'none'}`);
    });
  }
});
