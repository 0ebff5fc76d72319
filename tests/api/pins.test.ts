import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashPin, pinOf } from '../../api/hashes.js';
import { findPin, newPinSeed, pinSeed, replacePin } from '../../db/people/pins.js';
import { createPool } from '../../db/pool.js';
import { masterKeysAway, masterKeysInUse, rewrapKeys } from '../../db/register/data-keys.js';
import { masterKeysHeld, masterKeysIn, newMasterKey } from '../../ops/master-keys.js';
import { exampleProjects } from '../../seeds/index.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const by = 'investor.besi';
interface Receipt {
  readonly case: string;
  readonly public: { readonly pin: string };
}
const file = async (key: string) =>
  (await api.call<Receipt>('POST', '/cases', { as: by, key, body: exampleProjects.besi })).body;
const status = async (code: string, pin: string) =>
  (await api.call('POST', '/public/case-status', { body: { code, pin } })).status;
const newPin = (code: string, key: string) =>
  api.call<Receipt & { code?: string }>('POST', `/cases/${code}/pin`, { as: by, key, body: {} });
const kept = async (code: string) => {
  const pin = await findPin(api.pool, code);
  if (!pin) throw new Error(`${code} has no PIN`);
  return pin;
};
/** As an installation of before kept it: what the PIN is made from is the salt, in clear. */
async function asBefore(code: string, pin: string): Promise<string> {
  const seed = await pinSeed(api.pool, code);
  await api.pool.query(
    'update public_pin set salt = $2, hash = $3, seed_master = null, seed_wrapped = null where case_code = $1',
    [code, seed, await hashPin(pin, seed)],
  );
  return seed;
}

it('is made by nobody from a copy of the register, and told again to whoever repeats their filing', async () => {
  const key = randomUUID();
  const { case: code, public: told } = await file(key);
  const { salt, hash, seed } = await kept(code);
  expect(await hashPin(told.pin, salt)).toBe(hash);
  // Who filed, and by which key, stands in the register.
  expect(pinOf(salt, by, key)).not.toBe(told.pin);
  expect(seed?.wrapped.length).toBeGreaterThan(16);
  const withoutKeys = createPool(api.database.appUrl, { max: 1 });
  try {
    await expect(pinSeed(withoutKeys, code)).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
    // An installation without master keys goes on as before.
    const { seed: clear, kept: open } = await newPinSeed(withoutKeys, code);
    expect(open).toEqual({ salt: clear, seed: null });
  } finally {
    await withoutKeys.end();
  }
  expect(await file(key)).toMatchObject({ case: code, public: told });
});

it('of an earlier release opens the case still, and is sealed when it does', async () => {
  const key = randomUUID();
  const { case: code, public: told } = await file(key);
  const before = await asBefore(code, told.pin);
  expect(pinOf(before, by, key)).toBe(told.pin);
  expect(await status(code, 'WRONGWRONG')).toBe(404);
  expect(await kept(code)).toMatchObject({ salt: before, seed: null });
  expect(await status(code, told.pin)).toBe(200);
  const after = await kept(code);
  expect(after.seed).not.toBeNull();
  expect(pinOf(after.salt, by, key)).not.toBe(told.pin);
  expect(await status(code, told.pin)).toBe(200);
  expect(await file(key)).toMatchObject({ public: told });
});

it('of an earlier release that is lost is replaced by one that is sealed', async () => {
  const { case: code, public: told } = await fileCase(api);
  const before = await asBefore(code, told.pin);
  const { body } = await newPin(code, randomUUID());
  expect(await kept(code)).not.toMatchObject({ salt: before });
  expect((await kept(code)).seed).not.toBeNull();
  expect([await status(code, told.pin), await status(code, body.public.pin)]).toEqual([404, 200]);
});

it('asked for twice at the same time is one; of two that are, one opens', async () => {
  const { case: code } = await fileCase(api);
  const key = randomUUID();
  const twice = await Promise.all([newPin(code, key), newPin(code, key)]);
  expect(new Set(twice.map(({ body }) => body.public.pin)).size).toBe(1);
  const two = await Promise.all([newPin(code, randomUUID()), newPin(code, randomUUID())]);
  const told = two.filter((one) => one.status === 200).map(({ body }) => body.public.pin);
  const refused = two.filter((one) => one.status !== 200).map(({ body }) => body.code);
  expect(refused).toEqual(told.length === 1 ? ['PRECONDITION_FAILED'] : []);
  const opening = [];
  for (const pin of told) opening.push(await status(code, pin));
  expect(opening.filter((one) => one === 200)).toHaveLength(1);
});

it('goes on after the master key was rotated', async () => {
  const { case: code, public: told } = await fileCase(api);
  const [one, two] = [newMasterKey(), newMasterKey()];
  const holding = (...lines: string[]) => masterKeysHeld(() => masterKeysIn(lines.join('\n')));
  const pools = [createPool(api.database.migratorUrl, { max: 1 })];
  const at = (line: string) => {
    const pool = createPool(api.database.appUrl, { max: 1, masterKeys: holding(line) });
    pools.push(pool);
    return pool;
  };
  try {
    const [owner] = pools;
    if (!owner) throw new Error('no owner');
    const was = await kept(code);
    const { seed, kept: made } = await newPinSeed(at(one), code);
    await replacePin(api.pool, code, was, { ...made, hash: await hashPin(told.pin, made.salt) });
    expect(await masterKeysAway(owner, holding(two))).toContainEqual({
      master: made.seed?.master,
      cases: 1,
      documents: 0,
    });
    expect(await rewrapKeys(owner, holding(two, one))).toBe(1);
    expect(await masterKeysInUse(owner)).not.toContain(made.seed?.master);
    expect(await pinSeed(at(two), code)).toBe(seed);
    await expect(pinSeed(at(one), code)).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
    expect(await status(code, told.pin)).toBe(200);
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
  }
});
