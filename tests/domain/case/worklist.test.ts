import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../domain/law/catalogue.js';
import { createLaw, type Law } from '../../../domain/law/law.js';
import type { Assignee, Completion } from '../../../domain/case/task/commands.js';
import { allTasks, type TaskState } from '../../../domain/case/task/state.js';
import type { Actor } from '../../../domain/case/events.js';
import { foldCase } from '../../../domain/case/fold.js';
import { riskOf } from '../../../domain/case/task/risk.js';
import { caseScope, consultationScope, procedureScope } from '../../../domain/case/scope.js';
import { Refusal } from '../../../domain/errors.js';
import { catalogueData, exampleProjects } from '../../../seeds/index.js';
import { givenAgenciesAsked } from '../../support/given.js';
import { at, MemoryRegister, person, refusalOf, seededLaw } from '../../support/memory-register.js';
import { extendableLaw } from '../../support/extendable-law.js';

const code = 'LX-260706-0001';
const irc = procedureScope(code, 'irc-ordinary', 1);
const board = 'shtp-board';
const officer = (n: number): Actor => person(`officer.${n}`, 'officer', board);
const head = person('head.1', 'head', board);
const clock: Actor = { kind: 'clock' };
const asOfficer = (n: number): Assignee => ({ id: `officer.${n}`, role: 'officer', agency: board });
const asHead: Assignee = { id: 'head.1', role: 'head', agency: board };
/** An officer who stands in for the head. */
const deputising = (n: number): Actor => ({ ...(officer(n) as object), role: 'head', onBehalfOf: 'head.1' }) as Actor;
const documents = [{ code: 'request', documentId: 'doc-1', obtainedFrom: null }];

/** The seeded law, but the board's assessment needs two officers. */
function fourEyesLaw(): Law {
  const data = catalogueData();
  const procedures = data.procedures.map((definition) =>
    definition.code !== 'irc-ordinary'
      ? definition
      : {
          ...definition,
          steps: definition.steps.map((step) =>
            step.code === 'assessment' ? { ...step, fourEyes: true as const } : step,
          ),
        },
  );
  return createLaw(buildCatalogue({ ...data, procedures }));
}

const find = (register: MemoryRegister, key: string): TaskState => {
  for (const task of allTasks(register.state)) if (task.key === key && task.status !== 'cancelled') return task;
  throw new Error(`no task ${key}`);
};
const byId = (register: MemoryRegister, id: string): TaskState => {
  for (const task of allTasks(register.state)) if (task.id === id) return task;
  throw new Error(`no task ${id}`);
};

function complete(register: MemoryRegister, key: string, actor: Actor, when: string, completion: Completion): void {
  const taskId = find(register, key).id;
  register.act(actor, at(when), { type: 'completeTask', taskId, completion });
}

const open = (
  register: MemoryRegister,
  when: string,
  key: string,
  step: string,
  role: 'officer' | 'head' = 'officer',
) => register.engine(irc, at(when), { type: 'openTask', key, kind: 'step', agency: board, role, step });

/** BESI's certificate: received on Monday 6 July, the agencies asked. */
const consulting = (law: Law = seededLaw): MemoryRegister => givenAgenciesAsked(new MemoryRegister(code, law));

/** … both opinions in on the 8th, the assessment open. */
function assessing(law: Law = seededLaw): MemoryRegister {
  const register = consulting(law);
  for (const agency of ['dost', 'dpa']) {
    register.act({ kind: 'agency-system', agency }, at('2026-07-08 10:00'), {
      type: 'giveOpinion',
      consultation: consultationScope(irc, 1),
      agency,
      position: 'agree',
      conditions: [],
      legalBasis: null,
      messageId: `m-${agency}`,
    });
  }
  register.engine(consultationScope(irc, 1), at('2026-07-08 10:00'), { type: 'closeConsultation' });
  open(register, '2026-07-08 10:00', 'step/assessment', 'assessment');
  return register;
}

/** … the assessment done by officer 1, the decision open. */
function deciding(): MemoryRegister {
  const register = assessing();
  complete(register, 'step/assessment', officer(1), '2026-07-09 10:00', { outcome: 'done' });
  open(register, '2026-07-09 10:00', 'step/decision', 'decision', 'head');
  return register;
}

