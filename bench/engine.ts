// `npm run bench`: what the engine costs, on an installation of its own, beside one transaction and a bare workflow on the same servers. Linux.
// Options: --short (fewer cases, rough figures), --history=N (dashboards on so many cases), --counts (only what one client shows: for work on one cost), --statements (what the register was asked
// most), --json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { clientsAt } from '../scripts/demo/company.js';
import { openPlace, type OwnPlace } from '../scripts/demo/place.js';
import { findRunning } from '../scripts/platform/instance.js';
import { screen } from '../domain/lane/screening.js';
import { startSystem } from '../scripts/platform/system.js';
import { catalogue, exampleProjects } from '../seeds/index.js';
import { bareCases, bareShapes, bareUpdates } from './bare.js';
import { Budgets, largest, rounded } from './budgets.js';
import { timeDashboards } from './dashboards.js';
import { floorActs } from './floor.js';
import { fillRegister, slowest, timeLists } from './many.js';
import {
  callsByStatement,
  heapOf,
  historyCounts,
  memoryOf,
  perEach,
  processorTime,
  quantile,
  registerCounts,
  rowsByTable,
  walByStatement,
} from './meters.js';
import { createPlayers, together, type Played } from './players.js';

const short = process.argv.includes('--short');
const counts = process.argv.includes('--counts');
const statements = process.argv.includes('--statements');
const asJson = process.argv.includes('--json');
const size = short
  ? {
      warmUp: 1,
      counted: 3,
      atOnce: 40,
      bare: 60,
      shapes: 40,
      transactions: 300,
      resting: 20,
      restMs: 8_000,
      many: { cases: 100_000, openTasks: 10_000 },
      history: { cases: 10_000, openTasks: 1_000, each: 5 },
    }
  : {
      warmUp: 3,
      counted: 20,
      atOnce: 300,
      bare: 300,
      shapes: 150,
      transactions: 1_000,
      resting: 60,
      restMs: 30_000,
      many: { cases: 1_000_000, openTasks: 100_000 },
      history: { cases: 100_000, openTasks: 10_000, each: 10 },
    };
const clients = 20;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const budgets = new Budgets();
/** Of a time: how fast the machine was while it was taken. */
let transactionMs = NaN;
const timed = (): string =>
  `a time of this machine at this load, on which one plain transaction took ${rounded(transactionMs)} ms`;
const figures: [name: string, value: string][] = [];
const tell = (name: string, value: string | number): void => {
  const text = typeof value === 'number' ? String(rounded(value)) : value;
  figures.push([name, text]);
  say(`${name.padEnd(56)} ${text}`);
};
const spread = (values: readonly number[]): string =>
  `${quantile(values, 0.5).toFixed(1)} / ${quantile(values, 0.99).toFixed(1)} ms`;

const env = {
  REHEARSAL: 'real',
  LOG_LEVEL: 'fatal',
  // As in production.
  CHECK_ANSWERS: 'no',
  RATE_LIMIT_PER_PERSON: '1000000',
  RATE_LIMIT_PER_MINUTE: '1000000',
};
const place = await openPlace({ say: () => undefined, env });
try {
  tellScreening();
  await measure(place);
  if (!counts) await tellSecondStart(place);
} finally {
  await place.stop();
}
if (asJson) console.log(JSON.stringify({ figures: Object.fromEntries(figures), budgets: budgets.all }, null, 2));
else
  for (const { name, measured, budget, holds, reason } of budgets.all)
    console.log(
      `${holds ? 'holds ' : 'BROKEN'} ${name.padEnd(60)} ${measured} (budget ${budget})${reason === undefined ? '' : `: ${reason}`}`,
    );

