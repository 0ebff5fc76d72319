// `npm run screens`: the pictures of README, made on an installation of its own in the middle of the demonstration.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { openBrowser, visit } from '../tests/support/chromium.js';
import { clientsAt, exampleCases, storyAt } from './demo/company.js';
import { openPlace, type OwnPlace } from './demo/place.js';

const say = (line: string) => console.log(line);
const folder = join(import.meta.dirname, '../docs/pictures');
mkdirSync(folder, { recursive: true });

/** Signs in on the stand-in's page; nobody for the public's pages. */
async function open(place: OwnPlace, path: string, person?: string): Promise<Page> {
  const { page } = await visit(browser, place.apiUrl, [], { width: 1440, height: 900 });
  if (person === undefined) {
    await page.goto(place.apiUrl + path);
    return page;
  }
  await page.goto(`${place.apiUrl}/login?return=${encodeURIComponent(path)}`);
  for (const list of await page.locator('details > summary').all()) await list.click();
  await page.locator(`input[value="${person}"]`).check();
  await page.locator('#password').fill(place.system.secrets.demonstrationPassword);
  await page.getByRole('button', { name: /Đăng nhập/ }).click();
  await page.waitForURL(place.apiUrl + path);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Đang tải…').first().waitFor({ state: 'hidden' });
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.context().close();
  say(`docs/pictures/${name}.png`);
}

/** After so many visits of the officers there is something in every list. */
const ripe = 6;

const browser = await openBrowser();
const place = await openPlace({ say });
try {
  const projects = exampleCases();
  let visits = 0;
  await storyAt(place, { say }).play(projects, async () => {
    visits += 1;
    if (visits !== ripe) return;
    await take(await open(place, '/'), 'home');
    await take(await open(place, '/projects', 'investor.besi'), 'projects');
    const code = projects[0]?.code ?? '';
    await take(await open(place, `/cases/${code}`, 'investor.besi'), 'case');
    await take(await open(place, '/tasks', 'leader.hcmc-committee'), 'tasks');
    const officer = 'officer.shtp-board.1';
    const { items } = await clientsAt(place)(officer).get<{ items: { id: string }[] }>('/tasks');
    if (items[0]) await take(await open(place, `/tasks/${items[0].id}`, officer), 'task');
  });
  // Figures once there is something to measure.
  await take(await open(place, '/board', 'leader.hcmc-committee'), 'board');
} finally {
  await browser.close();
  await place.stop();
}
