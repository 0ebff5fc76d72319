import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokenVerifier, type TokenClaims } from '../../api/auth/tokens.js';
import { apiEnvironment, claimsOf } from '../../api/config.js';
import { readEnvironment } from '../../ops/environment.js';
import { startApi, type TestApi } from './support.js';

let api: TestApi;
let claims: TokenClaims;
beforeAll(async () => {
  api = await startApi(({ verifyToken: _ }) => ({
    verifyToken: (token) => createTokenVerifier({ issuer: api.issuer.issuer, audience, claims })(token),
  }));
});
afterAll(() => api.close());

const audience = 'urn:luong-xanh:api';
/** As the API takes it from its environment. */
const configured = (change: NodeJS.ProcessEnv): TokenClaims =>
  claimsOf(
    readEnvironment(apiEnvironment, {
      DATABASE_URL: 'postgresql://app@localhost/register',
      TEMPORAL_ADDRESS: 'localhost:7233',
      OIDC_ISSUER: 'https://login.city.vn',
      OIDC_AUDIENCE: audience,
      SESSION_SECRET: 'x'.repeat(32),
      AGENCY_HMAC_SECRET: 'y'.repeat(32),
      DOCUMENTS_DIR: 'x',
      ...change,
    }),
  );
const statusOf = async (path: string, token: string) => (await api.call('GET', path, { token })).status;

describe('tokens of an issuer that isn’t ours', () => {
  it('name the person and what they open as the settings say', async () => {
    claims = configured({
      OIDC_TOKEN_TYPE: 'JWT',
      OIDC_SUBJECT_CLAIM: 'employee_id',
      OIDC_SCOPE_CLAIM: '/realm_access/roles',
      OIDC_SCOPE_MAP: '{"lx-officer":["task:work","case:read"]}',
    });
    const sign = (roles: unknown, typ = 'JWT') =>
      api.issuer.sign({ sub: 'f3d1-uuid', employee_id: 'officer.shtp-board.1', realm_access: { roles } }, { typ });
    expect(await statusOf('/tasks', await sign(['lx-officer', 'offline_access']))).toBe(200);
    // What the map does not know opens nothing, be it called as one of our scopes.
    expect(await statusOf('/tasks', await sign(['task:work']))).toBe(403);
    expect(await statusOf('/tasks', await sign([]))).toBe(403);
    expect(await statusOf('/tasks', await sign({ odd: true }))).toBe(401);
    expect(await statusOf('/tasks', await sign(['lx-officer'], 'at+jwt'))).toBe(401);
  });

  it('open no more than the person’s role has', async () => {
    claims = configured({ OIDC_SCOPE_CLAIM: 'scp', OIDC_SCOPE_MAP: '{"all":["engine:operate","case:read"]}' });
    const token = await api.issuer.sign({ sub: 'officer.shtp-board.1', scp: 'all' });
    expect(await statusOf('/engine/faults', token)).toBe(403);
    expect(await statusOf('/cases', token)).toBe(200);
  });

  it('that say nothing of scopes leave it to the role in the register', async () => {
    claims = configured({ OIDC_SCOPE_CLAIM: 'none' });
    expect(await statusOf('/tasks', await api.issuer.sign({ sub: 'officer.shtp-board.1' }))).toBe(200);
    expect(await statusOf('/engine/faults', await api.issuer.sign({ sub: 'officer.shtp-board.1' }))).toBe(403);
    expect(await statusOf('/tasks', await api.issuer.sign({ sub: 'nobody.known' }))).toBe(401);
  });

  it('without the claim that names the person are nobody’s', async () => {
    claims = configured({ OIDC_SUBJECT_CLAIM: 'employee_id', OIDC_SCOPE_CLAIM: 'none' });
    expect(await statusOf('/tasks', await api.issuer.sign({ sub: 'officer.shtp-board.1' }))).toBe(401);
    const odd = await api.issuer.sign({ sub: 'x', employee_id: ['officer.shtp-board.1'] });
    expect(await statusOf('/tasks', odd)).toBe(401);
  });

  it.each(['{', '[]', '{"a":["no:scope"]}'])('a map that is none is refused: %s', (map) => {
    expect(() => configured({ OIDC_SCOPE_MAP: map })).toThrow('OIDC_SCOPE_MAP');
  });
});
