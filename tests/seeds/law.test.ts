import { describe, expect, it } from 'vitest';
import { procedureVersion } from '../../domain/law/procedure.js';
import { agencies, catalogue, catalogueData, exampleProjects, people } from '../../seeds/index.js';

const data = catalogueData();
const law = catalogue();
/** What the City does by a delegation that ends on 28 February 2027. */
const sunset = ['eia-group-1', 'eia-group-2', 'environmental-permit'];
const isAdmission = (code: string): boolean => code.startsWith('admission-');

describe('the seeded procedures', () => {
  it('are the thirty-two and the admissions to trials, each with one version in force today', () => {
    expect([...law.procedures.keys()].filter((code) => !isAdmission(code))).toHaveLength(32);
    for (const code of law.procedures.keys()) {
      const today = procedureVersion(law.procedures, code, data.asOf);
      const newest = procedureVersion(law.procedures, code, 'newest');
      if (!sunset.includes(code)) expect(today).toBe(newest);
    }
  });

  it('cite a source for every figure', () => {
    for (const definition of data.procedures) {
      const sources = [
        definition.budgetBasis,
        ...definition.budgetVariants.map(({ basis }) => basis),
        definition.silence.legalBasis,
        ...definition.legalBasis.flatMap(({ act, article, source }) => [act, article, source]),
        ...definition.clockPolicy.suspensionGrounds.map(({ legalBasis }) => legalBasis),
        ...definition.duties.flatMap(({ legalBasis, deposit }) => [legalBasis, deposit?.ratesBasis ?? legalBasis]),
        ...definition.gates.map(({ legalBasis }) => legalBasis),
      ];
      expect(
        sources.filter((source) => source.trim() === ''),
        definition.version,
      ).toEqual([]);
    }
  });

  it('call a figure verified only where an act of its legal basis was read', () => {
    for (const { version, verified, legalBasis } of data.procedures) {
      if (verified.statutoryBudget)
        expect(
          legalBasis.some((basis) => basis.verified),
          version,
        ).toBe(true);
    }
  });

  it('are valid from the day on which the last act read takes effect', () => {
    for (const { version, validFrom, legalBasis } of data.procedures) {
      if (version.endsWith('@2027-03-01')) continue;
      const read = legalBasis.filter(({ verified }) => verified);
      const days = (read.length > 0 ? read : legalBasis).map(({ effectiveFrom }) => effectiveFrom).sort();
      expect(validFrom, version).toBe(days.at(-1));
    }
  });

  it('give the environment back to its ministry when the delegation to the City ends', () => {
    for (const code of sunset) {
      const on = (day: string) =>
        law.procedures.get(code)?.find(({ validFrom, validTo }) => validFrom <= day && (!validTo || day <= validTo));
      expect(on('2027-02-28')?.handledBy, code).toBe('dae');
      expect(on('2027-03-01'), code).toMatchObject({
        handledBy: null,
        competentAgency: { park: null, zone: null, province: null, central: 'ministry-environment' },
        verified: { competentAgency: false },
      });
    }
  });

  it('never call an earlier version verified', () => {
    const earlier = data.procedures.filter(
      ({ code, validTo }) => validTo !== null && !isAdmission(code) && !sunset.includes(code),
    );
    expect(earlier.map(({ version }) => version)).toEqual([
      'feasibility-appraisal-a@2024-12-30',
      'feasibility-appraisal-b@2024-12-30',
      'feasibility-appraisal-c@2024-12-30',
      'construction-permit@2024-12-30',
      'high-tech-enterprise-recognition@2009-07-01',
    ]);
    for (const { verified } of earlier) expect(Object.values(verified)).not.toContain(true);
  });

  it('have the figures that were checked by hand against the law notes', () => {
    const budgets = [
      ['investment-policy-park', 17, 'working-day', true],
      ['irc-ordinary', 10, 'working-day', true],
      ['irc-after-approval', 5, 'working-day', true],
      ['irc-special', 15, 'working-day', true],
      ['irc-adjustment', 7, 'working-day', true],
      ['irc-adjustment-short', 3, 'working-day', true],
      ['investment-policy-adjustment-park', 17, 'working-day', true],
      ['investment-policy-adjustment-province', 17, 'working-day', true],
      ['investment-policy-adjustment-pm', 25, 'working-day', true],
      ['strategic-investment-approval', 7, 'working-day', true],
      ['enterprise-registration', 3, 'working-day', true],
      ['eia-group-1', 45, 'calendar-day', false],
      ['eia-group-2', 30, 'calendar-day', false],
      ['environmental-permit', 30, 'calendar-day', false],
      ['construction-permit', 10, 'working-day', true],
      ['high-tech-enterprise-recognition', 40, 'calendar-day', true],
      ['land-lease', 20, 'calendar-day', false],
    ] as const;
    for (const [code, amount, unit, read] of budgets) {
      const { statutoryBudget, verified } = procedureVersion(law.procedures, code, 'newest');
      expect([code, statutoryBudget, verified.statutoryBudget]).toEqual([code, { amount, unit }, read]);
    }
    // NĐ 96/2026: the special certificate counts from receipt, the ordinary one from a valid dossier.
    expect(procedureVersion(law.procedures, 'irc-special', 'newest').startsFrom).toBe('receipt');
    expect(procedureVersion(law.procedures, 'irc-ordinary', 'newest').startsFrom).toBe('valid-dossier');
  });

  it('speak both languages, and do not say the same in both', () => {
    const texts = data.procedures.flatMap(({ name, result, steps, documents, duties, gates, consultations }) => [
      name,
      result,
      ...[...steps, ...documents, ...duties, ...gates].map((one) => one.name),
      ...consultations.map(({ about }) => about),
    ]);
    for (const { vi, en } of texts) expect(vi).not.toBe(en);
  });

  it('have a pathway that uses each of them; an admission to a trial belongs to none', () => {
    const used = new Set(law.pathways.flatMap(({ procedures }) => procedures.map(({ procedure }) => procedure)));
    expect([...law.procedures.keys()].filter((code) => !used.has(code))).toEqual(
      [...law.procedures.keys()].filter(isAdmission),
    );
  });
});

