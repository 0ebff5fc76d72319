import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../domain/case/task/commands.js';
import { allTasks, type TaskState } from '../../../domain/case/task/state.js';
import type { Actor } from '../../../domain/case/events.js';
import type { Condition } from '../../../domain/case/consultation/words.js';
import type { TaskRole } from '../../../domain/case/task/words.js';
import { foldCase } from '../../../domain/case/fold.js';
import { caseScope, consultationScope, procedureScope } from '../../../domain/case/scope.js';
import { exampleProjects } from '../../../seeds/index.js';
import { Asked, code, first, head, irc, lead, officer } from '../../support/asked.js';
import { at, MemoryRegister, person, refusalOf, seededLaw } from '../../support/memory-register.js';

const second = consultationScope(irc, 2);
const limits = (value: string): Condition => ({ subject: 'waste-water', direction: 'limits', value });
const requires = (value: string): Condition => ({ subject: 'waste-water', direction: 'requires', value });
const contradiction = 'conditions/waste-water/dost/dpa';

/** … both answered on Wednesday and contradict each other; the conference sits. */
function conferring(): Asked {
  const register = new Asked();
  register.dost('2026-07-08 09:00', 'agree-with-conditions', limits('400'));
  register.dpa('2026-07-08 10:00', 'agree-with-conditions', requires('500'));
  register.confer('2026-07-08 10:00');
  return register;
}

const decision = (change: Partial<Completion> = {}): Completion => ({
  outcome: 'decide',
  resolutions: [{ issue: contradiction, upholds: 'dost' }],
  reason: 'Trạm xử lý của khu không nhận quá 400 m³',
  ...change,
});

