import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDevelopmentSigner, guardedSigner } from '../../activities/signer.js';
import { openAuthority } from '../../agencies/authority/authority.js';
import { logFolder } from '../../db/register/log/log-folder.js';
import { writeRoot } from '../../db/register/roots.js';
import {
  keepSealCertificate,
  keepSigningKey,
  noteKeyId,
  requireValid,
  signingKeys,
} from '../../db/register/signing-keys.js';
import { noteKeyOf, verifierText } from '../../domain/evidence/note.js';
import { ed25519Seed } from '../../ops/ed25519.js';
import { createSeal } from '../../forms/seal.js';
import { sealPdf } from '../../forms/pades.js';
import { ensureSeal, formerKeyFile, formerKeys, sealFilesOf } from '../../scripts/platform/secrets.js';
import { keepLog } from '../../worker/transparency.js';
import { createTestRegister, feedSettled, received, refusedWith, type TestRegister } from '../db/support.js';
import { startScript } from '../support/child.js';
import { opensslSays } from '../support/openssl.js';

let register: TestRegister;
let data: string;
const at = (name: string) => join(data, name);
beforeAll(async () => {
  register = await createTestRegister();
  data = await mkdtemp(join(tmpdir(), 'keys-'));
  for (const name of ['signer-key.pem', 'log-key.pem']) {
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeFile(at(name), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
  await ensureSeal(data, 'http://127.0.0.1:1/authority');
});
// Each script is a process of its own.
const longer = 180_000;
afterAll(async () => {
  await register.close();
  await rm(data, { recursive: true });
});

async function run(
  script: 'keys' | 'verify-chain',
  ...args: string[]
): Promise<{ code: number | string; said: string }> {
  const started = startScript(`scripts/${script}.ts`, args, {
    DATABASE_URL: register.database.appUrl,
    MIGRATOR_DATABASE_URL: register.database.migratorUrl,
    DATA_DIR: data,
  });
  return { code: await started.exited, said: started.output() };
}
/** As the worker signs: with the key that it read when it began. */
const signer = () =>
  guardedSigner(createDevelopmentSigner(at('signer-key.pem')), (key) => requireValid(register.pool, key));
const root = async (by: ReturnType<typeof signer>) => {
  await received(register);
  await feedSettled(register);
  return writeRoot(register.pool, { folder: at('chain-roots'), witness: at('last-root.json') }, by);
};
const kept = async (id: string) => (await signingKeys(register.pool)).find((key) => key.id === id);

it(
  'a key takes over while the other one still signs; what a key signs after it was revoked counts for nobody',
  async () => {
    const [before, kid] = [signer(), (await signer().publicKey()).kid];
    await keepSigningKey(register.pool, await before.publicKey());
    await root(before);

    const rotated = await run('keys', '--rotate', 'signature');
    expect(rotated).toMatchObject({ code: 0 });
    expect(formerKeys(at('signer-key.pem'))).toHaveLength(1);
    const after = signer();
    const next = (await after.publicKey()).kid;
    expect(next).not.toBe(kid);
    // Two keys overlap: a worker that has not been restarted signs on.
    expect(await kept(next)).toMatchObject({ until: null, revoked: null });
    expect(Date.parse((await kept(kid))?.until ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000);
    await root(before);
    await root(after);
    expect((await run('verify-chain')).said).not.toMatch(/BROKEN: (roots|keys)|no key at hand/);

    // Somebody may have the old one: revoked, from two roots ago.
    const second = JSON.parse(await readFile(at('chain-roots/root-000002.json'), 'utf8')) as { writtenAt: string };
    expect(await run('keys', '--revoke', kid, '--reason', 'compromised', '--at', second.writtenAt)).toMatchObject({
      code: 0,
    });
    expect(await refusedWith(before.sign(Buffer.from('a decision')))).toBe('KEY_NOT_VALID');
    expect(await refusedWith(root(before))).toBe('KEY_NOT_VALID');
    await after.sign(Buffer.from('a decision'));
    const found = await run('verify-chain');
    expect(found).toMatchObject({ code: 1 });
    expect(found.said).toMatch(/BROKEN: keys · key-revoked .*root-000002\.json/);
    expect(found.said).not.toMatch(/key-revoked .*root-000001\.json/);

    // Who may not change tables cannot un-revoke it, and a later word makes nothing better.
    await expect(register.pool.query('update signing_key set revoked_at = null')).rejects.toMatchObject({
      code: '42501',
    });
    await run('keys', '--revoke', kid, '--reason', 'superseded', '--at', '2099-01-01T00:00:00Z');
    expect(await kept(kid)).toMatchObject({ revoked: { at: second.writtenAt, reason: 'compromised' } });
  },
  longer,
);

it(
  'the newest root by a stolen key is not believed until another key has signed one after it',
  async () => {
    const stolen = signer();
    const written = await root(stolen);
    const name = `root-${String(written?.number).padStart(6, '0')}.json`;
    const { kid } = await stolen.publicKey();
    // Found out later: by what the key itself says, it signed before.
    await run('keys', '--revoke', kid, '--reason', 'compromised', '--at', '2099-01-01T00:00:00Z');
    expect((await run('verify-chain')).said).toMatch(new RegExp(`key-revoked .*${name}, written`));
    await run('keys', '--rotate', 'signature');
    await root(signer());
    expect((await run('verify-chain')).said).not.toContain(`${name}, written`);
  },
  longer,
);

it(
  'a log keeps its name and its past when another key signs it, and an expired key signs no more',
  async () => {
    const folder = at('transparency-log');
    const origin = noteKeyOf(ed25519Seed(at('log-key.pem')), 'log').verifier.name;
    const keep = async (key = noteKeyOf(ed25519Seed(at('log-key.pem')), 'log', origin)) => {
      await received(register);
      await feedSettled(register);
      await keepLog({
        pool: register.pool,
        writer: { ...key, folder: logFolder(folder) },
        onCheckpoint: () => undefined,
      });
    };
    const former = noteKeyOf(ed25519Seed(at('log-key.pem')), 'log', origin);
    await keep();
    expect(await run('keys', '--rotate', 'log', '--overlap', '1')).toMatchObject({ code: 0 });
    await keep(former);
    await keep();
    const { said } = await run('verify-chain');
    expect(said).not.toMatch(/log-unsigned|key-.*the state at size/);
    const published = (await signingKeys(register.pool)).filter(({ use }) => use === 'log');
    expect(published.map(({ material }) => material?.split('+')[0])).toEqual([origin, origin]);
    const old = published.find(({ material }) => material === verifierText(former.verifier));
    expect(await run('keys', '--end', old?.id ?? '', '--at', new Date().toISOString())).toMatchObject({ code: 0 });
    expect(await refusedWith(keep(former))).toBe('KEY_NOT_VALID');
    await keep();
  },
  longer,
);

it(
  'the seal gets another certificate; of the revoked one its authority says so, and nothing more is sealed with it',
  async () => {
    const files = sealFilesOf(data);
    const seal = async () => {
      const [key, certificates] = await Promise.all([
        readFile(files.key, 'utf8'),
        readFile(files.certificates, 'utf8'),
      ]);
      return createSeal({ key, certificates, location: 'TPHCM' }, sealPdf);
    };
    const former = await seal();
    await keepSealCertificate(register.pool, former);
    expect(await run('keys', '--rotate', 'seal')).toMatchObject({ code: 0 });
    const next = await seal();
    await keepSealCertificate(register.pool, next);
    expect(next.certificate).not.toBe(former.certificate);
    await requireValid(register.pool, former.certificate);
    expect(await run('keys', '--revoke', former.certificate, '--reason', 'superseded')).toMatchObject({ code: 0 });
    expect(await refusedWith(requireValid(register.pool, former.certificate))).toBe('KEY_NOT_VALID');
    await requireValid(register.pool, next.certificate);
    const authority = await openAuthority(at('authority'));
    const [crl, rootFile] = [at('list.crl'), at('root.pem')];
    await writeFile(crl, await authority.revocations());
    await writeFile(rootFile, authority.root);
    const check = async ({ chain }: typeof next) => {
      await writeFile(at('own.pem'), chain[0] ?? '');
      return opensslSays('verify', '-crl_check', '-CAfile', rootFile, '-CRLfile', crl, at('own.pem'));
    };
    await expect(check(former)).rejects.toThrow(/certificate revoked/);
    expect(await check(next)).toContain('OK');
  },
  longer,
);

it(
  'a rotation that dies half-way leaves no key without an end, and goes on where it was',
  async () => {
    const { verifier } = noteKeyOf(ed25519Seed(at('log-key.pem')), 'log', 'log.example/half');
    const [use, id, file] = ['log', noteKeyId(verifier), at('log-key.pem')];
    await register.owner.query('update transparency_log set origin = $1', [verifier.name]);
    await rm(at('transparency-log'), { recursive: true, force: true });
    // Where the public half of the old key belongs, nothing can be written.
    await mkdir(formerKeyFile(file, id));
    const before = await readFile(file, 'utf8');
    expect((await run('keys', '--rotate', use)).code).not.toBe(0);
    expect(await readFile(file, 'utf8')).toBe(before);
    const until = (await kept(id))?.until;
    expect(until).toBeTruthy();
    await rm(formerKeyFile(file, id), { recursive: true });
    expect((await run('keys', '--rotate', use)).code).toBe(0);
    expect(await readFile(file, 'utf8')).not.toBe(before);
    // Its end comes only ever earlier; its name is the register's, though its files are lost.
    expect((await kept(id))?.until).toBe(until);
    const next = noteKeyOf(ed25519Seed(file), 'log', verifier.name).verifier;
    expect(await kept(noteKeyId(next))).toMatchObject({ until: null, material: verifierText(next) });
  },
  longer,
);

it.each([
  ['a key that nobody has', ['--revoke', 'nobody', '--reason', 'ceased'], 1, 'no such key'],
  ['a revocation without a reason', ['--revoke', 'nobody'], 2, '--reason'],
  ['two things at once', ['--rotate', 'log', '--revoke', 'x', '--reason', 'ceased'], 2, '--rotate'],
  ['a key that nothing signs with', ['--rotate', 'love'], 2, '--rotate'],
])('%s is refused with what to do', async (_, args, code, said) => {
  const refused = await run('keys', ...args);
  expect(refused.code).toBe(code);
  expect(refused.said).toContain(said);
});
