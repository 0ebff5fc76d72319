import type { TrialDuty } from './duty-kinds.js';
import { dateOf, type Instant, type PlainDate } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import { caseScope } from '../scope.js';
import type { DutyState } from '../duty/state.js';
import { meet } from '../duty/rules.js';
import { trialOf } from './parties.js';

/** Opens a duty of the trial; of the supervisor where it is a visit. */
export function openTrialDuty(
  draft: Draft,
  duty: string,
  code: TrialDuty,
  dueDate: PlainDate,
  at: Instant = draft.now,
): void {
  const scope = caseScope(draft.state.code);
  const agency = code === 'supervision-visit' ? trialOf(draft).supervises : null;
  const on = agency === null ? 'investor' : 'agency';
  draft.emit('dutyIncurred', scope, { duty, code, scope, on, agency, dueDate }, at);
}

/** Open duties of that kind, the earliest first. */
export const openDuties = ({ state }: Draft, code: TrialDuty): DutyState[] =>
  Object.values(state.duties)
    .filter((duty) => duty.code === code && duty.metAt === null)
    .sort((a, b) => ((a.dueDate ?? '') < (b.dueDate ?? '') ? -1 : 1));

/** The earliest open duty of that kind is done; where none is open, nothing is. */
export function meetEarliest(draft: Draft, code: TrialDuty, evidence: string): void {
  const [duty] = openDuties(draft, code);
  if (duty) meet(draft, duty, evidence);
}

/** What is owed no more, since the trial has ended before its date. What was missed before stays missed. */
export function dropDuties(draft: Draft, codes: readonly TrialDuty[], at: Instant): void {
  for (const { id: duty, missed } of codes.flatMap((code) => openDuties(draft, code))) {
    if (!missed) draft.emit('dutyDropped', caseScope(draft.state.code), { duty }, at);
  }
}

/** The end has moved, and with it the date of an open duty. */
export function moveDuty(draft: Draft, duty: DutyState, dueDate: PlainDate): void {
  if (duty.dueDate === dueDate || dueDate < dateOf(draft.now)) return;
  draft.emit('dutyMoved', caseScope(draft.state.code), { duty: duty.id, dueDate });
}
