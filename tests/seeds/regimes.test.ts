import { describe, expect, it } from 'vitest';
import { closedBecause } from '../../domain/law/admission-procedure.js';
import { chooseRegime, fitsAt } from '../../domain/law/regime-fit.js';
import { regimesAt, rulesOf } from '../../domain/law/regime.js';
import { plainDate } from '../../domain/time/instants.js';
import { catalogue, catalogueData, exampleTrials } from '../../seeds/index.js';

const { regimes, settings, agencies } = catalogueData();
const law = catalogue();
const on = (day: string) => regimesAt(law.regimes.values(), plainDate(day));
const today = plainDate('2026-07-06');

/** What stands at a path such as `extensions.max` or `limits[rain].values`; undefined where we hold no such figure. */
function figureAt(regime: object, path: string): unknown {
  let value: unknown = regime;
  for (const part of path.match(/[^.[\]]+/g) ?? []) {
    if (Array.isArray(value)) value = value.find((one) => (one as { code?: string }).code === part);
    else value = (value as Record<string, unknown> | undefined)?.[part];
    if (value === null) return null;
  }
  return value;
}

/** Paths of figures that are null. */
function unknownIn(value: unknown, path: string): string[] {
  if (value === null) return [path];
  if (Array.isArray(value))
    return value.flatMap((one: { code?: string }) => unknownIn(one, `${path}[${one.code ?? ''}]`));
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => unknownIn(one, path === '' ? name : `${path}.${name}`));
}

