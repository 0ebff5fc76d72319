import { describe, expect, it } from 'vitest';
import type { Command } from '../../../domain/case/commands.js';
import { foldCase } from '../../../domain/case/fold.js';
import { isRequired } from '../../../domain/case/procedure/dossier.js';
import { createLaw } from '../../../domain/law/law.js';
import { readClock } from '../../../domain/time/clock.js';
import { plainDate } from '../../../domain/time/instants.js';
import { catalogue } from '../../../seeds/index.js';
import { extendableLaw } from '../../support/extendable-law.js';
import { at, person, refusalOf } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

const read = ({ state, calendar }: OneProcedure, when: string) =>
  readClock(calendar, state.budget, state.ledger, at(when));
const received = (procedure: string, on = '2026-07-06 09:00', options = {}) =>
  new OneProcedure(procedure, on, options).file().receive();

describe('when a clock starts', () => {
  it('receipt: the day the dossier is filed, and stands still while the counter waits for the rest of it', () => {
    const one = new OneProcedure('enterprise-registration', '2026-07-06 09:00').file();
    expect(one.state.ledger).toMatchObject([{ type: 'start', at: at('2026-07-06 09:00') }]);
    const agency = one.register.law.receivingAgency;
    const intake = { key: 'intake/1', kind: 'intake', agency, role: 'receiving-officer', step: null } as const;
    one.engine(one.scope, { type: 'openTask', ...intake });
    one.at('2026-07-07 09:00').complete('intake/1', { outcome: 'complete', items: ['request'], reason: 'r' });
    one.at('2026-07-09 09:00').file().receive();
    expect(one.state.ledger.map(({ type }) => type)).toEqual(['start', 'suspend', 'resume']);
    expect(read(one, '2026-07-09 10:00')).toMatchObject({ consumed: 1, suspendedDays: 2, dueDate: '2026-07-13' });
  });

  it('valid dossier: the day it came, however long it lay at the counter; form 01 says so', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file();
    expect(one.state.ledger).toEqual([]);
    one.at('2026-07-08 09:00').receive();
    expect(one.state.ledger).toEqual([{ type: 'start', at: at('2026-07-06 09:00') }]);
    expect(one.events('dossierReceived')[0]?.payload).toMatchObject({
      clockFrom: at('2026-07-06 09:00'),
      dueDate: '2026-07-20',
    });
    expect(one.state).toMatchObject({ receivedAt: at('2026-07-08 09:00'), printedDueDate: '2026-07-20' });
  });

  it('valid dossier: what the investor adds before the receipt makes it valid that day', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().at('2026-07-07 15:00');
    const [, missing] = one.resolved.documents.filter(isRequired);
    const documents = [{ code: missing?.code ?? '', documentId: 'doc-2', obtainedFrom: null }];
    one.act(person('investor.test', 'investor'), { type: 'fileDossier', procedure: one.procedure, documents });
    one.at('2026-07-09 09:00').receive();
    expect(one.state.ledger).toEqual([{ type: 'start', at: at('2026-07-07 15:00') }]);
  });

  it('valid dossier: one that lay too long is late when it is received, dated as computed, in the same act', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().at('2026-07-23 09:00').receive();
    expect(one.state.printedDueDate).toBe('2026-07-20');
    expect(read(one, '2026-07-23 09:00')).toMatchObject({ dueDate: '2026-07-20', breachedOn: '2026-07-21' });
    expect(one.rungs()).toEqual([
      `half ${at('2026-07-13 07:30')}`,
      `eighty ${at('2026-07-16 07:30')}`,
      `day-before ${at('2026-07-17 07:30')}`,
      `missed ${at('2026-07-21 00:00')}`,
      `one-day-after ${at('2026-07-21 07:30')}`,
      `three-days-after ${at('2026-07-23 07:30')}`,
    ]);
    expect(one.events('target30Missed').map(({ occurredAt }) => occurredAt)).toEqual([at('2026-07-16 00:00')]);
    expect(one.state.apologies).toMatchObject([{ dueDate: '2026-07-20' }]);
  });

  it('an event of before, without the day it came, folds from its own instant', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().at('2026-07-08 09:00').receive();
    const events = one.register.events.map((event) => {
      if (event.type !== 'dossierReceived') return event;
      const { clockFrom: _from, ...payload } = event.payload;
      return { ...event, payload };
    });
    const folded = foldCase(one.register.code, events).procedures[one.scope];
    expect(folded?.ledger).toEqual([{ type: 'start', at: at('2026-07-08 09:00') }]);
  });

  it('prior decision: with the decision it starts from, and the investor files nothing', () => {
    const one = new OneProcedure('irc-after-approval', '2026-07-06 09:00').at('2026-07-08 09:00').receive();
    expect(one.state.ledger).toEqual([{ type: 'start', at: at('2026-07-06 09:00') }]);
    expect(one.state.stage).toBe('processing');
  });
});

