import type { CaseState } from '../case/state.js';
import type { ProcedureState } from '../case/procedure/state.js';
import type { TaskState } from '../case/task/state.js';
import { readKnownTerm, termsOf } from '../case/promise/terms.js';
import type { CaseOutcome, Lane } from '../case/case/words.js';
import { measuredLane } from '../measures/lane.js';
import type { Law } from '../law/law.js';
import { isWorkingDay } from '../time/calendar.js';
import { civilTime, dateOf, type Instant } from '../time/instants.js';

/**
 * What one case shows of how it was handled, as far as questions of integrity are asked of it: who did what when, by ids alone. Nothing in it judges anybody.
 */
export type Conduct =
  /** More was asked of the investor: form 02 at the counter, or a notice. `left`: days of the term that were left. */
  | {
      readonly kind: 'asked';
      readonly procedure: string;
      readonly attempt: number;
      readonly agency: string;
      readonly person: string | null;
      readonly at: Instant;
      readonly stops: boolean;
      readonly left: number | null;
      /** What was asked for: the ids of the words, or the words themselves in events of before; not known of form 02. */
      readonly items: readonly string[];
    }
  /** A step was taken by somebody; `queued`: when it came. */
  | {
      readonly kind: 'taken';
      readonly procedure: string;
      readonly step: string;
      readonly agency: string;
      readonly person: string;
      readonly queuedAt: Instant;
      readonly at: Instant;
      readonly lane: Lane;
    }
  /** `left`: days of the term that were left on the day of the decision; 0: its last day. */
  | {
      readonly kind: 'decided';
      readonly procedure: string;
      readonly agency: string;
      readonly person: string | null;
      readonly at: Instant;
      readonly term: number;
      readonly left: number | null;
    }
  /** The whole case came to its end; `site` null: no lot is named. */
  | { readonly kind: 'ended'; readonly site: string | null; readonly outcome: CaseOutcome; readonly at: Instant }
  /** Work was finished; `afterHours`: when nobody is expected at a desk. */
  | {
      readonly kind: 'finished';
      readonly agency: string;
      readonly person: string;
      readonly at: Instant;
      readonly afterHours: boolean;
    };

/** Everything of one case; the same whenever it is asked. */
export function conductOf(state: CaseState, law: Law): Conduct[] {
  if (state.kind === 'sandbox') return [];
  const lane = measuredLane(state, law).lane ?? state.lane;
  const { closed, site } = state;
  const ended: Conduct[] = closed ? [{ kind: 'ended', site, outcome: closed.outcome, at: closed.at }] : [];
  const ofProcedures = Object.values(state.procedures).flatMap((procedure) => [
    ...asked(procedure, law),
    ...taken(procedure, lane),
    ...decided(procedure, law),
    ...finished(procedure, law),
  ]);
  return [...ofProcedures, ...ended];
}

const leftAt = (procedure: ProcedureState, law: Law, at: Instant): number | null => {
  const { ledger } = procedure;
  const before = ledger.filter((entry) => Date.parse(entry.at) < Date.parse(at));
  if (before.length === 0) return null;
  const { statutory } = termsOf({ ...procedure, ledger: before });
  return Math.max(0, readKnownTerm(law.calendar(procedure.calendar), statutory, at).remaining);
};

function* asked(procedure: ProcedureState, law: Law): Generator<Conduct> {
  const { procedure: code, attempt, handlingAgency, supplements, completions, tasks } = procedure;
  const of = { kind: 'asked', procedure: code, attempt } as const;
  for (const { requestedAt: at } of completions) {
    const intake = Object.values(tasks).find(({ kind, completedAt }) => kind === 'intake' && completedAt === at);
    const by = { agency: law.receivingAgency, person: intake?.completedBy ?? null };
    yield { ...of, ...by, at, stops: false, left: null, items: [] };
  }
  for (const { requestedAt: at, taskId, status, suspends, items: words } of supplements) {
    if (status === 'withdrawn') continue;
    const task = tasks[taskId];
    const by = { agency: handlingAgency, person: task?.completedBy ?? task?.claimedBy ?? null };
    const items = words.map((one) => (typeof one === 'string' ? one : one.id));
    yield { ...of, ...by, at, stops: suspends, left: suspends ? leftAt(procedure, law, at) : null, items };
  }
}

const isTaken = (task: TaskState): task is TaskState & { readonly claimedAt: Instant; readonly completedBy: string } =>
  task.status === 'done' && task.kind === 'step' && task.claimedAt !== null && task.completedBy !== null;

const taken = ({ procedure, tasks }: ProcedureState, lane: Lane): Conduct[] =>
  Object.values(tasks)
    .filter(isTaken)
    .map(({ step, agency, completedBy: person, openedAt: queuedAt, claimedAt: at }) => ({
      kind: 'taken',
      ...{ procedure, step: step ?? '', agency, person, queuedAt, at, lane },
    }));

function* decided(procedure: ProcedureState, law: Law): Generator<Conduct> {
  const { decision, handlingAgency: agency, budget } = procedure;
  if (!decision) return;
  const { at, by: person } = decision;
  const left = leftAt(procedure, law, at);
  yield { kind: 'decided', procedure: procedure.procedure, agency, person, at, term: budget.amount, left };
}

function* finished({ tasks, calendar: code }: ProcedureState, law: Law): Generator<Conduct> {
  for (const { status, completedAt: at, completedBy: person, agency } of Object.values(tasks)) {
    if (status !== 'done' || at === null || person === null) continue;
    yield { kind: 'finished', agency, person, at, afterHours: isAfterHours(law, code, at) };
  }
}

const graceMinutes = 120;
const minuteOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Later or earlier than anybody stays at a desk: two hours beyond the office's own, or on a day off. */
function isAfterHours(law: Law, code: string, at: Instant): boolean {
  const calendar = law.calendar(code);
  const day = dateOf(at);
  if (!calendar.positions.has(day)) return false;
  if (!isWorkingDay(calendar, day)) return true;
  const { officeHours } = calendar.data;
  const minute = minuteOf(civilTime(at));
  const [opens, closes] = [minuteOf(officeHours[0]?.from ?? '00:00'), minuteOf(officeHours.at(-1)?.to ?? '24:00')];
  return minute < opens - graceMinutes || minute >= closes + graceMinutes;
}