const ledgerOf = (register: MemoryRegister) => register.state.procedures[irc]?.ledger;
const say = 'vì công việc';

describe('reassigning', () => {
  const reassign = (register: MemoryRegister, actor: Actor, key: string, to: Assignee, reason = say) =>
    register.act(actor, at('2026-07-09 11:00'), { type: 'reassignTask', taskId: find(register, key).id, to, reason });

  it('is the head’s, to anybody of the agency whose role fits, with a reason that no event repeats', () => {
    const register = assessing();
    register.act(officer(1), at('2026-07-09 10:00'), {
      type: 'claimTask',
      taskId: find(register, 'step/assessment').id,
    });
    expect(refusalOf(() => reassign(register, officer(2), 'step/assessment', asOfficer(2)))).toBe('FORBIDDEN');
    expect(refusalOf(() => reassign(register, person('head.2', 'head', 'dost'), 'step/assessment', asOfficer(2)))).toBe(
      'FORBIDDEN',
    );
    expect(refusalOf(() => reassign(register, head, 'step/assessment', asOfficer(2), '  '))).toBe('VALIDATION_FAILED');
    expect(refusalOf(() => reassign(register, head, 'step/assessment', { ...asOfficer(2), agency: 'dost' }))).toBe(
      'UNKNOWN_VALUE',
    );
    const { events } = reassign(register, head, 'step/assessment', asOfficer(2));
    expect(events).toMatchObject([
      { type: 'taskReassigned', payload: { from: 'officer.1', to: 'officer.2', cause: 'head' } },
    ]);
    expect(JSON.stringify(events)).not.toContain(say);
    expect(find(register, 'step/assessment')).toMatchObject({
      status: 'claimed',
      claimedBy: 'officer.2',
      claimedAt: at('2026-07-09 11:00'),
    });
    expect(reassign(register, head, 'step/assessment', asOfficer(2)).events).toEqual([]);
  });

  it('gives a head’s task to no officer, and a decision to nobody who proposed it', () => {
    const register = deciding();
    expect(refusalOf(() => reassign(register, head, 'step/decision', asOfficer(2)))).toBe('UNKNOWN_VALUE');
    const deputy: Assignee = { ...asHead, id: 'officer.1' };
    expect(refusalOf(() => reassign(register, head, 'step/decision', deputy))).toBe('PROPOSER_CANNOT_APPROVE');
    expect(refusalOf(() => reassign(register, head, 'step/assessment', asOfficer(2)))).toBe('TASK_CLOSED');
  });

  it('lets a task that waits for the investor wait on, and the answer comes to the new holder', () => {
    const register = assessing();
    const { id: taskId } = find(register, 'step/assessment');
    register.act(officer(1), at('2026-07-09 09:00'), { type: 'claimTask', taskId });
    register.act(officer(1), at('2026-07-09 09:00'), {
      type: 'requestSupplement',
      taskId,
      ground: 'supplement',
      items: ['financial-capacity'],
      reason: 'two years',
    });
    const before = ledgerOf(register);
    reassign(register, head, 'step/assessment', asOfficer(2));
    expect(find(register, 'step/assessment')).toMatchObject({ status: 'waiting', claimedBy: 'officer.2' });
    expect(ledgerOf(register)).toEqual(before);
    register.act(person('investor.test', 'investor'), at('2026-07-10 09:00'), {
      type: 'answerSupplement',
      procedure: 'irc-ordinary',
      requestId: 'S1',
      documents,
    });
    expect(find(register, 'step/assessment')).toMatchObject({ status: 'claimed', claimedBy: 'officer.2' });
  });
});

