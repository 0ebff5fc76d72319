import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../domain/errors.js';
import {
  indexRegimes,
  isInForce,
  newestFirst,
  type Regime,
  regimesAt,
  regimeVersion,
  rulesOf,
} from '../../../domain/law/regime.js';
import { type RegimeSetting } from '../../../domain/schemas/regime.js';
import { plainDate } from '../../../domain/time/instants.js';
import { catalogueData } from '../../../seeds/index.js';

const { regimes } = catalogueData();
const known = (code: string): Regime => {
  const found = regimes.find((one) => one.code === code);
  if (!found) throw new Error(`no regime ${code}`);
  return found;
};
const drone = known('hcmc-res-20-2024-uav');
const fintech = known('fintech-decree-94-2025-p2p');
const pilot = known('non-domestic-data-pilot');

const set = (path: string, value: RegimeSetting['value'], verified = true): RegimeSetting => ({
  path,
  value,
  document: 'Quyết định số 1/QĐ-UBND',
  verified,
});
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing was refused';
};

describe('a figure of a regime', () => {
  const years = { amount: 3, unit: 'year' } as const;

  it('is the law’s where the law says one, whatever the City or we say', () => {
    const settings = [set('longestTerm', years), set('extensions.max', 9)];
    const defaults = [...fintech.defaults, { path: 'longestTerm', value: years, why: 'ours' }];
    const { longestTerm, maxExtensions } = rulesOf({ ...fintech, defaults }, settings);
    expect(longestTerm).toEqual({ value: 24, source: 'law', verified: true, basis: null });
    expect(maxExtensions).toEqual({ value: 2, source: 'law', verified: true, basis: null });
  });

  it('is the City’s where the law says none, else our default, each with its basis', () => {
    expect(rulesOf(drone, []).longestTerm).toMatchObject({ value: 12, source: 'default', verified: false });
    expect(rulesOf(drone, [set('longestTerm', years, false)]).longestTerm).toEqual({
      value: 36,
      source: 'setting',
      verified: false,
      basis: 'Quyết định số 1/QĐ-UBND',
    });
    expect(rulesOf(drone, [set('longestTerm', years)]).longestTerm?.verified).toBe(true);
  });

  it('is nothing where nobody says anything', () => {
    const { longestTerm, finalReport } = rulesOf({ ...drone, defaults: [] }, []);
    expect([longestTerm, finalReport]).toEqual([null, null]);
  });

  it('that the law says but one weak source only is marked', () => {
    const level2 = known('ai-decree-142-2026-level-2');
    expect(rulesOf(level2, []).incidentHours).toEqual({ value: 72, source: 'law', verified: false, basis: null });
    expect(rulesOf(level2, []).reportInterval?.verified).toBe(true);
  });

  it('is counted in civil months: a year is twelve', () => {
    expect(rulesOf(fintech, []).longestExtension?.value).toBe(12);
    const weird = { ...drone, defaults: [{ path: 'longestTerm', value: { amount: 18, unit: 'month' }, why: 'ours' }] };
    expect(rulesOf(weird, []).longestTerm?.value).toBe(18);
  });

  it('false and zero are figures', () => {
    const rules = rulesOf(drone, [set('council.needed', false), set('extensions.max', 0)]);
    expect(rules.council).toMatchObject({ value: false, source: 'setting' });
    expect(rules.maxExtensions).toMatchObject({ value: 0, source: 'setting' });
    expect(rulesOf({ ...drone, council: { needed: false, quorum: null } }, []).council).toMatchObject({
      source: 'law',
    });
  });

  it('said twice is a slip of the pen', () => {
    expect(codeOf(() => rulesOf(drone, [set('incidentHours', 1), set('incidentHours', 2)]))).toBe('DEFINITION_INVALID');
  });
});

describe('who decides', () => {
  it('is never assumed: a default is no authority', () => {
    expect(drone.defaults.map(({ path }) => path)).toContain('authority.code');
    expect(rulesOf(drone, []).authority).toBeNull();
    expect(rulesOf(drone, [set('authority.code', 'hcmc-committee', false)]).authority).toEqual({
      value: 'hcmc-committee',
      source: 'setting',
      verified: false,
      basis: 'Quyết định số 1/QĐ-UBND',
    });
    expect(rulesOf(fintech, [set('authority.code', 'hcmc-committee')]).authority).toMatchObject({
      value: 'state-bank',
      source: 'law',
    });
  });
});

describe('a limit', () => {
  const cap = (settings: RegimeSetting[] = []) =>
    rulesOf(pilot, settings).limits.find(({ code }) => code === 'pilot-projects');

  it('whose bound no text has takes the City’s, else ours, and says so', () => {
    expect(cap()).toMatchObject({ max: 2, source: 'default', verified: false });
    expect(cap([set('limits[pilot-projects].max', 5)])).toMatchObject({ max: 5, source: 'setting', verified: true });
  });

  it('is the law’s with its bound, and uncertain where a part of it is', () => {
    const limits = rulesOf(drone, [set('limits[altitude].max', 500)]).limits;
    expect(limits.find(({ code }) => code === 'altitude')).toMatchObject({ max: 200, source: 'law', verified: false });
    expect(limits.find(({ code }) => code === 'speed')).toMatchObject({ max: 100, source: 'law', verified: true });
  });
});

describe('the versions of a regime', () => {
  const code = 'fintech-decree-94-2025-open-api';
  const index = indexRegimes(regimes, { regimes: {} });
  const versionOn = (day: string, of = code) =>
    regimesAt(index.values(), plainDate(day)).find(({ regime }) => regime.code === of)?.rules.version;

  it('follow each other without a gap: on each day one holds', () => {
    expect(versionOn('2026-06-29')).toBe(`${code}@2025-07-01`);
    expect(versionOn('2026-06-30')).toBe(`${code}@2026-06-30`);
    for (const day of ['2025-07-01', '2026-06-29', '2026-06-30', '2027-01-01']) {
      const inForce = regimes.filter((one) => one.code === code && isInForce(one, plainDate(day)));
      expect(inForce, day).toHaveLength(1);
    }
  });

  it('are each told once, the newest where none holds', () => {
    const all = regimesAt(index.values(), plainDate('2024-01-01'));
    expect(all.map(({ regime }) => regime.code)).toEqual([...new Set(regimes.map((one) => one.code))]);
    expect(versionOn('2024-01-01')).toBe(`${code}@2026-06-30`);
    const reversed = regimesAt([...index.values()].reverse(), plainDate('2026-06-29'));
    expect(reversed.find(({ regime }) => regime.code === code)?.rules.version).toBe(`${code}@2025-07-01`);
    expect(newestFirst(index.values(), code).map(({ rules }) => rules.version)).toEqual([
      `${code}@2026-06-30`,
      `${code}@2025-07-01`,
    ]);
  });

  it('of a regime without a date is undated, and in force on no day', () => {
    const general = known('hcmc-general');
    expect(regimeVersion(general)).toBe('hcmc-general@undated');
    expect(isInForce({ ...general, status: 'in-force' }, plainDate('2026-07-06'))).toBe(false);
  });

  it('are refused where two are the same, or where the City sets what nobody knows', () => {
    expect(codeOf(() => indexRegimes([drone, drone], { regimes: {} }))).toBe('DEFINITION_INVALID');
    expect(codeOf(() => indexRegimes([drone], { regimes: { nobody: [] } }))).toBe('DEFINITION_INVALID');
  });
});
