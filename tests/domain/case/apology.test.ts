import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../domain/case/task/commands.js';
import { foldCase } from '../../../domain/case/fold.js';
import { plainDate } from '../../../domain/time/instants.js';
import { at, refusalOf } from '../../support/memory-register.js';
import { extendableLaw } from '../../support/extendable-law.js';
import { OneProcedure } from '../../support/one-procedure.js';

/** Received on Monday 6 July 2026, ten working days: due on the 20th, the letter is drafted on Friday the 17th. */
const received = () => new OneProcedure('irc-ordinary', '2026-07-06 09:00', { law: extendableLaw }).file().receive();
const drafted = () => received().work().at('2026-07-08 10:00').answer().settle('2026-07-17 07:30').work();
const send = (newDate?: string): Completion => ({
  outcome: 'send',
  ...(newDate !== undefined && { newDate: plainDate(newDate) }),
});

describe('the letter of apology (form 04)', () => {
  it('is drafted before the printed date ends, at the instant of the rung, with the causes of the ledger', () => {
    const one = drafted();
    expect(one.events('apologyDrafted')).toMatchObject([
      {
        occurredAt: at('2026-07-17 07:30'),
        actor: { kind: 'clock' },
        payload: {
          letterId: 'A1',
          form: '04',
          dueDate: '2026-07-20',
          causes: [
            { cause: 'agency', agency: 'shtp-board', days: 7 },
            { cause: 'opinion', agency: 'dost', days: 2 },
          ],
        },
      },
    ]);
    expect(one.task('apology/A1')).toMatchObject({ agency: 'shtp-board', role: 'head', dueDate: '2026-07-20' });
  });

  it('is drafted with the rung however late the machine is, and once', () => {
    const one = received().settle('2026-08-20 09:00').settle('2026-09-20 09:00');
    expect(one.events('apologyDrafted').map(({ occurredAt }) => occurredAt)).toEqual([at('2026-07-17 07:30')]);
  });

  it('is sent by the head with a new appointment and the causes of that day', () => {
    const one = drafted().at('2026-07-20 10:00').complete('apology/A1', send('2026-07-24'));
    expect(one.events('apologySent')[0]?.payload).toMatchObject({
      letterId: 'A1',
      taskId: one.task('apology/A1').id,
      newDate: '2026-07-24',
      causes: [
        { cause: 'agency', days: 8 },
        { cause: 'opinion', days: 2 },
      ],
    });
    expect(one.state.apologies).toMatchObject([{ sentAt: at('2026-07-20 10:00'), newDate: '2026-07-24' }]);
    expect(
      one
        .work()
        .openTasks()
        .map(({ kind }) => kind),
    ).not.toContain('apology');
  });

  it.each([
    ['no date', undefined],
    ['the printed date itself', '2026-07-20'],
    ['a day off', '2026-07-25'],
    ['a day before', '2026-07-17'],
  ])('is not sent with %s', (_what, newDate) => {
    const one = drafted();
    expect(refusalOf(() => one.complete('apology/A1', send(newDate)))).toBe('VALIDATION_FAILED');
    expect(one.task('apology/A1').status).toBe('claimed');
    expect(one.events('apologySent')).toEqual([]);
  });

  it('is not sent with a day that has passed, though it comes after the printed date', () => {
    const one = drafted().at('2026-07-24 10:00');
    expect(refusalOf(() => one.complete('apology/A1', send('2026-07-23')))).toBe('VALIDATION_FAILED');
    one.complete('apology/A1', send('2026-07-27'));
  });

  it('is not needed where the head finds so, and is not asked for again', () => {
    const one = drafted().complete('apology/A1', { outcome: 'not-needed', reason: 'r' });
    expect(one.state.apologies).toMatchObject([{ dropped: true, sentAt: null }]);
    expect(
      one
        .work()
        .settle('2026-08-20 09:00')
        .work()
        .openTasks()
        .map(({ kind }) => kind),
    ).not.toContain('apology');
    expect(one.events('apologyDrafted')).toHaveLength(1);
  });

  it('closes with the decision, and after it nothing is drafted', () => {
    const one = drafted();
    expect(one.decide()).toBe(true);
    expect(() => one.task('apology/A1')).toThrow();
    const early = received();
    expect(early.decide()).toBe(true);
    expect(early.settle('2026-08-20 09:00').events('apologyDrafted')).toEqual([]);
  });

  it('closes with a refusal, a stop and a withdrawal, too', () => {
    const stopped = received().settle('2026-07-17 08:00').at('2026-07-17 09:00').ask().work();
    expect(stopped.task('apology/A1').status).toBe('open');
    stopped.settle('2026-09-01 09:00').work().complete('lapse/S1', { outcome: 'stop', reason: 'r' });
    stopped.engine(stopped.scope, { type: 'closeProcedure' });
    expect(stopped.openTasks()).toEqual([]);
  });
});

describe('when the printed date moves', () => {
  it('by an extension, the letter for the old one is taken back and another drafted for the new one', () => {
    const one = drafted().at('2026-07-17 10:00').extend(3);
    expect(one.events('apologyVoided')).toMatchObject([{ payload: { letterId: 'A1', dueDate: '2026-07-23' } }]);
    expect(() => one.work().task('apology/A1')).toThrow();
    one.settle('2026-07-22 07:30').work();
    expect(one.events('apologyDrafted').map(({ payload }) => [payload.letterId, payload.dueDate])).toEqual([
      ['A1', '2026-07-20'],
      ['A2', '2026-07-23'],
    ]);
    expect(one.openTasks().map(({ key }) => key)).toContain('apology/A2');
  });

  it('by a suspension, once the file is back with another date; not where it comes back for the same one', () => {
    const same = drafted().at('2026-07-17 10:00').ask();
    expect(refusalOf(() => same.complete('apology/A1', send('2026-07-24')))).toBe('PRECONDITION_FAILED');
    same.at('2026-07-17 11:00').answerNotice();
    expect(same.events('apologyVoided')).toEqual([]);
    expect(same.task('apology/A1').status).toBe('claimed');

    const later = drafted().at('2026-07-17 10:00').ask().at('2026-07-22 10:00').answerNotice();
    expect(later.events('apologyVoided')).toMatchObject([{ payload: { letterId: 'A1', dueDate: '2026-07-23' } }]);
    later.settle('2026-07-23 09:00');
    expect(later.events('apologyDrafted').map(({ payload }) => payload.letterId)).toEqual(['A1', 'A2']);
  });

  it('does not move after a breach: the letter about it stays to be sent', () => {
    const one = drafted().settle('2026-07-22 09:00');
    expect(one.task('apology/A1').status).toBe('open');
    one.complete('apology/A1', send('2026-07-27'));
    expect(foldCase(one.register.code, one.register.events)).toEqual(one.register.state);
  });

  it('waits for form 01 where the clock runs before it: nobody was given a date yet', () => {
    const one = new OneProcedure('enterprise-registration', '2026-07-06 09:00').file();
    one.settle('2026-07-08 09:00');
    expect(one.events('apologyDrafted')).toEqual([]);
    one.at('2026-07-08 10:00').receive().settle('2026-07-08 10:00');
    expect(one.events('apologyDrafted')).toMatchObject([{ occurredAt: at('2026-07-08 10:00') }]);
  });
});
