import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
import { sweepAbandoned } from '../../scripts/platform/reset.js';
import { chooseServicePorts } from '../../scripts/platform/service-ports.js';
import { checkSettings } from '../../scripts/platform/settings.js';
import { Supervisor, type Vigilance } from '../../scripts/platform/supervisor.js';
import { startSystem } from '../../scripts/platform/system.js';
import { checkTemporalData } from '../../scripts/platform/temporal-data.js';
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
const isStopped = (pid: number) =>
  existsSync(`/proc/${pid}/stat`) && /^\d+ \(.*\) T /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
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

  test('keeps its secrets, readable by its owner alone', () => {
    const secrets = ensureSecrets(folder);
    expect(ensureSecrets(folder)).toEqual(secrets);
    expect(readSecrets(folder)).toEqual(secrets);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'secrets.json'), '{}');
    expect(() => ensureSecrets(folder)).toThrow(StartRefused);
  });
});

describe('state files that cannot be read', () => {
  test.each(['secrets.json', 'signer-key.pem'])('%s: what to do is said, and no other is made in silence', (name) => {
    const secrets = ensureSecrets(folder);
    mkdirSync(join(folder, 'postgres'));
    const file = join(folder, name);
    for (const spoil of [() => writeFileSync(file, 'garbage'), () => rmSync(file)]) {
      spoil();
      expect(() => ensureSecrets(folder)).toThrow(StartRefused);
      expect(() => ensureSecrets(folder)).toThrow(
        /Hãy phục hồi[\s\S]*Restore[\s\S]*NEW_SECRETS=yes[\s\S]*npm run reset/,
      );
    }
    const renewed = ensureSecrets(folder, true);
    expect(readSecrets(folder)).toEqual(renewed);
    expect(renewed.cookieKey === secrets.cookieKey).toBe(name === 'signer-key.pem');
  });

  test('run.json only tells: the next start says so and writes it anew', async () => {
    writeFileSync(join(folder, 'run.json'), '{"supervisor": 1');
    expect(findRunning(folder)).toBeUndefined();
    const said: string[] = [];
    const instance = await takeInstance(folder, 'http://127.0.0.1:1', (line) => said.push(line));
    expect(said).toEqual([expect.stringMatching(/run\.json: không đọc được.*cannot be read/)]);
    expect(findRunning(folder)?.apiUrl).toBe('http://127.0.0.1:1');
    instance.release();
  });

  test('data of Temporal that are something else', () => {
    const file = join(folder, 'temporal.db');
    checkTemporalData(file);
    writeFileSync(file, 'SQLite format 3\0 and so on');
    checkTemporalData(file);
    writeFileSync(file, 'garbage, garbage, garbage');
    expect(() => checkTemporalData(file)).toThrow(/chuyển tệp đi[\s\S]*Move it away/);
  });
});