describe('a conference', () => {
  it('opens when the last answer counts and opinions contradict each other, at the lead agency, with a date of its own', () => {
    const register = conferring();
    expect(register.consultation().conference).toMatchObject({
      issues: [{ id: contradiction, agencies: ['dost', 'dpa'] }],
      chair: 'shtp-board',
      dueDate: '2026-07-13',
      decidedAt: null,
    });
    expect(register.task('conference')).toMatchObject({ agency: 'shtp-board', role: 'head', dueDate: '2026-07-13' });
    expect(refusalOf(() => register.close('2026-07-08 10:01'))).toBe('PRECONDITION_FAILED');
  });

  it('leaves the statutory clock running', () => {
    expect(conferring().state.procedures[irc]?.ledger.map(({ type }) => type)).toEqual(['start']);
  });

  it('is not there while an answer is missing, and not where nothing contradicts', () => {
    const register = new Asked();
    register.dost('2026-07-08 09:00', 'object');
    expect(refusalOf(() => register.confer('2026-07-08 09:01'))).toBe('PRECONDITION_FAILED');
    const agreed = new Asked();
    agreed.dost('2026-07-08 09:00', 'agree-with-conditions', limits('400'));
    agreed.dpa('2026-07-08 10:00', 'agree-with-conditions', requires('400'));
    agreed.settle('2026-07-08 10:00');
    const before = agreed.events.length;
    agreed.confer('2026-07-08 10:00');
    expect(agreed.events.length).toBe(before);
    agreed.close('2026-07-08 10:00');
    expect(agreed.last('consultationClosed')).toMatchObject({ conditional: 2, objected: 0 });
  });

  it('asked for again changes nothing', () => {
    const register = conferring();
    register.settle('2026-07-09 10:00');
    const before = register.events.length;
    register.confer('2026-07-09 10:00');
    expect(register.events.length).toBe(before);
  });

  it('is decided by the chair issue by issue, its words kept beside the events; then the consultation closes', () => {
    const register = conferring();
    register.complete(
      'conference',
      head,
      '2026-07-09 15:00',
      decision({ dissent: [{ agency: 'dpa', reason: 'quá ít' }] }),
    );
    const { conference } = register.consultation();
    expect(conference).toMatchObject({
      resolutions: [{ issue: contradiction, upholds: 'dost' }],
      dissent: [{ agency: 'dpa' }],
      decidedAt: at('2026-07-09 15:00'),
    });
    expect(JSON.stringify(register.events)).not.toMatch(/Trạm xử lý|quá ít/);
    expect(new Set([conference?.reason?.id, conference?.dissent[0]?.reason.id]).size).toBe(2);
    register.close('2026-07-09 15:01');
    expect(register.state.procedures[irc]?.steps['opinions']?.outcome).toBe('joined');
    expect(foldCase(code, register.events)).toEqual(register.state);
  });

  it('may find a middle way in words', () => {
    const register = conferring();
    register.complete(
      'conference',
      head,
      '2026-07-09 15:00',
      decision({ resolutions: [{ issue: contradiction, upholds: null }] }),
    );
    register.close('2026-07-09 15:01');
    expect(register.consultation().closedAt).not.toBeNull();
  });

  it.each<[string, Partial<Completion>, string]>([
    ['another outcome', { outcome: 'done' }, 'VALIDATION_FAILED'],
    ['an issue left open', { resolutions: [] }, 'VALIDATION_FAILED'],
    [
      'an issue settled twice',
      {
        resolutions: [
          { issue: contradiction, upholds: 'dost' },
          { issue: contradiction, upholds: null },
        ],
      },
      'VALIDATION_FAILED',
    ],
    [
      'an issue that is not on the agenda',
      { resolutions: [{ issue: 'objection/dpa', upholds: null }] },
      'UNKNOWN_VALUE',
    ],
    [
      'an agency that took no part in the issue',
      { resolutions: [{ issue: contradiction, upholds: 'doc' }] },
      'UNKNOWN_VALUE',
    ],
    ['no reason', { reason: '   ' }, 'VALIDATION_FAILED'],
    ['dissent of an agency that was not heard', { dissent: [{ agency: 'doc', reason: 'x' }] }, 'UNKNOWN_VALUE'],
    ['dissent without words', { dissent: [{ agency: 'dpa', reason: ' ' }] }, 'VALIDATION_FAILED'],
    [
      'the same dissent twice',
      {
        dissent: [
          { agency: 'dpa', reason: 'x' },
          { agency: 'dpa', reason: 'y' },
        ],
      },
      'VALIDATION_FAILED',
    ],
  ])('refuses %s, and nothing is half-written', (_what, change, refusal) => {
    const register = conferring();
    register.settle('2026-07-09 15:00');
    const before = register.events.length;
    expect(refusalOf(() => register.complete('conference', head, '2026-07-09 15:00', decision(change)))).toBe(refusal);
    expect(register.events.length).toBe(before);
  });

  it('is no officer’s to decide', () => {
    expect(refusalOf(() => conferring().complete('conference', lead, '2026-07-09 15:00', decision()))).toBe(
      'FORBIDDEN',
    );
  });
});

describe('the answer of an agency', () => {
  it('with conditions that contradict themselves is refused; nothing of it is kept', () => {
    const register = new Asked();
    register.settle('2026-07-08 09:00');
    const before = register.state;
    const both = () => register.dost('2026-07-08 09:00', 'agree-with-conditions', limits('9'), requires('10'));
    expect(refusalOf(both)).toBe('CONDITIONS_CONTRADICT');
    expect(register.state).toEqual(before);
    expect(
      refusalOf(() => register.dpa('2026-07-08 09:00', 'agree-with-conditions', limits('9'), requires('10'))),
    ).toBe('CONDITIONS_CONTRADICT');
  });

  it('by its system is taken in its own words where we do not know the subject, and then conflicts with nobody', () => {
    const register = new Asked();
    register.dost('2026-07-08 09:00', 'agree-with-conditions', {
      subject: 'other',
      direction: 'forbids',
      value: 'fire-lane',
    });
    register.dpa('2026-07-08 10:00', 'agree-with-conditions', { subject: 'fire-lane', direction: 'requires' });
    expect(register.opinion('dpa')?.conditions).toMatchObject([
      { subject: 'other', direction: 'requires', value: { id: expect.any(String) as string } },
    ]);
    register.confer('2026-07-08 10:00');
    register.close('2026-07-08 10:00');
    expect(register.consultation()).toMatchObject({ conference: null, closedAt: at('2026-07-08 10:00') });
  });
});

