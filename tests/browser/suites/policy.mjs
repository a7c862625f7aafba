// What a page does with what an intruder put into it: its policy must refuse that, and say so (securitypolicyviolation).
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Another host, which answers whatever it is asked, and remembers what that was. */
export async function stranger() {
  const asked = [];
  const answers = { js: ['text/javascript', 'window.obeyed = true'], css: ['text/css', 'html{--obeyed:1}'], svg: ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'] };
  const server = createServer((request, response) => {
    asked.push(request.url);
    const [type, body] = answers[request.url.split('.').at(-1)] ?? ['text/html', '<!doctype html><title>x</title>'];
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}

const SET = 'window.obeyed=true';
const styled = (element) => `getComputedStyle(${element}).getPropertyValue('--obeyed') === '1'`;

/**
 * What is put into a page: `html` before the end of its head or body, and code that then runs in it, as a script of the
 * page's own that was led astray would. STRANGER stands for another host. `directive` must refuse it; `obeyed` tells
 * that it was not refused: by default that a variable was set, or that the other host was asked.
 */
export const ATTACKS = {
  'an inline script': { directive: 'script-src-elem', html: `<script>${SET}</script>` },
  'a script of another host': { directive: 'script-src-elem', html: '<script src="STRANGER/x.js"></script>' },
  'a script in a data: address': { directive: 'script-src-elem', html: `<script src="data:text/javascript,${SET}"></script>` },
  'a module': { directive: 'script-src-elem', html: `<script type="module">${SET}</script>` },
  'a handler in an attribute': { directive: 'script-src-attr', html: `<svg onload="${SET}"></svg>` },
  'a javascript: link': { directive: 'script-src-elem', html: `<a id="intruder" href="javascript:void(${SET})">x</a>`, code: 'intruder.click()' },
  'a base address': { directive: 'base-uri', head: true, html: '<base href="STRANGER/">', obeyed: "document.baseURI.startsWith('STRANGER')" },
  'an inline style sheet': { directive: 'style-src-elem', html: '<style>html{--obeyed:1}</style>', obeyed: styled('document.documentElement') },
  'a style attribute': { directive: 'style-src-attr', html: '<i id="intruder" style="--obeyed:1"></i>', obeyed: styled('intruder') },
  'a style sheet of another host': { directive: 'style-src-elem', html: '<link rel="stylesheet" href="STRANGER/x.css">' },
  'an object': { directive: 'object-src', html: '<object data="STRANGER/x.html" type="text/html"></object>' },
  'a frame': { directive: 'frame-src', html: '<iframe src="STRANGER/x.html" title="x"></iframe>' },
  'a script in a frame without an address': { directive: 'script-src-elem', html: `<iframe srcdoc="<script>parent.obeyed=true</script>" title="x"></iframe>` },
  'a picture of another host': { directive: 'img-src', html: '<img src="STRANGER/x.svg" alt="">' },
  'a form that leads elsewhere': { directive: 'form-action', html: '<form id="intruder" action="STRANGER/x.html"><input name="q" value="1"></form>', code: 'intruder.submit()' },
  'fetch from another host': { directive: 'connect-src', code: "fetch('STRANGER/x', { mode: 'no-cors' }).catch(() => {})" },
  'a beacon': { directive: 'connect-src', code: "navigator.sendBeacon('STRANGER/x', '1')" },
  'an event stream': { directive: 'connect-src', code: "new EventSource('STRANGER/x')" },
  'a string as code': { directive: 'script-src', code: `try { eval('${SET}') } catch {}` },
  'a string as code, by a timer': { directive: 'script-src', code: `setTimeout('${SET}')` },
  'a handler in HTML put in': { directive: 'script-src-attr', code: `document.body.insertAdjacentHTML('beforeend', '<img src="data:," alt="" onerror="${SET}">')` },
  'a script in a blob: address': { directive: 'script-src-elem', code: `document.head.append(Object.assign(document.createElement('script'), { src: URL.createObjectURL(new Blob(['${SET}'])) }))` },
  'a worker': { directive: 'worker-src', code: "new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))).onmessage = () => { window.obeyed = true }" },
  'WebAssembly': { directive: 'script-src', code: 'WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => { window.obeyed = true }, () => {})' },
};

/** Notes what is refused, from before the page's first byte, in the page and in frames of its origin. */
function watch() {
  if (window === top) window.refused = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    try { top.refused.push({ directive: event.effectiveDirective, what: event.blockedURI, by: event.disposition }); } catch { /* a frame of another origin */ }
  });
}

export async function watched(context) {
  await context.addInitScript(watch);
  return context;
}

const META = /<meta http-equiv="?Content-Security-Policy"? content="[^"]*">/i;

/** The page's HTML with the attack in it; without its policy where that is to be shown. */
function tampered(html, attack, origin, { policy }) {
  const more = (attack.html ?? '').replaceAll('STRANGER', origin);
  // What stands between the policy and the first style or script; a page without a closing tag is closed by its end.
  const place = attack.head ? META : /<\/body>|$/;
  if (!META.test(html)) throw new Error('the page states no policy');
  const put = html.replace(place, (found) => (attack.head ? found + more : more + found));
  return policy ? put : put.replace(META, '');
}

