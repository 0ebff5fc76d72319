import { describe, expect, it } from 'vitest';
import { compileCalendar } from '../../../domain/time/calendar.js';
import { processAutomation } from '../../../domain/measures/automation.js';
import { factsOf, share, type Facts } from '../../../domain/measures/facts.js';
import type { Filing } from '../../../domain/lane/screening.js';
import { plainDate } from '../../../domain/time/instants.js';
import { exampleProjects } from '../../../seeds/index.js';
import { extendableLaw } from '../../support/extendable-law.js';
import { greenProject, inMemory, LicensingLife } from '../../support/licensing-life.js';
import { at, MemoryRegister, person, seededLaw } from '../../support/memory-register.js';

// July 2026: Monday the 6th, 13th, 20th, 27th; no holiday. BESI's baseline is 13 working days: 10 of the certificate, 3 of the company. Of the
// certificate's 10 the City promises 7 and aims at 6; of the company's 3 it promises 2 and aims at 1.
const code = 'LX-260706-0001';

function begin(filing: Filing = greenProject(), law = seededLaw): LicensingLife {
  const register = new MemoryRegister(code, law);
  register.open(filing, at('2026-07-06 09:00'));
  return new LicensingLife(inMemory(register), person('investor.test', 'investor'));
}

async function facts(play: (life: LicensingLife) => Promise<void>, filing?: Filing, law = seededLaw): Promise<Facts> {
  const life = begin(filing, law);
  await play(life);
  return factsOf(await life.state(), law);
}

const ofProcedure = ({ procedures }: Facts, procedure: string, attempt = 1) => {
  const found = procedures.find((one) => one.procedure === procedure && one.attempt === attempt);
  if (!found) throw new Error(`no fact of ${procedure}`);
  return found;
};

const holding = ({ agencies }: Facts) =>
  Object.fromEntries(agencies.filter(({ kind }) => kind === 'holding').map(({ agency, days }) => [agency, days]));

const plain = async (life: LicensingLife) => {
  await life.certificate();
  await life.company('07-14 16:00', '07-15 09:00', '07-16', '07-17');
};

