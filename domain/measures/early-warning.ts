import type { DayUnit } from '../time/calendar.js';
import type { PlainDate } from '../time/instants.js';
import { leastForecasts, leastHistory } from './early-warning-limits.js';
import { share } from './facts.js';

/** Fewer that lasted as long as the one asked about say nothing about it. */
const leastLasting = 5;
/** How much of the promised term is used when a past procedure is looked at again. */
const checkpoints = [0, 1 / 2, 3 / 4] as const;
/** The newest that are looked at again. */
const mostForecasts = 300;

interface Attempt {
  readonly procedure: string;
  readonly agency: string;
  readonly unit: DayUnit;
  readonly receivedOn: PlainDate;
}

/** A procedure that was decided. Days are those of its own clock, in its unit: what the investor had the file for is in none. */
export interface PastAttempt extends Attempt {
  readonly closedOn: PlainDate;
  readonly days: number;
  /** The term that was promised; that of the law where nothing shorter was. */
  readonly promised: number;
  readonly missed: boolean;
  /** Days of its calendar on which the clock stood. */
  readonly suspended: number;
}

/** A procedure whose clock has begun and that is not decided. */
export interface OpenAttempt extends Attempt {
  /** Of its clock until today. */
  readonly used: number;
}

/** Days from one date to a later one, as the calendar of an agency counts them. */
export type CountDays = (agency: string, unit: DayUnit, after: PlainDate, through: PlainDate) => number;

export type Likeness = 'agency-and-load' | 'agency' | 'procedure';

/** How long procedures like one last: those that ended, and those still open, which lasted at least so long. */
export interface Durations {
  readonly by: Likeness;
  /** Of those that ended. */
  readonly n: number;
  /** The part of all that lasts longer than so many days (Kaplan and Meier, 1958). */
  readonly outlasting: (days: number) => number;
  /** How many are known to have lasted longer than so many days. */
  readonly lasting: (days: number) => number;
}

/** One that was observed. `ended`: on its day `days`; else it was open on that day and may have ended on it. */
interface Observed {
  readonly days: number;
  readonly ended: boolean;
}

/** The product-limit estimate: on each day of the term, the part of those still there that does not end on it. */
export function durationsOf(by: Likeness, all: readonly Observed[]): Durations {
  // Whoever is open on a day is known to have outlasted the one before it, and nothing of that day.
  const outlasted = all.flatMap(({ days, ended }) => (ended ? [days] : days > 0 ? [days - 1] : []));
  const longest = outlasted.reduce((most, days) => Math.max(most, days), 0);
  const [ends, leaves] = [new Array<number>(longest + 1).fill(0), new Array<number>(longest + 1).fill(0)];
  for (const { days, ended } of all) if (ended) ends[days] = (ends[days] ?? 0) + 1;
  for (const days of outlasted) leaves[days] = (leaves[days] ?? 0) + 1;
  const [parts, counts]: [number[], number[]] = [[], []];
  let [part, left] = [1, outlasted.length];
  for (let day = 0; day <= longest; day += 1) {
    if (left > 0) part *= 1 - (ends[day] ?? 0) / left;
    left -= leaves[day] ?? 0;
    parts.push(part);
    counts.push(left);
  }
  return {
    by,
    n: all.filter((one) => one.ended).length,
    outlasting: (days) => (days < 0 ? 1 : (parts[Math.min(days, longest)] ?? 1)),
    lasting: (days) => (days < 0 ? outlasted.length : (counts[days] ?? 0)),
  };
}

/** The chance that one that has used so many days, and may end today, uses more than it was promised; null: too few lasted that long to say. */
export function chanceOfMissing(durations: Durations, used: number, promised: number): number | null {
  if (used > promised) return 1;
  const still = durations.outlasting(used - 1);
  if (durations.n < leastHistory || durations.lasting(used - 1) < leastLasting || still === 0) return null;
  return durations.outlasting(promised) / still;
}

/** Of none 0. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return (low + high) / 2;
}

/** One of those that the register knew on a day. */
interface Seen extends Observed {
  readonly agency: string;
  readonly load: number;
}

/** An attempt with how much its agency had in hand when it came. */
interface Loaded<One extends Attempt> {
  readonly of: One;
  readonly load: number;
}

const kindOf = ({ procedure, unit }: Attempt): string => `${unit} ${procedure}`;

function byKind<One extends Attempt>(
  all: readonly One[],
  loadOf: (one: One) => number,
): ReadonlyMap<string, Loaded<One>[]> {
  const found = new Map<string, Loaded<One>[]>();
  for (const of of all) {
    const one = { of, load: loadOf(of) };
    const same = found.get(kindOf(of));
    if (same) same.push(one);
    else found.set(kindOf(of), [one]);
  }
  return found;
}