describe('handing over for an absence', () => {
  const handOver = (register: MemoryRegister, key: string, from: string, to: Assignee, actor: Actor = clock) =>
    register.act(actor, at('2026-07-10 00:00'), { type: 'handOverTask', taskId: find(register, key).id, from, to });

  it('moves what the absent person holds and nothing else; the clock does not notice', () => {
    const register = assessing();
    const { id: taskId } = find(register, 'step/assessment');
    register.act(officer(1), at('2026-07-09 09:00'), { type: 'claimTask', taskId });
    const before = ledgerOf(register);
    expect(refusalOf(() => handOver(register, 'step/assessment', 'officer.1', asOfficer(2), head))).toBe('FORBIDDEN');
    expect(handOver(register, 'step/assessment', 'officer.3', asOfficer(2)).events).toEqual([]);
    expect(handOver(register, 'step/assessment', 'officer.1', asOfficer(2)).events).toMatchObject([
      { type: 'taskReassigned', actor: { kind: 'clock' }, payload: { cause: 'absence', reason: null } },
    ]);
    expect(handOver(register, 'step/assessment', 'officer.1', asOfficer(2)).events).toEqual([]);
    expect(find(register, 'step/assessment')).toMatchObject({ status: 'claimed', claimedBy: 'officer.2' });
    expect(ledgerOf(register)).toEqual(before);
  });

  it('frees a task that the delegate may not have', () => {
    const register = deciding();
    const { id: taskId } = find(register, 'step/decision');
    register.act(head, at('2026-07-09 12:00'), { type: 'claimTask', taskId });
    handOver(register, 'step/decision', 'head.1', { ...asHead, id: 'officer.1' });
    expect(find(register, 'step/decision')).toMatchObject({ status: 'open', claimedBy: null });
    register.act(head, at('2026-07-09 12:00'), { type: 'claimTask', taskId });
    handOver(register, 'step/decision', 'head.1', { ...asHead, id: 'officer.2' });
    expect(find(register, 'step/decision')).toMatchObject({ claimedBy: 'officer.2' });
    register.act(deputising(2), at('2026-07-10 09:00'), {
      type: 'completeTask',
      taskId,
      completion: { outcome: 'approve' },
    });
    expect(byId(register, taskId)).toMatchObject({ completedBy: 'officer.2', completedFor: 'head.1' });
  });

  it('does not let a delegate sign what the absent head proposed, nor what they proposed themselves', () => {
    for (const [proposer, signer] of [
      [head, deputising(2)],
      [officer(2), deputising(2)],
    ] as const) {
      const register = assessing();
      complete(register, 'step/assessment', proposer, '2026-07-09 10:00', { outcome: 'done' });
      open(register, '2026-07-09 10:00', 'step/decision', 'decision', 'head');
      expect(
        refusalOf(() => complete(register, 'step/decision', signer, '2026-07-10 09:00', { outcome: 'approve' })),
      ).toBe('PROPOSER_CANNOT_APPROVE');
      expect(find(register, 'step/decision').claimedBy).toBeNull();
    }
  });
});

describe('sending work back', () => {
  const sendBack = (
    register: MemoryRegister,
    key: string,
    actor: Actor,
    { items = ['báo cáo tài chính'], reason = say, step = null as string | null } = {},
  ) =>
    register.act(actor, at('2026-07-10 09:00'), {
      type: 'returnTask',
      taskId: find(register, key).id,
      step,
      items,
      reason,
    });
  const claim = (register: MemoryRegister, key: string, actor: Actor) =>
    register.act(actor, at('2026-07-10 08:00'), { type: 'claimTask', taskId: find(register, key).id });

  it('names what is missing and why, or is refused', () => {
    const register = deciding();
    expect(refusalOf(() => sendBack(register, 'step/decision', head, { items: [] }))).toBe('VALIDATION_FAILED');
    expect(refusalOf(() => sendBack(register, 'step/decision', head, { items: ['  '] }))).toBe('VALIDATION_FAILED');
    expect(refusalOf(() => sendBack(register, 'step/decision', head, { reason: ' ' }))).toBe('VALIDATION_FAILED');
    expect(refusalOf(() => sendBack(register, 'step/decision', head, { step: 'opinions' }))).toBe('UNKNOWN_VALUE');
    expect(refusalOf(() => sendBack(register, 'step/decision', head, { step: 'moon' }))).toBe('UNKNOWN_VALUE');
  });

  it('begins the next round of the step and of what rests on it, without touching the clock', () => {
    const register = deciding();
    claim(register, 'step/decision', head);
    const before = ledgerOf(register);
    const { events } = sendBack(register, 'step/decision', head);
    expect(events.map(({ type }) => type)).toContain('workReturned');
    expect(events.find(({ type }) => type === 'workReturned')?.payload).toMatchObject({
      step: 'assessment',
      items: [{ id: expect.any(String) as string }],
    });
    expect(JSON.stringify(events)).not.toContain('báo cáo tài chính');
    expect(JSON.stringify(events)).not.toContain(say);
    expect(register.state.procedures[irc]?.steps).toMatchObject({
      assessment: { round: 2, completedAt: null },
      decision: { round: 2, completedAt: null },
    });
    expect(ledgerOf(register)).toEqual(before);
    expect(refusalOf(() => open(register, '2026-07-10 09:01', 'step/assessment', 'assessment'))).toBe('accepted');
    expect(
      [...allTasks(register.state)].filter(({ key, status }) => key.startsWith('step/') && status === 'open'),
    ).toEqual([]);
    open(register, '2026-07-10 09:01', 'step/assessment#2', 'assessment');
    complete(register, 'step/assessment#2', officer(2), '2026-07-10 15:00', { outcome: 'done' });
    open(register, '2026-07-10 15:00', 'step/decision#2', 'decision', 'head');
    complete(register, 'step/decision#2', head, '2026-07-13 09:00', { outcome: 'approve' });
    expect(register.state.procedures[irc]?.decision?.outcome).toBe('approved');
  });

  it('is for steps that rest on an officer’s work only', () => {
    const register = assessing();
    claim(register, 'step/assessment', officer(1));
    expect(refusalOf(() => sendBack(register, 'step/assessment', officer(1)))).toBe('PRECONDITION_FAILED');
  });
});

