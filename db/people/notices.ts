import type pg from 'pg';
import { type NoticeKind, type NoticeVars, type Urgency } from '../../domain/notices/kinds.js';
import { defaultNoticeSettings, type NoticeSettings } from '../../domain/notices/sending.js';
import { type Instant } from '../../domain/time/instants.js';
import { type Param, type Reader, readsCase } from './readers.js';
import { rows } from '../pool.js';
import { pageOf, placeOf, type Page } from '../read/keyset.js';

/** A notice as its person reads it; the words are made of kind and vars. */
export interface Notice {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly caseCode: string | null;
  readonly vars: NoticeVars;
  readonly urgency: Urgency;
  readonly at: Instant;
  readonly readAt: Instant | null;
}

// Whoever has no more to do with a case, or with the procedure, does not read of it any more.
const mayRead = (reader: Reader, param: Param): string => `n.person = ${param(reader.person.id)}
  and (n.case_code is null or ${readsCase('n.case_code', reader, param, `n.vars ->> 'procedure'`)})`;

/** Newest first. */
export async function listNotices(
  pool: pg.Pool,
  reader: Reader,
  { unread, cursor, limit }: { readonly unread: boolean; readonly cursor: string | undefined; readonly limit: number },
): Promise<Page<Notice>> {
  const [before] = placeOf(cursor, ['number']) ?? [];
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const place = `${param(before ?? null)}::bigint`;
  const found = await rows<Notice & pg.QueryResultRow>(
    pool,
    `select n.id, n.kind, n.case_code as "caseCode", n.vars, n.urgency, n.at, n.read_at as "readAt" from notice n
     where ${mayRead(reader, param)} and (${place} is null or n.id < ${place}) ${unread ? 'and n.read_at is null' : ''}
     order by n.id desc limit ${param(limit + 1)}`,
    values,
    `${unread ? 'unread-notices' : 'notices'}-${reader.person.role}`,
  );
  return pageOf(found, limit, ({ id }) => [String(id)]);
}

/** How many are unread, a hundred at most. */
export async function countUnread(pool: pg.Pool, reader: Reader): Promise<number> {
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const [row] = await rows<{ count: number }>(
    pool,
    `select count(*)::int as count from (select from notice n where ${mayRead(reader, param)} and n.read_at is null limit 100) u`,
    values,
    `count-unread-${reader.person.role}`,
  );
  return row?.count ?? 0;
}

/** Marks one notice of a person as read; undefined where they have no such notice. */
export async function markRead(pool: pg.Pool, person: string, id: number): Promise<Instant | undefined> {
  const [row] = await rows<{ readAt: Instant }>(
    pool,
    `update notice set read_at = coalesce(read_at, clock_timestamp()) where id = $1 and person = $2 returning read_at as "readAt"`,
    [id, person],
    'mark-read',
  );
  return row?.readAt;
}

/** Marks all of a person's notices up to one (null: all) as read; answers how many were not yet. */
export async function markAllRead(pool: pg.Pool, person: string, upTo: number | null): Promise<number> {
  const marked = await rows(
    pool,
    `update notice set read_at = clock_timestamp() where person = $1 and read_at is null and ($2::bigint is null or id <= $2) returning 1`,
    [person, upTo],
    'mark-all-read',
  );
  return marked.length;
}

/** How this person wants to be told. */
export async function noticeSettingsOf(pool: pg.Pool, person: string): Promise<NoticeSettings> {
  const [found] = await rows<NoticeSettings & pg.QueryResultRow>(
    pool,
    'select mail, sms, digest from notice_setting where person = $1',
    [person],
  );
  return found ?? defaultNoticeSettings;
}

/** From the next notice on. */
export async function setNoticeSettings(pool: pg.Pool, person: string, settings: NoticeSettings): Promise<void> {
  const { mail, sms, digest } = settings;
  await pool.query(
    `insert into notice_setting (person, mail, sms, digest) values ($1, $2, $3, $4)
     on conflict (person) do update set mail = excluded.mail, sms = excluded.sms, digest = excluded.digest`,
    [person, mail, sms, digest],
  );
}
