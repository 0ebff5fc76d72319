import { countWorkingDays, lastCovered, type Calendar } from '../time/calendar.js';
import type { PlanItem } from '../case/events.js';
import { isOwnGate } from '../case/procedure/progress.js';
import type { CaseState, ProcedureState } from '../case/state.js';
import { latestAttempt } from '../case/state.js';
import { reduction } from '../lane/screening.js';
import { addDays, dateOf, startOf, type Instant, type PlainDate } from '../time/instants.js';

/**
 * Whose days they are. `system`: the engine itself, between a result and what it releases. `central`: a body the City does not command. `conference`: the City's
 * days, too, spent on settling opinions that contradict each other.
 */
export type HolderClass = 'city' | 'central' | 'investor' | 'conference' | 'system';

/** A run of dates on the path that one holder had: the dates after `after` up to and including `through`. */
export interface HeldDays {
  readonly procedure: string;
  /** Agency code, `investor`, `conference` or `system`. */
  readonly holder: string;
  readonly class: HolderClass;
  readonly after: PlainDate;
  readonly through: PlainDate;
  readonly workingDays: number;
}

/**
 * Where the days of a case went, along the path that decided its end. Working dates after the day of filing up to and including `through`; the spans
 * are in order, touch each other and sum to `workingDays` exactly.
 */
export interface CaseMeasures {
  readonly milestone: CaseState['milestone'];
  /** Every mandatory approval of the milestone is in: the figures will not change any more. */
  readonly reached: boolean;
  readonly filedOn: PlainDate;
  /** The last approval of the milestone, or the day asked about while it is not reached. */
  readonly through: PlainDate;
  readonly workingDays: number;
  /** Without the dates of the investor and of central bodies. */
  readonly netDays: number;
  readonly investorDays: number;
  readonly centralDays: number;
  /** Part of `netDays`. */
  readonly conferenceDays: number;
  readonly baselineDays: number;
  /** 1 - net / baseline, four decimals; null until the milestone is reached, for a milestone that the baseline is not about, and for a trial. */
  readonly reduction: number | null;
  /** The procedures of the path, first to last. */
  readonly path: readonly string[];
  readonly spans: readonly HeldDays[];
  /** null: every day was counted. Else the last day the calendar covers: later ones are in no figure, and there is no reduction. */
  readonly countedThrough: PlainDate | null;
}

interface Measuring {
  readonly state: CaseState;
  readonly calendar: Calendar;
  readonly commandedByCity: (agency: string) => boolean;
  readonly asOf: Instant;
  /** Where the path ends; left out: the milestone on which the case is compared with its baseline. */
  readonly milestone?: CaseState['milestone'];
}

/** Measures one case as it stands at `asOf`, as far as the calendar reaches (`countedThrough`). Pure. */
export function measureCase(measuring: Measuring): CaseMeasures {
  const { state, calendar, asOf, milestone = state.milestone } = measuring;
  const filedOn = dateOf(state.openedAt);
  const last = lastApproval(state, milestone);
  const legs = walkBack(state, last.procedure, filedOn, last.on ?? dateOf(asOf));
  const spans = legs.flatMap((leg) => heldDays(measuring, leg));
  const days = (...classes: HolderClass[]) =>
    spans.filter((span) => classes.includes(span.class)).reduce((sum, span) => sum + span.workingDays, 0);
  const netDays = days('city', 'conference', 'system');
  const through = last.on ?? dateOf(asOf);
  const countedThrough = through > calendar.to ? calendar.to : null;
  return {
    milestone,
    reached: last.on !== null,
    filedOn,
    through,
    workingDays: countWorkingDays(calendar, lastCovered(calendar, filedOn), lastCovered(calendar, through)),
    netDays,
    investorDays: days('investor'),
    centralDays: days('central'),
    conferenceDays: days('conference'),
    baselineDays: state.baseline.days,
    reduction:
      last.on === null || milestone !== state.milestone || state.kind === 'sandbox' || countedThrough !== null
        ? null
        : reduction(state.baseline.days, netDays),
    path: legs.map((leg) => leg.procedure),
    spans,
    countedThrough,
  };
}