describe('four eyes', () => {
  const law = fourEyesLaw();
  const second = 'step/assessment/second';

  it('have the step done only when a second officer has looked', () => {
    const register = assessing(law);
    expect(refusalOf(() => open(register, '2026-07-08 10:01', second, 'assessment'))).toBe('PRECONDITION_FAILED');
    complete(register, 'step/assessment', officer(1), '2026-07-09 10:00', { outcome: 'done' });
    expect(register.state.procedures[irc]?.steps['assessment']?.completedAt ?? null).toBeNull();
    open(register, '2026-07-09 10:01', second, 'assessment');
    const { id: taskId } = find(register, second);
    const when = at('2026-07-09 11:00');
    const completion = { outcome: 'done' };
    for (const actor of [officer(1), { ...(officer(2) as object), onBehalfOf: 'officer.1' } as Actor]) {
      expect(refusalOf(() => register.act(actor, when, { type: 'claimTask', taskId }))).toBe('FOUR_EYES');
      expect(refusalOf(() => register.act(actor, when, { type: 'completeTask', taskId, completion }))).toBe(
        'FOUR_EYES',
      );
    }
    expect(
      refusalOf(() => register.act(head, when, { type: 'reassignTask', taskId, to: asOfficer(1), reason: say })),
    ).toBe('FOUR_EYES');
    complete(register, second, officer(2), '2026-07-09 12:00', completion);
    expect(register.state.procedures[irc]?.steps['assessment']?.completedAt).toBe(at('2026-07-09 12:00'));
    open(register, '2026-07-09 12:01', 'step/decision', 'decision', 'head');
    for (const n of [1, 2]) {
      expect(
        refusalOf(() => complete(register, 'step/decision', deputising(n), '2026-07-10 09:00', { outcome: 'approve' })),
      ).toBe('PROPOSER_CANNOT_APPROVE');
    }
  });

  it('may send the first one’s work back, and then both look anew', () => {
    const register = assessing(law);
    complete(register, 'step/assessment', officer(1), '2026-07-09 10:00', { outcome: 'done' });
    open(register, '2026-07-09 10:01', second, 'assessment');
    const { id: taskId } = find(register, second);
    register.act(officer(2), at('2026-07-09 11:00'), { type: 'claimTask', taskId });
    register.act(officer(2), at('2026-07-09 11:00'), {
      type: 'returnTask',
      taskId,
      step: null,
      items: ['bảng tính'],
      reason: say,
    });
    open(register, '2026-07-09 11:01', 'step/assessment#2', 'assessment');
    expect(refusalOf(() => open(register, '2026-07-09 11:02', `step/assessment#2/second`, 'assessment'))).toBe(
      'PRECONDITION_FAILED',
    );
    complete(register, 'step/assessment#2', officer(2), '2026-07-09 12:00', { outcome: 'done' });
    open(register, '2026-07-09 12:01', 'step/assessment#2/second', 'assessment');
    complete(register, 'step/assessment#2/second', officer(1), '2026-07-09 13:00', { outcome: 'done' });
    expect(register.state.procedures[irc]?.steps['assessment']).toMatchObject({ round: 2, outcome: 'done' });
  });

  it('are asked for nowhere else', () => {
    const register = deciding();
    expect(refusalOf(() => open(register, '2026-07-09 10:02', 'step/decision/second', 'decision', 'head'))).toBe(
      'PRECONDITION_FAILED',
    );
  });
});

