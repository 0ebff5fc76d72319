import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar, type CalendarData } from '../../../domain/time/calendar.js';
import type { Command } from '../../../domain/case/commands.js';
import { nextInstants } from '../../../domain/case/due.js';
import type { Actor, CaseEvent, EventOf } from '../../../domain/case/events.js';
import { foldCase } from '../../../domain/case/fold.js';
import { createLaw, type Law } from '../../../domain/law/law.js';
import { previewMigration } from '../../../domain/case/law-change/preview.js';
import { caseScope, consultationScope, procedureScope } from '../../../domain/case/scope.js';
import { allTasks } from '../../../domain/case/task/state.js';
import type { ProcedureState } from '../../../domain/case/procedure/state.js';
import { buildCatalogue, type CatalogueData } from '../../../domain/law/catalogue.js';
import { readClock } from '../../../domain/time/clock.js';
import type { ProcedureDefinition } from '../../../domain/law/procedure.js';
import { readTerm, termsOf } from '../../../domain/case/promise/terms.js';
import { addDays, dateOf, plainDate, type Instant, type PlainDate } from '../../../domain/time/instants.js';
import { catalogueData, exampleProjects } from '../../../seeds/index.js';
import { OneProcedure } from '../../support/one-procedure.js';
import { givenAgenciesAsked } from '../../support/given.js';
import { at, MemoryRegister, person, refusalOf } from '../../support/memory-register.js';
import { naiveRead } from '../naive-clock.js';

const code = 'LX-260706-0001';
const irc = procedureScope(code, 'irc-ordinary', 1);
const consultation = consultationScope(irc, 1);
const investor = person('investor.test', 'investor');
const admin = person('admin.1', 'admin');
const officer = person('officer.shtp-board.1', 'officer', 'shtp-board');
const documents = [{ code: 'request', documentId: 'doc-1', obtainedFrom: null }];
const seeded = catalogueData();
const state = seeded.calendars.find((one) => one.code === 'vn-state') as CalendarData;

type Days = readonly string[];
const dayOf = (date: string) => ({
  date: plainDate(date),
  name: { vi: 'Hoán đổi', en: 'Swap' },
  source: 'test',
  verified: true,
});
const isRest = (date: string): boolean => [0, 6].includes(new Date(date).getUTCDay());

/** The State calendar with these dates the other way round: rest days worked, working days off. */
function toggled(data: CalendarData, dates: Days): CalendarData {
  const flip = (list: CalendarData['daysOff'], flipped: Days) => [
    ...list.filter((day) => !flipped.includes(day.date)),
    ...flipped.filter((date) => !list.some((day) => day.date === date)).map(dayOf),
  ];
  return {
    ...data,
    version: data.version + 1,
    daysOff: flip(
      data.daysOff,
      dates.filter((date) => !isRest(date)),
    ),
    makeUpDays: flip(data.makeUpDays, dates.filter(isRest)),
  };
}

/** The law after these publications, oldest first. */
function lawWith(data: CatalogueData, published: readonly { at: Instant; calendar: CalendarData }[]): Law {
  const newest = published.at(-1)?.calendar ?? state;
  return createLaw(
    buildCatalogue({ ...data, calendars: [newest, ...data.calendars.filter((one) => one.code !== 'vn-state')] }),
    published.map(({ at, calendar }, i) => ({
      calendar: 'vn-state',
      version: calendar.version,
      document: `QĐ ${calendar.version}`,
      at,
      previous: compileCalendar(published[i - 1]?.calendar ?? state),
    })),
  );
}

class Story extends MemoryRegister {
  /** The law is published: from now on nobody decides by the older one. */
  under(law: Law): this {
    (this as { law: Law }).law = law;
    return this;
  }

  settle(when: Instant): void {
    this.act({ kind: 'clock' }, when, { type: 'settle' });
  }