/** What a page says to an expression; nothing from one that is being left, which may never answer. */
const answer = (tab, expression) => Promise.race([tab.evaluate(expression).catch(() => undefined), pause(1000)]);

/**
 * Opens a page with one attack in it, as its host might send it once it was broken into; says what became of it.
 * (A page that the test's own browser answers for would count as one of a public network, and could not reach loopback.)
 */
async function attempt(context, { host, path, html }, attack, other, { policy = true } = {}) {
  const tab = await context.newPage();
  try {
    const before = other.asked.length;
    host.instead.set(path, tampered(html, attack, other.origin, { policy }));
    await tab.goto(host.base + path);
    // What runs in the debugger's call may do more than a page: the code is put off until after it.
    if (attack.code) await answer(tab, `void setTimeout(() => { ${attack.code.replaceAll('STRANGER', other.origin)} })`);
    const obeyed = attack.obeyed?.replaceAll('STRANGER', other.origin) ?? 'window.obeyed === true';
    // Each end is waited for; a third, neither, is a fault of the test or of the page.
    for (let tries = 0; ; tries += 1) {
      const state = (await answer(tab, `({ refused: window.refused ?? [], obeyed: ${obeyed} })`)) ?? { refused: [], obeyed: false };
      state.obeyed ||= other.asked.length > before;
      if (state.obeyed || state.refused.some((one) => one.directive === attack.directive) || tries === 60) return state;
      await tab.waitForTimeout(50);
    }
  } finally {
    host.instead.delete(path);
    // A tab that is on its way to another host may not hear that it is closed; its context takes it along.
    await Promise.race([tab.close(), pause(1000)]);
  }
}

/** Every attack on a page, or those named, is refused, by the directive that should. */
export async function refuses(context, page, other, only = Object.keys(ATTACKS)) {
  const faults = [];
  const name = page.path;
  for (const what of only) {
    const attack = ATTACKS[what];
    const { refused, obeyed } = await attempt(context, page, attack, other);
    if (obeyed) faults.push(`${name}: ${what} is obeyed`);
    else if (!refused.some((one) => one.directive === attack.directive && one.by === 'enforce')) {
      faults.push(`${name}: ${what} is not seen to be refused by ${attack.directive}, but by ${refused.map((one) => one.directive).join(', ') || 'nothing'}`);
    }
  }
  return faults;
}

/** The attacks are real: a page that states no policy obeys each of them. */
export async function obeys(context, page, other) {
  const faults = [];
  for (const [what, attack] of Object.entries(ATTACKS)) {
    const { obeyed } = await attempt(context, page, attack, other, { policy: false });
    if (!obeyed) faults.push(`${page.path} without its policy: ${what} comes to nothing, so that it tries nothing`);
  }
  return faults;
}

/** The page as it is runs its own scripts and breaks no rule of its policy. */
export async function runs(context, { host, path }) {
  const tab = await context.newPage();
  try {
    await tab.goto(host.base + path);
    const { refused, own } = await tab.evaluate(() => ({ refused: window.refused, own: document.documentElement.hasAttribute('data-js') }));
    const faults = refused.map((one) => `refuses ${one.what} of its own by ${one.directive}`);
    if (!own) faults.push('does not run its own scripts (no data-js on <html>)');
    return faults.map((fault) => `${path}: ${fault}`);
  } finally {
    await tab.close();
  }
}

/** What a policy in a meta tag may not say, or says in vain (CSP Level 3, 3.3), and what weakens any. */
export function weaknesses(html, name) {
  const found = [...html.matchAll(new RegExp(META, 'gi'))].map((match) => match[0]);
  if (found.length !== 1) return [`${name}: states ${found.length} policies`];
  const policy = Object.fromEntries(/content="([^"]*)"/.exec(found[0])[1].split(';').map((part) => part.trim().split(/\s+/)).map(([directive, ...sources]) => [directive, sources]));
  const faults = [];
  for (const directive of ['frame-ancestors', 'sandbox', 'report-uri', 'report-to']) if (policy[directive]) faults.push(`says ${directive}, which a meta tag cannot`);
  if (policy['default-src']?.join() !== "'none'") faults.push("does not begin with default-src 'none'");
  for (const directive of ['script-src', 'style-src', 'base-uri', 'form-action']) if (!policy[directive]) faults.push(`says nothing of ${directive}`);
  for (const [directive, sources] of Object.entries(policy)) {
    for (const source of sources) {
      const loads = !['img-src', 'font-src'].includes(directive);
      if (/^'unsafe-|^\*|^https?:|^[a-z]+:$/.test(source) && (loads || source !== 'data:')) faults.push(`${directive} allows ${source}`);
    }
  }
  // What stands before the policy is not under it.
  const before = html.slice(0, html.search(META));
  if (/<(script|style|link|base|svg|img)\b/i.test(before)) faults.push('loads something before it states its policy');
  return faults.map((fault) => `${name}: the policy ${fault}`);
}
