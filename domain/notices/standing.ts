import { ifPublished } from '../time/calendar.js';
import type { Law } from '../law/law.js';
import type { CaseState } from '../case/state.js';
import type { ProcedureState } from '../case/procedure/state.js';
import type { TaskState } from '../case/task/state.js';
import type { ProjectFacts } from '../law/procedure.js';
import { readTerm, termsOf } from '../case/promise/terms.js';
import type { Instant } from '../time/instants.js';
import type { Standing, TrialStanding } from './kinds.js';

export const isOpen = ({ status }: TaskState): boolean => status !== 'done' && status !== 'cancelled';

/**
 * Who holds the file at that moment and the days left, of one procedure; where none is named, of the open one that is due first (or else of the one
 * that waits for the investor).
 */
export function standingOf(state: CaseState, procedure: string | null, law: Law, at: Instant): Standing {
  const over: Standing = { holder: 'nobody', days: null, unit: null, date: null };
  if (state.closed) return over;
  const attempts = Object.values(state.procedures).filter((one) => procedure === null || one.procedure === procedure);
  const open = attempts.filter((one) => one.closed === null).map((one) => standingOfOne(one, state.facts, law, at));
  if (open.length === 0) return procedure === null ? { ...over, holder: law.receivingAgency } : over;
  const order = (one: Standing) => one.date ?? (one.holder === 'investor' ? '9998' : '9999');
  return open.reduce((first, one) => (order(one) < order(first) ? one : first));
}

function standingOfOne(procedure: ProcedureState, facts: ProjectFacts, law: Law, at: Instant): Standing {
  const held = (holder: string): Standing => ({ holder, days: null, unit: null, date: null });
  const open = Object.values(procedure.tasks).filter(isOpen);
  const agency = open[0]?.agency ?? procedure.handlingAgency;
  if (procedure.ledger.length === 0) {
    if (procedure.stage === 'intake') return held(open[0]?.agency ?? law.receivingAgency);
    return held(procedure.startsFrom === 'prior-decision' ? agency : 'investor');
  }
  const reading = readingOf(procedure, facts, law, at);
  if (!reading || reading.state === 'stopped') return held(agency);
  const { remaining: days, budget, dueDate, dueIfReturned } = reading;
  const away = reading.state === 'suspended';
  return { holder: away ? 'investor' : agency, days, unit: budget.unit, date: away ? dueIfReturned : dueDate };
}

/** Undefined where the calendar does not reach that far: no figure is better than a guessed one. */
function readingOf(procedure: ProcedureState, facts: ProjectFacts, law: Law, at: Instant) {
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, facts);
  return ifPublished(() => readTerm(law.calendar(procedure.calendar), termsOf(resolved, procedure).printed, at));
}

/** Of a trial that was admitted; undefined before that, and in a case that is none. */
export function trialStandingOf({ trial }: CaseState): TrialStanding | undefined {
  if (!trial || trial.phase === 'admission') return undefined;
  const { phase, until, transitionUntil } = trial;
  const last = phase === 'transition' ? transitionUntil : phase === 'ended' || phase === 'over' ? null : until;
  return { phase, until: last };
}
