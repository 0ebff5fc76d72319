import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifierText } from '../../domain/evidence/note.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { keepLog } from '../../worker/transparency.js';
import { fileCase } from '../api/support.js';
import { startSite, type TestSite } from '../api/site.js';
import { axe, openBrowser, overflow, visit } from '../support/chromium.js';
import { feedSettled } from '../support/feed.js';
import { logWriter, noteKey } from '../support/log.js';

const key = noteKey('log.example/city', 'log');
let folder: string;
let site: TestSite;
let browser: Browser;
let proof: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  const log = { folder, files: logFolder(folder) };
  [site, browser] = await Promise.all([startSite(() => ({ log })), openBrowser()]);
  const { case: code } = await fileCase(site.api);
  await feedSettled(site.api.deps);
  await keepLog({ pool: site.api.pool, writer: logWriter(folder, key), onCheckpoint: () => undefined });
  const { body } = await site.api.call('GET', `/cases/${code}/proof`, { as: 'investor.besi' });
  proof = join(folder, 'proof.json');
  await writeFile(proof, JSON.stringify(body));
  const bent = JSON.stringify(body).replace('"index":0', '"index":1');
  await writeFile(join(folder, 'bent.json'), bent);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

it.each([
  { language: 'vi', width: 1280, dark: false, holds: 'Bằng chứng đúng.', fails: 'Bằng chứng KHÔNG đúng.' },
  { language: 'en', width: 320, dark: true, holds: 'The proof holds.', fails: 'The proof does NOT hold.' },
] as const)(
  'a proof is checked in the browser with the network off: $language',
  async ({ holds, fails, ...options }) => {
    const { page, faults } = await visit(browser, site.base, [], options);
    await page.goto(`${site.base}/verify`);
    await page.locator('#proof').waitFor();
    // Typefaces are still on their way when the page is there.
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.locator('#proof').setInputFiles(proof);
    await page.getByText(holds).waitFor();
    expect(await page.getByText('LX-').count()).toBeGreaterThan(0);
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    if (process.env['SCREENS'])
      await page.screenshot({ path: join(process.env['SCREENS'], `verify-${options.language}.png`), fullPage: true });
    await page.locator('#proof').setInputFiles(join(folder, 'bent.json'));
    await page.getByText(fails).waitFor();
    // Somebody else's key signs nothing of ours.
    await page.locator('#keys').fill(verifierText(noteKey(key.verifier.name, 'log').verifier));
    await page.locator('#proof').setInputFiles([]);
    await page.locator('#proof').setInputFiles(proof);
    await page.getByText(fails).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

it('a proof is checked by the published program, on its own', async () => {
  const response = await fetch(`${site.base}/verify-proof.mjs`);
  const program = join(folder, 'verify-proof.mjs');
  await writeFile(program, await response.text());
  const run = (file: string, ...keys: string[]) =>
    spawnSync(process.execPath, [program, file, ...keys.flatMap((one) => ['--key', one])], {
      cwd: folder,
      encoding: 'utf8',
    });
  const good = run('proof.json', verifierText(key.verifier));
  expect({ status: good.status, last: good.stdout.trim().split('\n').at(-1) }).toEqual({
    status: 0,
    last: 'Đúng · it holds',
  });
  expect(run('bent.json', verifierText(key.verifier)).status).toBe(1);
  expect(run('proof.json').status).toBe(1);
});
