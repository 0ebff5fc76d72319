import { describe, expect, it } from 'vitest';
import type { Lane } from '../../../domain/case/case/words.js';
import { type CaseState } from '../../../domain/case/state.js';
import type { ResultChange } from '../../../domain/case/issued/state.js';
import type { ProcedureState } from '../../../domain/case/procedure/state.js';
import { procedureScope } from '../../../domain/case/scope.js';
import { carriedFrom } from '../../../domain/measures/case-facts.js';
import { factsOf } from '../../../domain/measures/facts.js';
import { isSameSite } from '../../../domain/measures/same-site.js';
import { medianRanks } from '../../../domain/measures/reduction.js';
import { type Filing, screen } from '../../../domain/lane/screening.js';
import { addWorkingDays } from '../../../domain/time/calendar.js';
import { addDays, instant, plainDate } from '../../../domain/time/instants.js';
import { catalogue, exampleProjects } from '../../../seeds/index.js';
import { greenProject } from '../../support/licensing-life.js';
import { measuredCase, noon } from '../../support/measured-case.js';
import { holdsOnlySavedDates, holdsWhatLawSaves, holdsWholeTerms, measured } from '../../support/random-figures.js';
import { seededLaw } from '../../support/memory-register.js';

const { calendar } = catalogue();
const monday = plainDate('2026-07-06');
const fact = (state: CaseState) => factsOf(state, seededLaw).case;
const { cmc } = exampleProjects;
const withProject = (filing: Filing, project: Partial<Filing['project']>): Filing => ({
  ...filing,
  project: { ...filing.project, ...project },
});
const certificate = 'irc-ordinary';
const company = 'enterprise-registration';
const scopeOf = (state: CaseState, procedure: string) => procedureScope(state.code, procedure, 1);
const change = (
  state: CaseState,
  procedure: string,
  by: Partial<Pick<ProcedureState, 'ledger' | 'completions' | 'resultChanges'>>,
): CaseState => {
  const scope = scopeOf(state, procedure);
  const found = state.procedures[scope];
  if (!found) throw new Error(`no ${procedure}`);
  return { ...state, procedures: { ...state.procedures, [scope]: { ...found, ...by } } };
};

