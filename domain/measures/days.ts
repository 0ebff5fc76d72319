import { countWorkingDays, lastCovered, type Calendar } from '../time/calendar.js';
import type { PlanItem } from '../case/case/words.js';
import type { CaseState } from '../case/state.js';
import { latestAttempt } from '../case/procedure/state.js';
import { addDays, dateOf, startOf, type Instant, type PlainDate } from '../time/instants.js';
import { carriedInto, type CarriedFiling } from './carried.js';
import { cityBaselineOf, cityChain } from './city.js';
import { holdersAt, holdingsOf } from '../case/procedure/holder.js';
import { orderOfWork, releasedOn } from './order.js';
import { classOf, holderName, type HolderClass } from './holders.js';
import { type BaselineKind, type ComparedDays, smaller, type Reductions, reductionsOf } from './reduction.js';
import { weightsOf } from './weights.js';

/** A run of dates on the path that one holder had: the dates after `after` up to and including `through`. */
export interface HeldDays {
  readonly procedure: string;
  /** Agency code, `investor`, `conference`, `violation` or `system`. */
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
  /** Without the dates of the investor and of central bodies: what the City had of the path. */
  readonly netDays: number;
  readonly investorDays: number;
  readonly centralDays: number;
  /** Part of `netDays`. */
  readonly conferenceDays: number;
  /** All dates of the path that the investor did not hold, of the filings before this one, too. Four decimals: see `weightsOf`. */
  readonly wholeDays: number;
  /** The longest chain of dates that the City held, along the order of the plan: no wait of anybody else hides it. */
  readonly cityDays: number;
  /** The procedures of that chain, first to last. */
  readonly cityPath: readonly string[];
  /** What the figures are set against. */
  readonly baseline: BaselineKind;
  readonly baselineDays: number;
  /** The longest City chain of the standard pathway; null: it was not frozen at filing and cannot be told from the plan. */
  readonly cityBaselineDays: number | null;
  /** The same against the law, whatever they are set against. */
  readonly byLaw: Pick<ComparedDays, 'baselineDays' | 'cityBaselineDays'> & { readonly reductions: Reductions };
  /** Both figures; null until the milestone is reached, for a milestone that the baseline is not about, and for a trial. */
  readonly reductions: Reductions;
  /** The smaller of the two: what is published of the case. */
  readonly reduction: number | null;
  /** Filings of the same project that ended without an approval: their days count here. */
  readonly carried: readonly CarriedFiling[];
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
  /** Earlier filings of the same project that ended without an approval. */
  readonly carried?: readonly CarriedFiling[];
}

/** Measures one case as it stands at `asOf`, as far as the calendar reaches (`countedThrough`). Pure. */
export function measureCase(measuring: Measuring): CaseMeasures {
  const { state, calendar, asOf, milestone = state.milestone, carried = [] } = measuring;
  const filedOn = dateOf(state.openedAt);
  const last = lastApproval(state, milestone);
  const through = last.on ?? dateOf(asOf);
  const legs = walkBack(state, last.procedure, filedOn, through);
  const held = legs.map((leg) => heldDays(measuring, leg));
  const spans = held.flatMap((leg) => leg.spans);
  const days = (...classes: HolderClass[]) =>
    spans.filter((span) => classes.includes(span.class)).reduce((sum, span) => sum + span.workingDays, 0);
  const countedThrough = through > calendar.to ? calendar.to : null;
  const ends = new Set(countedFor(state, milestone).map(({ procedure }) => procedure));
  const chain = cityChain(measuring, ends, through);
  const wholeDays = held.reduce((sum, leg) => sum + leg.wholeDays, 0);
  const { observed } = state.baseline;
  const law = {
    baselineDays: state.baseline.days,
    cityBaselineDays: milestone === state.milestone ? cityBaselineOf(state, calendar) : null,
  };
  const today = observed && { baselineDays: observed.days, cityBaselineDays: observed.cityDays };
  const own = today && milestone === state.milestone ? today : law;
  const spent = { wholeDays, cityDays: chain.days };
  const sums = carriedInto({ ...spent, ...own }, carried);
  const byLaw = carriedInto(
    { ...spent, ...law },
    carried.map((one) => ({ ...one, ...one.byLaw })),
  );
  const comparable =
    last.on !== null && milestone === state.milestone && state.kind !== 'sandbox' && countedThrough === null;
  const compared = (one: ComparedDays): Reductions => (comparable ? reductionsOf(one) : { whole: null, city: null });
  const reductions = compared(sums);
  return {
    milestone,
    reached: last.on !== null,
    filedOn,
    through,
    workingDays: countWorkingDays(calendar, lastCovered(calendar, filedOn), lastCovered(calendar, through)),
    netDays: days('city', 'conference', 'violation', 'system'),
    investorDays: days('investor'),
    centralDays: days('central'),
    conferenceDays: days('conference'),
    ...sums,
    baseline: own === law ? 'law' : 'observed',
    byLaw: {
      baselineDays: byLaw.baselineDays,
      cityBaselineDays: byLaw.cityBaselineDays,
      reductions: compared(byLaw),
    },
    cityPath: chain.path,
    reductions,
    reduction: smaller(reductions),
    carried,
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
    const ready = missing.filter((item) => item.after.every((code) => approvedOn(state, code) !== null));
    const open = ready.length > 0 ? ready : missing;
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
  const order = orderOfWork(state);
  let through = end;
  for (let procedure = last; procedure !== null;) {
    const item = order.find((one) => one.procedure === procedure);
    let releasedBy: string | null = null;
    let after = filedOn;
    for (const code of item?.after ?? []) {
      const on = releasedOn(state, code);
      if (on !== null && on >= after) [releasedBy, after] = [code, on];
    }
    legs.unshift({ procedure, after, through });
    [procedure, through] = [releasedBy, after];
  }
  return legs;
}

/** Splits a leg by who held the file when each date began (the start-of-day rule, docs/adr/0004); of several whoever was busy longest decides its end. */
function heldDays(
  { state, calendar, commandedByCity, asOf }: Measuring,
  { procedure, after, through }: Leg,
): { spans: HeldDays[]; wholeDays: number } {
  const holdings = holdingsOf(state, procedure);
  const weigh = weightsOf(state, calendar, procedure, asOf);
  const spans: HeldDays[] = [];
  let wholeDays = 0;
  for (let day = addDays(after, 1); day <= through; day = addDays(day, 1)) {
    const [first] = holdersAt(holdings, startOf(day));
    const holder = holderName(first);
    const workingDays = day > calendar.to ? 0 : countWorkingDays(calendar, addDays(day, -1), day);
    if (first.kind !== 'investor') wholeDays += weigh(day);
    const before = spans.at(-1);
    if (before?.holder === holder) {
      spans[spans.length - 1] = { ...before, through: day, workingDays: before.workingDays + workingDays };
    } else {
      const kind = classOf(first, commandedByCity);
      spans.push({ procedure, holder, class: kind, after: addDays(day, -1), through: day, workingDays });
    }
  }
  return { spans, wholeDays };
}
