// PDF files as other programs read them: qpdf for their structure, poppler for their text.
import { execFileSync } from 'node:child_process';
import { parse } from 'parse5';

const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });

/** What `qpdf --check` says beyond that all is well; empty for a sound file. */
export function faults(path) {
  try {
    run('qpdf', '--check', path);
    return '';
  } catch (error) {
    return `${error.stdout}\n${error.stderr}`;
  }
}

/** The fonts: name, type, and whether embedded. */
export function fonts(path) {
  return run('pdffonts', path).split('\n').slice(2).filter(Boolean).map((line) => {
    const [, name, type, embedded] = /^(\S+)\s+(.+?)\s{2,}\S+\s+(yes|no)/.exec(line) ?? [];
    return { name, type, embedded: embedded === 'yes' };
  });
}

/** The text of each page, in the order of the file. */
export const texts = (path, ...options) => run('pdftotext', ...options, path, '-').split('\f').slice(0, -1);

/** The text of the whole file without any white space. */
export const solid = (path) => squeezed(texts(path, '-raw').join(''));
// Spaces, and what steers shapes and directions without being seen: programs that read text differ in what they keep of it.
export const squeezed = (text) => text.normalize('NFKC').replace(/[\s\u00ad\u180b-\u180f\u200b-\u200f\u202a-\u202f\u2060-\u2064]/g, '');

/**
 * The words of each page with their places in points, the origin at the lower left. Poppler gives a digit that lies on its
 * side, as in vertical text, a box that begins too far to the left: its middle is near the right edge of that box.
 */
function words(path, vertical) {
  const tree = parse(run('pdftotext', '-bbox', path, '-'));
  const found = [];
  const walk = (node) => {
    const attr = (name) => Number(node.attrs.find((a) => a.name === name)?.value);
    if (node.nodeName === 'page') found.push({ height: attr('height'), words: [] });
    if (node.nodeName === 'word') {
      const page = found.at(-1);
      const text = node.childNodes.map((child) => child.value ?? '').join('');
      const across = vertical && /^\d+$/.test(text) ? 0.8 : 0.5;
      page.words.push({ text, x: attr('xmin') + (attr('xmax') - attr('xmin')) * across, y: page.height - (attr('ymin') + attr('ymax')) / 2 });
    }
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(tree);
  return found.map((page) => page.words);
}

/** A document's structure: pages, labels, and links within it. */
export class Structure {
  constructor(path, vertical = false) {
    this.objects = JSON.parse(run('qpdf', '--json=2', '--json-key=qpdf', path)).qpdf[1];
    this.catalog = this.get(this.objects.trailer.value['/Root']);
    this.pages = [];
    const walk = (ref) => {
      const node = this.get(ref);
      if (node['/Type'] === '/Pages') node['/Kids'].forEach(walk);
      else this.pages.push(ref);
    };
    walk(this.catalog['/Pages']);
    this.words = words(path, vertical);
  }

  get(value) {
    if (typeof value !== 'string' || !/^\d+ \d+ R$/.test(value)) return value;
    const object = this.objects[`obj:${value}`];
    return object.value ?? object.stream.dict;
  }

  /** The labels of the pages, as a reader of PDF shows them. */
  labels() {
    const numbers = this.get(this.get(this.catalog['/PageLabels'])['/Nums']);
    const ranges = [];
    for (let at = 0; at < numbers.length; at += 2) ranges.push([numbers[at], this.get(numbers[at + 1])]);
    return this.pages.map((_, page) => {
      const [first, label] = ranges.filter(([start]) => start <= page).at(-1);
      const n = page - first + (label['/St'] ?? 1);
      return `${(label['/P'] ?? '').replace(/^u:/, '')}${{ '/D': n, '/r': roman(n) }[label['/S']] ?? ''}`;
    });
  }

  /** The place in the file of a destination's page. */
  target(destination) {
    let found = this.get(destination);
    if (typeof found === 'string') found = this.named(found);
    if (found && !Array.isArray(found)) found = this.get(found['/D']);
    return this.pages.indexOf(found?.[0]);
  }

  named(name) {
    const old = this.get(this.catalog['/Dests']);
    if (old?.[name]) return this.get(old[name]);
    const walk = (ref) => {
      const node = this.get(ref);
      const names = this.get(node['/Names']) ?? [];
      const at = names.findIndex((entry, i) => i % 2 === 0 && entry === name);
      return at >= 0 ? this.get(names[at + 1]) : (this.get(node['/Kids']) ?? []).map(walk).find(Boolean);
    };
    return walk(this.get(this.catalog['/Names'])['/Dests']);
  }

  /** Links within the document: the page they stand on, the page they lead to, and the words on them in reading order. */
  links() {
    return this.pages.flatMap((ref, page) => (this.get(this.get(ref)['/Annots']) ?? []).map((annotation) => {
      const link = this.get(annotation);
      const destination = link['/Dest'] ?? this.get(link['/A'])?.['/D'];
      if (link['/Subtype'] !== '/Link' || !destination) return undefined;
      // A link over several lines has a quadrilateral for each: its rectangle is only their frame.
      const quads = link['/QuadPoints'] ?? [];
      const areas = quads.length ? Array.from({ length: quads.length / 8 }, (_, i) => quads.slice(8 * i, 8 * i + 8)) : [link['/Rect']];
      const inside = (area) => ({ x, y }) => {
        const [xs, ys] = [0, 1].map((axis) => area.filter((_, i) => i % 2 === axis));
        return x >= Math.min(...xs) && x <= Math.max(...xs) && y >= Math.min(...ys) && y <= Math.max(...ys);
      };
      const words = areas.flatMap((area) => this.words[page].filter(inside(area)));
      return { page, to: this.target(destination), name: typeof destination === 'string' ? destination : undefined, words };
    }).filter(Boolean));
  }

  /** The entries of the outline: depth, title, and the page they lead to. */
  outline() {
    const walk = (ref, depth) => {
      const entries = [];
      for (let at = ref; at; at = this.get(at)['/Next']) {
        const entry = this.get(at);
        const destination = entry['/Dest'] ?? this.get(entry['/A'])?.['/D'];
        entries.push({ depth, title: entry['/Title'].replace(/^u:/, ''), page: this.target(destination) }, ...walk(entry['/First'], depth + 1));
      }
      return entries;
    };
    return walk(this.get(this.catalog['/Outlines'])?.['/First'], 0);
  }
}

function roman(n) {
  let rest = n;
  return [[10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i']].map(([value, sign]) => {
    const times = Math.floor(rest / value);
    rest %= value;
    return sign.repeat(times);
  }).join('');
}
