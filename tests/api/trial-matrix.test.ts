import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowedIn, isAllowed, type Phase, phases, type TrialAct } from '../../domain/case/trial/phases.js';
import { dateOf, instantAfter } from '../../domain/time/instants.js';
import { type OneTrial } from '../support/one-trial.js';
import { findingsFor, inside, termsFor } from '../support/trial-acts.js';
import { type Answer, startApi, type TestApi } from './support.js';
import { investor, newKey, now, register, type RegisteredTrial, standing, standStill } from './trial-by-hand.js';

type Try = (trial: RegisteredTrial) => Promise<Answer<{ code: string; details?: Record<string, unknown> }>>;

let api: TestApi;
const shared = new Map<Phase, Promise<RegisteredTrial>>();

beforeAll(async () => {
  api = await startApi();
  await standStill(api);
});
afterAll(() => api.close());

const reason = 'vì lý do đã nêu';
const evaluator = 'officer.dost.1';
const head = 'head.hcmc-committee';
const secretary = 'officer.dost.2';
const seats = ['expert.1', 'expert.2', 'expert.3'];

/** The open task of that step; of any task of the case where there is none, so that the phase alone is what is refused. */
async function taskOf({ code }: RegisteredTrial, step: string): Promise<string> {
  const { rows } = await api.pool.query<{ id: string }>(
    `select id from task where case_code = $1 order by (step = $2 and status in ('open', 'claimed')) desc nulls last, id limit 1`,
    [code, step],
  );
  return rows[0]?.id ?? `${code}.1`;
}

/** Every act as whoever may do it would do it over HTTP, right in everything but perhaps the phase. */
const tries: Readonly<Record<TrialAct, Try>> = {
  proposeTerms: async (trial) => {
    const { law } = api.deps.law.current();
    const { limits, ...terms } = termsFor(law, await trial.state());
    const bare = limits.map(({ source: _source, ...limit }) => limit);
    const body = { taskId: await taskOf(trial, 'evaluation'), criteria: findingsFor(law) };
    return trial.post('terms', evaluator, { ...body, terms: { ...terms, limits: bare } });
  },
  conveneCouncil: async (trial) => {
    const members = seats.map((person, i) => ({ person, role: i === 0 ? 'chair' : 'member' }));
    const meetsAt = instantAfter(now, 24);
    return trial.post('council', secretary, { taskId: await taskOf(trial, 'council'), members, meetsAt });
  },
  openCouncil: async (trial) =>
    trial.post('council/opening', secretary, { taskId: await taskOf(trial, 'council'), present: seats }),
  castVote: (trial) => trial.post('council/votes', 'expert.1', { vote: 'for' }),
  recordPermit: (trial) => trial.post('permits', investor, { permit: 'flight-permission', number: '12/GP-TC' }),
  registerKey: (trial) => trial.post('keys', investor, { keyId: 'key-2', publicKey: newKey() }),
  submitMetrics: async (trial) => {
    const { field } = await trial.state();
    const reading = field === 'uav' ? { limit: 'test-area', value: inside } : { limit: 'users', value: 7 };
    return trial.send(trial.batchOf([reading]));
  },
  fileReport: (trial) => trial.post('reports', investor, { figures: { flights: 12 } }),
  reportIncident: (trial) =>
    trial.post('incidents', investor, {
      severity: 'serious',
      happenedAt: instantAfter(now, -2),
      knownAt: instantAfter(now, -1),
      description: 'rơi xuống bãi cỏ',
    }),
  recordVisit: (trial) => trial.post('visits', head, { on: dateOf(now), result: 'in-order', findings: 'đúng hồ sơ' }),
  requestAdjustment: (trial) => trial.post('adjustments', investor, { limits: [{ code: 'users', max: 1500 }], reason }),
  requestExtension: (trial) => trial.post('extension', investor, { months: 2, reason }),
  requestResumption: (trial) => trial.post('resumption', investor, { reason }),
  suspend: (trial) => trial.post('suspension', head, { reason }),
  resume: (trial) => trial.post('resumption', head, { reason }),
  fileFinalReport: (trial) =>
    trial.post('final-report', investor, {
      lessons: [{ act: 'Luật A', article: 'Điều 1', change: 'cho bay đêm' }],
      figures: { flights: 900 },
    }),
  withdraw: (trial) => trial.post('termination', investor, { reason }),
  revoke: (trial) => trial.post('termination', head, { reason }),
};

