import { createHash } from 'node:crypto';
import { canonical } from '../domain/evidence/canonical.js';
import { decisionDocument } from '../db/read/decision-document.js';
import { saltedText } from '../db/register/texts.js';
import { requireValid } from '../db/register/signing-keys.js';
import { findSealedPaper, keepSealedPaper } from '../db/register/sealed-papers.js';
import { decisionRecord } from '../domain/case/procedure/decision-record.js';
import { issuedChanges } from '../domain/case/issued/state.js';
import { type CaseState } from '../domain/case/state.js';
import { type TextRef } from '../domain/case/words.js';
import { type FormModel } from '../forms/model.js';
import { type Paper } from '../forms/papers.js';
import { modelHash } from '../forms/press.js';
import { type Enclosure } from '../forms/pades.js';
import { type ApiDeps } from './deps.js';
import { type IssuedPaper, paperContent, statementOf } from './paper-content.js';

/** Papers that nobody outside holds against us: the sheet that travels with the dossier goes on growing. */
const unsealed: ReadonlySet<Paper['form']> = new Set(['06']);

/** Whether a paper is issued for good. */
export const isSealedForm = ({ draft, form }: Paper): boolean => !draft && !unsealed.has(form);

/** The paper for whoever asks: sealed once it is issued, and from then on the very same file. */
export async function printPaper(
  { pool, press, seal, publicUrl, logger }: Pick<ApiDeps, 'pool' | 'press' | 'seal' | 'publicUrl' | 'logger'>,
  {
    paper,
    state,
    number,
    model,
    person,
  }: { paper: Paper; state: CaseState; number: string | null; model: FormModel; person: string },
): Promise<Buffer> {
  if (!seal || !isSealedForm(paper)) return press.draw(model, person);
  const key = { caseCode: state.code, paper: paper.id, model: modelHash(model) };
  const kept = await findSealedPaper(pool, key);
  if (kept) return kept;
  await requireValid(pool, seal.certificate);
  const issued: IssuedPaper = { paper, code: state.code, number, model };
  const outcome = paper.form === 'decision' ? state.procedures[paper.scope]?.decision?.outcome : undefined;
  const statement = await statementOf(seal, issued, outcome);
  // It is no part of what the paper is known by: printed again, it is the file that was sealed first, with the statement of then.
  const drawn = await press.draw(statement === undefined ? model : { ...model, statement }, person);
  const enclosures = [whole(issued), ...(await enclosuresOf(pool, paper, state, publicUrl))];
  const about = { reason: `${state.code} ${paper.id}`, agency: model.letters[0].agency };
  const { bytes, level, less } = await seal.seal(drawn, about, enclosures);
  const pdf = Buffer.from(bytes);
  if (less.length > 0) logger.warn({ less }, 'a paper was sealed with less than could be');
  // One that says less than it could is given out and not kept: the next one may say all.
  return level === seal.best ? keepSealedPaper(pool, key, { pdf, certificate: seal.certificate }) : pdf;
}

/** What the statement in the QR code has the hash of. */
const whole = (issued: IssuedPaper): Enclosure => ({
  name: 'paper.json',
  mediaType: 'application/json',
  description: 'Toàn bộ nội dung văn bản (RFC 8785) · All that the paper says (RFC 8785)',
  bytes: Buffer.from(paperContent(issued)),
});

function enclosuresOf(pool: ApiDeps['pool'], paper: Paper, state: CaseState, publicUrl: string): Promise<Enclosure[]> {
  if (paper.form === 'decision') return signedDecision(pool, paper, state, publicUrl);
  return paper.form === 'opinion' ? opinionKept(pool, paper, state) : actOn(pool, paper, state);
}

