import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';

export const erasable = ['person', 'case', 'document', 'text'] as const;
export type Erasable = (typeof erasable)[number];

export interface ErasureRequest {
  readonly kind: Erasable;
  /** Id of a person or document, code of a case, `{case}/{id}` of a text. */
  readonly ref: string;
  /** Who asked for it, and on which legal basis: recorded with the erasure. */
  readonly askedBy: string;
  readonly basis: string;
  readonly now: Instant;
}

export interface Erased {
  /** How many rows of which table were emptied. All 0: it was erased before. */
  readonly what: Readonly<Record<string, number>>;
  /** SHA-256 of bytes that no document names any more: the caller removes them, also when everything was erased before. */
  readonly bytes: readonly string[];
  /** Cases whose filing or words may still speak of an erased person. */
  readonly cases: readonly string[];
}

/** What stands in place of an erased name or file name, in both languages. */
export const erasedMark = '(đã xóa · erased)';

/**
 * Empties what was kept beside the evidence, as the owner of the tables, and records who asked for it. Events hold ids and hashes only and stay as they are.
 * Refuses `NOT_FOUND`, and `PRECONDITION_FAILED` while the case is open, or while a person has open cases or tasks in hand.
 */
export function erase(owner: pg.Pool, request: ErasureRequest): Promise<Erased> {
  return inTransaction(owner, async (client) => {
    const erased = await erasers[request.kind](client, request);
    if (Object.values(erased.what).some((n) => n > 0)) {
      const { kind, ref, askedBy, basis } = request;
      await client.query('insert into erasure (kind, ref, asked_by, basis, what) values ($1, $2, $3, $4, $5)', [
        kind,
        ref,
        askedBy,
        basis,
        JSON.stringify(erased.what),
      ]);
    }
    return erased;
  });
}

/** Takes away the sealed papers of these cases: what is erased stands in none of them. They are sealed anew when somebody asks. */
const unseal = (client: pg.PoolClient, cases: string, ref: string): Promise<number> =>
  emptied(client, `delete from sealed_paper where case_code in (${cases})`, [ref]);

type Eraser = (client: pg.PoolClient, request: ErasureRequest) => Promise<Erased>;

/** How many rows one statement emptied. */
const emptied = async (client: pg.PoolClient, text: string, values: readonly unknown[]): Promise<number> =>
  (await client.query(text, [...values])).rowCount ?? 0;

const erasePerson: Eraser = async (client, { ref: id, now }) => {
  const [found] = await rows(client, 'select 1 from person where id = $1 for update', [id]);
  if (!found) refuse('NOT_FOUND', { person: id });
  const open = await rows<{ code: string }>(
    client,
    `select code from case_head where investor = $1 and status = 'open'
     union select case_code from task where claimed_by = $1 and status in ('claimed', 'waiting') order by 1 limit 20`,
    [id],
  );
  if (open.length > 0) refuse('PRECONDITION_FAILED', { person: id, open: open.map(({ code }) => code) });
  const what = {
    person: await emptied(
      client,
      `update person set name = $3, email = '', phone = null, organisation = null, active = false, erased_at = $2
       where id = $1 and erased_at is null`,
      [id, now, erasedMark],
    ),
    case_name: await emptied(
      client,
      `update case_name set body = null, salt = null, erased_at = $2 where kind = 'person' and subject = $1 and erased_at is null`,
      [id, now],
    ),
    draft: await emptied(
      client,
      'update draft set content = null, discarded_at = $2, version = version + 1 where owner = $1 and content is not null',
      [id, now],
    ),
    answer_draft: await emptied(client, 'delete from answer_draft where person = $1', [id]),
    delegation: await emptied(client, 'update delegation set reason = null where person = $1 and reason is not null', [
      id,
    ]),
    sealed_paper: await unseal(
      client,
      `select case_code from case_name where kind = 'person' and subject = $1 union select code from case_head where investor = $1`,
      id,
    ),
  };
  const cases = await rows<{ code: string }>(
    client,
    `select h.code from case_head h join filing f on f.case_code = h.code
     where h.investor = $1 and f.erased_at is null order by 1`,
    [id],
  );
  return { what, bytes: [], cases: cases.map(({ code }) => code) };
};