/** … Science stayed silent, Planning agreed; the assessment began on Saturday's join and was done on Monday, when Science objects after all. */
function lateObjection(): Asked {
  const register = new Asked();
  register.dpa('2026-07-08 10:00', 'agree');
  register.settle('2026-07-11 00:00');
  register.close('2026-07-11 00:00');
  register.ask(irc, '2026-07-11 00:00', 'step/assessment', 'step', 'shtp-board', 'officer');
  register.complete('step/assessment', officer('shtp-board'), '2026-07-13 09:00', { outcome: 'done' });
  register.ask(irc, '2026-07-13 09:00', 'step/decision', 'step', 'shtp-board', 'head');
  register.dost('2026-07-13 10:00', 'object');
  return register;
}

describe('a late answer', () => {
  it('is kept as late and changes nothing by itself', () => {
    const register = lateObjection();
    expect(register.opinion('dost')).toMatchObject({ status: 'lapsed', late: true, position: 'object' });
    expect(register.task('step/decision').status).toBe('open');
  });

  it('that the lead weighs has the step done anew with everything that was said, silence included, and opens a conference', () => {
    const register = lateObjection();
    register.reopen('2026-07-13 11:00');
    expect(register.task('step/decision').status).toBe('cancelled');
    expect(register.state.procedures[irc]?.steps).toMatchObject({
      opinions: { completedAt: null, round: 2 },
      assessment: { completedAt: null, round: 2 },
    });
    register.consult('2026-07-13 11:01');
    expect(register.opinion('dost', second)).toMatchObject({
      status: 'given',
      late: true,
      position: 'object',
      dueDate: '2026-07-10',
    });
    expect(register.opinion('dpa', second)).toMatchObject({
      status: 'given',
      late: false,
      position: 'agree',
      answeredAt: at('2026-07-08 10:00'),
    });
    register.confer('2026-07-13 11:02', second);
    expect(register.consultation(second).conference?.issues.map(({ id }) => id)).toEqual(['objection/dost']);
    const resolutions = [{ issue: 'objection/dost', upholds: null }];
    register.complete('conference', head, '2026-07-14 09:00', decision({ resolutions }));
    register.close('2026-07-14 09:01', second);
    expect(register.last('consultationClosed')).toMatchObject({ n: 2, agreed: 1, objected: 1, silent: 0 });
    register.ask(irc, '2026-07-14 09:02', 'step/assessment#2', 'step', 'shtp-board', 'officer');
    expect(foldCase(code, register.events)).toEqual(register.state);
  });

  it('of another agency, given after the step began anew, is kept in the new round and may be weighed there', () => {
    const register = new Asked();
    register.settle('2026-07-11 00:00');
    register.close('2026-07-11 00:00');
    register.dost('2026-07-11 10:00', 'agree');
    register.reopen('2026-07-11 11:00');
    register.consult('2026-07-11 11:01');
    expect(register.opinion('dpa', second)).toMatchObject({ status: 'lapsed', position: null });
    register.close('2026-07-11 11:02', second);
    register.dpa('2026-07-12 10:00', 'object');
    register.dpa('2026-07-12 10:00', 'object');
    expect(register.opinion('dpa', second)).toMatchObject({ status: 'lapsed', late: true, position: 'object' });
    expect(register.opinion('dpa')?.position).toBeNull();
    register.reopen('2026-07-13 10:00', lead, 'dpa', second);
    register.consult('2026-07-13 10:01');
    const third = consultationScope(irc, 3);
    expect(register.opinion('dpa', third)?.status).toBe('given');
    expect(register.opinion('dost', third)).toMatchObject({ status: 'given', position: 'agree' });
    expect(foldCase(code, register.events)).toEqual(register.state);
  });

  it('that comes while others are still asked counts in place once the lead weighs it', () => {
    const register = new Asked();
    register.settle('2026-07-11 00:00');
    register.dost('2026-07-11 10:00', 'object');
    register.reopen('2026-07-11 11:00');
    expect(register.opinion('dost')).toMatchObject({ status: 'given', late: true });
    expect(register.state.procedures[irc]?.steps['opinions']?.round).toBe(1);
    expect(refusalOf(() => register.close('2026-07-11 11:01'))).toBe('PRECONDITION_FAILED');
    register.confer('2026-07-11 11:01');
    expect(register.consultation().conference?.issues).toHaveLength(1);
  });

  it('that is weighed while the conference sits adds to its agenda, not to its time; what was not heard cannot be left out', () => {
    const register = new Asked();
    register.dpa('2026-07-08 10:00', 'object');
    register.settle('2026-07-11 00:00');
    register.confer('2026-07-11 00:00');
    const dueDate = register.consultation().conference?.dueDate;
    register.dost('2026-07-13 10:00', 'object');
    register.reopen('2026-07-13 11:00');
    const resolutions = [{ issue: 'objection/dpa', upholds: null }];
    expect(refusalOf(() => register.complete('conference', head, '2026-07-13 12:00', decision({ resolutions })))).toBe(
      'STALE',
    );
    register.confer('2026-07-13 12:01');
    expect(register.consultation().conference).toMatchObject({
      dueDate,
      openedAt: at('2026-07-11 00:00'),
      issues: [{ id: 'objection/dost' }, { id: 'objection/dpa' }],
    });
    expect(Object.values(register.consultation().tasks).filter(({ kind }) => kind === 'conference')).toHaveLength(1);
  });

  it('may be weighed once, by the lead agency, with a reason, before the decision, and only if it is late', () => {
    expect(refusalOf(() => lateObjection().reopen('2026-07-13 11:00', officer('dost')))).toBe('FORBIDDEN');
    expect(refusalOf(() => lateObjection().reopen('2026-07-13 11:00', lead, 'dpa'))).toBe('PRECONDITION_FAILED');
    expect(refusalOf(() => lateObjection().reopen('2026-07-13 11:00', lead, 'doc'))).toBe('NOT_FOUND');
    const blank = { type: 'reopenConsultation', consultation: first, agency: 'dost', reason: ' ' } as const;
    expect(refusalOf(() => lateObjection().act(lead, at('2026-07-13 11:00'), blank))).toBe('VALIDATION_FAILED');
    const twice = lateObjection();
    twice.reopen('2026-07-13 11:00');
    expect(refusalOf(() => twice.reopen('2026-07-13 11:01'))).toBe('PRECONDITION_FAILED');
    const recused = lateObjection();
    recused.act(lead, at('2026-07-13 10:30'), { type: 'declareInterest', reason: 'my brother works there' });
    expect(refusalOf(() => recused.reopen('2026-07-13 11:00'))).toBe('ACTOR_RECUSED');
    const decided = lateObjection();
    decided.complete('step/decision', head, '2026-07-13 11:00', { outcome: 'approve' });
    expect(refusalOf(() => decided.reopen('2026-07-13 12:00'))).toBe('ANSWER_TOO_LATE');
  });
});