// BESI's baseline is 13 working days, all of them the City's: 10 of the certificate, 3 of the company.
describe('a reduction that somebody tries to bend', () => {
  it('1: with a central body on the path everybody’s whole term is no reduction', () => {
    const state = measuredCase(greenProject({ restrictedTechnology: true }), monday);
    const central = state.plan.filter(
      ({ mandatory, cityControlled, phase }) => mandatory && !cityControlled && phase === 'licence',
    );
    expect(central.map(({ procedure }) => procedure)).toEqual(['restricted-technology-approval']);
    expect(measured(state)).toMatchObject({ reductions: { whole: 0, city: 0 }, reduction: 0 });
    // The central body three days sooner: the whole is shorter where it decides the path, the City saved nothing.
    const quick = measured(
      measuredCase(greenProject({ restrictedTechnology: true }), monday, {
        'restricted-technology-approval': { late: -3 },
      }),
    );
    expect(quick.reductions.city).toBe(0);
    expect(quick.reduction).toBe(0);
  });

  it('2: a dossier that lies at the counter is the City’s time, and not on time by the day it was filed', () => {
    const state = measuredCase(greenProject(), monday, { [certificate]: { counter: 15, late: -5 } });
    // 15 days at the counter, 5 of 10, and 3 of the company: 23 of 13.
    expect(measured(state)).toMatchObject({ wholeDays: 23, cityDays: 23, reduction: -0.7692 });
    const procedure = factsOf(state, seededLaw).procedures.find((one) => one.procedure === certificate);
    expect(procedure).toMatchObject({ onTime: true, onTimeStrict: false });
  });

  it('3: a broken clock of the City is not hidden behind the deposit of the investor', () => {
    const law = measuredCase(cmc, monday, {});
    const { baselineDays, cityBaselineDays } = measured(law);
    // The environmental permit takes its term and forty working days; the investor lets the lease wait until after that.
    const state = measuredCase(cmc, monday, {
      'irc-special': { late: -5 },
      'environmental-permit': { late: 40 },
      'land-lease': { awaited: 75, late: -5 },
    });
    const measures = measured(state);
    expect(measures.path).toEqual(['irc-special', 'land-lease']);
    expect(measures.reductions.whole).toBeGreaterThan(0.3);
    expect(measures.cityPath).toEqual(['irc-special', 'environmental-permit']);
    expect(measures.reductions.city).toBeLessThan(0);
    expect(measures.reduction).toBe(measures.reductions.city);
    expect([baselineDays, cityBaselineDays]).toEqual([40, 40]);
    expect(fact(state).brokenTerms).toBe(1);
  });

  it('4: an extension makes nothing shorter, keeps no promise and is not on time without it', () => {
    const state = measuredCase(greenProject(), monday, { [certificate]: { extended: 10, late: -3 } });
    const [procedure] = factsOf(state, seededLaw).procedures;
    // Due after twenty days instead of ten; decided after seven: three before the tenth.
    expect(procedure).toMatchObject({ extensions: 1, onTimeStrict: true });
    const slow = measuredCase(greenProject(), monday, { [certificate]: { extended: 10, late: 7 } });
    const [late] = factsOf(slow, seededLaw).procedures;
    expect(late).toMatchObject({ onTime: true, onTimeStrict: false, within30: false, within40: false });
    // 17 and 3 of 13.
    expect(measured(slow)).toMatchObject({ wholeDays: 20, cityDays: 20, reduction: -0.5385 });
    expect(factsOf(slow, seededLaw).agencies).toContainEqual(
      expect.objectContaining({ kind: 'extension', agency: 'shtp-board', days: 10 }),
    );
  });

  it('5: what follows a lapsed notice is the agency’s time', () => {
    const state = measuredCase(greenProject(), monday, { [certificate]: { asked: 40, notice: 10 } });
    // 10 days of the notice are the investor's, 30 after it the agency's: 10 + 30 + 3.
    expect(measured(state)).toMatchObject({ investorDays: 10, wholeDays: 43, cityDays: 43 });
    const answered = measuredCase(greenProject(), monday, { [certificate]: { asked: 8, notice: 10 } });
    expect(measured(answered)).toMatchObject({ investorDays: 8, wholeDays: 13, cityDays: 13, reduction: 0 });
  });

  it('6: handling a violation is the authority’s time, and stands beside the figure', () => {
    const state = measuredCase(greenProject(), monday, { [certificate]: { asked: 60, ground: 'violation-handling' } });
    const measures = measured(state);
    expect(measures).toMatchObject({ investorDays: 0, wholeDays: 73, cityDays: 73 });
    expect(measures.spans.find((span) => span.class === 'violation')).toMatchObject({ workingDays: 60 });
    expect(factsOf(state, seededLaw).agencies).toContainEqual(
      expect.objectContaining({ kind: 'suspension', ground: 'violation-handling', days: 60 }),
    );
  });

  it('7: a term that begins anew counts with what was used before', () => {
    const state = measuredCase(greenProject(), monday, { [certificate]: { asked: 5, late: 2 } });
    const ledger = state.procedures[scopeOf(state, certificate)]?.ledger ?? [];
    const anew = change(state, certificate, {
      ledger: ledger.map((entry) => (entry.type === 'resume' ? { ...entry, type: 'restart' } : entry)),
    });
    // Two days before the request and ten after the answer, two of them beyond the eighth: twelve of ten by the law's own count.
    expect(measured(anew)).toMatchObject({ wholeDays: 15, cityDays: 15 });
    const [procedure] = factsOf(anew, seededLaw).procedures;
    expect(procedure).toMatchObject({ onTime: true, onTimeStrict: false });
  });

  it('8: dossiers sent back at the counter are counted each, and days at the counter between them stay the City’s', () => {
    const state = measuredCase(greenProject(), monday, { [certificate]: { counter: 6 } });
    const day = (n: number) => addWorkingDays(calendar, monday, n);
    const back = [1, 3].map((n) => ({ requestedAt: noon(day(n)), answeredAt: noon(day(n + 1)) }));
    const returned = change(state, certificate, { completions: back });
    // Of six days at the counter the investor had two.
    expect(measured(returned)).toMatchObject({ investorDays: 2, wholeDays: 17, cityDays: 17 });
    const found = factsOf(returned, seededLaw).agencies.filter(({ kind }) => kind === 'counter-return');
    expect(found.map(({ agency }) => agency)).toEqual(['hcmc-pasc', 'hcmc-pasc']);
  });

  it('9: the lane that counts is that at the first decision or the first broken term, and one undecided past its date is green', () => {
    const slow = measuredCase(greenProject(), monday, { [certificate]: { late: 7 } });
    const decided = noon(addDays(monday, 25));
    const lane = (state: CaseState, at: Lane, now: Lane, dueDate: string | null) =>
      fact({
        ...state,
        kind: 'green-lane',
        laneEvidence: {},
        laneFindings: [],
        laneProposals: 0,
        laneHearings: [],
        trial: null,
        lane: now,
        lanes: [
          { lane: at, at: state.openedAt },
          { lane: now, at: decided },
        ],
        laneAtResult: { lane: at, at: decided },
        tasks:
          dueDate === null
            ? {}
            : { t: { ...laneTask, openedAt: noon(monday), dueDate: plainDate(dueDate), completedAt: null } },
      });
    // Lowered once it is known to be slow: it stays where it was.
    expect(lane(slow, 'green', 'standard', null)).toMatchObject({
      lane: 'green',
      laneDecidedLate: true,
      reduction: -0.5385,
      exclusions: [],
    });
    // Raised once it is known to be quick: it is none of the green ones.
    expect(lane(slow, 'standard', 'green', null)).toMatchObject({ lane: 'standard', exclusions: ['standard-lane'] });
    expect(lane(slow, 'undecided', 'undecided', '2026-07-09')).toMatchObject({ lane: 'green', reduction: -0.5385 });
    // A broken term is known before the lane is: whoever has not decided by then does not choose.
    expect(lane(slow, 'undecided', 'green', '2026-08-30')).toMatchObject({ lane: 'green', reduction: -0.5385 });
    expect(lane(slow, 'undecided', 'standard', '2026-08-30')).toMatchObject({ lane: 'green', laneDecidedLate: true });
    const quick = measuredCase(greenProject(), monday, { [certificate]: { late: -3 } });
    expect(lane(quick, 'undecided', 'green', '2026-08-30')).toMatchObject({ exclusions: ['lane-undecided'] });
  });

  it('10: what nobody knows makes no baseline longer', () => {
    const at = instant('2026-07-06T09:00:00+07:00');
    const known = screen(cmc, at, catalogue());
    expect(known).toMatchObject({ baselineDays: 40, baselineDaysAtMost: 40, cityBaselineDays: 40 });
    const unknown = screen(withProject(cmc, { environmentalGroup: null }), at, catalogue());
    expect(unknown.baselineDays).toBeLessThanOrEqual(40);
    expect(unknown.baselineDaysAtMost).toBeGreaterThan(40);
    const certain = screen(withProject(cmc, { environmentalGroup: 'III' }), at, catalogue());
    expect(unknown.baselineDays).toBeLessThanOrEqual(certain.baselineDays);
  });

  it('11: what was put off gives no reduction, no time to build, and a case that is approved in part', () => {
    const state = measuredCase(cmc, monday, {});
    const { 'environmental-permit': _permit, ...others } = Object.fromEntries(
      Object.values(state.procedures).map((one) => [one.procedure, one]),
    );
    const deferred: CaseState = {
      ...state,
      procedures: Object.fromEntries(Object.values(others).map((one) => [one.scope, one])),
      deferred: { 'environmental-permit': { until: null, at: noon(monday) } },
      closed: { outcome: 'approved', at: noon(plainDate('2026-12-01')) },
    };
    expect(fact(deferred)).toMatchObject({
      outcome: 'approved-in-part',
      reduction: null,
      exclusions: ['deferred'],
    });
  });

  it('12: withdrawn and filed again counts from the first filing, with its days and its breach', () => {
    const first = measuredCase(greenProject(), monday, { [certificate]: { late: 3 } }, undefined, 'LX-260706-0001');
    const { closed: _closed, ...open } = first.procedures[scopeOf(first, certificate)] as ProcedureState;
    const given = noon(plainDate('2026-07-23'));
    const undecided = { decision: null, signature: null, handedOverAt: null };
    const withdrawn: CaseState = {
      ...first,
      procedures: {
        [open.scope]: { ...open, ...undecided, stage: 'closed', closed: { outcome: 'withdrawn', at: given } },
      },
      withdrawnAt: given,
      closed: { outcome: 'withdrawn', at: given },
    };
    const carried = carriedFrom(withdrawn, seededLaw);
    // 7 to 23 July: thirteen working days, three beyond the tenth.
    expect(carried).toMatchObject({
      wholeDays: 13,
      cityDays: 13,
      baselineDays: 13,
      cityBaselineDays: 13,
      brokenTerms: 1,
    });
    const august = plainDate('2026-08-03');
    const again = measuredCase(
      greenProject(),
      august,
      { [certificate]: { late: -5 }, [company]: { late: -1 } },
      undefined,
      'LX-260803-0001',
    );
    expect(isSameSite(withdrawn, again)).toBe(true);
    expect(fact(again)).toMatchObject({ wholeDays: 7, reduction: 0.4615, refilings: 0 });
    const counted = factsOf(again, seededLaw, carried ? [carried] : []).case;
    // 13 + 7 of 13.
    expect(counted).toMatchObject({
      wholeDays: 20,
      cityDays: 20,
      reduction: -0.5385,
      refilings: 1,
      brokenTerms: 1,
      firstFiledOn: '2026-07-06',
    });
    expect(counted.grossDays).toBeGreaterThan(20);
  });

  it('12, once more: approved, taken back and filed again counts from the first filing, too', () => {
    // 7 July and 30 working days of the certificate, then 3 of the company: 33 of 13.
    const slow = measuredCase(greenProject(), monday, { [certificate]: { late: 20 } }, undefined, 'LX-260706-0001');
    const closed = { outcome: 'approved', at: noon(plainDate('2026-08-28')) } as const;
    const approved: CaseState = { ...slow, closed };
    expect(carriedFrom(approved, seededLaw)).toBeNull();
    const revocation = { change: 'revocation', outcome: 'issued' } as unknown as ResultChange;
    const revoked = change(approved, certificate, { resultChanges: [revocation] });
    expect(fact(revoked)).toMatchObject({ reduction: null, exclusions: ['result-revoked'] });
    const carried = carriedFrom(revoked, seededLaw);
    expect(carried).toMatchObject({ wholeDays: 33, cityDays: 33, baselineDays: 13, brokenTerms: 1 });
    const quick = measuredCase(
      greenProject(),
      plainDate('2026-10-05'),
      { [certificate]: { late: -5 }, [company]: { late: -1 } },
      undefined,
      'LX-261005-0001',
    );
    expect(fact(quick)).toMatchObject({ wholeDays: 7, reduction: 0.4615 });
    // 33 + 7 of 13: 1 - 40/13.
    expect(factsOf(quick, seededLaw, carried ? [carried] : []).case).toMatchObject({
      wholeDays: 40,
      reduction: -2.0769,
      refilings: 1,
      brokenTerms: 1,
    });
  });

  it('13: a result that is decided and lies is not there yet', () => {
    const state = measuredCase(greenProject(), monday, { [certificate]: { late: -9, handOver: 20 } });
    expect(measured(state)).toMatchObject({ wholeDays: 24, cityDays: 24 });
  });
});