  /** As a machine that never sleeps: settles at each instant at which something falls due. */
  liveUntil(until: Instant): void {
    for (;;) {
      const next = Object.values(nextInstants(this.state, this.law))
        .filter((one) => one !== null)
        .sort()[0];
      if (next === undefined || Date.parse(next) > Date.parse(until)) return;
      this.settle(next);
    }
  }

  task(key: string): string {
    for (const task of allTasks(this.state)) if (task.key === key && task.status !== 'cancelled') return task.id;
    throw new Error(`no task ${key}`);
  }

  get procedure(): ProcedureState {
    const found = this.state.procedures[irc];
    if (!found) throw new Error('no procedure');
    return found;
  }

  of<T extends CaseEvent['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }
}

/** BESI's certificate, received on Monday 6 July 2026: ten working days end on the 20th. Both agencies asked, four working days end on the 10th. */
const received = (law: Law, story = new Story(code, law)): Story => givenAgenciesAsked(story);

/** … both agreed on Tuesday, and an officer holds the assessment. */
function assessing(law: Law): Story {
  const story = received(law);
  for (const agency of ['dost', 'dpa']) {
    const answer = { position: 'agree', conditions: [], legalBasis: null, messageId: `m-${agency}` } as const;
    const actor: Actor = { kind: 'agency-system', agency };
    story.act(actor, at('2026-07-07 10:00'), { type: 'giveOpinion', consultation, agency, ...answer });
  }
  story.engine(consultation, at('2026-07-07 10:00'), { type: 'closeConsultation' });
  const step = {
    key: 'step/assessment',
    kind: 'step',
    agency: 'shtp-board',
    role: 'officer',
    step: 'assessment',
  } as const;
  story.engine(irc, at('2026-07-07 10:01'), { type: 'openTask', ...step });
  story.act(officer, at('2026-07-07 10:02'), { type: 'claimTask', taskId: story.task('step/assessment') });
  return story;
}

const supplement = (story: Story): Command => ({
  type: 'requestSupplement',
  taskId: story.task('step/assessment'),
  ground: 'supplement',
  items: ['financial-capacity'],
  reason: 'Hai năm',
});
const answer: Command = { type: 'answerSupplement', procedure: 'irc-ordinary', requestId: 'S1', documents };

const before = lawWith(seeded, []);
const published = (when: string, ...dates: string[]): Law =>
  lawWith(seeded, [{ at: at(when), calendar: toggled(state, dates) }]);
const movedIn = (story: Story) =>
  story.of('clocksRedated').map(({ scope, payload }) => [scope, payload.moved] as const);

describe('a calendar that changes while a procedure runs', () => {
  it('moves the printed date, cites the document, and is dated by the publication however late anybody looks', () => {
    const story = assessing(before).under(published('2026-07-08 10:00', '2026-07-20'));
    story.settle(at('2026-07-15 12:00'));
    const [redated, ...others] = story.of('clocksRedated');
    expect(others).toEqual([]);
    expect(redated).toMatchObject({ scope: irc, occurredAt: at('2026-07-08 10:00'), actor: { kind: 'clock' } });
    expect(redated?.payload).toEqual({
      calendar: 'vn-state',
      version: 2,
      document: 'QĐ 2',
      moved: [{ clock: 'printed', from: '2026-07-20', to: '2026-07-21' }],
    });
    expect(story.procedure.ledger.at(-1)).toEqual({ type: 'redate', at: at('2026-07-08 10:00'), ground: 'QĐ 2' });
    story.settle(at('2026-07-15 12:01'));
    expect(story.of('clocksRedated')).toHaveLength(1);
  });

  it('gives an agency the time that the new calendar gives, even if every machine slept past the old date', () => {
    const story = received(before).under(published('2026-07-08 10:00', '2026-07-10', '2026-07-11'));
    const given = { position: 'agree', conditions: [], legalBasis: null, messageId: 'm-1' } as const;
    story.act({ kind: 'agency-system', agency: 'dpa' }, at('2026-07-11 09:00'), {
      type: 'giveOpinion',
      consultation,
      agency: 'dpa',
      ...given,
    });
    // Friday off, Saturday worked: the last of four days is Saturday; the tenth of the whole term is what it was.
    expect(movedIn(story)).toEqual([
      [
        consultation,
        [
          { clock: 'opinion/dost', from: '2026-07-10', to: '2026-07-11' },
          { clock: 'opinion/dpa', from: '2026-07-10', to: '2026-07-11' },
        ],
      ],
    ]);
    expect(story.of('opinionGiven')).toMatchObject([{ payload: { agency: 'dpa', late: false } }]);
    story.settle(at('2026-07-13 08:00'));
    expect(story.of('opinionLapsed')).toMatchObject([
      { payload: { agency: 'dost' }, occurredAt: at('2026-07-12 00:00') },
    ]);
  });

  it('moves the investor’s date and the one that would hold if the file came back', () => {
    const story = assessing(before);
    story.act(officer, at('2026-07-08 09:00'), supplement(story));
    // Ten working days from the 8th end on the 22nd; eight are left of the agency's.
    story.under(published('2026-07-09 10:00', '2026-07-13'));
    story.settle(at('2026-07-10 09:00'));
    expect(movedIn(story)).toEqual([
      [
        irc,
        [
          { clock: 'printed', from: '2026-07-21', to: '2026-07-22' },
          { clock: 'supplement/S1', from: '2026-07-22', to: '2026-07-23' },
        ],
      ],
    ]);
    expect(story.procedure.supplements[0]?.deadline).toBe('2026-07-23');
    story.settle(at('2026-08-30 09:00'));
    expect(story.of('supplementLapsed')).toMatchObject([{ occurredAt: at('2026-07-24 00:00') }]);
  });

  it('leaves alone what the change does not touch: clocks that ended, terms that end before, later acts', () => {
    const story = assessing(before).under(published('2026-07-08 10:00', '2026-07-28'));
    story.settle(at('2026-07-09 10:00'));
    expect(story.of('clocksRedated')).toEqual([]);
    // Only now does the term reach beyond the day that changed, and it was counted by the new calendar from the beginning.
    story.act(officer, at('2026-07-10 09:00'), supplement(story));
    story.act(investor, at('2026-07-22 09:00'), answer);
    story.settle(at('2026-07-22 10:00'));
    expect(story.of('clocksRedated')).toEqual([]);
    expect(
      readClock(story.law.calendar('vn-state'), story.procedure.budget, story.procedure.ledger, at('2026-07-23 09:00'))
        .dueDate,
    ).toBe('2026-07-31');
  });

  it('takes several changes one after the other, each from the one before', () => {
    const first = toggled(state, ['2026-07-20']);
    const law = lawWith(seeded, [
      { at: at('2026-07-08 10:00'), calendar: first },
      { at: at('2026-07-09 10:00'), calendar: toggled(first, ['2026-07-18', '2026-07-21']) },
    ]);
    const story = assessing(before).under(law);
    story.settle(at('2026-07-10 10:00'));
    expect(movedIn(story).map(([, moved]) => moved)).toEqual([
      [{ clock: 'printed', from: '2026-07-20', to: '2026-07-21' }],
      [{ clock: 'printed', from: '2026-07-21', to: '2026-07-18' }],
    ]);
  });

  it('leaves alone what begins at the very instant of the publication, by the new calendar', () => {
    const law = published('2026-07-07 10:02', '2026-07-10');
    const story = assessing(before).under(law);
    story.act(officer, at('2026-07-07 10:02'), supplement(story));
    story.settle(at('2026-07-07 10:02'));
    story.settle(at('2026-07-08 10:02'));
    expect(movedIn(story)).toEqual([[irc, [{ clock: 'printed', from: '2026-07-20', to: '2026-07-21' }]]]);
    // Ten working days from the 7th, without the 10th.
    expect(story.procedure.supplements[0]?.deadline).toBe('2026-07-22');

    const fresh = new Story(code, published('2026-07-06 10:00', '2026-07-10'));
    received(fresh.law, fresh);
    fresh.settle(at('2026-07-07 10:00'));
    expect(fresh.of('clocksRedated')).toEqual([]);
    expect(fresh.procedure.printedDueDate).toBe('2026-07-21');
  });

  it('a longer one lets go on what the older one could not date', () => {
    const short: CalendarData = {
      ...state,
      to: plainDate('2026-07-22'),
      daysOff: state.daysOff.filter((day) => day.date <= '2026-07-22'),
      makeUpDays: state.makeUpDays.filter((day) => day.date <= '2026-07-22'),
    };
    const shortLaw = createLaw(
      buildCatalogue({ ...seeded, calendars: [short, ...seeded.calendars.filter((one) => one.code !== 'vn-state')] }),
    );
    const story = assessing(shortLaw);
    story.act(officer, at('2026-07-08 09:00'), {
      ...supplement(story),
      ground: 'violation-handling',
      decision: '45/QĐ-XPHC',
      reviewOn: plainDate('2026-07-16'),
    } as Command);
    // Its end needs no date: the clock goes on, and is dated once somebody knows how.
    const end = { type: 'endViolation', procedure: 'irc-ordinary', requestId: 'S1', reason: 'r' } as const;
    story.act(officer, at('2026-07-16 09:00'), end);
    expect(story.of('rungReached').map(({ payload }) => payload.rung)).not.toContain('missed');
    const change = { calendar: 'vn-state', version: 2, document: 'QĐ 2', at: at('2026-07-16 11:00') };
    story.under(createLaw(buildCatalogue(seeded), [{ ...change, previous: compileCalendar(short) }]));
    story.liveUntil(at('2026-07-31 09:00'));
    expect(story.of('rungReached').map(({ payload }) => payload.rung)).toContain('missed');
  });
});

describe('an office that was closed', () => {
  /** The law with that day closed, by an act of that instant. */
  const closing = (date: string, published: Instant): Law => {
    const day = { ...dayOf(plainDate(date)), closure: 'whole-day' as const };
    return lawWith(seeded, [
      { at: published, calendar: { ...state, version: state.version + 1, daysOff: [...state.daysOff, day] } },
    ]);
  };

  it('yesterday: terms over that day end later', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-03 09:00').file().receive().settle('2026-07-08 08:00');
    expect(one.state.printedDueDate).toBe('2026-07-17');
    (one.register as { law: Law }).law = closing('2026-07-07', at('2026-07-08 09:00'));
    one.settle('2026-07-08 10:00');
    expect(one.events('clocksRedated')[0]?.payload.moved).toContainEqual({
      clock: 'printed',
      from: '2026-07-17',
      to: '2026-07-20',
    });
  });

  it('on the last day: what had lapsed by the time it was said stays so', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-03 09:00').file().receive().settle('2026-07-20 08:00');
    const read = () => {
      const { budget, ledger, calendar } = one.state;
      const { dueDate, breachedOn } = readClock(one.register.law.calendar(calendar), budget, ledger, one.now);
      return { dueDate, breachedOn };
    };
    expect(read()).toEqual({ dueDate: '2026-07-17', breachedOn: '2026-07-18' });
    (one.register as { law: Law }).law = closing('2026-07-17', at('2026-07-20 09:00'));
    one.settle('2026-07-20 10:00');
    expect(read()).toEqual({ dueDate: '2026-07-17', breachedOn: '2026-07-18' });
    expect(one.events('clocksRedated')[0]?.payload.broken).toContainEqual({
      amount: 10,
      dueDate: '2026-07-17',
      breachedOn: '2026-07-18',
    });
  });
});

