// Vertical pages: columns run left to right, the page scrolls along them and never along the line, words stay joined.

export const SCREENS = [
  { width: 390, height: 844, mobile: true }, { width: 360, height: 640, mobile: true },
  { width: 844, height: 390, mobile: true }, { width: 1440, height: 900, mobile: false },
];

function inPage({ width }) {
  const faults = [];
  const root = document.documentElement;
  const style = getComputedStyle(root);
  if (style.writingMode !== 'vertical-lr') faults.push(`the writing mode is ${style.writingMode}`);
  if (root.scrollHeight > root.clientHeight + 1) faults.push(`scrolls along the line: ${root.scrollHeight} > ${root.clientHeight}`);
  if (Math.abs(innerWidth - width) > 1 || Math.abs((visualViewport?.scale ?? 1) - 1) > 0.01) faults.push(`is zoomed: ${innerWidth} instead of ${width}`);
  // Of the longest paragraph, each line stands to the right of the one before.
  const paragraphs = [...document.querySelectorAll('main p')].filter((p) => p.checkVisibility());
  const longest = paragraphs.sort((a, b) => b.innerText.length - a.innerText.length)[0];
  if (longest) {
    const range = document.createRange();
    range.selectNodeContents(longest);
    const columns = [...new Set([...range.getClientRects()].filter((r) => r.height > 4).map((r) => Math.round(r.left)))];
    if (columns.some((left, at) => at > 0 && left < columns[at - 1] - 8)) faults.push(`columns run from right to left: ${columns.slice(0, 6)}`);
  }
  return faults;
}

export async function layout(stage, page, screen) {
  const context = await stage.context({ viewport: { width: screen.width, height: screen.height }, isMobile: screen.mobile, hasTouch: screen.mobile });
  try {
    const tab = await context.newPage();
    await tab.goto(stage.url(page));
    return (await tab.evaluate(inPage, screen)).map((f) => `${page.path} at ${screen.width}x${screen.height}: ${f}`);
  } finally {
    await context.close();
  }
}

/** Wheel and keys move along the columns. */
export async function scrolling(stage, page) {
  const tab = await (await stage.shared()).newPage();
  const faults = [];
  try {
    await tab.goto(stage.url(page));
    const at = () => tab.evaluate(() => Math.round(document.scrollingElement.scrollLeft));
    const range = await tab.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
    if (range < 200) return [];
    const expect = async (what, act, good) => {
      await act();
      await tab.waitForTimeout(120);
      const left = await at();
      if (!good(left)) faults.push(`${what} leaves the page at ${left} of ${range}`);
    };
    await tab.mouse.move(700, 400);
    await expect('the wheel', () => tab.mouse.wheel(0, 150), (left) => left > 100);
    await expect('Home', () => tab.keyboard.press('Home'), (left) => left === 0);
    await expect('PageDown', () => tab.keyboard.press('PageDown'), (left) => left > 150);
    await expect('PageUp', () => tab.keyboard.press('PageUp'), (left) => left < 100);
    await expect('ArrowDown', () => tab.keyboard.press('ArrowDown'), (left) => left > 20);
    await expect('End', () => tab.keyboard.press('End'), (left) => left >= range - 2);
    return faults.map((f) => `${page.path}: ${f}`);
  } finally {
    await tab.close();
  }
}

/** Fixed words of the script; a suffix after U+202F belongs to its word. */
const WORDS = ['ᠮᠣᠩᠭᠣᠯ', 'ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ', 'ᠠᠷᠠᠳ\u202Fᠤᠨ', 'ᠣᠷᠣᠨ\u202Fᠤ', 'ᠬᠣᠲᠠ\u202Fᠶᠢᠨ', 'ᠲᠣᠪᠴᠢᠶ\u180Eᠠ'];

/** Drawn vertically on the page, a word is as long as drawn horizontally by the same font: no letter is split off. */
function joined({ words, lang }) {
  const faults = [];
  const family = getComputedStyle(document.body).fontFamily;
  const box = document.createElement('div');
  box.lang = lang;
  document.body.append(box);
  for (const word of words) {
    const spans = ['vertical-lr', 'horizontal-tb'].map((mode) => {
      const span = box.appendChild(document.createElement('span'));
      span.textContent = word;
      Object.assign(span.style, { writingMode: mode, display: 'inline-block', whiteSpace: 'nowrap', fontFamily: family, fontSize: '40px', letterSpacing: '0' });
      return span.getBoundingClientRect();
    });
    const [down, across] = [spans[0].height, spans[1].width];
    if (Math.abs(down - across) > 1.5) faults.push(`${word} is ${down}px long, but ${across}px when drawn as one run`);
    const letters = [...word].filter((c) => c >= '\u1820' && c <= '\u1842').length;
    const apart = [...word].reduce((sum, letter) => {
      const span = box.appendChild(document.createElement('span'));
      span.textContent = letter;
      Object.assign(span.style, { writingMode: 'horizontal-tb', display: 'inline-block', whiteSpace: 'pre', fontFamily: family, fontSize: '40px' });
      return sum + span.getBoundingClientRect().width;
    }, 0);
    if (letters > 3 && Math.abs(apart - across) < 1) faults.push(`${word} is as long as its letters one by one: nothing joins them`);
  }
  box.remove();
  return faults;
}