describe('a supplement suspends', () => {
  it('and the term goes on where it stood, or begins anew where the policy says restart', () => {
    const pause = received('irc-ordinary').at('2026-07-09 09:00').ask();
    pause.at('2026-07-15 09:00').answerNotice();
    expect(read(pause, '2026-07-15 10:00')).toMatchObject({ consumed: 3, discarded: 0, dueDate: '2026-07-24' });

    const restart = received('feasibility-appraisal-a').at('2026-07-09 09:00').ask();
    expect(restart.events('supplementRequested')[0]?.payload.daysLeft).toBe(20);
    restart.at('2026-07-15 09:00').answerNotice();
    expect(restart.events('supplementAnswered')[0]?.payload.restarts).toBe(true);
    expect(restart.state.ledger.at(-1)?.type).toBe('restart');
    expect(read(restart, '2026-07-15 10:00')).toMatchObject({
      consumed: 0,
      discarded: 3,
      suspendedDays: 4,
      dueDate: '2026-08-12',
    });
  });

  it('each ground as often as the law says', () => {
    const one = received('irc-ordinary').at('2026-07-07 09:00').ask().at('2026-07-08 09:00').answerNotice();
    expect(refusalOf(() => one.ask())).toBe('SUPPLEMENT_LIMIT');
    for (const day of ['09', '13', '15']) {
      one.at(`2026-07-${day} 09:00`).ask('explanation').answerNotice();
    }
    expect(one.state.supplements.map(({ ground }) => ground)).toEqual([
      'supplement',
      'explanation',
      'explanation',
      'explanation',
    ]);
    expect(refusalOf(() => one.ask('errors-in-dossier'))).toBe('SUPPLEMENT_LIMIT');
  });

  it('after a breach, or with no day left, by the head alone', () => {
    const one = received('irc-ordinary').settle('2026-07-22 09:00');
    const { id } = one.hold1st();
    expect(refusalOf(() => one.ask())).toBe('BREACHED');
    const head = person('head.shtp-board', 'head', 'shtp-board');
    one.register.act(person('officer.shtp-board', 'officer', 'shtp-board'), one.now, {
      type: 'releaseTask',
      taskId: id,
    });
    one.register.act(head, one.now, { type: 'claimTask', taskId: id });
    one.ask('supplement', head);
    expect(read(one, '2026-08-20 09:00')).toMatchObject({ state: 'suspended', breachedOn: '2026-07-21' });
  });
});

