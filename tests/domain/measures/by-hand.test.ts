import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../domain/law/catalogue.js';
import { measureCase } from '../../../domain/measures/days.js';
import { factsOf } from '../../../domain/measures/facts.js';
import { plainDate } from '../../../domain/time/instants.js';
import { catalogue } from '../../../seeds/index.js';
import { figuresByHand } from '../../fixtures/figures.js';
import { greenProject } from '../../support/licensing-life.js';
import { measuredCase, noon } from '../../support/measured-case.js';
import { seededLaw } from '../../support/memory-register.js';

const seeded = catalogue();
const monday = plainDate('2026-07-06');

function withObserved(durations: Readonly<Record<string, number>>): Catalogue {
  const published = Object.entries(durations).map(([procedure, days]) => ({
    procedure,
    days,
    source: 'Báo cáo thử nghiệm',
    from: plainDate('2025-01-01'),
    to: plainDate('2025-12-31'),
    n: 40,
    verified: true,
  }));
  const observed = { procedures: published, basis: 'test', verified: true };
  return { ...seeded, settings: { ...seeded.settings, observed } };
}

describe('figures as somebody computed them with a pencil', () => {
  it('are forty', () => {
    expect(figuresByHand.length).toBeGreaterThanOrEqual(40);
    expect(new Set(figuresByHand.map(({ name }) => name)).size).toBe(figuresByHand.length);
  });

  it.each(figuresByHand.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const { project = {}, befallen = {}, observed = {}, days, baseline, reductions, investorDays } = one;
    const state = measuredCase(greenProject(project), monday, befallen, 'standard', undefined, withObserved(observed));
    const measures = measureCase({
      state,
      calendar: seeded.calendar,
      commandedByCity: seededLaw.commandedByCity,
      asOf: noon(plainDate('2027-06-01')),
    });
    const { wholeDays, cityDays, baselineDays, cityBaselineDays } = measures;
    expect({ days: [wholeDays, cityDays], baseline: [baselineDays, cityBaselineDays] }).toEqual({ days, baseline });
    expect([measures.reductions.whole, measures.reductions.city]).toEqual(reductions);
    expect(measures.reduction).toBe(Math.min(...reductions));
    expect(measures.spans.reduce((sum, { workingDays }) => sum + workingDays, 0)).toBe(measures.workingDays);
    if (investorDays !== undefined) expect(measures.investorDays).toBe(investorDays);
    const isObserved = Object.keys(observed).length === 2;
    expect(measures.baseline).toBe(isObserved ? 'observed' : 'law');
    // What is set against today stands against the law, too.
    expect(measures.byLaw.baselineDays).toBe(project.restrictedTechnology === true ? 22 : 13);
    expect(factsOf(state, seededLaw).case).toMatchObject({
      baseline: measures.baseline,
      lawBaselineDays: measures.byLaw.baselineDays,
    });
  });

  it('say which durations of today are missing', () => {
    const { observed } = measuredCase(greenProject(), monday, {}, 'standard', undefined, seeded).baseline;
    expect(observed).toBeUndefined();
  });
});
