import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal } from '../../db/register/business-clock.js';
import type { BreakReason } from '../../db/register/breaks.js';
import { verifyChains } from '../../db/register/chain.js';
import { begunText, carryOut } from '../../db/register/erasure.js';
import { findDocument } from '../../db/register/documents.js';
import { findNumbers } from '../../db/register/form-numbers.js';
import { keptFile } from '../../db/register/kept-files.js';
import { createPool, inTransaction } from '../../db/pool.js';
import { chainAct } from '../../db/register/leadership-acts.js';
import { type RootPlaces, writeRoot } from '../../db/register/roots.js';
import { keepSealedPaper } from '../../db/register/sealed-papers.js';
import { procedureScope } from '../../domain/case/scope.js';
import { canonical } from '../../domain/evidence/canonical.js';
import { feedSettled, projected } from '../support/feed.js';
import { at } from '../support/memory-register.js';
import { testSigner } from '../support/signing.js';
import { engineDoes, openAssessment, openTask, procedure } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';

let api: TestApi;
let owner: pg.Pool;
let folder: string;
let places: Required<RootPlaces>;
/** Decided and signed; in assessment, with a question and its answer. */
let decided = '';
let open = '';
let kept = '';
let draft = '';
const { signer, keys } = testSigner();
/** Looked into the decided case before there was a root; a key that ended. */
const looker = 'officer.dost.1';
const oldKey = 'old-key';
const investor = { as: 'investor.besi' };
const officer = { as: 'officer.shtp-board.1' };

beforeAll(async () => {
  api = await startApi();
  owner = createPool(api.database.migratorUrl, { max: 1 });
  folder = await mkdtemp(join(tmpdir(), 'roots-'));
  places = { folder: join(folder, 'chain-roots'), witness: join(folder, 'last-root.json') };
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
  decided = (await fileCase(api)).case;
  await done(await openAssessment(api, decided), officer.as, { outcome: 'done' });
  const scope = procedureScope(decided, procedure, 1);
  const step = { key: 'step/decision', kind: 'step', agency: 'shtp-board', role: 'head', step: 'decision' } as const;
  await done(await openTask(api, scope, step), 'head.shtp-board', { outcome: 'approve' });
  const seal = { documentHash: 'cd'.repeat(32), signature: 'c2ln', algorithm: 'Ed25519', keyId: 'dev' };
  await engineDoes(api, scope, { type: 'recordSignature', number: '7/2026/GCN', ...seal });
  await owner.query(
    `insert into case_reading select $1, $2, 'officer', 'dost', 'case', '', h, h, h, 1, 'stated:x' from unnest(array[date_trunc('hour', now()) - interval '2 days', date_trunc('hour', now()) - interval '3 hours']) h`,
    [decided, looker],
  );
  await owner.query(
    `insert into signing_key (key_id, use, jwk, valid_from, valid_until, revoked_at, revoked_reason)
     values ($1, 'signature', '{"kty":"OKP","crv":"Ed25519","x":"BBBB"}', now() - interval '9 days', now() - interval '1 day', now() - interval '2 days', 'compromised')`,
    [oldKey],
  );
  await sealed('01', 'dossierReceived');
  await instructed(1, { kind: 'given', text: 'Vì sao chậm?', dueDate: '2026-07-10' });
  await root();
  await sealed('decision', 'decisionSigned');
  await acted(['opened', 'drafted', 'signed']);
  await instructed(2, { kind: 'moved', reason: 'Chờ số liệu', dueDate: '2026-07-13' });
  await instructed(3, { kind: 'answered', text: 'Thiếu người.' });
  open = (await fileCase(api, 'besi', 'investor.besi', 'Lô T2-2')).case;
  await openAssessment(api, open);
  const asked = await api.call('POST', `/cases/${open}/questions`, {
    ...investor,
    body: { procedure, text: 'Bao giờ có kết quả?' },
  });
  if (asked.status !== 200 && asked.status !== 201) throw new Error(JSON.stringify(asked.body));
  draft = await upload(api, investor.as, 'not filed yet');
  await projected(api.deps);
  kept = await documentOf(open);
  await root();
});
afterAll(async () => {
  await owner.end();
  await api.close();
  await rm(folder, { recursive: true });
});

async function done(taskId: string, as: string, body: unknown): Promise<void> {
  await api.call('POST', `/tasks/${taskId}/claim`, { as });
  const { status } = await api.call('POST', `/tasks/${taskId}/completion`, { as, body });
  if (status !== 200) throw new Error(`the completion was answered ${status}`);
}

/** A paper of the decided case as the API keeps it once it is sealed. */
async function sealed(form: string, type: string): Promise<void> {
  const key = { caseCode: decided, paper: `${form}-${await seqOf(decided, type)}`, model: 'ab'.repeat(32) };
  await keepSealedPaper(api.pool, key, { pdf: Buffer.from(`%PDF ${form}`), certificate: 'cd'.repeat(32) });
}

/** Acts on a subject that is no case, in their order. */
const acted = (kinds: readonly string[]) =>
  inTransaction(api.pool, async (client) => {
    for (const [i, kind] of kinds.entries())
      await chainAct(client, 'report/a', { n: i + 1, at: at('2026-07-06 10:00'), by: null, act: { kind } }, null);
  });

/** One act of an instruction that is about no case. */
const instructed = (n: number, act: { readonly kind: string; readonly [more: string]: string }) =>
  api.pool.query(
    `insert into instruction_act (instruction, n, kind, agency, at, act)
     values ('00000000-0000-4000-8000-000000000001', $1, $2, 'shtp-board', $3, $4)`,
    [n, act.kind, at('2026-07-06 10:00'), act],
  );

