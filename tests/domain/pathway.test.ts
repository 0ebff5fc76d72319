import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, countWorkingDays, onOrNextWorkingDay } from '../../domain/time/calendar.js';
import { buildCatalogue } from '../../domain/law/catalogue.js';
import { inOrderOfWork, networkOf } from '../../domain/law/pathway-network.js';
import { type LaidOutRow, layOut, milestonesOf, type Schedulable } from '../../domain/law/pathway-layout.js';
import { planPathway } from '../../domain/law/pathway.js';
import { projectFacts } from '../../domain/law/rules.js';
import type { Filing } from '../../domain/schemas/project.js';
import { addDays, plainDate, type PlainDate } from '../../domain/time/instants.js';
import { catalogue, catalogueData, exampleProjects } from '../../seeds/index.js';
import { anyFiling } from '../support/filings.js';
import worked from '../fixtures/pathways-worked.json' with { type: 'json' };

const law = catalogue();
const at = law.asOf;
const filed = plainDate('2026-03-02');
const pathway = (code: string) => {
  const found = law.pathways.find((one) => one.code === code);
  if (!found) throw new Error(code);
  return found;
};
const plan = (filing: Filing, code: string, on: PlainDate = filed) =>
  planPathway(pathway(code), projectFacts(filing, law.rules), law, on, at);
const changed = (filing: Filing, project: Partial<Filing['project']>): Filing => ({
  ...filing,
  project: { ...filing.project, ...project },
});

describe('the worked examples come out to the day', () => {
  for (const project of ['besi', 'cmc'] as const) {
    for (const code of ['standard', 'special'] as const) {
      for (const [name, reduction] of [
        ['r0', 0],
        ['r30', 30],
        ['r40', 40],
      ] as const) {
        it(`${project} on the ${code} pathway, budgets cut by ${String(reduction)} %`, () => {
          const facts = projectFacts(exampleProjects[project], law.rules);
          const order = project === 'besi' ? 'irc-first' : null;
          const { nodes } = networkOf(pathway(code), facts, law, at, order);
          const rows = layOut(nodes, filed, law, reduction);
          const expected = worked.projects[project][code][name];
          const counted = nodes.filter(({ mandatory, phase }) => mandatory && phase !== 'operate');
          const byCode = new Map(rows.map((row) => [row.procedure, row]));
          expect(counted).toHaveLength(expected.rows.length);
          for (const row of expected.rows) {
            expect(byCode.get(row.procedure)).toEqual({
              procedure: row.procedure,
              budget: row.budget,
              starts: row.starts,
              ends: row.ends,
              workingDays: row.workingDaysUsed,
              cumulativeWorkingDays: row.cumulativeWorkingDays,
              releasedBy: row.releasedBy,
            });
            const node = counted.find(({ procedure }) => procedure === row.procedure);
            expect(node?.after.map(({ procedure }) => procedure)).toEqual(row.after);
          }
          const milestones = milestonesOf(nodes, rows, filed);
          for (const milestone of ['licence', 'approvals'] as const) {
            const { ends, workingDays, criticalPath } = expected[milestone];
            expect(milestones[milestone]).toEqual({ endDate: ends, workingDays, criticalPath });
          }
        });
      }
    }
  }

  it('also as if filed when every decree is in force', () => {
    const on = plainDate(worked.asIfFiled.date);
    for (const project of ['besi', 'cmc'] as const) {
      const expected = worked.asIfFiled.projects[project];
      for (const code of ['standard', 'special'] as const) {
        const { milestones } = plan(exampleProjects[project], code, on);
        for (const milestone of ['licence', 'approvals'] as const) {
          const { ends, workingDays, criticalPath } = expected[code][milestone];
          expect(milestones[milestone]).toEqual({ endDate: ends, workingDays, criticalPath });
        }
      }
      const chosen = plan(exampleProjects[project], project === 'besi' ? 'standard' : 'special', on);
      for (const milestone of ['licence', 'approvals'] as const) {
        const { ends, workingDays, criticalPath } = expected.targetR30[milestone];
        expect(chosen.target[milestone]).toEqual({ endDate: ends, workingDays, criticalPath });
      }
    }
  });

  it('where the notice before commencement, not the last approval, decides when CMC may build', () => {
    expect(plan(exampleProjects.cmc, 'special').constructionStart).toEqual({
      statutory: '2026-04-22',
      target: '2026-04-15',
    });
    expect(plan(exampleProjects.besi, 'special').constructionStart).toBeNull();
  });
});