/** CMC in the standard pathway: nine bodies are asked about its investment policy, after an officer sent the dossier out; the police’s silence is the lead’s to decide. */
function askedOfNine(law = seededLaw) {
  const register = new MemoryRegister(code, law);
  const policy = procedureScope(code, 'investment-policy-park', 1);
  const [scope, again] = [consultationScope(policy, 1), consultationScope(policy, 2)];
  const { project } = exampleProjects.cmc;
  const nearTheBase = { ...project, defenceSensitiveArea: true };
  register.open({ ...exampleProjects.cmc, project: nearTheBase }, at('2026-07-06 09:00'), 'standard');
  register.engine(caseScope(code), at('2026-07-06 09:00'), {
    type: 'openProcedure',
    procedure: 'investment-policy-park',
  });
  const tasks = (key: string) => [...allTasks(register.state)].filter((task) => task.key === key);
  const ask = (on: string, when: string, key: string, kind: TaskState['kind'], agency: string, role: TaskRole) => {
    const step = key.startsWith('step/') ? (key.slice(5).split('#')[0] ?? null) : null;
    register.engine(on, at(when), { type: 'openTask', key, kind, agency, role, step });
  };
  const complete = (key: string, actor: Actor, when: string, completion: Completion) =>
    register.act(actor, at(when), {
      type: 'completeTask',
      taskId: tasks(key).at(-1)?.id ?? '',
      completion,
    });
  const { documents, steps } = register.law.procedureVersion(
    'investment-policy-park',
    register.state.procedures[policy]?.version ?? '',
    register.state.facts,
  );
  register.act(person('investor.test', 'investor'), at('2026-07-06 09:05'), {
    type: 'fileDossier',
    procedure: 'investment-policy-park',
    documents: [{ code: documents[0]?.code ?? '', documentId: 'doc-1', obtainedFrom: null }],
  });
  ask(policy, '2026-07-06 09:05', 'intake/1', 'intake', 'hcmc-pasc', 'receiving-officer');
  complete('intake/1', person('receiving.1', 'receiving-officer', 'hcmc-pasc'), '2026-07-06 10:00', {
    outcome: 'receive',
  });
  for (const { code: step } of steps.filter(({ kind, dependsOn }) => kind === 'automatic' && dependsOn.length === 0)) {
    const done = { type: 'completeStep', step, outcome: 'complete', by: 'system', reference: null } as const;
    register.engine(policy, at('2026-07-06 10:01'), done);
  }
  const send = (when: string, key: string) => {
    ask(policy, when, key, 'step', 'shtp-board', 'officer');
    complete(key, lead, when, { outcome: 'done' });
    register.engine(policy, at(when), { type: 'openConsultation', step: 'opinions' });
  };
  send('2026-07-06 11:00', 'step/send-for-opinions');
  return { register, policy, scope, again, tasks, ask, complete, send, steps };
}

