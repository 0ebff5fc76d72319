import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { systemProgram } from './system-package.js';

/** CHROMIUM_PATH, one of the system's, or one that its package manager installs. */
async function findChromium(): Promise<string> {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return given;
  return systemProgram(
    ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
    ['chromium-headless-shell', 'chromium'],
    'These tests open the pages in a browser: install Chromium, or name yours by CHROMIUM_PATH',
  );
}

/** A browser without a window, as every machine has it: no fonts of the system, nothing that calls home. */
export async function openBrowser(): Promise<Browser> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  const args = [...root, ...quiet, '--font-render-hinting=none'];
  return chromium.launch({ executablePath: await findChromium(), args });
}

export interface Visit {
  readonly page: Page;
  /** What must not be: errors of the console and of scripts, violations of the policy, requests to other hosts. */
  readonly faults: readonly string[];
}

export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'vi' | 'en';
  readonly dark?: boolean;
  readonly script?: boolean;
}

/** A person of their own before a browser whose clock and language are far away. `hosts`: origins it may ask. */
export async function visit(
  browser: Browser,
  base: string,
  hosts: readonly string[],
  options: VisitOptions = {},
): Promise<Visit> {
  const { width = 1280, height = 800, language = 'vi', dark = false, script = true } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'America/Denver',
    locale: 'en-US',
    javaScriptEnabled: script,
  });
  await context.addCookies([{ name: 'language', value: language, url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'blob:' && ![base, ...hosts].includes(origin)) faults.push(`request: ${request.url()}`);
  });
  return { page, faults };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Findings {
  readonly violations: readonly { id: string; nodes: readonly { target: unknown; failureSummary?: string }[] }[];
}

/** Of axe's rules those that another colour scheme may break. */
export const colours: readonly string[] = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong with the page as it is, by rule and place; `rules` left out: all of them. */
export async function axe(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Evaluated, not added as a script: the policy of the pages refuses those.
  if (!(await page.evaluate<boolean>('window.axe !== undefined'))) await page.evaluate(axeSource);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: [...rules] }) };
  const { violations } = await page.evaluate<Findings>(`axe.run(${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`),
  );
}

/** What sticks out of the window to the right. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