describe('a pathway for one project', () => {
  const { besi, cmc } = exampleProjects;
  const codes = (filing: Filing, code: string) => plan(filing, code).procedures.map(({ procedure }) => procedure);

  it('asks for no separate confirmation of the high-tech criteria where approval or certificate assess them', () => {
    for (const filing of [besi, cmc]) {
      for (const code of ['standard', 'special'])
        expect(codes(filing, code)).not.toContain('high-tech-criteria-confirmation');
    }
    const own = changed(cmc, { site: { ...cmc.project.site, land: 'own-land' } });
    expect(codes(own, 'standard')).toContain('high-tech-criteria-confirmation');
  });

  it('asks a domestic investor for no certificate, and a foreign one for a company', () => {
    expect(codes(cmc, 'standard')).not.toContain('irc-after-approval');
    expect(codes(besi, 'standard')).toEqual(expect.arrayContaining(['irc-ordinary', 'enterprise-registration']));
  });

  it('never has both a feasibility appraisal and a construction permit', () => {
    for (const feasibilityAppraisedByAgency of [true, false]) {
      const has = new Set(codes(changed(cmc, { feasibilityAppraisedByAgency }), 'standard'));
      expect(has.has('feasibility-appraisal-a')).toBe(feasibilityAppraisedByAgency);
      expect(has.has('construction-permit')).toBe(!feasibilityAppraisedByAgency);
      expect(has.has('fire-safety-design-appraisal')).toBe(!feasibilityAppraisedByAgency);
    }
  });

  it('is unlawful where a rule forbids it, says which clause, and is laid out all the same', () => {
    const outside = plan(changed(cmc, { site: { ...cmc.project.site, zone: 'none' } }), 'special');
    expect(outside.lawful).toBe('no');
    expect(outside.reasons.find(({ verdict }) => verdict === 'no')?.clause).toContain('Art. 46.1');
    expect(outside.criticalPathWorkingDays).toBeGreaterThan(0);
    expect(plan(changed(cmc, { article24Clause: 14 }), 'special').lawful).toBe('no');
    expect(plan(changed(cmc, { article24Clause: 13 }), 'special').lawful).toBe('yes');
    const freeTrade = changed(cmc, { article24Clause: 13, site: { ...cmc.project.site, zone: 'FTZ' } });
    expect(plan(freeTrade, 'special').lawful).toBe('no');
    expect(plan(changed(cmc, { highTechListed: false }), 'special').lawful).toBe('no');
  });

  it('is of unknown lawfulness where a fact is missing', () => {
    expect(plan(changed(cmc, { highTechListed: null }), 'special').lawful).toBe('unknown');
    expect(plan(changed(cmc, { strategicInvestor: null }), 'strategic').lawful).toBe('unknown');
  });

  it('counts a procedure that may or may not be required, and says so', () => {
    const unsure = plan(changed(besi, { restrictedTechnology: null }), 'standard');
    const row = unsure.procedures.find(({ procedure }) => procedure === 'restricted-technology-approval');
    expect(row).toMatchObject({
      requirement: 'unknown',
      mandatory: true,
      cityControlled: false,
      unverified: ['requirement'],
    });
    expect(unsure.most.licence.workingDays).toBeGreaterThan(plan(besi, 'standard').criticalPathWorkingDays);
  });

  it('takes exactly one order of certificate and company, never both at once', () => {
    const { order, procedures, duties } = plan(besi, 'standard');
    expect(order).toBe('irc-first');
    const company = procedures.find(({ procedure }) => procedure === 'enterprise-registration');
    const certificate = procedures.find(({ procedure }) => procedure === 'irc-ordinary');
    expect(company?.starts).toBe(certificate?.ends);
    expect(duties.map(({ code }) => code)).not.toContain('irc-within-twelve-months');
    expect(plan(cmc, 'standard').order).toBeNull();
  });

  it('reverses the edge, and nothing else, when the company comes first', () => {
    const facts = projectFacts(besi, law.rules);
    const { nodes } = networkOf(pathway('standard'), facts, law, at, 'company-first');
    const rows = layOut(nodes, filed, law, 0);
    const licence = milestonesOf(nodes, rows, filed).licence;
    expect(licence).toMatchObject({ workingDays: 13, criticalPath: ['enterprise-registration', 'irc-ordinary'] });
  });

  it('has the duties and gates of its procedures, those of the pathway, and no others', () => {
    const special = plan(cmc, 'special');
    const duties = special.duties.map(({ code }) => code);
    expect(duties).toEqual(
      expect.arrayContaining([
        'publish-first-valid-dossier',
        'simultaneous-sending',
        'security-deposit-special',
        'commencement-notice',
      ]),
    );
    expect(special.gates.map(({ code }) => code)).toContain('environmental-permit-before-construction');
    expect(special.gates.map(({ code }) => code)).not.toContain('environmental-permit-before-operation');
    const leased = plan(besi, 'special').duties.map(({ code }) => code);
    expect(leased).not.toContain('security-deposit-special');
    expect(leased).not.toContain('commencement-notice');
  });

  it('marks dates behind an event that nobody can date as earliest', () => {
    const rows = plan(cmc, 'standard').procedures;
    expect(rows.find(({ procedure }) => procedure === 'environmental-permit')?.dated).toBe('earliest');
    expect(rows.find(({ procedure }) => procedure === 'eia-group-2')?.dated).toBe('planned');
  });

  it('is refused where no law is known for an approval on the day', () => {
    const early = () =>
      planPathway(pathway('standard'), projectFacts(cmc, law.rules), law, filed, plainDate('2026-03-30'));
    expect(early).toThrow('DEFINITION_UNKNOWN');
    const may = planPathway(pathway('standard'), projectFacts(besi, law.rules), law, filed, plainDate('2026-05-04'));
    expect(may.notInForce).toEqual(['tax-registration']);
  });

  it('is refused as a definition when its procedures wait for each other, or one does not exist', () => {
    const data = catalogueData();
    const broken = (change: (row: (typeof data.pathways)[number]['procedures'][number]) => object) => () =>
      buildCatalogue({
        ...data,
        pathways: data.pathways.map((one) => ({
          ...one,
          procedures: one.procedures.map((row) => ({ ...row, ...change(row) })),
        })),
      });
    const cycle = broken(({ procedure, after }) =>
      procedure === 'land-lease'
        ? { after: [...after, { procedure: 'construction-permit', kind: 'finish-to-start' }] }
        : {},
    );
    expect(cycle).toThrow('DEFINITION_INVALID');
    expect(broken(({ procedure }) => (procedure === 'land-lease' ? { procedure: 'land-gift' } : {}))).toThrow(
      'DEFINITION_INVALID',
    );
    expect(broken(() => ({}))).not.toThrow();
  });
});

