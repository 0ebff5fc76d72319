import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiBase, apiRoutes } from '../../api/app.js';
import { errors } from '../../domain/errors.js';
import { exampleProjects } from '../../seeds/index.js';
import { createMetrics, watchCalendars } from '../../api/routes/operations.js';
import { startApi, type TestApi } from './support.js';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
  readonly security: readonly object[];
}
interface Contract {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, object> };
}

let api: TestApi;
let contract: Contract;
beforeAll(async () => {
  api = await startApi(({ limits }) => ({ limits: { ...limits, perMinute: 100_000, publicPerMinute: 3 } }));
  contract = (await api.call<Contract>('GET', '/openapi.json')).body;
});
afterAll(() => api.close());

const operations = () =>
  Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

it('lists every route, each with its own name and who may call it', () => {
  const listed = operations().map(({ path, method }) => `${method} ${path}`);
  expect(listed.sort()).toEqual(
    apiRoutes(api.deps)
      .map(({ method, path }) => `${method} ${apiBase}${path}`)
      .sort(),
  );
  const names = operations().map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const { operation, path } of operations()) {
    expect(Array.isArray(operation.security), path).toBe(true);
    expect(
      Object.keys(operation.responses).some((status) => status.startsWith('2')),
      path,
    ).toBe(true);
  }
});

it('is OpenAPI 3.1 without a loose end: every reference leads somewhere, every path parameter is described', () => {
  expect(contract.openapi).toBe('3.1.0');
  const references = [...JSON.stringify(contract).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(references.length).toBeGreaterThan(30);
  for (const reference of references) {
    const name = reference.replace('#/components/schemas/', '');
    expect(contract.components.schemas, reference).toHaveProperty([name]);
  }
  for (const { path, operation } of operations()) {
    const inPath = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
    expect([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])).toEqual(inPath);
  }
});

it('writes patterns that a JSON Schema validator can read', () => {
  const patterns = [...JSON.stringify(contract).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
    (match) => JSON.parse(match[1] ?? '""') as string,
  );
  expect(patterns.length).toBeGreaterThan(10);
  for (const pattern of patterns) expect(() => new RegExp(pattern, 'u'), pattern).not.toThrow();
});

it('asks for an Idempotency-Key wherever something is written for a person', () => {
  // What somebody has typed so far is kept as it was sent last: sent again, it is the same.
  const bySelf = ['/api/v1/tasks/{id}/draft'];
  const writes = operations().filter(
    ({ method, operation, path }) =>
      method === 'post' && JSON.stringify(operation.security).includes('person') && !bySelf.includes(path),
  );
  expect(writes.length).toBeGreaterThan(12);
  for (const { path, operation } of writes) {
    expect(
      operation.parameters.map(({ name }) => name),
      path,
    ).toContain('Idempotency-Key');
  }
});

it('says problems in the language asked for, with a type that leads to their description', async () => {
  const ask = (language: string) => api.refused('GET', '/me', { headers: { 'accept-language': language } });
  const vi = await ask('vi-VN,vi;q=0.9,en;q=0.8');
  expect(vi.headers.get('content-type')).toContain('application/problem+json');
  expect(vi.headers.get('content-language')).toBe('vi');
  expect(vi.body).toEqual({
    type: '/api/v1/problems/UNAUTHENTICATED',
    title: errors.UNAUTHENTICATED.title.vi,
    status: 401,
    code: 'UNAUTHENTICATED',
    requestId: vi.headers.get('x-request-id'),
  });
  expect((await ask('en')).body.title).toBe(errors.UNAUTHENTICATED.title.en);
  expect((await ask('fr')).body.title).toBe(errors.UNAUTHENTICATED.title.vi);
  const described = await api.call('GET', vi.body.type);
  expect(described.body).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, title: errors.UNAUTHENTICATED.title });
});

it('says what is wrong with a field in the language asked for', async () => {
  const body = { ...exampleProjects.besi, project: { ...exampleProjects.besi.project, termYears: 0 } };
  const ask = async (language: string) =>
    (await api.refused('POST', '/screenings', { body, key: null, headers: { 'accept-language': language } })).body;
  const [vi, en] = [await ask('vi'), await ask('en')];
  expect(vi.code).toBe('AMOUNT_OUT_OF_RANGE');
  expect(vi.errors?.[0]?.detail).toMatch(/nhỏ/);
  expect(en.errors?.[0]?.detail).toMatch(/small/);
});

