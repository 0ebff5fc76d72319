import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../domain/law/catalogue.js';
import {
  checkProcedure,
  procedureById,
  procedureVersion,
  type ProcedureDefinition,
  resolveProcedure,
} from '../../domain/law/procedure.js';
import { projectFacts } from '../../domain/law/rules.js';
import type { Filing } from '../../domain/schemas/project.js';
import { plainDate } from '../../domain/time/instants.js';
import { catalogue, catalogueData, exampleProjects } from '../../seeds/index.js';
import { refusedBy } from '../support/memory-register.js';

const { procedures, agencies, rules } = catalogue();
const { besi, cmc } = exampleProjects;
const at = plainDate('2026-11-22');
const factsOf = (filing: Filing, change: Partial<Filing['project']> = {}) =>
  projectFacts({ ...filing, project: { ...filing.project, ...change } }, rules);
const inZone = (zone: Filing['project']['site']['zone']) => factsOf(cmc, { site: { ...cmc.project.site, zone } });
const resolve = (code: string, facts = factsOf(cmc)) =>
  resolveProcedure(procedureVersion(procedures, code, at), facts, agencies);

describe('versions of a procedure', () => {
  it('change on the day the decree takes effect', () => {
    const before = procedureVersion(procedures, 'construction-permit', plainDate('2026-06-30'));
    const after = procedureVersion(procedures, 'construction-permit', plainDate('2026-07-01'));
    expect(before).toMatchObject({
      version: 'construction-permit@2024-12-30',
      statutoryBudget: { amount: 20, unit: 'calendar-day' },
    });
    expect(after).toMatchObject({
      version: 'construction-permit@2026-07-01',
      statutoryBudget: { amount: 10, unit: 'working-day' },
    });
    expect(before.verified.statutoryBudget).toBe(false);
    expect(procedureVersion(procedures, 'construction-permit', 'newest')).toBe(after);
    expect(procedureById(procedures, before.version)).toBe(before);
  });

  it('are unknown before the first of them, and for a procedure nobody seeded', () => {
    expect(refusedBy(() => procedureVersion(procedures, 'irc-special', plainDate('2026-03-30'))).code).toBe(
      'DEFINITION_UNKNOWN',
    );
    expect(refusedBy(() => procedureVersion(procedures, 'no-such', 'newest')).code).toBe('DEFINITION_UNKNOWN');
    expect(refusedBy(() => procedureById(procedures, 'irc-special@2020-01-01')).code).toBe('DEFINITION_UNKNOWN');
  });
});

