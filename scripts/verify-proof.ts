// npm run verify-proof -- FILE [--key NAME+ID+KEY]… [--keys KEYS]…: checks the proof of a case with nothing but the file and the keys one trusts; no network, no register.
// KEYS: a copy of /.well-known/luong-xanh-keys.json, which says from when until when each may sign.
// [--certificate FILE [--roots FILE]…]: whose the signature of the filing is: the certificate of whoever signed it, and authorities that one trusts (PEM). Without them
// the key that signed is told, not whose it is. [--revocations FILE]…: what these authorities revoked (CRL): who was revoked when the filing was recorded signed nothing.
// With --qr TEXT [--paper PAPER]: checks what the QR code of a sealed paper holds instead, and whether a file (PDF, or its signed form) is that paper.
// With --signed FILE: checks the signed form of a paper (`…/signed`, JSON) by itself.
// With --key-of FILE log|witness: prints the public key of a private one, as others read it.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type KeyFault, keyFaultNames } from '../domain/evidence/key-period.js';
import type { FilingSigned, SignerGiven } from '../domain/evidence/filing-signature.js';
import { noteKeyOf, verifierText } from '../domain/evidence/note.js';
import { proofFrom, type ProofFault, verifyProof } from '../domain/evidence/verify.js';
import { ed25519Seed } from '../ops/ed25519.js';
import { checkSignedPaper, checkStatement } from './check-statement.js';
import { certificatesGiven, revocationsGiven, keysGiven, verifierGiven } from './verifier-given.js';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string', multiple: true, default: [] },
    keys: { type: 'string', multiple: true, default: [] },
    'key-of': { type: 'string' },
    qr: { type: 'string' },
    paper: { type: 'string' },
    signed: { type: 'string' },
    certificate: { type: 'string' },
    roots: { type: 'string', multiple: true, default: [] },
    revocations: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  },
});

/** What is known of whose the signature of the filing is, and no more. */
function signedLine(signed: FilingSigned | null): string {
  if (signed === null) return 'Hồ sơ nộp không có chữ ký số để kiểm tra · no signature of the filing to be checked';
  const { certificate, signer } = signed;
  if (signer === null)
    return `Hồ sơ nộp được ký bằng khóa của chứng thư ${certificate}; khóa của ai: chưa kiểm tra (--certificate) · the filing is signed by the key of certificate ${certificate}; whose it is was not checked (--certificate)`;
  const names = [signer.name, signer.organisation, signer.number].filter((one) => one !== null);
  const whom = [...new Set(names)].join(', ');
  const stood = signer.notRevokedBy
    ? `, chưa bị thu hồi khi ký theo danh sách ngày ${signer.notRevokedBy} · not revoked when it signed, by the list of ${signer.notRevokedBy}`
    : '; có bị thu hồi trước khi ký hay không: chưa kiểm tra (--revocations) · whether it was revoked before was not checked (--revocations)';
  return signer.isTrusted
    ? `Hồ sơ nộp do ${whom} ký, chứng thư do tổ chức bạn tin cấp · the filing is signed by ${whom}, by a certificate of an authority that you trust${stood}`
    : `Hồ sơ nộp được ký bằng chứng thư mang tên ${whom}; ai cấp: chưa kiểm tra (--roots) · the filing is signed with a certificate that names ${whom}; who gave it was not checked (--roots)`;
}

/** The certificate and the authorities that were given. */
function signerGiven(): SignerGiven | undefined {
  const authorities = asked.roots.flatMap((roots) => certificatesGiven(roots));
  const lists = asked.revocations.flatMap((file) => revocationsGiven(file));
  if (lists.length > 0 && authorities.length === 0)
    throw new Error('--revocations are held against those who may give a certificate: give them, too (--roots)');
  if (asked.certificate === undefined) {
    if (authorities.length > 0)
      throw new Error('--roots says who may give a certificate: give it, too (--certificate)');
    return undefined;
  }
  const [certificate] = certificatesGiven(asked.certificate);
  return certificate && { certificate, authorities, lists };
}

