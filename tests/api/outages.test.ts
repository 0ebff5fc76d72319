import { type CaseEvent } from '../../domain/case/events.js';
import { unworded } from '../../domain/case/texts.js';
import { randomUUID } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { opens } from '../../domain/case/routes.js';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createTokenVerifier } from '../../api/auth/tokens.js';
import { createDocumentStore } from '../../api/documents/store.js';
import { createDoor } from '../../db/register/door.js';
import { isRegisterUnavailable } from '../../db/failures.js';
import { createHandOver } from '../../engine/register/hand-over.js';
import { createPool } from '../../db/pool.js';
import { exampleProjects } from '../../seeds/index.js';
import { fileForm, pdf, startApi, type TestApi } from './support.js';

const filing = exampleProjects.besi;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('answers 503 with Retry-After while the register is away, never 403, and says nothing of it', async () => {
  const nowhere = createPool('postgresql://app:app@127.0.0.1:1/none', { max: 1 });
  const broken = await startApi(() => ({ pool: nowhere }));
  try {
    const answer = await broken.refused('GET', '/me', { as: 'investor.besi' });
    expect(answer).toMatchObject({ status: 503, body: { code: 'OVERLOADED' } });
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(JSON.stringify(answer.body)).not.toMatch(/ECONN|127\.0\.0\.1|postgres/i);
    expect((await broken.call('GET', '/api/../readyz')).status).toBe(503);
    expect((await broken.call('GET', '/api/../healthz')).status).toBe(200);
  } finally {
    await nowhere.end();
    await broken.close();
  }
});