describe('what was asked by mistake', () => {
  it('is taken back: it is not used up, and every day is the agency’s', () => {
    const one = received('irc-ordinary').at('2026-07-08 09:00').ask().at('2026-07-10 09:00').withdrawNotice();
    expect(one.state.supplements).toMatchObject([{ status: 'withdrawn' }]);
    expect(read(one, '2026-07-10 10:00')).toMatchObject({
      state: 'running',
      consumed: 4,
      suspendedDays: 0,
      dueDate: '2026-07-20',
    });
    one.ask();
    expect(one.state.supplements).toHaveLength(2);
    expect(refusalOf(() => one.at('2026-07-13 09:00').answerNotice().ask())).toBe('SUPPLEMENT_LIMIT');
  });

  it('makes a term late that would have been late without it, dated by the act', () => {
    const one = received('irc-ordinary').work().answer();
    one.settle('2026-07-17 09:00').work().ask().settle('2026-07-23 09:00').withdrawNotice();
    expect(read(one, '2026-07-23 10:00')).toMatchObject({ dueDate: '2026-07-20', breachedOn: '2026-07-21' });
    expect(one.rungs()).toContain(`missed ${at('2026-07-23 09:00')}`);
  });

  it('not once it was answered or has lapsed, nor by another agency', () => {
    const answered = received('irc-ordinary').at('2026-07-08 09:00').ask().at('2026-07-09 09:00').answerNotice();
    expect(refusalOf(() => answered.withdrawNotice())).toBe('PRECONDITION_FAILED');
    const asked = received('irc-ordinary').at('2026-07-08 09:00').ask();
    const command = { type: 'withdrawSupplement', procedure: 'irc-ordinary', requestId: 'S1', reason: 'r' } as const;
    expect(refusalOf(() => asked.act(person('officer.dof', 'officer', 'dof'), command))).toBe('FORBIDDEN');
    expect(refusalOf(() => asked.settle('2026-07-23 09:00').withdrawNotice())).toBe('PRECONDITION_FAILED');
  });
});

describe('a violation that is handled', () => {
  const handled = () => received('irc-ordinary').at('2026-07-08 09:00').ask('violation-handling');

  it('stops the term by a decision with a number, and somebody looks at it again by a day', () => {
    const one = handled();
    expect(one.state.supplements).toMatchObject([{ decision: '45/QĐ-XPHC', reviewOn: '2026-07-22', deadline: null }]);
    expect(refusalOf(() => one.answerNotice())).toBe('PRECONDITION_FAILED');
    one.settle('2026-07-23 09:00');
    expect(one.rungs('violation/S1')).toEqual([
      `day-before ${at('2026-07-21 07:30')}`,
      `missed ${at('2026-07-23 00:00')}`,
    ]);
    const { handlingAgency: agency } = one.state;
    const review = { type: 'reviewViolation', procedure: 'irc-ordinary', requestId: 'S1', reason: 'r' } as const;
    one.act(person(`officer.${agency}`, 'officer', agency), { ...review, reviewOn: plainDate('2026-07-31') });
    expect(one.state.supplements[0]?.reviewOn).toBe('2026-07-31');
  });

  it('ends by an act of whoever handles it: the term goes on, and the notice of the law is still there', () => {
    const one = handled().settle('2026-07-15 09:00').endViolation();
    expect(one.state.supplements).toMatchObject([{ status: 'handled', endedAt: at('2026-07-15 09:00') }]);
    expect(read(one, '2026-07-15 10:00')).toMatchObject({ consumed: 2, suspendedDays: 5, dueDate: '2026-07-27' });
    one.ask();
  });

  it.each([
    ['no number', { ground: 'violation-handling' }, 'VALIDATION_FAILED'],
    ['a sentence for a number', { ground: 'violation-handling', decision: 'do vi phạm' }, 'VALIDATION_FAILED'],
    [
      'a review too far ahead',
      { ground: 'violation-handling', decision: '1/QĐ', reviewOn: '2026-08-20' },
      'VALIDATION_FAILED',
    ],
    [
      'a review on a day off',
      { ground: 'violation-handling', decision: '1/QĐ', reviewOn: '2026-07-18' },
      'VALIDATION_FAILED',
    ],
    ['a number where nothing was violated', { ground: 'supplement', decision: '1/QĐ' }, 'VALIDATION_FAILED'],
  ])('is refused with %s', (_what, more, code) => {
    const one = received('irc-ordinary').at('2026-07-08 09:00');
    const { id, agency } = one.hold1st();
    const command = { type: 'requestSupplement', taskId: id, items: ['x'], reason: 'r', ...more } as Command;
    expect(refusalOf(() => one.act(person(`officer.${agency}`, 'officer', agency), command))).toBe(code);
  });
});

