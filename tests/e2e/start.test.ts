import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunRecord } from '../../scripts/platform/instance.js';
import { isPortFree } from '../../scripts/platform/ports.js';
import { isRunning, waitUntil } from '../../scripts/platform/processes.js';
import { type ScriptProcess, startCommand, startScript } from '../support/child.js';
import { query } from '../support/sql.js';
import { adminUrl } from './support.js';

let folder = '';
const started: ScriptProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-start-'));
  await chmod(folder, 0o711);
});
afterEach(async () => {
  for (const { child } of started) child.kill('SIGTERM');
  await Promise.all(started.splice(0).map(({ exited }) => exited));
});
afterAll(() => rm(folder, { recursive: true }));

const dataDir = () => join(folder, 'data');
const start = (options: { port?: number; env?: NodeJS.ProcessEnv; dataDir?: string } = {}) => {
  const args = [options.dataDir ?? dataDir(), String(options.port ?? 0)];
  const script = startScript('tests/support/stand-ins/start.ts', args, {
    npm_lifecycle_event: undefined,
    ...options.env,
  });
  started.push(script);
  return script;
};
const printToken = (user: string) => startScript('scripts/token.ts', [user], { DATA_DIR: dataDir() });
const ready = async (script: ScriptProcess) => {
  const [, apiUrl = '', databaseUrl = ''] = await script.printed(/READY (\S+) (\S+)/);
  return { apiUrl, databaseUrl, children: record().children };
};
const record = () => JSON.parse(readFileSync(join(dataDir(), 'run.json'), 'utf8')) as RunRecord;
const allGone = (children: RunRecord['children']) => waitUntil(() => !children.some(isRunning), 30_000);

describe('npm start', { timeout: 120_000 }, () => {
  test('starts seven processes, is refused a second time, and leaves none behind after Ctrl-C', async () => {
    const first = start();
    const { apiUrl, children } = await ready(first);
    expect(children.map(({ name }) => name).sort()).toEqual([
      'agencies',
      'api',
      'identity',
      'mail',
      'postgres',
      'temporal',
      'worker',
    ]);
    expect(children.every(isRunning)).toBe(true);

    const second = start();
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(`already running on ${dataDir()} (${apiUrl})`);
    expect(second.output()).toContain('đang chạy');
    expect(children.every(isRunning)).toBe(true);

    const [token, stranger] = [printToken('investor.besi'), printToken('nobody')];
    expect([await token.exited, await stranger.exited]).toEqual([0, 1]);
    expect(token.output()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(decodeJwt(token.output().trim())).toMatchObject({ sub: 'investor.besi', aud: 'urn:luong-xanh:api' });
    expect(stranger.output()).toContain('There is no account "nobody"');

    first.child.kill('SIGINT');
    expect(await first.exited).toBe(0);
    expect(children.filter(isRunning)).toEqual([]);
    expect(await isPortFree(Number(new URL(apiUrl).port))).toBe(true);
    expect(record().children).toEqual([]);

    const late = printToken('investor.besi');
    expect(await late.exited).toBe(1);
    expect(late.output()).toContain('npm start');
  });

  test('killed hard leaves nothing behind, the next start finds what was committed, and ends even when a child hangs', async () => {
    const first = start();
    const before = await ready(first);
    const admin = adminUrl(before.databaseUrl, dataDir());
    await query(admin, 'create table survivor as select 42 as answer');
    first.child.kill('SIGKILL');
    expect(await first.exited).toBe('SIGKILL');

    const second = start({ env: { STAND_IN_HANGS: '1' } });
    const after = await ready(second);
    expect(before.children.filter(isRunning)).toEqual([]);
    expect(await query(adminUrl(after.databaseUrl, dataDir()), 'select answer from survivor')).toEqual([
      { answer: 42 },
    ]);
    second.child.kill('SIGTERM');
    await second.printed(/not yet/);
    await sleep(600); // what comes sooner is the same signal, passed on
    second.child.kill('SIGINT'); // the impatient second Ctrl-C
    expect(await second.exited).toBe(0);
    expect(after.children.filter(isRunning)).toEqual([]);
  });

  test('brings up the whole house, brings back what is killed, and goes when npm itself is killed hard', async () => {
    const npm = startCommand('npm', ['start'], { PORT: '0', DATA_DIR: dataDir() });
    started.push(npm);
    await npm.printed(/OpenAPI page +http/);
    const { apiUrl, children, supervisor } = record();
    const token = printToken('investor.besi');
    expect(await token.exited).toBe(0);
    const me = () => fetch(`${apiUrl}/api/v1/me`, { headers: { authorization: `Bearer ${token.output().trim()}` } });
    expect(await (await me()).json()).toMatchObject({ id: 'investor.besi' });

    const api = children.find(({ name }) => name === 'api');
    process.kill(api?.pid ?? 0, 'SIGKILL');
    await npm.printed(/api is back/);
    expect((await me()).status).toBe(200);

    npm.child.kill('SIGKILL');
    expect(await waitUntil(() => !isRunning(supervisor), 30_000)).toBe(true);
    expect(await allGone(children)).toBe(true);
    expect(record().children).toEqual([]);
  });

  test('a demonstration whose reader is gone leaves no folder behind', async () => {
    const temporary = join(folder, 'temporary');
    await mkdir(temporary);
    await chmod(temporary, 0o711);
    const env = { TMPDIR: temporary, DATA_DIR: join(folder, 'nothing-runs-here') };
    const demo = startCommand('/bin/sh', ['-c', `${process.execPath} --import tsx scripts/demo.ts | head -n 2`], env);
    started.push(demo);
    expect(await demo.exited).toBe(0);
    expect((await readdir(temporary)).filter((name) => name.startsWith('luong-xanh-demo-'))).toEqual([]);
  });

  test('refuses a taken port in both languages, before it starts anything', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const other = join(folder, 'other');
    const script = start({ port, dataDir: other });
    expect(await script.exited).toBe(1);
    expect(script.output()).toContain(`Port ${port} is taken`);
    expect(script.output()).toContain(`Cổng ${port} đang được`);
    expect((await readdir(other)).sort()).toEqual(['run.json']);
    await new Promise((resolve) => server.close(resolve));
  });
});
