import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Verdict } from '../../../domain/law/rules.js';
import {
  chooseRegime,
  type Fit,
  fitOf,
  fitsAt,
  reasonsOf,
  trialFacts,
  undeclarable,
} from '../../../domain/law/regime-fit.js';
import { type RegimeInForce } from '../../../domain/law/regime.js';
import { type Applicant, type SandboxFiling, type Solution } from '../../../domain/schemas/trial.js';
import { plainDate } from '../../../domain/time/instants.js';
import { catalogue, exampleTrials } from '../../../seeds/index.js';
import { refusedBy } from '../../support/memory-register.js';
import { knownRegime } from '../../support/trial-acts.js';

const seed = 20261122;
const today = plainDate('2026-07-06');
const { regimes } = catalogue();
const { drone, ai } = exampleTrials;

const uav = knownRegime('hcmc-res-20-2024-uav@2024-11-24');
const av = knownRegime('hcmc-res-20-2024-av@2024-11-24');
const level2 = knownRegime('ai-decree-142-2026-level-2@2026-05-01');

const but = (
  filing: SandboxFiling,
  solution: Partial<Solution>,
  applicant: Partial<Applicant> = {},
): SandboxFiling => ({
  ...filing,
  solution: { ...filing.solution, ...solution },
  applicant: { ...filing.applicant, ...applicant },
});
const verdicts = (fit: Fit): Record<string, Verdict> =>
  Object.fromEntries(fit.reasons.map(({ code, verdict }) => [code, verdict]));
const choose = (filing: SandboxFiling, at = today) => chooseRegime(fitsAt(regimes.values(), filing, at), filing.regime);