async function measure({ system, dataDir, apiUrl, token }: OwnPlace): Promise<void> {
  const admin = new pg.Pool({ connectionString: adminUrl(system.databaseUrl, dataDir), max: 1 });
  admin.on('error', () => undefined); // PostgreSQL is started again below: the next query opens another session
  await admin.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`);
  await system.restart('postgres');
  await admin
    .query('create extension if not exists pg_stat_statements')
    .catch(() => admin.query('create extension if not exists pg_stat_statements'));
  const connection = await Connection.connect({ address: system.temporalAddress });
  const temporal = new Client({ connection, namespace: system.namespace });
  const server = { client: temporal, address: system.temporalAddress };
  const pids = (): Record<string, number> =>
    Object.fromEntries((findRunning(dataDir)?.children ?? []).map(({ name, pid }) => [name, pid]));
  try {
    const as = clientsAt({ apiUrl, token });
    const players = await createPlayers(as);

    transactionMs = quantile(await plainTransactions(admin, size.transactions), 0.5);
    const transaction = transactionMs;
    tell('one transaction of `pgbench -N` through pg, p50, ms', transaction);
    const floor = await floorActs(adminUrl(system.databaseUrl, dataDir), size.transactions, 1);
    tell('the route of an act without rules, one client, p50 / p99', spread(floor));
    const update = await bareUpdates(server, short ? 10 : 30);
    tell('bare Temporal update, one client, p50 / p99', spread(update));

    await together(size.warmUp, 1, players.play);
    await settled(admin);

    // One client: exact counts. Full-page images depend on when the last checkpoint was: they are left out.
    await admin.query('alter system set full_page_writes = off');
    await admin.query('select pg_reload_conf()');
    await admin.query('select pg_stat_statements_reset()');
    const before = await registerCounts(admin);
    const rowsBefore = await rowsByTable(admin);
    const cpuAloneBefore = processorTime(pids());
    const alone = await together(size.counted, 1, players.play);
    await settled(admin);
    const after = await registerCounts(admin);
    const rowsOf = perEach(
      rowsBefore,
      await rowsByTable(admin),
      sum(alone, ({ steps }) => steps),
    );
    const walOf = await walByStatement(admin);
    await admin.query('alter system reset full_page_writes');
    await admin.query('select pg_reload_conf()');
    const steps = sum(alone, ({ steps }) => steps);
    const acts = sum(alone, ({ acts }) => acts);
    const cpuAlone = perEach(cpuAloneBefore, processorTime(pids()), steps);
    tell('per case: answered tasks, acts', `${steps / alone.length}, ${acts / alone.length}`);
    tell(
      'a whole case, one client, p50, s',
      quantile(
        alone.map(({ wholeMs }) => wholeMs / 1000),
        0.5,
      ),
    );
    const claims = alone.flatMap((one) => one.claims);
    const completions = alone.flatMap((one) => one.completions);
    tell('claim, one client, p50 / p99', spread(claims));
    tell('complete, one client, p50 / p99', spread(completions));
    const next = await nextTasks(admin, alone);
    tell('next task of the procedure after the answer, p50 / p99', spread(next));
    const work = perEach({ ...before }, { ...after }, steps);
    tell('per answered task: commits', work.commits);
    tell('per answered task: statements', work.statements);
    tell('per answered task: rows inserted and updated', work.rows);
    tell('per answered task: WAL, KiB', work.walBytes / 1024);
    tellProcessorTime('one client', cpuAlone);
    const scopes = await scopesOf(admin, alone);
    const history = await historyCounts(temporal, scopes);
    const per = (count: number): number => count / alone.length;
    tell('per case: workflows', per(history.workflows));
    tell('per case: history events', per(history.events));
    tell('per case: timer events among them', per(history.timerEvents));
    tell('per case: workflow tasks', per(history.workflowTasks));
    tell('per case: signals', per(history.signals));
    tell('per case: local activities', per(history.localActivities));
    tell('per case: activities', per(history.activities));
    const perAct = (history.events - history.timerEvents) / acts;
    tell('history events per act, without timers', perAct);
    const perSignal = quantile(history.perSignal, 0.5);
    tell('history events of a Signal and what follows, p50', perSignal);
    const floorReason = (): string =>
      `the same route and round trips without rules take ${rounded(quantile(floor, 0.5) / transaction)} of these, ${rounded(quantile(floor, 0.5))} ms`;
    budgets.atMost('claim p50, one client, in plain transactions', quantile(claims, 0.5) / transaction, 3, floorReason);
    budgets.atMost(
      'complete p50, one client, in plain transactions',
      quantile(completions, 0.5) / transaction,
      3,
      floorReason,
    );
    budgets.atMost(
      'next task p50, in bare updates',
      quantile(next, 0.5) / quantile(update, 0.5),
      2,
      () =>
        `after the commit of the answer a Signal, a workflow task, a local activity with its command and its commit: a bare update is one of these round trips (${rounded(quantile(update, 0.5))} ms), processor time of ours ${largest(cpuAlone)} ms a task`,
    );
    budgets.atMost(
      'history events per act',
      perAct,
      12,
      () => `of a case: ${largest(scaled(history.byScope, alone.length))}`,
    );
    budgets.atMost(
      'history events of a middle step, p50 of all Signals',
      perSignal,
      5,
      () =>
        `a Signal, a workflow task (three) and a marker are five; ${rounded(per(history.localActivities))} markers a case`,
    );
    budgets.atMost('rows per answered task', work.rows, 33, () => `by table: ${largest(rowsOf, 12)}`);
    budgets.atMost(
      'WAL per answered task, KiB',
      work.walBytes / 1024,
      30,
      () => `by statement: ${largest(scaled(walOf, steps), 10)}`,
    );
    if (statements) await tellStatements(admin, steps, 'answered task');
    if (counts) return;

    // Twenty clients: throughput and processor time.
    const cpuBefore = processorTime(pids());
    const from = performance.now();
    const many = await together(size.atOnce, clients, players.play);
    const seconds = (performance.now() - from) / 1000;
    await settled(admin);
    const manySteps = sum(many, ({ steps }) => steps);
    const cpu = perEach(cpuBefore, processorTime(pids()), manySteps);
    const rate = manySteps / seconds;
    tell('answered tasks per second, 20 clients', rate);
    tell('claim, 20 clients, p50 / p99', spread(many.flatMap((one) => one.claims)));
    const manyCompletions = many.flatMap((one) => one.completions);
    tell('complete, 20 clients, p50 / p99', spread(manyCompletions));
    tell('next task, 20 clients, p50 / p99', spread(await nextTasks(admin, many)));
    const whole = tellProcessorTime('20 clients', cpu);
    for (const name of ['api', 'worker']) tell(`memory of ${name}, MiB`, memoryOf(pids()[name] ?? 0));

    const bareBefore = processorTime(pids());
    const bare = await bareCases(server, size.bare, clients);
    const bareCpu = perEach(bareBefore, processorTime(pids()), bare.steps);
    tell('bare nine steps: steps per second, 20 clients', bare.stepsPerSecond);
    tell('bare nine steps: processor time per step, ms', (bareCpu['temporal'] ?? NaN) + bare.workerMsPerStep);

    const shapesBefore = processorTime(pids());
    const shapes = await bareShapes(server, { cases: size.shapes, atOnce: clients, steps: steps / alone.length });
    const shapesCpu = perEach(shapesBefore, processorTime(pids()), shapes.steps);
    tell('bare workflows of our shape: steps per second, 20 clients', shapes.stepsPerSecond);
    tell(
      'bare workflows of our shape: processor time per step, ms',
      (shapesCpu['temporal'] ?? NaN) + shapes.workerMsPerStep,
    );

    await together(size.resting, clients, players.file);
    await settled(admin);
    await sleep(3_000);
    await admin.query('select pg_stat_statements_reset()');
    const restCpu = processorTime(pids());
    const restCounts = await registerCounts(admin);
    const restFrom = performance.now();
    await sleep(size.restMs);
    const rested = (performance.now() - restFrom) / 1000;
    const rest = perEach(restCpu, processorTime(pids()), rested * 10);
    const { temporal: engineRest = 0, ...ownRest } = rest;
    const restShare = Object.values(ownRest).reduce((a, b) => a + b, 0);
    for (const [name, percent] of Object.entries(rest)) tell(`at rest, % of a core: ${name}`, percent);
    const restCalls = scaled(await callsByStatement(admin), rested);
    const restWork = perEach({ ...restCounts }, { ...(await registerCounts(admin)) }, rested);
    tell('at rest, commits per second', restWork.commits);
    if (statements) await tellStatements(admin, rested, 'second at rest');

    const filling = performance.now();
    await fillRegister(admin, alone[0]?.code ?? '', size.many, (line) => say(`  ${line}`));
    tell(
      `${size.many.cases} cases, ${size.many.openTasks} open tasks: made in, s`,
      (performance.now() - filling) / 1000,
    );
    const lists = await timeLists(as, short ? 25 : 50);
    for (const { name, alone: one, many: twenty } of lists) {
      tell(`${name}, one reader, p50 / p99`, spread(one));
      tell(`${name}, 20 readers, p50 / p99`, spread(twenty));
    }
    for (const name of ['api', 'worker']) tell(`memory of ${name} then, MiB`, memoryOf(pids()[name] ?? 0));

    budgets.atMost(
      'lists with so many cases, slowest p99, one reader, ms',
      Math.max(...lists.map((one) => quantile(one.alone, 0.99))),
      50,
      timed,
    );
    budgets.atMost(
      'lists with so many cases, slowest p99, 20 readers, ms',
      slowest(lists),
      50,
      () => `${timed()}; twenty readers at once on two cores, slowest: ${slowestList(lists)}`,
    );
    const asked = process.argv.find((one) => one.startsWith('--history='))?.slice('--history='.length);
    const ofHistory = asked === undefined ? size.history : { ...size.history, cases: Number(asked) };
    const { databaseUrl: url, migratorDatabaseUrl: ownerUrl } = system;
    const places = { admin: adminUrl(system.databaseUrl, dataDir), url, ownerUrl };
    const { seeded, dashboards } = await timeDashboards(places, ofHistory, (line) => say(`  ${line}`));
    tell(`a history of ${seeded.cases} cases, ${seeded.events} events: made in, s`, seeded.seconds.whole);
    for (const { name, ms } of dashboards) {
      tell(`dashboard on it: ${name}, p50 / p99`, spread(ms));
      budgets.atMost(
        `dashboard on ${seeded.cases} cases: ${name}, p99, ms`,
        quantile(ms, 0.99),
        100,
        () => `${timed()}; every period and filter, median ${rounded(quantile(ms, 0.5))} ms`,
      );
    }
    const heaps = { api: await heapOf(system.operations.api), worker: await heapOf(system.operations.worker) };
    const heap = (name: 'api' | 'worker') => (): string =>
      `of it ${rounded(heaps[name])} MiB are JavaScript's heap in use; the rest is what Node, its threads and native libraries hold`;
    budgets.atMost('memory of the API, MiB', memoryOf(pids()['api'] ?? 0), 250, heap('api'));
    budgets.atMost('memory of the worker, MiB', memoryOf(pids()['worker'] ?? 0), 600, heap('worker'));
    const cores = (): string =>
      `processor time of a task, ms: ${largest(cpu)}; two cores give at most ${rounded(2000 / whole)} a second, bare workflows of our shape need ${rounded((shapesCpu['temporal'] ?? NaN) + shapes.workerMsPerStep)} ms, the bare nine steps ${rounded((bareCpu['temporal'] ?? NaN) + bare.workerMsPerStep)}`;
    budgets.atLeast(
      'answered tasks per second, of bare workflows of our shape',
      rate / shapes.stepsPerSecond,
      0.7,
      cores,
    );
    budgets.atLeast('answered tasks per second, of bare nine-step', rate / bare.stepsPerSecond, 0.4, cores);
    budgets.atMost('processor time per answered task, ms', whole, 25, cores);
    budgets.atMost('at rest, % of a core without Temporal', restShare, 2, () => `by process: ${largest(ownRest)}`);
    budgets.atMost(
      'at rest, commits per second',
      restWork.commits,
      5,
      () => `statements a second: ${largest(restCalls, 8)}`,
    );
    say(`(Temporal itself at rest: ${engineRest.toFixed(1)} % of a core)`);
  } finally {
    await connection.close();
    await admin.end();
  }
}