describe('a declared conflict of interest', () => {
  it('frees what they hold at once and keeps them out of the case', () => {
    const register = assessing();
    const { id: taskId } = find(register, 'step/assessment');
    const when = at('2026-07-09 09:00');
    register.act(officer(1), when, { type: 'claimTask', taskId });
    const { events } = register.act(officer(1), when, { type: 'declareInterest', reason: say });
    expect(events.map(({ type }) => type)).toEqual(['interestDeclared', 'taskReleased']);
    expect(JSON.stringify(events)).not.toContain(say);
    expect(find(register, 'step/assessment')).toMatchObject({ status: 'open', claimedBy: null });
    const refused = (command: Parameters<MemoryRegister['act']>[2], actor = officer(1)) =>
      refusalOf(() => register.act(actor, when, command));
    expect(refused({ type: 'claimTask', taskId })).toBe('ACTOR_RECUSED');
    expect(refused({ type: 'completeTask', taskId, completion: { outcome: 'done' } })).toBe('ACTOR_RECUSED');
    expect(refused({ type: 'reassignTask', taskId, to: asOfficer(1), reason: say }, head)).toBe('ACTOR_RECUSED');
    expect(refused({ type: 'declareInterest', reason: say })).toBe('DUPLICATE_REQUEST');
    expect(refused({ type: 'declareInterest', reason: say }, person('leader', 'leader'))).toBe('FORBIDDEN');
    register.act(officer(2), when, { type: 'claimTask', taskId });
    register.act(clock, when, { type: 'handOverTask', taskId, from: 'officer.2', to: asOfficer(1) });
    expect(find(register, 'step/assessment').claimedBy).toBeNull();
  });

  it('of a head binds whoever stands in for them', () => {
    const register = deciding();
    register.act(head, at('2026-07-09 11:00'), { type: 'declareInterest', reason: say });
    expect(
      refusalOf(() => complete(register, 'step/decision', deputising(2), '2026-07-10 09:00', { outcome: 'approve' })),
    ).toBe('ACTOR_RECUSED');
  });
});