describe('the test of a regime', () => {
  it('says yes to each condition of the trial it is made for', () => {
    expect(new Set(Object.values(verdicts(fitOf(uav, drone, today))))).toEqual(new Set(['yes']));
    expect(fitOf(level2, ai, today).verdict).toBe('yes');
  });

  it.each<[string, RegimeInForce, SandboxFiling, string]>([
    ['a site outside the named ones', uav, but(drone, { sites: [{ zone: 'QTSC', area: 'Nhà 1' }] }), 'territory'],
    [
      'one site of two outside',
      uav,
      but(drone, { sites: [...drone.solution.sites, { zone: 'none', area: 'x' }] }),
      'territory',
    ],
    ['another field', uav, but(drone, { field: 'ai' }), 'field'],
    ['an offer across the border', uav, but(drone, { crossBorder: true }), 'cross-border'],
    ['an applicant of another kind', uav, but(drone, {}, { kind: 'individual' }), 'applicant'],
    ['a term that is too long', uav, but(drone, { months: 13 }), 'term'],
    ['an applicant outside the parks', uav, but(drone, {}, { operatesInPark: false }), 'operates-in-park'],
    [
      'a heavy drone',
      uav,
      but(drone, { declared: { ...drone.solution.declared, 'take-off-mass': 70.001 } }),
      'declared-take-off-mass',
    ],
    [
      'no black box',
      uav,
      but(drone, { declared: { ...drone.solution.declared, 'black-box': false } }),
      'declared-black-box',
    ],
    [
      'a mass that is no number',
      uav,
      but(drone, { declared: { ...drone.solution.declared, 'take-off-mass': 'light' } }),
      'declared-take-off-mass',
    ],
    ['an internal test', level2, but(ai, { closedTest: true }), 'not-closed-test'],
    ['sensitive data', level2, but(ai, { sensitiveData: true }), 'not-level-3'],
    ['results that create rights', level2, but(ai, { directLegalEffect: true }), 'level-2'],
    ['other provinces', level2, but(ai, { otherProvinces: true }), 'one-province'],
    ['harm that nobody insures', level2, but(ai, { canHarm: true, insured: false }), 'insured'],
  ])('says no to %s, and to nothing else', (_what, one, filing, code) => {
    const fit = fitOf(one, filing, today);
    expect(fit.verdict).toBe('no');
    expect(fit.reasons.filter(({ verdict }) => verdict === 'no').map((reason) => reason.code)).toEqual([code]);
  });

  it('takes what stands exactly on an inclusive bound', () => {
    const declared = {
      'span-or-length': 1.57,
      height: 0.715,
      'take-off-mass': 70,
      'black-box': true,
      rain: 'light-rain',
    };
    expect(fitOf(uav, but(drone, { declared }), today).verdict).toBe('yes');
  });

  it('wants everything of a set', () => {
    const values = ['mode', 'time', 'battery-voltage', 'satellites', 'speed'];
    const shown = (declared: Solution['declared']) =>
      verdicts(
        fitOf(av, but(drone, { field: 'autonomous-vehicle', declared: { ...declared, rain: 'no-rain' } }), today),
      )['declared-remote-display'];
    expect(shown({ 'remote-display': [...values, 'heading'] })).toBe('yes');
    expect(shown({ 'remote-display': values.slice(1) })).toBe('no');
    expect(shown({ 'remote-display': 'mode' })).toBe('no');
    expect(shown({})).toBe('unknown');
  });

  it('leaves to an officer what is not declared yet, and what no text says', () => {
    expect(verdicts(fitOf(uav, but(drone, { declared: {} }), today))).toMatchObject({
      'declared-height': 'unknown',
      'declared-black-box': 'unknown',
    });
    const nobodyKnows: RegimeInForce = { ...uav, regime: { ...uav.regime, applicant: { kinds: [], conditions: [] } } };
    expect(verdicts(fitOf(nobodyKnows, drone, today))['applicant']).toBe('unknown');
    const city: RegimeInForce = {
      ...uav,
      regime: { ...uav.regime, territory: { ...uav.regime.territory, scope: 'city', sites: [] } },
    };
    const inTheCity = (otherProvinces: boolean | null) =>
      verdicts(fitOf(city, but(drone, { otherProvinces, sites: [{ zone: 'none', area: 'x' }] }), today))['territory'];
    expect([inTheCity(false), inTheCity(null), inTheCity(true)]).toEqual(['yes', 'unknown', 'no']);
  });

  it('is closed before it is in force, after it, and while nobody is known to decide', () => {
    const open = (one: RegimeInForce, day: string) => verdicts(fitOf(one, ai, plainDate(day)))['open'];
    expect(['2026-04-30', '2026-05-01'].map((day) => open(level2, day))).toEqual(['no', 'yes']);
    const old = knownRegime('fintech-decree-94-2025-open-api@2025-07-01');
    expect(['2026-06-29', '2026-06-30'].map((day) => open(old, day))).toEqual(['yes', 'no']);
    const digital = fitOf(knownRegime('digital-technology-353-2025@2026-01-01'), ai, today);
    expect(digital.reasons[0]).toMatchObject({
      code: 'open',
      verdict: 'no',
      details: { closed: ['authority-unknown'] },
    });
  });

  it('gives its words back for what the register keeps of it', () => {
    const { reasons } = fitOf(level2, ai, today);
    const kept = reasons.map(({ code, verdict }) => ({ code, verdict }));
    expect(reasonsOf(level2, kept)).toEqual(
      reasons.map(({ code, verdict, text, clause }) => ({ code, verdict, text, clause })),
    );
    expect(reasonsOf(level2, [{ code: 'forgotten', verdict: 'yes' }])).toMatchObject([
      { code: 'forgotten', verdict: 'yes' },
    ]);
  });

  it('reads facts that name nobody', () => {
    const facts = JSON.stringify(trialFacts(drone, uav.regime));
    expect(facts).not.toContain(drone.applicant.name);
    expect(facts).not.toContain(drone.applicant.registrationNumber ?? '-');
    expect(facts).not.toContain(drone.solution.name.vi);
  });

  it('knows what no limit asks for', () => {
    expect(undeclarable(uav, drone.solution)).toEqual([]);
    // The altitude is measured, not declared; what an admission sets is nobody's to declare.
    const declared = { altitude: 100, 'scale-and-limits': 'x' };
    expect(undeclarable(uav, { ...drone.solution, declared })).toEqual(['altitude', 'scale-and-limits']);
  });
});

