// npm run keys [-- --rotate signature|log|seal | --revoke ID --reason R | --end ID --at INSTANT]: the keys that sign, and from when until when each may.
import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { createDevelopmentSigner } from '../activities/signer.js';
import { openAuthority } from '../agencies/authority/authority.js';
import { createPool } from '../db/pool.js';
import { originOf } from '../db/register/log/origin.js';
import {
  keepNoteKey,
  keepSigningKey,
  limitKey,
  noteKeyId,
  revokeKey,
  signingKeys,
} from '../db/register/signing-keys.js';
import { revocationReasons } from '../domain/evidence/key-period.js';
import { noteKeyOf } from '../domain/evidence/note.js';
import { type Instant, instant } from '../domain/time/instants.js';
import { ed25519Seed } from '../ops/ed25519.js';
import { authorityFolderOf, formerKeyFile, newSeal, sealFilesOf, writePrivate } from './platform/secrets.js';
import { asOwner, type RegisterAccess } from './register-access.js';

const help = `npm run keys [-- …]

Các khóa ký (quyết định và gốc, nhật ký minh bạch, nhân chứng, dấu niêm phong văn bản): mỗi khóa được ký từ khi nào đến khi nào. Công bố tại /.well-known/luong-xanh-keys.json.
The keys that sign (decisions and roots, the transparency log, its witness, the seal on papers): from when until when each may. Published at /.well-known/luong-xanh-keys.json.

  --rotate signature|log|seal [--overlap GIỜ]   khóa mới thay khóa cũ; khóa cũ còn được ký trong GIỜ giờ (24) rồi hết hạn; khởi động lại worker (seal: api)
                                                a new key takes over; the old one may sign for so many hours more (24), then it has expired; restart the worker (seal: the api)
  --revoke ID --reason compromised|superseded|ceased [--at THỜI ĐIỂM]
                                                thu hồi: từ đó chữ ký bằng khóa này bị từ chối; compromised: mọi chữ ký mà chỉ khóa này nói ngày giờ cũng bị từ chối
                                                from then on nothing counts that it signs; compromised: nor anything whose time only it tells
  --end ID --at THỜI ĐIỂM                       đặt ngày hết hạn, chỉ có thể sớm hơn · sets when it expires, only ever earlier`;