async function root() {
  await feedSettled(api.deps);
  return writeRoot(api.pool, places, signer);
}

async function documentOf(code: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `select canonical::jsonb -> 'documents' -> 0 ->> 'id' as id from case_event where case_code = $1 and type = 'dossierFiled'`,
    [code],
  );
  return rows[0]?.id ?? '';
}

const pathOf = async (id: string): Promise<string> => {
  const found = await findDocument(api.pool, id);
  return keptFile(api.documentsFolder, found?.sha256 ?? '', found?.seal?.id);
};

const verified = (caseCode?: string) =>
  verifyChains(api.pool, {
    rootsFolder: places.folder,
    witness: places.witness,
    keys,
    documentsFolder: api.documentsFolder,
    ...(caseCode !== undefined && { caseCode }),
  });
const found = async (): Promise<string[]> =>
  (await verified()).broken.map(({ caseCode, seq, reason }) => `${caseCode ?? '-'} ${seq ?? '-'} ${reason}`);

/** Changes rows as somebody with the owner's password, looks, and puts the table back as it was. */
async function tampered(table: string, change: string, values: unknown[]): Promise<string[]> {
  await owner.query(`create temp table before_it as select * from public.${table}`);
  const columns = await owner.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  const list = columns.rows.map(({ name }) => `"${name}"`).join(', ');
  const keys_ = await owner.query<{ name: string }>(
    `select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
     where i.indrelid = $1::regclass and i.indisprimary`,
    [`public.${table}`],
  );
  // A table without a primary key is told apart by its columns.
  const keyed = keys_.rows.length > 0 ? keys_.rows : columns.rows;
  const on = keyed.map(({ name }) => `t."${name}" is not distinct from b."${name}"`).join(' and ');
  try {
    const { rowCount } = await owner.query(change, values);
    expect(rowCount, 'rows that the tampering touched').toBeGreaterThan(0);
    return await found();
  } finally {
    await owner.query(`delete from public.${table} t where not exists (select 1 from before_it b where ${on})`);
    const sets = columns.rows.map(({ name }) => `"${name}" = b."${name}"`).join(', ');
    await owner.query(
      `update public.${table} t set ${sets} from before_it b where ${on} and to_jsonb(t) is distinct from to_jsonb(b)`,
    );
    await owner.query(
      `insert into public.${table} (${list}) select ${list} from before_it b
       where not exists (select 1 from public.${table} t where ${on})`,
    );
    await owner.query('drop table before_it');
  }
}

async function seqOf(code: string, type: string): Promise<number> {
  const { rows } = await owner.query<{ seq: number }>(
    'select max(seq)::int as seq from case_event where case_code = $1 and type = $2',
    [code, type],
  );
  return rows[0]?.seq ?? 0;
}

it('a number that was changed is drawn and signed by nobody', async () => {
  const seq = await seqOf(decided, 'dossierReceived');
  const numbers = async () => (await findNumbers(api.pool, decided)).get(`01-${seq}`);
  const before = await numbers();
  await owner.query('update form_number set number = number + 900 where case_code = $1', [decided]);
  try {
    expect(before).toBeGreaterThan(0);
    expect(await numbers()).toBe(before);
  } finally {
    await owner.query('update form_number set number = number - 900 where case_code = $1', [decided]);
  }
});

it('an honest register is intact, erased rows included', async () => {
  expect(await found()).toEqual([]);
  expect(await verified()).toMatchObject({ cases: 2, roots: 2, papers: 2, unboundDocuments: 0, unprojected: 0 });
});

type Which = () => string;
const inDecided: Which = () => decided;
const inOpen: Which = () => open;

