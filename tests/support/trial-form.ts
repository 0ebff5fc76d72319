import { type Page } from 'playwright-core';
import { type SandboxFiling } from '../../domain/schemas/trial.js';

const typed = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : value === true
      ? 'yes'
      : value === false
        ? 'no'
        : String(value as string);

/** Fills in the page of a trial’s filing that is open, from a filing: every field by its name. */
export async function fillTrialPage(page: Page, filing: SandboxFiling): Promise<void> {
  const names: string[] = await page
    .locator('main form [name]')
    .evaluateAll((inputs) => [...new Set(inputs.map((input) => input.getAttribute('name') ?? ''))]);
  for (const name of names) {
    const value = name
      .split('.')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], filing);
    const input = page.locator(`[name="${name}"]`);
    const kind = await input.first().evaluate((element) => `${element.tagName} ${element.getAttribute('type') ?? ''}`);
    if (kind === 'INPUT radio') {
      if (typed(value) !== '') await page.locator(`[name="${name}"][value="${typed(value)}"]`).check();
    } else if (kind.startsWith('SELECT'))
      await input.selectOption(typeof value === 'boolean' ? String(value) : typed(value));
    else await input.fill(typed(value));
  }
}