const say = (line: string) => process.stderr.write(`${line}\n`);
const { values: asked } = parseArgs({
  options: {
    rotate: { type: 'string' },
    overlap: { type: 'string', default: '24' },
    revoke: { type: 'string' },
    reason: { type: 'string' },
    end: { type: 'string' },
    at: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const hours = Number(asked.overlap);
const reason = revocationReasons.find((one) => one === asked.reason);
const isAsked =
  [asked.rotate, asked.revoke, asked.end].filter((one) => one !== undefined).length <= 1 &&
  (asked.rotate === undefined ||
    (['signature', 'log', 'seal'].includes(asked.rotate) && hours >= 0 && hours <= 8760)) &&
  (asked.revoke === undefined || reason !== undefined) &&
  (asked.end === undefined || asked.at !== undefined);
if (asked.help === true || !isAsked) {
  console.log(help);
  process.exit(asked.help === true ? 0 : 2);
}

await asOwner({ vi: 'được đổi khóa', en: 'changes keys' }, say, async (ownerUrl, access) => {
  const owner = createPool(ownerUrl, { max: 1, applicationName: 'keys' });
  try {
    await change(owner, access);
    await list(owner);
  } finally {
    await owner.end();
  }
});

async function change(owner: pg.Pool, access: RegisterAccess): Promise<void> {
  const at = asked.at === undefined ? new Date().toISOString() : instant(asked.at);
  if (asked.rotate === 'signature') return rotateSignature(owner, access);
  if (asked.rotate === 'log') return rotateLog(owner, access);
  if (asked.rotate === 'seal') return rotateSeal(owner, access);
  const id = asked.revoke ?? asked.end;
  if (id === undefined) return;
  if (asked.revoke !== undefined && reason) {
    if (await revokeKey(owner, { id, at, reason })) return tellAuthority(owner, access, id, at);
  } else if (await limitKey(owner, { id, until: at })) return;
  say(`Không có khóa · no such key: ${id}`);
  process.exitCode = 1;
}

/** When the key that is taken over from expires: whoever still has it in memory signs until then. Set before another one takes over, so that none is left without an end. */
function overlapEnd(): Instant {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

/** Another Ed25519 key in the place of the one there is, whose public half stays beside it. */
function replace(file: string, id: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const former = createPublicKey(createPrivateKey(readFileSync(file))).export({ type: 'spki', format: 'pem' });
  writePrivate(formerKeyFile(file, id), former);
  writePrivate(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

async function rotateSignature(owner: pg.Pool, { signerKey: file }: RegisterAccess): Promise<void> {
  const old = await createDevelopmentSigner(file).publicKey();
  await keepSigningKey(owner, old);
  await limitKey(owner, { id: old.kid, until: overlapEnd() });
  replace(file, old.kid);
  await keepSigningKey(owner, await createDevelopmentSigner(file).publicKey());
}

async function rotateLog(owner: pg.Pool, { log }: RegisterAccess): Promise<void> {
  // A log keeps its name, whichever key signs it.
  const origin = await originOf(owner, log.origin, log.folder);
  const old = noteKeyOf(ed25519Seed(log.key), 'log', origin).verifier;
  await keepNoteKey(owner, old);
  await limitKey(owner, { id: noteKeyId(old), until: overlapEnd() });
  replace(log.key, noteKeyId(old));
  await keepNoteKey(owner, noteKeyOf(ed25519Seed(log.key), 'log', old.name).verifier);
}

/** Only of the stand-in authority: whoever has a seal of their own gets the next one from who vouches for it. */
async function rotateSeal(owner: pg.Pool, { dataDir }: RegisterAccess): Promise<void> {
  const { certificates } = sealFilesOf(dataDir);
  const old = existsSync(certificates) ? sealIdOf(readFileSync(certificates, 'utf8')) : undefined;
  const kept = (await signingKeys(owner)).find(({ id }) => id === old);
  const list = kept?.material && revocationsOf(kept.material);
  if (old === undefined || !list || !existsSync(authorityFolderOf(dataDir))) {
    say(
      'Dấu này không do cơ quan giả lập cấp: hãy thay SEAL_KEY_FILE và SEAL_CERTIFICATES_FILE rồi khởi động lại api.',
    );
    say(
      'This seal is not of the stand-in authority: replace SEAL_KEY_FILE and SEAL_CERTIFICATES_FILE, then restart the api.',
    );
    process.exitCode = 1;
    return;
  }
  await limitKey(owner, { id: old, until: overlapEnd() });
  await newSeal(dataDir, list);
}

function sealIdOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
}

/** Where its authority says what it revoked, as the certificate names it. */
function revocationsOf(pem: string): string | undefined {
  return /https?:\/\/[\x21-\x7e]+?\/revocations/.exec(new X509Certificate(pem).raw.toString('latin1'))?.[0];
}

/** The stand-in authority lists the certificate among what it revoked; another one is told by whoever operates. */
async function tellAuthority(owner: pg.Pool, { dataDir }: RegisterAccess, id: string, at: Instant): Promise<void> {
  const key = (await signingKeys(owner)).find((one) => one.id === id);
  const folder = authorityFolderOf(dataDir);
  if (key?.use !== 'seal' || key.material === null) return;
  if (existsSync(join(folder, 'root.pem'))) (await openAuthority(folder)).revoke(key.material, new Date(at));
  else say('Hãy báo cơ quan cấp chứng thư thu hồi chứng thư này · tell who gave the certificate to revoke it, too');
}

async function list(owner: pg.Pool): Promise<void> {
  for (const { id, use, from, until, revoked } of await signingKeys(owner)) {
    const end = until === null ? '' : ` đến · until ${until}`;
    const gone = revoked ? ` THU HỒI · REVOKED ${revoked.at} ${revoked.reason}` : '';
    console.log(`${use} ${id}: từ · from ${from}${end}${gone}`);
  }
}