describe('form 02 at the counter', () => {
  const filed = (procedure: string) => new OneProcedure(procedure, '2026-07-06 09:00').file();
  const sendBack = (one: OneProcedure) => {
    const agency = one.register.law.receivingAgency;
    const key = `intake/${one.state.filings.length}`;
    one.engine(one.scope, { type: 'openTask', key, kind: 'intake', agency, role: 'receiving-officer', step: null });
    return one.complete(key, { outcome: 'complete', items: ['Giấy chứng nhận'], reason: 'thiếu' });
  };

  it('goes out within five working days of the filing, and is the one notice of the law', () => {
    const one = sendBack(filed('irc-ordinary').at('2026-07-13 16:00'));
    one.at('2026-07-14 09:00').file();
    expect(refusalOf(() => sendBack(one))).toBe('SUPPLEMENT_LIMIT');
    one.receive().at('2026-07-15 09:00');
    expect(refusalOf(() => one.ask())).toBe('SUPPLEMENT_LIMIT');
    one.ask('explanation');
  });

  it('is refused after that: form 01 is issued, and the one notice is still there', () => {
    const one = filed('irc-ordinary').at('2026-07-14 09:00');
    expect(refusalOf(() => sendBack(one))).toBe('REQUEST_WINDOW_CLOSED');
    one.complete('intake/1', { outcome: 'receive' }).ask();
    expect(one.state.supplements).toHaveLength(1);
  });

  it('for a feasibility appraisal is the one request, which whoever appraises makes in the same days', () => {
    expect(refusalOf(() => sendBack(filed('feasibility-appraisal-b').at('2026-07-14 09:00')))).toBe(
      'REQUEST_WINDOW_CLOSED',
    );
    const late = received('feasibility-appraisal-b').at('2026-07-14 09:00');
    expect(refusalOf(() => late.ask())).toBe('REQUEST_WINDOW_CLOSED');
    late.ask('errors-in-dossier');
    const intime = received('feasibility-appraisal-b').at('2026-07-13 09:00').ask();
    intime.at('2026-07-15 09:00').answerNotice();
    expect(read(intime, '2026-07-15 10:00')).toMatchObject({ discarded: 5, consumed: 0 });
    expect(refusalOf(() => intime.ask())).toBe('SUPPLEMENT_LIMIT');
  });
});

