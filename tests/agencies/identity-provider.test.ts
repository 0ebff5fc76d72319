import { generateKeyPairSync, createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityEnvironment } from '../../agencies/identity-provider/config.js';
import { Guesses } from '../../agencies/identity-provider/guesses.js';
import {
  createIdentityProvider,
  demonstrationClient,
  demonstrationGrant,
  webClient,
} from '../../agencies/identity-provider/provider.js';
import { freePort } from '../../scripts/platform/ports.js';

const audience = 'urn:luong-xanh:api';
const password = 'mật-khẩu-thử';
const redirect = 'http://127.0.0.1:3999/login/callback';
let issuer = '';
let folder = '';
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-identity-'));
  const accounts = [
    { id: 'investor.a', name: 'Nguyễn <Văn> A', role: 'investor', agency: null, email: 'a@luong-xanh.example' },
    { id: 'auditor.x', name: 'Lê C', role: 'auditor', agency: null, email: 'c@luong-xanh.example' },
    { id: 'head.dof', name: 'Trần Thị B', role: 'head', agency: 'dof', email: 'b@luong-xanh.example', language: 'vi' },
  ];
  await writeFile(join(folder, 'accounts.json'), JSON.stringify(accounts));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const port = await freePort();
  issuer = `http://127.0.0.1:${port}`;
  const config = identityEnvironment.parse({
    PORT: String(port),
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: audience,
    OIDC_ACCOUNTS_FILE: join(folder, 'accounts.json'),
    OIDC_KEYS: JSON.stringify({
      keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }],
    }),
    OIDC_COOKIE_KEY: 'a-cookie-key-that-is-long-enough-for-tests',
    OIDC_ACCESS_TOKEN_SECONDS: '60',
    DEMONSTRATION_PASSWORD: password,
    PUBLIC_URL: 'http://127.0.0.1:3999',
    LOG_LEVEL: 'silent',
  });
  server = createServer(createIdentityProvider(config, pino({ level: 'silent' })));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const demonstration = (fields: Record<string, string>) =>
  fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: demonstrationGrant, client_id: demonstrationClient, ...fields }),
  });

