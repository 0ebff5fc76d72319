import { type Browser, type Cookie, type Page } from 'playwright-core';
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
/** What a browser keeps of somebody who signed in there, with the issuer's session, by both. */
const kept = new Map<string, readonly Cookie[]>();

/** The same, while their session holds. */
async function keptOf(key: string, { base }: Place): Promise<readonly Cookie[] | undefined> {
  const cookies = kept.get(key);
  const value = cookies?.find(({ name }) => name === session)?.value;
  if (value === undefined) return undefined;
  const me = await fetch(`${base}/api/v1/me`, { headers: { cookie: `${session}=${value}` } });
  await me.arrayBuffer();
  return me.ok ? cookies : undefined;
}

/** Cookies of this very host are given by address, and `Secure` ones taken over TLS alone: a browser sends them to loopback all the same. */
const given = ({ domain, path, ...cookie }: Cookie) =>
  cookie.name.startsWith('__Host-') ? { ...cookie, url: `https://${domain}` } : { ...cookie, domain, path };

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
  const cookies = await keptOf(key, place);
  if (cookies === undefined) {
    await signIn(seen.page, place, person, path);
    kept.set(
      key,
      (await context.cookies()).filter(({ name }) => name !== 'language'),
    );
    return seen;
  }
  await context.addCookies(cookies.map(given));
  await seen.page.goto(place.base + path);
  await seen.page.waitForURL(place.base + path);
  await seen.page.getByRole('heading', { level: 1 }).waitFor();
  return seen;
}