describe('settings', () => {
  test.each([
    [{ REHEARSAL: 'banana' }, /REHEARSAL=banana.*stepped/],
    [{ REHEARSAL: 'stepped', REHEARSAL_START: 'yesterday' }, /REHEARSAL_START=yesterday.*ISO 8601/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
    [{ DOCUMENT_MAX_BYTES: '-1', WEBHOOK_ATTEMPTS: 'many' }, /DOCUMENT_MAX_BYTES[\s\S]*WEBHOOK_ATTEMPTS/],
    [{ MAIL_PORT: '70000' }, /MAIL_PORT=70000/],
  ])('%j are refused before anything is started', async (env, message) => {
    const start = startSystem({ dataDir: join(folder, 'data'), port: 0, env });
    await expect(start).rejects.toThrow(StartRefused);
    await expect(start).rejects.toThrow(message);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  test('that are right, or empty, pass', () => {
    checkSettings({ REHEARSAL: '', LOG_LEVEL: 'warn', PORT: '0', SMTP_URL: 'smtp://mail.example', MAIL_PORT: '' });
  });
});

describe('the ports of an installation', () => {
  const choose = (said: string[], env: NodeJS.ProcessEnv = {}) =>
    chooseServicePorts(folder, env, (line) => said.push(line));

  test('stay the same; another is taken, and said, only where somebody has taken one', async () => {
    const said: string[] = [];
    const first = await choose(said);
    expect(await choose(said)).toEqual(first);
    expect(said).toEqual([]);
    const stranger = createServer();
    await new Promise<void>((resolve) => stranger.listen(first.mail, '127.0.0.1', resolve));
    const third = await choose(said);
    await new Promise((resolve) => stranger.close(resolve));
    expect(third).toEqual({ ...first, mail: third.mail });
    expect(third.mail).not.toBe(first.mail);
    expect(said).toEqual([expect.stringMatching(`mail: cổng ${first.mail} .* port ${first.mail} is taken`)]);
  });

  test('are those of the environment where it names some, and an unreadable record is none', async () => {
    writeFileSync(join(folder, 'ports.json'), '{"mail": "x"');
    const ports = await choose([], { TEMPORAL_UI_PORT: '23456' });
    expect(ports.temporalUi).toBe(23_456);
    expect(new Set(Object.values(ports)).size).toBe(9);
  });
});

describe('DATA_DIR', () => {
  test('is closed to others at every start, also what an earlier release left open', async () => {
    const file = join(folder, 'documents', 'ab', 'cdef');
    mkdirSync(dirname(file), { recursive: true });
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(file, 'secret');
    writeFileSync(join(folder, 'accounts.json'), '[]');
    for (const path of [file, join(folder, 'accounts.json')]) chmodSync(path, 0o644);
    for (const path of [folder, join(folder, 'documents'), join(folder, 'postgres')]) chmodSync(path, 0o755);
    (await takeInstance(folder, '', silent)).release();
    const mode = (path: string) => statSync(path).mode & 0o777;
    expect(mode(folder)).toBe(process.getuid?.() === 0 ? 0o711 : 0o700);
    expect([join(folder, 'documents'), dirname(file)].map(mode)).toEqual([0o700, 0o700]);
    expect([file, join(folder, 'accounts.json'), join(folder, 'run.json')].map(mode)).toEqual([0o600, 0o600, 0o600]);
    expect(mode(join(folder, 'postgres'))).toBe(0o755); // PostgreSQL's own account is inside
  });

  test('gets nothing that others can read from the processes of an installation', async () => {
    const child = sh(`mkdir ${folder}/made; echo x > ${folder}/made/file`);
    await child.exited;
    expect([`${folder}/made`, `${folder}/made/file`].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o600,
    ]);
  });
});

describe('beginning anew', () => {
  const parts = ['postgres', 'documents', 'secrets.json', 'ports.json'];
  const reset = async (...args: string[]) => {
    const script = startScript('scripts/reset.ts', args, { DATA_DIR: folder });
    scripts.push(script);
    return { code: await script.exited, output: script.output() };
  };
  beforeEach(() => {
    for (const name of parts) mkdirSync(join(folder, name));
  });

  test('is refused while an installation runs, and removes nothing without a yes', async () => {
    const instance = await takeInstance(folder, 'http://127.0.0.1:1', silent);
    const refused = await reset('--yes');
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringMatching(/đang chạy[\s\S]*is running.*stop it first/) as string,
    });
    instance.release();
    const unsure = await reset();
    expect(unsure).toMatchObject({
      code: 1,
      output: expect.stringMatching(/--yes[\s\S]*Nothing was removed/) as string,
    });
    expect(parts.every((name) => existsSync(join(folder, name)))).toBe(true);
  });

  test('says what it removes and leaves what is somebody’s own', async () => {
    writeFileSync(join(folder, 'my-notes.txt'), 'mine');
    const { code, output } = await reset('--yes');
    expect(code).toBe(0);
    for (const name of parts) expect(output).toContain(join(folder, name));
    expect(readdirSync(folder)).toEqual(['my-notes.txt']);
    expect(await reset('--yes')).toMatchObject({
      code: 0,
      output: expect.stringContaining('nothing to remove') as string,
    });
  });

  test('throw-away installations of a process that was killed hard go with the next one', () => {
    const [dead, alive, young] = ['demo-dead', 'demo-alive', 'demo-young'].map((name) => join(folder, name));
    for (const path of [dead, alive, young]) mkdirSync(path ?? '');
    const record = { supervisor: { pid: 2 ** 30, startedAt: '0' }, apiUrl: '', children: [] };
    for (const path of [dead, alive]) writeFileSync(join(path ?? '', 'run.json'), JSON.stringify(record));
    writeFileSync(join(dead ?? '', 'run.lock'), JSON.stringify(record.supervisor));
    writeFileSync(join(alive ?? '', 'run.lock'), JSON.stringify(identify(process.pid)));
    expect(sweepAbandoned(folder, 'demo-')).toEqual(['demo-dead']);
    expect(readdirSync(folder).filter((name) => name.startsWith('demo-'))).toEqual(['demo-alive', 'demo-young']);
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
  const quick = { everyMs: 50, answerMs: 100, tellAfterMs: 200, deadAfterMs: 600 };
  const supervise = (vigilance?: Vigilance) => {
    const said: string[] = [];
    const records: string[] = [];
    const supervisor = new Supervisor({
      say: (line) => said.push(line),
      onChange: (now) => records.push(now.map(({ name }) => name).join(' ')),
      ...(vigilance && { vigilance }),
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
    expect(await waitUntil(() => said.length === 2, 5_000)).toBe(true);
    expect(said).toEqual([
      'a đã dừng (signal SIGKILL), đang khởi động lại · ended (signal SIGKILL): starting it again',
      'a đã chạy lại · a is back',
    ]);
    expect(running.get('a')?.pid).not.toBe(fallen.pid);

    await supervisor.halt('a');
    expect(() => supervisor.kill('a', 'SIGKILL')).toThrow('a is not running');
    await supervisor.restart('a');
    expect(running.get('a')?.exit).toBeUndefined();
    await supervisor.stop();
    expect(said).toHaveLength(2);
  });

  test.each([
    ['frozen', 'SIGSTOP'],
    ['deaf', 'SIGUSR1'],
  ] as const)('says that one is %s, and starts it again after a while', async (_, signal) => {
    const { supervisor, service, running, said } = supervise(quick);
    const deaf = new Set<number>();
    const never = new Promise<boolean>(() => undefined);
    const heard = () => {
      const pid = running.get('a')?.pid ?? 0;
      return deaf.has(pid) || isStopped(pid) ? never : Promise.resolve(true);
    };
    const script = 'trap "trap \\"\\" TERM" USR1; echo ready; while :; do sleep 0.05; done';
    await supervisor.add({ ...service('a', script), alive: heard });
    const stuck = supervisor.kill('a', signal);
    if (signal === 'SIGUSR1') deaf.add(stuck.pid);
    expect(await waitUntil(() => said.includes('a đã chạy lại · a is back'), 10_000)).toBe(true);
    expect(said[0]).toMatch(/^a không trả lời đã \d+ giây · has not answered for \d+ s$/);
    expect(said[1]).toMatch(/không trả lời.*đang khởi động lại · .*starting it again/);
    expect(running.get('a')?.pid).not.toBe(stuck.pid);
    expect(isRunning(stuck)).toBe(false);
    await supervisor.stop();
  });

  test('lets one be that is only slow, and says when it answers again', async () => {
    const { supervisor, service, said } = supervise({ ...quick, deadAfterMs: 60_000 });
    let silent = true;
    await supervisor.add({ ...service('a'), alive: () => Promise.resolve(!silent) });
    expect(await waitUntil(() => said.length === 1, 5_000)).toBe(true);
    silent = false;
    expect(await waitUntil(() => said.length === 2, 5_000)).toBe(true);
    expect(said[1]).toBe('a đã trả lời lại · a answers again');
    await supervisor.stop();
  });

  test('tells a process how often it was started before', async () => {
    const { supervisor, service, said } = supervise();
    const counts: number[] = [];
    const usual = service('a');
    await supervisor.add({ ...usual, start: (onLaunch, restarts) => (counts.push(restarts), usual.start(onLaunch)) });
    supervisor.kill('a', 'SIGKILL');
    expect(await waitUntil(() => said.length === 2, 5_000)).toBe(true);
    expect(counts).toEqual([0, 1]);
    await supervisor.stop();
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
