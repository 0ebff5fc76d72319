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

/** Somebody before a browser of their own, signed in. */
export async function visitAs(
  browser: Browser,
  place: Place,
  person: string,
  path: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const seen = await visit(browser, place.base, [place.issuer], options);
  await signIn(seen.page, place, person, path);
  return seen;
}
