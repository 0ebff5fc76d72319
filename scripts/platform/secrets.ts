import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { openAuthority } from '../../agencies/authority/authority.js';
import { type Verifier, verifierOf } from '../../domain/evidence/note.js';
import { masterKeysIn, newMasterKey } from '../../ops/master-keys.js';
import { removePartial } from './logs.js';
import { StartRefused } from './refused.js';

const Secrets = z.object({
  migratorPassword: z.string(),
  appPassword: z.string(),
  agencyToken: z.string(),
  agencyHmacSecret: z.string(),
  demonstrationPassword: z.string(),
  cookieKey: z.string(),
  /** Private JSON Web Keys that sign tokens. */
  oidcKeys: z.array(z.record(z.string(), z.unknown())),
});

/** What one installation keeps to itself, made at its first start. */
export type Secrets = z.infer<typeof Secrets>;

const secretsFile = (dataDir: string) => join(dataDir, 'secrets.json');

/** Where the development key lies that signs decisions (PEM, PKCS #8, Ed25519). */
export const signerKeyFile = (dataDir: string): string => join(dataDir, 'signer-key.pem');

/** Where the public half is kept of a key that another one took over from: it goes on checking what it signed. */
export const formerKeyFile = (keyFile: string, id: string): string => `${keyFile}.${id}.pub`;

