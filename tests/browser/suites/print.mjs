// Pages are printed: without navigation, with their text and their validity, as a PDF that has a text layer.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOT_ON_PAPER, VALIDITY } from '../lib/markup.mjs';

function pdfText(pdf) {
  const folder = mkdtempSync(join(tmpdir(), 'qingdan-pdf-'));
  try {
    const file = join(folder, 'page.pdf');
    writeFileSync(file, pdf);
    return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error('pdftotext is missing: install poppler-utils (on Debian: apt-get install poppler-utils).');
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// PDF fonts may map a character to its compatibility twin (a Kangxi radical), and lines break anywhere. pdftotext wraps
// right-to-left runs in direction marks.
const bare = (text) => text.normalize('NFKC').replace(/[\s\u00AD\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]+/g, '');

export async function print(stage, page, { pdf = false, validity = false } = {}) {
  const tab = await (await stage.shared()).newPage();
  try {
    await tab.goto(stage.url(page));
    await tab.emulateMedia({ media: 'print' });
    const faults = await tab.evaluate((selector) => {
      const shown = (e) => e && e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().height > 1;
      const found = [...document.querySelectorAll(selector)].filter(shown).slice(0, 5).map((e) => `on paper stands <${e.tagName.toLowerCase()}> "${(e.innerText || e.getAttribute('aria-label') || '').trim().slice(0, 30)}"`);
      if (!shown(document.querySelector('h1'))) found.push('the <h1> is not printed');
      if (!shown(document.querySelector('main'))) found.push('<main> is not printed');
      const ground = getComputedStyle(document.body).backgroundColor;
      if (!/rgba\(.*, 0\)|rgb\(255, 255, 255\)/.test(ground)) found.push(`paper is printed in ${ground}`);
      return found;
    }, NOT_ON_PAPER);
    const words = validity ? await tab.evaluate((s) => [...document.querySelectorAll(s)].find((e) => e.checkVisibility())?.innerText.trim(), `${VALIDITY}, .imprint-validity`) : undefined;
    if (validity && !words) faults.push(`the validity (${VALIDITY}) is not on paper`);
    if (pdf) {
      const h1 = await tab.evaluate(() => document.querySelector('h1').innerText.trim());
      const bytes = await tab.pdf({ format: 'A4', printBackground: false });
      if (bytes.subarray(0, 5).toString() !== '%PDF-') faults.push('no PDF was made');
      const text = bare(pdfText(bytes));
      // The raw order of right-to-left words is that of the eye, not of speech: they are looked for one by one.
      const rtl = await tab.evaluate(() => document.documentElement.dir === 'rtl');
      const parts = rtl ? h1.split(/\s+/) : [h1];
      if (!parts.every((part) => text.includes(bare(part)))) faults.push(`the PDF's text does not have the heading "${h1}"`);
      if (words && !text.includes(bare(words.split('\n')[0]))) faults.push(`the PDF's text does not state the validity, "${words.split('\n')[0]}"`);
    }
    return faults.map((f) => `${page.path} in print: ${f}`);
  } finally {
    await tab.close();
  }
}