describe('whoever changes the register is found, and where', () => {
  // What, of which case, in which table, how; the kind, and the event by its type where one is named.
  const table: readonly [string, Which, string, string, BreakReason, string | null][] = [
    [
      'a sum in the filing',
      inDecided,
      'filing',
      `update filing set body = replace(body::text, '"totalVnd":"', '"totalVnd":"9')::json where case_code = $1`,
      'filing-differs',
      'caseOpened',
    ],
    [
      'the name of the project in the lists',
      inDecided,
      'filing',
      `update filing set name_vi = 'Khác' where case_code = $1`,
      'filing-differs',
      'caseOpened',
    ],
    [
      'the filing emptied without an erasure',
      inDecided,
      'filing',
      `update filing set body = null where case_code = $1`,
      'filing-differs',
      'caseOpened',
    ],
    [
      'the filing removed',
      inDecided,
      'filing',
      `delete from filing where case_code = $1`,
      'filing-differs',
      'caseOpened',
    ],
    [
      'words of the investor',
      inOpen,
      'case_text',
      `update case_text set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where case_code = $1`,
      'text-differs',
      'questionAsked',
    ],
    [
      'words with a hash and salt that fit them',
      inOpen,
      'case_text',
      `update case_text set sealed = null, body = 'Khác', salt = 's', hash = encode(sha256(convert_to('sKhác', 'UTF8')), 'hex') where case_code = $1`,
      'text-differs',
      'questionAsked',
    ],
    [
      'words exchanged for others of their own, in clear',
      inOpen,
      'case_text',
      `update case_text set sealed = null, body = 'Khác', salt = 's' where case_code = $1`,
      'text-differs',
      'questionAsked',
    ],
    [
      'the key of the case taken away',
      inOpen,
      'case_key',
      `update case_key set wrapped = null where case_code = $1`,
      'text-differs',
      'questionAsked',
    ],
    [
      'words removed',
      inOpen,
      'case_text',
      `delete from case_text where case_code = $1`,
      'text-differs',
      'questionAsked',
    ],
    [
      'the signatory’s name on the papers',
      inDecided,
      'case_name',
      `update case_name set body = replace(body, 'name', 'nome') where case_code = $1 and subject = 'head.shtp-board'`,
      'name-differs',
      null,
    ],
    [
      '… with a hash and salt that fit it',
      inDecided,
      'case_name',
      `update case_name set body = '{}', salt = 's', hash = encode(sha256('s{}'), 'hex') where case_code = $1 and subject = 'head.shtp-board'`,
      'name-differs',
      null,
    ],
    [
      'the outcome that is shown',
      inDecided,
      'decision',
      `update decision set outcome = 'refused' where case_code = $1`,
      'decision-differs',
      'decisionSigned',
    ],
    [
      'the number of the decision',
      inDecided,
      'decision',
      `update decision set number = '8/2026/GCN' where case_code = $1`,
      'decision-differs',
      'decisionSigned',
    ],
    [
      'a revocation that nobody decided',
      inDecided,
      'decision',
      `update decision set changes = '[{"number":"7/2026/GCN-TH1","change":"revocation","at":"2026-07-20T02:00:00.000Z"}]' where case_code = $1`,
      'decision-differs',
      'decisionSigned',
    ],
    [
      'the decision removed',
      inDecided,
      'decision',
      `delete from decision where case_code = $1`,
      'decision-differs',
      'decisionSigned',
    ],
    [
      'a due date',
      inOpen,
      'clock',
      `update clock set due_date = due_date + 30 where case_code = $1`,
      'clock-differs',
      null,
    ],
    [
      'a breach',
      inOpen,
      'clock',
      `update clock set breached_on = '2026-07-01' where case_code = $1`,
      'clock-differs',
      null,
    ],
    ['a clock removed', inOpen, 'clock', `delete from clock where case_code = $1`, 'clock-differs', null],
    [
      'the instant that the engine waits for',
      inOpen,
      'scope',
      `update scope set next_at = next_at + interval '30 days' where case_code = $1 and next_at is not null`,
      'clock-differs',
      null,
    ],
    [
      'a scope closed',
      inOpen,
      'scope',
      `update scope set closed = true where case_code = $1 and not closed`,
      'clock-differs',
      null,
    ],
    [
      'who did a task',
      inDecided,
      'task',
      `update task set completed_by = 'officer.dost.1' where case_code = $1 and key = 'step/decision'`,
      'task-differs',
      null,
    ],
    [
      'the date of an open task',
      inOpen,
      'task',
      `update task set due_date = due_date + 60 where case_code = $1 and status = 'open' and due_date is not null`,
      'task-differs',
      null,
    ],
    [
      'a task removed',
      inOpen,
      'task',
      `delete from task where case_code = $1 and key = 'step/assessment'`,
      'task-differs',
      null,
    ],
    [
      'the status in the header',
      inDecided,
      'case_head',
      `update case_head set status = 'refused' where code = $1`,
      'header-differs',
      null,
    ],
    [
      'the case given to another investor',
      inDecided,
      'case_head',
      `update case_head set investor = 'investor.cmc' where code = $1`,
      'header-differs',
      null,
    ],
    [
      'a state that nobody folded',
      inDecided,
      'case_head',
      `update case_head set state = jsonb_set(state::jsonb, '{investor,personId}', '"investor.cmc"')::json where code = $1`,
      'state-differs',
      null,
    ],
    [
      'a state that leaves events out',
      inDecided,
      'case_head',
      `update case_head set state_seq = state_seq + 1 where code = $1`,
      'state-differs',
      null,
    ],
    [
      'another agency let in',
      inDecided,
      'case_agency',
      `insert into case_agency select 'city-tax', case_code, opened_at, status, breached from case_agency where case_code = $1 limit 1`,
      'access-differs',
      null,
    ],
    [
      'an agency shut out',
      inDecided,
      'case_agency',
      `delete from case_agency where case_code = $1 and agency = 'dost'`,
      'access-differs',
      null,
    ],
    [
      'somebody seated in a council',
      inDecided,
      'council_seat',
      `insert into council_seat values ($1, 'expert.1')`,
      'access-differs',
      null,
    ],
    [
      'somebody recused who declared no interest',
      inDecided,
      'recusal',
      `insert into recusal values ($1, 'head.shtp-board')`,
      'access-differs',
      null,
    ],
    [
      'a document shown by an event that does not name it',
      inOpen,
      'document_use',
      `insert into document_use (document_id, case_code, seq, procedure) select id, $1, 1, null from document where not exists (select from document_use u where u.document_id = document.id) limit 1`,
      'access-differs',
      'caseOpened',
    ],
    [
      'a document of a procedure shown with the whole case',
      inOpen,
      'document_use',
      `update document_use set procedure = null where case_code = $1 and procedure is not null and document_id = (select (canonical::jsonb -> 'documents' -> 0 ->> 'id')::uuid from case_event where case_code = $1 and type = 'dossierFiled')`,
      'access-differs',
      'dossierFiled',
    ],
    [
      'a state of a dossier as systems outside are told it',
      inDecided,
      'dossier_status',
      `update dossier_status set status = 9 where case_code = $1 and status = 2`,
      'status-differs',
      'dossierReceived',
    ],
    [
      'the dossier of which they are told',
      inDecided,
      'dossier_status',
      `update dossier_status set dossier_code = 'H29-260101-9999' where case_code = $1 and status = 2`,
      'status-differs',
      'dossierReceived',
    ],
    [
      'a state of a dossier of which nobody is told any more',
      inDecided,
      'dossier_status',
      `delete from dossier_status where case_code = $1 and status = 4`,
      'status-differs',
      'dossierReceived',
    ],
    [
      'a message to a workflow taken away',
      inDecided,
      'delivery',
      `delete from delivery where case_code = $1 and seq = (select max(seq) from delivery where case_code = $1)`,
      'projection-differs',
      null,
    ],
    [
      'a claim to a lot that nobody was received for',
      inOpen,
      'site_claim',
      `insert into site_claim (scope, site, case_code, procedure, dossier_code, investor, since, exclusive, open)
       values ('case/' || $1 || '/irc-special/1', repeat('ab', 32), $1, 'irc-special', 'H29-1', 'investor.besi', now(), true, true)`,
      'projection-differs',
      null,
    ],
    [
      'a figure of the dashboards',
      inDecided,
      'case_fact',
      `update case_fact set baseline_days = baseline_days + 10 where case_code = $1`,
      'projection-differs',
      null,
    ],
    [
      'days of a procedure',
      inDecided,
      'procedure_fact',
      `update procedure_fact set consumed_days = 1 + coalesce(consumed_days, 0) where case_code = $1`,
      'projection-differs',
      null,
    ],
    [
      'words emptied as if they had been erased',
      inOpen,
      'case_text',
      `update case_text set sealed = null, body = null, salt = null, erased_at = now() where case_code = $1`,
      'erased-unknown',
      null,
    ],
    [
      'the filing emptied as if it had been erased',
      inDecided,
      'filing',
      `update filing set body = null, name_vi = null, name_en = null, search = null, erased_at = now() where case_code = $1`,
      'erased-unknown',
      null,
    ],
    [
      'a name emptied as if it had been erased',
      inDecided,
      'case_name',
      `update case_name set body = null, salt = null, erased_at = now() where case_code = $1 and subject = 'head.shtp-board'`,
      'erased-unknown',
      null,
    ],
    [
      'a document emptied as if it had been erased',
      inOpen,
      'document',
      `update document set erased_at = now(), seal_wrapped = null where id = (select (canonical::jsonb -> 'documents' -> 0 ->> 'id')::uuid from case_event where case_code = $1 and type = 'dossierFiled')`,
      'erased-unknown',
      null,
    ],
    [
      'the number of a paper',
      inDecided,
      'form_number',
      `update form_number set number = number + 900 where case_code = $1 and form = '01'`,
      'number-differs',
      'dossierReceived',
    ],
    [
      'the number of a paper removed',
      inDecided,
      'form_number',
      `delete from form_number where case_code = $1 and form = '01'`,
      'number-differs',
      'dossierReceived',
    ],
    [
      'a number for a paper that was not issued',
      inDecided,
      'form_number',
      `insert into form_number select case_code, '04-' || (select max(seq) from case_event where case_code = $1), agency, year, '04', 900 from form_number where case_code = $1 limit 1`,
      'number-differs',
      null,
    ],
    [
      'a step of a procedure',
      inOpen,
      'step',
      `update step set completed_at = completed_at - interval '1 hour' where case_code = $1 and completed_at is not null`,
      'projection-differs',
      null,
    ],
    [
      'a step removed',
      inOpen,
      'step',
      `delete from step where case_code = $1 and code = 'assessment'`,
      'projection-differs',
      null,
    ],
    [
      'a procedure removed from the lists',
      inOpen,
      'procedure',
      `delete from procedure where case_code = $1`,
      'projection-differs',
      null,
    ],
    [
      'the text of an event',
      inDecided,
      'case_event',
      `update case_event set canonical = replace(canonical, '"form":"01"', '"form":"03"') where case_code = $1`,
      'wrong-hash',
      'dossierReceived',
    ],
    [
      'a column of an event',
      inDecided,
      'case_event',
      `update case_event set occurred_at = occurred_at - interval '1 day' where case_code = $1 and type = 'decisionMade'`,
      'columns-differ',
      'decisionMade',
    ],
    [
      'when an event was recorded',
      inDecided,
      'case_event',
      `update case_event set recorded_at = recorded_at - interval '10 days' where case_code = $1 and type = 'decisionMade'`,
      'recorded-differs',
      'decisionMade',
    ],
    [
      'when an event was recorded, by a second',
      inDecided,
      'case_event',
      `update case_event set recorded_at = recorded_at + interval '1 second' where case_code = $1 and type = 'decisionMade'`,
      'recorded-differs',
      null,
    ],
    [
      'the hash of a document',
      inOpen,
      'document',
      `update document set sha256 = repeat('ab', 32) where id = (select (canonical::jsonb -> 'documents' -> 0 ->> 'id')::uuid from case_event where case_code = $1 and type = 'dossierFiled')`,
      'document-differs',
      'dossierFiled',
    ],
    [
      'a document’s row removed',
      inOpen,
      'document',
      `delete from document where id = (select (canonical::jsonb -> 'documents' -> 0 ->> 'id')::uuid from case_event where case_code = $1 and type = 'dossierFiled')`,
      'document-missing',
      'dossierFiled',
    ],
    [
      'the newest root',
      inDecided,
      'chain_root',
      `delete from chain_root where number = 2 and $1 <> ''`,
      'root-missing',
      null,
    ],
    [
      'a signature of a root',
      inDecided,
      'chain_root',
      `update chain_root set signature = 'AAAA' where number = 1 and $1 <> ''`,
      'root-differs',
      null,
    ],
  ];

  it.each(table)('%s', async (_what, which, name, change, reason, type) => {
    const code = which();
    const places_ = await tampered(name, change, [code]);
    const wanted = reason.startsWith('root')
      ? `- - ${reason === 'root-missing' ? 'root-differs' : reason}`
      : `${code} ${type === null ? '' : await seqOf(code, type)}`;
    const hits = places_.filter(
      (one) => one.startsWith(wanted) && (reason.startsWith('root') || one.endsWith(` ${reason}`)),
    );
    expect(hits, places_.join('; ')).not.toEqual([]);
    // Nobody else is accused.
    const others = places_.filter((one) => !one.startsWith(code) && !one.startsWith('-'));
    expect(others).toEqual([]);
  });

  it('and put back as it was, everything is intact', async () => {
    expect(await found()).toEqual([]);
  });
});

