import { describe, expect, it } from 'vitest';
import type { ResultChange } from '../../../domain/case/issued/state.js';
import type { Lane } from '../../../domain/case/case/words.js';
import { laneOf } from '../../../domain/case/lane/state.js';
import { allTasks } from '../../../domain/case/task/state.js';
import type { ProcedureState } from '../../../domain/case/procedure/state.js';
import { procedureScope } from '../../../domain/case/scope.js';
import type { CaseState } from '../../../domain/case/state.js';
import type { Law } from '../../../domain/law/law.js';
import { measureCase } from '../../../domain/measures/days.js';
import { carriedFrom } from '../../../domain/measures/case-facts.js';
import { factsOf } from '../../../domain/measures/facts.js';
import { measuredLane } from '../../../domain/measures/lane.js';
import { compileCalendar, type CalendarData } from '../../../domain/time/calendar.js';
import { plainDate, type PlainDate } from '../../../domain/time/instants.js';
import { exampleProjects } from '../../../seeds/index.js';
import { livesByHand, type LifeByHand } from '../../fixtures/figures.js';
import { greenProject, inMemory, LicensingLife } from '../../support/licensing-life.js';
import { type Befallen, measuredCase, noon } from '../../support/measured-case.js';
import { at, MemoryRegister, person, seededLaw } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

// Filed on Monday 6 July 2026, no holiday until September. By law ten working days of the certificate and three of the company: 13, all of them the City's.
const monday = plainDate('2026-07-06');
const certificate = 'irc-ordinary';
const company = 'enterprise-registration';
const code = 'LX-260706-0001';

const fact = (state: CaseState, law: Law = seededLaw) => factsOf(state, law).case;
const befell = (one: Befallen) => measuredCase(greenProject(), monday, { [certificate]: one });

async function lived(play: (life: LicensingLife) => Promise<void>): Promise<CaseState> {
  const register = new MemoryRegister(code, seededLaw);
  register.open(greenProject(), at('2026-07-06 09:00'));
  const life = new LicensingLife(inMemory(register), person('investor.test', 'investor'));
  await play(life);
  return life.state();
}

/** Licensed on 17 July: certificate on the 14th, company filed on the 15th. */
const plain = async (life: LicensingLife) => {
  await life.certificate();
  await life.company('07-14 16:00', '07-15 09:00', '07-16', '07-17');
};

/** Decided on 30 July, once that was known to be late; the lane's own task was due on `due`. */
function inLane(state: CaseState, then: Lane, now: Lane, due: PlainDate | null): CaseState {
  const task = {
    ...{ id: 't', key: 'lane', kind: 'lane', scope: code, agency: 'dof', role: 'officer', step: null, status: 'open' },
    ...{ claimedBy: null, claimedAt: null, completedBy: null, completedFor: null, outcome: null, signatory: null },
    ...{ openedAt: noon(monday), dueDate: due, completedAt: null },
  } as unknown as CaseState['tasks'][string];
  const decided = { lane: then, at: noon(plainDate('2026-07-30')) };
  const lanes = [
    { lane: then, at: state.openedAt },
    { lane: now, at: decided.at },
  ];
  return { ...state, lane: now, lanes, laneAtResult: decided, tasks: due === null ? {} : { t: task } } as CaseState;
}

function change(state: CaseState, by: (certificate: ProcedureState) => ProcedureState): CaseState {
  const scope = procedureScope(state.code, certificate, 1);
  const found = state.procedures[scope];
  if (!found) throw new Error('no certificate');
  return { ...state, procedures: { ...state.procedures, [scope]: by(found) } };
}

/** Somebody said that a fact is otherwise, and nobody has answered. */
function doubtful(state: CaseState): CaseState {
  const asked = { agency: 'dof', askedAt: noon(monday), answerBy: plainDate('2026-07-13'), documentId: null };
  const open = { reason: null, outcome: null, decidedAt: null, confirmed: null, decision: null, legalBasis: null };
  const facts = { 'project.restrictedTechnology': true };
  return { ...state, factQuestions: { F1: { id: 'F1', facts, by: 'officer.shtp-board.1', ...asked, ...open } } };
}

/** Five days of the certificate and two of the company, after an earlier filing. */
function again(first: CaseState, filedOn: string, name: string) {
  const quick = { [certificate]: { late: -5 }, [company]: { late: -1 } };
  const state = measuredCase(greenProject(), plainDate(filedOn), quick, undefined, name);
  const carried = carriedFrom(first, seededLaw);
  return factsOf(state, seededLaw, carried ? [carried] : []).case;
}

