import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNotifier } from '../../db/outbound/notices.js';
import { createProjector } from '../../db/projection/projector.js';
import { eventOf } from '../../db/register/chain-link.js';
import { foldCase } from '../../domain/case/fold.js';
import { Refusal } from '../../domain/errors.js';
import { phases } from '../../domain/case/trial/phases.js';
import { trialFactsOf, trialRecordOf } from '../../domain/case/trial/record.js';
import { instantAfter } from '../../domain/time/instants.js';
import { feedSettled, projected } from '../support/feed.js';
import { members, OneTrial } from '../support/one-trial.js';
import { drawing } from '../support/drawing.js';
import { trialAttempts } from '../support/trial-acts.js';
import { startApi, type TestApi } from './support.js';
import { investor, register, standing, standStill } from './trial-by-hand.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await standStill(api);
});
afterAll(() => api.close());

const rowsOf = async (table: string) =>
  (
    await api.pool.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`,
    )
  ).rows;

const snake = (record: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

/** What stands in the tables of one trial, beside what a fold of its own events says. */
async function compare(code: string): Promise<void> {
  const { rows: events } = await api.pool.query<{ canonical: string }>(
    'select canonical from case_event where case_code = $1 order by seq',
    [code],
  );
  const state = foldCase(
    code,
    events.map(({ canonical }) => eventOf(canonical)),
  );
  const record = trialRecordOf(state, api.deps.law.current().law);
  if (!record) throw new Error(`${code} is no trial`);
  const { rows } = await api.pool.query<{ row: unknown }>(
    'select to_jsonb(t) as row from trial t where case_code = $1',
    [code],
  );
  expect(rows[0]?.row).toEqual({
    case_code: code,
    ...snake(JSON.parse(JSON.stringify(record)) as object),
  });
  const facts = await api.pool.query(
    'select kind, "on", subject, result from trial_fact where case_code = $1 order by n',
    [code],
  );
  expect(facts.rows).toEqual(trialFactsOf(state));
}

/** A running trial in which everybody tries whatever the numbers choose. */
function randomLife(seed: number): { one: OneTrial; accepted: Set<string> } {
  const draw = drawing(seed);
  const one = new OneTrial('2025-08-04 09:00', { terms: { months: 6, reportEvery: { amount: 1, unit: 'month' } } });
  one.at('2025-08-25 09:00').start();
  const accepted = new Set<string>();
  const attempts = Object.entries(trialAttempts).filter(([name]) => name !== 'endTrial' || draw(4) === 0);
  for (let turn = 0; turn < 60 && one.trial.phase !== 'over'; turn++) {
    one.settle(instantAfter(one.now, 1 + draw(120))).work();
    const scene = { state: one.register.state, law: one.register.law, now: one.now, draw };
    const [name, attempt] = attempts[draw(attempts.length)] ?? [];
    const act = attempt?.(scene);
    try {
      if (act?.actor.kind === 'engine') one.engine(act.command);
      else if (act) one.act(act.actor, act.command);
      if (act && name !== undefined) accepted.add(name);
      const task = one.work() && Object.values(one.register.state.tasks).find(({ status }) => status === 'open');
      if (task && draw(3) > 0) one.complete(task.key, answerTo(task.kind, draw(3)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return { one, accepted };
}

function answerTo(kind: string, n: number) {
  const reason = 'as found';
  const finding = { damage: 'none', cause: 'undetermined', exempt: false } as const;
  if (kind === 'incident') return { outcome: 'examined', finding, reason };
  const [yes, no] = { hold: ['confirm', 'lift'], completion: ['completed', 'failed'] }[kind] ?? ['grant', 'refuse'];
  return { outcome: (n > 0 ? yes : no) ?? '', reason };
}

const seeds = [11, 22, 33, 44, 55, 66];

describe('the rows of trials', () => {
  it.each(phases)('are what the fold of its events says, in %s', async (phase) => {
    const { code } = await register(api, standing[phase]());
    await projected(api.deps);
    await compare(code);
  });

  it(`are so after random lives, projected on the way or at once (seeds ${seeds.join()})`, async () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const { one, accepted } = randomLife(seed);
      for (const name of accepted) seen.add(name);
      const rounds: Promise<number>[] = [];
      const project = () => rounds.push(createProjector({ pool: api.pool, law: api.deps.law }).runOnce());
      const loop = seed % 2 === 0 ? undefined : setInterval(project, 40);
      const { code } = await register(api, one);
      clearInterval(loop);
      await Promise.all(rounds);
      await projected(api.deps);
      await compare(code);
    }
    // The property would be empty if everything had been refused.
    for (const name of ['submitMetrics', 'reportIncident', 'fileTrialReport', 'requestTrialChange'])
      expect(seen).toContain(name);
  });

  it('are the same when they are made anew, and those that no longer hold go away', async () => {
    const [trials, facts] = [await rowsOf('trial'), await rowsOf('trial_fact')];
    expect(new Set(facts.map(({ row }) => row['kind']))).toEqual(new Set(['hold', 'incident', 'lesson', 'report']));
    const projector = createProjector({ pool: api.pool, law: api.deps.law });
    await api.pool.query(
      `insert into trial_fact select case_code, 99, regime, field, 'hold', filed_on, 'limit', 'placed' from trial limit 1`,
    );
    await api.pool.query(`update trial set phase = 'over', conditions = null, sites = '{nowhere}'`);
    await projector.rebuild();
    expect(await rowsOf('trial')).toEqual(trials);
    expect(await rowsOf('trial_fact')).toEqual(facts);
  });
});

describe('what people read of a trial', () => {
  const called = async (path: string, as = investor) => {
    const { status, body } = await api.call<{ items: Record<string, unknown>[] }>('GET', path, { as });
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items;
  };

  it('has a name in both languages: its events, its duties, its tasks', async () => {
    const { code } = await register(api, standing.ended());
    for (const path of [`/cases/${code}/timeline?limit=100`, `/cases/${code}/duties`]) {
      for (const { name } of await called(path)) {
        const { vi, en } = name as { vi: string; en: string };
        expect([vi, en]).not.toContain('');
        expect(vi).not.toBe(en);
      }
    }
    const duties = await called(`/cases/${code}/duties`);
    expect(duties.find(({ id }) => id === 'trial-users#1')).toMatchObject({
      name: { vi: 'Trả dữ liệu', en: 'Return data' },
    });
    expect(duties.find((duty) => duty['code'] === 'trial-report')).toMatchObject({
      name: { en: 'Periodic report on the trial' },
    });
    for (const { legalBasis } of duties) expect(legalBasis).not.toBe('');
    const held = await register(api, standing.held());
    const tasks = await called(`/tasks?limit=100`, 'head.shtp-board');
    expect(tasks.find((task) => task['case'] === held.code)).toMatchObject({
      kind: 'hold',
      kindName: { vi: 'Xác nhận hoặc bỏ lệnh tạm giữ thử nghiệm', en: 'Protective hold to confirm or lift' },
    });
  });

  it('reaches whoever it is for: the participant, the supervisor, and a council of people of no agency', async () => {
    const convened = new OneTrial('2026-08-03 09:00').at('2026-08-10 09:00').appraise().evaluate().convene();
    const { code } = await register(api, convened);
    const held = await register(api, standing.held());
    await feedSettled(api);
    const notifier = createNotifier({ pool: api.pool, law: api.deps.law });
    while ((await notifier.runOnce()) > 0);
    const told = async (as: string, of: string) =>
      (await called('/notifications?limit=100', as)).filter((one) => one['case'] === of).map(({ kind }) => kind);
    for (const member of members) expect(await told(member, code)).toEqual(['council-convened']);
    expect(await told('expert.4', code)).toEqual([]);
    expect(await told(investor, held.code)).toContain('trial-held');
    expect(await told('head.shtp-board', held.code)).toContain('hold-to-confirm');
    expect(await told('officer.shtp-board.1', held.code)).toContain('hold-to-confirm');
  });
});
