import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRunning, StartRefused, takeInstance } from '../../scripts/platform/instance.js';
import { tryLock } from '../../scripts/platform/locks.js';
import { freePorts, isPortFree } from '../../scripts/platform/ports.js';
import {
  endLeftover,
  identify,
  isRunning,
  launch,
  type Managed,
  waitReady,
  waitUntil,
} from '../../scripts/platform/processes.js';
import { ensureSecrets, readSecrets } from '../../scripts/platform/secrets.js';
import { Supervisor } from '../../scripts/platform/supervisor.js';
import { type ScriptProcess, startScript } from '../support/child.js';

let folder = '';
const scripts: ScriptProcess[] = [];
const children: Managed[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-platform-'));
});
afterEach(async () => {
  for (const { child } of scripts.splice(0)) child.kill('SIGKILL');
  await Promise.all(children.splice(0).map((child) => (child.kill('SIGKILL'), child.exited)));
  await rm(folder, { recursive: true, force: true });
});

const silent = () => undefined;
const start = (file: string, ...args: string[]) => {
  const script = startScript(`tests/support/stand-ins/${file}.ts`, args);
  scripts.push(script);
  return script;
};
const sh = (script: string, graceMs = 5_000, name = 'child') => {
  const child = launch({ name, command: '/bin/sh', args: ['-c', script], env: process.env, graceMs });
  children.push(child);
  return child;
};
const gone = (pid: number) => waitUntil(() => identify(pid) === undefined, 10_000);

