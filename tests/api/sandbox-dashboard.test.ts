import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SandboxFiling } from '../../domain/schemas/trial.js';
import { exampleTrials } from '../../seeds/index.js';
import { projected } from '../support/feed.js';
import { head, OneTrial, participant } from '../support/one-trial.js';
import { outside } from '../support/trial-acts.js';
import { startApi, type TestApi } from './support.js';
import { register, standStill } from './trial-by-hand.js';

// Seven trials, read on Monday 16 November 2026. Days from filing to decision are counted by hand on the calendar of 2026:
//   completed   AI, enterprise A: filed 6 July, decided 20 July (10 days), reported in time, completed on 9 November; two rules should change
//   withdrawn   drone, A too: filed 6 July, decided 27 July (15 days), left on 5 October; one incident, minor, reported in time
//   held        drone, B, reporting every month: filed 3 August, decided 17 August (10 days); a hold of 7 September that nobody confirmed, one of 13 November that is open
//   revoked     drone, B too: filed 3 August, decided 17 August (10 days); a critical incident reported late, its hold confirmed; revoked on 1 October
//   expired     drone, C: filed 3 August, decided 17 August (10 days) for two months, over on 17 October without a final report
//   refused     AI, D: filed 7 September, refused on 21 September (10 days)
//   admission   drone, E: filed on 2 November, nothing decided
const { drone, ai } = exampleTrials;
const of = (filing: SandboxFiling, enterprise: string): SandboxFiling => ({
  ...filing,
  applicant: { ...filing.applicant, registrationNumber: `031999900${enterprise}` },
});
const story = (
  filing: SandboxFiling,
  enterprise: string,
  filed: string,
  decided: string,
  months = 12,
  every = 3,
): OneTrial =>
  new OneTrial(`${filed} 09:00`, {
    filing: of(filing, enterprise),
    terms: { months, reportEvery: { amount: every, unit: 'month' } },
  }).at(`${decided} 09:00`);

const lesson = (act: string, article: string) => ({ act, article, change: 'cho phép' });

function completed(): OneTrial {
  const one = story(ai, 'A', '2026-07-06', '2026-07-20').start().settle('2026-10-25 09:00');
  one.act(participant, { type: 'fileTrialReport', duty: null, documentId: null, figures: { patients: 40 } });
  const lessons = [lesson('Luật A', 'Điều 1'), lesson('Luật B', 'Điều 2')];
  one.at('2026-11-02 09:00').act(participant, { type: 'fileFinalReport', documentId: null, lessons, figures: {} });
  one.work().at('2026-11-09 09:00').complete('completion', { outcome: 'completed', reason: 'đạt' });
  one.engine({ type: 'certifyCompletion' });
  return one;
}

function incident(one: OneTrial, when: string, known: string, severity: 'minor' | 'critical'): OneTrial {
  const [happenedAt, knownAt] = [known, known].map((text) => new OneTrial(text).now);
  const told = { severity, happenedAt: happenedAt ?? '', knownAt: knownAt ?? '', description: 'rơi', documentId: null };
  one.at(when).act(participant, { type: 'reportIncident', incident: null, ...told });
  return one.work();
}

function withdrawn(): OneTrial {
  const one = story(drone, 'A', '2026-07-06', '2026-07-27').start();
  incident(one, '2026-08-11 09:00', '2026-08-10 09:00', 'minor');
  one.at('2026-10-05 09:00').act(participant, { type: 'endTrial', ending: 'withdrawn', reason: 'hết vốn' });
  return one;
}

function held(): OneTrial {
  const one = story(drone, 'B', '2026-08-03', '2026-08-17', 12, 1).start();
  one.at('2026-09-07 09:00').measure({ limit: 'altitude', value: 230 });
  one.settle('2026-11-13 09:00').measure({ limit: 'test-area', value: outside });
  return one.work();
}

function revoked(): OneTrial {
  const one = story(drone, 'B', '2026-08-03', '2026-08-17').start();
  // Known on a Monday, told the Friday after: later than any regime allows.
  incident(one, '2026-09-11 09:00', '2026-09-07 09:00', 'critical');
  one.complete('hold/H1', { outcome: 'confirm', reason: 'nguy hiểm' });
  one
    .at('2026-10-01 09:00')
    .act(head(one.trial.authority), { type: 'endTrial', ending: 'revoked', reason: 'nguy hiểm' });
  return one;
}

const expired = () => story(drone, 'C', '2026-08-03', '2026-08-17', 2).start().settle('2026-11-13 09:00');

const refused = () =>
  story(ai, 'D', '2026-09-07', '2026-09-21').appraise().evaluate().deliberate().decide('refuse', 'chưa sẵn sàng');

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await standStill(api);
  for (const one of [completed(), withdrawn(), held(), revoked(), expired(), refused()]) await register(api, one);
  await register(api, story(drone, 'E', '2026-11-02', '2026-11-09').appraise());
  await projected(api.deps);
});
afterAll(() => api.close());

