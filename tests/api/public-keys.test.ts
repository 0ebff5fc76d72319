import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { writeRoot } from '../../db/register/roots.js';
import { keepNoteKey, keepSigningKey, revokeKey } from '../../db/register/signing-keys.js';
import { trustedFrom } from '../../domain/evidence/trusted-keys.js';
import { noteKey } from '../support/log.js';
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

it('every key is published where programs look for it, with the time in which it may sign', async () => {
  const [ended, current] = [testSigner().signer, testSigner().signer];
  for (const one of [ended, current]) await keepSigningKey(api.pool, await one.publicKey());
  const { kid } = await ended.publicKey();
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  await revokeKey(owner, { id: kid, at: '2026-07-06T02:00:00.000Z', reason: 'superseded' });
  await owner.end();
  const log = noteKey('log.example/city', 'log');
  await keepNoteKey(api.pool, log.verifier);
  const read = async (name: string) => {
    const response = await fetch(`${api.url}/.well-known/${name}`);
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    return response.text();
  };
  const text = await read('luong-xanh-keys.json');
  const trusted = trustedFrom(text);
  expect(trusted?.notes.map(({ name, period }) => [name, period?.until])).toContainEqual(['log.example/city', null]);
  const period = (id: string) => trusted?.results.find((key) => key.id === id)?.period;
  expect(period(kid)?.revoked).toEqual({ at: '2026-07-06T02:00:00.000Z', reason: 'superseded' });
  expect(period((await current.publicKey()).kid)?.revoked).toBeNull();
  expect((await api.call('GET', '/public/signing-keys')).body).toEqual(JSON.parse(text));
  const set = JSON.parse(await read('jwks.json')) as { keys: JsonWebKey[] };
  for (const jwk of set.keys) expect(createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyType).toBe('ed25519');
  expect(set.keys).toHaveLength(trusted ? trusted.notes.length + trusted.results.length : -1);
  expect(text).not.toContain('"d"');
  expect((await fetch(`${api.url}/.well-known/other.json`)).status).toBe(404);
});