interface Plan {
  readonly publishedAt: Instant;
  readonly dates: Days;
  readonly asked: Instant | null;
  readonly answered: Instant | null;
  readonly silent: boolean;
  readonly unit: 'working-day' | 'calendar-day';
}

const july = (offset: number): PlainDate => addDays(plainDate('2026-07-07'), offset);
const hour = fc.integer({ min: 0, max: 23 });
const plans: fc.Arbitrary<Plan> = fc
  .record({
    day: fc.integer({ min: 1, max: 24 }),
    hour,
    offsets: fc.uniqueArray(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 5 }),
    asked: fc.option(fc.tuple(fc.integer({ min: 1, max: 16 }), hour)),
    answered: fc.option(fc.tuple(fc.integer({ min: 0, max: 18 }), hour)),
    silent: fc.boolean(),
    unit: fc.constantFrom('working-day' as const, 'calendar-day' as const),
  })
  .map(({ day, hour: h, offsets, asked, answered, silent, unit }) => {
    const moment = (date: PlainDate, when: number) => at(`${date} ${String(when).padStart(2, '0')}:30`);
    const askedOn = asked && july(asked[0]);
    return {
      publishedAt: moment(july(day), h),
      dates: offsets.map((offset) => july(day + offset)),
      asked: asked && askedOn && !silent ? moment(askedOn, asked[1]) : null,
      answered: asked && askedOn && answered && !silent ? moment(addDays(askedOn, 1 + answered[0]), answered[1]) : null,
      silent,
      unit,
    };
  });

