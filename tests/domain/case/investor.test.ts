import { findingsFor, missingEvidence } from '../../support/lane.js';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../domain/case/commands.js';
import { foldCase } from '../../../domain/case/fold.js';
import { isFinished, outstanding, readyToOpen } from '../../../domain/case/procedure/progress.js';
import { caseScope, procedureScope } from '../../../domain/case/scope.js';
import { allTasks } from '../../../domain/case/task/state.js';
import { laneOf } from '../../../domain/case/lane/state.js';
import { latestAttempt } from '../../../domain/case/procedure/state.js';
import { plainDate } from '../../../domain/time/instants.js';
import { exampleProjects } from '../../../seeds/index.js';
import { at, MemoryRegister, person, refusalOf } from '../../support/memory-register.js';

const code = 'LX-260706-0001';
const investor = person('investor.test', 'investor');
const laneOfficer = person('officer.dof.1', 'officer', 'dof');
const filedAt = at('2026-07-06 09:00');
const scope = caseScope(code);

function filed(project: 'besi' | 'cmc' = 'cmc', change: Partial<(typeof exampleProjects)['cmc']['project']> = {}) {
  const register = new MemoryRegister(code);
  const filing = exampleProjects[project];
  register.open({ ...filing, project: { ...filing.project, ...change } }, filedAt, 'standard');
  return register;
}

const act = (register: MemoryRegister, command: Command, when = '2026-07-06 10:00') =>
  register.act(investor, at(when), command);

/** As if the procedure had run its course, so that what rests on it may begin. */
function approve(register: MemoryRegister, procedure: string): void {
  const payload = { procedure, attempt: 1, outcome: 'approved' } as const;
  register.happened('procedureClosed', procedureScope(code, procedure, 1), payload, at('2026-07-06 09:30'));
}

const reason = 'chưa cần lúc này';
const defer = (procedure: string, until: string | null = null): Command => ({
  type: 'deferProcedure',
  procedure,
  until: until === null ? null : plainDate(until),
  reason,
});

