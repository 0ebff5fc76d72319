import fc from 'fast-check';
import { expect } from 'vitest';
import type { CaseState } from '../../domain/case/state.js';
import { screen } from '../../domain/lane/screening.js';
import { measureCase, type CaseMeasures } from '../../domain/measures/days.js';
import { addDays, plainDate } from '../../domain/time/instants.js';
import { catalogue } from '../../seeds/index.js';
import { anyFiling } from './filings.js';
import { type Befallen, measuredCase, noon } from './measured-case.js';
import { seededLaw } from './memory-register.js';

const { calendar } = catalogue();

/** The days of a case, read when all of it is over. */
export const measured = (state: CaseState): CaseMeasures =>
  measureCase({
    state,
    calendar,
    commandedByCity: seededLaw.commandedByCity,
    asOf: noon(plainDate('2027-11-01')),
  });

/** A day of filing within ten months of July 2026. */
const anyDay = fc.integer({ min: 0, max: 300 }).map((days) => addDays(plainDate('2026-07-06'), days));

/** Every term of the plan ends within the calendar. */
const hasEnds = (state: CaseState): boolean => state.plan.every(({ statutory }) => statutory.ends !== null);

const sumsUp = ({ spans, workingDays, investorDays, centralDays, netDays }: CaseMeasures): void => {
  expect(spans.reduce((sum, span) => sum + span.workingDays, 0)).toBe(workingDays);
  expect(netDays + investorDays + centralDays).toBe(workingDays);
};

// Each plays so many random projects, and answers of how many it said something.

/** Where everybody takes the whole term on the standard pathway nothing is shorter. */
export function holdsWholeTerms(numRuns: number, seed: number): number {
  let said = 0;
  fc.assert(
    fc.property(anyFiling, anyDay, (filing, day) => {
      const screening = screen(filing, noon(day), catalogue(), day);
      const state = measuredCase(filing, day, {}, 'standard');
      fc.pre(hasEnds(state) && screening.baselineDays > 0);
      const measures = measured(state);
      sumsUp(measures);
      expect(measures.wholeDays + measures.investorDays).toBeCloseTo(measures.workingDays, 3);
      said += 1;
      // Also where nobody knows whether more is needed: the plan and the baseline hold the same procedures.
      expect(measures.reductions).toEqual({ whole: 0, city: screening.cityBaselineDays > 0 ? 0 : null });
    }),
    { seed, numRuns },
  );
  return said;
}

/** On another pathway whole terms are shorter by exactly what it saves by law. */
export function holdsWhatLawSaves(numRuns: number, seed: number): number {
  let said = 0;
  fc.assert(
    fc.property(anyFiling, anyDay, (filing, day) => {
      const screening = screen(filing, noon(day), catalogue(), day);
      const special = screening.pathways.find(({ id }) => id === 'special');
      fc.pre(special?.lawful === 'yes');
      const state = measuredCase(filing, day, {}, 'special');
      fc.pre(hasEnds(state) && screening.baselineDays > 0);
      const days = special?.milestones[screening.milestone].workingDays ?? 0;
      said += 1;
      expect(measured(state).reductions.whole).toBeCloseTo(1 - days / screening.baselineDays, 3);
    }),
    { seed, numRuns },
  );
  return said;
}

const trouble: fc.Arbitrary<Befallen> = fc.record({
  awaited: fc.constantFrom(0, 0, 3, 20),
  counter: fc.constantFrom(0, 0, 1, 7),
  late: fc.constantFrom(0, 0, 1, 12),
  handOver: fc.constantFrom(0, 0, 2),
});

/** Where nobody is a day sooner nothing is shorter, whatever else befalls. */
export function holdsOnlySavedDates(numRuns: number, seed: number): number {
  let said = 0;
  const troubles = fc.array(trouble, { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(anyFiling, anyDay, troubles, (filing, day, befall) => {
      const plain = measuredCase(filing, day, {}, 'standard');
      fc.pre(plain.baseline.days > 0 && hasEnds(plain));
      const befallen = Object.fromEntries(plain.plan.map(({ procedure }, i) => [procedure, befall[i % 12] ?? {}]));
      const measures = measured(measuredCase(filing, day, befallen, 'standard'));
      fc.pre(measures.countedThrough === null);
      sumsUp(measures);
      said += 1;
      expect(measures.reduction ?? Math.min(measures.reductions.whole ?? 0, 0)).toBeLessThanOrEqual(0);
    }),
    { seed, numRuns },
  );
  return said;
}
