import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../domain/case/task/commands.js';
import { allTasks } from '../../../domain/case/task/state.js';
import type { Actor, Role } from '../../../domain/case/events.js';
import { foldCase } from '../../../domain/case/fold.js';
import { caseScope, consultationScope, procedureScope } from '../../../domain/case/scope.js';
import { readClock } from '../../../domain/time/clock.js';
import { exampleProjects } from '../../../seeds/index.js';
import { givenAgenciesAsked } from '../../support/given.js';
import { at, MemoryRegister, person, refusalOf } from '../../support/memory-register.js';

const code = 'LX-260706-0001';
const investor = person('investor.test', 'investor');
const receiving = person('receiving.1', 'receiving-officer', 'hcmc-pasc');
const officer = (agency: string, n = 1): Actor => person(`officer.${agency}.${n}`, 'officer', agency);
const head = (agency: string): Actor => person(`head.${agency}`, 'head', agency);
const irc = procedureScope(code, 'irc-ordinary', 1);
const consultation = consultationScope(irc, 1);
const documents = [{ code: 'request', documentId: 'doc-1', obtainedFrom: null }];

/** BESI filed on Monday 6 July 2026, its certificate procedure open and waiting for the dossier. */
function filed(): MemoryRegister {
  const register = new MemoryRegister(code);
  register.open(exampleProjects.besi, at('2026-07-06 09:00'));
  register.engine(caseScope(code), at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
  return register;
}

const taskId = (register: MemoryRegister, key: string): string => {
  for (const task of allTasks(register.state)) if (task.key === key && task.status !== 'cancelled') return task.id;
  throw new Error(`no task ${key}`);
};

function complete(register: MemoryRegister, key: string, actor: Actor, when: string, completion: Completion): void {
  const id = taskId(register, key);
  register.act(actor, at(when), { type: 'claimTask', taskId: id });
  register.act(actor, at(when), { type: 'completeTask', taskId: id, completion });
}

function openTask(
  register: MemoryRegister,
  scope: string,
  when: string,
  key: string,
  kind: 'intake' | 'step' | 'opinion' | 'lapse' | 'silence',
  agency: string,
  role: 'officer' | 'head' | 'receiving-officer',
  step: string | null = null,
): void {
  register.engine(scope, at(when), { type: 'openTask', key, kind, agency, role, step });
}

/** … received on the same day, form 01 issued, the automatic check done and the two agencies asked. */
function consulting(): MemoryRegister {
  const register = givenAgenciesAsked(new MemoryRegister(code));
  openTask(register, consultation, '2026-07-06 10:02', 'opinion/dost', 'opinion', 'dost', 'officer');
  return register;
}

const opinion = (register: MemoryRegister, agency: string) =>
  register.state.consultations[consultation]?.opinions[agency];
const procedure = (register: MemoryRegister) => {
  const found = register.state.procedures[irc];
  if (!found) throw new Error('procedure not open');
  return found;
};

/** … both answered, the join made, the assessment open. */
function assessing(): MemoryRegister {
  const register = consulting();
  complete(register, 'opinion/dost', officer('dost'), '2026-07-08 09:00', { outcome: 'agree' });
  register.act({ kind: 'agency-system', agency: 'dpa' }, at('2026-07-08 10:00'), {
    type: 'giveOpinion',
    consultation,
    agency: 'dpa',
    position: 'agree',
    conditions: [],
    legalBasis: null,
    messageId: 'm-1',
  });
  register.engine(consultation, at('2026-07-08 10:00'), { type: 'closeConsultation' });
  openTask(register, irc, '2026-07-08 10:00', 'step/assessment', 'step', 'shtp-board', 'officer', 'assessment');
  return register;
}

const reading = (register: MemoryRegister, when: string) => {
  const { calendar, budget, ledger } = procedure(register);
  return readClock(register.law.calendar(calendar), budget, ledger, at(when));
};

describe('one procedure from dossier to decision', () => {
  it('goes from the filing to an approval, each act by whoever may do it', () => {
    const register = assessing();
    complete(register, 'step/assessment', officer('shtp-board'), '2026-07-10 10:00', { outcome: 'done' });
    openTask(register, irc, '2026-07-10 10:00', 'step/decision', 'step', 'shtp-board', 'head', 'decision');
    complete(register, 'step/decision', head('shtp-board'), '2026-07-13 15:00', { outcome: 'approve' });
    expect(reading(register, '2026-08-01 00:00')).toMatchObject({ state: 'stopped', consumed: 5, breachedOn: null });
    register.engine(irc, at('2026-07-13 15:01'), {
      type: 'recordSignature',
      number: 'QĐ-1',
      documentHash: 'h',
      signature: 's',
      algorithm: 'Ed25519',
      keyId: 'k',
    });
    expect(refusalOf(() => register.engine(irc, at('2026-07-13 15:02'), { type: 'closeProcedure' }))).toBe(
      'PRECONDITION_FAILED',
    );
    register.engine(irc, at('2026-07-13 15:02'), {
      type: 'completeStep',
      step: 'project-number',
      outcome: 'issued',
      by: 'system',
      reference: '12345',
    });
    register.engine(irc, at('2026-07-13 15:03'), { type: 'handOver' });
    register.engine(irc, at('2026-07-13 15:03'), { type: 'closeProcedure' });
    register.engine(irc, at('2026-07-13 15:03'), { type: 'closeScope' });
    expect(procedure(register)).toMatchObject({ stage: 'closed', closed: { outcome: 'approved' } });
    expect(register.state.scopes[irc]).toMatchObject({ closed: true });
    register.engine(caseScope(code), at('2026-07-13 15:04'), {
      type: 'openProcedure',
      procedure: 'enterprise-registration',
    });
    expect(register.state.procedures[procedureScope(code, 'enterprise-registration', 1)]?.stage).toBe(
      'awaiting-dossier',
    );
  });

  it('prints the statutory and the promised date on form 01', () => {
    expect(procedure(consulting())).toMatchObject({
      printedDueDate: '2026-07-20',
      promisedDate: '2026-07-15',
      version: 'irc-ordinary@2026-03-31',
    });
  });

  it('does not let a step begin before what it depends on', () => {
    const register = consulting();
    expect(
      refusalOf(() =>
        openTask(register, irc, '2026-07-06 11:00', 'step/assessment', 'step', 'shtp-board', 'officer', 'assessment'),
      ),
    ).toBe('PRECONDITION_FAILED');
  });

  it('does not let whoever proposed approve', () => {
    const register = assessing();
    complete(register, 'step/assessment', head('shtp-board'), '2026-07-10 10:00', { outcome: 'done' });
    openTask(register, irc, '2026-07-10 10:00', 'step/decision', 'step', 'shtp-board', 'head', 'decision');
    const id = taskId(register, 'step/decision');
    register.act(head('shtp-board'), at('2026-07-10 11:00'), { type: 'claimTask', taskId: id });
    const approve = () =>
      register.act(head('shtp-board'), at('2026-07-10 11:00'), {
        type: 'completeTask',
        taskId: id,
        completion: { outcome: 'approve' },
      });
    expect(refusalOf(approve)).toBe('PROPOSER_CANNOT_APPROVE');
  });

  it('asks the investor to complete at the counter and receives the second filing', () => {
    const register = filed();
    register.act(investor, at('2026-07-06 09:05'), { type: 'fileDossier', procedure: 'irc-ordinary', documents });
    openTask(register, irc, '2026-07-06 09:05', 'intake/1', 'intake', 'hcmc-pasc', 'receiving-officer');
    complete(register, 'intake/1', receiving, '2026-07-06 10:00', {
      outcome: 'complete',
      items: ['financial-capacity'],
      reason: 'missing',
    });
    expect(procedure(register)).toMatchObject({ stage: 'awaiting-dossier', ledger: [] });
    register.act(investor, at('2026-07-08 09:05'), { type: 'fileDossier', procedure: 'irc-ordinary', documents });
    openTask(register, irc, '2026-07-08 09:05', 'intake/2', 'intake', 'hcmc-pasc', 'receiving-officer');
    complete(register, 'intake/2', receiving, '2026-07-08 10:00', { outcome: 'receive' });
    expect(procedure(register).printedDueDate).toBe('2026-07-22');
  });

  it('refuses at the counter with form 03 and lets the investor file the next attempt', () => {
    const register = filed();
    register.act(investor, at('2026-07-06 09:05'), { type: 'fileDossier', procedure: 'irc-ordinary', documents });
    openTask(register, irc, '2026-07-06 09:05', 'intake/1', 'intake', 'hcmc-pasc', 'receiving-officer');
    complete(register, 'intake/1', receiving, '2026-07-06 10:00', { outcome: 'refuse', reason: 'not competent' });
    register.engine(irc, at('2026-07-06 10:01'), { type: 'closeProcedure' });
    expect(procedure(register).closed?.outcome).toBe('refused-at-intake');
    expect(
      refusalOf(() =>
        register.act(investor, at('2026-07-07 09:00'), {
          type: 'refileProcedure',
          procedure: 'irc-ordinary',
          documents: [],
        }),
      ),
    ).toBe('VALIDATION_FAILED');
    expect(register.state.procedures[procedureScope(code, 'irc-ordinary', 2)], 'nothing half-written').toBeUndefined();
    register.act(investor, at('2026-07-07 09:00'), { type: 'refileProcedure', procedure: 'irc-ordinary', documents });
    expect(register.state.procedures[procedureScope(code, 'irc-ordinary', 2)]?.stage).toBe('intake');
  });
});

describe('tasks', () => {
  it('has one winner when two officers claim', () => {
    const register = assessing();
    const id = taskId(register, 'step/assessment');
    register.act(officer('shtp-board', 1), at('2026-07-08 11:00'), { type: 'claimTask', taskId: id });
    expect(
      refusalOf(() =>
        register.act(officer('shtp-board', 2), at('2026-07-08 11:00'), { type: 'claimTask', taskId: id }),
      ),
    ).toBe('CONFLICT');
  });

  it.each<[string, Actor, string]>([
    ['another agency', officer('doc'), 'FORBIDDEN'],
    ['an investor', investor, 'FORBIDDEN'],
    ['a leader', person('leader', 'leader' satisfies Role, 'hcmc-committee'), 'FORBIDDEN'],
    ['a receiving officer', receiving, 'FORBIDDEN'],
  ])('refuses %s', (_who, actor, refusal) => {
    const register = assessing();
    const id = taskId(register, 'step/assessment');
    expect(refusalOf(() => register.act(actor, at('2026-07-08 11:00'), { type: 'claimTask', taskId: id }))).toBe(
      refusal,
    );
  });

  it('is completed by whoever holds it, once', () => {
    const register = assessing();
    const id = taskId(register, 'step/assessment');
    const completion = { outcome: 'done' };
    expect(
      refusalOf(() =>
        register.act(officer('shtp-board'), at('2026-07-08 11:00'), { type: 'completeTask', taskId: id, completion }),
      ),
    ).toBe('accepted');
    const held = [...allTasks(register.state)].find((task) => task.id === id);
    expect(held).toMatchObject({ status: 'done', completedBy: 'officer.shtp-board.1' });
    expect(
      refusalOf(() =>
        register.act(officer('shtp-board'), at('2026-07-08 12:00'), { type: 'completeTask', taskId: id, completion }),
      ),
    ).toBe('TASK_CLOSED');
  });
});

describe('supplements', () => {
  const ask = (register: MemoryRegister, when: string, actor = officer('shtp-board')) => {
    const id = taskId(register, 'step/assessment');
    register.act(actor, at(when), { type: 'claimTask', taskId: id });
    register.act(actor, at(when), {
      type: 'requestSupplement',
      taskId: id,
      ground: 'supplement',
      items: ['financial-capacity'],
      reason: 'two years',
    });
  };
  const answer = (register: MemoryRegister, when: string) =>
    register.act(investor, at(when), {
      type: 'answerSupplement',
      procedure: 'irc-ordinary',
      requestId: 'S1',
      documents,
    });

  it('suspend the clock from the day after the request until the day the answer comes', () => {
    const register = assessing();
    ask(register, '2026-07-09 10:00');
    expect(reading(register, '2026-07-14 10:00')).toMatchObject({
      state: 'suspended',
      consumed: 3,
      suspendedDays: 3,
      dueDate: null,
    });
    answer(register, '2026-07-14 16:00');
    expect(reading(register, '2026-07-14 17:00')).toMatchObject({
      state: 'running',
      consumed: 3,
      suspendedDays: 3,
      dueDate: '2026-07-23',
    });
  });

  it('keep the task waiting and give it back to the same officer', () => {
    const register = assessing();
    ask(register, '2026-07-09 10:00');
    const id = taskId(register, 'step/assessment');
    const done = () =>
      register.act(officer('shtp-board'), at('2026-07-09 11:00'), {
        type: 'completeTask',
        taskId: id,
        completion: { outcome: 'done' },
      });
    expect(refusalOf(done)).toBe('PRECONDITION_FAILED');
    answer(register, '2026-07-10 09:00');
    expect(procedure(register).tasks[id]).toMatchObject({ status: 'claimed', claimedBy: 'officer.shtp-board.1' });
  });

  it('may be asked for once on this ground', () => {
    const register = assessing();
    ask(register, '2026-07-09 10:00');
    answer(register, '2026-07-10 09:00');
    expect(refusalOf(() => ask(register, '2026-07-10 10:00'))).toBe('SUPPLEMENT_LIMIT');
  });

  it('lapse at the end of the deadline, dated by it, and a late answer counts until the agency stops', () => {
    const register = assessing();
    ask(register, '2026-07-09 10:00');
    register.act({ kind: 'clock' }, at('2026-08-03 12:00'), { type: 'settle' });
    const lapse = register.events.find((event) => event.type === 'supplementLapsed');
    expect(lapse).toMatchObject({ occurredAt: at('2026-07-24 00:00'), actor: { kind: 'clock' } });
    openTask(register, irc, '2026-08-03 12:00', 'lapse/S1', 'lapse', 'shtp-board', 'officer');
    answer(register, '2026-08-04 09:00');
    expect(procedure(register).supplements[0]?.status).toBe('answered');
    expect(Object.values(procedure(register).tasks).find((task) => task.key === 'lapse/S1')?.status).toBe('cancelled');
  });

  it('end the procedure when the agency stops after a lapse', () => {
    const register = assessing();
    ask(register, '2026-07-09 10:00');
    register.act({ kind: 'clock' }, at('2026-07-24 00:00'), { type: 'settle' });
    openTask(register, irc, '2026-07-24 08:00', 'lapse/S1', 'lapse', 'shtp-board', 'officer');
    complete(register, 'lapse/S1', officer('shtp-board'), '2026-07-24 09:00', { outcome: 'stop', reason: 'no answer' });
    register.engine(irc, at('2026-07-24 09:01'), { type: 'closeProcedure' });
    expect(procedure(register).closed?.outcome).toBe('stopped');
    expect(refusalOf(() => answer(register, '2026-07-25 09:00'))).toBe('PRECONDITION_FAILED');
  });

  it('after a breach need the head', () => {
    const register = assessing();
    expect(refusalOf(() => ask(register, '2026-07-21 10:00'))).toBe('BREACHED');
    const id = taskId(register, 'step/assessment');
    register.act(officer('shtp-board'), at('2026-07-21 10:00'), { type: 'releaseTask', taskId: id });
    ask(register, '2026-07-21 11:00', head('shtp-board'));
    expect(reading(register, '2026-07-30 10:00')).toMatchObject({
      state: 'suspended',
      breachedOn: '2026-07-21',
      dueDate: '2026-07-20',
    });
  });
});

describe('due first', () => {
  it('treats silence as the law does, dated by the computed instant however late the machine is', () => {
    const register = consulting();
    register.act({ kind: 'clock' }, at('2026-07-20 12:00'), { type: 'settle' });
    expect(opinion(register, 'dost')).toMatchObject({
      status: 'lapsed',
      lapsed: { at: at('2026-07-11 00:00'), legalEffect: 'deemed-agreed' },
    });
  });

  it('counts an answer as late an hour after the silence, even if every machine slept', () => {
    const register = consulting();
    complete(register, 'opinion/dost', officer('dost'), '2026-07-11 01:00', {
      outcome: 'object',
      legalBasis: 'Law 133/2025/QH15',
      reason: 'not on the list',
    });
    expect(opinion(register, 'dost')).toMatchObject({ status: 'lapsed', late: true, position: 'object' });
  });

  it('keeps what fell due when the command itself is refused', () => {
    const register = consulting();
    expect(
      refusalOf(() =>
        register.act(officer('doc'), at('2026-07-13 08:00'), {
          type: 'claimTask',
          taskId: taskId(register, 'opinion/dost'),
        }),
      ),
    ).toBe('FORBIDDEN');
    expect(opinion(register, 'dost')?.status).toBe('lapsed');
  });

  it('fires every rung of the ladder once, in order', () => {
    const register = assessing();
    const settle = (when: string) => register.act({ kind: 'clock' }, at(when), { type: 'settle' });
    settle('2026-07-14 12:00');
    settle('2026-07-22 12:00');
    settle('2026-08-20 12:00');
    settle('2026-08-20 12:00');
    const rungs = register.events
      .flatMap((event) => (event.type === 'rungReached' && event.payload.clock === 'printed' ? [event] : []))
      .map((event) => `${event.payload.rung} ${event.occurredAt}`);
    expect(rungs).toEqual([
      `half ${at('2026-07-13 07:30')}`,
      `eighty ${at('2026-07-16 07:30')}`,
      expect.stringContaining('day-before'),
      `missed ${at('2026-07-21 00:00')}`,
      expect.stringContaining('one-day-after'),
      expect.stringContaining('three-days-after'),
      expect.stringContaining('five-days-after'),
    ]);
  });
});

describe('the join', () => {
  it('is refused while an answer is missing', () => {
    const register = consulting();
    expect(refusalOf(() => register.engine(consultation, at('2026-07-06 11:00'), { type: 'closeConsultation' }))).toBe(
      'PRECONDITION_FAILED',
    );
  });

  it('takes the same message twice as one and refuses a second answer', () => {
    const register = consulting();
    const say = (messageId: string, position: 'agree' | 'object') =>
      register.act({ kind: 'agency-system', agency: 'dpa' }, at('2026-07-07 10:00'), {
        type: 'giveOpinion',
        consultation,
        agency: 'dpa',
        position,
        conditions: [],
        legalBasis: null,
        messageId,
      });
    say('m-1', 'agree');
    expect(say('m-1', 'agree').events).toEqual([]);
    expect(refusalOf(() => say('m-2', 'object'))).toBe('DUPLICATE_REQUEST');
  });
});

describe('the case', () => {
  it('withdraws with one command: tasks close and clocks stop at once', () => {
    const register = assessing();
    register.act(investor, at('2026-07-09 09:00'), { type: 'withdrawCase', reason: 'plans changed' });
    expect(register.state.closed?.outcome).toBe('withdrawn');
    expect(
      [...allTasks(register.state)].filter((task) => task.status !== 'done' && task.status !== 'cancelled'),
    ).toEqual([]);
    expect(reading(register, '2026-08-01 00:00').state).toBe('stopped');
    expect(
      refusalOf(() =>
        register.act(investor, at('2026-07-09 10:00'), { type: 'fileDossier', procedure: 'irc-ordinary', documents }),
      ),
    ).toBe('CASE_CLOSED');
  });

  it('is not «all clear» while a mandatory approval is missing', () => {
    const register = assessing();
    expect(refusalOf(() => register.engine(caseScope(code), at('2026-07-09 09:00'), { type: 'closeCase' }))).toBe(
      'PRECONDITION_FAILED',
    );
  });

  it('refuses a run of an older generation, and one whose mailbox has moved on', () => {
    const register = filed();
    const command = (generation: number, basedOn: number) => () =>
      register.handle({
        caseCode: code,
        command: { type: 'closeProcedure' },
        actor: { kind: 'engine', scope: irc },
        occurredAt: at('2026-07-06 10:00'),
        operationId: `g${generation}-${basedOn}`,
        bodyHash: '',
        bound: { scope: irc, generation, basedOn },
      });
    expect(refusalOf(command(1, 0))).toBe('STALE');
    register.act({ kind: 'engine', scope: irc }, at('2026-07-06 10:00'), { type: 'rebuildScope', scope: irc });
    expect(refusalOf(command(1, register.state.scopes[irc]?.lastSeq ?? 0))).toBe('SUPERSEDED');
  });

  it('is at every moment the fold of its events', () => {
    const register = assessing();
    register.act({ kind: 'clock' }, at('2026-08-20 12:00'), { type: 'settle' });
    expect(foldCase(code, register.events)).toEqual(register.state);
  });
});
