import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StartRefused } from '../../scripts/platform/refused.js';
import { type RunningSystem, startSystem } from '../../scripts/platform/system.js';
import { requestToken } from '../../scripts/platform/tokens.js';
import { exampleProjects } from '../../seeds/index.js';
import { type SmallDisk, smallDisk } from '../support/small-disk.js';
import { startScript } from '../support/child.js';

let folder = '';
let disk: SmallDisk;
let system: RunningSystem | undefined;
const said: string[] = [];
const dataDir = () => join(folder, 'data');
const start = (env: NodeJS.ProcessEnv) =>
  startSystem({ dataDir: dataDir(), port: 0, quiet: true, env, say: (line) => said.push(line) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-full-disk-'));
  await chmod(folder, 0o711);
  disk = smallDisk(dataDir(), 400);
});
afterAll(async () => {
  await system?.stop();
  disk.unmount();
  await rm(folder, { recursive: true, force: true });
});

test('a full disk ends nothing: 503 while it lasts, and everything goes on by itself when there is room', async () => {
  // Where no disk of our own can be mounted, the guard of the uploads alone is put to the test.
  const reserve = disk.mounted ? '4000000' : String(2 ** 50);
  const env = { ...process.env, LOG_LEVEL: 'fatal', REHEARSAL: 'stepped', DISK_RESERVE_BYTES: reserve };
  const running = (system = await start(env));
  let token: string | undefined;
  const post = async (path: string, body: string | FormData, key: string = randomUUID()) => {
    token ??= await requestToken(dataDir(), running, 'investor.besi');
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
    const json = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    const options = { method: 'POST', headers: { ...headers, ...json }, body, signal: AbortSignal.timeout(20_000) };
    const answer = await fetch(`${running.apiUrl}/api/v1${path}`, options).catch(() => undefined);
    const { code } = answer === undefined ? {} : ((await answer.json()) as { code?: string });
    return { status: answer?.status ?? 0, code, retryAfter: answer?.headers.get('retry-after') };
  };
  const draft = (key?: string) => post('/drafts', JSON.stringify({ content: { note: randomUUID().repeat(800) } }), key);
  const upload = () => {
    const form = new FormData();
    form.set('file', new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }), 'a.pdf');
    return post('/documents', form);
  };
  expect((await post('/cases', JSON.stringify(exampleProjects.besi))).status).toBe(201);

  disk.fill();
  const answers: { status: number; code: string | undefined; retryAfter: string | null | undefined }[] = [];
  for (let n = 0; n < 60 && answers.every(({ status }) => status !== 503); n++) answers.push(await draft());
  const refused = answers.filter(({ status }) => status !== 201);
  for (const { status, retryAfter } of refused)
    expect([status, retryAfter]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  expect(await upload()).toMatchObject({ status: 503, code: 'STORAGE_FULL', retryAfter: '30' });
  if (disk.mounted) {
    expect(refused).not.toEqual([]);
    await expect(start(env)).rejects.toThrow(StartRefused);
    await expect(start(env)).rejects.toThrow(/đã đầy[\s\S]*is full/);
    expect(readdirSync(dataDir()).filter((name) => name.startsWith('run.'))).toEqual(['run.json', 'run.lock']);
  }
  // What ends meanwhile is started again, however long it takes.
  const fallen = running.kill('api', 'SIGKILL');
  await expect.poll(() => said, { timeout: 40_000 }).toContain('api đã chạy lại · api is back');
  expect(fallen.pid).toBeGreaterThan(0);

  disk.free();
  const key = randomUUID();
  await expect.poll(async () => (await draft(key)).status, { timeout: 60_000, interval: 500 }).toBe(201);
  if (disk.mounted) await expect.poll(async () => (await upload()).status, { timeout: 10_000 }).toBe(201);
  const verified = startScript('scripts/verify-chain.ts', [], { DATA_DIR: dataDir(), DATABASE_URL: '' });
  expect([await verified.exited, verified.output()]).toEqual([0, expect.stringContaining('intact')]);
}, 240_000);
