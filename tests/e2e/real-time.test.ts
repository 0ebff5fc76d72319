import { caseRuns } from '../../domain/case/activities.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventOf } from '../../db/register/chain-link.js';
import { createDoor } from '../../db/register/door.js';
import { loadLaw } from '../../db/law/law.js';
import { fixedLaw } from '../../db/law/live-law.js';
import { createPool } from '../../db/pool.js';
import { createTemporalPort } from '../../engine/register/temporal-port.js';
import { type CaseEvent, type Payloads } from '../../domain/case/events.js';
import { addDays, type PlainDate, startOf } from '../../domain/time/instants.js';
import { clientsAt } from '../../scripts/demo/company.js';
import { type OwnPlace } from '../../scripts/demo/place.js';
import { type Task } from '../../scripts/demo/script.js';
import { exampleProjects } from '../../seeds/index.js';
import { reconcile } from '../../worker/reconcile.js';
import { query } from '../support/sql.js';
import { adminUrl, openTown, withTemporal } from './support.js';

// No rehearsal here: business time is the register's own clock, and the workflows set timers. Only PostgreSQL's idea of today is moved, as if its
// host stood in another week: legal terms end when a date begins or an office opens, and nobody waits for that.

let place: OwnPlace;
let as: ReturnType<typeof clientsAt>;
let code = '';

const admin = (text: string) => query(adminUrl(place.system.databaseUrl, place.dataDir), text);
const moveClock = (to: string) =>
  admin(
    ['clock_timestamp', 'transaction_timestamp']
      .map(
        (name) => `create or replace function shifted.${name}() returns timestamptz language sql volatile
         as $$ select pg_catalog.${name}() + interval '${Date.parse(to) - Date.now()} milliseconds' $$`,
      )
      .join(';'),
  );

const register = <Row extends object>(text: string, ...values: unknown[]) =>
  query<Row>(place.system.databaseUrl, text, values);
const openTasks = async () => {
  const rows = await register<{ key: string }>(
    `select key from task where case_code = $1 and status in ('open', 'claimed', 'waiting') order by key`,
    code,
  );
  return rows.map(({ key }) => key);
};
const events = async (scope: string, type: CaseEvent['type']) => {
  const rows = await register<{ canonical: string }>(
    'select canonical from case_event where scope = $1 and type = $2 order by seq',
    scope,
    type,
  );
  return rows.map(({ canonical }) => eventOf(canonical));
};
const until = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 20_000, interval: 50 });

async function taskOf(person: string, key: string): Promise<Task> {
  const find = async () => {
    const { items } = await as(person).get<{ items: Task[] }>('/tasks?limit=100');
    return items.find((task) => task.case === code && (task.step ?? task.kind) === key && task.status !== 'waiting');
  };
  await until(find).toBeDefined();
  const task = await find();
  if (!task) throw new Error(`${person} has no task ${key}`);
  await as(person).post(`/tasks/${task.id}/claim`);
  return task;
}

async function rebuildAll(): Promise<void> {
  const { system } = place;
  const pool = createPool(system.databaseUrl, { max: 4 });
  try {
    const { law, catalogue } = await loadLaw(pool);
    const door = createDoor({ pool, law: fixedLaw(law, catalogue) });
    await withTemporal(place, async (client) => {
      const { left } = await reconcile({ pool, door, port: createTemporalPort(client, system.taskQueue, caseRuns) });
      expect(left).toEqual([]);
    });
  } finally {
    await pool.end();
  }
}

const timersFired = (scope: string) =>
  withTemporal(place, async ({ workflow }) => {
    const { events: history } = await workflow.getHandle(scope).fetchHistory();
    return (history ?? []).filter((event) => event.timerFiredEventAttributes).length;
  });

/** Some seconds before `at` the workflows are started anew, so that they set their timers to it; then nobody does anything. */
async function waitForTimer(scope: string, at: string, type: CaseEvent['type']): Promise<CaseEvent> {
  await moveClock(new Date(Date.parse(at) - 6_000).toISOString());
  await rebuildAll();
  const dated = async () => (await events(scope, type)).filter(({ occurredAt }) => occurredAt === at);
  expect(await dated()).toEqual([]);
  expect(await timersFired(scope)).toBe(0);
  await until(async () => (await dated()).length).toBeGreaterThan(0);
  expect(await timersFired(scope)).toBeGreaterThan(0);
  const [event] = await dated();
  if (!event) throw new Error(`${type} is gone`);
  expect(event.actor).toEqual({ kind: 'clock' });
  return event;
}
const procedure = () => `case/${code}/irc-ordinary/1`;