const withUnit = (unit: Plan['unit']): CatalogueData => ({
  ...seeded,
  procedures: seeded.procedures.map((one) =>
    one.code === 'irc-ordinary' ? { ...one, statutoryBudget: { amount: unit === 'working-day' ? 10 : 15, unit } } : one,
  ),
});

/** Plays the plan; `attentive` settles at every instant, else only the acts and the very end look at the clock. */
function play(plan: Plan, attentive: boolean): Story {
  const data = withUnit(plan.unit);
  const old = lawWith(data, []);
  const law = lawWith(data, [{ at: plan.publishedAt, calendar: toggled(state, plan.dates) }]);
  const story = plan.silent ? received(old) : assessing(old);
  const acts: { at: Instant; do: () => void }[] = [
    { at: plan.publishedAt, do: () => story.under(law) },
    ...(plan.asked
      ? [{ at: plan.asked, do: () => refusalOf(() => story.act(officer, plan.asked as Instant, supplement(story))) }]
      : []),
    ...(plan.answered
      ? [{ at: plan.answered, do: () => refusalOf(() => story.act(investor, plan.answered as Instant, answer)) }]
      : []),
  ];
  for (const act of acts.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    if (attentive) story.liveUntil(act.at);
    act.do();
    if (attentive) story.settle(act.at);
  }
  const end = at('2026-10-30 12:00');
  if (attentive) story.liveUntil(end);
  story.settle(end);
  return story;
}

