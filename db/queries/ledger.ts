import { type Catalogue } from '../../domain/catalogue.js';
import { type ClockEntry, type ClockReading, readClock } from '../../domain/clock.js';
import { type Law } from '../../domain/case/law.js';
import { type CaseState } from '../../domain/case/state.js';
import { type CaseMeasures, measureCase } from '../../domain/measures.js';
import { type Instant, laterOf } from '../../domain/time.js';

/** One clock of the case: what was written into its ledger and what it shows. */
export interface LedgerOfProcedure {
  readonly procedure: string;
  readonly attempt: number;
  readonly agency: string;
  readonly calendar: string;
  readonly entries: readonly ClockEntry[];
  readonly clock: ClockReading;
}

/** Where the days went: the path with its holders, and every ledger behind it. */
export interface CaseLedger {
  readonly measures: CaseMeasures;
  readonly procedures: readonly LedgerOfProcedure[];
}

/** The ledger of a case as of `now`. Pure; refuses `CALENDAR_UNKNOWN` outside the calendar. */
export function ledgerOf(state: CaseState, law: Law, catalogue: Catalogue, now: Instant): CaseLedger {
  const commandedByCity = (agency: string): boolean => catalogue.agencies.get(agency)?.commandedByCity ?? false;
  return {
    measures: measureCase({ state, calendar: catalogue.calendar, commandedByCity, asOf: now }),
    procedures: Object.values(state.procedures)
      .filter(({ ledger }) => ledger.length > 0)
      .map(({ procedure, attempt, handlingAgency, calendar, ledger, budget }) => ({
        procedure,
        attempt,
        agency: handlingAgency,
        calendar,
        entries: ledger,
        clock: readClock(law.calendar(calendar), budget, ledger, laterOf(now, ledger.at(-1)?.at ?? now)),
      })),
  };
}
