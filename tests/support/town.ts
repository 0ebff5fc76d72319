import { type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { clientsAt } from '../../scripts/demo/company.js';
import { type ApiClient } from '../../scripts/demo/client.js';
import { type OwnPlace } from '../../scripts/demo/place.js';
import { openTown } from '../e2e/support.js';
import { openBrowser, type Visit, type VisitOptions } from './chromium.js';
import { type Place, visitAs } from './signed-in.js';

/** A whole installation with a browser before it, for the stories of one file; both go with it. */
export interface Town {
  readonly place: OwnPlace;
  readonly base: string;
  readonly browser: Browser;
  /** What programs ask: to pass time and to look, never to do what a person does in the story. */
  readonly as: (person: string) => ApiClient;
  /** Somebody before a browser of their own, signed in. */
  readonly at: (person: string, path: string, options?: VisitOptions) => Promise<Visit>;
  /** Lets business time pass until then; left out: until everything that was begun is done. */
  readonly pass: (to?: string) => Promise<void>;
}

/** To be called at the top of a test file. */
export function inTown(): () => Town {
  let town: Town | undefined;
  beforeAll(async () => {
    const [place, browser] = await Promise.all([openTown(), openBrowser()]);
    const as = clientsAt(place);
    const pages: Place = {
      base: place.apiUrl,
      issuer: place.system.issuer,
      password: place.system.secrets.demonstrationPassword,
    };
    const pass = async (to?: string): Promise<void> => {
      const until = to ?? (await as('operator.1').get<{ now: string }>('/rehearsal/clock')).now;
      const { id } = await as('operator.1').post<{ id: string }>('/rehearsal/advances', { to: until });
      for (;;) {
        const advance = await as('operator.1').get<{ status: string }>(`/rehearsal/advances/${id}?wait=10s`);
        if (advance.status === 'quiet') return;
        if (advance.status !== 'running' && advance.status !== 'pending')
          throw new Error(`The clock stands: ${JSON.stringify(advance)}`);
      }
    };
    const at = (person: string, path: string, options?: VisitOptions) => visitAs(browser, pages, person, path, options);
    town = { place, base: place.apiUrl, browser, as, pass, at };
  }, 300_000);
  afterAll(async () => {
    await town?.browser.close();
    await town?.place.stop();
  }, 60_000);
  return () => {
    if (town === undefined) throw new Error('The installation does not run yet');
    return town;
  };
}

/** Opens from the worklist the first task of a kind, as somebody does who looks for it. */
export async function openFromWorklist(page: Page, kind: string): Promise<void> {
  await page.goto(new URL('/tasks', page.url()).href);
  await page.locator('#kind').selectOption(kind);
  await page.waitForURL(/kind=/);
  await page.getByRole('row').getByRole('link').first().click();
  await page.waitForURL(/\/tasks\/LX-/);
  await page.getByRole('region').first().waitFor();
}

/** Chooses an outcome, fills in what it takes and sends it; answers when it is recorded. */
export async function answer(page: Page, outcome: string, fill?: (form: Locator) => Promise<void>): Promise<void> {
  const form = page.locator('#answer');
  await form.locator(`input[name=outcome][value="${outcome}"]`).check();
  await fill?.(form);
  await form.getByRole('button', { name: 'Ghi kết quả' }).click();
  const recorded = page.getByText(/^Đã ghi:/);
  const refused = form.getByRole('alert').or(form.locator('input:invalid, select:invalid, textarea:invalid'));
  await recorded.or(refused.first()).first().waitFor({ state: 'attached' });
  if ((await recorded.count()) > 0) return;
  const said = await form.getByRole('alert').allTextContents();
  const wanted = await form
    .locator('input:invalid, select:invalid, textarea:invalid')
    .evaluateAll((fields) => fields.map((field) => field.id));
  throw new Error(`not recorded: ${said.join(' ')} ${wanted.join(', ')}`);
}

/** Fills in what the form still wants: words in every field that is empty, the first choice of every list. */
export async function fillRequired(form: Locator, words: string): Promise<void> {
  for (const field of await form.locator('[required]').all()) {
    if ((await field.getAttribute('type')) === 'radio' || (await field.inputValue()) !== '') continue;
    if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption({ index: 1 });
    else await field.fill(words);
  }
}
