import type pg from 'pg';
import { type PersonRole } from '../../domain/people/access-scopes.js';
import { type LookReason, lookReasons } from '../../domain/people/look-reasons.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { type Page, pageOf, placeOf } from '../read/keyset.js';

/** What of a case somebody looked into. */
export type ReadKind = 'case' | 'task' | 'document';

/** Who looked into what of which case, within one hour. */
export interface Look {
  readonly caseCode: string;
  readonly person: string;
  readonly role: PersonRole;
  readonly agency: string | null;
  readonly kind: ReadKind;
  /** The task or the document; empty for the case. */
  readonly subject: string;
  /** Real time. */
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** Looks, each more than a minute after the one before had ended. */
  readonly times: number;
  /** `null`: kept before reasons were. */
  readonly why: Why | null;
}

/**
 * Why somebody looked: a task of theirs, or one that their agency has open on the case; a seat in its council; that they supervise; else what they said themselves,
 * or nothing.
 */
export type Why =
  | { readonly kind: 'task'; readonly task: string }
  | { readonly kind: 'seat' | 'supervision' | 'none' }
  | { readonly kind: 'stated'; readonly reason: LookReason };

const whyOf = (text: string | null): Why | null => {
  if (text === null) return null;
  const [kind, rest = ''] = text.split(':');
  const reason = lookReasons.find((one) => one === rest);
  if (kind === 'task') return { kind, task: rest };
  if (kind === 'stated' && reason !== undefined) return { kind, reason };
  return { kind: kind === 'seat' || kind === 'supervision' ? kind : 'none' };
};

/** Whether somebody looked into a case on which they have no work. */
export const isWithoutTask = (why: Why | null): boolean => why?.kind === 'none' || why?.kind === 'stated';

export const statedIn = (why: Why | null): LookReason | null => (why?.kind === 'stated' ? why.reason : null);

interface Who {
  readonly id: string;
  readonly role: PersonRole;
  readonly agency: string | null;
}

// One's own task first, then the newest that waits at one's agency; who stands in for a head works for that agency, too. `$7`: what they say themselves.
const why = `case when $3 in ('auditor', 'admin', 'operator') then 'supervision' when $5 = 'task' and $3 <> 'leader' then 'task:' || $6 else coalesce(
     (select 'task:' || t.id from task t where t.case_code = c.code
        and (t.claimed_by = $2 or t.completed_by = $2 or (t.agency = $4 and t.status in ('open', 'claimed', 'waiting')))
      order by t.claimed_by = $2 desc nulls last, t.agency = $4 desc nulls last, t.opened_at desc limit 1),
     (select 'seat' from council_seat s where s.case_code = c.code and s.person = $2),
     case when $3 = 'leader' then 'supervision' end, 'stated:' || $7::text, 'none') end`;

// `cases` is SQL of one column: which cases were looked into. One row an hour bounds what a page that asks again and again leaves behind: as long as it does that is
// one look.
const note = (cases: string): string =>
  `insert into case_reading as r (case_code, person, role, agency, kind, subject, hour, first_at, last_at, times, why)
   select c.code, $2, $3, $4, $5, $6, date_trunc('hour', clock_timestamp()), clock_timestamp(), clock_timestamp(), 1, ${why} from (${cases}) c
   on conflict (case_code, person, kind, subject, hour) do update set last_at = excluded.last_at, times = r.times + (r.last_at < excluded.last_at - interval '1 minute')::int, role = excluded.role,
     agency = excluded.agency, why = case when excluded.why = 'none' then coalesce(r.why, 'none') else excluded.why end
   returning why`;

/** Keeps that somebody who is not of the investor's side looks into a case, and why; written before they get it. `null`: there is no such case. */
export async function noteCaseRead(
  pool: pg.Pool,
  { id, role, agency }: Who,
  caseCode: string,
  stated?: LookReason,
): Promise<Why | null> {
  const text = note('select code from case_head where code = $1');
  const values = [caseCode, id, role, agency, 'case', '', stated ?? null];
  const [kept] = await rows<{ why: string }>(pool, text, values, 'note-case-read');
  return whyOf(kept?.why ?? null);
}

/** The same of one task. */
export async function noteTaskRead(pool: pg.Pool, { id, role, agency }: Who, task: string): Promise<void> {
  const text = note('select case_code as code from task where id = $1');
  await pool.query({ name: 'note-task-read', text, values: [task, id, role, agency, 'task', task, null] });
}

/** The same of a document, in every case that shows it. */
export async function noteDocumentRead(
  pool: pg.Pool,
  { id, role, agency }: Who,
  document: string,
  stated?: LookReason,
): Promise<void> {
  const text = note('select distinct case_code as code from document_use where document_id = $1::uuid');
  await pool.query({
    name: 'note-document-read',
    text,
    values: [document, id, role, agency, 'document', document, stated ?? null],
  });
}

export interface LookFilter {
  readonly caseCode?: string;
  readonly person?: string;
  readonly agency?: string;
  /** Of people without work on the case alone. */
  readonly withoutTask?: boolean;
  readonly cursor?: string;
  readonly limit: number;
}

/** Who looked into what, newest first. */
export async function listLooks(
  pool: pg.Pool,
  { caseCode, person, agency, withoutTask = false, cursor, limit }: LookFilter,
): Promise<Page<Look>> {
  const place = placeOf(cursor, ['instant', 'text', 'text', 'text', 'text']);
  const found = await rows<Omit<Look, 'why'> & { hour: Instant; why: string | null } & pg.QueryResultRow>(
    pool,
    `select case_code as "caseCode", person, role, agency, kind, subject, hour, first_at as "firstAt", last_at as "lastAt", times, why
     from case_reading
     where ($1::text is null or case_code = $1) and ($2::text is null or person = $2) and ($3::text is null or agency = $3)
       and (not $10 or why = 'none' or why like 'stated:%')
       and ($4::timestamptz is null or (hour, case_code, person, kind, subject) < ($4::timestamptz, $5::text, $6::text, $7::text, $8::text))
     order by hour desc, case_code desc, person desc, kind desc, subject desc limit $9`,
    [
      caseCode ?? null,
      person ?? null,
      agency ?? null,
      ...(place ?? [null, null, null, null, null]),
      limit + 1,
      withoutTask,
    ],
    'list-looks',
  );
  const { items, next } = pageOf(found, limit, (one) => [one.hour, one.caseCode, one.person, one.kind, one.subject]);
  return { items: items.map((one) => ({ ...one, why: whyOf(one.why) })), next };
}
