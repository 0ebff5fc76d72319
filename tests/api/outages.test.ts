import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTokenVerifier } from '../../api/auth/tokens.js';
import { createDoor } from '../../db/door.js';
import { createHandOver } from '../../db/hand-over.js';
import { createPool } from '../../db/pool.js';
import { exampleProjects } from '../../seeds/index.js';
import { startApi, type TestApi } from './support.js';

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
    const handOver = createHandOver({ pool, port });
    return { door: createDoor({ pool, law, handOver: (scopes) => handOver.now(scopes) }) };
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