const ended = (fault: KeyFault) => `${keyFaultNames[fault].vi} · ${keyFaultNames[fault].en}`;
const faults: Readonly<Record<ProofFault['reason'], string>> = {
  'key-early': ended('key-early'),
  'key-expired': ended('key-expired'),
  'key-revoked': ended('key-revoked'),
  'not-a-proof': 'tệp không phải là bằng chứng · the file is no proof',
  'checkpoint-unreadable': 'không đọc được trạng thái nhật ký · the state of the log cannot be read',
  'checkpoint-unsigned':
    'không khóa nào bạn tin đã ký trạng thái nhật ký · none of the keys you trust signed the state of the log',
  gap: 'thiếu sự kiện · an event is missing',
  'not-included': 'sự kiện không có trong nhật ký · the event is not in the log',
  'fields-disordered': 'các trường không đúng thứ tự · its fields are out of order',
  'filing-signature-wrong':
    'chữ ký trên hồ sơ nộp không đúng, hoặc chứng thư không còn hạn khi ghi nhận · the signature of the filing is wrong, or its certificate had ended when it was recorded',
  'filing-certificate-differs':
    'chứng thư đã đưa không phải là chứng thư của chữ ký trên hồ sơ nộp · the certificate that was given is not that of the signature of the filing',
  'filing-certificate-untrusted':
    'không tổ chức chứng thực nào bạn tin đã cấp chứng thư này · none of the authorities you trust gave the certificate',
  'filing-certificate-revoked':
    'chứng thư đã bị thu hồi khi hồ sơ được ghi nhận · the certificate had been revoked when the filing was recorded',
  'filing-revocations-silent':
    'không danh sách thu hồi nào đã đưa nói về chứng thư này tại thời điểm ký: hãy lấy danh sách mới của tổ chức đã cấp · none of the lists of revoked certificates that were given speaks of it at the time of signing: get a newer one of whoever gave it',
  'recorded-disordered': 'ghi nhận trước sự kiện đứng trước · recorded before the event before it',
};

if (asked['key-of'] !== undefined) {
  const kind = positionals[0] === 'witness' ? 'witness' : 'log';
  console.log(
    verifierText(noteKeyOf(ed25519Seed(asked['key-of']), kind, process.env['TLOG_ORIGIN'] || undefined).verifier),
  );
} else if (asked.signed !== undefined) {
  if (!checkSignedPaper(asked.signed, asked)) process.exitCode = 1;
} else if (asked.qr !== undefined) {
  const { qr, paper, keys, json } = asked;
  if (!checkStatement({ qr, paper, keys, json })) process.exitCode = 1;
} else {
  const [file] = positionals;
  if (file === undefined) throw new Error('npm run verify-proof -- FILE --key NAME+ID+KEY --keys KEYS');
  const proof = proofFrom(readFileSync(file, 'utf8'));
  const trusted = [...asked.key.map(verifierGiven), ...asked.keys.flatMap((keys) => keysGiven(keys).notes)];
  const found = proof && verifyProof(proof, trusted, new Date().toISOString(), signerGiven());
  const broken: readonly ProofFault[] = found?.faults ?? [{ seq: null, reason: 'not-a-proof' }];
  if (broken.length > 0) process.exitCode = 1;
  if (asked.json) console.log(JSON.stringify({ holds: broken.length === 0, ...found, faults: broken }));
  else {
    for (const { seq, reason } of broken)
      console.log(`SAI · WRONG: ${seq === null ? '' : `sự kiện · event ${seq}: `}${faults[reason]}`);
    if (found && proof) {
      console.log(
        `${proof.caseCode}: ${found.events.length} sự kiện · events, nhật ký · log ${found.origin}, ${found.size} lá · leaves`,
      );
      console.log(signedLine(found.filingSigned));
      for (const { name, seconds } of found.witnesses)
        console.log(`Nhân chứng · witness ${name}: ${new Date(seconds * 1000).toISOString()}`);
      for (const { seq, shown, hidden } of found.events) {
        const { recordedAt = '—', type = '(ẩn · hidden)' } = shown;
        console.log(
          `${String(seq).padStart(4)}  ${String(recordedAt)}  ${String(type)}${hidden > 0 ? `  (${hidden} trường ẩn · fields hidden)` : ''}`,
        );
      }
    }
    console.log(broken.length === 0 ? 'Đúng · it holds' : 'KHÔNG đúng · it does NOT hold');
  }
}
