import { describe, expect, it } from 'vitest';
import { openingOfTrial } from '../../../domain/case/trial/opening.js';
import { type ProcedureDefinition, resolveProcedure } from '../../../domain/law/procedure.js';
import {
  admissionProcedure,
  closedBecause,
  closures,
  closureTexts,
  isOpen,
  leadOf,
} from '../../../domain/law/admission-procedure.js';
import { fitOf, trialFacts } from '../../../domain/law/regime-fit.js';
import { indexRegimes, type Regime, type RegimeInForce } from '../../../domain/law/regime.js';
import { ProcedureDefinition as Definition } from '../../../domain/schemas/procedure.js';
import { type RegimeSetting } from '../../../domain/schemas/regime.js';
import { plainDate } from '../../../domain/time/instants.js';
import { catalogue, catalogueData, exampleTrials } from '../../../seeds/index.js';
import { at, seededLaw } from '../../support/memory-register.js';
import { knownRegime } from '../../support/trial-acts.js';

const today = plainDate('2026-07-06');
const { regimes, agencies } = catalogue();
const { drone, ai } = exampleTrials;

const uav = knownRegime('hcmc-res-20-2024-uav@2024-11-24');
const level2 = knownRegime('ai-decree-142-2026-level-2@2026-05-01');
const level3 = knownRegime('ai-decree-142-2026-level-3@2026-05-01');
const fintech = knownRegime('fintech-decree-94-2025-open-api@2026-06-30');

const procedureOf = (one: RegimeInForce): ProcedureDefinition => {
  const found = admissionProcedure(one);
  if (!found) throw new Error(`nobody is admitted under ${one.rules.version}`);
  return found;
};
/** The regime as the City would run it with these settings, or with another text. */
const changed = (one: RegimeInForce, text: Partial<Regime>, settings: RegimeSetting[] = []): RegimeInForce => {
  const regime = { ...one.regime, ...text };
  const set = catalogueData().settings.sandbox.regimes[regime.code] ?? [];
  const [found] = indexRegimes([regime], { regimes: { [regime.code]: [...set, ...settings] } }).values();
  if (!found) throw new Error('no regime');
  return found;
};
const set = (path: string, value: RegimeSetting['value']): RegimeSetting => ({
  path,
  value,
  document: 'QĐ 1',
  verified: true,
});

describe('an admission', () => {
  it('is a procedure that the schema of every procedure takes', () => {
    const admissions = [...regimes.values()].flatMap((one) => admissionProcedure(one) ?? []);
    expect(admissions.length).toBe(10);
    for (const one of admissions) expect(Definition.parse(one)).toEqual(one);
  });

  it('is decided by the authority, prepared by the agency that the regime names as lead', () => {
    expect(procedureOf(uav)).toMatchObject({
      code: 'admission-hcmc-res-20-2024-uav',
      version: 'admission-hcmc-res-20-2024-uav@2024-11-24',
      competentAgency: { park: 'hcmc-committee' },
      handledBy: 'dost',
      startsFrom: 'valid-dossier',
    });
    expect(procedureOf(fintech)).toMatchObject({ competentAgency: { central: 'state-bank-branch' }, handledBy: null });
    expect(leadOf({ ...uav.regime, appraisal: { agencies: [], days: null } })).toBe('dost');
  });

  it('takes appraisal and decision one after the other, unless the one includes the other', () => {
    expect(procedureOf(uav).statutoryBudget).toEqual({ amount: 15, unit: 'working-day' });
    expect(procedureOf(level2).statutoryBudget).toEqual({ amount: 10, unit: 'working-day' });
    const mixed = changed(uav, {}, [set('decision.days', { amount: 5, unit: 'calendar-day' })]);
    // Working days and calendar days have no sum: nobody knows how long it takes.
    expect(admissionProcedure(mixed)).toBeUndefined();
    expect(closedBecause(mixed, today)).toEqual(['time-unknown']);
  });

  it('has a council only where the regime wants one, between evaluation and decision', () => {
    const steps = (one: RegimeInForce) => procedureOf(one).steps.map(({ code, dependsOn }) => [code, ...dependsOn]);
    expect(steps(uav).slice(-3)).toEqual([
      ['evaluation', 'appraisal'],
      ['council', 'evaluation'],
      ['decision', 'council'],
    ]);
    expect(steps(level2).slice(-2)).toEqual([
      ['evaluation', 'appraisal'],
      ['decision', 'evaluation'],
    ]);
    for (const one of [uav, level2]) {
      const shares = procedureOf(one).steps.reduce((sum, { shareOfBudget }) => sum + shareOfBudget, 0);
      expect(shares).toBeCloseTo(1, 10);
    }
    expect(steps(changed(uav, {}, [set('council.needed', false)])).map(([code]) => code)).not.toContain('council');
  });

  it('asks everybody but the lead at once, each once, with half of the time of the appraisal', () => {
    const asked = procedureOf(uav).consultations;
    expect(asked.map(({ agency, addresseeDesigned }) => [agency, addresseeDesigned])).toEqual([
      ['shtp-board', true],
      ['city-police', true],
      ['doj', true],
      ['dof', true],
      ['city-military', true],
    ]);
    for (const { days } of asked) expect(days).toEqual({ amount: 5, unit: 'working-day' });
  });

  it('asks the centre where a field needs it, but not about what the centre decides itself', () => {
    const fields = uav.regime.fields.map((field) => ({ ...field, centralApproval: true }));
    const central = procedureOf(changed(uav, { fields }));
    const facts = (centralApproval: boolean) => ({
      ...trialFacts(drone, uav.regime),
      'solution.centralApproval': centralApproval,
    });
    const asked = (yes: boolean) =>
      resolveProcedure(central, facts(yes), agencies).consultations.map(({ agency }) => agency);
    expect(asked(true)).toContain('ministry-science');
    expect(asked(false)).not.toContain('ministry-science');
    expect(procedureOf(level3).consultations).toEqual([]);
    // The line ministries that the decree does not name stand for one body, asked once, and marked as ours.
    expect(
      procedureOf(fintech).consultations.map(({ agency, addresseeDesigned }) => [agency, addresseeDesigned]),
    ).toEqual([['ministry-science', true]]);
    // With nobody to ask there is no step of asking.
    const steps = resolveProcedure(procedureOf(level3), trialFacts(ai, level3.regime), agencies).steps.map(
      ({ code }) => code,
    );
    expect(steps).toEqual(['completeness-check', 'evaluation', 'decision']);
  });

  it('calls verified only what a text says', () => {
    expect(procedureOf(uav).verified).toMatchObject({
      statutoryBudget: false,
      competentAgency: false,
      documents: false,
    });
    expect(procedureOf(level2).verified).toMatchObject({
      competentAgency: true,
      documents: true,
      statutoryBudget: false,
    });
  });
});

