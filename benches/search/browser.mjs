// Chromium without a window: what is asked of an engine in a page, and how long it takes.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CANDIDATES = process.env.QINGDAN_CHROMIUM ? [process.env.QINGDAN_CHROMIUM] : ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'];

export async function launch() {
  const executablePath = CANDIDATES.find((path) => existsSync(path));
  if (!executablePath) throw new Error(`Chromium is missing (${CANDIDATES.join(', ')}): install it, or name another by QINGDAN_CHROMIUM`);
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath, headless: true, args });
}

/** 1.6 Mbit/s and 150 ms, the numbers that Lighthouse calls slow 4G. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };

/** Opens the engine's page in a context of its own; `slow` throttles what is asked after the page has loaded. */
async function open(browser, engine, origin, slow = false) {
  const context = await browser.newContext();
  context.setDefaultTimeout(240_000);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.goto(origin + engine.page, { waitUntil: 'load' });
  await page.waitForTimeout(slow ? 100 : 20);
  if (slow) await cdp.send('Network.emulateNetworkConditions', SLOW);
  await page.evaluate(engine.define);
  return { context, page, cdp, close: () => context.close() };
}

/** The first query of fresh visitors: bytes by query, and what was sent for the heaviest. */
export async function firstQueryBytes(browser, engine, server, queries) {
  const bytes = [];
  let heaviest = { bytes: -1 };
  for (const query of queries) {
    const visit = await open(browser, engine, server.origin);
    await server.quiet();
    server.reset();
    await visit.page.evaluate((query) => window.bench(query), query);
    await server.quiet();
    bytes.push(server.bytes);
    if (server.bytes > heaviest.bytes) heaviest = { query, bytes: server.bytes, sent: server.sent };
    await visit.close();
  }
  return { bytes, heaviest };
}

/** Milliseconds from the first key to results, on a slow network, each in a fresh visit; stops when it has taken long. */
export async function cold(browser, engine, server, queries, budget = 60_000) {
  const times = [], start = Date.now();
  for (const query of queries) {
    if (times.length >= 3 && Date.now() - start > budget) break;
    const visit = await open(browser, engine, server.origin, true);
    times.push(await visit.page.evaluate(async (query) => {
      const start = performance.now();
      await window.bench(query);
      return performance.now() - start;
    }, query));
    await visit.close();
  }
  return times;
}

/** The slugs that each query brings, and how long each took: in a page that has answered all of them once before. */
export async function warm(browser, engine, server, queries, rounds = 3) {
  const visit = await open(browser, engine, server.origin);
  const answers = await visit.page.evaluate(async (queries) => {
    const answers = [];
    for (const query of queries) answers.push(await window.bench(query));
    return answers;
  }, queries);
  const times = await visit.page.evaluate(async ([queries, rounds]) => {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      for (const query of queries) {
        const start = performance.now();
        await window.bench(query);
        times.push(performance.now() - start);
      }
    }
    return times;
  }, [queries, rounds]);
  await visit.close();
  return { answers, times };
}

/** Where the warm time goes: functions by the share of samples in which they ran themselves. */
export async function profile(browser, engine, server, queries, rounds = 5) {
  const visit = await open(browser, engine, server.origin);
  const all = async ([queries, rounds]) => {
    for (let round = 0; round < rounds; round++) for (const query of queries) await window.bench(query);
  };
  await visit.page.evaluate(all, [queries, 1]);
  await visit.cdp.send('Profiler.enable');
  await visit.cdp.send('Profiler.setSamplingInterval', { interval: 100 });
  await visit.cdp.send('Profiler.start');
  await visit.page.evaluate(all, [queries, rounds]);
  const { profile } = await visit.cdp.send('Profiler.stop');
  await visit.close();
  const own = new Map();
  let total = 0;
  for (const node of profile.nodes) {
    const name = node.callFrame.functionName || '(anonymous)';
    if (['(idle)', '(program)', '(root)'].includes(name)) continue;
    const file = node.callFrame.url.split('/').pop().replace(/-[0-9a-f]{8,}/, '');
    const place = file ? `${name} ${file}:${node.callFrame.lineNumber + 1}:${node.callFrame.columnNumber + 1}` : name;
    own.set(place, (own.get(place) ?? 0) + node.hitCount);
    total += node.hitCount;
  }
  return [...own].sort((a, b) => b[1] - a[1]).slice(0, 15).map(([name, hits]) => ({ name, share: hits / Math.max(total, 1) }));
}
