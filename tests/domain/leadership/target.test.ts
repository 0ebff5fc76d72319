import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../domain/errors.js';
import { targetWords } from '../../../domain/leadership/report-words.js';
import { foldTargets, isMet, requireTarget, type TargetAct } from '../../../domain/leadership/target.js';
import { at, seededLaw } from '../../support/memory-register.js';

const set = (more: Partial<TargetAct> = {}): TargetAct => ({
  ...{ kind: 'target-set', agency: 'doc', figure: 'onTime', value: '0.95', basis: 'Kế hoạch năm' },
  ...more,
});
const kept = (...acts: readonly TargetAct[]) =>
  acts.map((act) => ({ act, at: at('2026-01-05 09:00'), by: 'leader.hcmc-committee' }));
const figure = (value: string | null) => ({ figure: 'onTime', n: 4, count: 3, value }) as const;

describe('the targets of a year', () => {
  it('stand as they were set last, and say how often they were set before', () => {
    expect(foldTargets(kept(set({ agency: 'dof' }), set(), set({ value: '0.9' })))).toMatchObject([
      { agency: 'doc', figure: 'onTime', value: '0.9', changes: 1 },
      { agency: 'dof', value: '0.95', changes: 0 },
    ]);
  });

  it('are gone where they were taken back, and count that too when they come again', () => {
    expect(foldTargets(kept(set(), set({ value: null })))).toEqual([]);
    expect(foldTargets(kept(set(), set({ value: null }), set()))).toMatchObject([{ changes: 2 }]);
  });

  it('are met on their own side, at the very value too, and never by nothing', () => {
    const atLeast = { figure: 'onTime', value: '0.75' } as const;
    expect(['0.75', '0.7499', null].map((value) => isMet(atLeast, figure(value)))).toEqual([true, false, null]);
    const atMost = { figure: 'overdue', value: '2' } as const;
    const overdue = (value: string) => ({ figure: 'overdue', n: Number(value), count: null, value }) as const;
    expect(['2', '3'].map((value) => isMet(atMost, overdue(value)))).toEqual([true, false]);
    expect([targetWords('onTime', '0.95', 'vi'), targetWords('waiting', '1.5', 'en')]).toEqual([
      '≥ 95 %',
      '≤ 1.5 working days',
    ]);
  });

  it('are set by leadership alone, for agencies of the City, in this year or the next', () => {
    const code = (act: TargetAct, year = 2026, role = 'leader') => {
      try {
        requireTarget(act, year, { role }, seededLaw, at('2026-07-06 09:00'));
        return 'yes';
      } catch (error) {
        return error instanceof Refusal ? error.code : String(error);
      }
    };
    expect([code(set()), code(set(), 2027), code(set({ value: null }))]).toEqual(['yes', 'yes', 'yes']);
    expect(code(set(), 2026, 'head')).toBe('FORBIDDEN');
    expect(code(set({ agency: 'city-tax' }))).toBe('AGENCY_NOT_COMMANDED');
    for (const year of [2025, 2028]) expect(code(set(), year)).toBe('VALIDATION_FAILED');
    for (const value of ['1.2', '-1', 'x', '0.12345']) expect(code(set({ value }))).toBe('VALIDATION_FAILED');
    expect(code(set({ figure: 'overdue', value: '12' }))).toBe('yes');
  });
});