/** Screening and pathways of the two example projects, in this process. */
function tellScreening(): void {
  const law = catalogue();
  const at = new Date().toISOString();
  const times: number[] = [];
  for (let i = 0; i < 400; i++) {
    const from = performance.now();
    screen(i % 2 === 0 ? exampleProjects.besi : exampleProjects.cmc, at, law);
    times.push(performance.now() - from);
  }
  const warm = times.slice(100);
  tell('screening and pathways of one project, p50 / p99', spread(warm));
  budgets.atMost(
    'screening and pathways, p99, ms',
    quantile(warm, 0.99),
    5,
    () =>
      `of ${warm.length} the median took ${rounded(quantile(warm, 0.5))} ms, nine in ten at most ${rounded(quantile(warm, 0.9))}`,
  );
}

/** Stops everything, starts it again on the same data. */
async function tellSecondStart(place: OwnPlace): Promise<void> {
  await place.system.stop();
  const from = performance.now();
  const again = await startSystem({ dataDir: place.dataDir, port: 0, quiet: true, env: { ...process.env, ...env } });
  const seconds = (performance.now() - from) / 1000;
  await again.stop();
  tell('second start until ready, s', seconds);
  budgets.atMost('second start, s', seconds, 10, timed);
}

/** Answers the sum. */
function tellProcessorTime(who: string, each: Readonly<Record<string, number>>): number {
  const whole = Object.values(each).reduce((a, b) => a + b, 0);
  tell(`processor time per answered task, ${who}, ms`, whole);
  for (const [name, ms] of Object.entries(each)) if (ms >= 0.5) tell(`  ${name}, ${who}`, ms);
  return whole;
}

