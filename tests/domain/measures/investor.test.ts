import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureCase, type CaseMeasures } from '../../../domain/measures/days.js';
import { readClock } from '../../../domain/time/clock.js';
import { instantAfter, type Instant } from '../../../domain/time/instants.js';
import { catalogue } from '../../../seeds/index.js';
import { at } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

const { calendar, agencies } = catalogue();
const commandedByCity = (agency: string) => agencies.get(agency)?.commandedByCity ?? false;
const measure = (one: OneProcedure, asOf: Instant) =>
  measureCase({ state: one.register.state, calendar, commandedByCity, asOf });
const spans = ({ spans: all }: CaseMeasures) =>
  all.map(({ holder, after, through, workingDays }) => [holder, after, through, workingDays]);

const intake = (one: OneProcedure): string => `intake/${one.state.filings.length}`;

/** The counter sends the dossier back with form 02. */
function sendBack(one: OneProcedure): void {
  const agency = one.register.law.receivingAgency;
  const key = intake(one);
  one.engine(one.scope, { type: 'openTask', key, kind: 'intake', agency, role: 'receiving-officer', step: null });
  one.complete(key, { outcome: 'complete', items: ['financial-capacity'], reason: 'r' });
}

const consumed = (one: OneProcedure, asOf: Instant) =>
  readClock(one.calendar, one.state.budget, one.state.ledger, asOf).consumed;

describe('what the investor holds', () => {
  it('is the same whether it was asked for and given in office hours or in the evening', () => {
    const stories = [
      ['09:00', '09:00'],
      ['21:30', '09:00'],
      ['09:00', '23:45'],
      ['23:59', '00:01'],
    ].map(([asked = '', given = '']) => {
      const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().receive().work();
      one.at(`2026-07-09 ${asked}`).ask('explanation');
      one.at(`2026-07-14 ${given}`).answerNotice();
      const { consumed, dueDate, suspendedDays } = readClock(
        ...([one.calendar, one.state.budget, one.state.ledger, at('2026-07-15 12:00')] as const),
      );
      const { workingDays, investorDays, netDays } = measure(one, at('2026-07-15 12:00'));
      return { consumed, dueDate, suspendedDays, workingDays, investorDays, netDays };
    });
    // Of 7 to 15 July the 10th, 13th and 14th began with the investor.
    const same = { consumed: 4, dueDate: '2026-07-23', suspendedDays: 3, workingDays: 7, investorDays: 3, netDays: 4 };
    expect(stories).toEqual([same, same, same, same]);
  });

  it('is one span for form 02 and its answer, also where both come at one instant', () => {
    const stories = ['2026-11-30 09:00', '2026-11-30 09:01'].map((again) => {
      const one = new OneProcedure('irc-special', '2026-11-30 09:00').file();
      sendBack(one);
      one.at(again).file().receive().work();
      // Form 02 used the one notice up; explanations have no number.
      one.at('2026-12-04 09:00').ask('explanation');
      one.at('2026-12-08 09:00').answerNotice().work();
      return measure(one, at('2026-12-08 17:00'));
    });
    expect(stories[0]).toEqual(stories[1]);
    expect(stories[0]).toMatchObject({ workingDays: 6, netDays: 4, investorDays: 2 });
    expect(spans(stories[0]!)).toEqual([
      ['shtp-board', '2026-11-30', '2026-12-04', 4],
      ['investor', '2026-12-04', '2026-12-08', 2],
    ]);
  });

  it('goes on until the dossier comes back, and ends with the procedure where it never does', () => {
    const one = new OneProcedure('irc-special', '2026-11-30 09:00').file();
    sendBack(one.at('2026-12-01 09:00'));
    expect(measure(one, at('2026-12-04 17:00'))).toMatchObject({ netDays: 1, investorDays: 3 });
    one.at('2026-12-07 09:00').file();
    expect(measure(one, at('2026-12-09 17:00'))).toMatchObject({ netDays: 3, investorDays: 4 });
  });

  // Of a procedure whose clock starts with the filing and whose steps follow each other.
  it('leaves the agencies exactly the days that the clock counts, whatever the gaps', () => {
    const gap = fc.constantFrom(0, 0, 1, 24, 25, 72);
    fc.assert(
      fc.property(fc.array(gap, { minLength: 14, maxLength: 14 }), fc.nat(1), fc.boolean(), (gaps, returns, asks) => {
        const one = new OneProcedure('irc-special', '2026-09-07 09:00');
        const left = [...gaps];
        const later = () => one.at(instantAfter(one.now, left.shift() ?? 0));
        later().file();
        for (let i = 0; i < returns; i++) {
          sendBack(later());
          later().file();
        }
        later().receive().work();
        if (asks) {
          later().ask(returns > 0 ? 'explanation' : 'supplement');
          later().answerNotice();
        }
        later().work();
        const asOf = instantAfter(one.now, left.shift() ?? 0);
        const measured = measure(one, asOf);
        const agency = measured.spans.filter(({ holder }) => holder !== 'investor');
        expect(agency.reduce((sum, { workingDays }) => sum + workingDays, 0)).toBe(consumed(one, asOf));
        expect(measured.netDays).toBe(consumed(one, asOf));
      }),
    );
  });
});