describe('the seeded agencies', () => {
  it('have a code each, and tell whose time the City may cut', () => {
    expect(new Set(agencies.map(({ code }) => code)).size).toBe(agencies.length);
    const commanded = Object.fromEntries(agencies.map(({ code, commandedByCity }) => [code, commandedByCity]));
    expect(commanded).toMatchObject({
      'shtp-board': true,
      dof: true,
      'city-tax': false,
      'city-police': false,
      'city-military': false,
    });
    for (const { code, kind, commandedByCity } of agencies) {
      if (kind === 'central') expect(commandedByCity, code).toBe(false);
      if (kind === 'city' || kind === 'ward') expect(commandedByCity, code).toBe(true);
    }
  });
});

describe('the example projects', () => {
  it('mark what the reports don’t say', () => {
    expect(exampleProjects.besi.assumed).toContain('project.highTechListed');
    expect(exampleProjects.besi.project.keyProjectListed).toBeNull();
    expect(exampleProjects.cmc.assumed).toContain('project.feasibilityGroup');
    for (const { sources } of Object.values(exampleProjects)) expect(sources?.length).toBeGreaterThan(0);
  });
});

describe('the demonstration people', () => {
  const of = (role: string) => people.filter((person) => person.role === role);

  it('have two officers and a head in every agency that decides, handles or is asked', () => {
    const needed = new Set(
      data.procedures.flatMap(({ competentAgency, handledBy, consultations, steps }) => [
        ...Object.values(competentAgency),
        handledBy,
        ...consultations.map(({ agency }) => agency),
        ...steps.map(({ agency }) => agency),
      ]),
    );
    for (const { regime, rules } of law.regimes.values()) {
      for (const agency of [rules.authority?.value, rules.supervises, rules.evaluates]) needed.add(agency ?? null);
      for (const { code } of regime.appraisal.agencies) needed.add(code);
    }
    for (const agency of needed) {
      if (agency === null || !law.agencies.has(agency)) continue;
      expect(
        of('officer').filter((person) => person.agency === agency),
        agency,
      ).toHaveLength(2);
      expect(
        of('head').filter((person) => person.agency === agency),
        agency,
      ).toHaveLength(1);
    }
  });

  it('have an id, a name and an address of their own, none of which reaches anybody', () => {
    for (const key of ['id', 'name', 'email'] as const) {
      expect(new Set(people.map((person) => person[key])).size).toBe(people.length);
    }
    for (const { email, agency } of people) {
      expect(email).toMatch(/\.example$/);
      if (agency !== null) expect(law.agencies.has(agency)).toBe(true);
    }
  });

  it('include an investor of each example, a representative with a power of attorney, receiving officers and those who watch', () => {
    expect(of('investor').map(({ id }) => id)).toEqual([
      'investor.besi',
      'investor.cmc',
      'investor.drone',
      'investor.ai',
    ]);
    const representative = of('representative')[0];
    expect(representative?.powerOfAttorney).toMatchObject({ grantor: 'investor.besi', procedures: null });
    expect(representative?.powerOfAttorney?.acts).not.toContain('withdrawCase');
    expect(of('receiving-officer').map(({ agency }) => agency)).toEqual(['hcmc-pasc', 'hcmc-pasc']);
    for (const role of ['leader', 'auditor', 'operator']) expect(of(role)).toHaveLength(1);
    // Data of the City takes two.
    expect(of('admin')).toHaveLength(2);
  });

  it('include five experts for councils, of no agency, whose institutes are marked as invented', () => {
    expect(of('expert').map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((n) => `expert.${n}`));
    for (const { agency, organisation } of of('expert'))
      expect([agency, organisation]).toEqual([null, expect.stringContaining('(ví dụ)')]);
  });
});