describe('whoever changes a sealed paper is found, and where', () => {
  const all = `update sealed_paper set`;
  it.each<[string, string, string, BreakReason]>([
    [
      'its bytes',
      `${all} pdf = pdf || '!' where case_code = $1 and paper like 'decision%'`,
      'decisionSigned',
      'paper-differs',
    ],
    [
      'removed',
      `delete from sealed_paper where case_code = $1 and paper like '01%'`,
      'dossierReceived',
      'paper-missing',
    ],
    [
      'removed, with an erasure of another case',
      `with e as (insert into erasure (kind, ref, asked_by, basis, what) values ('case', 'LX-260101-0001A', 'x', 'x', '{}'))
       delete from sealed_paper where case_code = $1 and paper like '01%'`,
      'dossierReceived',
      'paper-missing',
    ],
    [
      'given to an event that brings no such paper about',
      `${all} paper = '02-' || split_part(paper, '-', 2) where case_code = $1 and paper like '01%'`,
      'dossierReceived',
      'paper-differs',
    ],
    [
      'one added that no root names',
      `insert into sealed_paper (case_code, paper, model, certificate, pdf, root)
       select case_code, paper, '\\x00', certificate, 'another', 1 from sealed_paper where case_code = $1 and paper like 'decision%'`,
      'decisionSigned',
      'paper-differs',
    ],
  ])('%s', async (_what, change, type, reason) => {
    const places_ = await tampered('sealed_paper', change, [decided]);
    expect(places_).toContain(`${decided} ${await seqOf(decided, type)} ${reason}`);
    expect(places_.filter((one) => !one.startsWith(decided))).toEqual([]);
  });

  it('moved to another case, or to one that there is none of', async () => {
    const move = (code: string) => `${all} case_code = '${code}' where case_code = $1 and paper like 'decision%'`;
    const signed = await seqOf(decided, 'decisionSigned');
    for (const code of [open, 'LX-260101-0001A']) {
      const places_ = await tampered('sealed_paper', move(code), [decided]);
      expect(places_).toEqual(
        expect.arrayContaining([`${code} ${signed} paper-differs`, `${decided} ${signed} paper-missing`]),
      );
    }
  });

  it('changed before an erasure and sealed anew after it, it is no longer compared', async () => {
    const change = `with e as (insert into erasure (kind, ref, asked_by, basis, what) values ('text', $1 || '/t1', 'x', 'x', '{}'))
      delete from sealed_paper where case_code = $1`;
    expect(await tampered('sealed_paper', change, [decided])).toEqual([]);
    await owner.query('delete from erasure');
    expect(await found()).toEqual([]);
  });
});