describe('an investor who does not answer', () => {
  const lapsed = (procedure: string) =>
    received(procedure).at('2026-07-07 09:00').ask().settle('2026-12-01 09:00').work();

  it('stop-or-continue: an officer decides; continuing takes the file back', () => {
    const one = lapsed('irc-ordinary');
    expect(one.events('supplementLapsed').map(({ occurredAt }) => occurredAt)).toEqual([at('2026-07-22 00:00')]);
    // Only the time given is the investor's: the days that follow are the agency's, whoever decides when.
    expect(one.state.ledger.at(-1)).toMatchObject({ type: 'resume', ground: 'lapsed', at: at('2026-07-22 00:00') });
    expect(one.task('lapse/S1').dueDate).toBe('2026-07-23');
    expect(read(one, '2026-12-01 09:00')).toMatchObject({ suspendedDays: 10, breachedOn: '2026-08-04' });
    expect(refusalOf(() => one.complete('lapse/S1', { outcome: 'refuse', reason: 'r' }))).toBe('VALIDATION_FAILED');
    one.complete('lapse/S1', { outcome: 'continue', reason: 'r' });
    expect(one.state.ledger.at(-1)?.type).toBe('resume');
    expect(one.task('step/assessment').status).toBe('claimed');
  });

  it('stop-or-continue: or stops, which form 05 tells; nothing of the procedure stays open', () => {
    const one = lapsed('irc-ordinary').complete('lapse/S1', { outcome: 'stop', reason: 'r' });
    expect(one.events('lapseDecided')[0]?.payload).toMatchObject({ decision: 'stop' });
    one.engine(one.scope, { type: 'closeProcedure' });
    expect(one.state.closed?.outcome).toBe('stopped');
    expect(one.openTasks()).toEqual([]);
  });

  it('stop and refuse: nothing else may be decided', () => {
    const stop = lapsed('feasibility-appraisal-a');
    expect(refusalOf(() => stop.complete('lapse/S1', { outcome: 'continue', reason: 'r' }))).toBe('VALIDATION_FAILED');
    stop.complete('lapse/S1', { outcome: 'stop', reason: 'r' });
    const refuse = lapsed('technology-transfer-registration');
    expect(refusalOf(() => refuse.complete('lapse/S1', { outcome: 'stop', reason: 'r' }))).toBe('VALIDATION_FAILED');
    refuse.complete('lapse/S1', { outcome: 'refuse', reason: 'r' });
    refuse.engine(refuse.scope, { type: 'closeProcedure' });
    expect(refuse.state.closed?.outcome).toBe('refused');
  });

  it('an answer that comes late counts until somebody has decided', () => {
    const one = lapsed('irc-ordinary').answerNotice();
    expect(one.state.supplements[0]?.status).toBe('answered');
    expect(one.openTasks().map(({ key }) => key)).not.toContain('lapse/S1');
  });

  it('and whose answer comes late has the term begin anew where the policy says so', () => {
    const one = received('feasibility-appraisal-b').at('2026-07-07 09:00').ask().settle('2026-08-06 09:00').work();
    expect(read(one, '2026-08-06 09:00')).toMatchObject({ state: 'running', consumed: 3 });
    one.answerNotice();
    expect(read(one, '2026-08-06 09:00')).toMatchObject({ state: 'running', consumed: 0, discarded: 3 });
  });

  it('in an event of before, keeps the clock standing until somebody decides', () => {
    const one = lapsed('irc-ordinary');
    const events = one.register.events.map((event) => {
      if (event.type !== 'supplementLapsed') return event;
      return { ...event, payload: { requestId: event.payload.requestId } };
    });
    const folded = foldCase(one.register.code, events).procedures[one.scope];
    expect(folded?.ledger.map(({ type }) => type)).toEqual(['start', 'suspend']);
  });
});

describe('cure or refuse (construction permit)', () => {
  const cure = () => received('construction-permit').at('2026-07-07 09:00').ask();

  it('lets the agency’s clock run, and the investor has two working days of their own', () => {
    const one = cure();
    expect(one.state.supplements[0]).toMatchObject({ suspends: false, deadline: '2026-07-09' });
    expect(read(one, '2026-07-09 10:00')).toMatchObject({ state: 'running', consumed: 3, dueDate: '2026-07-20' });
  });

  it('lets work go on when the answer comes in time', () => {
    const one = cure().at('2026-07-09 16:00').answerNotice();
    expect(one.events('supplementLapsed')).toEqual([]);
    expect(one.decide()).toBe(true);
    expect(read(one, '2026-07-30 10:00')).toMatchObject({ breachedOn: null });
  });

  it('is a task of one working day after the two days, and refuses', () => {
    const one = cure().settle('2026-07-10 00:00').work();
    expect(one.task('lapse/S1')).toMatchObject({ dueDate: '2026-07-10', agency: one.state.handlingAgency });
    one.at('2026-07-10 09:00').complete('lapse/S1', { outcome: 'refuse', reason: 'r' });
    one.engine(one.scope, { type: 'closeProcedure' });
    expect(one.state.closed?.outcome).toBe('refused');
    expect(one.state.ledger.at(-1)).toMatchObject({ type: 'stop', at: at('2026-07-10 09:00') });
  });

  it('takes an answer that comes after the two days until it has refused, and not after', () => {
    const late = cure().settle('2026-07-10 00:00').work().at('2026-07-10 08:00').answerNotice();
    expect(late.state.supplements[0]?.status).toBe('answered');
    expect(late.decide()).toBe(true);
    const refused = cure().settle('2026-07-10 00:00').work().complete('lapse/S1', { outcome: 'refuse', reason: 'r' });
    expect(refusalOf(() => refused.answerNotice())).toBe('PRECONDITION_FAILED');
  });

  it('asks once, and is not extended', () => {
    const one = cure().at('2026-07-08 09:00').answerNotice();
    expect(refusalOf(() => one.ask())).toBe('SUPPLEMENT_LIMIT');
    expect(refusalOf(() => one.extend(1))).toBe('EXTENSION_LIMIT');
  });
});