/** Who tries; null: a device. */
const who: Readonly<Record<TrialAct, string | null>> = {
  proposeTerms: evaluator,
  conveneCouncil: secretary,
  openCouncil: secretary,
  castVote: 'expert.1',
  recordPermit: investor,
  registerKey: investor,
  submitMetrics: null,
  fileReport: investor,
  reportIncident: investor,
  recordVisit: head,
  requestAdjustment: investor,
  requestExtension: investor,
  requestResumption: investor,
  suspend: head,
  resume: head,
  fileFinalReport: investor,
  withdraw: investor,
  revoke: head,
};

/** In its admission a trial has stations of its own: the acts there follow each other. */
const stations: Partial<Record<TrialAct, () => OneTrial>> = {
  proposeTerms: () => {
    const one = standing.admission();
    one.evaluating();
    return one;
  },
  conveneCouncil: () => standing.admission().evaluate().deliberating(),
  openCouncil: () => standing.admission().evaluate().convene(),
  castVote: () => {
    const one = standing.admission().evaluate().convene();
    const { id: taskId, claimedBy } = one.task('step/council');
    if (claimedBy === null) throw new Error('nobody holds the council');
    one.at(instantAfter(one.now, 24));
    one.act(
      { kind: 'person', id: claimedBy, role: 'officer', agency: 'dost' },
      { type: 'openCouncil', taskId, present: seats },
    );
    return one;
  },
};

/** Where there is nobody who could try: no key of it is registered before a trial is admitted, and the regime of the one in transition has no council. */
const nobody: Readonly<Record<string, object>> = {
  'admission: submitMetrics': { status: 401, body: { code: 'METRICS_SIGNATURE_INVALID' } },
  'transition: castVote': { status: 403, body: { code: 'CASE_NOT_YOURS' } },
};

const inPhase = (phase: Phase): Promise<RegisteredTrial> => {
  const known = shared.get(phase) ?? register(api, standing[phase]());
  shared.set(phase, known);
  return known;
};

const acts = Object.keys(allowedIn) as TrialAct[];
const fields = phases.flatMap((phase) => acts.map((act): [Phase, TrialAct] => [phase, act]));
const allowed = fields.filter(([phase, act]) => isAllowed(act, phase));
const refused = fields.filter(([phase, act]) => !isAllowed(act, phase));

describe('every act in every phase', () => {
  it.each(phases)('finds a trial %s', async (phase) => {
    const trial = await inPhase(phase);
    expect((await trial.get<{ phase: string }>()).body.phase).toBe(phase);
  });

  it.each(allowed)('%s: %s is done', async (phase, act) => {
    const trial = await register(api, (stations[act] ?? standing[phase])());
    const { seq } = await trial.state();
    const as = who[act];
    if (as !== null) expect((await trial.view(as)).may).toContain(act);
    const answer = await tries[act](trial);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect((await trial.state()).seq).toBeGreaterThan(seq);
  });

  it.each(refused)('%s: %s is refused', async (phase, act) => {
    const trial = await inPhase(phase);
    const { seq } = await trial.state();
    const exception = nobody[`${phase}: ${act}`];
    const as = who[act];
    if (as !== null && !exception) expect((await trial.view(as)).may).not.toContain(act);
    const { status, body } = await tries[act](trial);
    const wanted = exception ?? {
      status: 409,
      body: { code: 'PRECONDITION_FAILED', details: { phase } },
    };
    expect({ status, body }).toMatchObject(wanted);
    expect((await trial.state()).seq).toBe(seq);
  });
});