describe('deferral', () => {
  const plan = (register: MemoryRegister) => register.state.plan.filter((item) => item.mandatory);

  it('leaves the approval on the roadmap and out of what keeps the case open', () => {
    const register = filed('cmc');
    const last = plan(register).find(({ procedure }) => procedure === 'feasibility-appraisal-a')?.procedure ?? '';
    expect(outstanding(register.state).map(({ procedure }) => procedure)).toContain(last);
    act(register, defer(last));
    expect(outstanding(register.state).map(({ procedure }) => procedure)).not.toContain(last);
    expect(register.state.plan.map(({ procedure }) => procedure)).toContain(last);
    act(register, { type: 'resumeProcedure', procedure: last });
    expect(outstanding(register.state).map(({ procedure }) => procedure)).toContain(last);
    expect(register.state.deferred).toEqual({});
  });

  it('is refused for a licence, for the root, for what nobody must have and for what is not in the plan', () => {
    const register = filed('cmc');
    for (const { procedure, phase } of plan(register)) {
      if (phase === 'licence')
        expect(
          refusalOf(() => act(register, defer(procedure))),
          procedure,
        ).toBe('PRECONDITION_FAILED');
    }
    const free = register.state.plan.find((item) => !item.mandatory)?.procedure ?? '';
    expect(refusalOf(() => act(register, defer(free)))).toBe('PRECONDITION_FAILED');
    expect(refusalOf(() => act(register, defer('no-such-procedure')))).toBe('NOT_FOUND');
    expect(register.state.deferred).toEqual({});
  });

  it('is refused while a mandatory approval depends on it that is not put off as long', () => {
    const register = filed('cmc', { feasibilityAppraisedByAgency: false });
    const needs = 'construction-permit';
    const before = 'fire-safety-design-appraisal';
    expect(refusalOf(() => act(register, defer(before)))).toBe('PRECONDITION_FAILED');
    act(register, defer(needs, '2027-01-15'));
    expect(refusalOf(() => act(register, defer(before, '2027-02-01')))).toBe('PRECONDITION_FAILED');
    expect(refusalOf(() => act(register, defer(before)))).toBe('PRECONDITION_FAILED');
    act(register, defer(before, '2027-01-10'));
    expect(refusalOf(() => act(register, { type: 'resumeProcedure', procedure: needs }))).toBe('PRECONDITION_FAILED');
    act(register, { type: 'resumeProcedure', procedure: before });
    act(register, { type: 'resumeProcedure', procedure: needs });
  });

  it('cannot be asked for twice, nor until a day that is over, nor without a reason', () => {
    const register = filed('cmc');
    const one = 'feasibility-appraisal-a';
    expect(refusalOf(() => act(register, defer(one, '2026-07-06')))).toBe('VALIDATION_FAILED');
    expect(refusalOf(() => act(register, { ...defer(one), reason: '  ' } as Command))).toBe('VALIDATION_FAILED');
    act(register, defer(one));
    expect(refusalOf(() => act(register, defer(one)))).toBe('DUPLICATE_REQUEST');
    expect(refusalOf(() => act(register, { type: 'resumeProcedure', procedure: 'land-lease' }))).toBe(
      'PRECONDITION_FAILED',
    );
  });

  it('until a day ends by itself when that day begins, once, however late anybody looks', () => {
    const register = filed('cmc');
    act(register, defer('feasibility-appraisal-a', '2026-08-03'));
    register.act({ kind: 'clock' }, at('2026-08-02 23:59'), { type: 'settle' });
    expect(register.state.deferred).not.toEqual({});
    register.act({ kind: 'clock' }, at('2026-09-01 08:00'), { type: 'settle' });
    register.act({ kind: 'clock' }, at('2026-09-02 08:00'), { type: 'settle' });
    const ended = register.events.filter(({ type }) => type === 'procedureResumed');
    expect(ended.map(({ occurredAt, actor }) => [occurredAt, actor.kind])).toEqual([[at('2026-08-03 00:00'), 'clock']]);
  });

  it('keeps the engine from opening it; filing its dossier ends it and opens it at once', () => {
    const register = filed('cmc');
    const root = plan(register).find(({ after }) => after.length === 0)?.procedure ?? '';
    const later = 'feasibility-appraisal-a';
    act(register, defer(later));
    const documents = [{ code: documentOf(register, later), documentId: 'doc-1', obtainedFrom: null }];
    // Not before what it waits for is there: then nothing of the act stands.
    expect(refusalOf(() => act(register, { type: 'fileDossier', procedure: later, documents }))).toBe(
      'PRECONDITION_FAILED',
    );
    expect(register.state.deferred).not.toEqual({});
    register.engine(scope, filedAt, { type: 'openProcedure', procedure: root });
    approve(register, root);
    expect(readyToOpen(register.state).map(({ procedure }) => procedure)).not.toContain(later);
    act(register, { type: 'fileDossier', procedure: later, documents });
    expect(register.state.deferred).toEqual({});
    expect(latestAttempt(register.state, later)?.stage).toBe('intake');
    expect(refusalOf(() => act(register, defer(later)))).toBe('PRECONDITION_FAILED');
  });

  it('of a procedure that waits for its dossier lets the case end, and the procedure with it', () => {
    const register = filed('cmc');
    const mandatory = plan(register).map(({ procedure }) => procedure);
    const later = 'feasibility-appraisal-a';
    for (const procedure of mandatory) {
      if (procedure === later || register.state.plan.find((one) => one.procedure === procedure)?.phase === 'operate')
        continue;
      act(register, { type: 'meetGate', gate: 'deposit-lodged', evidence: null });
      register.engine(scope, filedAt, { type: 'openProcedure', procedure });
      approve(register, procedure);
    }
    register.engine(scope, filedAt, { type: 'openProcedure', procedure: later });
    expect(refusalOf(() => register.engine(scope, filedAt, { type: 'closeCase' }))).toBe('PRECONDITION_FAILED');
    act(register, defer(later));
    expect(isFinished(register.state)).toBe(true);
    register.engine(scope, filedAt, { type: 'closeCase' });
    expect(register.state.closed).toMatchObject({ outcome: 'approved' });
    expect(latestAttempt(register.state, later)?.closed).toMatchObject({ outcome: 'withdrawn' });
    register.act(investor, filedAt, { type: 'surveyCase', score: 5 });
    expect(register.state).toEqual(foldCase(code, register.events));
  });
});

const documentOf = (register: MemoryRegister, procedure: string): string =>
  register.law
    .procedureAt(procedure, plainDate('2026-07-06'), register.state.facts)
    .documents.find(({ obtainableFrom }) => obtainableFrom === null)?.code ?? '';

