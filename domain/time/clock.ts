import { countDays, findDay, findOnOrNextWorkingDay, lastCovered, type Calendar, type DayUnit } from './calendar.js';
import { refuse } from '../errors.js';
import { addDays, dateOf, millisecondsOf, startOf, type Instant, type PlainDate } from './instants.js';

/** A term: a positive whole number of working dates, or of dates. */
export interface Budget {
  amount: number;
  unit: DayUnit;
}

/**
 * One line of a clock's ledger. `days` (in the budget's unit) belongs to `extend`; `ground` says which rule allowed
 * the act, of `redate` which document changed the calendar. `restart`: the file comes back and the term begins anew. `annul-…`: the last suspension that is
 * not over, or the last extension, was a mistake and is taken back.
 */
export interface ClockEntry {
  type:
    'start' | 'suspend' | 'resume' | 'restart' | 'extend' | 'redate' | 'stop' | 'annul-suspension' | 'annul-extension';
  at: Instant;
  days?: number;
  ground?: string;
  /** Of `redate`: what was broken by the calendar before, by the term's days; a breach stands. */
  broken?: readonly BrokenTerm[];
}

/** A term of so many days that was broken: its date, and the first day after it. */
export interface BrokenTerm {
  readonly amount: number;
  readonly dueDate: PlainDate;
  readonly breachedOn: PlainDate;
}

/** Ground of a return that nobody brought about: the time given was over with the day before, so the day of it begins with the agency. */
export const lapsed = 'lapsed';

/** What of an entry says from which date on it counts. */
type EntryDate = Pick<ClockEntry, 'type' | 'at' | 'ground'>;

/** The last date that whoever held the file before an entry held. */
export const dateOfEntry = ({ type, at, ground }: EntryDate): PlainDate =>
  type === 'resume' && ground === lapsed ? addDays(dateOf(at), -1) : dateOf(at);

export type ClockState = 'running' | 'suspended' | 'stopped';

/** What a clock shows at a moment. Derived from ledger, calendar and moment each time, never stored as truth. */
export interface ClockReading {
  state: ClockState;
  /** Days of the budget's unit that began with the agency holding the file, since the last restart; goes on past the budget. */
  consumed: number;
  /** What had been consumed when a restart began the term anew: counted = consumed + suspended + discarded. */
  discarded: number;
  /** Days of the budget's unit that began with the investor holding the file. */
  suspendedDays: number;
  /** Running: the due date. Stopped while running, or breached: the one that stood. Else null. */
  dueDate: PlainDate | null;
  breachedOn: PlainDate | null;
  /** With every extension granted so far. */
  budget: Budget;
  /** Negative once the budget is overdrawn. */
  remaining: number;
  /** While suspended: the due date if the file came back at this moment; null where that lies outside the calendar. */
  dueIfReturned: PlainDate | null;
}

/** The same where the calendar may have ended: what is known is kept, what is not is said. */
export interface KnownReading extends ClockReading {
  /** null: every day was counted. Else the last day that could be: days since then are in no figure, and a later due date is null. */
  countedThrough: PlainDate | null;
}

/**
 * A stretch of the ledger with one holder. Its dates are later than `after` and, once closed, not later than
 * `through`.
 */
export interface HeldSpan {
  holder: 'agency' | 'investor';
  from: Instant;
  to: Instant | null;
  after: PlainDate;
  through: PlainDate | null;
  /** What the clock had consumed when the span began. */
  consumedBefore: number;
  /** The term begins anew here. */
  restarts: boolean;
}

const transitions: Record<ClockState | 'not-started', Partial<Record<ClockEntry['type'], ClockState>>> = {
  'not-started': { start: 'running' },
  running: {
    suspend: 'suspended',
    extend: 'running',
    redate: 'running',
    stop: 'stopped',
    'annul-extension': 'running',
  },
  suspended: {
    resume: 'running',
    restart: 'running',
    extend: 'suspended',
    redate: 'suspended',
    stop: 'stopped',
    'annul-suspension': 'running',
    'annul-extension': 'suspended',
  },
  stopped: {},
};

const checkDays = (days: unknown): number =>
  typeof days === 'number' && Number.isSafeInteger(days) && days > 0 ? days : refuse('VALIDATION_FAILED', { days });