const verify = (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${issuer}/jwks`)), {
    issuer,
    audience,
    algorithms: ['ES256'],
    typ: 'at+jwt',
  });

describe('the demonstration grant', () => {
  test('gives an access token that the API can verify, with the scope of the role and nothing else about the person', async () => {
    const answer = (await (await demonstration({ username: 'head.dof', password })).json()) as Record<string, string>;
    const { payload } = await verify(answer['access_token'] ?? '');
    expect(payload).toMatchObject({ sub: 'head.dof', iss: issuer, aud: audience, client_id: demonstrationClient });
    expect(String(payload['scope']).split(' ').sort()).toEqual([
      'case:read',
      'council:vote',
      'dashboard:read',
      'task:assign',
      'task:work',
    ]);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
    expect(Object.keys(payload).sort()).toEqual([
      'acr',
      'aud',
      'client_id',
      'exp',
      'iat',
      'iss',
      'jti',
      'scope',
      'sub',
    ]);
    expect(payload['acr']).toBe('2');
  });

  test('gives no more than the role allows, whatever is asked', async () => {
    const fields = { username: 'investor.a', password, scope: 'case:read engine:operate' };
    const answer = (await (await demonstration(fields)).json()) as Record<string, string>;
    expect(decodeJwt(answer['access_token'] ?? '')['scope']).toBe('case:read');
  });

  test.each([
    ['a wrong password', { username: 'investor.a', password: 'wrong' }],
    ['no password', { username: 'investor.a' }],
    ['an unknown account', { username: 'investor.z', password }],
  ])('refuses %s', async (_, fields) => {
    const response = await demonstration(fields);
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });

  test('looks at no more passwords of an account after ten wrong ones, for a while', async () => {
    const guess = () => demonstration({ username: 'auditor.x', password: `guess ${Math.floor(performance.now())}` });
    for (let n = 0; n < 10; n++) expect((await guess()).status).toBe(400);
    const blocked = await demonstration({ username: 'auditor.x', password });
    expect([blocked.status, await blocked.json()]).toMatchObject([429, { error: 'slow_down' }]);
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await demonstration({ username: 'investor.a', password })).status).toBe(200);
  });

  test('refuses another audience', async () => {
    const response = await demonstration({ username: 'investor.a', password, resource: 'urn:somebody:else' });
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_target' }]);
  });

  test('is closed to the client of the pages', async () => {
    const response = await demonstration({ username: 'investor.a', password, client_id: webClient });
    expect(response.status).toBe(400);
  });
});

describe('the login of the pages', () => {
  const verifier = 'a-code-verifier-of-at-least-forty-three-characters';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = {
    client_id: webClient,
    response_type: 'code',
    redirect_uri: redirect,
    scope: 'openid profile case:read case:file engine:operate',
    resource: audience,
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };

  test('leads by authorization code and PKCE to a token of the API', async () => {
    const browser = newBrowser();
    const page = await browser(`${issuer}/auth?${new URLSearchParams(query)}`);
    const html = await page.text();
    expect(html).toContain('Đăng nhập');
    expect(html).toContain('Sign in');
    expect(html).toContain('Nguyễn &lt;Văn&gt; A');
    const action = new URL(/action="([^"]+)"/.exec(html)?.[1] ?? '', issuer).href;

    const refused = await browser(action, new URLSearchParams({ account: 'investor.a', password: 'wrong' }));
    expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining('role="alert"')]);

    const back = await browser(action, new URLSearchParams({ account: 'investor.a', password }));
    const arrived = new URL(back.headers.get('location') ?? '');
    expect(`${arrived.origin}${arrived.pathname}`).toBe(redirect);
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: webClient,
        code: arrived.searchParams.get('code') ?? '',
        redirect_uri: redirect,
        code_verifier: verifier,
      }),
    });
    const tokens = (await response.json()) as { access_token: string; id_token: string };
    const { payload } = await verify(tokens.access_token);
    expect([payload.sub, payload['scope']]).toEqual(['investor.a', 'case:read case:file']);
    expect(decodeProtectedHeader(tokens.id_token).alg).toBe('ES256');
  });

  test('refuses a request without PKCE', async () => {
    const { code_challenge: _challenge, code_challenge_method: _method, ...bare } = query;
    const response = await newBrowser()(`${issuer}/auth?${new URLSearchParams(bare)}`);
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request');
  });

  test('never redirects to an address it does not know', async () => {
    const response = await newBrowser()(
      `${issuer}/auth?${new URLSearchParams({ ...query, redirect_uri: 'http://evil.example/' })}`,
    );
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(await response.text()).toContain('invalid_redirect_uri');
  });

  test('says so when the login page was never asked for', async () => {
    const response = await fetch(`${issuer}/interaction/unknown`);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('Sign-in failed')]);
  });
});

/** Follows redirects inside the provider, with its cookies; stops at the first that leads elsewhere. */
function newBrowser() {
  const cookies = new Map<string, string>();
  return async function visit(url: string, form?: URLSearchParams): Promise<Response> {
    const response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const next = location === null ? undefined : new URL(location, url);
    return next?.origin === issuer ? visit(next.href) : response;
  };
}

test('guesses are counted anew when their while is over, or a right one came', () => {
  let now = 0;
  const guesses = new Guesses(2, 60_000, () => now);
  for (const _twice of [1, 2]) guesses.failed('a');
  expect([guesses.waitSeconds('a'), guesses.waitSeconds('b')]).toEqual([60, 0]);
  now = 59_000;
  expect(guesses.waitSeconds('a')).toBe(1);
  now = 60_000;
  expect(guesses.waitSeconds('a')).toBe(0);
  guesses.failed('a');
  guesses.succeeded('a');
  guesses.failed('a');
  expect(guesses.waitSeconds('a')).toBe(0);
});
