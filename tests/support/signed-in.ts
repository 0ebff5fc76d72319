import { type Browser, type Page } from 'playwright-core';
import { visit, type Visit, type VisitOptions } from './chromium.js';

/** Pages with the stand-in issuer that signs people in to them. */
export interface Place {
  readonly base: string;
  readonly issuer: string;
  /** Of every demonstration account. */
  readonly password: string;
}

/** Signs in as one of the demonstration people, on the stand-in's own page, and comes to `path`. */
export async function signIn(page: Page, { base, password }: Place, person: string, path: string): Promise<void> {
  await page.goto(`${base}/login?return=${encodeURIComponent(path)}`);
  const choice = page.locator(`input[value="${person}"]`);
  // Agencies have many people: their list is folded.
  await choice.evaluate((input) => input.closest('details')?.setAttribute('open', ''));
  await choice.check();
  await page.locator('#password').fill(password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(base + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

const session = '__Host-session';
/** The session that somebody has in a place, by both. */
const kept = new Map<string, string>();

/** The session they have there, while it holds. */
async function sessionOf(key: string, { base }: Place): Promise<string | undefined> {
  const value = kept.get(key);
  if (value === undefined) return undefined;
  const me = await fetch(`${base}/api/v1/me`, { headers: { cookie: `${session}=${value}` } });
  await me.arrayBuffer();
  return me.ok ? value : undefined;
}

/** Somebody before a browser of their own, signed in: by hand the first time, and again when that session has ended. */
export async function visitAs(
  browser: Browser,
  place: Place,
  person: string,
  path: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const seen = await visit(browser, place.base, [place.issuer], options);
  const context = seen.page.context();
  const key = `${person} ${place.base}`;
  const value = await sessionOf(key, place);
  if (value === undefined) {
    await signIn(seen.page, place, person, path);
    const cookies = await context.cookies(place.base);
    kept.set(key, cookies.find(({ name }) => name === session)?.value ?? '');
    return seen;
  }
  // A browser takes a `Secure` cookie from nobody but a place over TLS, and gives it to loopback all the same.
  const url = place.base.replace('http:', 'https:');
  await context.addCookies([{ name: session, value, url, httpOnly: true, secure: true, sameSite: 'Lax' }]);
  await seen.page.goto(place.base + path);
  await seen.page.waitForURL(place.base + path);
  await seen.page.getByRole('heading', { level: 1 }).waitFor();
  return seen;
}