/** The bytes that are kept of an opinion, and the salt by which its event has their SHA-256: the seal is over both. */
async function opinionKept(pool: ApiDeps['pool'], { seq, content }: Paper, { code }: CaseState): Promise<Enclosure[]> {
  const kept = content && (await saidBehind(pool, code, content));
  if (!kept?.text) return [];
  const { text, salt, hash } = kept;
  return [
    {
      name: 'opinion-content.json',
      mediaType: 'application/json',
      description: 'Nội dung ý kiến (RFC 8785) · What the opinion says (RFC 8785)',
      bytes: Buffer.from(text),
    },
    {
      name: 'opinion-proof.json',
      mediaType: 'application/json',
      description: 'Muối và mã băm SHA-256 trong sổ · Salt and SHA-256 as the register has them',
      bytes: Buffer.from(`${JSON.stringify({ event: seq, hash, salt }, null, 2)}\n`),
    },
  ];
}

/** An act on a result, for machines: the seal is over it. */
async function actOn(
  pool: ApiDeps['pool'],
  { scope, seq }: Paper,
  { code, procedures }: CaseState,
): Promise<Enclosure[]> {
  const procedure = procedures[scope];
  const act = procedure && issuedChanges(procedure).find(({ issuedBy }) => issuedBy === seq);
  if (!act) return [];
  const { number, change, of, decidedAt, decision, legalBasis, passages } = act;
  const { competentAgency } = procedure;
  const documentHash = procedure.signature?.documentHash ?? null;
  const said = (ref: TextRef) => saidBehind(pool, code, ref);
  const record = {
    ...{ number, change, of, documentHash, caseCode: code, competentAgency, decidedAt },
    reason: decision && (await said(decision)),
    legalBasis: await said(legalBasis),
    passages: await Promise.all(passages.map(async ({ was, is }) => ({ was: await said(was), is: await said(is) }))),
  };
  return [
    {
      name: `${change}.json`,
      mediaType: 'application/json',
      description: 'Nội dung văn bản (RFC 8785) · What the act says (RFC 8785)',
      bytes: Buffer.from(canonical(record)),
    },
  ];
}

/** Words with the salt and the hash that the register has of them, SHA-256 over salt and words; of erased ones the hash alone. */
async function saidBehind(pool: ApiDeps['pool'], code: string, { id, hash }: TextRef) {
  const found = await saltedText(pool, code, id);
  return { text: found?.body ?? null, salt: found?.salt ?? null, hash };
}

/** What the signature of a decision is over, byte by byte, and the signature: whoever has the paper checks it with the published key. */
async function signedDecision(
  pool: ApiDeps['pool'],
  { scope }: Paper,
  state: CaseState,
  publicUrl: string,
): Promise<Enclosure[]> {
  const procedure = state.procedures[scope];
  const record = procedure && decisionRecord(state.code, procedure);
  if (!record || !procedure.signature) return [];
  const document = await decisionDocument(pool, scope, record);
  const { documentHash, signature, algorithm, keyId } = procedure.signature;
  // Signed by an earlier release over another form of it.
  if (createHash('sha256').update(document).digest('hex') !== documentHash) return [];
  const content = record.content && (await saltedText(pool, state.code, record.content.id));
  const proof = {
    ...{ documentHash, algorithm, keyId, signature, keys: `${publicUrl}/api/v1/public/keys` },
    // The signed document has SHA-256 over salt and content, so that the content can be erased and the signature still holds.
    ...(content && { contentSalt: content.salt }),
  };
  return [
    ...(content
      ? [
          {
            name: 'decision-content.json',
            mediaType: 'application/json',
            description: 'Nội dung quyết định (RFC 8785) · What the decision says (RFC 8785)',
            bytes: Buffer.from(content.body),
          },
        ]
      : []),
    {
      name: 'decision.json',
      mediaType: 'application/json',
      description: 'Nội dung được ký (RFC 8785) · What is signed (RFC 8785)',
      bytes: document,
    },
    {
      name: 'decision-signature.json',
      mediaType: 'application/json',
      description: 'Chữ ký trên decision.json · The signature over decision.json',
      bytes: Buffer.from(`${JSON.stringify(proof, null, 2)}\n`),
    },
  ];
}
