import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDocumentStore, type DocumentStore } from '../../api/documents/store.js';
import { verifyChains } from '../../db/register/chain.js';
import { findDocument, recordDocument } from '../../db/register/documents.js';
import { findPeople } from '../../db/people/people.js';
import { findPaperFile } from '../../db/read/forms.js';
import { seed } from '../../db/seed.js';
import { catalogueData, exampleProjects, people } from '../../seeds/index.js';
import { at, createTestRegister, investor, TestCase, type TestRegister } from '../db/support.js';
import { startScript } from '../support/child.js';

let register: TestRegister;
let folder: string;
let store: DocumentStore;
beforeAll(async () => {
  register = await createTestRegister();
  folder = await mkdtemp(join(tmpdir(), 'erase-'));
  store = await createDocumentStore(folder);
});
afterAll(async () => {
  await register.close();
  await rm(folder, { recursive: true });
});

const why = ['--asked-by', 'đơn 12/2026 của chủ thể dữ liệu', '--basis', 'Luật 91/2025/QH15'];
async function erase(...args: string[]): Promise<{ code: number | string; said: string }> {
  const script = startScript('scripts/erase.ts', args, {
    DATABASE_URL: register.database.appUrl,
    MIGRATOR_DATABASE_URL: register.database.migratorUrl,
    DOCUMENTS_DIR: folder,
  });
  return { code: await script.exited, said: script.output() };
}

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

it('says what it does, and does nothing without who asked and the legal basis', async () => {
  const help = await erase('--help');
  expect(help.code).toBe(0);
  expect(help.said).toContain('Ghi lại ai yêu cầu');
  expect(help.said).toContain('Who asked and on which basis is recorded');
  expect(await erase('person', 'investor.besi')).toMatchObject({ code: 2 });
  expect(await erase('house', 'x', ...why)).toMatchObject({ code: 2 });
  expect((await register.pool.query('select 1 from erasure')).rows).toEqual([]);
});

it('refuses while a case is open, and for what is not there', async () => {
  const open = await filed(false);
  expect(await erase('case', open.code, ...why)).toMatchObject({ code: 1 });
  expect((await erase('person', 'investor.besi', ...why)).said).toContain(open.code);
  expect((await erase('case', 'LX-260706-9999X', ...why)).said).toContain('Không tìm thấy · Not found');
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
  expect(await erase('text', `${open.code}/${rows[0]?.id ?? ''}`, ...why)).toMatchObject({ code: 0 });
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
  const { code, said } = await erase('case', file.code, ...why);
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
  expect(rows).toEqual([{ kind: 'case', asked_by: why[1], basis: why[3] }]);
  expect((await erase('case', file.code, ...why)).said).toContain('Đã xóa từ trước · erased before');
});

it('empties a person, who stays erased when the seeds are loaded again', async () => {
  const { code, said } = await erase('person', 'investor.besi', ...why);
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
  const quota = { perDay: 100, bytesPerDay: 1e6, unusedBytes: 1e6 };
  const upload = async (owner: string, text: string) => {
    const file = store.newUpload();
    await writeFile(file, text);
    const sha256 = await store.seal(file);
    const what = { sha256, fileName: 'hộ chiếu.pdf', mediaType: 'application/pdf', bytes: text.length, remark: null };
    const request = { key: 'k', formerId: '00000000-0000-4000-8000-000000000001', uploadedAt: at('2026-07-06 09:00') };
    const { document } = await recordDocument(
      register.pool,
      { ...what, ...request, owner, uploadedBy: owner },
      quota,
      () => store.keep(file, sha256),
    );
    return { id: document.id, path: join(folder, sha256.slice(0, 2), sha256.slice(2)) };
  };
  const { id: one, path } = await upload('investor.cmc', 'passport');
  const { id: two } = await upload('investor.drone', 'passport');
  expect(await erase('document', one, ...why)).toMatchObject({ code: 0 });
  expect(await findDocument(register.pool, one)).toBeUndefined();
  expect(await readFile(path, 'utf8')).toBe('passport');
  expect(await erase('document', two, ...why)).toMatchObject({ code: 0 });
  await expect(readFile(path, 'utf8')).rejects.toThrow('ENOENT');
});