describe('an escalated silence', () => {
  it('is no longer the lead’s to decide once the late answer is weighed', () => {
    const { register, scope, tasks, ask, complete } = askedOfNine();
    ask(scope, '2026-07-06 11:00', 'opinion/city-military', 'opinion', 'city-military', 'officer');
    register.act({ kind: 'clock' }, at('2026-08-06 11:00'), { type: 'settle' });
    ask(scope, '2026-08-06 11:00', 'silence/city-military', 'silence', 'shtp-board', 'officer');
    complete('opinion/city-military', officer('city-military'), '2026-08-07 09:00', {
      outcome: 'object',
      legalBasis: 'x',
      reason: 'x',
    });
    expect(register.state.consultations[scope]?.opinions['city-military']?.status).toBe('escalated');
    register.act(lead, at('2026-08-07 10:00'), {
      type: 'reopenConsultation',
      consultation: scope,
      agency: 'city-military',
      reason: 'it concerns the radar',
    });
    expect(register.state.consultations[scope]?.opinions['city-military']?.status).toBe('given');
    expect(tasks('silence/city-military').map(({ status }) => status)).toEqual(['cancelled']);
  });
});

describe('work that is sent back', () => {
  it('has the agencies asked anew: nothing of the old answers stands, and what is left of the old question closes', () => {
    const { register, scope, again, policy, tasks, ask, complete, send, steps } = askedOfNine();
    ask(scope, '2026-07-06 11:00', 'opinion/dost', 'opinion', 'dost', 'officer');
    ask(scope, '2026-07-06 11:00', 'opinion/doc', 'opinion', 'doc', 'officer');
    complete('opinion/doc', officer('doc'), '2026-07-07 09:00', { outcome: 'agree' });
    register.act({ kind: 'clock' }, at('2026-07-31 11:00'), { type: 'settle' });
    for (const agency of ['city-military', 'city-police']) {
      ask(scope, '2026-07-31 11:00', `silence/${agency}`, 'silence', 'shtp-board', 'officer');
      complete(`silence/${agency}`, lead, '2026-07-31 12:00', { outcome: 'treat-as-agreed', reason: 'x' });
    }
    register.engine(scope, at('2026-07-31 12:00'), { type: 'closeConsultation' });
    const next = steps.find(({ kind, dependsOn }) => kind === 'officer' && dependsOn.includes('opinions'))?.code ?? '';
    ask(policy, '2026-07-31 12:00', `step/${next}`, 'step', 'shtp-board', 'officer');
    const taskId = tasks(`step/${next}`)[0]?.id ?? '';
    register.act(lead, at('2026-07-31 13:00'), { type: 'claimTask', taskId });
    const back = { step: 'send-for-opinions', items: ['the map'], reason: 'wrong lot' };
    register.act(lead, at('2026-07-31 13:00'), { type: 'returnTask', taskId, ...back });
    send('2026-08-03 09:00', 'step/send-for-opinions#2');
    const asked = Object.values(register.state.consultations[again]?.opinions ?? {});
    expect(asked).toHaveLength(9);
    expect(
      asked.every(({ status, position, lapsed }) => status === 'asked' && position === null && lapsed === null),
    ).toBe(true);
    expect(tasks('opinion/dost').map(({ status }) => status)).toEqual(['cancelled']);
    expect(register.state.consultations[scope]?.opinions['doc']?.position).toBe('agree');
  });

  it('while agencies are still asked ends the old question without an answer', () => {
    // A step beside the opinions that rests on the same work.
    const beside = <R extends ReturnType<typeof seededLaw.procedureAt>>(resolved: R): R => ({
      ...resolved,
      steps: resolved.steps.map((step) =>
        step.kind === 'officer' && step.dependsOn.includes('opinions')
          ? { ...step, dependsOn: ['send-for-opinions'] }
          : step,
      ),
    });
    const { register, scope, policy, again, tasks, ask, complete, send, steps } = askedOfNine({
      ...seededLaw,
      procedureAt: (...of) => beside(seededLaw.procedureAt(...of)),
      procedureVersion: (...of) => beside(seededLaw.procedureVersion(...of)),
    });
    ask(scope, '2026-07-06 11:00', 'opinion/dost', 'opinion', 'dost', 'officer');
    ask(scope, '2026-07-06 11:00', 'opinion/doc', 'opinion', 'doc', 'officer');
    complete('opinion/doc', officer('doc'), '2026-07-06 15:00', { outcome: 'object', legalBasis: 'x', reason: 'x' });
    const next =
      steps.find(({ kind, dependsOn }) => kind === 'officer' && dependsOn.includes('send-for-opinions'))?.code ?? '';
    ask(policy, '2026-07-06 16:00', `step/${next}`, 'step', 'shtp-board', 'officer');
    const taskId = tasks(`step/${next}`)[0]?.id ?? '';
    register.act(lead, at('2026-07-06 16:00'), { type: 'claimTask', taskId });
    const back = { step: 'send-for-opinions', items: ['the map'], reason: 'wrong lot' };
    register.act(lead, at('2026-07-06 16:00'), { type: 'returnTask', taskId, ...back });
    send('2026-07-06 17:00', 'step/send-for-opinions#2');
    expect(register.state.consultations[scope]?.closedAt).toBe(at('2026-07-06 17:00'));
    expect(register.state.procedures[policy]?.steps['opinions']).toMatchObject({ round: 2, completedAt: null });
    expect(register.state.consultations[again]?.opinions['doc']?.status).toBe('asked');
    expect(tasks('opinion/dost').map(({ status }) => status)).toEqual(['cancelled']);
    expect(foldCase(code, register.events)).toEqual(register.state);
  });
});