export async function words(stage, page) {
  const tab = await (await stage.context({ bypassCSP: true })).newPage();
  try {
    await tab.goto(stage.url(page));
    await tab.evaluate(() => document.fonts.ready);
    const lang = await tab.evaluate(() => document.documentElement.lang);
    const loaded = await tab.evaluate(() => [...document.fonts].some((font) => font.status === 'loaded'));
    const faults = await tab.evaluate(joined, { words: WORDS, lang });
    if (!loaded) faults.push('the font of the script was not loaded');
    return faults.map((f) => `${page.path}: ${f}`);
  } finally {
    await tab.context().close();
  }
}

/** The site's font draws every letter and mark of the script that its pages hold: none is left to a font of the machine. */
export async function glyphs(stage, page, pages) {
  const used = new Set(pages.flatMap((p) => [...p.html]).filter((c) => c >= '\u1800' && c <= '\u1842' && !(c >= '\u180B' && c <= '\u180F')));
  const tab = await (await stage.context({ bypassCSP: true })).newPage();
  try {
    await tab.goto(stage.url(page));
    const missing = await tab.evaluate(async (letters) => {
      const family = getComputedStyle(document.body).fontFamily.split(',')[0].replaceAll('"', '');
      await document.fonts.load(`40px "${family}"`, letters.join(''));
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 80;
      const brush = canvas.getContext('2d', { willReadFrequently: true });
      const draw = (font, letter) => {
        brush.clearRect(0, 0, 80, 80);
        brush.font = `40px ${font}`;
        brush.fillText(letter, 20, 55);
        return brush.getImageData(0, 0, 80, 80).data.join();
      };
      return letters.filter((letter) => draw(`"${family}", monospace`, letter) === draw('monospace', letter));
    }, [...used]);
    const faults = missing.map((c) => `${page.path}: the font lacks U+${c.codePointAt(0).toString(16).toUpperCase()}`);
    return used.size < 25 ? [...faults, `${page.path}: only ${used.size} letters of the script are in use`] : faults;
  } finally {
    await tab.context().close();
  }
}

/** The root page leads to the browser's language on the first visit, later to the one chosen; `#choose` always asks. */
export async function choice(stage) {
  const root = stage.site.byPath.get('index.html');
  const homes = stage.site.homes().map((page) => ({ path: page.path, lang: page.html.match(/<html lang="?([\w-]+)/)[1] }));
  const faults = [];
  for (const { path, lang } of homes) {
    const context = await stage.context({ locale: lang });
    try {
      const tab = await context.newPage();
      const at = async (hash = '') => {
        await tab.goto(stage.url(root) + hash);
        await tab.waitForTimeout(200);
        return new URL(tab.url()).pathname;
      };
      if (!(await at()).endsWith(`/${path}`)) faults.push(`a browser that asks for ${lang} is not led to ${path}, but ${tab.url()}`);
      const other = homes.find((home) => home.lang !== lang);
      await tab.locator(`.langs a[hreflang="${other.lang}"]`).first().click();
      if (!(await at()).endsWith(`/${other.path}`)) faults.push(`the choice of ${other.lang} is not remembered: ${tab.url()}`);
      if ((await at('#choose')).endsWith('/index.html') && !tab.url().endsWith('#choose')) faults.push(`#choose does not ask: ${tab.url()}`);
    } finally {
      await context.close();
    }
  }
  return faults;
}

/** The page waits for its font, so that nothing moves when it comes; but not for one that never does. */
export async function waits(stage, page) {
  const faults = [];
  for (const [how, answer, scripted] of [['late', (route) => setTimeout(() => route.continue().catch(() => {}), 400), true], ['never', () => {}, true], ['refused', (route) => route.abort(), true], ['late', (route) => setTimeout(() => route.continue().catch(() => {}), 400), false]]) {
    const context = await stage.context({ viewport: { width: 412, height: 823 }, javaScriptEnabled: scripted });
    await context.route(/\.woff2$/, answer);
    await context.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });
    });
    try {
      const tab = await context.newPage();
      await tab.goto(stage.url(page), { waitUntil: 'domcontentloaded' });
      await tab.waitForFunction(() => document.querySelector('h1').checkVisibility({ opacityProperty: true }), undefined, { timeout: 5000 }).catch(() => faults.push(`with a font that comes ${how}, ${scripted ? '' : 'without script, '}the page is not shown`));
      if (how !== 'late' || !scripted) continue;
      await tab.waitForTimeout(300);
      const moved = await tab.evaluate(() => window.moved);
      if (moved > 0.02) faults.push(`moves by ${moved.toFixed(3)} when its font comes`);
    } finally {
      await context.close();
    }
  }
  return faults.map((f) => `${page.path}: ${f}`);
}
