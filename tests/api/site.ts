import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { identityEnvironment } from '../../agencies/identity-provider/config.js';
import { accountClaim, createIdentityProvider } from '../../agencies/identity-provider/provider.js';
import { createApp } from '../../api/app.js';
import { loadPages } from '../../api/pages/renderer.js';
import { createIssuer } from '../../api/sign-in/issuer.js';
import { createSessions } from '../../api/sign-in/sessions.js';
import { ensurePages, pagesFolder } from '../../scripts/pages/build.js';
import { people } from '../../seeds/index.js';
import { freePort } from '../support/environment.js';
import { startApi, type TestApi } from './support.js';

/** The pages on a register of their own, with the stand-in issuer under another site's name. */
export interface TestSite {
  readonly api: TestApi;
  readonly base: string;
  readonly issuer: string;
  /** Of every demonstration account. */
  readonly password: string;
  close(): Promise<void>;
}

/** `change` gives the API other parts in place of the usual ones. */
export async function startSite(change?: Parameters<typeof startApi>[0]): Promise<TestSite> {
  await ensurePages(() => undefined);
  const pages = await loadPages(pagesFolder);
  if (!pages) throw new Error('no pages were built');
  const password = 'mật-khẩu-thử';
  const folder = await mkdtemp(join(tmpdir(), 'luong-xanh-pages-'));
  // One official more than the register knows.
  await writeFile(
    join(folder, 'accounts.json'),
    JSON.stringify([...people, { ...people[0], id: 'stranger', role: 'officer', agency: 'dof' }]),
  );
  const [port, identityPort] = [await freePort(), await freePort()];
  const base = `http://127.0.0.1:${port}`;
  const issuer = `http://localhost:${identityPort}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' };
  const config = identityEnvironment.parse({
    PORT: String(identityPort),
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: 'urn:luong-xanh:api',
    OIDC_ACCOUNTS_FILE: join(folder, 'accounts.json'),
    OIDC_KEYS: JSON.stringify({ keys: [key] }),
    OIDC_COOKIE_KEY: 'a-cookie-key-that-is-long-enough-for-tests',
    DEMONSTRATION_PASSWORD: password,
    PUBLIC_URL: base,
  });
  const api = await startApi(change);
  const site = {
    pages,
    sessions: createSessions({ pool: api.pool, secret: 's'.repeat(32), publicUrl: base }),
    issuer: createIssuer({ issuer, publicUrl: base, accounts: { claim: accountClaim } }),
  };
  const servers: Server[] = [];
  const listen = async (server: Server, at: number): Promise<void> => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  };
  await listen(createServer(createIdentityProvider(config, pino({ level: 'silent' }))), identityPort);
  await listen(createServer(createApp({ ...api.deps, publicUrl: base, site })), port);
  const close = async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    await api.close();
    await rm(folder, { recursive: true });
  };
  return { api, base, issuer, password, close };
}