/** The order of the entries alone: what may follow what, and that time does not go back. Gives the first entry. */
function checkHistory(ledger: readonly ClockEntry[]): ClockEntry {
  const first = ledger[0] ?? refuse('CLOCK_NOT_STARTED');
  let state: ClockState | 'not-started' = 'not-started';
  let last = Number.NEGATIVE_INFINITY;
  let extensions = 0;
  for (const { type, at } of ledger) {
    const next: ClockState | undefined = transitions[state][type];
    const ms = millisecondsOf(at);
    if (type === 'extend') extensions += 1;
    if (type === 'annul-extension') extensions -= 1;
    if (next === undefined || ms < last || extensions < 0) refuse('CLOCK_HISTORY_INVALID', { state, entry: type, at });
    state = next ?? state;
    last = ms;
  }
  return first;
}

/**
 * The ledger without what was taken back: a suspension or an extension that was a mistake counts as if it had never been, so its days are the agency's
 * again. What follows from that is dated no earlier than the act that took it back.
 */
export function effectiveEntries<Entry extends EntryDate>(ledger: readonly Entry[]): readonly Entry[] {
  if (!ledger.some(({ type }) => type === 'annul-suspension' || type === 'annul-extension')) return ledger;
  const effective: Entry[] = [];
  for (const entry of ledger) {
    if (entry.type !== 'annul-suspension' && entry.type !== 'annul-extension') {
      effective.push(entry);
      continue;
    }
    const annulled = entry.type === 'annul-suspension' ? 'suspend' : 'extend';
    const at = effective.findLastIndex(({ type }) => type === annulled);
    if (at >= 0) effective.splice(at, 1);
    effective.push({ ...entry, type: 'redate', ground: entry.type });
  }
  return effective;
}

/** The date that uses up the budget, rolled to a working date; undefined where the calendar ends before it. */
function findDueDate(calendar: Calendar, unit: DayUnit, since: PlainDate, left: number): PlainDate | undefined {
  if (since > calendar.to) return undefined;
  const last = left > 0 ? findDay(calendar, unit, since, left) : since;
  // BLDS 2015, Điều 148.5: a term whose last day is a day off ends with the next working day.
  return last === undefined ? undefined : findOnOrNextWorkingDay(calendar, last);
}

/** The fold of one ledger: counts span by span, each in one look-up. */
export class Walk {
  readonly spans: HeldSpan[] = [];
  consumed = 0;
  suspendedDays = 0;
  discarded = 0;
  stopped = false;
  holder: 'agency' | 'investor' = 'agency';
  breach: { dueDate: PlainDate; breachedOn: PlainDate } | null = null;
  /** The act that fixed the due date as it stands now. */
  dueSince: Instant;
  /** The last day the calendar covers, where the clock has gone beyond it: days since then are not counted. */
  countedThrough: PlainDate | null = null;
  /** The last change of the calendar: nothing it moved into the past happened before it. */
  redatedAt: Instant | null = null;
  /** Start or last resumption, and what was consumed then: the due date is counted from here. */
  private anchor: PlainDate;
  private consumedAtAnchor = 0;
  /** Every date up to this one has been given to its holder. */
  private counted: PlainDate;

  constructor(
    private readonly calendar: Calendar,
    readonly unit: DayUnit,
    public amount: number,
    start: ClockEntry,
  ) {
    this.anchor = this.counted = dateOf(start.at);
    this.dueSince = start.at;
    this.openSpan(start.at, 'agency');
  }

  get state(): ClockState {
    if (this.stopped) return 'stopped';
    return this.holder === 'agency' ? 'running' : 'suspended';
  }

  apply(entry: ClockEntry): void {
    const date = dateOfEntry(entry);
    this.advance(date);
    switch (entry.type) {
      case 'start':
        break;
      case 'suspend':
        this.hand(entry.at, 'investor');
        break;
      case 'resume':
      case 'restart':
        // A breach stands: its due date is fixed, and the days that overdrew it stay counted.
        this.hand(entry.at, 'agency', entry.type === 'restart' && !this.breach);
        if (this.breach) break;
        this.anchor = date;
        this.consumedAtAnchor = this.consumed;
        this.dueSince = entry.at;
        break;
      case 'extend':
        if (this.breach) refuse('CLOCK_HISTORY_INVALID', { entry: 'extend', at: entry.at, ...this.breach });
        this.amount += checkDays(entry.days);
        this.dueSince = entry.at;
        break;
      case 'redate':
        this.redatedAt = entry.at;
        this.breach ??= entry.broken?.find(({ amount }) => amount === this.amount) ?? null;
        if (!this.breach || entry.ground?.startsWith('annul-') === true) this.dueSince = entry.at;
        break;
      case 'stop':
        this.closeSpan(entry.at);
        this.stopped = true;
        break;
      case 'annul-suspension':
      case 'annul-extension':
        throw new Error(`${entry.type} is no entry that stands`);
    }
  }

