import { join } from 'node:path';
import { type Page, type Request } from 'playwright-core';
import { axe, colours, overflow, type Visit } from './chromium.js';

/** Lets a page come to rest: everything asked for was answered and drawn. To be made before the first address is opened. */
export function restOf(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  page.on('request', (request) => {
    // News and who else is looking: asked for as long as the page is open.
    if (request.resourceType() === 'fetch' && !/\/(events|presence)$/.test(request.url())) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  const drawn = () => page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  return async () => {
    await page.locator('main :is(h1, h2)').first().waitFor();
    const until = Date.now() + 15_000;
    for (let quiet = 0; quiet < 2; quiet = open.size === 0 && (await loading(page)) === 0 ? quiet + 1 : 0) {
      if (Date.now() > until)
        throw new Error(`${page.url()} does not come to rest: ${[...open].map((one) => one.url()).join(' ')}`);
      await drawn();
    }
  };
}

const loading = (page: Page): Promise<number> =>
  page.locator('main p[role=status]:visible', { hasText: /^(Đang tải…|Loading…)$/ }).count();

/** Texts and boxes of which a part cannot be seen or scrolled to: cut off by what holds them, or beyond the left edge. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.body.querySelectorAll('*')].filter((element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // Of one pixel: for screen readers alone.
    if (box.width <= 1 || box.height <= 1 || style.visibility === 'hidden' || element.closest('svg') !== null) return false;
    // What is typed moves along within its field.
    if (element.matches('input')) return false;
    const hides = (axis) => axis === 'hidden' || axis === 'clip';
    return (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
      || (style.position !== 'absolute' && box.right < 0);
  }).map((element) => element.outerHTML.slice(0, 200))`);

/** What the keyboard comes to and does not show: no ring, or nothing of it on the screen. Begins with a real Tab, so that the browser shows focus. */
async function hiddenFocus(page: Page): Promise<string[]> {
  await page.evaluate('document.activeElement?.blur()');
  await page.keyboard.press('Tab');
  return page.evaluate<string[]>(`(() => {
    const reachable = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex]:not([tabindex^="-"])';
    const found = [];
    if (!document.activeElement.matches(':focus-visible')) found.push('nothing after the first Tab');
    for (const element of document.querySelectorAll(reachable)) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      element.focus();
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const seen = box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
      const ring = element.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      if (document.activeElement !== element || !ring || !seen)
        found.push(element.outerHTML.slice(0, 200) + JSON.stringify([outlineStyle, outlineWidth, box.top, box.left]));
    }
    return found;
  })()`);
}

export interface Walker extends Visit {
  readonly rest: () => Promise<void>;
  readonly base: string;
}

/** Where SCREENS names a folder: the page on a phone, a desk and a wall, for somebody to look at. */
async function keepPictures(page: Page, path: string, language: string): Promise<void> {
  const folder = process.env['SCREENS'];
  if (folder === undefined) return;
  const name = path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';
  for (const { width, dark } of pictures) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await page.screenshot({
      path: join(folder, `${name}-${language}-${width}${dark ? '-dark' : ''}.png`),
      fullPage: true,
    });
  }
}
const pictures = [
  { width: 390, dark: false },
  { width: 1440, dark: false },
  { width: 2560, dark: true },
] as const;

/** Both languages at both widths, light and dark; in the dark only colours are others. */
const looks = {
  vi: [
    { width: 1280, dark: false },
    { width: 320, dark: true },
    { width: 2560, dark: false },
  ],
  en: [
    { width: 320, dark: false },
    { width: 1280, dark: true },
    { width: 2560, dark: false },
  ],
} as const;
const narrow = [{ width: 320, dark: false }] as const;

/**
 * What is wrong with the page at this address; nothing is what it should be. Not thorough: where another role's page of the same kind was looked at from everywhere,
 * once, at its narrowest.
 */
export async function faultsAt(
  { page, rest, base, faults }: Walker,
  path: string,
  thorough: boolean,
): Promise<string[]> {
  const found: string[] = [];
  const told = faults.length;
  const note = (look: string, problems: readonly string[]) => found.push(...problems.map((one) => `${look}: ${one}`));
  for (const language of ['vi', 'en'] as const) {
    if (!thorough && language === 'en') break;
    await page.context().addCookies([{ name: 'language', value: language, url: base }]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(base + path);
    await rest();
    for (const { width, dark } of thorough ? looks[language] : narrow) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      const look = `${language} ${width}${dark ? ' dark' : ''}`;
      const over = await overflow(page);
      if (over > 0) note(look, [`${over} pixels beyond the right edge`]);
      note(look, await cut(page));
      if (width < 2560) note(look, await axe(page, dark ? colours : undefined));
    }
    if (thorough) await keepPictures(page, path, language);
    if (language === 'vi') note('keyboard', await hiddenFocus(page));
  }
  note('browser', faults.slice(told));
  return found;
}
