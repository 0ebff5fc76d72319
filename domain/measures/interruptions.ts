import { countWorkingDays, ifPublished } from '../time/calendar.js';
import { effectiveEntries } from '../time/clock.js';
import { dateOf, type Instant } from '../time/instants.js';
import type { CaseState } from '../case/state.js';
import type { Law } from '../law/law.js';
import type { AgencyFact } from './agency-facts.js';

/** What stops or moves a clock, or comes after what it measured: none of it improves a figure unseen. */
export const interruptions = [
  'suspension',
  'counter-return',
  'reception-refused',
  'extension',
  'result-corrected',
] as const;
export type Interruption = (typeof interruptions)[number];

/** What was stopped, sent back, extended, or put right once it was issued, by whom; each request once. */
export function interruptionsOf(state: CaseState, law: Law): AgencyFact[] {
  return Object.values(state.procedures).flatMap((procedure) => {
    const { supplements, completions, receptionRefusedAt, resultChanges, ledger, handlingAgency, competentAgency } =
      procedure;
    const calendar = law.calendar(procedure.calendar);
    const fact = (kind: Interruption, agency: string, at: Instant, more: Partial<AgencyFact> = {}): AgencyFact => ({
      kind,
      agency,
      on: dateOf(at),
      class: null,
      days: null,
      ground: null,
      result: null,
      ...more,
    });
    const suspended = (from: Instant, to: Instant | null): number | null =>
      to === null ? null : (ifPublished(() => countWorkingDays(calendar, dateOf(from), dateOf(to))) ?? null);
    return [
      ...completions.map(({ requestedAt }) => fact('counter-return', law.receivingAgency, requestedAt)),
      ...(receptionRefusedAt === null ? [] : [fact('reception-refused', law.receivingAgency, receptionRefusedAt)]),
      ...supplements.flatMap(({ suspends, ground, requestedAt, endedAt, status }) =>
        suspends && status !== 'withdrawn'
          ? [fact('suspension', handlingAgency, requestedAt, { ground, days: suspended(requestedAt, endedAt) })]
          : [],
      ),
      ...(resultChanges ?? []).flatMap(({ change, outcome, decidedAt }) =>
        change === 'correction' && outcome === 'issued' && decidedAt !== null
          ? [fact('result-corrected', handlingAgency, decidedAt)]
          : [],
      ),
      ...effectiveEntries(ledger).flatMap(({ type, at, days }) =>
        type === 'extend' ? [fact('extension', competentAgency, at, { days: days ?? null })] : [],
      ),
    ];
  });
}
