import type pg from 'pg';
import { refuse } from '../../domain/errors.js';
import { locks } from '../locks.js';
import { managesNow } from '../people/organisations.js';
import { rows } from '../pool.js';

export const erasable = ['person', 'case', 'document', 'text'] as const;
export type Erasable = (typeof erasable)[number];

/** What is to be erased. */
export interface Target {
  readonly kind: Erasable;
  /** Id of a person or document, code of a case, `{case}/{id}` of a text. */
  readonly ref: string;
}

type Sql = pg.Pool | pg.PoolClient;

const there: Readonly<Record<Erasable, string>> = {
  person: 'select 1 from person where id = $1',
  case: 'select 1 from case_head where code = $1',
  document: 'select 1 from document where id::text = $1',
  text: `select 1 from case_text where case_code = split_part($1, '/', 1) and id = split_part($1, '/', 2)`,
};

/** Open cases, tasks in hand, and open cases of an organisation that nobody else manages stand in the way; a document or a text may go at any time. */
const open: Readonly<Record<Erasable, string | null>> = {
  person: `select code from case_head where investor = $1 and status = 'open'
     union select case_code from task where claimed_by = $1 and status in ('claimed', 'waiting')
     union select h.code from power_of_attorney mine join case_head h on h.investor = mine.grantor and h.status = 'open'
       where mine.representative = $1 and mine.member_as = 'manages' and mine.accepted_at is not null and mine.revoked_at is null
         and not exists (select from power_of_attorney w where w.grantor = mine.grantor and w.representative <> $1 and ${managesNow})
     order by 1 limit 20`,
  case: `select code from case_head where code = $1 and status = 'open'`,
  document: null,
  text: null,
};

/** Holds by which this may not be erased: on a case that it belongs to, or on a person whom it concerns. */
const held: Readonly<Record<Erasable, string>> = {
  person: `select id::text as id from legal_hold where lifted_at is null and (
     (kind = 'person' and ref = $1)
     or (kind = 'case' and ref in (
       select code from case_head where investor = $1 union select case_code from case_name where kind = 'person' and subject = $1)))`,
  case: `select id::text as id from legal_hold where lifted_at is null and (
     (kind = 'case' and ref = $1) or (kind = 'person' and ref in (select investor from case_head where code = $1)))`,
  document: `select id::text as id from legal_hold where lifted_at is null and (
     (kind = 'case' and ref in (select case_code from document_use where document_id::text = $1))
     or (kind = 'person' and ref in (
       select owner from document where id::text = $1
       union select h.investor from document_use u join case_head h on h.code = u.case_code where u.document_id::text = $1)))`,
  text: `select id::text as id from legal_hold where lifted_at is null and (
     (kind = 'case' and ref = split_part($1, '/', 1))
     or (kind = 'person' and ref in (select investor from case_head where code = split_part($1, '/', 1))))`,
};

/** For whoever places a hold and whoever erases: neither slips past the other. */
export const lockHolds = async (client: pg.PoolClient): Promise<void> => {
  await client.query('select pg_advisory_xact_lock($1)', [locks.holds]);
};

/** Refuses `NOT_FOUND`, `LEGAL_HOLD`, and `PRECONDITION_FAILED` while the case is open, or while a person has open cases or tasks in hand, or is the last to manage an organisation that has. */
export async function requireErasable(on: Sql, { kind, ref }: Target): Promise<void> {
  const target = { [kind]: ref };
  if ((await rows(on, there[kind], [ref])).length === 0) refuse('NOT_FOUND', target);
  const holds = await rows<{ id: string }>(on, held[kind], [ref]);
  if (holds.length > 0) refuse('LEGAL_HOLD', { ...target, holds: holds.map(({ id }) => id) });
  const statement = open[kind];
  const waiting = statement === null ? [] : await rows<{ code: string }>(on, statement, [ref]);
  if (waiting.length > 0) refuse('PRECONDITION_FAILED', { ...target, open: waiting.map(({ code }) => code) });
}