describe('the seeded regimes', () => {
  it('are open on 6 July 2026 where they are in force and somebody is known to decide; the others say why not', () => {
    const standing = on('2026-07-06').map((one) => [one.rules.version, closedBecause(one, today)]);
    expect(Object.fromEntries(standing)).toEqual({
      'hcmc-res-20-2024-uav@2024-11-24': [],
      'hcmc-res-20-2024-av@2024-11-24': [],
      'ai-decree-142-2026-level-1@2026-05-01': [],
      'ai-decree-142-2026-level-2@2026-05-01': [],
      'ai-decree-142-2026-level-3@2026-05-01': [],
      'fintech-decree-94-2025-credit-scoring@2026-06-30': [],
      'fintech-decree-94-2025-open-api@2026-06-30': [],
      'fintech-decree-94-2025-p2p@2025-07-01': [],
      'ifc-res-222-2025@undated': ['undated'],
      'digital-technology-353-2025@2026-01-01': ['authority-unknown'],
      'non-domestic-data-pilot@undated': ['not-issued', 'authority-unknown'],
      'hcmc-general@undated': ['not-issued', 'authority-unknown'],
    });
  });

  it('have decided the fintech of the State Bank’s branches since 30 June 2026, and the State Bank before', () => {
    const authorities = (day: string) =>
      on(day)
        .filter(({ regime }) => regime.code.startsWith('fintech'))
        .map(({ regime, rules }) => [regime.code.replace('fintech-decree-94-2025-', ''), rules.authority?.value]);
    expect(authorities('2026-06-29')).toEqual([
      ['credit-scoring', 'state-bank'],
      ['open-api', 'state-bank'],
      ['p2p', 'state-bank'],
    ]);
    expect(authorities('2026-06-30')).toEqual([
      ['credit-scoring', 'state-bank-branch'],
      ['open-api', 'state-bank-branch'],
      ['p2p', 'state-bank'],
    ]);
  });

  it('have the figures that were checked by hand against the facts', () => {
    const figures = on('2026-07-06').map(
      ({ regime, rules: { longestTerm, maxExtensions, incidentHours, decision } }) => [
        regime.code,
        longestTerm && [longestTerm.value, longestTerm.source],
        maxExtensions && [maxExtensions.value, maxExtensions.source],
        incidentHours && [incidentHours.value, incidentHours.source, incidentHours.verified],
        decision && [decision.value.amount, decision.value.unit, decision.source],
      ],
    );
    expect(figures.slice(0, 8)).toEqual([
      ['hcmc-res-20-2024-uav', [12, 'default'], [1, 'default'], [24, 'default', false], [5, 'working-day', 'default']],
      ['hcmc-res-20-2024-av', [12, 'default'], [1, 'default'], [24, 'default', false], [5, 'working-day', 'default']],
      ['ai-decree-142-2026-level-1', [24, 'default'], [1, 'default'], [72, 'law', false], [10, 'working-day', 'law']],
      ['ai-decree-142-2026-level-2', [24, 'default'], [1, 'default'], [72, 'law', false], [10, 'working-day', 'law']],
      ['ai-decree-142-2026-level-3', [24, 'default'], [1, 'default'], [72, 'law', false], [30, 'calendar-day', 'law']],
      [
        'fintech-decree-94-2025-credit-scoring',
        [24, 'law'],
        [2, 'law'],
        [24, 'default', false],
        [90, 'calendar-day', 'default'],
      ],
      [
        'fintech-decree-94-2025-open-api',
        [24, 'law'],
        [2, 'law'],
        [24, 'default', false],
        [90, 'calendar-day', 'default'],
      ],
      ['fintech-decree-94-2025-p2p', [24, 'law'], [2, 'law'], [24, 'default', false], [90, 'calendar-day', 'default']],
    ]);
    const drone = law.regimes.get('hcmc-res-20-2024-uav@2024-11-24')?.rules.limits ?? [];
    expect(
      drone.map(({ code, max, values, inclusive, verified }) => [code, max ?? values, inclusive, verified]),
    ).toEqual([
      ['span-or-length', 1.57, true, true],
      ['height', 0.715, true, true],
      ['take-off-mass', 70, true, true],
      ['speed', 100, true, true],
      // The papers disagree whether 200 m itself is allowed.
      ['altitude', 200, false, false],
      ['black-box', [true], undefined, true],
      ['test-hours', ['07:00-17:00'], undefined, true],
      ['wind', 10, true, true],
      ['rain', ['no-rain', 'light-rain'], undefined, false],
      ['test-area', ['approved-area'], undefined, true],
    ]);
  });

  it('mark every figure that no text says', () => {
    // An open end, and the quorum of a council that there is not, are no gaps.
    const noGap = (path: string, council: boolean | null) =>
      path === 'effectiveTo' || (path === 'council.quorum' && council === false);
    for (const { code, unverified, defaults: _ours, legalBasis: _texts, tests: _tests, ...regime } of regimes) {
      const unmarked = unknownIn(regime, '').filter(
        (path) => !unverified.includes(path) && !noGap(path, regime.council.needed),
      );
      expect(unmarked, code).toEqual([]);
    }
  });

  it('keep their own defaults and the City’s settings where the law says nothing, each with its reason', () => {
    for (const regime of regimes) {
      for (const { path, why } of regime.defaults) {
        expect([null, undefined, []], `${regime.code} ${path}`).toContainEqual(figureAt(regime, path));
        expect(
          regime.unverified.some((one) => one === path || path.startsWith(one)),
          `${regime.code} ${path}`,
        ).toBe(true);
        expect(['', 'same']).not.toContain(why);
      }
      for (const { path, document } of settings.sandbox.regimes[regime.code] ?? []) {
        expect(figureAt(regime, path) ?? null, `${regime.code} ${path}`).toBeNull();
        expect(document).not.toBe('');
      }
    }
  });

  it('name agencies that the register knows, and ask each of them once', () => {
    const known = new Set(agencies.map(({ code }) => code));
    for (const regime of regimes) {
      const rules = rulesOf(regime, settings.sandbox.regimes[regime.code] ?? []);
      const named = [rules.authority?.value, rules.supervises, rules.evaluates].flatMap((one) => one ?? []);
      for (const agency of [...named, ...regime.appraisal.agencies.map(({ code }) => code)]) {
        expect(known.has(agency), `${regime.code} ${agency}`).toBe(true);
      }
    }
    for (const { version, consultations } of catalogueData().procedures) {
      if (!version.startsWith('admission-')) continue;
      const asked = consultations.map(({ agency }) => agency);
      expect(new Set(asked).size, version).toBe(asked.length);
    }
  });

  it('speak both languages, and do not say the same in both', () => {
    const texts = regimes.flatMap(({ name, fields, territory, applicant, tests, limits, endings, exemption }) => [
      name,
      territory.name,
      ...[...fields, ...limits, ...endings].map((one) => one.name),
      ...[...applicant.conditions, ...exemption.grounds],
      ...tests.map(({ text }) => text),
    ]);
    const same = texts.filter(({ vi, en }) => vi === en).map(({ vi }) => vi);
    expect(same).toEqual([]);
  });
});

describe('the example trials', () => {
  it('fit one regime each, and mark what is invented', () => {
    const regimeOf = (trial: keyof typeof exampleTrials) =>
      chooseRegime(fitsAt(law.regimes.values(), exampleTrials[trial], today), undefined);
    expect(regimeOf('drone')).toMatchObject({ regime: 'hcmc-res-20-2024-uav', verdict: 'yes' });
    expect(regimeOf('ai')).toMatchObject({ regime: 'ai-decree-142-2026-level-2', verdict: 'yes' });
    for (const { assumed } of Object.values(exampleTrials)) expect(assumed).toContain('applicant');
  });
});
