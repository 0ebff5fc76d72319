// npm run verify-chain [-- <case code>] [--json] [--key <public key>]… [--keys <copy of luong-xanh-keys.json>]…: checks the evidence of every case, what it points at, and the signed roots outside the
// database. One line for each place where it does not hold; exit 1 where there is one.
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Break, breakNames } from '../db/register/breaks.js';
import { verifyChains } from '../db/register/chain.js';
import { createPool } from '../db/pool.js';
import { type RootKeys, rootKeysOf } from '../db/register/root-check.js';
import { newestRoot, type NewestRoot } from '../db/register/roots.js';
import { type KeyPeriod, strictest } from '../domain/evidence/key-period.js';
import { type TrustedKeys } from '../domain/evidence/trusted-keys.js';
import { type SigningKey, signingKeys } from '../db/register/signing-keys.js';
import { masterKeysOf } from '../ops/master-keys.js';
import { accessRegister } from './register-access.js';
import { limitedBy, logCheckOf } from './log-check.js';
import { formerKeys } from './platform/secrets.js';
import { keysGiven, verifierGiven } from './verifier-given.js';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    key: { type: 'string', multiple: true, default: [] },
    'log-key': { type: 'string', multiple: true, default: [] },
    keys: { type: 'string', multiple: true, default: [] },
  },
});
const caseCode = positionals[0];
const say = (line: string): void => {
  if (!asked.json) console.log(line);
};

const placeOf = (reason: Break['reason']): string => {
  if (reason.startsWith('key')) return 'keys';
  if (reason.startsWith('root')) return 'roots';
  if (reason.startsWith('erasure')) return 'erasures';
  if (reason === 'looks-differ') return 'readings';
  if (reason === 'projection-differs') return 'dashboards';
  return reason === 'act-differs' ? 'leadership' : 'documents';
};

const lineOf = ({ caseCode: code, seq, reason, detail }: Break): string => {
  const { vi, en } = breakNames[reason];
  const place = [code ?? placeOf(reason), seq === null ? undefined : `event ${seq}`];
  return [...place, reason, `${vi} · ${en}`, detail].filter(Boolean).join(' · ');
};

const access = await accessRegister(process.env, (line) => process.stderr.write(`${line}\n`));
const masterKeys = existsSync(access.masterKey) ? masterKeysOf(access.masterKey) : undefined;
const pool = createPool(access.url, { max: 2, applicationName: 'verify-chain', masterKeys });
try {
  const keyFiles = [...(existsSync(access.signerKey) ? [access.signerKey] : []), ...asked.key];
  const pems = [...keyFiles.map((file) => readFileSync(file)), ...formerKeys(access.signerKey)];
  const copies = asked.keys.map(keysGiven);
  const keys = rootKeysFrom(pems, copies);
  const kept = await signingKeys(pool);
  const periods = periodsOf(kept, copies);
  const given = [...asked['log-key'].map(verifierGiven), ...copies.flatMap(({ notes }) => notes)];
  const log = limitedBy(kept, await logCheckOf(pool, access.log, given, say));
  const found = await verifyChains(pool, {
    log,
    rootsFolder: access.chainRoots,
    witness: access.chainRootWitness,
    documentsFolder: access.documents,
    ...(keys && { keys }),
    periods,
    ...(caseCode === undefined ? {} : { caseCode }),
    onBreak: (one) => say(`HỎNG · BROKEN: ${lineOf(one)}`),
  });
  const newest = await newestRoot(pool);
  const isIntact = found.broken.length === 0 && (caseCode === undefined || found.cases > 0);
  if (!isIntact) process.exitCode = 1;
  if (asked.json)
    console.log(
      JSON.stringify({ intact: isIntact, signaturesChecked: keys !== undefined, ...found, newestRoot: newest ?? null }),
    );
  else tell(found, newest, keys !== undefined, isIntact);
} finally {
  await pool.end();
  await access.close();
}