  /**
   * Gives the dates up to and including `date` to whoever holds the file, as far as the calendar covers them, and notices the date that breaks the
   * term.
   */
  advance(date: PlainDate): void {
    const known = lastCovered(this.calendar, date);
    if (known < date) this.countedThrough = known;
    const days = known > this.counted ? countDays(this.calendar, this.unit, this.counted, known) : 0;
    if (known > this.counted) this.counted = known;
    if (this.holder === 'investor') {
      this.suspendedDays += days;
      return;
    }
    this.consumed += days;
    if (this.breach || this.consumed < this.amount) return;
    const dueDate = this.findDueDate();
    if (dueDate !== undefined && dueDate < date) this.breach = { dueDate, breachedOn: addDays(dueDate, 1) };
  }

  /** The due date while the agency holds the file (or held it when the clock was stopped). */
  findDueDate(): PlainDate | undefined {
    return findDueDate(this.calendar, this.unit, this.anchor, this.amount - this.consumedAtAnchor);
  }

  /**
   * The due date that holds or stood, or null where none does. Refuses `CALENDAR_UNKNOWN` where the calendar ends
   * before it.
   */
  dueDate(): PlainDate | null {
    const dueDate = this.knownDueDate();
    return dueDate === undefined ? this.refuseBeyond('the due date is later') : dueDate;
  }

  /** The same; undefined where the calendar ends before it. */
  knownDueDate(): PlainDate | null | undefined {
    if (this.breach) return this.breach.dueDate;
    return this.holder === 'investor' ? null : this.findDueDate();
  }

  /** Says that the calendar ends too early for what was asked. */
  refuseBeyond(reason: string): never {
    return refuse('CALENDAR_UNKNOWN', { calendar: this.calendar.data.code, to: this.calendar.to, reason });
  }

  private hand(at: Instant, holder: 'agency' | 'investor', anew = false): void {
    this.closeSpan(at);
    this.holder = holder;
    if (anew) [this.discarded, this.consumed] = [this.discarded + this.consumed, 0];
    this.openSpan(at, holder, anew);
  }

  private openSpan(from: Instant, holder: 'agency' | 'investor', restarts = false): void {
    const { counted: after, consumed: consumedBefore } = this;
    this.spans.push({ holder, from, to: null, after, through: null, consumedBefore, restarts });
  }

  private closeSpan(at: Instant): void {
    const open = this.spans.at(-1);
    if (open) Object.assign(open, { to: at, through: this.counted });
  }
}

/** Folds a whole ledger up to its last entry, as far as the calendar covers it (`countedThrough`). Refuses an impossible history. */
export function walkLedger(calendar: Calendar, budget: Budget, ledger: readonly ClockEntry[]): Walk {
  const start = checkHistory(ledger);
  const walk = new Walk(calendar, budget.unit, checkDays(budget.amount), start);
  for (const entry of effectiveEntries(ledger)) walk.apply(entry);
  return walk;
}

/**
 * Reads a clock at a moment. Start-of-day rule: each date belongs to whoever holds the file when it begins
 * (UTC+07:00), so the day of an act never counts for what the act starts (Civil Code, Art. 147.2). Entries after
 * `asOf` are ignored; `onReturn` says what the return of a suspended file will do. Refuses `CLOCK_NOT_STARTED` (nothing at or before `asOf`), `CLOCK_HISTORY_INVALID` (impossible
 * order, time going back, extension after a breach), `CALENDAR_UNKNOWN`.
 */