describe('a case computed by hand', () => {
  it('1: green lane, nobody late', async () => {
    const found = await facts(plain);
    // 6 July (not counted) to 17 July: 7 8 9 10 · 13 14 15 16 17 = 9 working days. The 15th began with the investor, who filed that morning: net 8.
    // 1 - 8/13 = 0.3846.
    expect(found.case).toMatchObject({
      lane: 'green',
      zone: 'SHTP',
      reachedOn: '2026-07-17',
      licensedOn: '2026-07-17',
      endedOn: '2026-07-17',
      closedOn: null,
      baselineDays: 13,
      grossDays: 9,
      netDays: 8,
      investorDays: 1,
      centralDays: 0,
      conferenceDays: 0,
      licenceGrossDays: 9,
      licenceNetDays: 8,
      reduction: 0.3846,
      exclusions: [],
      unverified: [],
      capitalUsd: '4900000',
      capitalVnd: '115000000000',
      foreignShare: 1,
      fdiRegisteredOn: '2026-07-14',
    });
    // Filed on the 6th, signed on the 14th: 7 8 9 10 13 14 = 6 of 10, the day at the counter among them.
    expect(ofProcedure(found, 'irc-ordinary')).toMatchObject({
      agency: 'shtp-board',
      filedOn: '2026-07-06',
      receivedOn: '2026-07-07',
      decidedOn: '2026-07-14',
      closedOn: '2026-07-14',
      statutoryDays: 10,
      promisedDays: 7,
      ambitionDays: 6,
      consumedDays: 6,
      netDays: 6,
      grossDays: 6,
      suspendedDays: 0,
      onTime: true,
      within30: true,
      within40: true,
      stepsFull: 2,
      stepsAssisted: 3,
      stepsManual: 0,
      // Opinions, assessment and decision were people's work; what the machine checked and declared is form.
      handled: 'manual',
      doneByMachine: 0,
      doneByPerson: 3,
      documents: 8,
      onceOnly: 0,
      filedOnline: true,
    });
    // The clock runs from the filing on the 15th: 16 17 = 2 of 3. Promised 2: kept. Aimed at 1, the 16th: missed.
    expect(ofProcedure(found, 'enterprise-registration')).toMatchObject({
      netDays: 2,
      grossDays: 2,
      onTime: true,
      within30: true,
      within40: false,
    });
    // The 7th began at the counter; 8 and 9 with the later of the two answers; 10, 13 assessment, 14 signature; 15 investor; 16, 17 the company's register.
    expect(holding(found)).toEqual({ 'hcmc-pasc': 1, dpa: 2, 'shtp-board': 3, investor: 1, dof: 2 });
    expect(found.agencies.filter(({ kind }) => kind === 'opinion')).toMatchObject([
      { agency: 'dost', on: '2026-07-09', result: 'in-time' },
      { agency: 'dpa', on: '2026-07-09', result: 'in-time' },
    ]);
    expect(found.surveys).toEqual([
      { subject: 'irc-ordinary', askedOn: '2026-07-14', score: null },
      { subject: 'enterprise-registration', askedOn: '2026-07-17', score: null },
    ]);
  });

  it('2: a supplement suspends the clock, and its days are the investor’s', async () => {
    const found = await facts(async (life) => {
      await life.certificateUntilAnswers();
      await life.officer('irc-ordinary', 'assessment', '07-09 11:02');
      await life.supplement('irc-ordinary', 'assessment', '07-10 10:00', '07-16 09:00');
      await life.sign('irc-ordinary', '07-16 09:01', '07-17 15:00');
      await life.machine('irc-ordinary', 'project-number', '07-17 15:01');
      await life.handOver('irc-ordinary', '07-17 16:00');
    });
    // Agency: 7 8 9 10 and 17 = 5. Investor: 13 14 15 16 = 4 (asked on the 10th, which still counts; the 16th began with the investor). From filing: 9.
    expect(ofProcedure(found, 'irc-ordinary')).toMatchObject({
      supplements: 1,
      netDays: 5,
      suspendedDays: 4,
      grossDays: 9,
      consumedDays: 5,
      within40: true,
    });
    expect(found.case).toMatchObject({ endedOn: null, netDays: null, exclusions: [], fdiRegisteredOn: '2026-07-17' });
  });

  it('3: a dossier that the counter finds incomplete is the investor’s time, before any clock', async () => {
    const found = await facts(async (life) => {
      await life.open('irc-ordinary', '07-06 09:00');
      await life.file('irc-ordinary', '07-06 10:00');
      const incomplete = { outcome: 'complete', items: ['b'], reason: 'r' };
      await life.counter('irc-ordinary', '07-06 10:00', '07-07 10:00', incomplete);
      await life.file('irc-ordinary', '07-09 10:00');
      await life.counter('irc-ordinary', '07-09 10:00', '07-10 10:00');
      await life.certificateFromReceipt('07-10', '07-13', '07-14', '07-15');
      await life.company('07-15 16:00', '07-15 17:00', '07-16', '07-17');
    });
    // The dossier that proved valid came on the 9th: 10 13 14 15 = 4; from the first filing on the 6th: 7 8 9 10 13 14 15 = 7.
    expect(ofProcedure(found, 'irc-ordinary')).toMatchObject({ netDays: 4, grossDays: 7, suspendedDays: 0 });
    // Whole path 9 working days; 8 and 9 July began with the investor: net 7. 1 - 7/13 = 0.4615.
    expect(found.case).toMatchObject({ grossDays: 9, netDays: 7, investorDays: 2, reduction: 0.4615 });
  });

  it('4: a body the City does not command keeps its own days', async () => {
    const found = await facts(async (life) => {
      await life.certificate();
      await life.companyUntilSigned('07-14 16:00', '07-15 09:00', '07-16', '07-17');
      await life.byHand('enterprise-registration', 'tax-code', 'city-tax', '07-17 15:01', '07-21 10:00');
      await life.handOver('enterprise-registration', '07-21 11:00');
    });
    // As 1, and two working days more (20, 21) that the tax authority held: gross 11, net 8 all the same. They are in the whole, whose figure is the
    // smaller: 1 - 10/13 = 0.2308; the City alone took 8 of 13.
    expect(found.case).toMatchObject({
      grossDays: 11,
      netDays: 8,
      centralDays: 2,
      investorDays: 1,
      wholeDays: 10,
      cityDays: 8,
      wholeReduction: 0.2308,
      cityReduction: 0.3846,
      reduction: 0.2308,
    });
    expect(found.agencies.filter(({ class: kind }) => kind === 'central')).toMatchObject([
      { agency: 'city-tax', days: 2 },
    ]);
    // The company's own term ended with the signature on the 17th.
    expect(ofProcedure(found, 'enterprise-registration')).toMatchObject({
      netDays: 2,
      grossDays: 2,
      handled: 'manual',
    });
  });

  it('5: a refusal that the investor accepts ends the case without a reduction', async () => {
    const found = await facts(async (life) => {
      await life.refusedCertificate();
      await life.withdraw('07-20 09:00');
    });
    expect(found.case).toMatchObject({
      outcome: 'refused',
      closedOn: '2026-07-20',
      endedOn: '2026-07-20',
      reachedOn: null,
      licensedOn: null,
      netDays: null,
      reduction: null,
      exclusions: ['refused'],
      fdiRegisteredOn: null,
    });
    // A refusal in time is a result in time.
    expect(ofProcedure(found, 'irc-ordinary')).toMatchObject({ outcome: 'refused', onTime: true, netDays: 6 });
    expect(found.surveys.map(({ subject }) => subject)).toEqual(['irc-ordinary', 'whole-case']);
  });

  it('6: a withdrawal before the term is over says nothing about punctuality, after it it does', async () => {
    const withdrawn = async (when: string) =>
      facts(async (life) => {
        await life.certificateUntilAnswers();
        await life.withdraw(when);
      });
    const early = await withdrawn('07-10 09:00');
    expect(early.case).toMatchObject({ outcome: 'withdrawn', exclusions: ['withdrawn'], reduction: null });
    expect(ofProcedure(early, 'irc-ordinary')).toMatchObject({ outcome: 'withdrawn', onTime: null, netDays: null });
    // The tenth working day after the 6th is the 20th; the promised seventh is the 15th.
    const promised = ofProcedure(await withdrawn('07-17 09:00'), 'irc-ordinary');
    expect(promised).toMatchObject({ onTime: null, within30: false, within40: false });
    const late = ofProcedure(await withdrawn('07-22 09:00'), 'irc-ordinary');
    expect(late).toMatchObject({ onTime: false, breachedOn: '2026-07-21', netDays: null, handled: null });
  });

  it('7: the standard lane promises nothing and is measured all the same', async () => {
    const found = await facts(plain, greenProject({ highTechListed: false }));
    expect(found.case).toMatchObject({
      lane: 'standard',
      licenceNetDays: 8,
      reduction: null,
      exclusions: ['standard-lane'],
    });
    expect(ofProcedure(found, 'irc-ordinary')).toMatchObject({ promisedDays: null, within30: null, onTime: true });
  });

  it('8: an extension helps the term of the law, not the promise that was broken before', async () => {
    const found = await facts(async (life) => {
      await life.certificateUntilAnswers();
      await life.officer('irc-ordinary', 'assessment', '07-09 11:02', '07-23 15:00');
      await life.sign('irc-ordinary', '07-23 15:01', '07-24 15:00');
      await life.machine('irc-ordinary', 'project-number', '07-24 15:01');
      await life.handOver('irc-ordinary', '07-24 16:00');
    });
    // 7 to 24 July = 14 working days, due on the 20th: late.
    expect(ofProcedure(found, 'irc-ordinary')).toMatchObject({ netDays: 14, onTime: false, breachedOn: '2026-07-21' });
    const extended = await facts(
      async (life) => {
        await life.certificateUntilAnswers();
        await life.officer('irc-ordinary', 'assessment', '07-09 11:02');
        await life.extend('irc-ordinary', '07-20 09:00', 5);
        await life.settle('07-24 09:00');
      },
      greenProject(),
      extendableLaw,
    );
    // Fifteen working days after the 6th: the 27th. The promised seventh, the 15th, had passed when the extension came.
    const open = ofProcedure(extended, 'irc-ordinary');
    expect(open).toMatchObject({ extensions: 1, dueDate: '2026-07-27', onTime: null, breachedOn: null });
    expect(open).toMatchObject({ target30: 'missed', target30Due: '2026-07-15' });
    expect(open).toMatchObject({ target40: 'missed', target40Due: '2026-07-14' });
  });

  it('9: a promised term at risk is not yet missed', async () => {
    const until = (when: string) =>
      facts(async (life) => {
        await life.certificateUntilAnswers();
        await life.officer('irc-ordinary', 'assessment', '07-09 11:02');
        await life.settle(when);
      });
    // 80 % of 7 days is 6 (the 14th), of 6 days is 5 (the 13th).
    expect(ofProcedure(await until('07-13 07:00'), 'irc-ordinary')).toMatchObject({ target30: null, target40: null });
    const warned = ofProcedure(await until('07-14 09:00'), 'irc-ordinary');
    expect(warned).toMatchObject({ target30: 'at-risk', target30Due: '2026-07-15', target40: 'at-risk' });
    const broken = ofProcedure(await until('07-15 09:00'), 'irc-ordinary');
    expect(broken).toMatchObject({ target30: 'at-risk', target40: 'missed', target40Due: '2026-07-14' });
  });

  it('10: days of a conference are the City’s and shown', async () => {
    const found = await facts(async (life) => {
      await life.open('irc-ordinary', '07-06 09:00');
      await life.file('irc-ordinary', '07-06 10:00');
      await life.counter('irc-ordinary', '07-06 10:00', '07-07 10:00');
      await life.machine('irc-ordinary', 'completeness-check', '07-07 10:01');
      await life.ask('irc-ordinary', '07-07 10:02');
      await life.answer('irc-ordinary', 'dost', '07-08 10:00', 'object');
      await life.answer('irc-ordinary', 'dpa', '07-08 11:00');
      await life.confer('irc-ordinary', 'shtp-board', '07-08 11:01', '07-10 15:00');
      await life.join('irc-ordinary', '07-10 15:01');
      await life.officer('irc-ordinary', 'assessment', '07-10 15:02', '07-13 15:00');
      await life.sign('irc-ordinary', '07-13 15:01', '07-14 15:00');
      await life.machine('irc-ordinary', 'project-number', '07-14 15:01');
      await life.handOver('irc-ordinary', '07-14 16:00');
      await life.company('07-14 16:00', '07-15 09:00', '07-16', '07-17');
    });
    // 9 and 10 July began while the conference sat.
    expect(found.case).toMatchObject({ grossDays: 9, netDays: 8, conferenceDays: 2, reduction: 0.3846 });
    expect(holding(found)).toMatchObject({ conference: 2, dpa: 1, 'shtp-board': 2 });
  });

  it('11: after a refusal the days until the investor files again are the investor’s', async () => {
    const found = await facts(async (life) => {
      await life.refiledCertificate();
      await life.survey(3, '07-24 17:00', 'irc-ordinary');
    });
    // 7 to 24 July = 14 working days; 15 16 17 the investor's: net 11. 1 - 11/13 = 0.1538.
    expect(found.case).toMatchObject({
      grossDays: 14,
      netDays: 11,
      investorDays: 3,
      reduction: 0.1538,
      exclusions: [],
    });
    expect(found.case.fdiRegisteredOn).toBe('2026-07-22');
    expect(ofProcedure(found, 'irc-ordinary', 1)).toMatchObject({ outcome: 'refused', netDays: 6, grossDays: 6 });
    // Received on the 17th: 20 21 22.
    expect(ofProcedure(found, 'irc-ordinary', 2)).toMatchObject({ outcome: 'approved', netDays: 3, grossDays: 3 });
    // Asked once, with the first result.
    expect(found.surveys).toEqual([
      { subject: 'irc-ordinary', askedOn: '2026-07-14', score: 3 },
      { subject: 'enterprise-registration', askedOn: '2026-07-24', score: null },
    ]);
  });

  it('12: work that the head sends back is counted for whoever does it anew', async () => {
    const found = await facts(async (life) => {
      await life.certificateUntilAnswers();
      await life.officer('irc-ordinary', 'assessment', '07-09 11:02', '07-10 15:00');
      await life.sign('irc-ordinary', '07-10 15:01');
      await life.sendBack('irc-ordinary', 'assessment', '07-13 09:00');
      await life.officer('irc-ordinary', 'assessment', '07-13 09:01', '07-13 15:00');
      await life.sign('irc-ordinary', '07-13 15:01', '07-14 15:00');
      await life.machine('irc-ordinary', 'project-number', '07-14 15:01');
      await life.handOver('irc-ordinary', '07-14 16:00');
    });
    expect(found.agencies.filter(({ kind }) => kind === 'return')).toMatchObject([
      { agency: 'shtp-board', on: '2026-07-13' },
    ]);
    expect(ofProcedure(found, 'irc-ordinary')).toMatchObject({ netDays: 6, onTime: true });
  });

  it('13: silence and a late answer are told apart', async () => {
    const found = await facts(async (life) => {
      await life.open('irc-ordinary', '07-06 09:00');
      await life.file('irc-ordinary', '07-06 10:00');
      await life.counter('irc-ordinary', '07-06 10:00', '07-07 10:00');
      await life.machine('irc-ordinary', 'completeness-check', '07-07 10:01');
      await life.ask('irc-ordinary', '07-07 10:02');
      await life.settle('07-14 09:00');
      await life.answer('irc-ordinary', 'dpa', '07-14 10:00');
    });
    // Four working days after the 7th: the 13th. Silence stands from the 14th, 00:00.
    expect(found.agencies).toMatchObject([
      { kind: 'opinion', agency: 'dost', on: '2026-07-14', result: 'silent' },
      { kind: 'opinion', agency: 'dpa', on: '2026-07-14', result: 'late' },
    ]);
  });

  it('14: a lane that nobody has decided is no reduction, and a closed case is surveyed as a whole', async () => {
    const found = await facts(async (life) => {
      await plain(life);
      await life.taxAndEnd('07-20 09:00');
      await life.survey(5, '07-21 09:00');
    }, exampleProjects.besi);
    expect(found.case).toMatchObject({ lane: 'undecided', outcome: 'approved', closedOn: '2026-07-20', netDays: 8 });
    expect(found.case).toMatchObject({ endedOn: '2026-07-17', exclusions: ['lane-undecided'], reduction: null });
    // The tax authority's system did it alone, from a dossier that a register gave.
    expect(ofProcedure(found, 'tax-registration')).toMatchObject({
      handled: 'automatic',
      cityControlled: false,
      promisedDays: null,
      documents: 1,
      onceOnly: 0,
      filedOnline: null,
    });
    expect(found.surveys.at(-1)).toEqual({ subject: 'whole-case', askedOn: '2026-07-20', score: 5 });
  });

  it('15: a baseline or a path that rests on unread texts is named', async () => {
    const life = begin(exampleProjects.cmc);
    const { unverified } = await life.state();
    // The baseline of CMC goes through the environmental assessment, whose budget nobody has read.
    expect(unverified).toEqual(['eia-group-2.budget', 'eia-group-2.requirement']);
    const found = await facts(plain);
    const state = await begin().state();
    expect(found.case.unverified).toEqual([]);
    const doubtful = begin();
    await plain(doubtful);
    const played = await doubtful.state();
    const plan = state.plan.map((item) => ({ ...item, verified: item.procedure !== 'enterprise-registration' }));
    const facts15 = factsOf({ ...played, plan, unverified: ['eia-group-2.budget'] }, seededLaw);
    expect(facts15.case).toMatchObject({
      unverified: ['eia-group-2.budget', 'enterprise-registration'],
      reduction: 0.3846,
      exclusions: [],
    });
  });

  it('16: what the investor put off, and an adjustment of a licensed project, are not compared with a baseline', async () => {
    const life = begin();
    await life.certificate();
    const state = await life.state();
    const putOff = { 'enterprise-registration': { until: null, at: at('2026-07-15 09:00') } };
    // Without the company the certificate of the 14th is the last: 7 8 9 10 13 14 = 6 days.
    const deferred = factsOf({ ...state, deferred: putOff }, seededLaw);
    expect(deferred.case).toMatchObject({
      reachedOn: '2026-07-14',
      netDays: 6,
      reduction: null,
      exclusions: ['deferred'],
    });
    const adjusts = { case: 'LX-260101-0001', procedure: 'irc-ordinary' };
    const adjusting = factsOf({ ...state, deferred: putOff, adjusts }, seededLaw);
    expect(adjusting.case).toMatchObject({
      adjustment: true,
      exclusions: ['adjustment', 'deferred'],
      fdiRegisteredOn: null,
    });
  });

  it('17: a case that outlives its calendar is counted without days, and stops nobody else', async () => {
    const life = begin();
    await plain(life);
    const state = await life.state();
    const { data } = seededLaw.caseCalendar;
    const until = (date: string) => date <= '2026-07-10';
    const narrow = compileCalendar({
      ...data,
      to: plainDate('2026-07-10'),
      daysOff: data.daysOff.filter(({ date }) => until(date)),
      makeUpDays: data.makeUpDays.filter(({ date }) => until(date)),
    });
    const found = factsOf(state, { ...seededLaw, caseCalendar: narrow, calendar: () => narrow });
    expect(found.case).toMatchObject({ netDays: null, licensedOn: null, reduction: null });
    expect(ofProcedure(found, 'irc-ordinary')).toMatchObject({ netDays: null, onTime: null, decidedOn: '2026-07-14' });
    const closed = factsOf(
      { ...state, closed: { outcome: 'approved', at: at('2026-07-20 09:00') } },
      { ...seededLaw, caseCalendar: narrow },
    );
    expect(closed.case).toMatchObject({ exclusions: ['calendar-unknown'], endedOn: '2026-07-20' });
  });
});

describe('parts of a whole', () => {
  it('are nothing where there is no whole, never zero', () => {
    expect(share(0, 0)).toBeNull();
    expect(share(0, 3)).toBe(0);
    expect(share(1, 3)).toBe(0.3333);
  });

  it('a process is automated by its steps', () => {
    const steps = (...levels: string[]) => levels.map((automation) => ({ automation }));
    expect(processAutomation(steps('full', 'full'))).toBe('full');
    expect(processAutomation(steps('manual', 'assisted'))).toBe('partly');
    expect(processAutomation(steps('manual', 'full'))).toBe('partly');
    expect(processAutomation(steps('manual'))).toBe('none');
    expect(processAutomation([])).toBe('none');
  });
});