const read = async (query = '') => {
  const as = 'leader.hcmc-committee';
  const { status, body } = await api.call<Record<string, unknown>>('GET', `/dashboard/sandbox${query}`, { as });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

const ended = { completed: 0, failed: 0, revoked: 0, withdrawn: 0, expired: 0 };

describe('the leaders’ view of the sandbox', () => {
  it('counts both wordings of the indicator: enterprises that registered and dossiers that were filed', async () => {
    expect(await read()).toMatchObject({
      dataAgeSeconds: 0,
      period: { from: null, to: '2026-11-16' },
      indicator: { enterprisesRegistered: 3, dossiersFiled: 7, modelsTested: 1 },
      trials: {
        dossiersFiled: 7,
        enterprisesFiled: 5,
        trialsAdmitted: 5,
        enterprisesAdmitted: 3,
        refused: 1,
        withdrawnBefore: 0,
        ended: { ...ended, completed: 1, withdrawn: 1, revoked: 1, expired: 1 },
        // 10 10 10 10 10 15
        daysToDecision: { n: 6, mean: 10.8333, median: 10, p90: 15 },
      },
      now: { inAdmission: 1, admitted: 0, running: 0, held: 1, suspended: 0, inAssessment: 0 },
    });
  });

  it('counts holds, incidents and reports where they happened', async () => {
    const { holds, incidents } = await read();
    expect(holds).toEqual({ placed: 3, open: 1, confirmed: 1, lifted: 0, unconfirmed: 1 });
    expect(incidents).toMatchObject({ minor: 1, serious: 0, critical: 1, late: 1 });
    const { reports, now } = await read();
    // Of `completed` one was due on 29 October and came on the 25th; of `held` those of 26 September and 26 October have not come; of `expired` the final report
    // of 2 October never came, and cannot any more. The others had left before anything was due.
    expect(reports).toEqual({ due: 4, inTime: 1, late: 3 });
    expect(now).toMatchObject({ reportsOverdue: 2 });
  });

  it('counts the rules that trials say should change', async () => {
    expect((await read())['lessons']).toEqual([
      { act: 'Luật A', article: 'Điều 1', trials: 1 },
      { act: 'Luật B', article: 'Điều 2', trials: 1 },
    ]);
  });

  it('counts what happened in a period by its own day', async () => {
    // From August on: five filed, three of them admitted, two that were admitted in July have ended since.
    expect(await read('?from=2026-08-01&to=2026-10-31')).toMatchObject({
      indicator: { enterprisesRegistered: 2, dossiersFiled: 4, modelsTested: 0 },
      trials: {
        trialsAdmitted: 3,
        refused: 1,
        ended: { ...ended, withdrawn: 1, revoked: 1, expired: 1 },
        daysToDecision: { n: 4, mean: 10 },
      },
      holds: { placed: 2, unconfirmed: 1, confirmed: 1, open: 1 },
      incidents: { minor: 1, critical: 1 },
      lessons: [],
    });
    expect(await read('?to=2026-07-31')).toMatchObject({
      indicator: { enterprisesRegistered: 1, dossiersFiled: 2, modelsTested: 0 },
      trials: { ended, daysToDecision: { n: 2, mean: 12.5 } },
    });
  });

  it('tells regimes and fields apart, and filters by them', async () => {
    const found = await read();
    expect(found['byRegime']).toMatchObject([
      { regime: 'ai-decree-142-2026-level-2', dossiersFiled: 2, trialsAdmitted: 1, enterprisesAdmitted: 1, refused: 1 },
      { regime: 'hcmc-res-20-2024-uav', dossiersFiled: 5, trialsAdmitted: 4, enterprisesAdmitted: 3, now: { held: 1 } },
    ]);
    expect((found['byField'] as { field: string }[]).map(({ field }) => field)).toEqual(
      [ai.solution.field, 'uav'].sort(),
    );
    expect(await read('?field=uav')).toMatchObject({
      indicator: { enterprisesRegistered: 3, dossiersFiled: 5, modelsTested: 0 },
      holds: { placed: 3 },
      lessons: [],
    });
    expect(await read('?regime=hcmc-general')).toMatchObject({
      indicator: { enterprisesRegistered: 0, dossiersFiled: 0, modelsTested: 0 },
      trials: { daysToDecision: { n: 0, mean: null } },
      byRegime: [],
    });
  });

  it('names nobody, refuses a period that ends before it begins, and is not for investors', async () => {
    expect(JSON.stringify(await read())).not.toMatch(/031999900|investor\.|officer\.|LX-/);
    const { status } = await api.call('GET', '/dashboard/sandbox?from=2026-09-01&to=2026-08-01', {
      as: 'leader.hcmc-committee',
    });
    expect(status).toBe(422);
    expect((await api.call('GET', '/dashboard/sandbox', { as: 'investor.besi' })).status).toBe(403);
  });
});
