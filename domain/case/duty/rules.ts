import { refuse } from '../../errors.js';
import { dutyDate } from '../../law/duty-dates.js';
import { addWorkingDays, ifPublished } from '../../time/calendar.js';
import { dateOf, type Instant, type PlainDate } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import { movesDuties } from '../event-table.js';
import type { CaseEvent } from '../events.js';
import type { Words } from '../words.js';
import { firstDate, metBy, owedIn, type Owed } from './owed.js';
import { severalInvestors } from './words.js';
import { caseScope } from '../scope.js';
import type { DutyState } from './state.js';
import { shown } from './evidence.js';
import { person } from '../person.js';
import { metByItsAct } from '../trial/duty-kinds.js';

/**
 * What the law demands beside approvals begins to run with what it hangs on, and is met by itself where the register shows it done. Each once; a date
 * that no published calendar reaches waits for the calendar.
 */
export function incurDuties(draft: Draft, events: readonly CaseEvent[], at: Instant): void {
  const { state, law } = draft;
  if (!state.managed || state.kind !== 'green-lane' || state.withdrawnAt !== null) return;
  if (!events.some(({ type }) => movesDuties(type))) return;
  for (const owed of owedIn(state, law)) {
    if (owed.id in state.duties) continue;
    const dueDate = owed.definition.window ? contested(draft, owed, at) : firstDate(state, law, owed);
    if (dueDate !== undefined) incur(draft, owed, owed.id, dueDate, at);
  }
  for (const duty of Object.values(state.duties)) {
    const evidence = duty.metAt === null ? metBy(state, duty) : undefined;
    if (evidence !== undefined) meet(draft, duty, evidence, at);
  }
}

/** Opens the next time of a duty that comes round. */
export function incur(draft: Draft, owed: Owed, id: string, dueDate: PlainDate | null, at: Instant): void {
  const { scope, agency, definition } = owed;
  const { code, on } = definition;
  draft.emit('dutyIncurred', caseScope(draft.state.code), { duty: id, code, scope, on, agency, dueDate }, at);
}

/** NĐ 96/2026, Điều 33: only where another valid dossier for the same site came within the days of the window. */
function contested({ law, neighbours }: Draft, owed: Owed, at: Instant): PlainDate | undefined {
  const { window, due, code } = owed.definition;
  if (!window || due === null || code !== severalInvestors) return undefined;
  const received = owed.procedure?.receivedAt ?? null;
  const first = neighbours.map(({ since }) => dateOf(since)).sort()[0];
  if (received === null || first === undefined) return undefined;
  const calendar = law.calendar(owed.calendar);
  // Beyond the calendar nobody knows when the window closes: the duty waits for the document.
  const closes = ifPublished(() => addWorkingDays(calendar, first, window.amount));
  if (closes === undefined || dateOf(at) > closes) return undefined;
  return dutyDate(calendar, due, first) ?? undefined;
}

/** Whoever owes it says that it is done, and shows it: the investor's side its own, the agency its own. A late one is recorded as late. */
export function meetDuty(draft: Draft, id: string, evidence: string | null): void {
  const { role, agency } = person(draft);
  const duty = draft.state.duties[id] ?? refuse('NOT_FOUND', { duty: id });
  const owes =
    duty.on === 'investor'
      ? role === 'investor' || role === 'representative'
      : (role === 'officer' || role === 'head') && agency === duty.agency;
  if (!owes) refuse('FORBIDDEN', { duty: id, on: duty.on, agency: duty.agency });
  if (duty.metAt !== null) refuse('DUTY_CLOSED', { duty: id, metAt: duty.metAt });
  if (metByItsAct.has(duty.code)) refuse('PRECONDITION_FAILED', { duty: id, metBy: duty.code });
  meet(draft, duty, shown(draft, evidence));
}

/** Records that a duty is done, late where its date is over. */
export function meet(draft: Draft, { id, dueDate }: DutyState, evidence: Words | null, at = draft.now): void {
  const late = dueDate !== null && dateOf(at) > dueDate;
  draft.emit('dutyMet', caseScope(draft.state.code), { duty: id, evidence, late }, at);
}
