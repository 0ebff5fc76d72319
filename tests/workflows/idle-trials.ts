import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { expect, vi } from 'vitest';
import { caseScope, type ScopeId } from '../../domain/case/scope.js';
import { multiply } from '../db/running-cases.js';
import { type Town } from './support.js';
import { exampleTrials, fileTrial } from './trials.js';

/** What the loops of a worker ask again and again, whether there are cases or not; the last has no name. */
const pollers = [
  'business-clock',
  'claim-agenda',
  'claim-scopes',
  'law-version',
  'overdue-scopes',
  'thoughtless-scopes',
  'webhooks-behind',
  'update webhook w set epoch = i.epoch,',
];

/** That many running trials, each with its workflow: one was lived through, the others are its copies, started by the dispatchers. */
export async function runningTrials(town: Town, count: number): Promise<ScopeId[]> {
  const file = await fileTrial(town, { filing: exampleTrials.ai });
  await file.start();
  const { owner } = town.register;
  const copies = await multiply(town.register, file.code, count - 1);
  const clone = (table: string, columns: string, values: string) =>
    owner.query(
      `insert into ${table} (${columns}) select ${values} from ${table} t cross join unnest($2::text[]) as c (code) where t.case_code = $1`,
      [file.code, copies],
    );
  await clone(
    'case_event',
    'epoch, case_code, seq, scope, type, actor, occurred_at, canonical, hash, prev_hash',
    `epoch, c.code, seq, replace(scope, $1, c.code), type, actor, occurred_at, replace(canonical, $1, c.code), hash, prev_hash`,
  );
  await clone('delivery', 'scope, seq, prev, case_code', 'replace(scope, $1, c.code), seq, prev, c.code');
  await owner.query('update scope set sent_seq = 0, done_seq = 0 where case_code = any ($1) and not closed', [copies]);
  const scopes = [file.code, ...copies].map(caseScope);
  const thinking = async () => {
    const text = 'select count(*)::int as n from scope where not closed and done_seq < last_seq';
    return (await owner.query<{ n: number }>(text)).rows[0]?.n;
  };
  await expect.poll(thinking, { timeout: 300_000, interval: 250 }).toBe(0);
  // What a run has heard it has told the register before the server has its answer.
  const working = async () => [...(await historyLengths(town, scopes)).values()].filter(Number.isNaN).length;
  await expect.poll(working, { timeout: 60_000, interval: 250 }).toBe(0);
  return scopes;
}

/** How long the history of each run is; one that has something in hand counts as not a number. */
export async function historyLengths(town: Town, scopes: readonly ScopeId[]): Promise<Map<ScopeId, number>> {
  const lengths = new Map<ScopeId, number>();
  const left = scopes.values();
  const looker = async () => {
    for (const scope of left) {
      const { historyLength, raw } = await town.client.workflow.getHandle(scope).describe();
      lengths.set(scope, raw.pendingWorkflowTask ? NaN : historyLength);
    }
  };
  await Promise.all(Array.from({ length: 16 }, looker));
  return lengths;
}

export interface Stillness {
  /** What the register was asked, by the name of the statement: how often. */
  readonly asked: Readonly<Record<string, number>>;
  /** Asked by nobody who polls. */
  readonly others: readonly string[];
  readonly commits: number;
  /** Of this process, in milliseconds. */
  readonly cpu: number;
}

/** Nobody does anything for so long. */
export async function standStill(town: Town, ms: number): Promise<Stillness> {
  const { pool, owner } = town.register;
  const commits = async () =>
    Number(
      (
        await owner.query<{ n: string }>(
          'select xact_commit as n from pg_stat_database where datname = current_database()',
        )
      ).rows[0]?.n,
    );
  const spies = [vi.spyOn(pool, 'query'), vi.spyOn(pool, 'connect')] as const;
  try {
    const [committed, cpu] = [await commits(), process.cpuUsage()];
    await sleep(ms);
    const { user, system } = process.cpuUsage(cpu);
    const asked: Record<string, number> = {};
    for (const [query] of spies[0].mock.calls as unknown as [string | pg.QueryConfig][]) {
      const name = nameOf(query);
      asked[name] = (asked[name] ?? 0) + 1;
    }
    // A query on the pool takes a session of its own accord; whoever takes one beside that begins a transaction.
    const transactions = spies[1].mock.calls.length - spies[0].mock.calls.length;
    if (transactions > 0) asked['a transaction'] = transactions;
    const others = Object.keys(asked).filter((name) => !pollers.includes(name));
    return { asked, others, commits: (await commits()) - committed, cpu: Math.round((user + system) / 1_000) };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Of a statement without a name, so many letters stand for it. */
const unnamed = 37;
const nameOf = (query: string | pg.QueryConfig): string =>
  typeof query === 'string' ? query.slice(0, unnamed) : (query.name ?? query.text.slice(0, unnamed));
