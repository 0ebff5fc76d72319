import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filing } from '../../domain/schemas/project.js';
import { screen } from '../../domain/lane/screening.js';
import { instant, plainDate } from '../../domain/time/instants.js';
import { catalogue, exampleProjects } from '../../seeds/index.js';
import worked from '../fixtures/pathways-worked.json' with { type: 'json' };
import { anyFiling } from '../support/filings.js';

const law = catalogue();
const { besi, cmc } = exampleProjects;
const march = instant('2026-03-02T09:00:00+07:00');
const july = instant('2026-07-06T09:00:00+07:00');
const changed = (filing: Filing, project: Partial<Filing['project']>): Filing => ({
  ...filing,
  project: { ...filing.project, ...project },
});

describe('screening the two example projects', () => {
  it('leaves BESI to an officer, shows the standard pathway as the faster one, and 13 / 18 / 9 days', () => {
    const result = screen(besi, march, law);
    expect(result).toMatchObject({
      lane: 'undecided',
      recommended: { pathway: 'standard' },
      milestone: 'licence',
      baselineDays: 13,
      targetDays: 9,
      ambitionDays: 7,
      plannedReduction: 0.3077,
      reductionByLaw: 0,
      baselineEndDate: '2026-03-19',
      targetEndDate: '2026-03-13',
      ambitionEndDate: '2026-03-11',
      lawAt: '2026-11-22',
    });
    const days = Object.fromEntries(
      result.pathways.map(({ id, criticalPathWorkingDays }) => [id, criticalPathWorkingDays]),
    );
    expect(days).toMatchObject({ standard: 13, special: 18 });
    expect(result.pathways.map(({ id, lawful }) => [id, lawful])).toEqual([
      ['standard', 'yes'],
      ['special', 'yes'],
      ['strategic', 'no'],
    ]);
  });

  it('puts CMC on the special pathway, its lane open until its claims are proven, and 39 / 37 / 25 days', () => {
    expect(screen(cmc, march, law)).toMatchObject({
      lane: 'undecided',
      recommended: { pathway: 'special' },
      milestone: 'approvals',
      baselineDays: 39,
      targetDays: 25,
      ambitionDays: 21,
      plannedReduction: 0.359,
      reductionByLaw: 0.0513,
      baselineEndDate: '2026-04-24',
      targetEndDate: '2026-04-06',
      unverified: ['eia-group-2.budget', 'eia-group-2.requirement', 'environmental-permit.budget'],
    });
  });

  it('gives 13 / 9 and 40 / 25 when filed in July', () => {
    expect(screen(besi, july, law)).toMatchObject({ baselineDays: 13, targetDays: 9, plannedReduction: 0.3077 });
    expect(screen(cmc, july, law)).toMatchObject({ baselineDays: 40, targetDays: 25, plannedReduction: 0.375 });
  });

  const variants: Record<string, Partial<Filing['project']>> = {
    'not-appendix-iv': { feasibilityAppraisedByAgency: false },
    'class-one-works': { classOneWorks: true },
    'eia-in-parallel': { eiaRequired: false },
    'permit-short-form': { environmentalPermitShortForm: true },
  };
  it.each(worked.projects.cmc.sensitivity)('agrees with the worked variant $code', (variant) => {
    const change = variants[variant.code];
    if (change === undefined) throw new Error(`no attributes for ${variant.code}`);
    const result = screen(changed(cmc, change), march, law);
    const days = new Map(result.pathways.map(({ id, milestones }) => [id, milestones.approvals.workingDays]));
    expect(days.get('standard')).toBe(variant.standardApprovals);
    expect(days.get('special')).toBe(variant.specialApprovals);
    expect(result).toMatchObject({
      targetDays: variant.specialTargetR30,
      plannedReduction: variant.reductionR30,
      recommended: { pathway: variant.shorter === 'tie' ? 'standard' : variant.shorter },
    });
  });
});

describe('the lane', () => {
  const lane = (change: Partial<Filing['project']>) => screen(changed(cmc, change), march, law).lane;

  it('waits for an officer whatever is claimed, and is standard if one test is a claimed no', () => {
    expect(lane({})).toBe('undecided');
    expect(lane({ keyProjectListed: null })).toBe('undecided');
    expect(lane({ keyProjectListed: false, highTechListed: null })).toBe('standard');
    expect(lane({ internationallyLinked: false })).toBe('standard');
  });

  it('comes with a clause for each verdict, and with what would change it unless it is yes', () => {
    const { predicates } = screen(changed(cmc, { highTechListed: null, keyProjectListed: false }), march, law);
    expect(predicates.map(({ id, verdict, nearMiss }) => [id, verdict, nearMiss?.fact])).toEqual([
      ['high-tech', 'unknown', 'project.highTechListed'],
      ['internationally-linked', 'unknown', 'project.internationallyLinked'],
      ['needs-priority', 'no', 'project.keyProjectListed'],
    ]);
    expect(predicates.map(({ evidence }) => evidence)).toEqual([null, 'claim', 'claim']);
    for (const { clause, verified, proof } of predicates) {
      expect(proof.length).toBeGreaterThan(1);
      expect(clause).toContain('3301/QĐ-UBND');
      expect(verified).toBe(false);
    }
  });

  it('gives an undecided project the figures of the green lane, and one in the standard lane no cut', () => {
    const green = screen(cmc, march, law);
    const undecided = screen(changed(cmc, { keyProjectListed: null }), march, law);
    const standard = screen(changed(cmc, { keyProjectListed: false }), march, law);
    expect(undecided.targetDays).toBe(green.targetDays);
    expect(standard).toMatchObject({
      targetDays: 37,
      ambitionDays: 37,
      plannedReduction: 0.0513,
      reductionByLaw: 0.0513,
    });
  });
});