function withCalendar(alter: (data: CalendarData) => CalendarData): Law {
  const calendar = compileCalendar(alter(seededLaw.caseCalendar.data));
  return { ...seededLaw, caseCalendar: calendar, calendar: () => calendar };
}

const lives: Readonly<Record<LifeByHand, () => Promise<void> | void>> = {
  'a lane undecided past its date, the certificate seven days late': () => {
    const state = inLane(befell({ late: 7 }), 'undecided', 'undecided', plainDate('2026-07-09'));
    const counted = { lane: 'green', wholeDays: 20, cityDays: 20, reduction: -0.5385, exclusions: [] };
    expect(fact(state)).toMatchObject(counted);
    // The case ended at the instant of that decision, and the work on its lane with it.
    const ended = { status: 'cancelled', completedAt: noon(plainDate('2026-07-30')) } as const;
    const tasks = Object.fromEntries(Object.entries(state.tasks).map(([id, task]) => [id, { ...task, ...ended }]));
    expect(fact({ ...state, tasks })).toMatchObject(counted);
  },
  'a lane undecided within its date, the certificate three days sooner': () => {
    const state = inLane(befell({ late: -3 }), 'undecided', 'green', plainDate('2026-08-30'));
    expect(fact(state)).toMatchObject({ reduction: null, exclusions: ['lane-undecided'] });
  },
  'a lane undecided within its date, the certificate seven days late': () => {
    for (const now of ['green', 'standard', 'undecided'] as const) {
      const state = inLane(befell({ late: 7 }), 'undecided', now, plainDate('2026-08-30'));
      expect(fact(state)).toMatchObject({ lane: 'green', reduction: -0.5385, exclusions: [] });
    }
  },
  'a lane taken back after the term was broken, before any decision': () => {
    const late = befell({ late: 7 });
    // Taken back on 21 July, the day after the tenth; decided on the 29th.
    const lanes = (on: string) => [
      { lane: 'green' as const, at: late.openedAt },
      { lane: 'standard' as const, at: at(`${on} 09:00`) },
    ];
    const decided = { lane: 'standard' as const, at: noon(plainDate('2026-07-29')) };
    const back = (on: string) =>
      fact({ ...late, lane: 'standard', lanes: lanes(on), laneAtResult: decided } as CaseState);
    expect(back('2026-07-21')).toMatchObject({
      ...{ lane: 'green', laneDecidedLate: true },
      ...{ reduction: -0.5385, exclusions: [] },
    });
    // A day sooner nothing was broken: the lane was decided in time.
    expect(back('2026-07-20')).toMatchObject({ lane: 'standard', laneDecidedLate: false, reduction: null });
  },
  'a lane lowered once the delay was known': () => {
    const state = inLane(befell({ late: 7 }), 'green', 'standard', null);
    expect(fact(state)).toMatchObject({ lane: 'green', laneDecidedLate: true, reduction: -0.5385, exclusions: [] });
  },
  'a lane raised once the certificate was quick': () => {
    const state = inLane(befell({ late: -5 }), 'standard', 'green', null);
    expect(fact(state)).toMatchObject({ lane: 'standard', reduction: null, exclusions: ['standard-lane'] });
  },
  'withdrawn on the thirteenth day and filed again': () => {
    // 7 to 23 July: thirteen working days.
    const given = noon(plainDate('2026-07-23'));
    const open = change(
      befell({ late: 3 }),
      (one) =>
        ({
          ...({ ...one, decision: null, signature: null, handedOverAt: null } as ProcedureState),
          ...({ stage: 'closed', closed: { outcome: 'withdrawn', at: given } } as Partial<ProcedureState>),
        }) as ProcedureState,
    );
    const scope = procedureScope(code, certificate, 1);
    const only = Object.fromEntries(Object.entries(open.procedures).filter(([key]) => key === scope));
    const first: CaseState = {
      ...open,
      procedures: only,
      withdrawnAt: given,
      closed: { outcome: 'withdrawn', at: given },
    };
    expect(fact(first)).toMatchObject({ reduction: null, exclusions: ['withdrawn'] });
    expect(again(first, '2026-08-03', 'LX-260803-0001')).toMatchObject({
      ...{ wholeDays: 20, cityDays: 20, reduction: -0.5385 },
      ...{ refilings: 1, brokenTerms: 1, firstFiledOn: '2026-07-06' },
    });
  },
  'approved, taken back and filed again': () => {
    const closed = { outcome: 'approved', at: noon(plainDate('2026-08-28')) } as const;
    const revocation = { change: 'revocation', outcome: 'issued' } as unknown as ResultChange;
    const first = change({ ...befell({ late: 20 }), closed }, (one) => ({ ...one, resultChanges: [revocation] }));
    expect(fact(first)).toMatchObject({ reduction: null, exclusions: ['result-revoked'] });
    expect(again(first, '2026-10-05', 'LX-261005-0001')).toMatchObject({ wholeDays: 40, reduction: -2.0769 });
  },
  'refused, and filed again three days later': async () => {
    const state = await lived((life) => life.refiledCertificate());
    expect(fact(state)).toMatchObject({ grossDays: 14, netDays: 11, investorDays: 3, reduction: 0.1538 });
  },
  'refused, and the investor leaves it at that': async () => {
    const state = await lived(async (life) => {
      await life.refusedCertificate();
      await life.withdraw('07-20 09:00');
    });
    expect(fact(state)).toMatchObject({ outcome: 'refused', reduction: null, exclusions: ['refused'] });
    expect(factsOf(state, seededLaw).procedures[0]).toMatchObject({ outcome: 'refused', onTime: true, netDays: 6 });
  },
  'form 02 and the filing after it at one instant': () => {
    const one = new OneProcedure('irc-special', '2026-11-30 09:00').file();
    const intake = `intake/${one.state.filings.length}`;
    const agency = one.register.law.receivingAgency;
    const task = { key: intake, kind: 'intake', agency, role: 'receiving-officer', step: null } as const;
    one.engine(one.scope, { type: 'openTask', ...task });
    one.complete(intake, { outcome: 'complete', items: ['financial-capacity'], reason: 'r' });
    one.file().receive().work();
    one.at('2026-12-04 09:00').ask('explanation');
    one.at('2026-12-08 09:00').answerNotice().work();
    const { caseCalendar: calendar, commandedByCity } = seededLaw;
    const measures = measureCase({
      state: one.register.state,
      calendar,
      commandedByCity,
      asOf: at('2026-12-08 17:00'),
    });
    expect(measures).toMatchObject({ workingDays: 6, netDays: 4, investorDays: 2 });
  },
  'form 02, answered two days later': async () => {
    const state = await lived(async (life) => {
      await life.open(certificate, '07-06 09:00');
      await life.file(certificate, '07-06 10:00');
      const incomplete = { outcome: 'complete', items: ['b'], reason: 'r' };
      await life.counter(certificate, '07-06 10:00', '07-07 10:00', incomplete);
      await life.file(certificate, '07-09 10:00');
      await life.counter(certificate, '07-09 10:00', '07-10 10:00');
      await life.certificateFromReceipt('07-10', '07-13', '07-14', '07-15');
      await life.company('07-15 16:00', '07-15 17:00', '07-16', '07-17');
    });
    expect(fact(state)).toMatchObject({ grossDays: 9, netDays: 7, investorDays: 2, reduction: 0.4615 });
  },
  'a conference of two days': async () => {
    const state = await lived(async (life) => {
      await life.open(certificate, '07-06 09:00');
      await life.file(certificate, '07-06 10:00');
      await life.counter(certificate, '07-06 10:00', '07-07 10:00');
      await life.machine(certificate, 'completeness-check', '07-07 10:01');
      await life.ask(certificate, '07-07 10:02');
      await life.answer(certificate, 'dost', '07-08 10:00', 'object');
      await life.answer(certificate, 'dpa', '07-08 11:00');
      await life.confer(certificate, 'shtp-board', '07-08 11:01', '07-10 15:00');
      await life.join(certificate, '07-10 15:01');
      await life.officer(certificate, 'assessment', '07-10 15:02', '07-13 15:00');
      await life.sign(certificate, '07-13 15:01', '07-14 15:00');
      await life.machine(certificate, 'project-number', '07-14 15:01');
      await life.handOver(certificate, '07-14 16:00');
      await life.company('07-14 16:00', '07-15 09:00', '07-16', '07-17');
    });
    expect(fact(state)).toMatchObject({ grossDays: 9, netDays: 8, conferenceDays: 2, reduction: 0.3846 });
  },
  'a body outside the City at the end': async () => {
    const state = await lived(async (life) => {
      await life.certificate();
      await life.companyUntilSigned('07-14 16:00', '07-15 09:00', '07-16', '07-17');
      await life.byHand(company, 'tax-code', 'city-tax', '07-17 15:01', '07-21 10:00');
      await life.handOver(company, '07-21 11:00');
    });
    expect(fact(state)).toMatchObject({
      ...{ wholeDays: 10, cityDays: 8, centralDays: 2 },
      ...{ wholeReduction: 0.2308, cityReduction: 0.3846, reduction: 0.2308 },
    });
  },
  'the office closed on a day of the term': async () => {
    const name = { vi: 'Bão', en: 'Storm' };
    const storm = { date: plainDate('2026-07-08'), name, source: 'Thông báo 1', verified: true };
    const closed = withCalendar((data) => ({ ...data, daysOff: [...data.daysOff, storm] }));
    expect(fact(await lived(plain), closed)).toMatchObject({
      grossDays: 8,
      investorDays: 1,
      wholeDays: 7,
      reduction: 0.4615,
    });
  },
  'a fact that nobody confirms, the certificate seven days late': () => {
    expect(fact(doubtful(befell({ late: 7 })))).toMatchObject({ wholeDays: 20, reduction: -0.5385, exclusions: [] });
  },
  'a fact that nobody confirms, the certificate three days sooner': () => {
    expect(fact(doubtful(befell({ late: -3 })))).toMatchObject({ reduction: null, exclusions: ['facts-open'] });
  },
  'a mandatory approval put off': () => {
    const state = measuredCase(exampleProjects.cmc, monday);
    const kept = Object.values(state.procedures).filter(({ procedure }) => procedure !== 'environmental-permit');
    const putOff: CaseState = {
      ...state,
      procedures: Object.fromEntries(kept.map((one) => [one.scope, one])),
      deferred: { 'environmental-permit': { until: null, at: noon(monday) } },
      closed: { outcome: 'approved', at: noon(plainDate('2026-12-01')) },
    };
    expect(fact(putOff)).toMatchObject({ outcome: 'approved-in-part', reduction: null, exclusions: ['deferred'] });
  },
  'a part of the City of four days in the baseline': () => {
    const state = befell({ late: -9 });
    const short: CaseState = { ...state, baseline: { ...state.baseline, cityDays: 4 } };
    expect(fact(short)).toMatchObject({ reduction: null, exclusions: ['city-baseline-short'] });
  },
  'a case that outlives its calendar': async () => {
    const until = ({ date }: { readonly date: string }) => date <= '2026-07-10';
    const narrow = withCalendar((data) => ({
      ...data,
      to: plainDate('2026-07-10'),
      daysOff: data.daysOff.filter(until),
      makeUpDays: data.makeUpDays.filter(until),
    }));
    const state = await lived(plain);
    const closed: CaseState = { ...state, closed: { outcome: 'approved', at: at('2026-07-20 09:00') } };
    expect(fact(closed, narrow)).toMatchObject({ netDays: null, reduction: null, exclusions: ['calendar-unknown'] });
  },
};

