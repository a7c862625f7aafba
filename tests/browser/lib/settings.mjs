// Display settings, chosen as a person chooses them, and what they must change on a page.
import { SETTINGS, STORAGE_KEY, settingControl } from './markup.mjs';

/** The control of a setting, made visible by opening the disclosure that holds it. Undefined where the page has none. */
export async function findControl(page, name, value) {
  const control = page.locator(settingControl(name, value)).first();
  if ((await control.count()) > 0) {
    await control.evaluate((e) => { for (let d = e.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; });
    return control;
  }
  // A <select> has options for controls.
  const select = page.locator(`select[name="${name}"]`).first();
  return (await select.count()) > 0 ? select : undefined;
}

/** Chooses the settings with the page's own controls; says what could not be chosen. */
export async function choose(page, settings) {
  const faults = [];
  for (const [name, value] of Object.entries(settings)) {
    const control = await findControl(page, name, value);
    if (!control) {
      faults.push(`no control for ${name}=${value} (lib/markup.mjs, settingControl)`);
      continue;
    }
    if ((await control.evaluate((e) => e.tagName)) === 'SELECT') await control.selectOption(value);
    else if ((await control.evaluate((e) => e.type)) === 'radio' || (await control.evaluate((e) => e.type)) === 'checkbox') await control.check({ force: true });
    else await control.click();
    const stored = await page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '{}'), STORAGE_KEY).catch(() => ({}));
    if (stored[name] !== value) faults.push(`${name}=${value} was chosen, but localStorage.${STORAGE_KEY} holds ${JSON.stringify(stored)}`);
  }
  return faults;
}

/** What the settings change: size of the text, colours and the marks on <html>. */
export const look = (page) =>
  page.evaluate(() => {
    const parse = (c) => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d');
      canvas.fillStyle = c;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const styles = [getComputedStyle(document.body), getComputedStyle(document.documentElement)];
    const ground = styles.map((s) => parse(s.backgroundColor)).find((c) => c[3] > 0) ?? [255, 255, 255, 255];
    const [back, front] = [luminance(ground), luminance(parse(styles[0].color))];
    const main = document.querySelector('main p, main dd, main li') ?? document.body;
    return {
      font: parseFloat(getComputedStyle(main).fontSize),
      ground: back,
      contrast: (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05),
      marks: [...document.documentElement.attributes].filter((a) => a.name !== 'lang').map((a) => `${a.name}=${a.value}`).join(' '),
    };
  });

/** Whether `now` differs from `plain`, the same page without settings, as the settings promise. */
export function missed(settings, plain, now) {
  const faults = [];
  if (settings.size === 'xlarge' && now.font < plain.font * 1.2) faults.push(`size=xlarge: text is ${now.font}px, against ${plain.font}px`);
  if (settings.theme === 'dark' && now.ground > 0.2) faults.push(`theme=dark: the ground has a luminance of ${now.ground.toFixed(2)}`);
  if (settings.theme === 'light' && now.ground < 0.5) faults.push(`theme=light: the ground has a luminance of ${now.ground.toFixed(2)}`);
  if (settings.contrast === 'high' && (now.contrast < 15 || now.marks === plain.marks)) faults.push(`contrast=high: text has a contrast of ${now.contrast.toFixed(1)} (at least 15 is asked), marks on <html>: ${now.marks || 'none'}`);
  return faults;
}