it('answers 503, not 401, while the issuer of tokens is away, and recovers by itself', async () => {
  const server = createServer((_request, response) => response.writeHead(503).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const verify = createTokenVerifier({ issuer, audience: 'urn:luong-xanh:api' });
  const token = await api.issuer.sign({ sub: 'investor.besi' });
  await expect(verify(token)).rejects.toMatchObject({ code: 'OVERLOADED' });
  await expect(verify(token)).rejects.toMatchObject({ code: 'OVERLOADED' });
  await new Promise((resolve) => server.close(resolve));
});

it('answers 500 with the request id alone when something breaks that should not', async () => {
  const broken = await startApi(() => ({
    door: {
      handle: () => Promise.reject(new Error('secret of the house')),
      open: () => Promise.reject(new Error('secret of the house')),
      answerTo: () => Promise.reject(new Error('secret of the house')),
      preview: () => Promise.reject(new Error('secret of the house')),
    },
  }));
  try {
    const { body } = await broken.refused('POST', '/cases', { as: 'investor.besi', body: filing });
    expect(body).toEqual({
      type: '/api/v1/problems/INTERNAL',
      title: expect.any(String) as string,
      status: 500,
      code: 'INTERNAL',
      requestId: expect.any(String) as string,
    });
  } finally {
    await broken.close();
  }
});

it('writes as fast as ever while the engine does not answer', async () => {
  const never = () => new Promise<never>(() => undefined);
  let asked = 0;
  const slow = await startApi(({ pool, law }) => {
    const port = { signal: never, signalWithStart: () => (asked++, never()), start: never };
    const handOver = createHandOver<CaseEvent>({ pool, port, opens, tell: unworded });
    return { door: createDoor({ pool, law, handOver: (scopes, claimed) => handOver.now(scopes, claimed) }) };
  });
  try {
    const begun = performance.now();
    expect((await slow.call('POST', '/cases', { as: 'investor.besi', body: filing })).status).toBe(201);
    expect(performance.now() - begun).toBeLessThan(1_000);
    await expect.poll(() => asked).toBe(1);
  } finally {
    await slow.close();
  }
});

/** A PostgreSQL as seen through a wire that can be frozen: what is sent arrives nowhere, what is said is not heard, nobody hangs up. */
async function frozenWire(target: URL) {
  const sockets = new Set<Socket>();
  let frozen = false;
  const pass = (from: Socket, to: Socket) => {
    from.on('data', (bytes) => {
      if (!frozen) to.write(bytes);
    });
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  };
  const server = createTcpServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) sockets.add(socket);
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    freeze: () => (frozen = true),
    thaw: () => {
      frozen = false;
      for (const socket of sockets) socket.destroy(); // what was lost in between cannot be said again
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

it('answers 503 within seconds while the register is frozen, and is well again when it thaws', async () => {
  const wire = await frozenWire(new URL(api.database.appUrl));
  const pool = createPool(wire.url, { max: 2, answerMs: 800 });
  const frozen = await startApi(() => ({ pool }));
  const me = () => frozen.call<{ code?: string }>('GET', '/me', { as: 'investor.besi' });
  const ready = () => frozen.call('GET', '/api/../readyz');
  try {
    expect([(await me()).status, (await ready()).status]).toEqual([200, 200]);
    wire.freeze();
    const begun = performance.now();
    const answers = await Promise.all([me(), me(), me(), me(), ready()]);
    expect(performance.now() - begun).toBeLessThan(6_000);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
    expect(answers[0]?.body.code).toBe('OVERLOADED');
    wire.thaw();
    await expect.poll(async () => (await me()).status).toBe(200);
  } finally {
    await pool.end();
    await wire.close();
    await frozen.close();
  }
});

it('lives on when the session of a transaction is ended between two statements', async () => {
  const told: Error[] = [];
  const pool = createPool(api.database.appUrl, { max: 1, onIdleError: (error) => told.push(error) });
  const held = await pool.connect();
  const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid');
  const admin = new pg.Client({ connectionString: inject('services').postgres.adminUrl });
  await admin.connect();
  await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await admin.end();
  await expect.poll(() => told.length).toBeGreaterThan(0);
  const failure: unknown = await held.query('select 1').catch((error: unknown) => error);
  expect(isRegisterUnavailable(failure)).toBe(true);
  held.release(true);
  await pool.end();
});

const full = Object.assign(new Error('could not extend file "base/5/16"'), { code: '53100' });

it('answers 503 with one stable code while there is no room, of the register or of documents', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'luong-xanh-full-'));
  // Bytes written here find no room, and what is removed is the link.
  const nowhere = () => {
    const path = join(folder, randomUUID());
    symlinkSync('/dev/full', path);
    return path;
  };
  const broken = await startApi(({ documents }) => ({
    door: {
      handle: () => Promise.reject(full),
      open: () => Promise.reject(full),
      answerTo: () => Promise.reject(full),
      preview: () => Promise.reject(full),
    },
    documents: { ...documents, newUpload: nowhere },
  }));
  try {
    const as = 'investor.besi';
    const answers = [
      await broken.refused('POST', '/cases', { as, body: filing }),
      await broken.refused('POST', '/documents', { as, raw: fileForm(pdf('x'.repeat(100_000))) }),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'STORAGE_FULL', '30']);
      expect(JSON.stringify(body)).not.toMatch(/extend|ENOSPC|space/);
    }
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await broken.close();
    await rm(folder, { recursive: true });
  }
});

it('refuses an upload before its bytes come where they would use up the room that must stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'luong-xanh-low-'));
  let free = 1_000_000;
  const documents = await createDocumentStore(folder, { reserveBytes: 950_000, free: () => Promise.resolve(free) });
  const low = await startApi(() => ({ documents }));
  try {
    const send = (size: number) =>
      low.refused('POST', '/documents', { as: 'investor.besi', raw: fileForm(pdf('x'.repeat(size))) });
    expect((await send(60_000)).body.code).toBe('STORAGE_FULL');
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
    expect((await send(10_000)).status).toBe(201);
    free = 2_000_000;
    expect((await send(60_000)).status).toBe(201);
  } finally {
    await low.close();
    await rm(folder, { recursive: true });
  }
});