describe('the lane in which a case counts', () => {
  const investor = person('investor.test', 'investor');
  const doubts = person('officer.dof.2', 'officer', 'dof');
  const decides = person('head.dof', 'head', 'dof');
  const doubt = { type: 'openLaneHearing', predicates: ['needs-priority'], reason: 'r' } as const;

  /** Received on 7 July: promised for the 15th, due on the 20th by law, as it was filed on the 6th; nobody works on it, and the lane is taken back. */
  async function takenBack(on: string) {
    const register = new MemoryRegister(code, seededLaw);
    register.open(greenProject(), at('2026-07-06 09:00'));
    const life = new LicensingLife(inMemory(register), investor);
    await life.open(certificate, '07-06 09:00');
    await life.file(certificate, '07-06 10:00');
    await life.counter(certificate, '07-06 10:00', '07-07 10:00');
    register.act(doubts, at('2026-07-08 09:00'), doubt);
    register.act(investor, at('2026-07-08 10:00'), { type: 'answerLaneHearing', statement: 's' });
    const task = [...allTasks(register.state)].find(({ kind }) => kind === 'revocation');
    const completion = { outcome: 'revoke', reason: 'r' };
    register.act(decides, at(on), { type: 'completeTask', taskId: task?.id ?? '', completion });
    return { lane: laneOf(register.state), measured: measuredLane(register.state, seededLaw) };
  }

  it.each(['2026-07-16 09:00', '2026-07-23 09:00'])(
    'stays that in which it broke a term, taken back on %s',
    async (on) => {
      const measured = { lane: 'green', decidedLate: true };
      expect(await takenBack(on)).toEqual({ lane: 'standard', measured });
    },
  );

  it('is that in which it is while no term is broken', async () => {
    const measured = { lane: 'standard', decidedLate: false };
    expect(await takenBack('2026-07-15 16:00')).toEqual({ lane: 'standard', measured });
  });
});

describe('lives of a case as somebody computed them with a pencil', () => {
  it.each(Object.keys(livesByHand) as LifeByHand[])('%s', (name) => lives[name]());
});
