import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeRoot } from '../../db/register/roots.js';
import { keepSigningKey } from '../../db/register/signing-keys.js';
import { feedSettled } from '../support/feed.js';
import { testSigner } from '../support/signing.js';
import { fileCase, startApi, type TestApi } from './support.js';

interface Root {
  readonly root: string;
  readonly signature: string;
  readonly keyId: string;
}

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await startApi();
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-roots-'));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const keys = async () =>
  (await api.call<{ keys: readonly (JsonWebKey & { kid: string })[] }>('GET', '/public/keys')).body.keys;
const newestRoot = async () => (await api.call<Root>('GET', '/evidence/root', { as: 'auditor.1' })).body;

/** As anybody would who has nothing but the two answers. */
async function isSigned({ root, signature, keyId }: Root): Promise<boolean> {
  const jwk = (await keys()).find(({ kid }) => kid === keyId);
  if (!jwk) return false;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const der = key.export({ type: 'spki', format: 'der' });
  expect(createHash('sha256').update(der).digest('hex').slice(0, 16)).toBe(keyId);
  return verify(null, Buffer.from(root, 'hex'), key, Buffer.from(signature, 'base64'));
}

it('whoever has only the published keys can check a signed root, also after another key has taken over', async () => {
  const [first, second] = [testSigner().signer, testSigner().signer];
  await fileCase(api);
  await keepSigningKey(api.pool, await first.publicKey());
  await keepSigningKey(api.pool, await first.publicKey());
  await feedSettled(api.deps);
  await writeRoot(api.pool, { folder }, first);
  const before = await newestRoot();
  expect(await isSigned(before)).toBe(true);
  expect(await isSigned({ ...before, root: '0'.repeat(64) })).toBe(false);

  await fileCase(api, 'cmc');
  await feedSettled(api.deps);
  await writeRoot(api.pool, { folder }, second);
  expect(await isSigned(await newestRoot())).toBe(false);
  await keepSigningKey(api.pool, await second.publicKey());
  expect(await isSigned(await newestRoot())).toBe(true);
  expect(await isSigned(before)).toBe(true);
  expect(await keys()).toHaveLength(2);
});

it('no private part of a key is ever among them, and nobody takes one away', async () => {
  for (const key of await keys()) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  await expect(api.pool.query('delete from signing_key')).rejects.toMatchObject({ code: '42501' });
  await expect(api.pool.query(`update signing_key set jwk = '{}'`)).rejects.toMatchObject({ code: '42501' });
});
