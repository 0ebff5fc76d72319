import { ifPublished } from '../time/calendar.js';
import type { Law } from '../law/law.js';
import type { CaseState } from '../case/state.js';
import { desksOf } from '../case/procedure/holder.js';
import type { ProcedureState } from '../case/procedure/state.js';
import { readTerm, termsOf } from '../case/promise/terms.js';
import type { Instant } from '../time/instants.js';
import type { HolderNow, TrialNow } from './kinds.js';

/**
 * Where the file of one procedure lies at that moment and the days left; where none is named, of the open one that is due first (or else of the one that waits for
 * the investor). Whose file it is, `desksOf` says; a letter names one desk: where several are busy, or only the engine, the one that answers for the procedure.
 */
export function holderNow(state: CaseState, procedure: string | null, law: Law, at: Instant): HolderNow {
  const over: HolderNow = { holder: 'nobody', days: null, unit: null, date: null };
  if (state.closed) return over;
  const attempts = Object.values(state.procedures).filter((one) => procedure === null || one.procedure === procedure);
  const open = attempts.filter((one) => one.closed === null).map((one) => holderOfOne(state, one, law, at));
  if (open.length === 0) return procedure === null ? { ...over, holder: law.receivingAgency } : over;
  const order = (one: HolderNow) => one.date ?? (one.holder === 'investor' ? '9998' : '9999');
  return open.reduce((first, one) => (order(one) < order(first) ? one : first));
}

function holderOfOne(state: CaseState, procedure: ProcedureState, law: Law, at: Instant): HolderNow {
  const holder = deskOf(state, procedure, law, at);
  const untimed: HolderNow = { holder, days: null, unit: null, date: null };
  if (procedure.ledger.length === 0) return untimed;
  const reading = readingOf(procedure, law, at);
  if (!reading || reading.state === 'stopped') return untimed;
  const { remaining: days, budget, dueDate, dueIfReturned } = reading;
  return { holder, days, unit: budget.unit, date: reading.state === 'suspended' ? dueIfReturned : dueDate };
}

function deskOf(state: CaseState, procedure: ProcedureState, law: Law, at: Instant): string {
  const item = state.plan.find((one) => one.procedure === procedure.procedure);
  const [desk, ...others] = item ? desksOf(state, law, item, procedure, at) : [];
  return desk === undefined || desk === 'system' || others.length > 0 ? procedure.handlingAgency : desk;
}

/** Undefined where the calendar does not reach that far: no figure is better than a guessed one. */
function readingOf(procedure: ProcedureState, law: Law, at: Instant) {
  return ifPublished(() => readTerm(law.calendar(procedure.calendar), termsOf(procedure).printed, at));
}

/** Of a trial that was admitted; undefined before that, and in a case that is none. */
export function trialNow({ trial }: CaseState): TrialNow | undefined {
  if (!trial || trial.phase === 'admission') return undefined;
  const { phase, until, transitionUntil } = trial;
  const last = phase === 'transition' ? transitionUntil : phase === 'ended' || phase === 'over' ? null : until;
  return { phase, until: last };
}