describe('a regime', () => {
  it.each<[string, RegimeInForce, string, string[]]>([
    ['is open', uav, '2026-07-06', []],
    ['opens with its first day', level2, '2026-04-30', ['not-yet-in-force']],
    [
      'closes after its last day',
      knownRegime('fintech-decree-94-2025-open-api@2025-07-01'),
      '2026-06-30',
      ['no-longer-in-force'],
    ],
    [
      'is closed while its authority is only assumed',
      knownRegime('digital-technology-353-2025@2026-01-01'),
      '2026-07-06',
      ['authority-unknown'],
    ],
    [
      'is closed while nobody knows since when it holds',
      knownRegime('ifc-res-222-2025@undated'),
      '2026-07-06',
      ['undated'],
    ],
    ['is closed until it is issued', changed(uav, { status: 'planned' }), '2026-07-06', ['not-issued']],
    [
      'is closed where no documents are known',
      changed(uav, { defaults: uav.regime.defaults.filter(({ path }) => path !== 'dossier.documents') }),
      '2026-07-06',
      ['documents-unknown'],
    ],
  ])('%s', (_what, one, day, reasons) => {
    expect(closedBecause(one, plainDate(day))).toEqual(reasons);
    expect(isOpen(one, plainDate(day))).toBe(reasons.length === 0);
  });

  it('opens when the City says who decides', () => {
    const digital = knownRegime('digital-technology-353-2025@2026-01-01');
    expect(isOpen(changed(digital, {}, [set('authority.code', 'hcmc-committee')]), today)).toBe(true);
  });

  it('is open exactly where it has a procedure and is in force', () => {
    for (const one of regimes.values()) {
      const { status, effectiveFrom, effectiveTo } = one.regime;
      const inForce =
        status === 'in-force' && effectiveFrom !== null && effectiveFrom <= today && (effectiveTo ?? today) >= today;
      expect(isOpen(one, today), one.rules.version).toBe(inForce && admissionProcedure(one) !== undefined);
    }
  });

  it('says in both languages why it is closed', () => {
    for (const reason of closures) expect(closureTexts[reason].vi).not.toBe(closureTexts[reason].en);
  });
});

describe('the opening of a sandbox case', () => {
  const openingOf = (one: RegimeInForce, filing = drone) =>
    openingOfTrial(seededLaw, {
      filing,
      filingHash: 'h',
      fit: fitOf(one, filing, today),
      personId: 'investor.drone',
      at: at('2026-07-06 09:00'),
    });

  it('plans one procedure, within the term that holds, and promises nothing beside it', () => {
    const { plan, baseline, target, ambition, reductionByLaw, unverified } = openingOf(uav);
    // Fifteen working days after Monday 6 July 2026.
    expect(plan).toMatchObject([
      {
        procedure: 'admission-hcmc-res-20-2024-uav',
        agency: 'hcmc-committee',
        statutory: { starts: '2026-07-06', ends: '2026-07-27' },
      },
    ]);
    expect(baseline).toEqual({ days: 15, endDate: '2026-07-27' });
    expect([target, ambition, reductionByLaw]).toEqual([baseline, baseline, 0]);
    expect(unverified).toEqual(['admission-hcmc-res-20-2024-uav.budget']);
  });

  it('keeps what the test said, condition by condition, and names nobody', () => {
    const filing = { ...drone, solution: { ...drone.solution, declared: {} } };
    const opening = openingOf(uav, filing);
    expect(opening.trial).toMatchObject({
      fit: 'unknown',
      authority: 'hcmc-committee',
      supervises: 'shtp-board',
      evaluates: 'dost',
    });
    expect(opening.trial?.reasons).toContainEqual({ code: 'declared-height', verdict: 'unknown' });
    const written = JSON.stringify(opening);
    for (const name of [filing.applicant.name, filing.solution.name.vi, filing.solution.summary.en, 'Hành lang bay']) {
      expect(written).not.toContain(name);
    }
  });

  it('lodges the documents that came with the filing', () => {
    const documents = [{ code: 'request', documentId: 'doc-1' }];
    expect(openingOf(uav, { ...drone, documents }).lodged).toEqual({
      'admission-hcmc-res-20-2024-uav': [{ code: 'request', documentId: 'doc-1', obtainedFrom: null }],
    });
    expect(openingOf(uav).lodged).toEqual({});
  });
});
