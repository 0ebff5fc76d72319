import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Client, environment, question, Receiver, startAgencies } from './support.js';

let folder: string;
let stateFile: string;
let receiver: Receiver;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agencies-'));
  stateFile = join(folder, 'state', 'agencies.jsonl');
  receiver = await new Receiver().open();
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  await receiver.close();
  rmSync(folder, { recursive: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function spawnServer(port: number, more: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'agencies/server.ts'], {
    env: {
      PATH: process.env.PATH,
      ...environment,
      AGENCIES_PORT: String(port),
      AGENCIES_STATE_FILE: stateFile,
      ...more,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  return child;
}

async function startProcess(port: number): Promise<{ client: Client; child: ChildProcess }> {
  const child = spawnServer(port);
  const client = new Client(`http://127.0.0.1:${port}`);
  const healthy = () =>
    client.call('GET', '/healthz').then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(healthy, { timeout: 20_000, interval: 100 }).toBe(200);
  return { client, child };
}

it('a process that was killed finds its pending callbacks, keys, faults, outbox and clock again', async () => {
  const port = await freePort();
  const before = await startProcess(port);
  await before.client.clock('2026-03-02T02:00:00Z');
  await before.client.faults('tax', { silent: true });
  const mail = { channel: 'sms', to: '0900000000', language: 'en', subject: null, text: 'Hello' } as const;
  const sent = await before.client.lookUp('message', mail, 'mail/1');
  expect((await before.client.consult('environment', question(receiver.url))).status).toBe(202);
  await before.client.consult(
    'environment',
    question(receiver.url, { correlationId: 'early', askedAt: '2026-02-25T02:00:00Z' }),
  );
  await expect.poll(() => receiver.correlationIds()).toEqual(['early']);
  await expect.poll(async () => (await before.client.call('GET', '/control/next')).body).toMatchObject({ pending: 1 });
  await kill(before.child);

  const { client } = await startProcess(port);
  expect((await client.call('GET', '/control/clock')).body).toEqual({
    mode: 'rehearsal',
    now: '2026-03-02T02:00:00.000Z',
  });
  expect((await client.call('GET', '/tax/faults')).body).toMatchObject({ silent: true });
  expect(await client.lookUp('message', mail, 'mail/1')).toEqual(sent);
  expect((await client.call('GET', '/message-gateway/outbox')).body).toHaveLength(1);
  const reused = await client.consult('environment', question(receiver.url, { dueDate: '2026-03-20' }));
  expect(reused).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  expect((await client.consult('environment', question(receiver.url))).status).toBe(202);
  expect((await client.clock('2026-03-05T00:00:00Z')).body).toMatchObject({ delivered: 1, undelivered: [] });
  expect(receiver.correlationIds()).toEqual(['early', 'consultation/1/dae']);
});

it('a callback that fell due while the process was dead comes after the restart', async () => {
  receiver.status = () => 503;
  const before = await startAgencies({ stateFile, callbackBackoffMs: 60_000 });
  await before.client.consult('environment', question(receiver.url));
  await expect.poll(() => receiver.received.length).toBe(1);
  await before.stop();
  receiver.status = () => 202;
  const after = await startAgencies({ stateFile });
  await expect.poll(() => receiver.received.length).toBe(2);
  expect(receiver.received[1]?.raw).toBe(receiver.received[0]?.raw);
  await after.stop();
});

it('drops a half-written last line, refuses a broken one, keeps the file to its owner and no identity number in it', async () => {
  const identityNumber = '079190000001';
  const first = await startAgencies({ stateFile });
  const asked = await first.client.lookUp('identity-check', {
    identityNumber,
    fullName: 'Nguyễn Văn Thử',
    dateOfBirth: '1990-05-17',
  });
  await first.stop();
  expect(readFileSync(stateFile, 'utf8')).not.toContain(identityNumber);
  expect(readFileSync(stateFile, 'utf8')).not.toContain('Nguyễn Văn Thử');
  expect(statSync(stateFile).mode & 0o777).toBe(0o600);

  appendFileSync(stateFile, '["callback","half');
  const second = await startAgencies({ stateFile });
  const again = await second.client.lookUp('identity-check', {
    identityNumber,
    fullName: 'Nguyễn Văn Thử',
    dateOfBirth: '1990-05-17',
  });
  expect(again).toEqual(asked);
  await second.stop();
  expect(readFileSync(stateFile, 'utf8')).not.toContain('half');

  writeFileSync(stateFile, 'nonsense\n');
  await expect(startAgencies({ stateFile })).rejects.toThrow(/line 1: not a state line/);
});

it('says clearly that its port is taken, or that a secret is missing, and ends with 1', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const { port } = blocker.address() as AddressInfo;
  const said = async (child: ChildProcess) => {
    let text = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, text };
  };
  expect(await said(spawnServer(port))).toEqual({
    code: 1,
    text: `The agency systems cannot start: port ${port} is taken: stop what uses it, or set AGENCIES_PORT\n`,
  });
  const { code, text } = await said(spawnServer(port, { AGENCY_HMAC_SECRET: 'short' }));
  expect(code).toBe(1);
  expect(text).toContain('AGENCY_HMAC_SECRET');
  blocker.close();
});

it('stops by itself on SIGTERM, even with a call that is never answered', async () => {
  const port = await freePort();
  const { client, child } = await startProcess(port);
  await client.faults('enterprise-registry', { timeoutRate: 1 });
  const hanging = client.lookUp('name-check', { name: 'Công ty TNHH Thử Nghiệm' });
  const cut = expect(hanging).rejects.toThrow();
  await expect.poll(async () => (await client.call('GET', '/enterprise-registry/journal')).body).toHaveLength(1);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  await cut;
});
