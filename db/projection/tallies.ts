import type pg from 'pg';
import { settledAfterDays } from '../../domain/measures/spans.js';
import { addDays, dateOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { rows } from '../pool.js';
import { settledBefore } from '../read/dashboards/tallies.js';

/** What is tallied by day, month and year (ADR 46). */
const facts = [
  ...['case_fact', 'procedure_fact', 'agency_fact', 'step_fact', 'clause_fact', 'survey_fact', 'work_fact'],
] as const;

/**
 * Runs work that writes very many facts, in several sessions, without tallying each statement: it says itself what is to be tallied (`tallyAlike`). By the owner
 * of the tables; nobody may read figures meanwhile.
 */
export async function withoutTallies(owner: pg.Pool, work: () => Promise<void>): Promise<void> {
  const triggers = async (verb: 'disable' | 'enable') => {
    for (const table of facts) await owner.query(`alter table ${table} ${verb} trigger user`);
  };
  await triggers('disable');
  let whole = false;
  try {
    await work();
    whole = true;
  } finally {
    if (!whole) await owner.query('select tally_rebuild()');
    await triggers('enable');
  }
}

/** Tallies so many cases more whose facts are those of this one, in everything but the code; in a transaction of the owner of the tables. */
export const tallyAlike = (client: pg.PoolClient, code: string, times: number) =>
  client.query(
    `select tally_take(array_agg(row(family, measure, key, lane, pathway, zone, day, value, n, amount)::tally_mark)) from (
       select family, measure, key, lane, pathway, zone, day, value, count(*) * $2::int as n, sum(amount) * $2::int as amount
       from tally_marks where case_code = $1 group by 1, 2, 3, 4, 5, 6, 7, 8) m`,
    [code, times],
  );

/**
 * Days before it are in the tallies of their months and years, and no more are added (`settleTallies`) until the transaction of whoever asks ends: two statements of it
 * read the same. `readTallies` reads in one snapshot and needs no such promise.
 */
export async function settledMeanwhile(client: pg.PoolClient): Promise<PlainDate> {
  await client.query({
    name: 'hold-settled-tallies',
    text: `select pg_advisory_xact_lock_shared(hashtext('tallies settled'))`,
  });
  return settledBefore(client);
}

/** Adds days before this one to the tallies of their months and years; each day once, at any time, a month of them in one transaction. */
export async function settleDays(on: pg.Pool | pg.PoolClient, before: PlainDate): Promise<void> {
  for (let more = true; more;) {
    const [settled] = await rows<{ more: boolean }>(on, 'select tally_settle($1) as more', [before], 'settle-tallies');
    more = settled?.more ?? false;
  }
}

/** As `settleDays`, of days that are long enough past. */
export const settleTallies = (on: pg.Pool | pg.PoolClient, now: Instant): Promise<void> =>
  settleDays(on, addDays(dateOf(now), -settledAfterDays));