describe('critical paths', () => {
  const seed = 20260302;
  type Node = Schedulable & { phase: 'licence'; mandatory: true };
  const budget = fc.record({
    amount: fc.integer({ min: 1, max: 60 }),
    unit: fc.constantFrom('working-day' as const, 'calendar-day' as const),
  });
  // Node i may wait for any of the nodes before it: a random graph without cycles, in order of work.
  const network = fc
    .array(fc.record({ budget, cityControlled: fc.boolean(), waits: fc.array(fc.nat(30), { maxLength: 4 }) }), {
      minLength: 1,
      maxLength: 9,
    })
    .map((parts) =>
      parts.map(({ budget, cityControlled, waits }, i): Node => ({
        procedure: `p${String(i)}`,
        phase: 'licence',
        mandatory: true,
        after: i === 0 ? [] : [...new Set(waits.map((n) => n % i))].map((n) => ({ procedure: `p${String(n)}` })),
        resolved: { budget, cityControlled, calendar: 'vn-state' },
      })),
    );
  const day = fc.integer({ min: 0, max: 365 }).map((n) => addDays(plainDate('2025-01-01'), n));
  const lay = (nodes: Node[], on: PlainDate, reduction = 0) => {
    const rows = layOut(nodes, on, law, reduction);
    return { rows, licence: milestonesOf(nodes, rows, on).licence };
  };
  const check = <Values>(property: fc.IProperty<Values>) => {
    fc.assert(property, { seed, numRuns: 500 });
  };

  function branches(nodes: Node[]): Node[][] {
    const byCode = new Map(nodes.map((node) => [node.procedure, node]));
    const endingIn = (node: Node): Node[][] =>
      node.after.length === 0
        ? [[node]]
        : node.after.flatMap(({ procedure }) => {
            const before = byCode.get(procedure);
            return before ? endingIn(before).map((branch) => [...branch, node]) : [];
          });
    return nodes.flatMap(endingIn).slice(0, 300);
  }
  const walk = (branch: Node[], on: PlainDate): PlainDate =>
    branch.reduce(
      (
        date,
        {
          resolved: {
            budget: { amount, unit },
          },
        },
      ) =>
        unit === 'working-day'
          ? addWorkingDays(law.calendar, date, amount)
          : onOrNextWorkingDay(law.calendar, addDays(date, amount)),
      on,
    );

  it('are as long as the longest single branch, and the branch they name is that long', () => {
    check(
      fc.property(network, day, (nodes, on) => {
        const { licence } = lay(nodes, on);
        const ends = branches(nodes).map((branch) => walk(branch, on));
        for (const end of ends) expect(licence.endDate >= end).toBe(true);
        const named = licence.criticalPath.map((code) => nodes.find(({ procedure }) => procedure === code));
        expect(walk(named as Node[], on)).toBe(licence.endDate);
        expect(licence.workingDays).toBe(countWorkingDays(law.calendar, on, licence.endDate));
      }),
    );
  });

  it('never get shorter when a procedure is added', () => {
    check(
      fc.property(
        network,
        day,
        budget,
        fc.array(fc.nat(30), { maxLength: 3 }),
        fc.array(fc.nat(30), { maxLength: 3 }),
        (nodes, on, size, before, behind) => {
          const place = Math.max(0, ...before.map((n) => (n % nodes.length) + 1));
          const added: Node = {
            procedure: 'added',
            phase: 'licence',
            mandatory: true,
            after: [...new Set(before.map((n) => n % nodes.length))].map((n) => ({ procedure: `p${String(n)}` })),
            resolved: { budget: size, cityControlled: true, calendar: 'vn-state' },
          };
          const waiting = new Set(behind.map((n) => n % nodes.length).filter((n) => n >= place));
          const rest = nodes.map((node, i) =>
            waiting.has(i) ? { ...node, after: [...node.after, { procedure: 'added' }] } : node,
          );
          const more = inOrderOfWork([...rest, added]);
          expect(lay(more, on).licence.endDate >= lay(nodes, on).licence.endDate).toBe(true);
        },
      ),
    );
  });

  it('never get longer when more is cut, and a body the City does not command keeps its time', () => {
    check(
      fc.property(
        network,
        day,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (nodes, on, a, b) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          const gentle = lay(nodes, on, less);
          const harsh = lay(nodes, on, more);
          harsh.rows.forEach((row: LaidOutRow, i) => {
            expect((row.ends ?? '') <= (gentle.rows[i]?.ends ?? '')).toBe(true);
            if (nodes[i]?.resolved.cityControlled === false) expect(row.budget).toEqual(nodes[i]?.resolved.budget);
          });
          expect(harsh.licence.workingDays).toBeLessThanOrEqual(gentle.licence.workingDays);
        },
      ),
    );
  });

  it('are refused for a network in which something waits for itself', () => {
    expect(() =>
      inOrderOfWork([
        { procedure: 'a', after: [{ procedure: 'b' }] },
        { procedure: 'b', after: [{ procedure: 'a' }] },
      ]),
    ).toThrow('DEFINITION_INVALID');
  });
});