describe('a procedure resolved for a project', () => {
  it('names the competent agency by the kind of site', () => {
    expect(resolve('construction-permit', inZone('SHTP')).competentAgency).toBe('shtp-board');
    expect(resolve('construction-permit', inZone('HEPZA')).competentAgency).toBe('hepza');
    expect(resolve('construction-permit', inZone('none')).competentAgency).toBe('doc');
    // Whose board a concentrated digital-technology zone or an economic zone has was not read; the financial centre has its own authority.
    for (const zone of ['QTSC', 'DTP', 'EZ', 'FTZ'] as const)
      expect(resolve('construction-permit', inZone(zone)).competentAgency).toBe('hepza');
    expect(resolve('irc-ordinary', inZone('IFC'))).toMatchObject({
      competentAgency: 'vifc-authority',
      cityControlled: false,
    });
    const asked = (zone: 'IFC' | 'SHTP') =>
      resolve('irc-ordinary', inZone(zone)).consultations.map(({ agency }) => agency);
    expect(asked('IFC')).toContain('city-police');
    expect(asked('SHTP')).not.toContain('city-police');
    expect(resolve('investment-policy-pm')).toMatchObject({
      competentAgency: 'prime-minister',
      handlingAgency: 'ministry-finance',
      cityControlled: false,
    });
    expect(resolve('environmental-permit', factsOf(cmc, { primeMinisterCase: true }))).toMatchObject({
      competentAgency: 'ministry-environment',
      budget: { amount: 45, unit: 'calendar-day' },
      cityControlled: false,
    });
  });

  it('takes the budget variant that the project meets, with its own mark', () => {
    expect(resolve('feasibility-appraisal-a').budget.amount).toBe(20);
    expect(resolve('feasibility-appraisal-a', factsOf(cmc, { classOneWorks: true }))).toMatchObject({
      budget: { amount: 25 },
      budgetVerified: true,
    });
    expect(resolve('environmental-permit', factsOf(cmc, { environmentalPermitShortForm: true }))).toMatchObject({
      budget: { amount: 15 },
      budgetVerified: false,
    });
  });

  it('asks the board of the site where there is one and it isn’t the one asking', () => {
    const asked = (code: string, facts = factsOf(cmc)) =>
      resolve(code, facts).consultations.map(({ agency }) => agency);
    expect(asked('land-lease')).toEqual(['city-tax', 'shtp-board']);
    expect(asked('land-lease', inZone('none'))).toEqual(['city-tax']);
    expect(asked('environmental-permit', inZone('none'))).toEqual([]);
  });

  it('takes a consultation step out when nobody is left to ask, and keeps the graph and the whole budget', () => {
    const { steps } = resolve('environmental-permit', inZone('none'));
    expect(steps.map(({ code }) => code)).toEqual(['completeness-check', 'public-posting', 'appraisal', 'decision']);
    expect(steps.find(({ code }) => code === 'appraisal')?.dependsOn).toEqual(['completeness-check']);
    expect(steps.reduce((sum, { shareOfBudget }) => sum + shareOfBudget, 0)).toBeCloseTo(1);
  });

  it('asks police and military only in a sensitive area, and never lets their silence pass by itself', () => {
    const calm = resolve('investment-policy-park').consultations;
    const sensitive = resolve('investment-policy-park', factsOf(cmc, { defenceSensitiveArea: true })).consultations;
    expect(calm.map(({ agency }) => agency)).not.toContain('city-police');
    expect(sensitive.filter(({ handling }) => handling === 'escalate').map(({ agency }) => agency)).toEqual([
      'city-military',
      'city-police',
    ]);
    expect(sensitive.every(({ legalEffect }) => legalEffect === 'deemed-agreed')).toBe(true);
  });

  it('never asks an agency that decides or handles itself', () => {
    const board = procedureVersion(procedures, 'investment-policy-park', at);
    const asksItself: ProcedureDefinition = {
      ...board,
      consultations: board.consultations.flatMap((one) => [one, { ...one, agency: '@site-board' }, one]),
    };
    const asked = resolveProcedure(asksItself, factsOf(cmc), agencies).consultations.map(({ agency }) => agency);
    expect(asked).not.toContain('shtp-board');
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('leaves no token behind, for any procedure on any site', () => {
    for (const zone of ['SHTP', 'HEPZA', 'DTP', 'FTZ', 'IFC', 'EZ', 'QTSC', 'none'] as const) {
      for (const code of procedures.keys()) {
        const resolved = resolve(code, inZone(zone));
        const holders = [
          resolved.competentAgency,
          resolved.handlingAgency,
          ...resolved.steps.map((step) => step.agency),
          ...resolved.consultations.map(({ agency }) => agency),
        ];
        expect(
          holders.filter((agency) => agency !== 'system' && agency !== 'investor' && !agencies.has(agency)),
        ).toEqual([]);
      }
    }
    expect(resolve('enterprise-registration', factsOf(besi)).competentAgency).toBe('dof');
  });
});

describe('a definition that cannot work is refused', () => {
  const permit = procedureVersion(procedures, 'construction-permit', at);
  const withSteps = (change: (step: ProcedureDefinition['steps'][number]) => object): ProcedureDefinition => ({
    ...permit,
    steps: permit.steps.map((step) => ({ ...step, ...change(step) })),
  });
  const reason = (definition: ProcedureDefinition) => {
    const { code, details } = refusedBy(() => checkProcedure(definition, agencies));
    expect(code).toBe('DEFINITION_INVALID');
    return details;
  };

  it('for a cycle, naming the steps on it and behind it', () => {
    const cyclic = withSteps(({ code }) => (code === 'field-check' ? { dependsOn: ['draft'] } : {}));
    expect(reason(cyclic)).toMatchObject({
      reason: 'unreachable steps',
      about: ['field-check', 'opinions', 'draft', 'decision'],
    });
  });

  it('for a step that waits for one that does not exist', () => {
    const dangling = withSteps(({ code }) => (code === 'decision' ? { dependsOn: ['blessing'] } : {}));
    expect(reason(dangling)).toMatchObject({ reason: 'unreachable steps', about: ['decision'] });
  });

  it('for shares that are not the whole budget, two steps of one code, and an agency nobody knows', () => {
    expect(reason(withSteps(({ code }) => (code === 'draft' ? { shareOfBudget: 0.9 } : {})))).toMatchObject({
      reason: 'shares of the budget',
    });
    expect(reason({ ...permit, steps: [...permit.steps, ...permit.steps.slice(0, 1)] })).toMatchObject({
      reason: 'two steps of one code',
    });
    expect(reason({ ...permit, handledBy: 'nobody' })).toMatchObject({ reason: 'unknown agencies', about: ['nobody'] });
  });

  it('for two versions in force on one day', () => {
    const data = catalogueData();
    const twin: ProcedureDefinition = {
      ...permit,
      version: 'construction-permit@2026-08-01',
      validFrom: plainDate('2026-08-01'),
    };
    const { code, details } = refusedBy(() => buildCatalogue({ ...data, procedures: [...data.procedures, twin] }));
    expect({ code, ...details }).toMatchObject({ code: 'DEFINITION_INVALID', reason: 'versions overlap' });
  });

  it('for a rule on an attribute that no filing has', () => {
    const data = catalogueData();
    const odd: ProcedureDefinition = {
      ...permit,
      budgetVariants: [
        {
          when: { attr: 'project.colour', op: 'eq', value: 'red' },
          budget: permit.statutoryBudget,
          verified: false,
          basis: 'none',
        },
      ],
    };
    const others = data.procedures.filter(({ version }) => version !== permit.version);
    const { code, details } = refusedBy(() => buildCatalogue({ ...data, procedures: [...others, odd] }));
    expect({ code, ...details }).toMatchObject({
      code: 'DEFINITION_INVALID',
      reason: 'unknown attributes',
      about: ['project.colour'],
    });
  });
});

it('asks a foreign investor for what no register of Viet Nam holds of it', () => {
  const law = catalogue();
  const legalStatus = (country: string) => {
    const facts = projectFacts(
      { ...exampleProjects.besi, investor: { ...exampleProjects.besi.investor, country } },
      law.rules,
    );
    const definition = procedureVersion(law.procedures, 'irc-ordinary', plainDate('2026-07-06'));
    return resolveProcedure(definition, facts, law.agencies).documents.find(({ code }) => code === 'legal-status');
  };
  expect(legalStatus('NL')).toEqual({ code: 'legal-status', name: expect.anything() as unknown, obtainableFrom: null });
  expect(legalStatus('VN')?.obtainableFrom).toBe('national-business-register');
});
