import { generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDocumentStore, type DocumentStore } from '../../api/documents/store.js';
import { verifyChains } from '../../db/register/chain.js';
import { findDocument } from '../../db/register/documents.js';
import { type Erasable } from '../../db/register/erasable.js';
import {
  decideErasure,
  type ErasureOrder,
  liftHold,
  listErasures,
  placeHold,
  proposeErasure,
  proposeRun,
} from '../../db/register/erasure-orders.js';
import { findPeople } from '../../db/people/people.js';
import { findPaperFile } from '../../db/read/forms.js';
import { seed } from '../../db/seed.js';
import { catalogueData, exampleProjects, people } from '../../seeds/index.js';
import {
  at,
  createTestRegister,
  documents,
  investor,
  refusedWith,
  TestCase,
  type TestRegister,
} from '../db/support.js';
import { startScript } from '../support/child.js';
import { keepDocument } from '../support/documents.js';

let register: TestRegister;
let folder: string;
let store: DocumentStore;
beforeAll(async () => {
  register = await createTestRegister();
  folder = await mkdtemp(join(tmpdir(), 'erase-'));
  await writeFile(join(folder, 'signer.pem'), key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  store = await createDocumentStore(folder);
});
afterAll(async () => {
  await register.close();
  await rm(folder, { recursive: true });
});

const why = { askedBy: 'đơn 12/2026 của chủ thể dữ liệu', basis: 'Luật 91/2025/QH15' };
const key = generateKeyPairSync('ed25519');

async function script(...args: string[]): Promise<{ code: number | string; said: string }> {
  const started = startScript('scripts/erase.ts', args, {
    DATABASE_URL: register.database.appUrl,
    MIGRATOR_DATABASE_URL: register.database.migratorUrl,
    DOCUMENTS_DIR: folder,
    SIGNER_KEY_FILE: join(folder, 'signer.pem'),
  });
  return { code: await started.exited, said: started.output() };
}

/** Proposed by one administrator and confirmed by another. */
async function ordered(kind: Erasable, ref: string): Promise<ErasureOrder> {
  const { id } = await proposeErasure(register.pool, { kind, ref, ...why, by: 'admin.1' });
  return decideErasure(register.pool, { id, by: 'admin.2', status: 'confirmed' });
}
const erase = async (kind: Erasable, ref: string) => script((await ordered(kind, ref)).id);

const person = investor.kind === 'person' ? investor : undefined;

/** A case of BESI with its filing and words; withdrawn if it is over. */
async function filed(over: boolean): Promise<TestCase> {
  const filing = exampleProjects.besi;
  const name = filing.project.name;
  const opened = at('2026-07-06 09:00');
  if (!person) throw new Error('nobody');
  const file = await TestCase.open(register, opened);
  await register.owner.query(
    `insert into filing (case_code, body, name_vi, name_en, search) values ($1, $2, $3, $4, to_tsvector('simple', $3))`,
    [file.code, JSON.stringify(filing), name.vi, name.en],
  );
  if (over) await file.act(investor, at('2026-07-07 09:00'), { type: 'withdrawCase', reason: 'Không làm nữa' });
  return file;
}

it('says what it does, and does nothing that two administrators have not decided', async () => {
  const help = await script('--help');
  expect(help.code).toBe(0);
  expect(help.said).toContain('một quản trị viên khác xác nhận');
  expect(help.said).toContain('another confirmed');
  expect(await script('investor.besi')).toMatchObject({ code: 2 });
  const closed = await filed(true);
  const { id } = await proposeErasure(register.pool, { kind: 'case', ref: closed.code, ...why, by: 'admin.1' });
  expect((await script()).said).toContain('no confirmed erasure waits');
  expect((await script(id)).said).toContain('PRECONDITION_FAILED');
  expect((await script(randomUUID())).said).toContain('NOT_FOUND');
  expect(await refusedWith(decideErasure(register.pool, { id, by: 'admin.1', status: 'confirmed' }))).toBe(
    'PROPOSER_CANNOT_APPROVE',
  );
  await expect(
    register.pool.query(`update erasure_order set status = 'confirmed', decided_by = proposed_by where id = $1`, [id]),
  ).rejects.toThrow('erasure_order_two_people');
  expect((await register.pool.query('select 1 from erasure')).rows).toEqual([]);
  expect(await decideErasure(register.pool, { id, by: 'admin.1', status: 'refused' })).toMatchObject({
    status: 'refused',
  });
});

it('is refused while a case is open, and for what is not there', async () => {
  const open = await filed(false);
  expect(await refusedWith(ordered('case', open.code))).toBe('PRECONDITION_FAILED');
  expect(await refusedWith(ordered('person', 'investor.besi'))).toBe('PRECONDITION_FAILED');
  expect(await refusedWith(ordered('case', 'LX-260706-9999X'))).toBe('NOT_FOUND');
  await open.act(investor, at('2026-07-07 09:00'), { type: 'withdrawCase', reason: 'Không làm nữa' });
});

it('a hold on a case or its investor stands in the way of all that belongs to it, also after the confirmation, until another lifts it', async () => {
  const file = await filed(true);
  const order = await ordered('case', file.code);
  const hold = await placeHold(register.pool, { kind: 'case', ref: file.code, basis: 'CV 7/TTr', by: 'admin.1' });
  const stopped = await script(order.id);
  expect(stopped).toMatchObject({ code: 1 });
  expect(stopped.said).toContain('LEGAL_HOLD');
  const { rows: texts } = await register.pool.query<{ id: string }>('select id from case_text where case_code = $1', [
    file.code,
  ]);
  for (const [kind, ref] of [
    ['case', file.code],
    ['person', 'investor.besi'],
    ['text', `${file.code}/${texts[0]?.id ?? ''}`],
  ] as const)
    expect(await refusedWith(proposeErasure(register.pool, { kind, ref, ...why, by: 'admin.1' }))).toBe('LEGAL_HOLD');
  expect(await refusedWith(liftHold(register.pool, { id: hold.id, basis: 'hết hạn', by: 'admin.1' }))).toBe(
    'FOUR_EYES',
  );
  await liftHold(register.pool, { id: hold.id, basis: 'CV 9/TTr', by: 'admin.2' });
  const person = await placeHold(register.pool, { kind: 'person', ref: 'investor.besi', basis: 'CV 8', by: 'admin.1' });
  expect((await script(order.id)).said).toContain('LEGAL_HOLD');
  const run = { caseKind: 'green-lane', closedBefore: '2099-01-01T00:00:00.000Z', limit: 100, ...why, by: 'admin.1' };
  expect((await proposeRun(register.pool, run)).orders).toEqual([]);
  await liftHold(register.pool, { id: person.id, basis: 'CV 9', by: 'admin.2' });
  expect(await script(order.id)).toMatchObject({ code: 0 });
});

it('the yearly run proposes every closed case of a class once, and leaves what is held', async () => {
  const [due, held] = [await filed(true), await filed(true)];
  await placeHold(register.pool, { kind: 'case', ref: held.code, basis: 'CV 7', by: 'admin.1' });
  const run = { caseKind: 'green-lane', closedBefore: '2099-01-01T00:00:00.000Z', limit: 100, ...why, by: 'admin.1' };
  const first = await proposeRun(register.pool, run);
  expect(first.held).toEqual([held.code]);
  expect(first.orders.map(({ ref }) => ref)).toContain(due.code);
  expect(first.orders.map(({ ref }) => ref)).not.toContain(held.code);
  expect((await proposeRun(register.pool, run)).orders).toEqual([]);
  // What nobody has decided yet takes the place of the next ones, however often the run is asked for.
  const another = await filed(true);
  const full = { ...run, limit: first.waiting };
  expect(await proposeRun(register.pool, full)).toMatchObject({ orders: [], waiting: first.waiting, more: true });
  expect(await proposeRun(register.pool, full)).toMatchObject({ orders: [], waiting: first.waiting, more: true });
  // A run that was answered before proposes nothing, whatever was decided since: it says again what it proposed.
  const again = await proposeRun(register.pool, { ...run, repeated: true });
  expect(again.orders.map(({ id }) => id).sort()).toEqual(first.orders.map(({ id }) => id).sort());
  expect(again).toMatchObject({ held: [held.code], waiting: first.waiting, more: true });
  const [decided] = first.orders;
  await decideErasure(register.pool, { id: decided?.id ?? '', by: 'admin.2', status: 'confirmed' });
  expect((await proposeRun(register.pool, { ...full, repeated: true })).waiting).toBe(first.waiting - 1);
  // Asked for by several at once there is room for one.
  const runs = await Promise.all([1, 2, 3].map(() => proposeRun(register.pool, full)));
  expect(runs.map(({ waiting }) => waiting)).toEqual([first.waiting, first.waiting, first.waiting]);
  const next = { orders: runs.flatMap(({ orders }) => orders) };
  expect(next.orders.map(({ ref }) => ref)).toEqual([another.code]);
  for (const { id } of [...next.orders, ...(decided ? [decided] : [])])
    await decideErasure(register.pool, { id, by: 'admin.2', status: 'refused' });
  expect((await proposeRun(register.pool, { ...run, caseKind: 'sandbox' })).orders).toEqual([]);
  for (const { id } of first.orders.slice(1))
    await decideErasure(register.pool, { id, by: 'admin.2', status: 'refused' });
  await register.owner.query('delete from legal_hold');
});

it('nobody files with a document that is being erased: whoever comes first, nothing rests on bytes that are gone', async () => {
  const open = await TestCase.open(register);
  await open.engine(open.scope, at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
  const { id } = await keepDocument(register.pool, store, folder, Buffer.from('named meanwhile'));
  const named = documents.map((one) => ({ ...one, documentId: id }));
  const file = () =>
    open.act(investor, at('2026-07-06 09:05'), { type: 'fileDossier', procedure: 'irc-ordinary', documents: named });
  const eraser = await register.owner.connect();
  try {
    await eraser.query('begin');
    await eraser.query(`update document set erased_at = now(), file_name = '' where id = $1`, [id]);
    const naming = refusedWith(file());
    const waiting = 'select from pg_locks where not granted and transactionid = pg_current_xact_id()::xid';
    await expect.poll(async () => (await eraser.query(waiting)).rowCount, { interval: 20 }).toBe(1);
    await eraser.query('commit');
    expect(await naming).toBe('NOT_FOUND');
  } finally {
    eraser.release();
  }
  expect(await refusedWith(file())).toBe('NOT_FOUND');
  const used = await register.pool.query('select from document_use where document_id = $1', [id]);
  expect(used.rows).toEqual([]);
  await open.act(investor, at('2026-07-07 09:00'), { type: 'withdrawCase', reason: 'Không làm nữa' });
});

it('empties one text, also while the case is open', async () => {
  const open = await filed(false);
  await open.act(investor, at('2026-07-06 10:00'), {
    type: 'askQuestion',
    procedure: null,
    text: 'Gọi tôi: 0901 234 567',
  });
  const { rows } = await register.pool.query<{ id: string }>('select id from case_text where case_code = $1', [
    open.code,
  ]);
  expect(await erase('text', `${open.code}/${rows[0]?.id ?? ''}`)).toMatchObject({ code: 0 });
  const kept = await register.pool.query('select body, salt from case_text where case_code = $1', [open.code]);
  expect(kept.rows).toEqual([{ body: null, salt: null }]);
  expect((await verifyChains(register.pool, { caseCode: open.code })).broken).toEqual([]);
  await open.act(investor, at('2026-07-07 09:00'), { type: 'withdrawCase', reason: 'Không làm nữa' });
});

it('empties a case, leaves its evidence whole, and records who asked', async () => {
  const file = await filed(true);
  const { owner } = register;
  await owner.query(
    `insert into agency_request (scope, step, attempt, case_code, system, kind, correlation_id, status, answer) values
       ($1, 'tax-code', 1, $2, 'tax', 'tax-code', $2 || '/a', 'answered', '{"name": "Nguyễn Văn A"}'),
       ($1, 'opinion/dost', 1, $2, 'dost', 'opinion', $2 || '/b', 'accepted', null)`,
    [file.scope, file.code],
  );
  await owner.query(
    `insert into inbox (agency, message_id, body, received_at, status) values
       ('dost', 'handled', json_build_object('correlationId', $1::text || '/b', 'legalBasis', 'Bà B'), now(), 'handled'),
       ('dost', 'waiting', json_build_object('correlationId', $1::text || '/b', 'legalBasis', 'Bà B'), now(), 'pending'),
       ('dost', 'other', json_build_object('correlationId', 'another'), now(), 'handled')`,
    [file.code],
  );
  await owner.query(
    `insert into trial_batch (case_code, seq, batch, digest, limits, readings, salt, hash) values ($1, 99, 1, 'd', '{}', '[]', 's', 'h')`,
    [file.code],
  );
  const { code, said } = await erase('case', file.code);
  expect(said).toContain(`Đã xóa · erased: case ${file.code}`);
  expect(code).toBe(0);
  const paper = await findPaperFile(register.pool, file.code, ['caseOpened', 'caseWithdrawn']);
  expect(paper?.filing).toBeNull();
  expect([...(paper?.texts.values() ?? [])].filter((words) => words !== null)).toEqual([]);
  const kept = await register.pool.query(
    'select name_vi, search, erased_at is not null as erased from filing where case_code = $1',
    [file.code],
  );
  expect(kept.rows).toEqual([{ name_vi: null, search: null, erased: true }]);
  const answers = await owner.query('select answer from agency_request where case_code = $1', [file.code]);
  expect(answers.rows).toEqual([{ answer: null }, { answer: null }]);
  const inbox = await owner.query('select message_id as id, body is null as empty, status from inbox order by id');
  expect(inbox.rows).toEqual([
    { id: 'handled', empty: true, status: 'handled' },
    { id: 'other', empty: false, status: 'handled' },
    { id: 'waiting', empty: true, status: 'refused' },
  ]);
  const batches = await owner.query('select readings, salt from trial_batch where case_code = $1', [file.code]);
  expect(batches.rows).toEqual([{ readings: null, salt: null }]);
  await owner.query('delete from trial_batch'); // none of this case's own
  expect((await verifyChains(register.pool, { caseCode: file.code })).broken).toEqual([]);
  const { rows } = await register.pool.query('select kind, asked_by, basis from erasure where ref = $1', [file.code]);
  expect(rows).toEqual([{ kind: 'case', asked_by: why.askedBy, basis: why.basis }]);
  const order = await ordered('case', file.code);
  expect((await script()).said).toContain('Đã xóa từ trước · erased before');
  expect((await script(order.id)).said).toContain('PRECONDITION_FAILED'); // done
  const certified = (await listErasures(register.pool, 'done')).filter(({ ref }) => ref === file.code);
  expect(certified).toHaveLength(2);
  for (const { certificate } of certified) {
    expect(certificate?.content).toMatchObject({ ...why, proposedBy: 'admin.1', confirmedBy: 'admin.2' });
    const text = canonicalize(certificate?.content) ?? '';
    const signature = Buffer.from(certificate?.signature ?? '', 'base64');
    expect(verify(null, Buffer.from(text), key.publicKey, signature)).toBe(true);
    expect(text).not.toContain('Nguyễn Văn A');
  }
});

it('empties a person, who stays erased when the seeds are loaded again', async () => {
  const { code, said } = await erase('person', 'investor.besi');
  expect(said).toContain('Đã xóa · erased: person investor.besi');
  expect(code).toBe(0);
  await seed(register.database.migratorUrl, { catalogue: catalogueData(), people });
  const known = await findPeople(register.pool, ['investor.besi', 'investor.cmc']);
  expect([...known.keys()]).toEqual(['investor.cmc']);
  const { rows } = await register.pool.query(
    'select name, email, phone, organisation, active from person where id = $1',
    ['investor.besi'],
  );
  expect(rows).toEqual([{ name: '(đã xóa · erased)', email: '', phone: null, organisation: null, active: false }]);
  expect((await verifyChains(register.pool)).broken).toEqual([]);
});

it('removes the bytes of a document, unless somebody else brought the same', async () => {
  const upload = (owner: string, text: string) => keepDocument(register.pool, store, folder, Buffer.from(text), owner);
  const { id: one, path } = await upload('investor.cmc', 'passport');
  const { id: two } = await upload('investor.drone', 'passport');
  expect(await erase('document', one)).toMatchObject({ code: 0 });
  expect(await findDocument(register.pool, one)).toBeUndefined();
  expect(await readFile(path, 'utf8')).toBe('passport');
  expect(await erase('document', two)).toMatchObject({ code: 0 });
  await expect(readFile(path, 'utf8')).rejects.toThrow('ENOENT');
});