describe('an extension', () => {
  it('is granted as often as the law says, up to the length it says, before the breach', () => {
    const extended = { law: extendableLaw };
    const one = received('irc-ordinary', '2026-07-06 09:00', extended).at('2026-07-08 09:00');
    expect(refusalOf(() => one.extend(11))).toBe('EXTENSION_LIMIT');
    one.extend(10);
    expect(one.events('extensionGranted')[0]?.payload).toMatchObject({ days: 10, dueDate: '2026-08-03' });
    expect(refusalOf(() => one.extend(1))).toBe('EXTENSION_LIMIT');
    const breached = received('irc-ordinary', '2026-07-06 09:00', extended).at('2026-07-21 09:00');
    expect(refusalOf(() => breached.extend(1))).toBe('BREACHED');
    expect(refusalOf(() => received('restricted-technology-permit').extend(1))).toBe('EXTENSION_LIMIT');
  });

  it('is granted nowhere without a clause that says how long', () => {
    expect(refusalOf(() => received('irc-ordinary').extend(1))).toBe('EXTENSION_LIMIT');
    const seeded = catalogue();
    const kept = (seeded.procedures.get('irc-ordinary') ?? []).map((one) => ({
      ...one,
      clockPolicy: { ...one.clockPolicy, maxExtensions: 1 },
    }));
    const law = createLaw({ ...seeded, procedures: new Map([...seeded.procedures, ['irc-ordinary', kept]]) });
    expect(refusalOf(() => received('irc-ordinary', '2026-07-06 09:00', { law }).extend(1))).toBe('EXTENSION_LIMIT');
    const clauses = [...seeded.procedures.values()].flat().filter(({ clockPolicy }) => clockPolicy.maxExtensions > 0);
    expect([...new Set(clauses.map(({ code }) => code))].sort()).toEqual([
      'customs-priority',
      'feasibility-appraisal-a',
      'feasibility-appraisal-b',
      'feasibility-appraisal-c',
    ]);
  });

  it('that was a mistake is taken back: the date is what it was, late where that is past', () => {
    const one = received('irc-ordinary', '2026-07-06 09:00', { law: extendableLaw }).at('2026-07-08 09:00').extend(10);
    expect(refusalOf(() => one.extend(1))).toBe('EXTENSION_LIMIT');
    one.at('2026-07-09 09:00').withdrawExtension();
    expect(one.events('extensionWithdrawn')[0]?.payload).toMatchObject({ days: 10, dueDate: '2026-07-20' });
    expect(one.state.extensions).toBe(0);
    expect(read(one, '2026-07-09 10:00')).toMatchObject({ dueDate: '2026-07-20', breachedOn: null });
    expect(refusalOf(() => one.withdrawExtension())).toBe('PRECONDITION_FAILED');
    one.extend(5).settle('2026-07-24 09:00').withdrawExtension();
    expect(read(one, '2026-07-24 10:00')).toMatchObject({ dueDate: '2026-07-20', breachedOn: '2026-07-21' });
    // Nothing that follows is dated before it was taken back.
    expect(one.rungs()).toContain(`missed ${at('2026-07-24 09:00')}`);
  });

  it('in working days on a clock of calendar days reaches as far as the working days do', () => {
    // 20 working days after Monday 6 April 2026 end on 7 May (27 and 30 April and 1 May are off): 31 dates.
    const one = received('feasibility-appraisal-a', '2026-04-06 09:00');
    expect(one.state.budget).toEqual({ amount: 35, unit: 'calendar-day' });
    expect(refusalOf(() => one.extend(32))).toBe('EXTENSION_LIMIT');
    one.extend(31);
    expect(one.state.extensions).toBe(1);
  });
});