/** The approvals a milestone waits for: mandatory ones of its phases, without those the investor has put off. */
export const countedFor = (state: CaseState, milestone: CaseState['milestone']): PlanItem[] =>
  state.plan.filter(
    ({ procedure, mandatory, phase }) =>
      mandatory &&
      !(procedure in state.deferred) &&
      (phase === 'licence' || (phase === 'build' && milestone === 'approvals')),
  );

const approvedOn = (state: CaseState, procedure: string): PlainDate | null => {
  const closed = latestAttempt(state, procedure)?.closed;
  return closed?.outcome === 'approved' ? dateOf(closed.at) : null;
};

/** The approval that reached the milestone last; while one is missing, the missing one that the path runs through now. */
function lastApproval(
  state: CaseState,
  milestone: CaseState['milestone'],
): { procedure: string | null; on: PlainDate | null } {
  const counted = countedFor(state, milestone);
  const missing = counted.filter((item) => approvedOn(state, item.procedure) === null);
  if (missing.length > 0) {
    // Of those that could be worked on now, the one planned to end last holds the case.
    const open = missing.filter((item) => item.after.every((code) => approvedOn(state, code) !== null));
    const ends = ({ statutory }: PlanItem) => statutory.ends ?? '9999';
    const holding = [...open].sort((a, b) => (ends(a) < ends(b) ? 1 : -1))[0];
    return { procedure: holding?.procedure ?? null, on: null };
  }
  let last: { procedure: string | null; on: PlainDate | null } = { procedure: null, on: dateOf(state.openedAt) };
  for (const { procedure } of counted) {
    const on = approvedOn(state, procedure);
    if (on !== null && (last.procedure === null || last.on === null || on > last.on)) last = { procedure, on };
  }
  return last;
}

interface Leg {
  readonly procedure: string;
  readonly after: PlainDate;
  readonly through: PlainDate;
}

/** From the end to the filing: each leg belongs to the procedure that released the next. */
function walkBack(state: CaseState, last: string | null, filedOn: PlainDate, end: PlainDate): Leg[] {
  const legs: Leg[] = [];
  let through = end;
  for (let procedure = last; procedure !== null;) {
    const item = state.plan.find((one) => one.procedure === procedure);
    let releasedBy: string | null = null;
    let after = filedOn;
    for (const code of item?.after ?? []) {
      const on = approvedOn(state, code);
      if (on !== null && on >= after) [releasedBy, after] = [code, on];
    }
    legs.unshift({ procedure, after, through });
    [procedure, through] = [releasedBy, after];
  }
  return legs;
}

