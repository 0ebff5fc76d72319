import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type pg from 'pg';
import { pino } from 'pino';
import { createApp } from '../../api/app.js';
import { createNews } from '../../api/news.js';
import { createTokenVerifier } from '../../api/auth/tokens.js';
import { type ApiDeps, type EnginePort, type Limits } from '../../api/deps.js';
import { createPress } from '../../forms/press.js';
import { createInspector } from '../../api/documents/remarks.js';
import { createDocumentStore } from '../../api/documents/store.js';
import { createMetrics } from '../../api/routes/operations.js';
import { createDoor } from '../../db/register/door.js';
import { createLiveLaw } from '../../db/law/live-law.js';
import { createPool, masterKeysFor } from '../../db/pool.js';
import { query } from '../support/sql.js';
import { accessScopes, scopesOfRole } from '../../domain/people/access-scopes.js';
import { type Problem } from '../../api/http/problem.js';
import { exampleProjects, people } from '../../seeds/index.js';
import { createTestDatabase, type TestDatabase } from '../support/environment.js';
import { testMasterKeys } from '../support/master-keys.js';

const audience = 'urn:luong-xanh:api';
export const hmacSecret = 'master-secret-of-the-tests-0123456789';

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** An issuer of access tokens with its discovery document and key set, and a forger who has keys of their own. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const forger = await generateKeyPair('ES256');
  const kid = 'test-key';
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  let issuer = '';
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    if (request.url === '/.well-known/openid-configuration') {
      response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks` }));
    } else response.end(JSON.stringify({ keys: [jwk] }));
  });
  issuer = await listen(server);
  const sign = (
    payload: JWTPayload,
    options: { expiresIn?: number; typ?: string; forged?: boolean; alg?: string } = {},
  ) =>
    new SignJWT({ jti: randomUUID(), ...payload })
      .setProtectedHeader({ alg: 'ES256', kid, typ: options.typ ?? 'at+jwt' })
      .setIssuer(payload.iss ?? issuer)
      .setAudience(payload.aud ?? audience)
      .setIssuedAt(Math.floor(Date.now() / 1000) - 600)
      .setExpirationTime(Math.floor(Date.now() / 1000) + (options.expiresIn ?? 600))
      .sign(options.forged === true ? forger.privateKey : privateKey);
  return {
    issuer,
    sign,
    /** A token as the identity provider would give it to this person. */
    tokenOf: (id: string, scope = scopeOf(id)) => sign({ sub: id, scope }),
    close: () => close(server),
  };
}
export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

const scopeOf = (id: string): string => {
  const person = people.find((one) => one.id === id);
  return (person ? scopesOfRole[person.role] : accessScopes).join(' ');
};

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

interface CallOptions {
  readonly as?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly raw?: string | Uint8Array | FormData;
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
}

/** The application over HTTP on a register of its own. */
export interface TestApi {
  readonly url: string;
  readonly deps: ApiDeps;
  readonly pool: pg.Pool;
  readonly issuer: Issuer;
  readonly database: TestDatabase;
  /** Where the bytes of documents are kept. */
  readonly documentsFolder: string;
  call<T = unknown>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
  /** As `call`, for what must be refused: the answer is a problem. */
  refused(method: string, path: string, options?: CallOptions): Promise<Answer<Problem>>;
  close(): Promise<void>;
}

export const absentEngine: EnginePort = {
  progress: () => Promise.resolve('missing'),
  isReachable: () => Promise.resolve(false),
};

/** Limits that nobody meets who doesn't test them. */
const generous: Limits = {
  perMinute: 100_000,
  perPersonPerMinute: 100_000,
  publicPerMinute: 100_000,
  quotas: {
    documents: { perDay: 100_000, bytesPerDay: 1e12, unusedBytes: 1e12 },
    openDrafts: 100_000,
    openPowers: 100_000,
    questionsPerDay: 100_000,
    trialKeysPerDay: 100_000,
  },
};

/** `change` gives other parts in place of the usual ones. */
export async function startApi(change: (usual: ApiDeps) => Partial<ApiDeps> = () => ({})): Promise<TestApi> {
  const [database, issuer, folder] = await Promise.all([
    createTestDatabase({ seeded: true }),
    startIssuer(),
    mkdtemp(join(tmpdir(), 'luong-xanh-api-')),
  ]);
  const pool = createPool(database.appUrl, { max: 8, masterKeys: testMasterKeys() });
  const law = await createLiveLaw(pool);
  const news = createNews({
    pool,
    onError: (error) => {
      throw error;
    },
  });
  const usual: ApiDeps = {
    pool,
    news,
    law,
    door: createDoor({ pool, law }),
    verifyToken: createTokenVerifier({ issuer: issuer.issuer, audience }),
    documents: await createDocumentStore(folder, { masterKeys: masterKeysFor(pool) }),
    press: createPress(),
    inspector: createInspector(),
    engine: absentEngine,
    agencyHmacSecret: hmacSecret,
    publicUrl: 'https://luong-xanh.example',
    documentMaxBytes: 200_000,
    limits: generous,
    trustedProxies: 0,
    rehearsalAllowed: true,
    metrics: createMetrics(pool),
    checkAnswers: true,
    logger: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
  };
  const deps = { ...usual, ...change(usual) };
  const server = createServer(createApp(deps));
  const url = await listen(server);
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<Answer<never>> => {
    const { as, body, raw, key, headers = {} } = options;
    const token = options.token ?? (as === undefined ? undefined : await issuer.tokenOf(as));
    const idempotent = method === 'POST' && key !== null;
    const response = await fetch(path.startsWith('/api') ? `${url}${path}` : `${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(idempotent && { 'idempotency-key': key ?? randomUUID() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(raw !== undefined ? { body: raw as never } : body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as never };
  };
  return {
    url,
    deps,
    pool,
    issuer,
    database,
    documentsFolder: folder,
    call,
    refused: call,
    close: async () => {
      news.stop();
      await close(server);
      await deps.security?.flush();
      await Promise.all([deps.press.close(), deps.inspector.close()]);
      await issuer.close();
      law.stop();
      await pool.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Receipt {
  readonly case: string;
  readonly caseSeq: number;
  readonly pathway: string;
  readonly lane: string;
  readonly plan: readonly { procedure: string; mandatory: boolean; agency: string }[];
  readonly baseline: { days: number; endDate: string };
  readonly target: { days: number; endDate: string };
  readonly public: { code: string; pin: string };
}

/** Files one of the example projects as its investor (or another person). */
export async function fileCase(
  api: TestApi,
  project: 'besi' | 'cmc' = 'besi',
  as = `investor.${project}`,
  /** Another place than the example's: on one site the first valid dossier keeps the next out. */
  lot = exampleProjects[project].project.site.lot,
): Promise<Receipt> {
  const example = exampleProjects[project];
  const filing = { ...example, project: { ...example.project, site: { ...example.project.site, lot } } };
  const { status, body } = await api.call<Receipt>('POST', '/cases', { as, body: filing });
  if (status !== 201) throw new Error(`filing answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

export const pdf = (text = 'hello'): Uint8Array =>
  new TextEncoder().encode(
    `%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n% ${text}\ntrailer << /Root 1 0 R >>\n%%EOF\n`,
  );

/** A multipart form with one file. */
export function fileForm(bytes: Uint8Array, name = 'giấy phép.pdf', type = 'application/pdf'): FormData {
  const form = new FormData();
  form.append('file', new Blob([bytes as never], { type }), name);
  return form;
}

export async function upload(api: TestApi, as: string, text = 'hello', onBehalfOf?: string): Promise<string> {
  const path = onBehalfOf === undefined ? '/documents' : `/documents?onBehalfOf=${onBehalfOf}`;
  const { status, body } = await api.call<{ id: string }>('POST', path, { as, raw: fileForm(pdf(text)) });
  if (status !== 201) throw new Error(`upload answered ${status}: ${JSON.stringify(body)}`);
  return body.id;
}

/** One more representative of BESI, as an administrator of the City would enter them. */
export async function addRepresentative(api: TestApi, id: string, name: string): Promise<void> {
  await query(
    api.database.migratorUrl,
    `insert into person (id, name, role, organisation, email, language) values ($1, $2, 'representative', 'BESI', $1 || '@luong-xanh.example', 'vi')`,
    [id, name],
  );
}