/** How many files an agency had in hand when it received this one: for each day, received before it and not ended before it. */
function loadsOf(
  past: readonly PastAttempt[],
  open: readonly Attempt[],
): (one: Pick<Attempt, 'agency' | 'receivedOn'>) => number {
  const [came, went] = [new Map<string, PlainDate[]>(), new Map<string, PlainDate[]>()];
  const put = (into: Map<string, PlainDate[]>, agency: string, on: PlainDate) => {
    const days = into.get(agency);
    if (days) days.push(on);
    else into.set(agency, [on]);
  };
  for (const { agency, receivedOn } of [...past, ...open]) put(came, agency, receivedOn);
  for (const { agency, closedOn } of past) put(went, agency, closedOn);
  for (const days of [...came.values(), ...went.values()]) days.sort();
  const before = (days: readonly PlainDate[] | undefined, on: PlainDate): number => {
    let [low, high] = [0, days?.length ?? 0];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((days?.[middle] ?? on) < on) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return ({ agency, receivedOn }) => before(came.get(agency), receivedOn) - before(went.get(agency), receivedOn);
}

/** One bar of the reliability curve: forecasts between `from` and `to`, what they said on average and what came. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly forecast: number;
  readonly missed: number;
}

/** How forecasts stood against what came, each made with nothing but what was known when the file was received. */
export interface Reliability {
  readonly n: number;
  /** Mean squared distance of forecast and outcome (Brier, 1950); smaller is better. */
  readonly brier: number | null;
  /** Of the best guess that is the same for all: the share that was missed, which nobody knew beforehand. */
  readonly constant: number | null;
  readonly bins: readonly ReliabilityBin[];
  /** `little-history`: too few forecasts; `no-better`: a guess that is the same for all would have done as well. null: they may be shown. */
  readonly withheld: 'little-history' | 'no-better' | null;
}

/** One forecast that can be set against what came: made on the day of receipt, for when `used` days were used. */
interface Forecast {
  readonly chance: number;
  readonly missed: boolean;
}

export interface EarlyWarning {
  readonly forecasts: readonly (Forecast & { readonly of: PastAttempt; readonly used: number })[];
  readonly reliability: Reliability;
  /** How long ones like it last; undefined: too few have ended. */
  readonly durationsFor: (one: Attempt) => Durations | undefined;
}

/**
 * What the register's own history says about procedures that are open: durations of the same procedure at the same agency, as busy or as free as it was on the day of
 * receipt, of the agency alone where those are too few, else of the procedure. Its forecasts of the past are made anew, each with what had ended, and what was open,
 * when the file was received. Pure; the same however the lists are ordered.
 */
export function earlyWarning(
  past: readonly PastAttempt[],
  open: readonly OpenAttempt[],
  count: CountDays,
): EarlyWarning {
  const loadOf = loadsOf(past, open);
  const [pastOf, openOf] = [byKind(past, loadOf), byKind(open, loadOf)];
  const ofKind = (one: Attempt) => [pastOf.get(kindOf(one)) ?? [], openOf.get(kindOf(one)) ?? []] as const;

  const seenNow = (one: Attempt): Seen[] => {
    const [closed, running] = ofKind(one);
    return [
      ...closed.map(({ of, load }) => ({ agency: of.agency, load, days: of.days, ended: true })),
      ...running.map(({ of, load }) => ({ agency: of.agency, load, days: of.used, ended: false })),
    ];
  };

  /** Nothing that came later: of those open on that day only how long they had been by then. */
  const seenOn = (one: Attempt, on: PlainDate): Seen[] => {
    const [closed, running] = ofKind(one);
    const until = ({ of, load }: Loaded<Attempt>, most: number, suspended = 0): Seen => {
      const days = count(of.agency, of.unit, of.receivedOn, on) - suspended;
      return { agency: of.agency, load, days: Math.max(0, Math.min(days, most)), ended: false };
    };
    const found: Seen[] = [];
    for (const { of, load } of closed) {
      if (of.closedOn < on) found.push({ agency: of.agency, load, days: of.days, ended: true });
      else if (of.receivedOn < on) found.push(until({ of, load }, of.days, of.suspended));
    }
    for (const { of, load } of running) if (of.receivedOn < on) found.push(until({ of, load }, of.used));
    return found;
  };

  const durationsAmong = (one: Attempt, seen: readonly Seen[], usual: number): Durations | undefined => {
    const atAgency = seen.filter(({ agency }) => agency === one.agency);
    const isBusy = loadOf(one) > usual;
    const choices: readonly (readonly [Likeness, readonly Seen[]])[] = [
      ['agency-and-load', atAgency.filter(({ load }) => load > usual === isBusy)],
      ['agency', atAgency],
      ['procedure', seen],
    ];
    const enough = choices.find(([, some]) => some.filter(({ ended }) => ended).length >= leastHistory);
    return enough && durationsOf(...enough);
  };
  const usualAt = (agency: string, seen: readonly Seen[]): number =>
    median(seen.filter((one) => one.agency === agency).map(({ load }) => load));

  // Of those open now many are alike.
  const now = new Map<string, { readonly seen: readonly Seen[]; readonly usual: number }>();
  const known = new Map<string, Durations | undefined>();
  const durationsFor = (one: Attempt): Durations | undefined => {
    const place = `${one.agency} ${kindOf(one)}`;
    let found = now.get(place);
    if (!found) {
      const seen = seenNow(one);
      now.set(place, (found = { seen, usual: usualAt(one.agency, seen) }));
    }
    const key = `${loadOf(one) > found.usual ? 'busy' : 'usual'} ${place}`;
    if (!known.has(key)) known.set(key, durationsAmong(one, found.seen, found.usual));
    return known.get(key);
  };

  const newest = [...past]
    .sort((a, b) =>
      a.receivedOn === b.receivedOn ? (lineOf(a) < lineOf(b) ? -1 : 1) : a.receivedOn < b.receivedOn ? 1 : -1,
    )
    .slice(0, mostForecasts);
  const forecasts = newest.flatMap((one): EarlyWarning['forecasts'][number][] => {
    const seen = seenOn(one, one.receivedOn);
    const durations = durationsAmong(one, seen, usualAt(one.agency, seen));
    if (!durations) return [];
    const looks = [...new Set(checkpoints.map((part) => Math.floor(one.promised * part)))];
    return looks.flatMap((used) => {
      const chance = one.days < used ? null : chanceOfMissing(durations, used, one.promised);
      return chance === null ? [] : [{ of: one, used, chance, missed: one.missed }];
    });
  });
  return { forecasts, reliability: reliabilityOf(forecasts), durationsFor };
}

const lineOf = ({ procedure, agency, closedOn, days }: PastAttempt): string =>
  [procedure, agency, closedOn, days].join(' ');

const binCount = 10;
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** The curve and the score of forecasts, and whether they may be shown. */
export function reliabilityOf(forecasts: readonly Forecast[]): Reliability {
  const n = forecasts.length;
  const missedOf = (some: readonly Forecast[]) => some.filter(({ missed }) => missed).length;
  const bins = Array.from({ length: binCount }, (_bin, i): ReliabilityBin | undefined => {
    const own = forecasts.filter(({ chance }) => Math.min(Math.floor(chance * binCount), binCount - 1) === i);
    if (own.length === 0) return undefined;
    const said = own.reduce((sum, { chance }) => sum + chance, 0) / own.length;
    return {
      ...{ from: i / binCount, to: (i + 1) / binCount, n: own.length },
      ...{ forecast: rounded(said), missed: share(missedOf(own), own.length) ?? 0 },
    };
  }).filter((bin) => bin !== undefined);
  if (n === 0) return { n, brier: null, constant: null, bins, withheld: 'little-history' };
  const brier = forecasts.reduce((sum, { chance, missed }) => sum + (chance - Number(missed)) ** 2, 0) / n;
  const part = missedOf(forecasts) / n;
  const constant = part * (1 - part);
  const withheld = n < leastForecasts ? 'little-history' : brier < constant ? null : 'no-better';
  return { n, brier: rounded(brier), constant: rounded(constant), bins, withheld };
}

// What helps most -------------------------------------------------------------------------------------------------------------------------------

/** Work of a procedure that is not done. */
export interface PendingWork {
  readonly task: string;
  readonly step: string;
  readonly agency: string;
  readonly claimedBy: string | null;
  /** Working days since it came (nobody holds it), or since somebody took it. */
  readonly since: number;
}

/** How long work of one step at one agency waited, and how long it took, of what was finished. */
export interface StepHistory {
  readonly waiting: readonly number[];
  readonly working: readonly number[];
}

/** `take`: somebody takes it today instead of after the usual wait; `finish`: whoever has had it longer than usual finishes it. */
export interface HelpfulAct {
  readonly act: 'take' | 'finish';
  readonly task: string;
  readonly step: string;
  readonly agency: string;
  readonly claimedBy: string | null;
  /** Working days that it saves against how such work went in half of the cases. */
  readonly days: number;
}

/**
 * The one act that saves most working days: of work that waits, how much longer half of what had waited as long went on waiting; of work in hand, how much longer half
 * of what had taken as long went on. undefined: nothing that history knows of would save a day.
 */
export function helpfulAct(
  work: readonly PendingWork[],
  historyOf: (one: PendingWork) => StepHistory,
): HelpfulAct | undefined {
  const acts = work.map(({ since, ...one }): HelpfulAct => {
    const { waiting, working } = historyOf({ since, ...one });
    const longer = (one.claimedBy === null ? waiting : working).filter((days) => days > since);
    const days = longer.length < leastLasting ? 0 : Math.round(median(longer)) - since;
    return { act: one.claimedBy === null ? 'take' : 'finish', ...one, days };
  });
  return acts
    .filter(({ days }) => days > 0)
    .sort(
      (a, b) => b.days - a.days || (a.act === b.act ? 0 : a.act === 'take' ? -1 : 1) || (a.task < b.task ? -1 : 1),
    )[0];
}