describe('the risk of a task', () => {
  it('follows the rungs of the clock behind it, and an extension lowers it again', () => {
    const register = assessing(extendableLaw);
    const riskAt = (when: string) => {
      register.act(clock, at(when), { type: 'settle' });
      return riskOf(register.state, find(register, 'step/assessment'), extendableLaw, at(when));
    };
    // Ten working days from Monday 6 July: due on Monday 20 July, 80 % used when the 16th has begun.
    expect(riskAt('2026-07-15 12:00')).toBe(1);
    expect(riskAt('2026-07-17 12:00')).toBe(2);
    register.act(head, at('2026-07-17 13:00'), {
      type: 'extendClock',
      procedure: 'irc-ordinary',
      days: 10,
      reason: say,
    });
    expect(riskAt('2026-07-17 14:00')).toBe(1);
    expect(riskAt('2026-08-31 12:00')).toBe(3);
  });

  it('of an opinion follows the opinion’s own clock', () => {
    const register = consulting();
    register.engine(consultationScope(irc, 1), at('2026-07-06 10:03'), {
      type: 'openTask',
      key: 'opinion/dost',
      kind: 'opinion',
      agency: 'dost',
      role: 'officer',
      step: null,
    });
    const { dueDate } = find(register, 'opinion/dost');
    const riskAt = (when: string) => {
      register.act(clock, at(when), { type: 'settle' });
      return riskOf(register.state, find(register, 'opinion/dost'), seededLaw, at(when));
    };
    expect(riskAt('2026-07-06 11:00')).toBe(1);
    expect(riskAt(`${dueDate} 12:00`)).toBe(2);
    expect(riskAt('2026-07-31 12:00')).toBe(3);
  });

  it('of a decision on the lane follows its own ladder: each rung once, dated as computed, however late anybody looks', () => {
    const left = (): MemoryRegister => {
      const register = assessing();
      const key = { key: 'lane', kind: 'lane', agency: 'dof', role: 'officer', step: null } as const;
      register.engine(caseScope(code), at('2026-07-08 10:00'), { type: 'openTask', ...key });
      return register;
    };
    const rungs = ({ events }: MemoryRegister) =>
      events.flatMap((event) =>
        event.type === 'rungReached' && event.payload.clock.startsWith('task/')
          ? [[event.payload.rung, event.occurredAt, event.payload.dueDate]]
          : [],
      );
    const register = left();
    const riskAt = (when: string) => {
      register.act(clock, at(when), { type: 'settle' });
      return riskOf(register.state, find(register, 'lane'), seededLaw, at(when));
    };
    expect(riskAt('2026-07-08 10:00')).toBe(1);
    expect(riskAt('2026-07-12 12:00')).toBe(1);
    expect(riskAt('2026-07-13 07:30')).toBe(2);
    expect(riskAt('2026-07-14 00:00')).toBe(3);
    expect(riskAt('2026-07-30 09:00')).toBe(3);
    const asleep = left();
    asleep.act(clock, at('2026-07-30 09:00'), { type: 'settle' });
    const expected = [
      ['eighty', at('2026-07-13 07:30'), '2026-07-13'],
      ['missed', at('2026-07-14 00:00'), '2026-07-13'],
      ['two-days-after', at('2026-07-15 07:30'), '2026-07-13'],
      ['five-days-after', at('2026-07-20 07:30'), '2026-07-13'],
    ];
    expect(rungs(register)).toEqual(expected);
    expect(rungs(asleep)).toEqual(expected);
    expect(foldCase(code, register.events)).toEqual(register.state);
  });

  it('of a dossier at the counter rises before any clock of the law runs', () => {
    const register = new MemoryRegister(code);
    register.open(exampleProjects.besi, at('2026-07-06 09:00'));
    register.engine(caseScope(code), at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    const investor = person('investor.besi', 'investor');
    register.act(investor, at('2026-07-06 09:05'), { type: 'fileDossier', procedure: 'irc-ordinary', documents });
    const key = {
      key: 'intake/1',
      kind: 'intake',
      agency: 'hcmc-pasc',
      role: 'receiving-officer',
      step: null,
    } as const;
    register.engine(irc, at('2026-07-06 09:05'), { type: 'openTask', ...key });
    const risk = (when: string) => riskOf(register.state, find(register, 'intake/1'), seededLaw, at(when));
    expect(risk('2026-07-06 10:00')).toBe(1);
    register.act(clock, at('2026-07-07 08:00'), { type: 'settle' });
    expect(risk('2026-07-07 08:00')).toBe(2);
    register.act(clock, at('2026-07-08 08:00'), { type: 'settle' });
    expect(risk('2026-07-08 08:00')).toBe(3);
    expect(register.state.procedures[irc]?.rungs).toEqual([]);
  });
});

describe('work on which the law sets no date', () => {
  const opened = (scope: ReturnType<typeof caseScope>, kind: 'lane' | 'stuck', when = '2026-07-08 10:00') => {
    const register = assessing();
    const key = kind === 'lane' ? 'lane/1' : `stuck/closeCase/${register.state.seq}`;
    register.engine(scope, at(when), { type: 'openTask', key, kind, agency: 'dof', role: 'officer', step: null });
    return find(register, key).dueDate;
  };

  it('has the City’s, also where the engine could not go on', () => {
    expect(opened(caseScope(code), 'lane')).toBe('2026-07-13');
    expect(opened(caseScope(code), 'stuck')).toBe('2026-07-09');
    expect(opened(caseScope(code), 'stuck', '2026-07-10 10:00')).toBe('2026-07-13');
  });

  it('gives way to the term of the procedure in which the engine could not go on', () => {
    const { printedDueDate } = assessing().state.procedures[irc] ?? {};
    expect(opened(irc, 'stuck')).toBe(printedDueDate);
  });
});

/** The whole of who may hold one officer's task, written the plain way. */
class NaiveTask {
  holder: string | null = null;
  readonly out = new Set<string>();

  act(kind: string, who: string, other: string): string {
    const isHead = who === 'head.1';
    switch (kind) {
      case 'claim':
        if (this.out.has(who)) return 'ACTOR_RECUSED';
        if (this.holder !== null && this.holder !== who) return 'CONFLICT';
        this.holder = who;
        return 'accepted';
      case 'release':
        if (this.holder !== who) return 'PRECONDITION_FAILED';
        this.holder = null;
        return 'accepted';
      case 'reassign':
        if (!isHead) return 'FORBIDDEN';
        if (this.out.has(other)) return 'ACTOR_RECUSED';
        this.holder = other;
        return 'accepted';
      case 'handOver':
        if (this.holder === who && who !== other) this.holder = this.out.has(other) ? null : other;
        return 'accepted';
      default:
        if (this.out.has(who)) return 'DUPLICATE_REQUEST';
        this.out.add(who);
        if (this.holder === who) this.holder = null;
        return 'accepted';
    }
  }
}

it('never has two holders, none who is out, and always the one that a plain account gives', () => {
  const people = ['officer.1', 'officer.2', 'officer.3', 'head.1'] as const;
  const actorOf = (id: string): Actor => (id === 'head.1' ? head : officer(Number(id.slice(-1))));
  const assignee = (id: string): Assignee => (id === 'head.1' ? asHead : { ...asOfficer(0), id });
  const act = fc.record({
    kind: fc.constantFrom('claim', 'claim', 'release', 'reassign', 'handOver', 'declare'),
    who: fc.constantFrom(...people),
    other: fc.constantFrom(...people),
  });
  const start = assessing();
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      const register = new MemoryRegister(code);
      Object.assign(register, { text: JSON.stringify(start.state) });
      const before = ledgerOf(register);
      const naive = new NaiveTask();
      const { id: taskId } = find(register, 'step/assessment');
      for (const { kind, who, other } of acts) {
        const when = at('2026-07-09 09:00');
        const send = (): unknown => {
          const actor = actorOf(who);
          if (kind === 'claim') return register.act(actor, when, { type: 'claimTask', taskId });
          if (kind === 'release') return register.act(actor, when, { type: 'releaseTask', taskId });
          if (kind === 'declare') return register.act(actor, when, { type: 'declareInterest', reason: say });
          const to = assignee(other);
          if (kind === 'handOver') return register.act(clock, when, { type: 'handOverTask', taskId, from: who, to });
          return register.act(actor, when, { type: 'reassignTask', taskId, to, reason: say });
        };
        expect([kind, refusalOf(send)]).toEqual([kind, naive.act(kind, who, other)]);
        const task = byId(register, taskId);
        expect([task.claimedBy, task.status]).toEqual([naive.holder, naive.holder === null ? 'open' : 'claimed']);
        expect(task.claimedAt === null).toBe(naive.holder === null);
      }
      expect(ledgerOf(register)).toEqual(before);
      expect(foldCase(code, [...start.events, ...register.events])).toEqual(register.state);
    }),
    { numRuns: 300, seed: 20260706 },
  );
});

it('completes a free task in one act, or leaves it free where the answer is refused', () => {
  const register = assessing();
  expect(
    refusalOf(() => complete(register, 'step/assessment', officer(1), '2026-07-09 10:00', { outcome: 'approve' })),
  ).toBe('VALIDATION_FAILED');
  expect(find(register, 'step/assessment')).toMatchObject({ status: 'open', claimedBy: null });
  complete(register, 'step/assessment', officer(1), '2026-07-09 10:00', { outcome: 'done' });
  expect(() => complete(register, 'step/assessment', officer(1), '2026-07-09 11:00', { outcome: 'done' })).toThrow(
    Refusal,
  );
});