describe('whoever changes an act of leadership is found, and where', () => {
  const again = (n: number) =>
    `update leadership_act a set canonical = replace(a.canonical, 'T03:00', 'T02:00'), at = '2026-07-06T02:00:00Z',
       hash = sha256(b.hash || convert_to(replace(a.canonical, 'T03:00', 'T02:00'), 'UTF8'))
     from leadership_act b where $1 <> '' and a.subject = b.subject and b.n = a.n - 1 and a.n = ${n}`;
  it.each<[string, string, number]>([
    ['its tail cut off', `delete from leadership_act where n = 3 and $1 <> ''`, 3],
    ['all but the first cut off', `delete from leadership_act where n > 1 and $1 <> ''`, 2],
    ['the whole chain removed', `delete from leadership_act where $1 <> ''`, 1],
    ['the last one hashed anew', again(3), 3],
  ])('%s', async (_what, change, n) => {
    expect(await tampered('leadership_act', change, ['x'])).toEqual([`- ${n} act-differs`]);
  });
});

describe('whoever changes an instruction of leadership is found, and where', () => {
  it.each<[string, string, number]>([
    ['its words', `update instruction_act set act = act || '{"text":"Làm ngay."}' where n = 1 and $1 <> ''`, 1],
    ['its date', `update instruction_act set act = act || '{"dueDate":"2026-07-20"}' where n = 1 and $1 <> ''`, 1],
    ['when it was given', `update instruction_act set at = at - interval '1 day' where n = 1 and $1 <> ''`, 1],
    ['to whom it was given', `update instruction_act set agency = 'dof' where n = 1 and $1 <> ''`, 1],
    ['the answer', `update instruction_act set act = act || '{"text":"Đã xong."}' where n = 3 and $1 <> ''`, 3],
    ['the answer cut off', `delete from instruction_act where n = 3 and $1 <> ''`, 3],
    ['all of it removed', `delete from instruction_act where $1 <> ''`, 1],
    ['what it does, by its column alone', `update instruction_act set kind = 'closed' where n = 3 and $1 <> ''`, 3],
    ['one taken out between others', `delete from instruction_act where n = 2 and $1 <> ''`, 3],
  ])('%s', async (_what, change, n) => {
    const told = await tampered('instruction_act', change, ['x']);
    expect(told).toContain(`- ${n} act-differs`);
    expect(told.filter((one) => !one.endsWith(' act-differs'))).toEqual([]);
  });
});