describe('questions', () => {
  const questionTask = (register: MemoryRegister, id: string, agency: string) => {
    const task = { key: `question/${id}`, kind: 'question', agency, role: 'officer', step: null } as const;
    register.engine(scope, filedAt, { type: 'openTask', ...task });
    return [...allTasks(register.state)].find(({ key }) => key === task.key)?.id ?? '';
  };
  const answer = (register: MemoryRegister, taskId: string, text?: string) => {
    register.act(laneOfficer, filedAt, { type: 'claimTask', taskId });
    const completion = { outcome: 'answer', ...(text !== undefined && { reason: text }) };
    register.act(laneOfficer, filedAt, { type: 'completeTask', taskId, completion });
  };

  it('about a procedure go to whoever handles it, about the case to the owner of the green lane', () => {
    const register = filed('besi');
    act(register, { type: 'askQuestion', procedure: 'irc-ordinary', text: 'Bao giờ?' });
    act(register, { type: 'askQuestion', procedure: null, text: 'Ai phụ trách?' });
    expect(Object.values(register.state.questions).map(({ id, agency }) => [id, agency])).toEqual([
      ['Q1', 'shtp-board'],
      ['Q2', 'dof'],
    ]);
    expect(refusalOf(() => act(register, { type: 'askQuestion', procedure: 'land-lease', text: '?' }))).toBe(
      'NOT_FOUND',
    );
    expect(refusalOf(() => act(register, { type: 'askQuestion', procedure: null, text: ' \n ' }))).toBe(
      'VALIDATION_FAILED',
    );
  });

  it('are answered once, with words, and no event carries any of them', () => {
    const register = filed('besi');
    act(register, { type: 'askQuestion', procedure: null, text: 'bao giờ có kết quả' });
    const taskId = questionTask(register, 'Q1', 'dof');
    expect(refusalOf(() => answer(register, taskId))).toBe('VALIDATION_FAILED');
    const completion = { outcome: 'answer', reason: 'tuần sau có kết quả' };
    register.act(laneOfficer, filedAt, { type: 'completeTask', taskId, completion });
    expect(register.state.questions['Q1']?.answeredAt).toBe(filedAt);
    const told = JSON.stringify(register.events.slice(1));
    expect(told).not.toContain('kết quả');
    expect(refusalOf(() => register.act(laneOfficer, filedAt, { type: 'completeTask', taskId, completion }))).toBe(
      'TASK_CLOSED',
    );
  });

  it('keep the case open until they are answered, and end with a withdrawal', () => {
    const register = filed('besi');
    act(register, { type: 'askQuestion', procedure: null, text: 'Bao giờ?' });
    questionTask(register, 'Q1', 'dof');
    expect(isFinished(register.state)).toBe(false);
    act(register, { type: 'withdrawCase', reason: 'thôi' });
    expect([...allTasks(register.state)].filter(({ status }) => status === 'open')).toEqual([]);
    expect(refusalOf(() => act(register, { type: 'askQuestion', procedure: null, text: 'Vì sao?' }))).toBe(
      'CASE_CLOSED',
    );
  });
});

describe('the green lane after a refusal', () => {
  const refused = () => filed('besi', { keyProjectListed: false });
  const decideLane = (register: MemoryRegister, key: string, lane: string) => {
    register.engine(scope, filedAt, {
      type: 'openTask',
      key,
      kind: 'lane',
      agency: 'dof',
      role: 'officer',
      step: null,
    });
    const { id: taskId = '', role = 'officer' } = [...allTasks(register.state)].find((task) => task.key === key) ?? {};
    if (lane === 'green') for (const given of missingEvidence(register.state)) act(register, given);
    // Each time somebody else.
    const officer = person(`${role}.dof.${key}`, role === 'head' ? 'head' : 'officer', 'dof');
    const completion = { outcome: lane, reason: 'vì', findings: findingsFor(register.state, lane) };
    register.act(officer, filedAt, { type: 'claimTask', taskId });
    register.act(officer, filedAt, { type: 'completeTask', taskId, completion });
  };

  it('is proposed again by the investor and decided anew, as often as it is refused', () => {
    const register = refused();
    expect(laneOf(register.state)).toBe('standard');
    for (const [round, lane] of [
      [2, 'standard'],
      [3, 'green'],
    ] as const) {
      act(register, { type: 'proposeLane', reason: 'đã vào danh mục' });
      expect(laneOf(register.state)).toBe('undecided');
      expect(refusalOf(() => act(register, { type: 'proposeLane', reason }))).toBe('PRECONDITION_FAILED');
      decideLane(register, `lane/${round}`, lane);
      expect(laneOf(register.state)).toBe(lane);
    }
    expect(refusalOf(() => act(register, { type: 'proposeLane', reason }))).toBe('PRECONDITION_FAILED');
  });

  it('changes no date that was set at filing', () => {
    const register = refused();
    const before = register.state;
    act(register, { type: 'proposeLane', reason });
    decideLane(register, 'lane/2', 'green');
    const { baseline, target, ambition, plan } = register.state;
    expect({ baseline, target, ambition, plan }).toEqual({
      baseline: before.baseline,
      target: before.target,
      ambition: before.ambition,
      plan: before.plan,
    });
  });
});

describe('once only', () => {
  it('fills in what a register of the State holds when a dossier is filed, with its source, and only what was not given', () => {
    const register = filed('besi');
    register.engine(scope, filedAt, { type: 'openProcedure', procedure: 'irc-ordinary' });
    const given = [
      { code: 'request', documentId: 'doc-1', obtainedFrom: null },
      { code: 'legal-status', documentId: 'doc-2', obtainedFrom: null },
    ];
    act(register, { type: 'fileDossier', procedure: 'irc-ordinary', documents: given });
    expect(latestAttempt(register.state, 'irc-ordinary')?.filings).toEqual([
      {
        at: at('2026-07-06 10:00'),
        documents: [...given, { code: 'location-right', documentId: null, obtainedFrom: 'national-land-database' }],
      },
    ]);
  });
});