/** The public halves (PEM) of the keys that were in a file before. */
export function formerKeys(keyFile: string): string[] {
  const folder = dirname(keyFile);
  if (!existsSync(folder)) return [];
  const isFormer = (name: string) => name.startsWith(`${basename(keyFile)}.`) && name.endsWith('.pub');
  return readdirSync(folder)
    .filter(isFormer)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** The key of a log by its public half (PEM). */
export function logVerifierOf(origin: string, pem: string): Verifier {
  const { x = '' } = createPublicKey(pem).export({ format: 'jwk' });
  return verifierOf(origin, 'log', new Uint8Array(Buffer.from(x, 'base64url')));
}

/** Where the master keys lie that wrap the data keys of cases and documents. */
export const masterKeyFile = (dataDir: string): string => join(dataDir, 'master-key');

/** Where the keys lie that seal what Temporal keeps of workflows. */
export const payloadKeyFile = (dataDir: string): string => join(dataDir, 'temporal-payload-key');

/** Where the key lies that signs the transparency log. */
export const logKeyFile = (dataDir: string): string => join(dataDir, 'log-key.pem');

/** Where the key of the stand-in witness lies. */
export const witnessKeyFile = (dataDir: string): string => join(dataDir, 'witness', 'key.pem');

/** What the stand-in witness signed last. */
export const witnessStateFile = (dataDir: string): string => join(dataDir, 'witness', 'signed.json');

/** Where the keys of the stand-in lie that certifies seals and stamps times. */
export const authorityFolderOf = (dataDir: string): string => join(dataDir, 'authority');

/** Where the key of the seal on papers lies, and its certificates. */
export const sealFilesOf = (dataDir: string): { readonly key: string; readonly certificates: string } => ({
  key: join(dataDir, 'seal-key.pem'),
  certificates: join(dataDir, 'seal.pem'),
});

/** The published files of the transparency log. */
export const logFolderOf = (dataDir: string): string => join(dataDir, 'transparency-log');

/** The key that a file holds as PEM (PKCS #8, Ed25519), made where there is none; refused (`StartRefused`) where there must be one. */
function ensureKey(file: string, mayBeNew: boolean): void {
  if (existsSync(file)) return checkKey(file);
  if (!mayBeNew) throw new StartRefused(missing(file));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  writePrivate(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

/**
 * The secrets of the installation in `dataDir`, made and kept (mode 0600) at its first start. Beside a register that exists a missing or unreadable one is refused
 * (`StartRefused`, with what to do), never replaced; `renew` makes what is missing anew.
 */
export function ensureSecrets(dataDir: string, renew = false): Secrets {
  const isNew = lstatSync(join(dataDir, 'postgres'), { throwIfNoEntry: false }) === undefined || renew;
  for (const file of [signerKeyFile(dataDir), secretsFile(dataDir)]) {
    if (!isNew && !existsSync(file)) throw new StartRefused(missing(file));
  }
  ensureKey(signerKeyFile(dataDir), true);
  // Installations of before there was a log have no key of it: one that has published something must keep its own.
  const isPublished = existsSync(join(logFolderOf(dataDir), 'checkpoint'));
  ensureKey(logKeyFile(dataDir), renew || !isPublished);
  ensureKeys(masterKeyFile(dataDir), renew);
  ensureKeys(payloadKeyFile(dataDir), renew);
  ensureKey(witnessKeyFile(dataDir), renew || !existsSync(witnessStateFile(dataDir)));
  if (existsSync(secretsFile(dataDir))) return readSecrets(dataDir);
  const random = (bytes: number) => randomBytes(bytes).toString('base64url');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secrets: Secrets = {
    migratorPassword: random(24),
    appPassword: random(24),
    agencyToken: random(32),
    agencyHmacSecret: random(32),
    demonstrationPassword: random(9),
    cookieKey: random(32),
    oidcKeys: [{ ...privateKey.export({ format: 'jwk' }), kid: random(8), alg: 'ES256', use: 'sig' }],
  };
  writePrivate(secretsFile(dataDir), `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/** Keys of a file, and beside it which of them were made here: a lost one is not replaced in silence. Installations of before have none: it is made with the next start. */
function ensureKeys(file: string, renew: boolean): void {
  const made = `${file}.id`;
  if (!existsSync(file)) {
    if (!renew && existsSync(made)) throw new StartRefused(missing(file));
    writePrivate(file, `${newMasterKey()}\n`);
  }
  writePrivate(made, `${[...masterKeyIds(file)].join('\n')}\n`);
}

function masterKeyIds(file: string): Iterable<string> {
  const text = readFileSync(file, 'utf8');
  try {
    return masterKeysIn(text).keys();
  } catch {
    throw new StartRefused(unreadable(file));
  }
}

/** The key of the seal and its certificates, given by the stand-in authority where there are none; an old paper keeps the seal it has. */
export async function ensureSeal(dataDir: string, authorityUrl: string): Promise<void> {
  const { key, certificates } = sealFilesOf(dataDir);
  if (existsSync(key) && existsSync(certificates)) return checkKey(key);
  await newSeal(dataDir, `${authorityUrl}/revocations`);
}

/** Another key for the seal, certified by the stand-in authority, in the place of the one there is. */
export async function newSeal(dataDir: string, revocationsUrl: string): Promise<void> {
  const { key: keyFile, certificates } = sealFilesOf(dataDir);
  const authority = await openAuthority(authorityFolderOf(dataDir));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const own = await authority.certifySeal(publicKey, revocationsUrl);
  writePrivate(certificates, own + authority.root);
  writePrivate(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

/** The secrets of an installation that was started before; refuses (`StartRefused`) where they cannot be read. */
export function readSecrets(dataDir: string): Secrets {
  const file = secretsFile(dataDir);
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new StartRefused(missing(file));
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw new StartRefused(unreadable(file));
    throw error;
  }
}

function checkKey(file: string): void {
  const pem = readFileSync(file, 'utf8');
  try {
    createPrivateKey(pem);
  } catch {
    throw new StartRefused(unreadable(file));
  }
}

const wayOut = (file: string) =>
  `Hãy phục hồi ${file} từ bản sao lưu. Nếu không có: chuyển tệp này đi (nếu còn) rồi chạy NEW_SECRETS=yes npm start để tạo khóa mới, ` +
  `hoặc npm run reset để bắt đầu lại từ đầu.\n` +
  `Restore ${file} from your backup. Without one: move it away (if it is there) and run NEW_SECRETS=yes npm start, which makes new keys, ` +
  `or npm run reset to begin anew.`;
const missing = (file: string) =>
  `Thiếu ${file} bên cạnh cơ sở dữ liệu đã có; hệ thống không tự tạo khóa khác.\n` +
  `${file} is missing beside a register that exists; no other keys are made in silence.\n${wayOut(file)}`;
const unreadable = (file: string) => `Không đọc được ${file}.\n${file} cannot be read.\n${wayOut(file)}`;

/** Writes a file that only its owner reads, whole or not at all. */
export function writePrivate(file: string, content: string | Buffer): void {
  const partial = `${file}.${process.pid}`;
  try {
    writeFileSync(partial, content, { mode: 0o600 });
    renameSync(partial, file);
  } catch (error) {
    removePartial(partial);
    throw error;
  }
}