describe('whoever changes what a root says beside the events is found', () => {
  it.each<[string, string, string, string]>([
    ['a look removed', 'case_reading', `delete from case_reading where person = $1`, '- - looks-differ'],
    [
      '… of which nobody is told',
      'case_reading',
      `update case_reading set why = 'none' where person = $1`,
      '- - looks-differ',
    ],
    [
      '… that was none',
      'case_reading',
      `insert into case_reading select case_code, 'head.shtp-board', role, agency, kind, subject, hour, first_at, last_at, times, why from case_reading where person = $1 and hour < now() - interval '1 day' limit 1`,
      '- - looks-differ',
    ],
  ])('%s', async (_what, table, change, told) => {
    expect(await tampered(table, change, [looker])).toEqual([told]);
  });

  it.each<[string, string]>([
    ['a key that ends later', `update signing_key set valid_until = valid_until + interval '1 day' where key_id = $1`],
    ['… that never ends', `update signing_key set valid_until = null where key_id = $1`],
    ['… revoked no more', `update signing_key set revoked_at = null, revoked_reason = null where key_id = $1`],
    ['… revoked later', `update signing_key set revoked_at = revoked_at + interval '1 hour' where key_id = $1`],
    ['… compromised no more', `update signing_key set revoked_reason = 'ceased' where key_id = $1`],
    ['… valid from before', `update signing_key set valid_from = valid_from - interval '1 day' where key_id = $1`],
    [
      '… another one of its name',
      `update signing_key set jwk = '{"kty":"OKP","crv":"Ed25519","x":"AAAA"}' where key_id = $1`,
    ],
    ['… removed', `delete from signing_key where key_id = $1`],
  ])('%s', async (_what, change) => {
    expect(await tampered('signing_key', change, [oldKey])).toContain('- - keys-differ');
  });

  it('a key that ends earlier is none of that', async () => {
    const ended = `update signing_key set valid_until = valid_until - interval '1 hour' where key_id = $1`;
    expect(await tampered('signing_key', ended, [oldKey])).toEqual([]);
  });

  it('a figure of the dashboards, where only its tally is another', async () => {
    const more = `update tally set ns[1] = ns[1] + 1 where $1 <> '' and ctid = (select min(ctid) from tally)`;
    expect(await tampered('tally', more, ['x'])).toContain('- - projection-differs');
  });
});

describe('an order of erasure', () => {
  const order = (basis: string, certificate: object | null) =>
    owner.query(
      `insert into erasure_order (kind, ref, asked_by, basis, proposed_by, proposed_at, status, decided_by, decided_at, done_at, certificate)
       values ('text', $1, 'x', $2, 'admin.1', now(), 'done', 'admin.2', now(), now(), $3)`,
      [`${open}/t1`, basis, certificate && JSON.stringify(certificate)],
    );

  it('is what its certificate says, and the certificate is ours', async () => {
    const id = '00000000-0000-4000-8000-000000000077';
    const content = {
      ...{
        format: 'luong-xanh/destruction/1',
        order: id,
        kind: 'text',
        ref: `${open}/t1`,
        askedBy: 'x',
        basis: 'luật',
      },
      ...{ proposedBy: 'admin.1', confirmedBy: 'admin.2', at: at('2026-07-08 09:00'), rows: {}, files: 0 },
    };
    const certificate = { content, ...(await signer.sign(Buffer.from(canonical(content)))) };
    const told = async (basis: string, one: object | null) => {
      await order(basis, one);
      await owner.query(`update erasure_order set id = $1`, [id]);
      try {
        return await found();
      } finally {
        await owner.query('delete from erasure_order');
      }
    };
    const wrong = [`${open} - erasure-differs`];
    expect(await told('luật', certificate)).toEqual([]);
    expect(await told('luật khác', certificate)).toEqual(wrong);
    expect(await told('luật', null)).toEqual(wrong);
    expect(await told('luật', { ...certificate, signature: Buffer.alloc(64).toString('base64') })).toEqual(wrong);
    expect(await told('luật', { ...certificate, content: { ...content, files: 9 } })).toEqual(wrong);
    expect(await told('luật', { ...certificate, keyId: 'ffff' })).toEqual(wrong);
  });
});