describe('the recommendation', () => {
  it('never is a pathway whose lawfulness is unknown, and says which clause is open', () => {
    const result = screen(changed(cmc, { highTechListed: null, strategicInvestor: null }), march, law);
    expect(result.recommended.pathway).toBe('standard');
    expect(result.recommended.reason.en).toContain('an officer decides (Decree 96/2026/NĐ-CP Art. 46.2');
    expect(result.recommended.reason.vi).toContain('cán bộ quyết định');
  });

  it('is the strategic pathway for a strategic investor whom a list of the City names', () => {
    const project = changed(cmc, { strategicInvestor: true });
    const listed: Filing = { ...project, investor: { ...project.investor, registrationNumber: '0312345678' } };
    const entry = {
      number: '1',
      organisation: '0312345678',
      from: plainDate('2026-01-01'),
      to: null,
      document: 'QĐ 2/2026',
    };
    const list = { code: 'strategic-investors', name: { vi: 'Nhà đầu tư chiến lược', en: 'Strategic investors' } };
    const withList = { ...law, settings: { ...law.settings, lists: [{ ...list, entries: [entry] }] } };
    expect(screen(listed, march, withList).recommended.pathway).toBe('strategic');
    // Calling oneself one opens nothing.
    for (const [filing, catalogue_] of [
      [listed, law],
      [project, withList],
    ] as const) {
      const result = screen(filing, march, catalogue_);
      expect(result.recommended.pathway).not.toBe('strategic');
      expect(result.pathways.find(({ id }) => id === 'strategic')?.lawful).toBe('unknown');
    }
  });

  it('says on which presumptions and unread figures it rests', () => {
    expect(screen(cmc, march, law).presumed).toContain('project.primeMinisterCase');
    expect(screen(changed(cmc, { primeMinisterCase: false }), march, law).presumed).not.toContain(
      'project.primeMinisterCase',
    );
    expect(screen(besi, march, law).unverified).toEqual([]);
  });
});

describe('screening in general', () => {
  it('never promises more days than the baseline, recommends only what is lawful, and repeats itself exactly', () => {
    fc.assert(
      fc.property(anyFiling, fc.integer({ min: 0, max: 300 }), (filing, later) => {
        const at = new Date(Date.parse(march) + later * 86_400_000).toISOString();
        const result = screen(filing, at, law);
        const chosen = result.pathways.find(({ id }) => id === result.recommended.pathway);
        expect(chosen?.lawful).toBe('yes');
        expect(result.ambitionDays).toBeLessThanOrEqual(result.targetDays);
        expect(result.targetDays).toBeLessThanOrEqual(result.baselineDays);
        expect(result.reductionByLaw).toBeLessThanOrEqual(result.plannedReduction);
        expect(result.plannedReduction).toBeLessThanOrEqual(1);
        for (const plan of result.pathways) {
          for (const row of plan.procedures) {
            const [starts, ends] = [row.starts ?? '', row.ends ?? ''];
            expect(ends > starts).toBe(true);
            expect((row.target.ends ?? '') <= ends).toBe(true);
            for (const { procedure } of row.after) {
              const before = plan.procedures.find((one) => one.procedure === procedure);
              expect(before && (before.ends ?? '') <= starts).toBe(true);
            }
          }
        }
        expect(screen(filing, at, law)).toEqual(result);
      }),
      { seed: 3301, numRuns: 300 },
    );
  });

  it('learning that the project is high-tech, linked or listed never turns green into standard or back', () => {
    fc.assert(
      fc.property(
        anyFiling,
        fc.constantFrom('highTechListed' as const, 'internationallyLinked' as const, 'keyProjectListed' as const),
        fc.boolean(),
        (filing, fact, learnt) => {
          const open = changed(filing, { [fact]: null });
          const before = screen(open, march, law);
          const after = screen(changed(open, { [fact]: learnt }), march, law);
          if (before.lane !== 'undecided') expect(after.lane).toBe(before.lane);
          before.pathways.forEach(({ lawful }, i) => {
            if (lawful !== 'unknown') expect(after.pathways[i]?.lawful).toBe(lawful);
          });
        },
      ),
      { seed: 24, numRuns: 200 },
    );
  });

  it('reduces nothing where nothing is needed, instead of dividing by zero', () => {
    const own: Filing = changed(cmc, {
      construction: false,
      feasibilityGroup: null,
      environmentalGroup: 'none',
      site: { ...cmc.project.site, zone: 'none', land: 'own-land' },
    });
    expect(screen(own, march, law)).toMatchObject({
      baselineDays: 0,
      targetDays: 0,
      plannedReduction: 0,
      reductionByLaw: 0,
    });
  });

  it('refuses a date outside the calendar, and a day whose law nobody knows', () => {
    expect(() => screen(besi, instant('2031-01-02T09:00:00+07:00'), law)).toThrow('CALENDAR_UNKNOWN');
    expect(() => screen(besi, march, law, plainDate('2026-03-02'))).toThrow('DEFINITION_UNKNOWN');
  });
});
