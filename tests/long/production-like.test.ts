import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeDataDir } from '../../scripts/platform/postgres.js';
import { type ProductionLike, startProductionLike } from '../../scripts/production-like/run.js';
import { startScript } from '../support/child.js';

let dataDir: string;
let running: ProductionLike;
const said: string[] = [];
const rehearsal = {
  REHEARSAL: 'stepped',
  REHEARSAL_IN_PRODUCTION: 'yes',
  REHEARSAL_START: '2026-07-06T09:00:00+07:00',
};
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'luong-xanh-production-like-'));
  chmodSync(dataDir, 0o711);
  const env = { ...process.env, ...rehearsal };
  running = await startProductionLike({ dataDir, port: 0, env, say: (line) => said.push(line) });
}, 900_000);
afterAll(async () => {
  await running.stop();
  removeDataDir(dataDir);
});

const hasOwnServer = (): boolean => said.some((line) => line.includes('on a PostgreSQL of its own'));

const leads = async (name: string): Promise<boolean> => {
  const page = await fetch(`${running.operations[name]}/metrics`)
    .then((answer) => answer.text())
    .catch(() => ''); // it is down
  return /^worker_leads 1$/m.test(page);
};

test('says what stands in and what is not run', () => {
  const text = said.join('\n');
  if (hasOwnServer()) {
    expect(text).toContain('server 1.29.1 on a PostgreSQL of its own, TLS with certificates of both sides');
    expect(text.match(/^\S+: không chạy · not run/gm)).toEqual(['temporal-ui: không chạy · not run']);
    return;
  }
  // No Go on this machine, and no server kept from before.
  expect(text).toContain('the dev server stands in for temporalio/server');
  for (const name of ['temporal-db', 'temporal-schema', 'temporal-namespace', 'temporal-ui'])
    expect(text).toContain(`${name}: không chạy · not run`);
});

test('the demonstration plays against it by TLS, while the worker that leads and Temporal with its database are killed in the middle', async () => {
  const demo = startScript('scripts/demo.ts', [], { NODE_EXTRA_CA_CERTS: running.caFile, DATA_DIR: dataDir });
  await demo.printed(/lane → green/);
  const leader = (await leads('worker-1')) ? 'worker-1' : 'worker-2';
  expect(await leads(leader)).toBe(true);
  running.kill(leader, 'SIGKILL');
  const begun = performance.now();
  const other = leader === 'worker-1' ? 'worker-2' : 'worker-1';
  await expect.poll(() => leads(other), { timeout: 20_000, interval: 50 }).toBe(true);
  expect(performance.now() - begun).toBeLessThan(10_000);
  running.kill('temporal', 'SIGKILL');
  if (hasOwnServer()) running.kill('temporal-db', 'SIGKILL');
  expect(await demo.exited, demo.output()).toBe(0);
  for (const name of hasOwnServer() ? ['temporal', 'temporal-db'] : ['temporal'])
    expect(said).toContain(`${name} đã chạy lại · ${name} is back`);
  expect(said).toContain(`${leader} đã chạy lại · ${leader} is back`);
});