export function readClock(
  calendar: Calendar,
  budget: Budget,
  ledger: readonly ClockEntry[],
  asOf: Instant,
  onReturn: 'resume' | 'restart' = 'resume',
): ClockReading {
  const walk = walkUntil(calendar, budget, ledger, asOf);
  if (walk.countedThrough !== null) walk.refuseBeyond('the clock goes on');
  return reading(calendar, walk, walk.dueDate(), asOf, onReturn);
}

/** Reads a clock also where the calendar has ended: what it knows is kept. Refuses as `readClock`, except `CALENDAR_UNKNOWN` for that. */
export function readKnownClock(
  calendar: Calendar,
  budget: Budget,
  ledger: readonly ClockEntry[],
  asOf: Instant,
  onReturn: 'resume' | 'restart' = 'resume',
): KnownReading {
  const walk = walkUntil(calendar, budget, ledger, asOf);
  const { countedThrough } = walk;
  return { ...reading(calendar, walk, walk.knownDueDate() ?? null, asOf, onReturn), countedThrough };
}

function walkUntil(calendar: Calendar, budget: Budget, ledger: readonly ClockEntry[], asOf: Instant): Walk {
  const now = millisecondsOf(asOf);
  const walk = walkLedger(
    calendar,
    budget,
    ledger.filter((entry) => millisecondsOf(entry.at) <= now),
  );
  if (!walk.stopped) walk.advance(dateOf(asOf));
  return walk;
}

function reading(
  calendar: Calendar,
  walk: Walk,
  dueDate: PlainDate | null,
  asOf: Instant,
  onReturn: 'resume' | 'restart',
): ClockReading {
  const { state, consumed, discarded, suspendedDays, breach, unit, amount } = walk;
  const left = onReturn === 'restart' ? amount : amount - consumed;
  const returned = state === 'suspended' ? (dueDate ?? findDueDate(calendar, unit, dateOf(asOf), left)) : null;
  return {
    state,
    consumed,
    discarded,
    suspendedDays,
    dueDate,
    breachedOn: breach?.breachedOn ?? null,
    budget: { amount, unit },
    remaining: amount - consumed,
    dueIfReturned: returned ?? null,
  };
}

/**
 * The ledger as a view with another budget reads it (promised term, ambition, one step): an extension granted after
 * the view's own breach changes nothing for the view, though it was lawful on the statutory clock. Refuses as
 * `readClock` does.
 */
export function viewLedger(calendar: Calendar, budget: Budget, ledger: readonly ClockEntry[]): ClockEntry[] {
  const walk = new Walk(calendar, budget.unit, checkDays(budget.amount), checkHistory(ledger));
  return effectiveEntries(ledger).filter((entry) => {
    walk.advance(dateOfEntry(entry));
    if (entry.type === 'extend' && walk.breach) return false;
    walk.apply(entry);
    return true;
  });
}

/**
 * The due date that holds as the ledger stands; null while the investor has the file. It asks for no day on which it is read. Refuses as `readClock`
 * does.
 */
export const dueDateOf = (calendar: Calendar, budget: Budget, ledger: readonly ClockEntry[]): PlainDate | null =>
  walkLedger(calendar, budget, ledger).dueDate();

/** The same; null also where the calendar ends before it. */
export const knownDueDateOf = (calendar: Calendar, budget: Budget, ledger: readonly ClockEntry[]): PlainDate | null =>
  walkLedger(calendar, budget, ledger).knownDueDate() ?? null;

/**
 * The instant at which the clock is breached if nothing more happens to it: 00:00 of the date after the due date;
 * that very instant when it is breached already; null when it was stopped in time or is suspended without a due date.
 * Refuses as `readClock` does.
 */
export function breachInstant(calendar: Calendar, budget: Budget, ledger: readonly ClockEntry[]): Instant | null {
  const walk = walkLedger(calendar, budget, ledger);
  if (walk.stopped && !walk.breach) return null;
  const dueDate = walk.dueDate();
  return dueDate === null ? null : startOf(addDays(dueDate, 1));
}

/** The budget cut by `r` percent (whole number 0..100), rounded down, at least one day. */
export function cutBudget(budget: Budget, r: number): Budget {
  if (!Number.isInteger(r) || r < 0 || r > 100) refuse('VALIDATION_FAILED', { reduction: r });
  return { amount: Math.max(1, Math.floor((budget.amount * (100 - r)) / 100)), unit: budget.unit };
}
