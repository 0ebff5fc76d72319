import { describe, expect, it } from 'vitest';
import { type ClockEntry } from '../../domain/time/clock.js';
import { onReturnOf, readTerm, stepTermOf, termsOf } from '../../domain/case/promise/terms.js';
import { at, seededLaw } from '../support/memory-register.js';
import { extendableLaw } from '../support/extendable-law.js';
import { OneProcedure } from '../support/one-procedure.js';

const received = (procedure = 'irc-ordinary', on = '2026-07-06 09:00', options = {}) =>
  new OneProcedure(procedure, on, { law: extendableLaw, ...options }).file().receive();

const read = (one: OneProcedure, name: 'statutory' | 'promised' | 'ambition' | 'printed', when: string) =>
  readTerm(one.calendar, termsOf(one.state)[name], at(when), onReturnOf(one.resolved, one.state));

describe('the terms of a procedure', () => {
  it('are views with other budgets over one ledger', () => {
    const one = received();
    const dates = (['statutory', 'promised', 'ambition', 'printed'] as const).map((name) => {
      const { budget, dueDate, remaining } = read(one, name, '2026-07-08 10:00');
      return [name, budget.amount, dueDate, remaining];
    });
    expect(dates).toEqual([
      ['statutory', 10, '2026-07-20', 8],
      ['promised', 7, '2026-07-15', 5],
      ['ambition', 6, '2026-07-14', 4],
      ['printed', 10, '2026-07-20', 8],
    ]);
  });

  it('are the law’s alone in the standard lane and for bodies that the City does not command', () => {
    for (const one of [
      received('irc-ordinary', '2026-07-06 09:00', { lane: 'standard' }),
      received('tax-registration'),
    ]) {
      const { statutory, promised, ambition, printed } = termsOf(one.state);
      expect([promised, ambition, printed]).toEqual([statutory, statutory, statutory]);
    }
  });

  it('stand still together; an extension moves the term of the law and no promise', () => {
    const one = received().at('2026-07-17 09:00').extend(3);
    expect(read(one, 'statutory', '2026-07-17 10:00')).toMatchObject({ dueDate: '2026-07-23', breachedOn: null });
    expect(read(one, 'promised', '2026-07-17 10:00')).toMatchObject({
      dueDate: '2026-07-15',
      breachedOn: '2026-07-16',
    });
    const early = received().at('2026-07-08 09:00').extend(3).at('2026-07-09 09:00').ask();
    early.at('2026-07-16 09:00').answerNotice();
    expect(read(early, 'statutory', '2026-07-16 10:00').dueDate).toBe('2026-07-30');
    expect(read(early, 'promised', '2026-07-16 10:00').dueDate).toBe('2026-07-22');
  });

  it('say, while the investor has the file, the date of the whole term where the answer begins it anew', () => {
    const restart = received('feasibility-appraisal-a').at('2026-07-09 09:00').ask();
    expect(read(restart, 'statutory', '2026-07-15 09:00')).toMatchObject({
      dueDate: null,
      dueIfReturned: '2026-08-12',
    });
    restart.at('2026-07-15 09:00').answerNotice();
    expect(read(restart, 'statutory', '2026-07-15 10:00').dueDate).toBe('2026-08-12');
  });
});

describe('the term of a step', () => {
  const term = (one: OneProcedure, step: string) => stepTermOf(one.resolved, one.state, step);
  const share = (one: OneProcedure, step: string) =>
    one.resolved.steps.find(({ code }) => code === step)?.shareOfBudget ?? Number.NaN;

  it('begins with its work: a task, a call or a question, and ends with it', () => {
    const one = received();
    expect(term(one, 'opinions')).toBeUndefined();
    one.at('2026-07-06 10:00').work();
    expect(term(one, 'opinions')?.ledger).toEqual([{ type: 'start', at: at('2026-07-06 10:00') }]);
    expect(term(one, 'assessment')).toBeUndefined();
    one.at('2026-07-08 10:00').answer();
    expect(term(one, 'opinions')?.ledger.at(-1)).toEqual({ type: 'stop', at: at('2026-07-08 10:00') });
    expect(term(one, 'assessment')).toEqual({
      budget: { amount: Math.floor(10 * share(one, 'assessment') + 1e-9), unit: 'working-day' },
      ledger: [{ type: 'start', at: at('2026-07-08 10:00') }],
    });
  });

  it('is its share of the law’s days, at least one, and none without a share', () => {
    const one = received('enterprise-registration');
    one.decide();
    const amounts = one.resolved.steps.map(({ code }) => [
      code,
      share(one, code) * 3,
      term(one, code)?.budget.amount ?? null,
    ]);
    expect(amounts).toEqual([
      ['name-check', 0, null],
      ['review', expect.closeTo(2.01), 2],
      ['decision', expect.closeTo(0.99), 1],
      ['tax-code', 0, null],
    ]);
  });

  it('stands still with the procedure and gets no days of its extension', () => {
    const one = received().at('2026-07-08 10:00').ask();
    one.at('2026-07-14 09:00').answerNotice().extend(5);
    const types = (entries: readonly ClockEntry[] = []) => entries.map(({ type }) => type);
    expect(types(term(one, 'assessment')?.ledger)).toEqual(['start', 'suspend', 'resume']);
    const reading = term(one, 'assessment');
    expect(reading && readTerm(one.calendar, reading, at('2026-07-16 09:00'))).toMatchObject({
      consumed: 2,
      suspendedDays: 4,
    });
    one.decide();
    expect(types(term(one, 'assessment')?.ledger)).toEqual(['start', 'suspend', 'resume', 'stop']);
  });

  it('begun while the investor has the file stands still from the beginning', () => {
    const one = received('investment-policy-park').at('2026-07-07 09:00').ask();
    const open = one.resolved.steps.find(({ kind }) => kind === 'consultation')?.code ?? '';
    const { ledger, steps } = one.state;
    const state = { ...one.state, steps: { ...steps, [open]: { ...started, startedAt: at('2026-07-08 09:00') } } };
    expect(ledger.at(-1)?.type).toBe('suspend');
    const begun = stepTermOf(one.resolved, state, open);
    expect(begun && readTerm(one.calendar, begun, at('2026-07-10 09:00'))).toMatchObject({
      state: 'suspended',
      consumed: 0,
    });
  });

  it('of a step done anew is that of its present round', () => {
    const one = received().at('2026-07-08 10:00').work().answer();
    const { tasks } = one.state;
    const state = {
      ...one.state,
      steps: { ...one.state.steps, assessment: { ...started, round: 2 } },
      tasks: {
        ...tasks,
        two: { ...one.task('step/assessment'), key: 'step/assessment#2', openedAt: at('2026-07-09 10:00') },
      },
    };
    expect(stepTermOf(one.resolved, state, 'assessment')?.ledger[0]?.at).toBe(at('2026-07-09 10:00'));
  });

  it('is there for every step of every procedure that takes time, once it was begun', () => {
    const one = received('restricted-technology-permit', '2026-07-06 09:00', { law: seededLaw });
    expect(one.decide()).toBe(true);
    const timed = one.resolved.steps.filter(({ shareOfBudget, kind }) => shareOfBudget > 0 && kind !== 'automatic');
    for (const { code } of timed) expect(term(one, code)?.ledger.at(-1)?.type).toBe('stop');
  });
});

const started = { startedAt: null, completedAt: null, outcome: null, by: null, failed: false, called: false, round: 1 };
