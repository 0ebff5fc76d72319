import type pg from 'pg';
import { type PersonRole } from '../../domain/people/access-scopes.js';
import { type Instant } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { type Page, pageOf, placeOf } from '../read/keyset.js';

/** What of a case somebody looked into. */
export type ReadKind = 'case' | 'task' | 'document';

/** Who looked into what of which case, within one hour. */
export interface Reading {
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
  readonly times: number;
}

interface Who {
  readonly id: string;
  readonly role: PersonRole;
  readonly agency: string | null;
}

// `cases` is SQL of one column: which cases were looked into. One row an hour bounds what a page that asks again and again leaves behind.
const note = (cases: string): string =>
  `insert into case_reading as r (case_code, person, role, agency, kind, subject, hour, first_at, last_at, times)
   select c.code, $2, $3, $4, $5, $6, date_trunc('hour', clock_timestamp()), clock_timestamp(), clock_timestamp(), 1 from (${cases}) c
   on conflict (case_code, person, kind, subject, hour) do update set last_at = excluded.last_at, times = r.times + 1, role = excluded.role,
     agency = excluded.agency`;

/** Keeps that somebody who is not of the investor's side looks into a case; written before they get it. */
export async function noteCaseRead(pool: pg.Pool, { id, role, agency }: Who, caseCode: string): Promise<void> {
  const text = note('select code from case_head where code = $1');
  await pool.query({ name: 'note-case-read', text, values: [caseCode, id, role, agency, 'case', ''] });
}

/** The same of one task. */
export async function noteTaskRead(pool: pg.Pool, { id, role, agency }: Who, task: string): Promise<void> {
  const text = note('select case_code as code from task where id = $1');
  await pool.query({ name: 'note-task-read', text, values: [task, id, role, agency, 'task', task] });
}

/** The same of a document, in every case that shows it. */
export async function noteDocumentRead(pool: pg.Pool, { id, role, agency }: Who, document: string): Promise<void> {
  const text = note('select distinct case_code as code from document_use where document_id = $1::uuid');
  await pool.query({ name: 'note-document-read', text, values: [document, id, role, agency, 'document', document] });
}

export interface ReadingFilter {
  readonly caseCode?: string;
  readonly person?: string;
  readonly agency?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** Who looked into what, newest first. */
export async function listReadings(
  pool: pg.Pool,
  { caseCode, person, agency, cursor, limit }: ReadingFilter,
): Promise<Page<Reading>> {
  const place = placeOf(cursor, ['instant', 'text', 'text', 'text', 'text']);
  const found = await rows<Reading & { hour: Instant } & pg.QueryResultRow>(
    pool,
    `select case_code as "caseCode", person, role, agency, kind, subject, hour, first_at as "firstAt", last_at as "lastAt", times
     from case_reading
     where ($1::text is null or case_code = $1) and ($2::text is null or person = $2) and ($3::text is null or agency = $3)
       and ($4::timestamptz is null or (hour, case_code, person, kind, subject) < ($4::timestamptz, $5::text, $6::text, $7::text, $8::text))
     order by hour desc, case_code desc, person desc, kind desc, subject desc limit $9`,
    [caseCode ?? null, person ?? null, agency ?? null, ...(place ?? [null, null, null, null, null]), limit + 1],
    'list-readings',
  );
  return pageOf(found, limit, (one) => [one.hour, one.caseCode, one.person, one.kind, one.subject]);
}
