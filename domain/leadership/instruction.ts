import type { InstructionWant } from '../case/instruction/words.js';
import { rungInstant } from '../case/task/due.js';
import { refuse } from '../errors.js';
import { requireExisting, type Law } from '../law/law.js';
import { isWorkingDay } from '../time/calendar.js';
import { dateOf, millisecondsOf, type Instant, type PlainDate } from '../time/instants.js';
import { rungKey, type Rung } from '../time/ladder.js';
import type { Bottleneck, Movement } from './bottleneck.js';

/**
 * An instruction that is about no single case: to an agency as a whole, or to whoever is to clear a bottleneck. What was done with it is a list of acts to which
 * the register only adds; the state is their fold.
 */
export type InstructionAct =
  | {
      readonly kind: 'given';
      readonly want: InstructionWant;
      readonly agency: string;
      readonly dueDate: PlainDate;
      readonly text: string;
      /** Where files wait, with the figure as it was then; null: about the agency as a whole. */
      readonly bottleneck: Bottleneck | null;
    }
  | { readonly kind: 'moved'; readonly dueDate: PlainDate; readonly reason: string }
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'withdrawn'; readonly reason: string }
  /** The figure has moved: by how much. */
  | { readonly kind: 'closed'; readonly movement: Movement }
  | { readonly kind: 'rung'; readonly rung: string; readonly dueDate: PlainDate };

export type InstructionStatus = 'open' | 'answered' | 'withdrawn' | 'closed';

/** One act as the register keeps it; `by` null: what fell due by itself. */
export interface KeptAct {
  readonly at: Instant;
  readonly by: string | null;
  readonly act: InstructionAct;
}

export interface InstructionState {
  readonly want: InstructionWant;
  readonly agency: string;
  readonly text: string;
  readonly bottleneck: Bottleneck | null;
  readonly givenAt: Instant;
  readonly givenBy: string | null;
  readonly dueDate: PlainDate;
  /** Since when it has that date. */
  readonly dueSince: Instant;
  /** A bottleneck stays open after its answer, until its figure has moved. */
  readonly status: InstructionStatus;
  readonly answer: { readonly text: string; readonly at: Instant; readonly by: string | null } | null;
  readonly movement: Movement | null;
  /** `rung@dueDate` that fired. */
  readonly rungs: readonly string[];
}

/** What became of it; acts oldest first. Undefined where nothing was given. */
export function foldInstruction(acts: readonly KeptAct[]): InstructionState | undefined {
  const [first, ...later] = acts;
  if (first?.act.kind !== 'given') return undefined;
  const { want, agency, dueDate, text, bottleneck } = first.act;
  const begun: InstructionState = {
    want,
    agency,
    text,
    bottleneck,
    givenAt: first.at,
    givenBy: first.by,
    dueDate,
    dueSince: first.at,
    status: 'open',
    answer: null,
    movement: null,
    rungs: [],
  };
  return later.reduce(after, begun);
}

function after(state: InstructionState, { act, at, by }: KeptAct): InstructionState {
  switch (act.kind) {
    case 'given':
      return state;
    case 'moved':
      return { ...state, dueDate: act.dueDate, dueSince: at };
    case 'answered':
      return { ...state, answer: { text: act.text, at, by }, status: state.bottleneck ? 'open' : 'answered' };
    case 'withdrawn':
      return { ...state, status: 'withdrawn' };
    case 'closed':
      return { ...state, status: 'closed', movement: act.movement };
    case 'rung':
      return { ...state, rungs: [...state.rungs, rungKey(act.rung, act.dueDate)] };
  }
}

/** Who acts, as far as the rules ask. */
interface Acting {
  readonly role: string;
  readonly agency: string | null;
}

/** A working day, today or later: refuses `VALIDATION_FAILED` otherwise, `CALENDAR_UNKNOWN` beyond what is published. */
function requireDate(law: Law, now: Instant, dueDate: PlainDate): void {
  const today = dateOf(now);
  if (dueDate < today) refuse('VALIDATION_FAILED', { field: 'dueDate', notBefore: today });
  if (!isWorkingDay(law.caseCalendar, dueDate)) refuse('VALIDATION_FAILED', { field: 'dueDate', workingDay: false });
}

const requireLeader = ({ role }: Acting): void => {
  if (role !== 'leader') refuse('FORBIDDEN', { role });
};

const requireOpen = ({ status }: InstructionState): void => {
  if (status !== 'open') refuse('TASK_CLOSED', { status });
};

/**
 * Whether this act may follow. Refuses `FORBIDDEN`, `AGENCY_NOT_COMMANDED`, `VALIDATION_FAILED` (a date that is past or no working day, words that are missing),
 * `TASK_CLOSED` for one that has ended, `PRECONDITION_FAILED` where a figure is to close it that has not moved.
 */
export function requireAct(
  state: InstructionState | undefined,
  act: Exclude<InstructionAct, { kind: 'rung' }>,
  by: Acting,
  law: Law,
  now: Instant,
): void {
  if (act.kind === 'given') {
    requireLeader(by);
    if (!law.commandedByCity(act.agency)) refuse('AGENCY_NOT_COMMANDED', { agency: act.agency });
    requireExisting(law, act.agency);
    return requireDate(law, now, act.dueDate);
  }
  if (!state) return refuse('NOT_FOUND');
  // What was told to an agency that was merged is answered by the one that took its place.
  const holder = law.successorOf(state.agency);
  switch (act.kind) {
    case 'moved':
      requireLeader(by);
      requireOpen(state);
      return requireDate(law, now, act.dueDate);
    case 'withdrawn':
      requireLeader(by);
      return requireOpen(state);
    case 'answered':
      if (by.role !== 'head' || by.agency !== holder) refuse('FORBIDDEN', { agency: holder });
      requireOpen(state);
      if (state.answer) refuse('DUPLICATE_REQUEST');
      return;
    case 'closed':
      if (by.role !== 'leader' && by.agency !== holder) refuse('FORBIDDEN', { agency: holder });
      requireOpen(state);
      if (!state.bottleneck) refuse('PRECONDITION_FAILED', { bottleneck: null });
      if (act.movement.by <= 0) refuse('PRECONDITION_FAILED', { figureMoved: act.movement.by });
      return;
  }
}

/** The rungs of the City's ladder of such work that have not fired, each with its instant; none once it has ended. */
export function rungsAhead(
  state: InstructionState,
  law: Law,
): { readonly rung: Rung; readonly at: Instant; readonly dueDate: PlainDate }[] {
  const { status, dueDate, dueSince, givenAt, rungs } = state;
  if (status !== 'open') return [];
  return law.settings.ladders.task.flatMap((rung) => {
    const at = rungs.includes(rungKey(rung.code, dueDate))
      ? undefined
      : rungInstant(law.caseCalendar, rung, { openedAt: givenAt, dueSince, dueDate });
    return at === undefined ? [] : [{ rung, at, dueDate }];
  });
}

/** Of these, what has fallen by now. */
export const rungsDue = (state: InstructionState, law: Law, now: Instant) =>
  rungsAhead(state, law).filter(({ at }) => millisecondsOf(at) <= millisecondsOf(now));