describe('three-valued truth', () => {
  const known = fc.option(fc.boolean(), { nil: null });
  const solution: fc.Arbitrary<Partial<Solution>> = fc.record({
    field: fc.constantFrom('uav', 'autonomous-vehicle', 'ai', 'open-api', 'edtech'),
    sites: fc.constantFrom(drone.solution.sites, ai.solution.sites),
    months: fc.constantFrom(1, 12, 24, 25, 120),
    crossBorder: known,
    otherProvinces: known,
    realUsers: known,
    directLegalEffect: known,
    sensitiveData: known,
    nationalSecuritySystem: known,
    closedTest: known,
    canHarm: known,
    insured: known,
    regulatedByLaw: known,
    declared: fc.constantFrom({}, drone.solution.declared, { ...drone.solution.declared, height: 9 }),
  });
  const applicant: fc.Arbitrary<Partial<Applicant>> = fc.record({
    kind: fc.constantFrom('organisation', 'legal-entity-operating-in-the-parks', 'fintech-company'),
    operatesInPark: known,
  });
  const filings = fc.tuple(solution, applicant).map(([one, by]) => but(drone, one, by));
  const versions = fc.constantFrom(...regimes.values());
  const worst = (list: readonly Verdict[]): Verdict =>
    list.includes('no') ? 'no' : list.includes('unknown') ? 'unknown' : 'yes';

  it('takes a solution only where every condition is known to hold: unknown never counts as yes', () => {
    fc.assert(
      fc.property(versions, filings, (one, filing) => {
        const { verdict, reasons } = fitOf(one, filing, today);
        expect(verdict).toBe(worst(reasons.map((reason) => reason.verdict)));
      }),
      { seed, numRuns: 500 },
    );
  });

  it('is never improved by one more «no», nor by knowing less', () => {
    const rank = { no: 0, unknown: 1, yes: 2 } as const;
    const facts = [
      'crossBorder',
      'otherProvinces',
      'closedTest',
      'sensitiveData',
      'canHarm',
      'insured',
      'realUsers',
    ] as const;
    fc.assert(
      fc.property(versions, filings, fc.constantFrom(...facts), (one, filing, fact) => {
        const before = fitOf(one, filing, today);
        const further = { ...one, regime: { ...one.regime, tests: [...one.regime.tests, never] } };
        expect(fitOf(further, filing, today).verdict).toBe('no');
        // Not to know a fact never turns a «no» or an «unknown» of the whole into a «yes».
        const vague = fitOf(one, but(filing, { [fact]: null }), today);
        const told = [true, false].map((value) => fitOf(one, but(filing, { [fact]: value }), today).verdict);
        const best = Math.max(...told.map((verdict) => rank[verdict]));
        expect(rank[vague.verdict]).toBeLessThanOrEqual(best);
        if (vague.verdict === 'yes') expect(new Set(told)).toEqual(new Set(['yes']));
        expect(before.reasons.length).toBe(vague.reasons.length);
      }),
      { seed, numRuns: 500 },
    );
  });

  const never: RegimeInForce['regime']['tests'][number] = {
    code: 'never',
    rule: { any: [] },
    text: { vi: 'không bao giờ', en: 'never' },
    clause: 'test',
    refusal: 'OUTSIDE_REGIME',
    verified: true,
  };
});

describe('the choice of a regime', () => {
  it('is the one that takes the solution', () => {
    expect([choose(drone).regime, choose(ai).regime]).toEqual(['hcmc-res-20-2024-uav', 'ai-decree-142-2026-level-2']);
    expect(choose(but(ai, { sensitiveData: true })).regime).toBe('ai-decree-142-2026-level-3');
    expect(choose(but(ai, { realUsers: false })).regime).toBe('ai-decree-142-2026-level-1');
  });

  it('is the version of the day', () => {
    const scoring = but(ai, { field: 'credit-scoring' }, { kind: 'fintech-company' });
    expect(choose(scoring).version).toBe('fintech-decree-94-2025-credit-scoring@2026-06-30');
    expect(choose({ ...scoring, regime: 'fintech-decree-94-2025-credit-scoring' }).verdict).toBe('yes');
    expect(choose(scoring, plainDate('2026-06-29')).version).toBe('fintech-decree-94-2025-credit-scoring@2025-07-01');
  });

  it('is the one that may take it where none does for certain; of several the applicant names one', () => {
    expect(choose(but(ai, { canHarm: true, insured: null }))).toMatchObject({
      regime: 'ai-decree-142-2026-level-2',
      verdict: 'unknown',
    });
    const vague = but(ai, { realUsers: null });
    expect(refusedBy(() => choose(vague))).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { field: 'regime', candidates: ['ai-decree-142-2026-level-1', 'ai-decree-142-2026-level-2'] },
    });
    expect(choose({ ...vague, regime: 'ai-decree-142-2026-level-2' }).verdict).toBe('unknown');
  });

  it.each<[string, SandboxFiling, string, string]>([
    [
      'another place',
      but(drone, { sites: [{ zone: 'none', area: 'x' }] }),
      'OUTSIDE_TERRITORY',
      'hcmc-res-20-2024-uav',
    ],
    ['too long a term', but(drone, { months: 120 }), 'TERM_TOO_LONG', 'hcmc-res-20-2024-uav'],
    ['an internal test', but(ai, { closedTest: true }), 'OUTSIDE_REGIME', 'ai-decree-142-2026-level-2'],
    ['a field that waits for its regulation', but(ai, { field: 'edtech' }), 'REGIME_NOT_OPEN', 'hcmc-general'],
    [
      'a regime named that does not fit',
      { ...ai, regime: 'hcmc-res-20-2024-uav' },
      'OUTSIDE_REGIME',
      'hcmc-res-20-2024-uav',
    ],
  ])('refuses %s by the regime that is nearest, with the reasons', (_what, filing, code, nearest) => {
    const { code: refused, details } = refusedBy(() => choose(filing));
    expect([refused, details?.['regime']]).toEqual([code, nearest]);
    expect(details?.['reasons']).not.toEqual([]);
  });

  it('refuses a regime that nobody knows, and everything where there is none', () => {
    expect(refusedBy(() => choose({ ...ai, regime: 'moon-landing' })).code).toBe('UNKNOWN_VALUE');
    expect(refusedBy(() => chooseRegime([], undefined)).code).toBe('REGIME_NOT_OPEN');
  });
});
