// The handbook as a print shop, a reader and an e-book reader get it.
import { describe, test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY, sites } from './lib/site.mjs';
import { Structure, faults, fonts, solid, squeezed, texts } from './lib/pdf.mjs';

const BINARY = process.env.QINGDAN_BINARY;
const EPUBCHECK = process.env.QINGDAN_EPUBCHECK || '/usr/share/java/epubcheck.jar';
const BASE = 'https://example.org/list/';
const LANGUAGES = [{ tag: 'zh-Hans', vertical: false }, { tag: 'mn-Mong', vertical: true }];

const folder = mkdtempSync(join(tmpdir(), 'qingdan-handbook-'));
const handbook = (lang, edition, ...more) => {
  const out = join(folder, `${lang}-${edition}-${more.length}.${edition === 'epub' ? 'epub' : 'pdf'}`);
  const args = ['handbook', '--lang', lang, '--edition', edition, '--out', out, '--quiet', '--messages', 'en', ...more];
  const { status, stderr } = spawnSync(BINARY, args, { cwd: REPOSITORY, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return out;
};
const items = () => JSON.parse(readFileSync(join(sites().find((site) => site.main).folder, 'data/items.json'), 'utf8'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Whether a text is there, in one piece or parted by what stands between two pages. */
const has = (whole, part) => {
  if (whole.includes(part)) return true;
  let most = 0;
  for (let size = part.length - 1; size >= 4 && !most; size -= 1) if (whole.includes(part.slice(0, size))) most = size;
  return most > 0 && has(whole, part.slice(most));
};

/** The numbers on a link. In vertical text each digit is a word of its own: those under each other belong together. */
const numbers = (words, vertical) => {
  if (!vertical) return words.map((word) => word.text).join(' ').match(/\d+/g) ?? [];
  const digits = words.filter((word) => /^\d+$/.test(word.text)).sort((a, b) => (Math.abs(a.x - b.x) > 3 ? a.x - b.x : b.y - a.y));
  const found = [];
  digits.forEach((digit, at) => {
    const before = digits[at - 1];
    if (before && Math.abs(before.x - digit.x) <= 3 && before.y - digit.y < 20) found[found.length - 1] += digit.text;
    else found.push(digit.text);
  });
  return found;
};

for (const { tag, vertical } of LANGUAGES) {
  for (const edition of ['a4', 'a5', 'large']) {
    describe(`the handbook in ${tag}, ${edition}`, () => {
      let path;
      let structure;
      before(() => {
        path = handbook(tag, edition, '--base-url', BASE);
        structure = new Structure(path, vertical);
      });

      test('is a sound file', () => assert.equal(faults(path), ''));

      test('has every font embedded, and real fonts where it is set by us', () => {
        const found = fonts(path);
        assert.ok(found.length > 1, 'no fonts were found');
        assert.deepEqual(found.filter((font) => !font.embedded), []);
        if (!vertical) assert.deepEqual(found.filter((font) => /type 3/i.test(font.type)), []);
      });

      test('names the right page wherever it names one', () => {
        const labels = structure.labels();
        // A link over several lines is a link a line in vertical text, and may go on on the next page: one of them has the number.
        const parts = structure.links();
        const whole = [];
        for (const link of parts) {
          assert.ok(link.to >= 0, 'a link leads nowhere');
          const before = whole.findLast((other) => other.to === link.to && other.name === link.name);
          const goesOn = vertical && before && link.name && link.page - before.page <= 1;
          if (goesOn) before.numbers.push(...numbers(link.words, vertical));
          else whole.push({ ...link, numbers: numbers(link.words, vertical) });
        }
        const wrong = whole.filter((link) => !(vertical ? link.numbers.includes(labels[link.to]) : link.numbers.length === 0 || link.numbers.at(-1) === labels[link.to]));
        assert.deepEqual(wrong.map((link) => `page ${labels[link.page]}, to ${labels[link.to]}: ${link.words.map((word) => word.text).join(' ')}`), []);
        // Contents and both indices name every item.
        const checked = whole.filter((link) => link.numbers.length > 0).length;
        assert.ok(checked > 3 * items().length, `only ${checked} links were checked`);
      });

      test('has every item and every cell', () => {
        const text = solid(path);
        const missing = [];
        for (const item of items()) {
          for (const [field, cell] of Object.entries(item.text[tag])) {
            if (['status', 'stale'].includes(field) || typeof cell !== 'string') continue;
            for (const line of cell.split('\n')) if (!has(text, squeezed(line))) missing.push(`${item.slug} ${field}: ${line}`);
          }
        }
        assert.deepEqual(missing, []);
      });

      test('has an outline of chapters and items, and says what it is', () => {
        const outline = structure.outline();
        const names = squeezed(outline.map((entry) => entry.title).join('\n'));
        assert.deepEqual(items().filter((item) => !names.includes(squeezed(item.text[tag].name))), []);
        const info = execFileSync('pdfinfo', [path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
        assert.match(info, /Tagged: +yes/);
        assert.match(info, /Creator: +Qingdan/);
        assert.doesNotMatch(info, /CreationDate|ModDate/);
        assert.equal(structure.catalog['/Lang'], `u:${vertical ? tag : 'zh-CN'}`);
        if (!vertical) {
          const meta = execFileSync('pdfinfo', ['-meta', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
          assert.match(meta, /pdfuaid:part>1</);
        }
      });

      test('leaves no heading alone and no page of a chapter near empty', () => {
        const outline = structure.outline();
        const headings = new Set(outline.map((entry) => squeezed(entry.title)));
        const chapters = JSON.parse(readFileSync(join(sites().find((site) => site.main).folder, 'data/catalogue.json'), 'utf8')).domains;
        const depth = outline.find((entry) => squeezed(entry.title) === squeezed(chapters[0].name[tag])).depth;
        const starts = new Set(outline.filter((entry) => entry.depth === depth).map((entry) => entry.page));
        const first = structure.labels().indexOf('1');
        const faulty = [];
        texts(path, '-raw').forEach((text, page) => {
          const lines = text.split('\n').map(squeezed).filter(Boolean);
          const footer = (line) => /^\d+$/.test(line) || line.startsWith('公文时效') || /^[ivx]+$/.test(line);
          while (lines.length && footer(lines.at(-1))) lines.pop();
          if (!vertical && headings.has(lines.at(-1))) faulty.push(`page ${page + 1} ends in the heading ${lines.at(-1)}`);
          // The last page of a part is as full as the part happens to make it; the cover and front matter are their own.
          const [, , width, height] = structure.get(structure.pages[page])['/MediaBox'];
          const beyond = structure.words[page].filter(({ x, y }) => x < 14 || x > width - 14 || y < 14 || y > height - 14);
          if (beyond.length) faulty.push(`page ${page + 1}: ${beyond[0].text} stands at the edge of the paper or beyond`);
          const last = page + 1 >= structure.pages.length || starts.has(page + 1);
          if (last || page < first) return;
          const words = structure.words[page];
          const [along, size] = vertical ? ['x', 'width'] : ['y', 'height'];
          const reach = vertical ? Math.max(...words.filter((word) => word.x < width * 0.93).map((word) => word[along])) / width
            : 1 - Math.min(...words.filter((word) => word.y > height * 0.09).map((word) => word[along])) / height;
          if (reach < 0.33) faulty.push(`page ${page + 1} is filled to ${reach.toFixed(2)} of its ${size}`);
        });
        assert.deepEqual(faulty, []);
      });
    });
  }

  test(`the booklet in ${tag} is a sound file of two pages a side`, () => {
    const booklet = handbook(tag, 'booklet', '--base-url', BASE);
    assert.equal(faults(booklet), '');
    const info = execFileSync('pdfinfo', [booklet], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [, width, height] = /Page size: +([\d.]+) x ([\d.]+)/.exec(info).map(Number);
    assert.ok(Math.abs(width - 1190.5) < 1.5 && Math.abs(height - 841.9) < 1.5, `the sheet is ${width} by ${height}`);
    assert.equal(Number(/Pages: +(\d+)/.exec(info)[1]) % 2, 0, 'a sheet has two sides');
    const text = solid(booklet);
    assert.deepEqual(items().filter((item) => !has(text, squeezed(item.text[tag].name))).map((item) => item.slug), []);
  });

  test(`the same content gives the same bytes in ${tag}`, () => {
    for (const edition of ['a4', 'booklet', 'epub']) {
      const [one, two] = [handbook(tag, edition), handbook(tag, edition, '--format', 'short')].map((path) => readFileSync(path));
      assert.ok(one.equals(two), `${edition} differs from run to run`);
    }
  });

  for (const base of [[], ['--base-url', BASE]]) {
    test(`the EPUB in ${tag} is valid${base.length ? ' with a base URL' : ''}`, () => {
      const epub = handbook(tag, 'epub', ...base);
      const { status, stdout, stderr } = spawnSync('java', ['-jar', EPUBCHECK, '--failonwarnings', epub], { encoding: 'utf8' });
      assert.equal(status, 0, `${stdout}${stderr}`);
      const file = (name) => execFileSync('unzip', ['-p', epub, name], { encoding: 'utf8', maxBuffer: 1 << 26 });
      const parts = execFileSync('unzip', ['-Z1', epub], { encoding: 'utf8' }).split('\n').filter((name) => /\.xhtml$/.test(name));
      const text = squeezed(parts.map(file).join('').replace(/<[^>]+>/g, '').replace(/&lt;/g, '<').replace(/&amp;/g, '&').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'"));
      const missing = items().filter((item) => !Object.entries(item.text[tag]).every(([field, cell]) => ['status', 'stale'].includes(field) || cell.split('\n').every((line) => text.includes(squeezed(line)))));
      assert.deepEqual(missing.map((item) => item.slug), []);
      assert.match(file('EPUB/package.opf'), /page-progression-direction="ltr"/);
      assert.match(file('EPUB/package.opf'), new RegExp(`<dc:language>${tag}<`));
      if (vertical) {
        assert.match(file('EPUB/style.css'), /html\.vertical \{[^}]*vertical-lr/);
        assert.match(file('EPUB/chapter-1.xhtml'), /class="vertical"/);
      }
    });
  }
}

describe('what the machine lacks is said in one sentence', () => {
  const refused = (env, ...args) => {
    const out = join(folder, 'none.pdf');
    const { status, stderr } = spawnSync(BINARY, ['handbook', '--out', out, '--messages', 'en', ...args], { cwd: REPOSITORY, encoding: 'utf8', env: { ...process.env, ...env } });
    assert.equal(status, 2, stderr);
    assert.throws(() => readFileSync(out), 'nothing is written');
    return stderr;
  };

  test('no browser for vertical script', () => {
    const said = refused({ PATH: '' }, '--lang', 'mn-Mong');
    assert.match(said, /this machine has none/);
    assert.match(said, /apt install chromium/);
    assert.match(said, /mn\/catalogue\.html/);
    assert.match(refused({}, '--lang', 'mn-Mong', '--chromium', '/no/such/program'), /`\/no\/such\/program`, given by --chromium, is no program/);
  });

  test('no font for a letter', () => {
    const content = join(folder, 'content');
    cpSync(join(REPOSITORY, 'tests/sites/valley/content'), content, { recursive: true });
    const file = join(content, 'items/work/job-board.yaml');
    // An Egyptian hieroglyph: no font that the tests install has it.
    writeFileSync(file, readFileSync(file, 'utf8').replace(/name: (.*)/, 'name: $1 \u{13000}'));
    const said = refused({}, '--content', content);
    assert.match(said, /U\+13000/);
    assert.match(said, /--fonts/);
  });
});