/** What took most time, each divided. */
async function tellStatements(admin: pg.Pool, count: number, per: string): Promise<void> {
  const { rows } = await admin.query<{ query: string; calls: number; ms: number; wal: number; rows: number }>(
    `select left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as query, calls::float8 as calls, total_exec_time + total_plan_time as ms,
       wal_bytes::float8 as wal, rows::float8 as rows
     from pg_stat_statements order by total_exec_time + total_plan_time desc limit 45`,
  );
  say(`calls, ms, KiB of WAL, rows per ${per}`);
  for (const { query, calls, ms, wal, rows: touched } of rows) {
    const each = [calls / count, ms / count, wal / 1024 / count, touched / count].map((one) =>
      one.toFixed(2).padStart(7),
    );
    say(`${each.join(' ')}  ${query}`);
  }
}

function scaled(each: Readonly<Record<string, number>>, count: number): Record<string, number> {
  return Object.fromEntries(Object.entries(each).map(([name, value]) => [name, value / count]));
}

function slowestList(lists: Awaited<ReturnType<typeof timeLists>>): string {
  return largest(Object.fromEntries(lists.map(({ name, many }) => [name, quantile(many, 0.99)])), 1);
}

function sum(played: readonly Played[], of: (one: Played) => number): number {
  return played.reduce((total, one) => total + of(one), 0);
}

