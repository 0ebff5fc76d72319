import { refuse } from '../../errors.js';
import { countDays, type Calendar } from '../../time/calendar.js';
import { readClock, effectiveEntries, type Budget, type ClockEntry } from '../../time/clock.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import { readKnownTerm, readTerm, termsOf } from '../promise/terms.js';
import { latestAttempt } from '../procedure/state.js';
import { endOf } from '../supplement/rules.js';

/** The procedure whose term the head of the competent agency may still extend, before the breach, and by how many days of its unit at most. */
export function requireExtension(draft: Draft, code: string) {
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const { by, now } = draft;
  if (by.kind !== 'person' || by.role !== 'head' || by.agency !== procedure.competentAgency) refuse('FORBIDDEN');
  if (procedure.stage !== 'processing') refuse('PRECONDITION_FAILED', { stage: procedure.stage });
  const resolved = draft.resolved(procedure);
  const { maxExtensions, extensionMax } = resolved.clockPolicy;
  const { budget, ledger } = procedure;
  // Without a clause that says how long there is no extension.
  const allowed = extensionMax === null ? 0 : maxExtensions;
  if (extensionMax === null || procedure.extensions >= allowed)
    return refuse('EXTENSION_LIMIT', { granted: procedure.extensions, max: allowed });
  const calendar = draft.law.calendar(procedure.calendar);
  if (readClock(calendar, budget, ledger, now).breachedOn !== null) refuse('BREACHED');
  return { procedure, calendar, max: longest(calendar, extensionMax, budget, dateOf(now)) };
}

/** The head of the competent agency gives more time: as often and as much as the law allows, before the breach. */
export function extendClock(draft: Draft, code: string, days: number, reason: string): void {
  const { procedure, calendar, max } = requireExtension(draft, code);
  const { budget, ledger } = procedure;
  const { now } = draft;
  if (!Number.isInteger(days) || days < 1 || days > max) refuse('EXTENSION_LIMIT', { days, maxDays: max });
  const extended: ClockEntry[] = [...ledger, { type: 'extend', at: now, days }];
  const statutory = readClock(calendar, budget, extended, now);
  const printed = readTerm(calendar, { ...termsOf(procedure).printed, ledger: extended }, now);
  // A printed term that was missed already gets no new date; the law's own term does.
  const after = printed.breachedOn === null ? printed : statutory;
  draft.emit('extensionGranted', procedure.scope, {
    days,
    reason: draft.seal(reason),
    dueDate: after.dueDate ?? after.dueIfReturned ?? refuse('CLOCK_HISTORY_INVALID'),
  });
}

/** An extension that should not have been granted is taken back by the head: the date is what it was before, also where that is past. */
export function withdrawExtension(draft: Draft, code: string, reason: string): void {
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const { by, now, law } = draft;
  if (by.kind !== 'person' || by.role !== 'head' || by.agency !== procedure.competentAgency) refuse('FORBIDDEN');
  if (procedure.stage !== 'processing') refuse('PRECONDITION_FAILED', { stage: procedure.stage });
  const last = effectiveEntries(procedure.ledger).findLast(({ type }) => type === 'extend');
  if (!last || procedure.extensions === 0) return refuse('PRECONDITION_FAILED', { extensions: procedure.extensions });
  const ledger: ClockEntry[] = [...procedure.ledger, { type: 'annul-extension', at: now }];
  const { printed } = termsOf({ ...procedure, ledger });
  const { dueDate, dueIfReturned } = readKnownTerm(law.calendar(procedure.calendar), printed, now);
  draft.emit('extensionWithdrawn', procedure.scope, {
    days: last.days ?? 0,
    reason: draft.seal(reason),
    dueDate: dueDate ?? dueIfReturned,
  });
}

/** The longest extension in days of the clock's own unit. Where the law counts otherwise it is laid on the calendar from today. */
function longest(calendar: Calendar, max: Budget, { unit }: Budget, today: PlainDate): number {
  if (max.unit === unit) return max.amount;
  return countDays(calendar, unit, today, endOf(calendar, today, max.amount, max.unit));
}
