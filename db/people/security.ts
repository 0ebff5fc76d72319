import type pg from 'pg';
import { type SecurityKind, probingFrom } from '../../domain/people/security.js';
import { refuse } from '../../domain/errors.js';
import { type Instant } from '../../domain/time/instants.js';
import { inTransaction, rows } from '../pool.js';

/** Something that was seen so many times; empty texts: nobody, nothing, nowhere that is known. */
export interface SecurityNote {
  readonly kind: SecurityKind;
  readonly account: string;
  readonly subject: string;
  readonly caller: string;
  readonly times: number;
}

/** Of one account and kind within an hour, and of one kind: what is more is counted together, so that nobody fills the disk. */
export const mostOfAccount = 50;
export const mostOfKind = 500;

// One writer at a time: places in the stream become visible in their order, so that a reader's cursor passes over none.
const inOrder = (client: pg.PoolClient) => client.query(`select pg_advisory_xact_lock(hashtext('security events'))`);
const nextPlace = `nextval(pg_get_serial_sequence('security_event', 'n'))`;
const thisHour = `date_trunc('hour', clock_timestamp())`;

/** Counts what was seen, each with the same of this hour. */
export function noteSecurity(pool: pg.Pool, notes: readonly SecurityNote[]): Promise<void> {
  return inTransaction(pool, async (client) => {
    await inOrder(client);
    await client.query({
      name: 'note-security',
      text: `with given as (
          select g.kind, g.account, g.subject, g.caller, g.times, ${thisHour} as hour, s.id is not null as known
          from json_to_recordset($1::json) as g (kind text, account text, subject text, caller text, times int)
          left join security_event s on s.kind = g.kind and s.hour = ${thisHour} and s.account = g.account and s.subject = g.subject
            and s.caller = g.caller
        ), narrowed as (
          select kind, account, hour, caller, times, known, case when known or account = ''
            or row_number() over (partition by kind, account, known order by subject)
              + (select count(*) from security_event o where o.kind = g.kind and o.hour = g.hour and o.account = g.account) <= $2
            then subject else '' end as subject
          from given g
        ), bounded as (
          select *, known or row_number() over (partition by kind, known order by account, subject, caller)
            + (select count(*) from security_event o where o.kind = g.kind and o.hour = g.hour) <= $3 as fits
          from narrowed g
        )
        insert into security_event as s (kind, account, subject, caller, hour, first_at, last_at, times)
        select kind, case when fits then account else '' end, case when fits then subject else '' end, case when fits then caller else '' end,
          hour, clock_timestamp(), clock_timestamp(), sum(times)
        from bounded group by 1, 2, 3, 4, 5
        on conflict (kind, hour, account, subject, caller) do update
          set times = s.times + excluded.times, last_at = excluded.last_at, n = ${nextPlace}`,
      values: [JSON.stringify(notes), mostOfAccount, mostOfKind],
    });
    if (notes.some(({ kind, account }) => kind === 'access-refused' && account !== ''))
      await client.query({
        name: 'note-probing',
        text: levels(`select 'case-probing' as kind, account, hour, count(*)::int as times from security_event
          where kind = 'access-refused' and hour = ${thisHour} and account <> '' and subject like 'LX-%' group by account, hour
          having count(*) >= $1`),
        values: [probingFrom],
      });
  });
}

// `found` is SQL of kind, account, hour and times: how far it has come, in place of how often.
const levels = (found: string): string =>
  `insert into security_event as s (kind, account, subject, caller, hour, first_at, last_at, times)
   select f.kind, f.account, '', '', f.hour, clock_timestamp(), clock_timestamp(), f.times from (${found}) f
   where not exists (select from security_event o where o.kind = f.kind and o.hour = f.hour and o.account = f.account and o.subject = ''
     and o.caller = '' and o.times >= f.times)
   on conflict (kind, hour, account, subject, caller) do update
     set times = greatest(s.times, excluded.times), last_at = excluded.last_at, n = ${nextPlace}`;

/** How many cases somebody has looked into within an hour. */
export interface LookHour {
  readonly account: string;
  readonly agency: string | null;
  readonly hour: Instant;
  readonly cases: number;
  /** On how many of them they had no work. */
  readonly withoutTask: number;
}

/** Of the last day, who looked into how many cases in each hour. */
export const lookHours = (pool: pg.Pool): Promise<LookHour[]> =>
  rows(
    pool,
    `select person as account, min(agency) as agency, hour, count(distinct case_code)::int as cases,
       count(distinct case_code) filter (where why = 'none' or why like 'stated:%')::int as "withoutTask" from case_reading
     where hour >= ${thisHour} - interval '1 day' group by person, hour`,
    [],
    'look-hours',
  );

interface Level {
  readonly kind: SecurityKind;
  readonly account: string;
  readonly hour: Instant;
  readonly times: number;
}

/** Keeps how far something has come within an hour; what is no more than is kept already changes nothing. */
export function noteSecurityLevels(pool: pg.Pool, found: readonly Level[]): Promise<void> {
  return inTransaction(pool, async (client) => {
    await inOrder(client);
    await client.query({
      name: 'note-security-levels',
      text: levels(
        `select * from json_to_recordset($1::json) as l (kind text, account text, hour timestamptz, times int)`,
      ),
      values: [JSON.stringify(found)],
    });
  });
}

export interface SecurityEvent extends SecurityNote {
  readonly id: number;
  readonly n: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

interface Asked {
  readonly kind?: SecurityKind;
  readonly limit: number;
}

const select = (where: string, order: string): string =>
  `select id, n, kind, account, subject, caller, first_at as "firstAt", last_at as "lastAt", times from security_event
   where ${where} and ($1::text is null or kind = $1) order by n ${order} limit $2`;

export interface SecurityStream {
  readonly items: readonly SecurityEvent[];
  readonly next: string;
  readonly more: boolean;
}

/**
 * What came after a cursor, in the order of the stream. One that is counted again comes again, under the same id. A cursor that was made up, or was given before the
 * register was restored, is refused `CURSOR_UNKNOWN`.
 */
export async function readSecurityEvents(
  pool: pg.Pool,
  { cursor, kind, limit }: Asked & { readonly cursor?: string },
): Promise<SecurityStream> {
  const [now] = await rows<{ epoch: number; last: number }>(
    pool,
    `select epoch, coalesce(pg_sequence_last_value(pg_get_serial_sequence('security_event', 'n')::regclass), 0)::float8 as last from installation`,
  );
  if (!now) throw new Error('The register has no installation row: migrate it first');
  const textOf = (n: number): string => Buffer.from(`${now.epoch}.${n}`).toString('base64url');
  const [, epoch, place] =
    /^(\d{1,9})\.(\d{1,15})$/.exec(Buffer.from(cursor ?? textOf(0), 'base64url').toString()) ?? [];
  const after = Number(place);
  if (Number(epoch) !== now.epoch || after > now.last) return refuse('CURSOR_UNKNOWN', {});
  const found = await rows<SecurityEvent & pg.QueryResultRow>(
    pool,
    select('n > $3', ''),
    [kind ?? null, limit + 1, after],
    'security-events',
  );
  const items = found.slice(0, limit);
  return { items, next: textOf(items.at(-1)?.n ?? after), more: found.length > limit };
}

/** The newest, newest first: for whoever looks. */
export const newestSecurityEvents = (pool: pg.Pool, { kind, limit }: Asked): Promise<SecurityEvent[]> =>
  rows<SecurityEvent & pg.QueryResultRow>(
    pool,
    select('true', 'desc'),
    [kind ?? null, limit],
    'newest-security-events',
  );
