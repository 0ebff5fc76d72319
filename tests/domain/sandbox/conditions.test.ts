import { describe, expect, it } from 'vitest';
import { lastDayOf, periodEnd, termsWithin } from '../../../domain/case/trial/conditions.js';
import { indexRegimes, type RegimeInForce } from '../../../domain/law/regime.js';
import { type TrialLimit, type TrialTerms } from '../../../domain/law/trial-terms.js';
import { type RegimeSetting } from '../../../domain/schemas/regime.js';
import { plainDate } from '../../../domain/time/instants.js';
import { refusedBy, seededLaw } from '../../support/memory-register.js';
import { knownRegime, termsFor } from '../../support/trial-acts.js';

const uav = knownRegime('hcmc-res-20-2024-uav@2024-11-24');
const level2 = knownRegime('ai-decree-142-2026-level-2@2026-05-01');
const proposedUnder = ({ rules }: RegimeInForce): TrialTerms =>
  termsFor(seededLaw, { version: rules.version, months: 12 });
const within = (one: RegimeInForce, change: Partial<TrialTerms> = {}): TrialTerms =>
  termsWithin(one.regime, one.rules, { ...proposedUnder(one), ...change });
const refusalOf = (one: RegimeInForce, change: Partial<TrialTerms>) => {
  const { code, details } = refusedBy(() => within(one, change));
  return { code, details };
};
const limit = (code: string, change: Partial<TrialLimit>): TrialLimit => {
  const found = uav.rules.limits.find((one) => one.code === code);
  if (!found) throw new Error(`no limit ${code}`);
  return { ...found, ...change, source: 'admission' };
};

describe('the conditions of an admission', () => {
  it('keep every limit of the regime that they do not narrow, each with its source', () => {
    const { limits } = within(uav, { limits: [limit('altitude', { max: 120 }), ...proposedUnder(uav).limits] });
    expect(limits.map(({ code, source }) => [code, source])).toEqual([
      ...uav.rules.limits.map(({ code }) => [code, code === 'altitude' ? 'admission' : 'law']),
      ['users', 'admission'],
    ]);
    expect(limits.find(({ code }) => code === 'altitude')).toMatchObject({
      max: 120,
      name: { en: 'Maximum flight altitude' },
    });
  });

  it('that say a limit again as the regime has it leave it the regime’s', () => {
    const { limits } = within(uav, { limits: [limit('speed', {})] });
    expect(limits.find(({ code }) => code === 'speed')?.source).toBe('law');
  });

  it('leave out what the regime leaves to the admission, and count for nothing without a limit of their own there', () => {
    expect(within(level2).limits.map(({ code }) => code)).toEqual(['users']);
    expect(refusalOf(level2, { limits: [] })).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { field: 'limits' },
    });
  });

  it.each<[string, RegimeInForce, Partial<TrialTerms>, string, object]>([
    ['longer than the regime', uav, { months: 13 }, 'TERM_TOO_LONG', { months: 13, longest: 12, source: 'default' }],
    [
      'a wider limit',
      uav,
      { limits: [limit('altitude', { max: 201 })] },
      'LIMIT_LOOSER_THAN_REGIME',
      { limits: ['altitude'] },
    ],
    [
      'a bound that counts where the regime’s does not',
      uav,
      { limits: [limit('altitude', { inclusive: true })] },
      'LIMIT_LOOSER_THAN_REGIME',
      {},
    ],
    [
      'hours beyond the regime’s',
      uav,
      { limits: [limit('test-hours', { values: ['06:30-17:00'] })] },
      'LIMIT_LOOSER_THAN_REGIME',
      {},
    ],
    ['no place', uav, { areas: [] }, 'VALIDATION_FAILED', { field: 'areas' }],
    [
      'a place outside',
      uav,
      { areas: [{ code: 'a', name: { vi: 'Chợ', en: 'Market' }, site: 'none', polygon: null }] },
      'OUTSIDE_TERRITORY',
      { sites: ['none'] },
    ],
    ['data abroad', uav, { dataLocation: 'abroad' }, 'OUTSIDE_TERRITORY', { dataLocation: 'abroad' }],
    [
      'reports less often',
      uav,
      { reportEvery: { amount: 4, unit: 'month' } },
      'AMOUNT_OUT_OF_RANGE',
      { field: 'reportEvery' },
    ],
    [
      'reports every fourteen weeks for a quarter',
      uav,
      { reportEvery: { amount: 14, unit: 'week' } },
      'AMOUNT_OUT_OF_RANGE',
      {},
    ],
    ['a transition where none is allowed', uav, { transitionMonths: 1 }, 'TERM_TOO_LONG', { longest: 0 }],
    ['a transition longer than the regime’s', level2, { transitionMonths: 13 }, 'TERM_TOO_LONG', { longest: 12 }],
  ])('refuse %s', (_what, one, change, code, details) => {
    expect(refusalOf(one, change)).toMatchObject({ code, details });
  });

  it('take what stands exactly at the bound of the regime', () => {
    expect(within(uav, { months: 12, reportEvery: { amount: 13, unit: 'week' } }).months).toBe(12);
    expect(within(level2, { months: 24, transitionMonths: 12, reportEvery: { amount: 6, unit: 'month' } }).months).toBe(
      24,
    );
  });

  it('follow the City’s setting where it has set one', () => {
    const longer: RegimeSetting = {
      path: 'longestTerm',
      value: { amount: 2, unit: 'year' },
      document: 'QĐ 1',
      verified: true,
    };
    const [one] = indexRegimes([uav.regime], { regimes: { [uav.regime.code]: [longer] } }).values();
    if (!one) throw new Error('no regime');
    expect(termsWithin(one.regime, one.rules, { ...proposedUnder(uav), months: 24 }).months).toBe(24);
  });
});

describe('a term in civil months', () => {
  it('ends the day before its anniversary, on the last day of a shorter month', () => {
    const last = (from: string, months: number) => lastDayOf(plainDate(from), months);
    expect(last('2026-07-20', 12)).toBe('2027-07-19');
    expect(last('2026-01-31', 1)).toBe('2026-02-27');
    expect(last('2024-02-29', 12)).toBe('2025-02-27');
    // A permission is no deadline for an act: it ends on a Sunday as well.
    expect(last('2026-07-10', 1)).toBe('2026-08-09');
  });

  it('is reported on from its first day, not from the last report', () => {
    const from = plainDate('2026-01-31');
    expect([1, 2, 3].map((n) => periodEnd(from, { amount: 1, unit: 'month' }, n))).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ]);
    expect(periodEnd(from, { amount: 2, unit: 'week' }, 3)).toBe('2026-03-14');
  });
});