describe('an erasure that somebody made up', () => {
  const id = '00000000-0000-4000-8000-000000000078';
  const why = { askedBy: 'x', basis: 'luật', proposedBy: 'admin.1', confirmedBy: 'admin.2' };
  const sign = (text: string) => signer.sign(Buffer.from(text));
  const remove = () => Promise.resolve();

  /** Words emptied, with an erasure and an order that claims it. */
  async function forged(pending: object, look: (ref: string) => Promise<unknown>): Promise<void> {
    await owner.query('create temp table before_it as select * from case_text where case_code = $1', [open]);
    try {
      const { rows } = await owner.query<{ id: string }>(
        `update case_text set sealed = null, body = null, salt = null, erased_at = now()
         where case_code = $1 and id = (select min(id) from before_it) returning id`,
        [open],
      );
      const ref = `${open}/${rows[0]?.id ?? ''}`;
      const what = JSON.stringify({ case_text: 1 });
      await owner.query(`insert into erasure (kind, ref, asked_by, basis, what) values ('text', $1, 'x', 'luật', $2)`, [
        ref,
        what,
      ]);
      await owner.query(
        `insert into erasure_order (id, kind, ref, asked_by, basis, proposed_by, proposed_at, status, decided_by, decided_at, done_at, pending)
         values ($1, 'text', $2, 'x', 'luật', 'admin.1', now(), 'done', 'admin.2', now(), $3, $4)`,
        [id, ref, at('2026-07-08 09:00'), JSON.stringify(pending)],
      );
      await look(ref);
    } finally {
      await owner.query('delete from erasure_order');
      await owner.query('delete from erasure');
      await owner.query(
        `update case_text t set sealed = b.sealed, body = b.body, salt = b.salt, erased_at = b.erased_at from before_it b
         where (t.case_code, t.id) = (b.case_code, b.id)`,
      );
      await owner.query('drop table before_it');
    }
    expect(await found()).toEqual([]);
  }
  const carried = { at: at('2026-07-08 09:00'), what: { case_text: 1 }, bytes: [], cases: [] };
  const seal = { signature: Buffer.alloc(64).toString('base64'), algorithm: 'Ed25519', keyId: [...keys.keys()][0] };

  it.each<[string, object]>([
    ['with nothing pending', {}],
    ['with other rows pending than were emptied', { ...carried, what: { case_text: 2 } }],
    ['of another time', { ...carried, at: at('2026-07-08 10:00') }],
    ['with a signature that is none', { ...carried, seal }],
  ])('is found %s, and is certified to nobody', async (_what, pending) => {
    await forged(pending, async (ref) => {
      expect(await found()).toEqual([`${open} - erasure-differs`]);
      const { certificate } = await carryOut(owner, id, { now: at('2026-07-08 11:00'), sign, remove });
      expect(certificate.content).toMatchObject({ ref, ...why, rows: {} });
      expect(await verified()).toMatchObject({ broken: [], uncertified: 1 });
    });
  });

  it('as the acts of an order of an earlier release that was cut off is counted, and certified to nobody', async () => {
    await forged(carried, async () => {
      expect(await verified()).toMatchObject({ broken: [], uncertified: 1 });
      const { certificate } = await carryOut(owner, id, { now: at('2026-07-08 11:00'), sign, remove });
      expect(certificate.content.rows).toEqual({});
      expect(await verified()).toMatchObject({ broken: [], uncertified: 1 });
    });
  });

  it('is none where a run of ours was cut off: it goes on, and its certificate says what it emptied', async () => {
    await forged({}, async (ref) => {
      const { what } = carried;
      const said = { kind: 'text', ref, ...why } as const;
      const begun = { ...carried, seal: await sign(begunText(id, said, carried)) };
      await owner.query('update erasure_order set pending = $1', [JSON.stringify(begun)]);
      expect(await verified()).toMatchObject({ broken: [], uncertified: 1 });
      const { certificate } = await carryOut(owner, id, { now: at('2026-07-08 11:00'), sign, remove });
      expect(certificate.content).toMatchObject({ rows: what, at: carried.at });
      expect(await verified()).toMatchObject({ broken: [], uncertified: 0 });
    });
  });
});

describe('files', () => {
  it.each<[string, (path: string) => Promise<unknown>, BreakReason]>([
    [
      'one byte changed',
      async (path) => {
        const bytes = await readFile(path);
        bytes[10] = (bytes[10] ?? 0) ^ 1;
        await writeFile(path, bytes);
      },
      'document-differs',
    ],
    ['emptied', (path) => writeFile(path, ''), 'document-differs'],
    ['removed', (path) => rm(path), 'document-missing'],
  ])('of a dossier: %s', async (_what, change, reason) => {
    const path = await pathOf(kept);
    await copyFile(path, `${path}.aside`);
    await change(path);
    expect(await found()).toContain(`${open} ${await seqOf(open, 'dossierFiled')} ${reason}`);
    await rename(`${path}.aside`, path);
    expect(await found()).toEqual([]);
  });

  it('that no case rests on yet are looked at, too', async () => {
    const path = await pathOf(draft);
    await rename(path, `${path}.aside`);
    expect(await found()).toEqual(['- - document-missing']);
    await rename(`${path}.aside`, path);
  });
});