const laneTask = {
  id: 't',
  key: 'lane',
  kind: 'lane',
  scope: 'LX-260706-0001',
  agency: 'dof',
  role: 'officer',
  step: null,
  status: 'open',
  claimedBy: null,
  claimedAt: null,
  completedBy: null,
  completedFor: null,
  outcome: null,
  signatory: null,
} as unknown as CaseState['tasks'][string];

describe('a case that nobody froze a City baseline for', () => {
  it('is told by the plan on the standard pathway, and left out with a reason elsewhere', () => {
    const old = ({ baseline: { cityDays: _city, ...baseline }, ...state }: CaseState): CaseState => ({
      ...state,
      baseline,
    });
    expect(fact(old(measuredCase(greenProject(), monday)))).toMatchObject({ cityBaselineDays: 13, reduction: 0 });
    const special = measuredCase(cmc, monday);
    expect(special.pathway).toBe('special');
    expect(fact(old(special))).toMatchObject({
      cityBaselineDays: null,
      reduction: null,
      exclusions: ['city-baseline-unknown'],
    });
  });

  it('and a City that has four days in it gives no headline', () => {
    const small = (state: CaseState): CaseState => ({ ...state, baseline: { ...state.baseline, cityDays: 4 } });
    expect(fact(small(measuredCase(greenProject(), monday)))).toMatchObject({
      reduction: null,
      exclusions: ['city-baseline-short'],
    });
  });
});

const seed = 20261129;

// More of them in tests/long/figures.test.ts.
describe(`figures of random cases (seed ${seed})`, () => {
  it('are exactly nothing where everybody takes the whole term on the standard pathway', () => {
    expect(holdsWholeTerms(120, seed)).toBeGreaterThan(100);
  });

  it('are exactly what the pathway saves by law on another one', () => {
    expect(holdsWhatLawSaves(120, seed)).toBeGreaterThan(100);
  });

  it('hold no reduction without a saved date, whatever else befalls', () => {
    expect(holdsOnlySavedDates(300, seed)).toBeGreaterThan(250);
  });
});

describe('the ranks that bound a median', () => {
  it('are the widest pair that chance alone passes at most once in twenty', () => {
    expect(medianRanks(5)).toBeNull();
    expect(medianRanks(6)).toEqual({ low: 1, high: 6 });
    expect(medianRanks(10)).toEqual({ low: 2, high: 9 });
    expect(medianRanks(20)).toEqual({ low: 6, high: 15 });
    expect(medianRanks(100)).toEqual({ low: 40, high: 61 });
    const many = medianRanks(1_000_000);
    expect(many).toEqual({ low: 499_020, high: 500_981 });
  });
});