describe('procedures that exclude each other', () => {
  const standard = pathway('standard');
  const groups = standard.alternatives ?? [];
  const inPlan = (filing: Filing, of = standard) =>
    networkOf(of, projectFacts(filing, law.rules), law, at, null).nodes.map(({ procedure }) => procedure);

  it('are never both in a plan, wherever the project stands and whoever owns the land', () => {
    expect(groups).toHaveLength(3);
    fc.assert(
      fc.property(anyFiling, (filing) => {
        const there = inPlan(filing);
        for (const group of groups) expect(there.filter((code) => group.includes(code)).length).toBeLessThanOrEqual(1);
      }),
      { seed: 260, numRuns: 500 },
    );
  });

  it('also where their rules both say yes: the one that is known to be needed stays, once', () => {
    const always = { all: [] };
    const both = {
      ...standard,
      procedures: standard.procedures.map((one) =>
        one.procedure.startsWith('investment-policy-p') ? { ...one, requiredWhen: always } : one,
      ),
    };
    const policies = inPlan(exampleProjects.cmc, both).filter((code) => code.startsWith('investment-policy'));
    expect(policies).toHaveLength(1);
  });

  it('are procedures of their pathway', () => {
    const strange = { ...standard, alternatives: [['irc-ordinary', 'moon-licence']] };
    const data = catalogueData();
    const pathways = data.pathways.map((one) => (one.code === 'standard' ? strange : one));
    expect(() => buildCatalogue({ ...data, pathways })).toThrow('DEFINITION_INVALID');
  });
});
