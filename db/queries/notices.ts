import type pg from 'pg';
import { type NoticeKind, type NoticeVars, type Urgency } from '../../domain/notices/kinds.js';
import { defaultNoticeSettings, type NoticeSettings } from '../../domain/notices/sending.js';
import { type Instant, type PlainDate } from '../../domain/time.js';
import { type Person } from '../people.js';
import { rows } from '../pool.js';
import { pageOf, placeOf, type Page } from './keyset.js';

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

/** Whose notices, and the day for powers of attorney. */
export interface Reader {
  readonly person: Pick<Person, 'id' | 'role' | 'agency'>;
  readonly on: PlainDate;
}

// Who sits in the council of a case reads of it, whatever their agency.
const seated = 'exists (select from council_seat s where s.case_code = n.case_code and s.person = $1)';

// Whoever has no more to do with a case does not read of it any more. $1 person, $2 role, $3 agency, $4 day.
const mayRead = `n.person = $1 and (n.case_code is null or case $2
  when 'investor' then exists (select from case_head h where h.code = n.case_code and h.investor = $1)
  when 'representative' then exists (select from case_head h join power_of_attorney p on p.grantor = h.investor
    where h.code = n.case_code and p.representative = $1 and $4::date between p.from_date and p.to_date and p.revoked_at is null)
  when 'receiving-officer' then exists (select from case_agency c where c.case_code = n.case_code and c.agency = $3)
  when 'officer' then exists (select from case_agency c where c.case_code = n.case_code and c.agency = $3) or ${seated}
  when 'head' then exists (select from case_agency c where c.case_code = n.case_code and c.agency = $3) or ${seated}
  when 'expert' then ${seated}
  else true end)`;

const valuesOf = ({ person, on }: Reader): unknown[] => [person.id, person.role, person.agency, on];

/** Newest first. */
export async function listNotices(
  pool: pg.Pool,
  reader: Reader,
  { unread, cursor, limit }: { readonly unread: boolean; readonly cursor: string | undefined; readonly limit: number },
): Promise<Page<Notice>> {
  const [before] = placeOf(cursor, ['number']) ?? [];
  const found = await rows<Notice & pg.QueryResultRow>(
    pool,
    `select n.id, n.kind, n.case_code as "caseCode", n.vars, n.urgency, n.at, n.read_at as "readAt" from notice n
     where ${mayRead} and ($5::bigint is null or n.id < $5) ${unread ? 'and n.read_at is null' : ''}
     order by n.id desc limit $6`,
    [...valuesOf(reader), before ?? null, limit + 1],
    unread ? 'unread-notices' : 'notices',
  );
  return pageOf(found, limit, ({ id }) => [String(id)]);
}

/** How many are unread, a hundred at most. */
export async function countUnread(pool: pg.Pool, reader: Reader): Promise<number> {
  const [row] = await rows<{ count: number }>(
    pool,
    `select count(*)::int as count from (select from notice n where ${mayRead} and n.read_at is null limit 100) u`,
    valuesOf(reader),
    'count-unread',
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
