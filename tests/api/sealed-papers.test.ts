import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  verify,
  X509Certificate,
} from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';
import { type FlattenedJWS, flattenedVerify } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Authority, openAuthority } from '../../agencies/authority/authority.js';
import { createPool } from '../../db/pool.js';
import { decisionDocument } from '../../db/read/decision-document.js';
import { findCaseState } from '../../db/read/case-state.js';
import { startRehearsal } from '../../db/register/business-clock.js';
import { erase } from '../../db/register/erasure.js';
import { keepSealCertificate, keepSigningKey } from '../../db/register/signing-keys.js';
import { decisionRecord } from '../../domain/case/procedure/decision-record.js';
import { procedureScope } from '../../domain/case/scope.js';
import { instant } from '../../domain/time/instants.js';
import { canonical } from '../../domain/evidence/canonical.js';
import { contentIn, statementFault, statementFrom } from '../../domain/evidence/statement.js';
import { trustedFrom } from '../../domain/evidence/trusted-keys.js';
import { type Letter, linesOf } from '../../forms/model.js';
import { createSeal } from '../../forms/seal.js';
import { startAgencies } from '../agencies/support.js';
import { at } from '../support/memory-register.js';
import { qrOn } from '../support/qr.js';
import { signaturesOf, textOf } from '../support/poppler.js';
import { testSigner } from '../support/signing.js';
import { consult, decisionTask, engineDoes, openAssessment, openTask, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let folder: string;
let authority: Authority;
let agencies: Awaited<ReturnType<typeof startAgencies>>;
let api: TestApi;
let code = '';
const { signer } = testSigner();
const officer = { as: 'officer.shtp-board.1' };
const investor = { as: 'investor.besi' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luong-xanh-sealed-'));
  authority = await openAuthority(folder);
  agencies = await startAgencies({ authority });
  // As long as the stand-in's.
  const pair = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const own = await authority.certifySeal(pair.publicKey, `${agencies.client.url}/authority/revocations`);
  const options = {
    key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificates: own + authority.root,
    location: 'Thành phố Hồ Chí Minh',
    timestampUrl: `${agencies.client.url}/authority/time-stamp`,
  };
  api = await startApi(({ press }) => ({ seal: createSeal(options, (job) => press.seal(job)) }));
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
  await keepSigningKey(api.pool, await signer.publicKey());
  code = (await fileCase(api)).case;
  await decide();
});
afterAll(async () => {
  await api.close();
  await agencies.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The certificate of the investment is approved, and signed over its record as the worker signs. */
async function decide(): Promise<void> {
  const taskId = await openAssessment(api, code);
  await api.call('POST', `/tasks/${taskId}/claim`, officer);
  await api.call('POST', `/tasks/${taskId}/completion`, { ...officer, body: { outcome: 'done' } });
  const scope = procedureScope(code, procedure, 1);
  const id = await openTask(api, scope, decisionTask);
  const head = { as: 'head.shtp-board' };
  await api.call('POST', `/tasks/${id}/claim`, head);
  const { result } = (await api.call<{ result: Looked }>('GET', `/tasks/${id}`, head)).body;
  const fields = Object.fromEntries(result.fields.flatMap((one) => (one.proposed ? [[one.code, one.proposed]] : [])));
  const [why] = result.reasons;
  const answer = (content: object) =>
    api.refused('POST', `/tasks/${id}/completion`, { ...head, body: { outcome: 'approve', content } });
  const { seen } = result;
  const { capital: _capital, ...less } = fields;
  expect((await answer({ seen, fields: less })).body).toMatchObject({
    code: 'RESULT_INCOMPLETE',
    details: { missing: ['capital'] },
  });
  expect((await answer({ seen: 'd0', fields })).body.code).toBe('CONTENT_CHANGED');
  const said = { ...fields, incentives: 'Miễn thuế thu nhập doanh nghiệp 04 năm' };
  const reasons = [{ text: `${why?.text.vi ?? ''} (đã sửa)`, legalBasis: why?.legalBasis.vi }];
  expect((await answer({ seen, fields: said, reasons })).status).toBe(200);
  const decided = (await findCaseState(api.pool, code))?.procedures[scope];
  const record = decided && decisionRecord(code, decided);
  if (!record) throw new Error('nothing was decided');
  const document = await decisionDocument(api.pool, scope, record);
  const documentHash = createHash('sha256').update(document).digest('hex');
  const { number } = record;
  await engineDoes(api, scope, { type: 'recordSignature', number, documentHash, ...(await signer.sign(document)) });
}

interface Looked {
  readonly seen: string;
  readonly fields: readonly { readonly code: string; readonly proposed: string | null }[];
  readonly reasons: readonly { readonly text: { readonly vi: string }; readonly legalBasis: { readonly vi: string } }[];
}

const papers = async () =>
  (await api.call<{ items: { id: string; form: string }[] }>('GET', `/cases/${code}/forms`, officer)).body.items;
const idOf = async (form: string) => (await papers()).find((one) => one.form === form)?.id ?? '';

const print = async (form: string, as = officer.as): Promise<Buffer> => printed(code, await idOf(form), as);

async function printed(caseCode: string, id: string, as: string): Promise<Buffer> {
  const authorization = `Bearer ${await api.issuer.tokenOf(as)}`;
  const response = await fetch(`${api.url}/api/v1/cases/${caseCode}/forms/${id}`, {
    headers: { authorization },
  });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}
const kept = async () =>
  (await api.pool.query('select paper from sealed_paper where case_code = $1 order by paper', [code])).rows;

it('an issued paper is sealed once, and is the same file for everybody who asks', async () => {
  const [one, two] = await Promise.all([print('01'), print('01', investor.as)]);
  expect(await signaturesOf(one)).toContain('Signature is Valid');
  expect((await print('01')).equals(one)).toBe(true);
  expect(two.equals(one)).toBe(true);
  expect(await kept()).toEqual([{ paper: await idOf('01') }]);
});

it('an issued paper is taken by machines as all that it says, signed by the seal, and checked by anybody’s library', async () => {
  const signed = async (form: string, as = officer.as) =>
    api.call<FlattenedJWS & { code?: string }>('GET', `/cases/${code}/forms/${await idOf(form)}/signed`, { as });
  const checked = (jws: FlattenedJWS) =>
    flattenedVerify(jws, ({ x5c = [] } = {}) => {
      const [own, ...above] = x5c.map((der) => new X509Certificate(Buffer.from(der, 'base64')));
      const root = new X509Certificate(authority.root);
      if (!own?.verify(root.publicKey) || above.at(-1)?.fingerprint256 !== root.fingerprint256)
        throw new Error('certified by somebody else');
      return own.publicKey;
    });
  for (const form of ['01', 'decision']) {
    const { status, body } = await signed(form, investor.as);
    expect(status).toBe(200);
    const text = Buffer.from((await checked(body)).payload).toString();
    const said = JSON.parse(text) as { case: string; number: string; letters: readonly [Letter, Letter] };
    expect(canonical(said)).toBe(text);
    expect([said.case, typeof said.number]).toEqual([code, 'string']);
    // Line by line what the PDF says, in both languages.
    const printed = (await textOf(await print(form))).join(' ').replaceAll(/\s+/g, '');
    for (const letter of said.letters)
      for (const line of letter.title) expect(printed).toContain(line.replaceAll(/\s+/g, ''));
    expect(linesOf(said.letters[0]).length).toBeGreaterThan(10);
    expect((await signed(form)).body).toEqual(body);
    const bent = Buffer.from(text.replace(code, 'LX-260706-9999A')).toString('base64url');
    await expect(checked({ ...body, payload: bent })).rejects.toThrow(/signature/);
  }
  expect(await signed('06')).toMatchObject({ status: 409, body: { code: 'PAPER_NOT_SEALED' } });
  expect((await signed('01', 'investor.cmc')).status).toBe(403);
});

it.each(['01', 'decision'])(
  'the QR code of paper %s carries enough to check it without a network: who says what, and which file is that paper',
  async (form) => {
    const { seal } = api.deps;
    if (!seal) throw new Error('no seal');
    await keepSealCertificate(api.pool, seal);
    const paper = await print(form, investor.as);
    const pages = (await textOf(paper)).length;
    // The Vietnamese letter has it, and the English one.
    const [code1, code2] = await Promise.all([qrOn(paper, pages / 2), qrOn(paper, pages)]);
    expect(code2.text).toBe(code1.text);
    expect(code1.moduleMm).toBeGreaterThanOrEqual(0.4);
    const signed = statementFrom(code1.text);
    if (!signed) throw new Error('no statement');
    const trusted = trustedFrom(
      JSON.stringify(await (await fetch(`${api.url}/.well-known/luong-xanh-keys.json`)).json()),
    );
    expect(statementFault(signed, trusted?.seals ?? [])).toBeUndefined();
    const path = `/cases/${code}/forms`;
    const { items } = (
      await api.call<{ items: { form: string; number: string | null; date: string }[] }>('GET', path, officer)
    ).body;
    const listed = items.find((one) => one.form === form);
    const { statement } = signed;
    expect(statement).toMatchObject({
      ...{ form, caseCode: code, number: listed?.number, day: listed?.date },
      outcome: form === 'decision' ? 'approved' : '',
    });
    const { body: jws } = await api.call<FlattenedJWS>('GET', `${path}/${await idOf(form)}/signed`, investor);
    for (const file of [paper, Buffer.from(JSON.stringify(jws))])
      expect(JSON.parse(contentIn(file, statement.contentHash) ?? '{}')).toMatchObject({ case: code, form });
    // The code of somebody else's paper.
    expect(contentIn(await print(form === '01' ? 'decision' : '01'), statement.contentHash)).toBeUndefined();
    // What it opens is what is printed: what stands behind the # reaches no server.
    expect((await textOf(paper)).join(' ').replaceAll(/\s+/g, '')).toContain(statement.address);
    await withOwner((owner) => owner.query('delete from signing_key where key_id = $1', [seal.certificate]));
  },
);

const withOwner = async (work: (owner: ReturnType<typeof createPool>) => Promise<unknown>): Promise<void> => {
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  await work(owner).finally(() => owner.end());
};

it('nothing is sealed or signed with a certificate that was revoked; what was sealed before is still given out', async () => {
  const before = await print('01');
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  const { seal } = api.deps;
  if (!seal) throw new Error('no seal');
  await keepSealCertificate(owner, seal);
  await owner.query(`update signing_key set revoked_at = now(), revoked_reason = 'ceased' where key_id = $1`, [
    seal.certificate,
  ]);
  const path = `/cases/${code}/forms/${await idOf('01')}`;
  expect(await api.call('GET', `${path}/signed`, officer)).toMatchObject({
    status: 503,
    body: { code: 'KEY_NOT_VALID' },
  });
  expect((await print('01')).equals(before)).toBe(true);
  await owner.query('delete from signing_key where key_id = $1', [seal.certificate]);
  await owner.end();
});

it('the sheet that travels with the dossier carries no seal: it goes on growing', async () => {
  expect((await print('06')).includes('/ByteRange')).toBe(false);
});

it('a decision encloses what its signature is over: checked with the published key alone, no server asked about it', async () => {
  const paper = await PDF.load(await print('decision', investor.as));
  const document = Buffer.from(paper.attachments.get('decision.json') ?? []);
  const proof = JSON.parse(Buffer.from(paper.attachments.get('decision-signature.json') ?? []).toString()) as {
    readonly documentHash: string;
    readonly signature: string;
    readonly keyId: string;
  };
  expect(JSON.parse(document.toString())).toMatchObject({ caseCode: code, procedure, outcome: 'approved' });
  expect(createHash('sha256').update(document).digest('hex')).toBe(proof.documentHash);
  const { keys } = (await api.call<{ keys: (JsonWebKey & { kid: string })[] }>('GET', '/public/keys')).body;
  const jwk = keys.find(({ kid }) => kid === proof.keyId);
  const key = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
  expect(verify(null, document, key, Buffer.from(proof.signature, 'base64'))).toBe(true);
  document[10] = (document[10] ?? 0) ^ 1;
  expect(verify(null, document, key, Buffer.from(proof.signature, 'base64'))).toBe(false);
});

it('what the decision says is in the paper beside its signature, which covers it by a salted hash, and on the page of the case', async () => {
  const paper = await PDF.load(await print('decision', investor.as));
  const enclosed = (name: string) => Buffer.from(paper.attachments.get(name) ?? []);
  const content = enclosed('decision-content.json');
  const { contentSalt } = JSON.parse(enclosed('decision-signature.json').toString()) as { contentSalt: string };
  const signed = JSON.parse(enclosed('decision.json').toString()) as { content: { hash: string } };
  expect(createHash('sha256').update(contentSalt).update(content).digest('hex')).toBe(signed.content.hash);
  expect(content.toString()).toContain('Miễn thuế thu nhập doanh nghiệp 04 năm');
  const { procedures } = (await api.call<{ procedures: Decided[] }>('GET', `/cases/${code}`, investor)).body;
  const shown = procedures.find((one) => one.procedure === procedure)?.decision?.content;
  expect(shown?.fields).toContainEqual(
    expect.objectContaining({ code: 'incentives', value: 'Miễn thuế thu nhập doanh nghiệp 04 năm' }),
  );
  expect(shown?.reasons[0]?.text).toContain('(đã sửa)');
});

interface Decided {
  readonly procedure: string;
  readonly decision: {
    readonly content: {
      readonly fields: readonly { readonly code: string; readonly value: string }[];
      readonly reasons: readonly { readonly text: string }[];
    } | null;
  } | null;
}

it('an act on the result encloses what it says, each of its words with the salt of its hash, and no account', async () => {
  const scope = procedureScope(code, procedure, 1);
  const step = 'project-number';
  await engineDoes(api, scope, { type: 'startStep', step });
  await engineDoes(api, scope, { type: 'completeStep', step, outcome: 'done', by: 'system', reference: '12345678' });
  await engineDoes(api, scope, { type: 'handOver' });
  await engineDoes(api, scope, { type: 'closeProcedure' });
  const passages = [{ was: '10 ha', is: '11 ha' }];
  const words = { reason: 'Đề nghị sửa diện tích', legalBasis: 'NĐ 30/2020/NĐ-CP, Điều 18' };
  const body = { change: 'correction', passages, ...words };
  await api.call('POST', `/cases/${code}/procedures/${procedure}/result-changes`, { ...officer, body });
  const head = { as: 'head.shtp-board' };
  const [task] = (await api.call<{ items: { id: string }[] }>('GET', `/tasks?case=${code}&kind=result-change`, head))
    .body.items;
  const decided = { outcome: 'issue', reason: 'Đã đo lại' };
  expect((await api.refused('POST', `/tasks/${task?.id}/completion`, { ...head, body: decided })).status).toBe(200);

  const paper = await PDF.load(await print('result-correction', investor.as));
  const text = Buffer.from(paper.attachments.get('correction.json') ?? []).toString();
  const said = JSON.parse(text) as { readonly reason: Said; readonly legalBasis: Said; readonly passages: Passage[] };
  expect([said.reason.text, said.legalBasis.text]).toEqual(['Đã đo lại', words.legalBasis]);
  expect(said.passages.map(({ was, is }) => ({ was: was.text, is: is.text }))).toEqual(passages);
  const all = [said.reason, said.legalBasis, ...said.passages.flatMap(({ was, is }) => [was, is])];
  for (const { salt, text: words, hash } of all)
    expect(createHash('sha256').update(salt).update(words).digest('hex')).toBe(hash);
  expect(text).not.toContain('head.shtp-board');
});

interface Said {
  readonly text: string;
  readonly salt: string;
  readonly hash: string;
}
interface Passage {
  readonly was: Said;
  readonly is: Said;
}

it('an opinion encloses the bytes that are kept of it, with the salt of their hash in the event, under the seal', async () => {
  const { case: other } = await fileCase(api, 'besi', 'investor.besi', 'Lô ý kiến 1');
  const about = { key: 'opinion/dpa', kind: 'opinion', agency: 'dpa', role: 'officer', step: null } as const;
  const task = await openTask(api, await consult(api, other), about);
  const dpa = { as: 'officer.dpa.1' };
  const { seen } = (await api.call<{ result: Looked }>('GET', `/tasks/${task}`, dpa)).body.result;
  const reasons = [{ text: 'Phù hợp quy hoạch phân khu.', legalBasis: 'NĐ 96/2026/NĐ-CP, Điều 36' }];
  const content = { seen, fields: { asked: 'agree' }, reasons };
  const body = { outcome: 'agree', content };
  expect((await api.refused('POST', `/tasks/${task}/completion`, { ...dpa, body })).status).toBe(200);
  const path = `/cases/${other}/forms`;
  const { items } = (await api.call<{ items: { id: string; form: string }[] }>('GET', path, officer)).body;
  const bytes = await printed(other, items.find(({ form }) => form === 'opinion')?.id ?? '', officer.as);
  expect(await signaturesOf(bytes)).toContain('Signature is Valid');
  const paper = await PDF.load(bytes);
  const enclosed = (name: string) => Buffer.from(paper.attachments.get(name) ?? []).toString();
  expect(JSON.parse(enclosed('opinion-content.json'))).toEqual({
    ...{ conditions: [], fields: [{ code: 'asked', value: 'agree' }], legalBasis: null, position: 'agree' },
    ...{ reason: null, reasons },
  });
  const { salt, hash } = JSON.parse(enclosed('opinion-proof.json')) as { salt: string; hash: string };
  expect(createHash('sha256').update(salt).update(enclosed('opinion-content.json')).digest('hex')).toBe(hash);
  const state = await findCaseState(api.pool, other);
  const [consultation] = Object.values(state?.consultations ?? {});
  expect(consultation?.opinions['dpa']?.content?.hash).toBe(hash);
});

it('anybody is given the certificates of the seal, from its own to the root', async () => {
  const { certificates } = (await api.call<{ certificates: string[] }>('GET', '/public/seal')).body;
  expect(certificates).toHaveLength(2);
  expect(certificates[1]?.trim()).toBe(authority.root.trim());
});

it('nobody who serves people changes a sealed paper or takes it away', async () => {
  await expect(api.pool.query('delete from sealed_paper')).rejects.toMatchObject({ code: '42501' });
  await expect(api.pool.query(`update sealed_paper set pdf = ''`)).rejects.toMatchObject({ code: '42501' });
});

it('an erasure reaches the sealed papers of the case', async () => {
  expect(await kept()).not.toEqual([]);
  const text = await api.pool.query<{ id: string }>('select id from case_text where case_code = $1 limit 1', [code]);
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  const request = {
    askedBy: 'admin.1',
    basis: 'Luật Bảo vệ dữ liệu cá nhân',
    now: instant('2026-07-07T02:00:00.000Z'),
  };
  const erased = await erase(owner, { kind: 'text', ref: `${code}/${text.rows[0]?.id ?? ''}`, ...request });
  await owner.end();
  expect(erased.what['sealed_paper']).toBeGreaterThan(0);
  expect(await kept()).toEqual([]);
});