function adminUrl(appUrl: string, dataDir: string): string {
  const url = new URL(appUrl);
  url.username = 'postgres';
  url.password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
  return url.href;
}

/** Until the engine has thought about everything and the readers of the feed are at its end, and a second for the statistics. */
async function settled(admin: pg.Pool): Promise<void> {
  for (let quiet = 0; quiet < 5;) {
    const { rows } = await admin.query<{ busy: boolean }>(
      `select exists (select 1 from scope where done_seq < last_seq and not closed) or exists (
         select 1 from case_event e join feed_cursor c on c.reader = 'projector' where (e.epoch, e.xid, e.id) > (c.epoch, c.xid, c.id)
       ) as busy`,
    );
    quiet = rows[0]?.busy === false ? quiet + 1 : 0;
    await sleep(300);
  }
}

/** From the answer of a person until the next task of the procedure is committed, by the register's clock, in milliseconds. */
async function nextTasks(admin: pg.Pool, played: readonly Played[]): Promise<number[]> {
  const { rows } = await admin.query<{ ms: number }>(
    `select extract(epoch from o.recorded_at - a.recorded_at)::float8 * 1000 as ms
     from case_event o cross join lateral (
       select recorded_at, type from case_event p
       where p.case_code = o.case_code and p.seq < o.seq and p.actor ->> 'kind' = 'person'
         and p.type in ('taskCompleted', 'dossierSubmitted')
         and split_part(p.scope, '/', 3) = split_part(o.scope, '/', 3)
       order by p.seq desc limit 1
     ) a
     where o.type = 'taskOpened' and o.case_code = any ($1)`,
    [played.map(({ code }) => code)],
  );
  return rows.map(({ ms }) => ms);
}

async function scopesOf(admin: pg.Pool, played: readonly Played[]): Promise<string[]> {
  const codes = played.map(({ code }) => code);
  const { rows } = await admin.query<{ id: string }>('select id from scope where case_code = any ($1)', [codes]);
  return rows.map(({ id }) => id);
}

/** What `pgbench -N` does, through pg with one client; each in milliseconds. */
async function plainTransactions(admin: pg.Pool, count: number): Promise<number[]> {
  const client = await admin.connect();
  try {
    await client.query(`create schema if not exists bench`);
    await client.query(
      `create table bench.accounts (aid int primary key, abalance int not null, filler char(84) not null)`,
    );
    await client.query(`create table bench.history (aid int, delta int, mtime timestamptz, filler char(22))`);
    await client.query(`insert into bench.accounts select i, 0, '' from generate_series(1, 100000) i`);
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const aid = ((i * 7_919) % 100_000) + 1;
      const from = performance.now();
      await client.query('begin');
      await client.query({
        name: 'u',
        text: 'update bench.accounts set abalance = abalance + $2 where aid = $1',
        values: [aid, i],
      });
      await client.query({ name: 's', text: 'select abalance from bench.accounts where aid = $1', values: [aid] });
      await client.query({
        name: 'i',
        text: 'insert into bench.history (aid, delta, mtime) values ($1, $2, current_timestamp)',
        values: [aid, i],
      });
      await client.query('commit');
      times.push(performance.now() - from);
    }
    return times.slice(Math.floor(count / 10));
  } finally {
    client.release();
  }
}