it('takes the request id of a gateway, and makes its own where that is none', async () => {
  const ask = async (id: string) =>
    (await api.call('GET', '/me', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
  expect(await ask('gateway-1234')).toBe('gateway-1234');
  expect(await ask('a b')).not.toBe('a b');
});

it('shows the contract on a page that loads nothing from anywhere else', async () => {
  const page = await api.call<string>('GET', '/api/docs');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none';.*script-src 'self'/);
  const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(assets.length).toBe(3);
  for (const asset of assets) expect((await api.call('GET', `/api/${asset}`)).status, asset).toBe(200);
});

it('protects every answer with the usual headers and keeps none of them in a cache', async () => {
  const { headers } = await api.call('GET', '/agencies');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-powered-by')).toBeNull();
});

it('limits look-ups that need no login before it reads them', async () => {
  const ask = () => api.refused('POST', '/public/case-status', { body: { code: 'x', pin: 'y' }, key: null });
  const codes: string[] = [];
  for (let n = 0; n < 4; n++) codes.push((await ask()).body.code);
  expect(codes).toEqual(['STATUS_NOT_SHOWN', 'STATUS_NOT_SHOWN', 'STATUS_NOT_SHOWN', 'RATE_LIMITED']);
  expect((await ask()).headers.get('retry-after')).not.toBeNull();
});

it('serves the catalogue to anybody: procedures of a day, pathways, agencies, calendars', async () => {
  const get = async (path: string) =>
    (await api.call<{ items: { code: string; version: string }[] }>('GET', path)).body.items;
  const versionOn = async (day: string) =>
    (await get(`/procedures?at=${day}`)).find(({ code }) => code === 'construction-permit')?.version;
  expect(await versionOn('2026-06-30')).toBe('construction-permit@2024-12-30');
  expect(await versionOn('2026-07-01')).toBe('construction-permit@2026-07-01');
  expect((await get('/procedures/construction-permit')).length).toBe(2);
  expect((await get('/pathways')).map(({ code }) => code)).toEqual(['standard', 'special', 'strategic']);
  expect((await get('/agencies')).map(({ code }) => code)).toContain('shtp-board');
  expect((await get('/calendars')).map(({ code }) => code)).toContain('vn-state');
  expect((await api.refused('GET', '/procedures/moon-permit')).body.code).toBe('NOT_FOUND');
});

it('tells operators how it is', async () => {
  expect((await api.call('GET', '/api/../healthz')).body).toEqual({ status: 'ok' });
  expect((await api.call('GET', '/api/../readyz')).body).toEqual({ status: 'ready', register: 'up', engine: 'down' });
  expect((await api.call('GET', '/api/../metrics')).status).toBe(404); // on the private page alone
  const { registry } = api.deps.metrics ?? createMetrics(api.pool);
  watchCalendars(registry, api.pool, api.deps.law);
  expect(await registry.metrics()).toMatch(/calendar_days_covered\{calendar="vn-state"\} \d+/);
  expect(await registry.metrics()).toMatch(
    /http_request_duration_seconds_count\{method="GET",route="\/agencies",status="200"\}/,
  );
});

it('tells what each field of a filing means, and what zones and kinds of land there are, to anybody', async () => {
  interface Item {
    readonly path: string;
    readonly code: string;
    readonly board: string | null;
    readonly rules: readonly object[];
    readonly values: readonly { readonly code: string }[] | null;
  }
  const itemsOf = async (path: string) => (await api.call<{ items: Item[] }>('GET', path)).body.items;
  const fields = await itemsOf('/fields');
  const zone = fields.find(({ path }) => path === 'project.site.zone');
  const zones = await itemsOf('/zones');
  expect(zones.map(({ code }) => code)).toEqual(zone?.values?.map(({ code }) => code));
  expect(zones.find(({ code }) => code === 'SHTP')).toMatchObject({ board: 'shtp-board' });
  expect((await itemsOf('/lands')).find(({ code }) => code === 'cleared-land')?.rules.length).toBeGreaterThan(0);
});
