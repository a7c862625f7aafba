// From a save to the page in the browser's hands: `qingdan serve` at 82, 1,000 and 10,000 items, beside the targets.
//   node benches/serve/run.mjs [--items 82,1000,10000] [--runs 15] [--binary FILE] [--work DIR]
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { REPOSITORY, generate } from '../corpus/generate.mjs';

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '82,1000,10000' },
    runs: { type: 'string', default: '15' },
    binary: { type: 'string', default: join(REPOSITORY, 'target/release/qingdan') },
    work: { type: 'string', default: tmpdir() },
  },
});
/** Milliseconds from the save to the whole page. */
const TARGETS = { 82: 100, 10000: 150 };
const ITEM = 'items/education/boarding-allowance.yaml';
const PAGE = 'zh/items/boarding-allowance.html';

const quantile = (numbers, part) => numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];

const fetchText = (url) => new Promise((done, fail) => {
  get(url, (answer) => {
    let body = '';
    answer.setEncoding('utf8').on('data', (part) => { body += part; }).on('end', () => done(body)).on('error', fail);
  }).on('error', fail);
});

/** Hears which version is served, as an open page does. */
function listen(url) {
  const hearers = new Set();
  get(url, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (part) => {
      text += part;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end));
        text = text.slice(end + 2);
        if (data) for (const hear of hearers) hear(JSON.parse(data[1]));
      }
    }).on('error', () => {});
  }).on('error', () => {});
  return { next: () => new Promise((done) => { const hear = (news) => { hearers.delete(hear); done(news); }; hearers.add(hear); }) };
}

async function measure(content, items) {
  const begun = performance.now();
  const server = spawn(resolve(values.binary), ['serve', '--port', '0', '--content', content], { stdio: ['ignore', 'pipe', 'ignore'], cwd: content });
  try {
    const address = await new Promise((done, fail) => {
      server.stdout.once('data', (data) => done(String(data).split('\n')[0]));
      server.once('exit', (code) => fail(new Error(`qingdan serve ended (${code})`)));
    });
    await fetchText(address + PAGE);
    const start = performance.now() - begun;
    const news = listen(`${address}_qingdan/events`);
    await news.next();
    const file = join(content, ITEM);
    const before = readFileSync(file, 'utf8');
    const heard = [], served = [];
    for (let run = 0; run < Number(values.runs); run += 1) {
      // Nobody saves again before the rules are through with the last save.
      await pause(items > 2000 ? 4000 : 700);
      const next = news.next();
      const word = `第${run}次`;
      const saved = performance.now();
      writeFileSync(file, before.replace(/^( {2}name: .*)$/m, `$1${word}`));
      const { faults } = await next;
      if (faults.length) throw new Error(JSON.stringify(faults));
      heard.push(performance.now() - saved);
      const page = await fetchText(address + PAGE);
      served.push(performance.now() - saved);
      if (!page.includes(word)) throw new Error('the page is not the one that was saved');
    }
    return { start, heard, served };
  } finally {
    server.kill('SIGINT');
  }
}

const folder = mkdtempSync(join(values.work, 'qingdan-serve-'));
try {
  console.log('| items | first page s | reload p50 ms | page p50 ms | page max ms |\n|---|---|---|---|---|');
  for (const items of values.items.split(',').map(Number)) {
    const content = join(folder, String(items));
    mkdirSync(content);
    if (items === 82) cpSync(join(REPOSITORY, 'content'), content, { recursive: true });
    else generate(content, items);
    const { start, heard, served } = await measure(content, items);
    const median = quantile(served, 0.5);
    console.log(`| ${items} | ${(start / 1000).toFixed(2)} | ${quantile(heard, 0.5).toFixed(0)} | ${median.toFixed(0)} | ${Math.max(...served).toFixed(0)} |`);
    const most = TARGETS[items];
    if (most) console.error(`target at ${items}: ${median.toFixed(0)} of ${most} ms${median <= most ? '' : ' MISSED'}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
