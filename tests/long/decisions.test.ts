import { loadavg } from 'node:os';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAssessment } from '../api/engine-by-hand.js';
import { startSite, type TestSite } from '../api/site.js';
import { fileCase } from '../api/support.js';
import { openBrowser } from '../support/chromium.js';
import { visitAs } from '../support/signed-in.js';

/** Decisions taken, each a task of its own, on a worklist of so many rows. */
const decisions = 200;
const listed = 10_000;
const officer = 'officer.shtp-board.1';
/** What is written as a reason. */
const words = 'Đã đối chiếu hồ sơ với bản gốc.';

let site: TestSite;
let browser: Browser;
const open: string[] = [];
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  for (let n = 0; n < decisions; n++) {
    const { case: code } = await fileCase(site.api, 'besi', 'investor.besi', `Lô ${n}`);
    open.push(await openAssessment(site.api, code));
  }
}, 3_600_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

interface Timed {
  readonly name: string;
  readonly duration: number;
}

it('answers every key of two hundred decisions within a tenth of a second, on a worklist of ten thousand rows', async () => {
  const { body } = await site.api.call<{ items: { id: string }[] }>('GET', '/tasks?limit=50', { as: officer });
  const [one] = body.items;
  const { page, faults } = await visitAs(browser, site, officer, '/start', { width: 1440, height: 900 });
  await page.route(/\/api\/v1\/tasks\?/, (route) => {
    const mine = open.map((id) => ({ ...one, id }));
    const others = Array.from({ length: listed - mine.length }, (_one, n) => ({ ...one, id: `${one?.id ?? ''}${n}` }));
    return route.fulfill({ json: { ...body, items: [...mine, ...others], next: null } });
  });
  await page.goto(`${site.base}/tasks`);
  await page.locator('tbody tr').first().waitFor();
  let keys = 0;
  // What took less than the 16 ms of a picture is not told.
  await page.evaluate(`window.timed = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries())
        if (name === 'keydown' || name === 'keypress' || name === 'keyup' || name === 'input') window.timed.push({ name, duration });
    }).observe({ type: 'event', durationThreshold: 16, buffered: false })`);
  const drawn = () => page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
    await drawn();
  };
  const begun = loadavg()[0] ?? 0;
  for (let n = 0; n < decisions; n++) {
    const link = page.locator(`a[href$="/tasks/${encodeURIComponent(open[0] ?? '')}"]`);
    await link.waitFor();
    // Along the list and back, as somebody who looks before they choose.
    await link.focus();
    await press('j');
    await press('k');
    await link.focus();
    await press('Enter');
    await page.locator('#answer input').first().waitFor();
    await press('a');
    await press('Space');
    await page.locator('#answer textarea[name=reason]').waitFor();
    await press('Tab');
    for (const letter of words) {
      keys += 1;
      await page.keyboard.type(letter);
    }
    await drawn();
    expect(await page.locator('#answer textarea[name=reason]').inputValue()).toBe(words);
    const atButton = () => page.evaluate<boolean>(`document.activeElement?.matches('#answer button[type=submit]')`);
    for (let tabs = 0; !(await atButton()); tabs++) {
      expect(tabs).toBeLessThan(20);
      await press('Tab');
    }
    await press('Enter');
    await page.getByText('Đã ghi:').waitFor();
    open.shift();
    await press('u');
    await page.locator('tbody tr').first().waitFor();
  }
  const timed = await page.evaluate<Timed[]>('window.timed');
  // A key is as slow as the slowest event of it: each kind by itself is fewer than the keys.
  const slow = timed
    .filter(({ name }) => name === 'keydown')
    .map(({ duration }) => duration)
    .sort((a, b) => b - a);
  const p95 = slow[Math.floor(keys * 0.05)] ?? 16;
  console.log(
    `Event Timing: ${decisions} decisions, ${keys} keys, p95 ${p95} ms (16: or less), p99 ${slow[Math.floor(keys * 0.01)] ?? 16} ms, the slowest ${slow.slice(0, 5).join(', ')} ms, a load of ${begun.toFixed(1)} to ${(loadavg()[0] ?? 0).toFixed(1)}`,
  );
  expect(p95).toBeLessThanOrEqual(100);
  expect(faults).toEqual([]);
  await page.context().close();
}, 3_600_000);