beforeAll(async () => {
  place = await openTown({ REHEARSAL: 'real' });
  as = clientsAt(place);
  await admin('create schema shifted; grant usage on schema shifted to app');
  await moveClock('2026-07-06T10:00:00+07:00');
  await admin('alter role app in database register set search_path = shifted, pg_catalog, public');
  await admin(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'`);
  const filed = await as('investor.besi').post<{ case: string; filedAt: string }>('/cases', exampleProjects.besi);
  expect(filed.filedAt).toMatch(/^2026-07-06T03:0/);
  code = filed.case;
});
afterAll(() => place.stop());

describe('without a worker', () => {
  test('an officer finishes the task that is open, nothing new opens, and the next one does when a worker is back', async () => {
    await until(() => register('select 1 from scope where id = $1 and done_seq = last_seq', procedure())).toHaveLength(
      1,
    );
    const documents = [{ code: 'location-right', obtainedFrom: 'national-land-database' }];
    await as('investor.besi').post(`/cases/${code}/procedures/irc-ordinary/dossier`, { documents });
    const receiver = 'receiving-officer.hcmc-pasc.1';
    const intake = await taskOf(receiver, 'intake');
    expect(await openTasks()).toEqual(['intake/1', 'lane']);

    await place.system.halt('worker');
    const { caseSeq } = await as(receiver).post<{ caseSeq: number }>(`/tasks/${intake.id}/completion`, {
      outcome: 'receive',
    });
    const detail = await as('investor.besi').get<{ procedures: { procedure: string; stage: string }[] }>(
      `/cases/${code}`,
    );
    expect(detail.procedures).toMatchObject([{ procedure: 'irc-ordinary', stage: 'processing' }]);
    await sleep(1_000);
    expect(await openTasks()).toEqual(['lane']);
    const [head] = await register<{ seq: number }>('select max(seq) as seq from case_event where case_code = $1', code);
    expect(head?.seq).toBe(caseSeq);

    await place.system.restart('worker');
    await until(openTasks).toEqual(['lane', 'opinion/dost']);
  });
});

describe('in real time a timer of Temporal', { timeout: 60_000 }, () => {
  const consultation = () => `${procedure()}/consultation/1`;
  const assessor = 'officer.shtp-board.1';

  test('ends the time of an agency that said nothing, and the next task opens by itself', async () => {
    // Four working days from Monday the 6th: Friday the 10th ends when the 11th begins.
    await waitForTimer(consultation(), startOf('2026-07-11' as PlainDate), 'opinionLapsed');
    await until(openTasks).toContain('step/assessment');
  });

  test('rings when half of the term is used, as the office opens', async () => {
    // The fifth of ten working days is Monday the 13th.
    const event = await waitForTimer(procedure(), '2026-07-13T00:30:00.000Z', 'rungReached');
    expect(event.payload).toMatchObject({ rung: 'half' });
  });

  test('finds the supplement that did not come', async () => {
    const task = await taskOf(assessor, 'assessment');
    const body = { ground: 'supplement', items: ['financial-capacity'], reason: 'Hai năm gần nhất' };
    await as(assessor).post(`/tasks/${task.id}/supplement-request`, body);
    const [asked] = await events(procedure(), 'supplementRequested');
    const { deadline } = asked?.payload as { deadline: PlainDate };
    await waitForTimer(procedure(), startOf(addDays(deadline, 1)), 'supplementLapsed');
    await until(openTasks).toContain('lapse/S1');
    // Late, and before the agency has decided: it counts, and the clock runs on.
    const documents = [{ code: 'location-right', obtainedFrom: 'national-land-database' }];
    await as('investor.besi').post(`/cases/${code}/supplements`, {
      procedure: 'irc-ordinary',
      requestId: 'S1',
      documents,
    });
    await until(openTasks).not.toContain('lapse/S1');
  });

  test('records the breach when the due date is over', async () => {
    const [clock] = await register<{ due: PlainDate }>(
      'select due_date::text as due from clock where scope = $1',
      procedure(),
    );
    const due = clock?.due ?? ('' as PlainDate);
    const event = await waitForTimer(procedure(), startOf(addDays(due, 1)), 'rungReached');
    expect(event.payload).toMatchObject({ rung: 'missed', dueDate: due });
    const rungs = (await events(procedure(), 'rungReached')).map(({ payload }) => payload as Payloads['rungReached']);
    expect(rungs.filter(({ clock: of }) => of === 'printed').map(({ rung }) => rung)).toEqual([
      'half',
      'eighty',
      'day-before',
      'missed',
    ]);
  });
});
