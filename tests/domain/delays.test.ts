import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDays } from '../../domain/time/calendar.js';
import { readClock } from '../../domain/time/clock.js';
import { causesOf } from '../../domain/case/apology/delays.js';
import { addDays, dateOf, startOf } from '../../domain/time/instants.js';
import { at, refusalOf } from '../support/memory-register.js';
import { extendableLaw } from '../support/extendable-law.js';
import { OneProcedure } from '../support/one-procedure.js';
import { property } from './naive-clock.js';

const received = (procedure = 'irc-ordinary') =>
  new OneProcedure(procedure, '2026-07-06 09:00', { law: extendableLaw }).file().receive();
const causes = (one: OneProcedure, when: string) =>
  causesOf(one.state, Object.values(one.register.state.consultations), one.calendar, at(when)).map(
    ({ cause, agency, days }) => `${cause} ${agency ?? '-'} ${days}`,
  );

describe('whose days they were', () => {
  it('names the investor, the last opinion, and the agency', () => {
    const one = received().work();
    one.at('2026-07-08 10:00').answer('agree', ['dpa']);
    one.at('2026-07-10 10:00').answer();
    one.at('2026-07-13 10:00').ask().at('2026-07-15 10:00').answerNotice();
    // 7-10 July: dost; 13 July: the board; 14 and 15: the investor; 16 and 17: the board.
    expect(causes(one, '2026-07-17 10:00')).toEqual(['opinion dost 4', 'agency shtp-board 3', 'investor - 2']);
  });

  it('gives an opinion that never came its own term, and no more', () => {
    const one = received().work().settle('2026-07-20 09:00').work();
    // Asked on the 6th with four working days: through the 10th.
    expect(causes(one, '2026-07-17 10:00')).toEqual(['agency shtp-board 5', 'opinion dost 4']);
  });

  it('names a conference, and the days that an extension added', () => {
    const one = received().work();
    one.at('2026-07-08 10:00').answer('object');
    expect(one.events('conferenceOpened')).toHaveLength(1);
    one.at('2026-07-15 10:00').extend(2);
    // 7 and 8: opinions; 9-13: the conference of the board; from the 14th with the City's team, where it still sits; the days beyond the law's ten are the extension's.
    expect(causes(one, '2026-07-23 10:00')).toEqual([
      'conference hcmc-committee 6',
      'conference shtp-board 3',
      'opinion dost 2',
      'extension shtp-board 2',
    ]);
  });

  it('begin with the day the valid dossier came: what it lay at the counter is the counter’s', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().at('2026-07-09 09:00').receive();
    expect(causes(one, '2026-07-13 10:00')).toEqual(['agency hcmc-pasc 3', 'agency shtp-board 2']);
  });

  it('are none before the clock starts', () => {
    expect(causes(new OneProcedure('irc-ordinary', '2026-07-06 09:00'), '2026-07-20 09:00')).toEqual([]);
  });

  it('sum to the days since receipt, the investor’s to the days of suspension', () => {
    const act = fc.record({ days: fc.nat(6), minute: fc.constantFrom(0, 60, 540, 1439), pick: fc.nat(4) });
    property(
      fc.constantFrom('irc-ordinary', 'feasibility-appraisal-a', 'land-lease'),
      fc.array(act, { maxLength: 8 }),
      (procedure, acts) => {
        const one = received(procedure).work();
        let day = dateOf(one.now);
        for (const { days, minute, pick } of acts) {
          day = addDays(day, days);
          const when = new Date(Date.parse(startOf(day)) + minute * 60_000).toISOString();
          if (Date.parse(when) < Date.parse(one.now)) continue;
          one.at(when);
          const asked = one.openTasks().some(({ kind }) => kind === 'step');
          // Much of it is not possible now; what fell due before it stands all the same.
          refusalOf(() => {
            if (pick === 0) one.answer();
            if (pick === 1 && asked) one.ask('supplement');
            if (pick === 2) one.answerNotice();
            if (pick === 3) one.extend(2);
            if (pick === 4) one.settle();
          });
        }
        const until = startOf(addDays(day, 9));
        const { ledger, budget } = one.state;
        const found = causesOf(one.state, Object.values(one.register.state.consultations), one.calendar, until);
        const sum = (list: typeof found) => list.reduce((total, { days }) => total + days, 0);
        expect(sum(found)).toBe(countDays(one.calendar, budget.unit, dateOf(ledger[0]?.at ?? ''), dateOf(until)));
        expect(sum(found.filter(({ cause }) => cause === 'investor'))).toBe(
          readClock(one.calendar, budget, ledger, until).suspendedDays,
        );
      },
    );
  });
});