const told = (story: Story) =>
  story.events.map(({ occurredAt, scope, type, payload }) => JSON.stringify([occurredAt, scope, type, payload]));

describe('whatever changes, and whoever sleeps', () => {
  it('an outage changes no event: no rung is lost, repeated or dated otherwise', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const attentive = play(plan, true);
        expect(told(play(plan, false))).toEqual(told(attentive));
        const rungs = attentive
          .of('rungReached')
          .map(({ scope, payload: { clock, rung, dueDate } }) => `${scope} ${clock} ${rung} ${dueDate ?? ''}`);
        expect(new Set(rungs).size).toBe(rungs.length);
        const printed = attentive.of('rungReached').filter(({ payload }) => payload.clock === 'printed');
        const instants = printed.map(({ occurredAt }) => Date.parse(occurredAt));
        expect(instants).toEqual([...instants].sort((a, b) => a - b));
        expect(foldCase(code, attentive.events)).toEqual(attentive.state);
      }),
      { numRuns: 60 },
    );
  });

  it('dates are those of a clerk who counts every day by the new calendar', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const story = play(plan, true);
        const data = toggled(state, plan.dates);
        const ledger = story.procedure.ledger.filter(({ type }) => type !== 'redate');
        const end = at('2026-10-30 12:00');
        const { dueDate, breachedOn, consumed } = readClock(
          story.law.calendar('vn-state'),
          story.procedure.budget,
          story.procedure.ledger,
          end,
        );
        const naive = naiveRead(data, story.procedure.budget, ledger, end);
        expect({ dueDate, breachedOn, consumed }).toEqual({
          dueDate: naive.dueDate,
          breachedOn: naive.breachedOn,
          consumed: naive.consumed,
        });
        if (!plan.silent) return;
        const lapses = story.of('opinionLapsed').map(({ occurredAt }) => addDays(dateOf(occurredAt), -1));
        const start = [{ type: 'start', at: at('2026-07-06 10:02') } as const];
        const byClerk = naiveRead(data, { amount: 4, unit: 'working-day' }, start, end).dueDate;
        expect(lapses).toEqual([byClerk, byClerk]);
      }),
      { numRuns: 60 },
    );
  });

  it('every date that moved was in force before, and the last move gives the one that holds', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const story = play(plan, true);
        for (const { scope, payload, occurredAt } of story.of('clocksRedated')) {
          expect(occurredAt).toBe(plan.publishedAt);
          expect(payload.document).toBe('QĐ 2');
          for (const { clock, from, to } of payload.moved) {
            expect(from).not.toBe(to);
            expect(to > dateOf(plan.publishedAt)).toBe(true);
            if (clock.startsWith('opinion/')) expect(scope).toBe(consultation);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

// Definitions ----------------------------------------------------------------------------------------------------------------------------------

const current = seeded.procedures.find((one) => one.version === 'irc-ordinary@2026-03-31') as ProcedureDefinition;

function lawWithVersion(
  change: (definition: ProcedureDefinition) => Partial<ProcedureDefinition>,
  validFrom = '2026-07-08',
): Law {
  const next: ProcedureDefinition = {
    ...structuredClone(current),
    validFrom: plainDate(validFrom),
    version: `irc-ordinary@${validFrom}`,
    ...change(structuredClone(current)),
  };
  const procedures = seeded.procedures.map((one) =>
    one === current ? { ...one, validTo: addDays(plainDate(validFrom), -1) } : one,
  );
  return createLaw(buildCatalogue({ ...seeded, procedures: [...procedures, next] }));
}

const step = (code: string): ProcedureDefinition['steps'][number] => {
  const found = current.steps.find((one) => one.code === code);
  if (!found) throw new Error(`no step ${code}`);
  return structuredClone(found);
};
/** Instead of the assessment an appraisal, and a site visit before it. */
const appraisal = (): Partial<ProcedureDefinition> => ({
  steps: [
    step('completeness-check'),
    step('opinions'),
    { ...step('assessment'), code: 'site-visit', shareOfBudget: 0.2 },
    { ...step('assessment'), code: 'appraisal', dependsOn: ['site-visit'], shareOfBudget: 0.2 },
    { ...step('decision'), dependsOn: ['appraisal'] },
    step('project-number'),
  ],
});
const version = 'irc-ordinary@2026-07-08';
const migrate: Extract<Command, { type: 'migrateProcedure' }> = { type: 'migrateProcedure', scope: irc, version };

describe('a definition that changes while a procedure runs', () => {
  it('governs from then on: what is done stays done, work that nobody asks for is taken back', () => {
    const story = assessing(before).under(lawWithVersion(appraisal));
    const { budget, ledger, dossierCode } = story.procedure;
    story.act(admin, at('2026-07-09 09:00'), migrate);
    expect(story.of('procedureMigrated')).toMatchObject([
      { scope: irc, payload: { from: 'irc-ordinary@2026-03-31', to: version }, actor: { id: 'admin.1' } },
    ]);
    expect(story.procedure).toMatchObject({ version, migrations: 1, budget, ledger, dossierCode });
    expect(story.procedure.steps['opinions']?.completedAt).not.toBeNull();
    expect(story.of('taskCancelled').at(-1)).toMatchObject({ payload: { reason: 'migrated' } });
    const task = {
      key: 'step/site-visit',
      kind: 'step',
      agency: 'shtp-board',
      role: 'officer',
      step: 'site-visit',
    } as const;
    story.engine(irc, at('2026-07-09 09:01'), { type: 'openTask', ...task });
    expect(story.task('step/site-visit')).toBeTruthy();
    expect(foldCase(code, story.events)).toEqual(story.state);
  });

  it('is heard by the workflow of the procedure and by nobody else', () => {
    const story = assessing(before).under(lawWithVersion(appraisal));
    const { deliveries } = story.act(admin, at('2026-07-09 09:00'), migrate);
    expect(new Set(deliveries.map(({ scope }) => scope))).toEqual(new Set([irc]));
  });

  it('asked for twice is done once', () => {
    const story = assessing(before).under(lawWithVersion(appraisal));
    story.act(admin, at('2026-07-09 09:00'), migrate);
    expect(story.act(admin, at('2026-07-09 09:05'), migrate).events).toEqual([]);
  });

  const refused: Record<
    string,
    { story?: () => Story; law?: () => Law; command?: Command; actor?: Actor; code: string }
  > = {
    'for anybody but an admin': { actor: person('operator.1', 'operator'), code: 'FORBIDDEN' },
    'to a version nobody knows': {
      command: { ...migrate, version: 'irc-ordinary@2026-07-09' },
      code: 'DEFINITION_UNKNOWN',
    },
    'to the definition of another procedure': {
      command: { ...migrate, version: 'tax-registration@2026-07-01' },
      code: 'DEFINITION_UNKNOWN',
    },
    'to a version that is not in force yet': {
      law: () => lawWithVersion(appraisal, '2026-08-01'),
      command: { ...migrate, version: 'irc-ordinary@2026-08-01' },
      code: 'PRECONDITION_FAILED',
    },
    'where another body would be competent': {
      law: () => lawWithVersion((one) => ({ competentAgency: { ...one.competentAgency, park: 'dof' } })),
      code: 'PRECONDITION_FAILED',
    },
    'while agencies are asked for a step it does not have': {
      story: () => received(before),
      law: () =>
        lawWithVersion((one) => ({
          consultations: [],
          steps: one.steps
            .filter(({ code: each }) => each !== 'opinions')
            .map((each) =>
              each.code === 'assessment' ? { ...each, dependsOn: ['completeness-check'], shareOfBudget: 0.8 } : each,
            ),
        })),
      code: 'PRECONDITION_FAILED',
    },
    'before the dossier is received': {
      story: () => {
        const story = new Story(code, before);
        story.open(exampleProjects.besi, at('2026-07-06 09:00'));
        story.engine(caseScope(code), at('2026-07-06 09:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
        return story;
      },
      code: 'PRECONDITION_FAILED',
    },
    'once it is decided': {
      story: () => {
        const story = assessing(before);
        const head = person('head.shtp-board', 'head', 'shtp-board');
        story.act(officer, at('2026-07-08 09:00'), {
          type: 'completeTask',
          taskId: story.task('step/assessment'),
          completion: { outcome: 'done' },
        });
        const task = {
          key: 'step/decision',
          kind: 'step',
          agency: 'shtp-board',
          role: 'head',
          step: 'decision',
        } as const;
        story.engine(irc, at('2026-07-08 09:01'), { type: 'openTask', ...task });
        const taskId = story.task('step/decision');
        story.act(head, at('2026-07-08 09:02'), { type: 'claimTask', taskId });
        story.act(head, at('2026-07-08 09:03'), { type: 'completeTask', taskId, completion: { outcome: 'approve' } });
        return story;
      },
      code: 'PRECONDITION_FAILED',
    },
    'in a case that is over': {
      story: () => {
        const story = assessing(before);
        story.act(investor, at('2026-07-08 09:00'), { type: 'withdrawCase', reason: 'Đổi kế hoạch' });
        return story;
      },
      code: 'CASE_CLOSED',
    },
  };
  it.each(Object.entries(refused))(
    'is refused %s',
    (_name, { story = () => assessing(before), law, command, actor, code: expected }) => {
      const one = story().under((law ?? (() => lawWithVersion(appraisal)))());
      const seq = one.state.seq;
      expect(refusalOf(() => one.act(actor ?? admin, at('2026-07-09 09:00'), command ?? migrate))).toBe(expected);
      expect(one.of('procedureMigrated')).toEqual([]);
      expect(one.events.filter((event) => event.seq > seq && event.actor.kind !== 'clock')).toEqual([]);
    },
  );

  const definitions = fc.record({
    budget: fc.record({
      amount: fc.integer({ min: 1, max: 60 }),
      unit: fc.constantFrom('working-day' as const, 'calendar-day' as const),
    }),
    drop: fc.boolean(),
    rename: fc.boolean(),
    extraVisits: fc.integer({ min: 0, max: 3 }),
    maxExtensions: fc.integer({ min: 0, max: 3 }),
  });

  it('gives and takes no day, whatever the new version says and whenever it comes', () => {
    fc.assert(
      fc.property(definitions, plans, fc.integer({ min: 1, max: 24 }), (next, plan, day) => {
        const law = lawWithVersion((one) => {
          const visits = Array.from({ length: next.extraVisits }, (_, n) => ({
            ...step('assessment'),
            code: `visit-${n}`,
            shareOfBudget: 0,
          }));
          const assessment = { ...step('assessment'), code: next.rename ? 'appraisal' : 'assessment' };
          return {
            statutoryBudget: next.budget,
            clockPolicy: { ...one.clockPolicy, maxExtensions: next.maxExtensions },
            steps: [
              step('completeness-check'),
              step('opinions'),
              ...visits,
              assessment,
              { ...step('decision'), dependsOn: [assessment.code, ...visits.map(({ code: each }) => each)] },
              ...(next.drop ? [] : [step('project-number')]),
            ],
          };
        });
        const story = assessing(before).under(law);
        if (plan.asked) refusalOf(() => story.act(officer, plan.asked as Instant, supplement(story)));
        if (plan.answered) refusalOf(() => story.act(investor, plan.answered as Instant, answer));
        const last = [plan.asked, plan.answered, at(`${july(day)} 11:00`)]
          .filter((one) => one !== null)
          .sort()
          .at(-1) as Instant;
        story.settle(last);
        const was = story.procedure;
        const preview = previewMigration(
          story.state,
          {
            caseCode: code,
            command: migrate,
            actor: admin,
            occurredAt: last,
            operationId: 'preview',
            bodyHash: '',
          },
          law,
        );
        story.act(admin, last, migrate);
        const now = story.procedure;
        expect(now.version).toBe(version);
        expect(now.ledger).toEqual(was.ledger);
        const readings = (one: ProcedureState) =>
          Object.values(termsOf(one)).map((term) => readTerm(law.calendar('vn-state'), term, last));
        expect(readings(now)).toEqual(readings(was));
        const remaining = readClock(law.calendar('vn-state'), was.budget, was.ledger, last).remaining;
        expect(preview).toMatchObject({ refusal: null, remaining: { before: remaining, after: remaining } });
        for (const task of Object.values(now.tasks)) {
          if (task.status === 'open' || task.status === 'claimed' || task.status === 'waiting')
            expect(preview?.steps.dropped).not.toContain(task.step);
        }
      }),
      { numRuns: 60 },
    );
  });
});
