import { refuse } from '../../errors.js';
import { countDays, type Calendar } from '../../time/calendar.js';
import { readClock, type Budget, type ClockEntry } from '../../time/clock.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import { readTerm, termsOf } from '../promise/terms.js';
import { latestAttempt } from '../procedure/state.js';
import { endOf } from '../supplement/rules.js';

/** The head of the competent agency gives more time: as often and as much as the law allows, before the breach. */
export function extendClock(draft: Draft, code: string, days: number, reason: string): void {
  const procedure = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const { by, now } = draft;
  if (by.kind !== 'person' || by.role !== 'head' || by.agency !== procedure.competentAgency) refuse('FORBIDDEN');
  if (procedure.stage !== 'processing') refuse('PRECONDITION_FAILED', { stage: procedure.stage });
  const resolved = draft.resolved(procedure);
  const { maxExtensions, extensionMax } = resolved.clockPolicy;
  const { budget, ledger } = procedure;
  if (procedure.extensions >= maxExtensions)
    refuse('EXTENSION_LIMIT', { granted: procedure.extensions, max: maxExtensions });
  const calendar = draft.law.calendar(procedure.calendar);
  if (readClock(calendar, budget, ledger, now).breachedOn !== null) refuse('BREACHED');
  const max = extensionMax === null ? budget.amount : longest(calendar, extensionMax, budget, dateOf(now));
  if (!Number.isInteger(days) || days < 1 || days > max) refuse('EXTENSION_LIMIT', { days, maxDays: max });
  const extended: ClockEntry[] = [...ledger, { type: 'extend', at: now, days }];
  const statutory = readClock(calendar, budget, extended, now);
  const printed = readTerm(calendar, { ...termsOf(resolved, procedure).printed, ledger: extended }, now);
  // A printed term that was missed already gets no new date; the law's own term does.
  const after = printed.breachedOn === null ? printed : statutory;
  draft.emit('extensionGranted', procedure.scope, {
    days,
    reason: draft.seal(reason),
    dueDate: after.dueDate ?? after.dueIfReturned ?? refuse('CLOCK_HISTORY_INVALID'),
  });
}

/** The longest extension in days of the clock's own unit. Where the law counts otherwise it is laid on the calendar from today. */
function longest(calendar: Calendar, max: Budget, { unit }: Budget, today: PlainDate): number {
  if (max.unit === unit) return max.amount;
  return countDays(calendar, unit, today, endOf(calendar, today, max.amount, max.unit));
}
