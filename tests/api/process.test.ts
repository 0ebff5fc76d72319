import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiEnvironment } from '../../api/config.js';
import { builtProgram, ensurePrograms } from '../../scripts/programs/build.js';
import { exampleProjects } from '../../seeds/index.js';
import { createTestDatabase, freePort, temporalTarget, type TestDatabase } from '../support/environment.js';
import { query } from '../support/sql.js';
import { startIssuer, type Issuer } from './support.js';

let database: TestDatabase;
let issuer: Issuer;
let folder: string;
beforeAll(async () => {
  await ensurePrograms(() => undefined);
  [database, issuer, folder] = await Promise.all([
    createTestDatabase({ seeded: true }),
    startIssuer(),
    mkdtemp(join(tmpdir(), 'luong-xanh-api-process-')),
  ]);
});
afterAll(async () => {
  await issuer.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

interface Api {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

async function launch(change: NodeJS.ProcessEnv = {}): Promise<Api> {
  const port = await freePort();
  const { address, namespace } = temporalTarget();
  const child = spawn(process.execPath, [builtProgram('api/server.ts')], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATABASE_URL: database.appUrl,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      OIDC_ISSUER: issuer.issuer,
      OIDC_AUDIENCE: 'urn:luong-xanh:api',
      AGENCY_HMAC_SECRET: 'x'.repeat(32),
      SESSION_SECRET: 's'.repeat(32),
      DOCUMENTS_DIR: join(folder, 'documents'),
      OPERATIONS_PORT: '0',
      LOG_LEVEL: 'info',
      ...change,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return { child, url: `http://127.0.0.1:${change['PORT'] ?? port}`, said: () => output, ended };
}

const ready = (api: Api) =>
  expect
    .poll(
      () =>
        fetch(`${api.url}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000, interval: 100 },
    )
    .toBe(200);

it('starts, works with the engine beside it, and stops on SIGTERM without an error', async () => {
  const api = await launch();
  await ready(api);
  expect(await (await fetch(`${api.url}/readyz`)).json()).toEqual({ status: 'ready', register: 'up', engine: 'up' });
  const answer = await fetch(`${api.url}/api/v1/cases`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await issuer.tokenOf('investor.besi')}`,
      'idempotency-key': 'first',
      'content-type': 'application/json',
    },
    body: JSON.stringify(exampleProjects.besi),
  });
  expect(answer.status).toBe(201);
  api.child.kill('SIGTERM');
  expect(await api.ended).toBe(0);
  expect(api.said()).not.toMatch(/BE Semiconductor|Bearer|eyJ/);
  expect(api.said()).not.toMatch(/"level":(50|60)/);
});

it('stopped under load answers every write it has committed', async () => {
  const api = await launch({ RATE_LIMIT_PER_MINUTE: '1000000', LOG_LEVEL: 'warn' });
  await ready(api);
  const token = await issuer.tokenOf('investor.besi');
  // Connections that are never idle: a client that keeps one open as long as it is let.
  const agent = new Agent({ keepAlive: true, maxSockets: 24 });
  let answered = 0;
  let ended = false;
  const write = () =>
    new Promise<number>((resolve, reject) => {
      const body = JSON.stringify({ content: { note: 'x'.repeat(2_000) } });
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': randomUUID(),
      };
      const asked = request(`${api.url}/api/v1/drafts`, { method: 'POST', agent, headers }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
        answer.once('error', reject);
      });
      asked.once('error', reject);
      asked.end(body);
    });
  const client = async () => {
    while (!ended) {
      const status = await write().catch(() => 0);
      if (status === 201) answered += 1;
      if (status === 0) return; // nobody listens any more
    }
  };
  const clients = Array.from({ length: 24 }, client);
  await expect.poll(() => answered, { timeout: 20_000 }).toBeGreaterThan(50);
  const begun = performance.now();
  api.child.kill('SIGTERM');
  expect(await api.ended).toBe(0);
  expect(performance.now() - begun).toBeLessThan(4_500); // let go of, not cut off
  ended = true;
  await Promise.all(clients);
  agent.destroy();
  expect(await query(database.appUrl, 'select count(*)::int as drafts from draft')).toEqual([{ drafts: answered }]);
});

it('shows its metrics on its private port alone', async () => {
  const port = await freePort();
  const api = await launch({ OPERATIONS_PORT: String(port), RESTARTS: '3' });
  await ready(api);
  const own = `http://127.0.0.1:${port}`;
  expect((await fetch(`${api.url}/metrics`)).status).toBe(404);
  expect(await (await fetch(`${own}/metrics`)).text()).toMatch(/^restarts 3$/m);
  expect(await (await fetch(`${own}/readyz`)).json()).toEqual({ status: 'ready', register: 'up', engine: 'up' });
  expect(await (await fetch(`${own}/healthz`)).json()).toEqual({ status: 'ok' });
  expect((await fetch(`${own}/api/v1/cases`)).status).toBe(404);
  const taken = await launch({ OPERATIONS_PORT: String(port) });
  expect(await taken.ended).toBe(1);
  expect(taken.said()).toContain('OPERATIONS_PORT');
  api.child.kill('SIGTERM');
  expect(await api.ended).toBe(0);
});

it('says clearly that its port is taken, and what is missing from its environment', async () => {
  const other = createServer();
  const port = await freePort();
  await new Promise<void>((done) => other.listen(port, '127.0.0.1', done));
  const taken = await launch({ PORT: String(port) });
  expect(await taken.ended).toBe(1);
  expect(taken.said()).toContain(`port ${port} is taken`);
  await new Promise((done) => other.close(done));
  const missing = await launch({ OIDC_ISSUER: '' });
  expect(await missing.ended).toBe(1);
  expect(missing.said()).toContain('OIDC_ISSUER');
});

it('ends when whoever started it is gone', async () => {
  const api = await launch();
  await ready(api);
  api.child.disconnect();
  expect(await api.ended).toBe(0);
});

it('reads its environment in one place, and every variable of the schema there', async () => {
  const folder = resolve(import.meta.dirname, '../../api');
  const sources = await Promise.all(
    (await readdir(folder, { recursive: true }))
      .filter((name) => name.endsWith('.ts'))
      .map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
  expect(sources.filter(({ text }) => text.includes('process.env'))).toEqual([]);
  expect(sources.filter(({ text }) => text.includes('settingsOf(')).map(({ name }) => name)).toEqual(['server.ts']);
  const shared = await Promise.all(
    ['production', 'register-connection', 'temporal-connection', 'tracing'].map((name) =>
      readFile(join(folder, `../ops/${name}.ts`), 'utf8'),
    ),
  );
  const server = sources.find(({ name }) => name === 'server.ts')?.text ?? '';
  const config = sources.find(({ name }) => name === 'config.ts')?.text ?? '';
  for (const name of Object.keys(apiEnvironment.shape)) {
    expect(`${server}\n${config}\n${shared.join('\n')}`, name).toMatch(
      new RegExp(
        `\\benvironment\\.${name}\\b|^const \\{.*\\b${name}\\b.*\\} = environment|settings\\['${name}'\\]`,
        'm',
      ),
    );
  }
});
