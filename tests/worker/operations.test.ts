import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteEngine, engineOf } from '../../db/register/engine-identity.js';
import { findScope } from '../../engine/register/mailbox.js';
import { createPool } from '../../db/pool.js';
import { type WorkflowPort } from '../../engine/register/temporal-port.js';
import { type ScopeStart } from '../../engine/words.js';
import { startOperationsPage } from '../../ops/page.js';
import { createEngineWatch, namespaceIdentity } from '../../worker/engine-watch.js';
import { createOperations } from '../../worker/operations.js';
import { pino } from 'pino';
import { createTestRegister, TestCase, type TestRegister } from '../db/support.js';
import { freePort, temporalTarget } from '../support/environment.js';

let register: TestRegister;
let connection: Connection;
beforeAll(async () => {
  register = await createTestRegister();
  connection = Connection.lazy({ address: temporalTarget().address });
});
afterAll(async () => {
  await connection.close();
  await register.close();
});
const client = () => new Client({ connection, namespace: temporalTarget().namespace });

describe('the worker’s private page', () => {
  const open = async (pool = register.pool, working = true) => {
    const operations = createOperations({
      pool,
      client: client(),
      working: () => working,
      leads: () => true,
      restarts: 2,
    });
    const port = await freePort();
    const page = await startOperationsPage({ host: '127.0.0.1', port }, operations);
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    return { operations, get, close: () => page.close() };
  };

  it('shows what waits, and that all it needs is there', async () => {
    await TestCase.open(register);
    await register.pool.query(
      `insert into feed_cursor (reader, epoch, xid, id) values ('nobody', 0, '0', 0) on conflict do nothing`,
    );
    const { operations, get, close } = await open();
    operations.loopFailed('projector');
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/^scopes_unsent [1-9]\d*$/m);
    expect(metrics).toMatch(/^feed_lag_seconds\{reader="nobody"\} \d/m);
    for (const line of ['register_up 1', 'restarts 2', 'inbox_pending 0', 'messages_unsent{channel="mail"} 0']) {
      expect(metrics).toContain(line);
    }
    expect(metrics).toMatch(/^agenda_due \d+$/m);
    expect(metrics).toContain('loop_failures_total{loop="projector"} 1');
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', register: 'up', engine: 'up', workers: 'up' },
    ]);
    expect((await get('/healthz')).status).toBe(200);
    await close();
  });

  it('answers in time where the register is away, and says so', async () => {
    const nowhere = createPool('postgresql://app:app@127.0.0.1:1/none', { max: 1 });
    const { get, close } = await open(nowhere, false);
    const begun = performance.now();
    const [ready, metrics] = await Promise.all([get('/readyz'), get('/metrics')]);
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'not-ready', register: 'down', engine: 'up', workers: 'down' },
    ]);
    expect(await metrics.text()).toContain('register_up 0');
    await close();
    await nowhere.end();
  });
});

describe('a Temporal that has lost its data', () => {
  const watch = (identity: () => string, fails: () => boolean = () => false) => {
    const started: ScopeStart[] = [];
    const port: WorkflowPort = {
      signal: () => Promise.resolve(false),
      signalWithStart: () => Promise.resolve(),
      start: (run) => {
        if (fails()) return Promise.reject(new Error('away'));
        started.push(run);
        return Promise.resolve();
      },
    };
    const { pool, door } = register;
    const asked = () => Promise.resolve(identity());
    const logger = pino({ level: 'silent' });
    return { started, ...createEngineWatch({ pool, door, port, identity: asked, logger }) };
  };

  it('is seen by its identity, and every open workflow is rebuilt there once, without being asked', async () => {
    const file = await TestCase.open(register);
    const first = watch(() => 'memory-1');
    expect(await first.look()).toBe(false); // the first one there is
    expect(await engineOf(register.pool)).toBe('memory-1');
    expect(await watch(() => 'memory-1').look()).toBe(false); // a worker that starts again

    const before = await findScope(register.pool, file.scope);
    let memory = 'memory-1';
    const second = watch(() => memory);
    expect(await second.look()).toBe(false);
    memory = 'memory-2';
    expect(await second.look()).toBe(true);
    const raised = (before?.generation ?? 0) + 1;
    expect(second.started).toContainEqual({ scope: file.scope, kind: 'case', generation: raised });
    expect(await second.look()).toBe(false);
    expect(await watch(() => memory).look()).toBe(false);
    expect((await findScope(register.pool, file.scope))?.generation).toBe(raised);
  });

  it('cut off in the middle of it, a worker goes on and raises nothing twice', async () => {
    const file = await TestCase.open(register);
    await watch(() => 'memory-3').look();
    const { generation = 0 } = (await findScope(register.pool, file.scope)) ?? {};
    // As after a crash between the rebuild and its note.
    await noteEngine(register.pool, 'memory-2');
    const again = watch(() => 'memory-3');
    expect(await again.look()).toBe(true);
    expect(again.started).toContainEqual({ scope: file.scope, kind: 'case', generation });
    expect((await findScope(register.pool, file.scope))?.generation).toBe(generation);
  });

  it('is known by the id of its namespace', async () => {
    const { namespace } = temporalTarget();
    const [one, two] = [await namespaceIdentity(client(), namespace)(), await namespaceIdentity(client(), namespace)()];
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(two).toBe(one);
    await expect(namespaceIdentity(client(), 'no-such-namespace')()).rejects.toThrow();
  });
});