/** Something that occupied a holder: from an instant until another (null = still). */
interface Occupation {
  readonly holder: string;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** Splits a leg by who held the file when each date began (the start-of-day rule, docs/adr/0004). */
function heldDays({ state, calendar, commandedByCity }: Measuring, { procedure, after, through }: Leg): HeldDays[] {
  const occupations = occupationsOf(state, procedure);
  const spans: HeldDays[] = [];
  for (let day = addDays(after, 1); day <= through; day = addDays(day, 1)) {
    const holder = holderAt(occupations, startOf(day));
    const workingDays = day > calendar.to ? 0 : countWorkingDays(calendar, addDays(day, -1), day);
    const before = spans.at(-1);
    if (before?.holder === holder) {
      spans[spans.length - 1] = { ...before, through: day, workingDays: before.workingDays + workingDays };
    } else {
      const kind = classOf(holder, commandedByCity);
      spans.push({ procedure, holder, class: kind, after: addDays(day, -1), through: day, workingDays });
    }
  }
  return spans;
}

function classOf(holder: string, commandedByCity: (agency: string) => boolean): HolderClass {
  if (holder === 'investor' || holder === 'conference' || holder === 'system') return holder;
  return commandedByCity(holder) ? 'city' : 'central';
}

/** The investor comes first: while something is asked of them nobody else can end it. Else whoever is busy longest decides the end. */
function holderAt(occupations: readonly Occupation[], at: Instant): string {
  const instant = Date.parse(at);
  const ends = ({ to }: Occupation) => (to === null ? Number.POSITIVE_INFINITY : Date.parse(to));
  const busy = occupations.filter((one) => Date.parse(one.from) <= instant && ends(one) > instant);
  if (busy.some((one) => one.holder === 'investor')) return 'investor';
  let longest: Occupation | undefined;
  for (const one of busy) if (!longest || ends(one) > ends(longest)) longest = one;
  return longest?.holder ?? 'system';
}

function occupationsOf(state: CaseState, code: string): Occupation[] {
  const attempts = Object.values(state.procedures).filter((one) => one.procedure === code);
  if (attempts.length === 0) return waitingForGates(state, code);
  return [
    ...waitingForGates(state, code),
    ...attempts.flatMap((attempt, i) => [
      ...investorTime(attempt, attempts[i + 1]),
      ...agencyTime(attempt),
      ...opinionTime(state, attempt),
      ...conferenceTime(state, attempt),
    ]),
  ];
}

/** From the result a procedure waits for until the investor brought about what the law asks first, such as the deposit. */
function waitingForGates(state: CaseState, code: string): Occupation[] {
  const item = state.plan.find((one) => one.procedure === code);
  const opened = Object.values(state.procedures).find((one) => one.procedure === code)?.openedAt ?? null;
  const gates = (item?.gates ?? []).filter((gate) => !isOwnGate(gate));
  if (gates.length === 0) return [];
  return [{ holder: 'investor', from: state.openedAt, to: opened }];
}

function investorTime(attempt: ProcedureState, next: ProcedureState | undefined): Occupation[] {
  const ended = attempt.closed?.at ?? null;
  const held: Occupation[] = [];
  const first = attempt.filings[0]?.at ?? attempt.receivedAt;
  // A prior decision may be older than the attempt that starts from it.
  if (first === null || Date.parse(first) >= Date.parse(attempt.openedAt))
    held.push({ holder: 'investor', from: attempt.openedAt, to: first ?? ended });
  for (const { requestedAt, answeredAt } of attempt.completions)
    held.push({ holder: 'investor', from: requestedAt, to: answeredAt ?? ended });
  for (const { suspends, requestedAt, endedAt } of attempt.supplements) {
    if (suspends) held.push({ holder: 'investor', from: requestedAt, to: endedAt ?? ended });
  }
  for (const { requestedAt, receivedAt } of Object.values(attempt.payments)) {
    held.push({ holder: 'investor', from: requestedAt, to: receivedAt ?? ended });
  }
  // A refusal that the investor answers with a new attempt: the time between is theirs.
  if (attempt.closed && next) held.push({ holder: 'investor', from: attempt.closed.at, to: next.openedAt });
  return held;
}

/** A letter of apology is written beside the work: it holds nothing up. */
const agencyTime = (attempt: ProcedureState): Occupation[] =>
  Object.values(attempt.tasks)
    .filter(({ kind }) => kind !== 'apology')
    .map((task) => ({ holder: task.agency, from: task.openedAt, to: task.completedAt }));

/** An opinion occupies its agency until it was given or silence stood for it. */
const opinionTime = (state: CaseState, attempt: ProcedureState): Occupation[] =>
  Object.values(state.consultations)
    .filter((consultation) => consultation.procedureScope === attempt.scope)
    .flatMap((consultation) => [
      ...Object.values(consultation.opinions).map(({ agency, answeredAt, lapsed, late }) => ({
        holder: agency,
        from: consultation.openedAt,
        to: (late ? lapsed?.at : answeredAt) ?? lapsed?.at ?? null,
      })),
      ...Object.values(consultation.tasks)
        .filter((task) => task.kind === 'silence')
        .map((task) => ({ holder: task.agency, from: task.openedAt, to: task.completedAt })),
    ]);

const conferenceTime = (state: CaseState, attempt: ProcedureState): Occupation[] =>
  Object.values(state.consultations).flatMap(({ procedureScope, conference, closedAt }) =>
    conference && procedureScope === attempt.scope
      ? [{ holder: 'conference', from: conference.openedAt, to: conference.decidedAt ?? closedAt }]
      : [],
  );