describe('ports', () => {
  test('are different ones and free', async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
    for (const port of ports) expect(await isPortFree(port)).toBe(true);
  });

  test.each(['127.0.0.1', '0.0.0.0', '::'])('are taken when somebody listens on %s', async (host) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    expect(await isPortFree((server.address() as { port: number }).port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a child process', () => {
  test('ends when asked, with the children it had, and its lines are known', async () => {
    const child = sh('sleep 1000 & echo $!; echo two; wait');
    await waitReady(child, () => Promise.resolve(child.tail().length === 2), 5_000);
    const grandchild = Number(child.tail()[0]);
    expect(identify(grandchild)).toBeDefined();
    expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await gone(grandchild)).toBe(true);
  });

  test('that hangs is killed after its grace time', async () => {
    const child = sh('trap "" TERM; echo ready; while :; do sleep 0.1; done', 300);
    await waitReady(child, () => Promise.resolve(child.tail().includes('ready')), 5_000);
    expect(await child.stop()).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('that ends before it is ready is an error with its last words', async () => {
    const child = sh('echo "no such file" >&2; exit 3');
    await expect(waitReady(child, () => Promise.resolve(false), 5_000)).rejects.toThrow(
      /child ended \(code 3\)\n {2}no such file/,
    );
  });

  test('that cannot be started is an error, not a crash', async () => {
    const child = launch({ name: 'nothing', command: '/no/such/program', args: [], env: {} });
    expect((await child.exited).code).toBe(127);
  });

  test.each([
    ['kindly', 'echo ready; sleep 1000'],
    ['by force if it hangs', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'],
  ])('ends %s when its supervisor is killed hard', async (_, script) => {
    const supervisor = start('supervisor', '/bin/sh', '-c', script);
    const pid = Number((await supervisor.printed(/\d+/))[0]);
    expect(identify(pid)).toBeDefined();
    supervisor.child.kill('SIGKILL');
    expect(await gone(pid)).toBe(true);
  });

  test('is not taken for a later one with the same number', () => {
    const me = identify(process.pid);
    expect(me).toBeDefined();
    expect(isRunning({ pid: process.pid, startedAt: `${me?.startedAt}0` })).toBe(false);
    expect(identify(2 ** 30)).toBeUndefined();
  });
});

describe('a lock', () => {
  test('is refused while another process holds it, and free when that one was killed hard', async () => {
    const file = join(folder, 'a.lock');
    const holder = start('lock-holder', file, 'hold');
    await holder.printed(/held/);
    expect(tryLock(file)).toMatchObject({ holder: { pid: holder.child.pid } });
    holder.child.kill('SIGKILL');
    await holder.exited;
    const mine = tryLock(file);
    expect(mine).toHaveProperty('release');
    if ('release' in mine) mine.release();
    expect(existsSync(file)).toBe(false);
  });

  test('that was cut off while it was written holds nobody up', () => {
    const file = join(folder, 'a.lock');
    writeFileSync(file, '{"pid":1');
    expect(tryLock(file)).toHaveProperty('release');
  });

  test('lets several processes work one after another, never together', async () => {
    const file = join(folder, 'a.lock');
    const workers = [1, 2, 3].map(() => start('lock-holder', file));
    expect(await Promise.all(workers.map(({ exited }) => exited))).toEqual([0, 0, 0]);
    expect(readFileSync(`${file}.log`, 'utf8')).toBe('in out in out in out ');
  });
});

describe('an installation', () => {
  test('is taken by one start at a time', async () => {
    const instance = await takeInstance(folder, 'http://127.0.0.1:1', silent);
    expect(findRunning(folder)).toMatchObject({ apiUrl: 'http://127.0.0.1:1', supervisor: { pid: process.pid } });
    const refused = takeInstance(folder, 'http://127.0.0.1:2', silent);
    await expect(refused).rejects.toThrow(StartRefused);
    await expect(refused).rejects.toThrow(/đang chạy.*http:\/\/127\.0\.0\.1:1[\s\S]*already running/);
    instance.release();
    (await takeInstance(folder, 'http://127.0.0.1:2', silent)).release();
  });

  test('ends what a hard kill left behind, and no stranger that has its number now', async () => {
    const left = sh('sleep 1000');
    const stranger = sh('sleep 1000');
    const children = [
      { name: 'api', ...left.identity },
      { name: 'worker', pid: stranger.pid, startedAt: 'some other time' },
    ];
    writeFileSync(
      join(folder, 'run.json'),
      JSON.stringify({ supervisor: { pid: 2 ** 30, startedAt: '0' }, apiUrl: '', children }),
    );
    expect(findRunning(folder)).toBeUndefined();
    const said: string[] = [];
    (await takeInstance(folder, '', (line) => said.push(line))).release();
    expect(await left.exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(stranger.exit).toBeUndefined();
    expect(said).toEqual([expect.stringContaining(`process ${left.pid}`)]);
  });

  test('keeps its secrets, readable by its owner alone', async () => {
    const secrets = ensureSecrets(folder);
    expect(ensureSecrets(folder)).toEqual(secrets);
    expect(readSecrets(folder)).toEqual(secrets);
    const { mode } = await import('node:fs').then(({ statSync }) => statSync(join(folder, 'secrets.json')));
    expect(mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'secrets.json'), '{}');
    expect(() => ensureSecrets(folder)).toThrow();
  });
});

describe('a leftover', () => {
  test('that does not listen is ended by force', async () => {
    const child = sh('trap "" TERM; echo ready; while :; do sleep 0.1; done');
    await waitReady(child, () => Promise.resolve(child.tail().includes('ready')), 5_000);
    await endLeftover(child.identity, 'SIGTERM', 200);
    expect(isRunning(child.identity)).toBe(false);
  });
});

describe('the supervisor', () => {
  const supervise = () => {
    const said: string[] = [];
    const records: string[] = [];
    const supervisor = new Supervisor({
      say: (line) => said.push(line),
      onChange: (now) => records.push(now.map(({ name }) => name).join(' ')),
    });
    const running = new Map<string, Managed>();
    const service = (name: string, script = 'echo ready; sleep 1000', ready = 'ready') => ({
      name,
      start: async (onLaunch: (child: Managed) => void) => {
        const child = sh(script, 500, name);
        onLaunch(child);
        await waitReady(child, () => Promise.resolve(child.tail().includes(ready)), 5_000);
        running.set(name, child);
      },
    });
    return { supervisor, service, running, said, records };
  };

  test('stops everything in the reverse order, even where one hangs', async () => {
    const { supervisor, service, running } = supervise();
    const order: string[] = [];
    await supervisor.add(service('first'));
    await supervisor.add(service('hangs', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'));
    await supervisor.add(service('last'));
    for (const [name, child] of running) void child.exited.then(() => order.push(name));
    await supervisor.stop();
    expect(order).toEqual(['last', 'hangs', 'first']);
    expect([...running.values()].every((child) => !isRunning(child.identity))).toBe(true);
  });

  test('brings back what falls, but not what it was told to halt', async () => {
    const { supervisor, service, running, said } = supervise();
    await supervisor.add(service('a'));
    const fallen = supervisor.kill('a', 'SIGKILL');
    expect(await waitUntil(() => said.includes('a is back'), 5_000)).toBe(true);
    expect(said).toEqual(['a ended (signal SIGKILL): starting it again', 'a is back']);
    expect(running.get('a')?.pid).not.toBe(fallen.pid);

    await supervisor.halt('a');
    expect(() => supervisor.kill('a', 'SIGKILL')).toThrow('a is not running');
    await supervisor.restart('a');
    expect(running.get('a')?.exit).toBeUndefined();
    await supervisor.stop();
    expect(said).toHaveLength(2);
  });

  test('notes every living child, so that a later start can find them', async () => {
    const { supervisor, service, records } = supervise();
    await supervisor.add(service('a'));
    await supervisor.add(service('b'));
    await supervisor.stop();
    expect(records).toEqual(['a', 'a b', 'a', '']);
  });

  test('can be stopped while a service is still starting', async () => {
    const { supervisor, service } = supervise();
    const starting = supervisor.add(service('slow', 'sleep 1000'));
    const outcome = expect(starting).rejects.toThrow(/slow ended/);
    await waitUntil(() => children.length === 1, 1_000);
    await supervisor.stop();
    await outcome;
  });

  test('fails the first start of a service that does not come up', async () => {
    const { supervisor, service } = supervise();
    await expect(supervisor.add(service('bad', 'exit 1'))).rejects.toThrow('bad ended (code 1)');
    await supervisor.stop();
  });
});