describe('roots', () => {
  const file = (n: number) => join(places.folder, `root-${String(n).padStart(6, '0')}.json`);
  /** Changes files, looks, and puts them back. */
  async function aside(paths: readonly string[], change: () => Promise<unknown>): Promise<string[]> {
    for (const path of paths) await copyFile(path, `${path}.aside`);
    try {
      await change();
      return (await verified()).broken.map(({ reason, detail }) => `${reason}: ${detail}`);
    } finally {
      for (const path of paths) await rename(`${path}.aside`, path);
    }
  }
  interface Content {
    heads: { hash: string }[];
    cases: number;
  }
  const rewrite = async (n: number, change: (content: Content) => unknown) => {
    const content = JSON.parse(await readFile(file(n), 'utf8')) as Content;
    change(content);
    await writeFile(file(n), JSON.stringify(content));
  };

  it('that cannot be read are told, and every other finding with them', async () => {
    const all = await aside([file(1)], async () => {
      await writeFile(file(1), '{');
      await owner.query(`update decision set outcome = 'refused' where case_code = $1`, [decided]);
    });
    await owner.query(`update decision set outcome = 'approved' where case_code = $1`, [decided]);
    expect(all.some((one) => one.startsWith('root-unreadable: root-000001.json'))).toBe(true);
    expect(all.some((one) => one.startsWith('decision-differs'))).toBe(true);
    expect(await found()).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'another head',
      () => rewrite(1, ({ heads }) => heads.forEach((head) => (head.hash = 'ab'.repeat(32)))),
      /its hash is not that of its content/,
    ],
    ['another count', () => rewrite(2, (content) => (content.cases = 1)), /its hash is not that of its content/],
    ['the first removed', () => rm(file(1)), /root-missing: there is no file root-000001/],
    ['the newest removed', () => rm(file(2)), /root-missing: there is no file root-000002/],
    ['the record of the newest removed', () => rm(places.witness), /root-missing: the record of the newest root/],
  ])('%s', async (_what, change, shown) => {
    const all = await aside([file(1), file(2), places.witness], change);
    expect(
      all.some((one) => shown.test(one)),
      all.join('; '),
    ).toBe(true);
    expect(await found()).toEqual([]);
  });

  it('recomputed without the key are found by their signature, in register and files alike', async () => {
    const forger = testSigner();
    const { rows } = await owner.query<{ root: Buffer; signature: string; key_id: string }>(
      'select root, signature, key_id from chain_root where number = 2',
    );
    const all = await aside([file(2), places.witness], async () => {
      const root = rows[0]?.root ?? Buffer.alloc(0);
      const seal = await forger.signer.sign(root);
      const content = { ...(JSON.parse(await readFile(file(2), 'utf8')) as object), ...seal };
      await writeFile(file(2), JSON.stringify(content));
      await owner.query('update chain_root set signature = $1, key_id = $2 where number = 2', [
        seal.signature,
        seal.keyId,
      ]);
    });
    await owner.query('update chain_root set signature = $1, key_id = $2 where number = 2', [
      rows[0]?.signature,
      rows[0]?.key_id,
    ]);
    expect(
      all.some((one) => /not at hand/.test(one)),
      all.join('; '),
    ).toBe(true);
    expect(await found()).toEqual([]);
  });

  it('the newest removed from folder and register shows by the record of it', async () => {
    const { rows } = await owner.query('delete from chain_root where number = 2 returning *');
    const all = await aside([file(2)], () => rm(file(2)));
    expect(all.filter((one) => one.startsWith('root-missing')).length, all.join('; ')).toBeGreaterThan(0);
    const row = rows[0] as Record<string, unknown>;
    const names = Object.keys(row);
    await owner.query(
      `insert into chain_root (${names.join(', ')}) values (${names.map((_name, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
    expect(await found()).toEqual([]);
  });

  it('a case kept out of the feed is covered all the same, or missed by name', async () => {
    const { case: hidden } = await fileCase(api, 'cmc');
    await projected(api.deps);
    const { rows } = await owner.query<{ seq: number; epoch: number; xid: string }>(
      'select seq, epoch, xid::text as xid from case_event where case_code = $1 order by seq',
      [hidden],
    );
    await owner.query(`update case_event set epoch = 0, xid = '3' where case_code = $1`, [hidden]);
    expect(await found()).toEqual([`${hidden} 1 root-misses`]);
    expect(await root()).toMatchObject({ number: 3, cases: 3, heads: 3 });
    expect(await found()).toEqual([]);
    for (const { seq, epoch, xid } of rows)
      await owner.query('update case_event set epoch = $3, xid = $4::xid8 where case_code = $1 and seq = $2', [
        hidden,
        seq,
        epoch,
        xid,
      ]);
    expect(await root()).toBeUndefined();
  });

  it('are read by the auditor, with what is not covered yet', async () => {
    const auditor = { as: 'auditor.1' };
    const newest = await api.call<{ number: number; cases: number; since: object }>('GET', '/evidence/root', auditor);
    expect(newest).toMatchObject({ status: 200, body: { number: 3, cases: 3, algorithm: 'Ed25519' } });
    await fileCase(api, 'cmc', 'investor.cmc', 'Lô T3-3');
    const later = await api.call<{ since: { cases: number } }>('GET', '/evidence/root', auditor);
    expect(later.body.since.cases).toBe(1);
  });
});

describe('erasures', () => {
  it('leave the evidence whole and are counted', async () => {
    await owner.query(
      'update filing set body = null, name_vi = null, name_en = null, search = null, erased_at = now() where case_code = $1',
      [decided],
    );
    // As an erasure does: figures that stand in the filing alone go with it.
    await owner.query('update case_fact set field = null, jobs = null where case_code = $1', [decided]);
    await owner.query('update procedure_fact set field = null where case_code = $1', [decided]);
    await owner.query('update case_text set sealed = null, erased_at = now() where case_code = $1', [open]);
    await owner.query(
      `update case_name set body = null, salt = null, erased_at = now() where subject = 'investor.besi'`,
    );
    expect(new Set((await found()).map((one) => one.split(' ').at(-1)))).toEqual(new Set(['erased-unknown']));
    await owner.query(
      `insert into erasure (kind, ref, asked_by, basis, what) values ('case', $1, 'x', 'x', '{}'), ('case', $2, 'x', 'x', '{}'), ('person', 'investor.besi', 'x', 'x', '{}')`,
      [decided, open],
    );
    const { rows } = await owner.query<{ n: number }>(
      `select (select count(*) from filing where erased_at is not null)::int + (select count(*) from case_text where erased_at is not null)::int
         + (select count(*) from case_name where erased_at is not null)::int as n`,
    );
    const { broken, erased, uncertified } = await verified();
    expect(broken).toEqual([]);
    // Nobody ordered them.
    expect(uncertified).toBe(3);
    expect(erased).toBe(rows[0]?.n);
    expect(erased).toBeGreaterThan(3);
  });
});