describe('more time for the investor', () => {
  const asked = () => received('restricted-technology-permit').at('2026-07-07 09:00').ask();

  it('is given once per notice, within the law’s budget, before it lapses', () => {
    const one = asked();
    expect(one.state.supplements[0]?.deadline).toBe('2026-09-07');
    expect(refusalOf(() => one.extendNotice(61))).toBe('EXTENSION_LIMIT');
    one.at('2026-09-01 09:00').extendNotice(60);
    expect(one.state.supplements[0]).toMatchObject({ deadline: '2026-11-06', extensions: 1 });
    expect(one.events('supplementExtended')[0]?.payload.reason).toMatchObject({ id: expect.any(String) as string });
    expect(refusalOf(() => one.extendNotice(1))).toBe('EXTENSION_LIMIT');
    one.settle('2026-11-06 23:00');
    expect(one.state.supplements[0]?.status).toBe('asked');
    one.settle('2026-11-07 00:00');
    expect(one.state.supplements[0]?.status).toBe('lapsed');
  });

  it('comes too late after the lapse, and is not known to other policies', () => {
    expect(refusalOf(() => asked().at('2026-09-08 09:00').extendNotice(5))).toBe('PRECONDITION_FAILED');
    const other = received('irc-ordinary').at('2026-07-07 09:00').ask();
    expect(refusalOf(() => other.extendNotice(5))).toBe('EXTENSION_LIMIT');
  });

  it('is given by whoever handles, with a reason', () => {
    const one = asked();
    expect(refusalOf(() => one.extendNotice(5, 'head', 'dof'))).toBe('FORBIDDEN');
    const { handlingAgency: agency } = one.state;
    const bare = () =>
      one.act(person(`head.${agency}`, 'head', agency), {
        type: 'extendSupplement',
        procedure: one.procedure,
        requestId: 'S1',
        days: 5,
        reason: '  ',
      });
    expect(refusalOf(bare)).toBe('VALIDATION_FAILED');
    one.extendNotice(5, 'head');
  });
});

describe('form 01', () => {
  const seeded = catalogue();
  const promulgated = (from: string) =>
    createLaw({
      ...seeded,
      settings: { ...seeded.settings, promulgation: { document: 'QĐ 1/QĐ-UBND', from: plainDate(from) } },
    });

  it('prints the law’s date, and the promised one once the City has promulgated its process', () => {
    const before = received('irc-ordinary', '2026-07-06 09:00', { law: promulgated('2026-07-07') });
    expect(before.state).toMatchObject({ printed: 'statutory', printedDueDate: '2026-07-20' });
    const after = received('irc-ordinary', '2026-07-07 09:00', { law: promulgated('2026-07-07') });
    expect(after.state).toMatchObject({ printed: 'promised', printedDueDate: '2026-07-16' });
    expect(after.rungs()).toEqual([]);
    after.settle('2026-07-17 09:00');
    expect(after.rungs()).toContain(`missed ${at('2026-07-17 00:00')}`);
    expect(read(after, '2026-07-17 09:00').breachedOn).toBeNull();
  });

  it('prints the law’s date in the standard lane, and for a body that the City does not command', () => {
    const law = promulgated('2026-01-01');
    const standard = received('irc-ordinary', '2026-07-07 09:00', { law, lane: 'standard' });
    expect(standard.state).toMatchObject({ printed: 'statutory', promise: false, promisedDate: '2026-07-21' });
    const central = received('tax-registration', '2026-07-07 09:00', { law });
    expect(central.state).toMatchObject({ printed: 'statutory', promise: false });
  });
});
