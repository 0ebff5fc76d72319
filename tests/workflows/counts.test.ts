import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { historyCounts } from '../../bench/meters.js';
import { exampleProjects, type TownCase, Town } from './support.js';
import { exampleTrials, fileTrial } from './trials.js';

/**
 * What a case costs, as far as it can be counted and not only timed. `bench/counts.json` holds it: a change that costs more, or less, says so there
 * (`RECORD_COUNTS=1`), and in docs/performance.md.
 */
interface Counts {
  /** What people did: their commands without claims. */
  readonly acts: number;
  /** Of all workflows of the case, without timers. */
  readonly historyEvents: number;
  readonly localActivities: number;
  readonly activities: number;
  /** Accepted by the register. */
  readonly commands: number;
  readonly registerEvents: number;
  /** Inserted and updated, without projections and notices. */
  readonly rows: number;
  readonly walKiB: number;
}

/**
 * Whether an answer of an agency comes before or after its question was booked, and what a dispatcher carries again, differs from run to run; WAL also where rows
 * happen to lie.
 */
const tolerance: Readonly<Record<keyof Counts, number>> = {
  acts: 0,
  historyEvents: 0.1,
  localActivities: 0.06,
  activities: 0.06,
  commands: 0.05,
  registerEvents: 0.02,
  rows: 0.06,
  walKiB: 0.12,
};

const file = join(import.meta.dirname, '../../bench/counts.json');
const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Counts>;
const found: Record<string, Counts> = {};

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(async () => {
  if (process.env['RECORD_COUNTS'] !== undefined) writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  await town.close();
});

const stories: Readonly<Record<string, () => Promise<TownCase>>> = {
  besi: async () => {
    const one = await town.open(exampleProjects.besi);
    await one.liveOn();
    return one;
  },
  cmc: async () => {
    const one = await town.open(exampleProjects.cmc);
    await one.liveOn();
    return one;
  },
  'a trial, from its filing until it runs': async () => {
    const one = await fileTrial(town, { filing: exampleTrials.drone });
    await one.start();
    return one;
  },
};

it.each(Object.keys(stories))('the counts of %s are those that are kept', async (name) => {
  const story = stories[name];
  if (!story) throw new Error(name);
  await story(); // plans, pages and definitions that the first one of all pays for
  const before = await work(town.register.pool);
  const { code } = await story();
  const after = await work(town.register.pool);
  const history = await historyCounts(town.client, await scopesOf(code));
  const [counted] = await query<{ acts: number; commands: number; events: number }>(
    `select (select count(*) from operation where case_code = $1 and operation_id not like 'case/%' and operation_id not like 'call/%'
           and operation_id not like 'agency/%')::int
         - (select count(*) from case_event where case_code = $1 and type = 'taskClaimed')::int as acts,
       (select count(*) from operation where case_code = $1)::int as commands,
       (select count(*) from case_event where case_code = $1)::int as events`,
    [code],
  );
  const counts: Counts = {
    acts: counted?.acts ?? 0,
    historyEvents: history.events - history.timerEvents,
    localActivities: history.localActivities,
    activities: history.activities,
    commands: counted?.commands ?? 0,
    registerEvents: counted?.events ?? 0,
    rows: after.rows - before.rows,
    walKiB: Math.round((after.wal - before.wal) / 1024),
  };
  found[name] = counts;
  if (process.env['RECORD_COUNTS'] !== undefined) return;
  const expected = kept[name];
  expect(expected, `bench/counts.json knows ${name}`).toBeDefined();
  const apart = (Object.keys(tolerance) as (keyof Counts)[]).flatMap((key) => {
    const wanted = expected?.[key] ?? 0;
    const allowed = Math.max(wanted * tolerance[key], tolerance[key] > 0 ? 2 : 0);
    return Math.abs(counts[key] - wanted) > allowed ? [`${key}: ${counts[key]} instead of ${wanted}`] : [];
  });
  expect(apart, JSON.stringify(counts)).toEqual([]);
});

async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await town.register.owner.query<Row>(text, values)).rows;
}

const scopesOf = async (code: string): Promise<string[]> =>
  (await query<{ id: string }>('select id from scope where case_code = $1', [code])).map(({ id }) => id);

/** What the sessions of this pool have written so far; each of them says so when it is asked. */
async function work(pool: pg.Pool): Promise<{ rows: number; wal: number }> {
  const sessions = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  try {
    await Promise.all(sessions.map((session) => session.query('select pg_stat_force_next_flush()')));
    const [first] = sessions;
    if (!first) throw new Error('no session');
    const { rows } = await first.query<{ rows: number; wal: number }>(
      `select (select coalesce(sum(n_tup_ins + n_tup_upd), 0) from pg_stat_user_tables)::float8 as rows,
         (select coalesce(sum(w.wal_bytes), 0) from pg_stat_activity a cross join pg_stat_get_backend_wal(a.pid) w
          where a.datname = current_database() and a.usename = current_user)::float8 as wal`,
    );
    return rows[0] ?? { rows: 0, wal: 0 };
  } finally {
    for (const session of sessions) session.release();
  }
}