function tell(
  found: Awaited<ReturnType<typeof verifyChains>>,
  newest: NewestRoot | undefined,
  signaturesChecked: boolean,
  isIntact: boolean,
): void {
  const {
    cases,
    events,
    documents,
    papers,
    roots,
    leaves,
    lostLeaves,
    broken,
    unboundDocuments,
    unboundNumbers,
    erased,
    uncertified,
    unopened,
    unprojected,
  } = found;
  say(
    `Đã kiểm tra · checked: ${cases} hồ sơ · cases, ${events} sự kiện · events, ${documents} tài liệu · documents, ${papers} văn bản niêm phong · sealed papers, ${roots} gốc · roots, ${leaves} lá nhật ký · leaves of the log`,
  );
  if (lostLeaves > 0)
    say(
      `Lá nhật ký mà khôi phục làm mất sự kiện: hãy đối chiếu với những lần khôi phục đã biết · leaves of the log whose events a restore lost, compare with the restores that you know of: ${lostLeaves}`,
    );
  if (erased > 0) say(`Đã xóa hợp lệ, mã băm còn nguyên · erased, their hashes stand: ${erased}`);
  if (uncertified > 0)
    say(
      `Không có chứng nhận tiêu hủy: hãy đối chiếu với danh sách lệnh xóa · no certificate of destruction, compare with the list of orders: ${uncertified}`,
    );
  if (unopened > 0)
    say(
      `Còn niêm phong, thiếu khóa chính, chưa so lời văn với mã băm · sealed, their master key is not at hand, words not compared: ${unopened}`,
    );
  if (unboundDocuments > 0)
    say(
      `Chưa được sự kiện cũ bảo vệ bằng mã băm · not covered, named by old events without a hash: ${unboundDocuments} tài liệu · documents`,
    );
  if (unboundNumbers > 0)
    say(
      `Số văn bản mà sự kiện cũ không ghi, chưa so sánh · numbers that old events do not say, not compared: ${unboundNumbers} văn bản · papers`,
    );
  if (unprojected > 0)
    say(
      `Dữ liệu hiển thị chưa kịp cập nhật, chưa so sánh · not projected yet, not compared: ${unprojected} hồ sơ · cases`,
    );
  if (!signaturesChecked)
    say('Không có khóa để kiểm tra chữ ký của gốc · no key at hand: signatures of roots not checked');
  if (newest) {
    const { number, writtenAt, root, keyId, since } = newest;
    say(`Gốc mới nhất · newest root: ${number}, ${writtenAt}, ${root}, khóa · key ${keyId ?? '—'}`);
    say(
      `Từ đó, chưa được bao gồm · since then, not yet covered: ${since.cases} hồ sơ · cases, ${since.events} sự kiện · events`,
    );
  } else say('Chưa có gốc nào · no root yet');
  if (caseCode !== undefined && cases === 0) say(`Không có hồ sơ · no such case: ${caseCode}`);
  if (isIntact) return say('Nguyên vẹn · intact');
  const kinds = new Map<string, number>();
  for (const { reason } of broken) kinds.set(reason, (kinds.get(reason) ?? 0) + 1);
  if (broken.length > 0)
    say(
      `KHÔNG nguyên vẹn · NOT intact: ${broken.length} chỗ · places (${[...kinds].map(([kind, n]) => `${kind} ${n}`).join(', ')})`,
    );
}

/** By key id: those that were given, and of copies of the published list what signs roots; undefined: none. */
function rootKeysFrom(pems: readonly (string | Buffer)[], copies: readonly TrustedKeys[]): RootKeys | undefined {
  const published = copies.flatMap(({ results }) =>
    results.map(({ publicKey }) => {
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
      return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    }),
  );
  const all = [...pems, ...published];
  return all.length === 0 ? undefined : rootKeysOf(all);
}

/** When each key may sign by what the register and every copy of the published list say: the earliest end counts. */
function periodsOf(kept: readonly SigningKey[], copies: readonly TrustedKeys[]): ReadonlyMap<string, KeyPeriod> {
  const periods = new Map<string, KeyPeriod>(kept.map((key) => [key.id, key]));
  for (const { id, period } of copies.flatMap(({ results }) => results)) {
    const known = periods.get(id);
    if (period) periods.set(id, known ? strictest(known, period) : period);
  }
  return periods;
}