const eraseCase: Eraser = async (client, { ref: code, now }) => {
  // The order in which commands lock: whoever acts on the case waits.
  const [head] = await rows<{ status: string }>(
    client,
    'select status from case_head where code = $1 for no key update',
    [code],
  );
  if (!head) return refuse('NOT_FOUND', { case: code });
  if (head.status === 'open') refuse('PRECONDITION_FAILED', { case: code, status: 'open' });
  const what = {
    answer_draft: await emptied(client, `delete from answer_draft where task like $1 || '.%'`, [code]),
    filing: await emptied(
      client,
      `update filing set body = null, name_vi = null, name_en = null, search = null, erased_at = $2
       where case_code = $1 and erased_at is null`,
      [code, now],
    ),
    case_fact: await emptied(
      client,
      'update case_fact set field = null, jobs = null where case_code = $1 and (field is not null or jobs is not null)',
      [code],
    ),
    procedure_fact: await emptied(
      client,
      'update procedure_fact set field = null where case_code = $1 and field is not null',
      [code],
    ),
    case_text: await emptied(
      client,
      'update case_text set body = null, salt = null, sealed = null, erased_at = $2 where case_code = $1 and erased_at is null',
      [code, now],
    ),
    // No copy of what they sealed is opened any more, wherever one was kept.
    case_key: await emptied(
      client,
      'update case_key set wrapped = null, destroyed_at = $2 where case_code = $1 and wrapped is not null',
      [code, now],
    ),
    case_name: await emptied(
      client,
      `update case_name set body = null, salt = null, erased_at = $2 where case_code = $1 and kind = 'person' and erased_at is null`,
      [code, now],
    ),
    // Nothing of a closed case waits for an answer any more: a message that nobody has handled is refused as it would be.
    inbox: await emptied(
      client,
      `update inbox i set body = null, handled_at = coalesce(handled_at, clock_timestamp()),
         status = case when i.status = 'pending' then 'refused' else i.status end,
         error = case when i.status = 'pending' then 'CASE_CLOSED' else i.error end
       from agency_request r where r.case_code = $1 and i.body ->> 'correlationId' = r.correlation_id`,
      [code],
    ),
    agency_request: await emptied(
      client,
      'update agency_request set answer = null where case_code = $1 and answer is not null',
      [code],
    ),
    trial_batch: await emptied(
      client,
      'update trial_batch set readings = null, salt = null, erased_at = $2 where case_code = $1 and erased_at is null',
      [code, now],
    ),
    sealed_paper: await unseal(client, 'select $1::text', code),
  };
  return { what, bytes: [], cases: [] };
};

const eraseText: Eraser = async (client, { ref, now }) => {
  const [code = '', id = ''] = ref.split('/');
  const [found] = await rows(client, 'select 1 from case_text where case_code = $1 and id = $2', [code, id]);
  if (!found) refuse('NOT_FOUND', { text: ref });
  const what = {
    case_text: await emptied(
      client,
      'update case_text set body = null, salt = null, sealed = null, erased_at = $3 where case_code = $1 and id = $2 and erased_at is null',
      [code, id, now],
    ),
    sealed_paper: await unseal(client, 'select $1::text', code),
  };
  return { what, bytes: [], cases: [] };
};

const eraseDocument: Eraser = async (client, { ref: id, now }) => {
  const [found] = await rows<{ sha256: string }>(client, 'select sha256 from document where id::text = $1 for update', [
    id,
  ]);
  if (!found) return refuse('NOT_FOUND', { document: id });
  const what = {
    document: await emptied(
      client,
      'update document set file_name = $3, erased_at = $2 where id::text = $1 and erased_at is null',
      [id, now, erasedMark],
    ),
    sealed_paper: await unseal(client, 'select case_code from document_use where document_id::text = $1', id),
  };
  // Somebody else may have uploaded the very same bytes: they stay for them.
  const others = await rows(client, 'select 1 from document where sha256 = $1 and erased_at is null limit 1', [
    found.sha256,
  ]);
  return { what, bytes: others.length > 0 ? [] : [found.sha256], cases: [] };
};

const erasers: Readonly<Record<Erasable, Eraser>> = {
  person: erasePerson,
  case: eraseCase,
  document: eraseDocument,
  text: eraseText,
};
