import type { Calendar } from '../time/calendar.js';
import type { Catalogue } from '../law/catalogue.js';
import type { Budget, ClockEntry, ClockReading, KnownReading } from '../time/clock.js';
import type { Law } from '../law/law.js';
import type { CaseState } from '../case/state.js';
import { factsBehind } from '../case/procedure/state.js';
import type { ProcedureState } from '../case/procedure/state.js';
import type { CarriedFiling } from './carried.js';
import { type CaseMeasures, measureCase } from './days.js';
import type { ResolvedProcedure } from '../law/procedure.js';
import { onReturnOf, readKnownTerm, stepTermOf, type Term, termsOf } from '../case/promise/terms.js';
import type { Instant, PlainDate } from '../time/instants.js';

/** One budget over the ledger, as it stands. */
export interface TermReading {
  readonly budget: Budget;
  /** Before any extension. */
  readonly base: Budget;
  readonly dueDate: PlainDate | null;
  readonly dueIfReturned: PlainDate | null;
  readonly remaining: number;
  readonly breachedOn: PlainDate | null;
}

/** One clock of the case: what was written into its ledger and what it shows, by every term that is read from it. */
export interface LedgerOfProcedure {
  readonly procedure: string;
  readonly attempt: number;
  readonly agency: string;
  readonly calendar: string;
  readonly entries: readonly ClockEntry[];
  /** The law's term. */
  readonly clock: KnownReading;
  readonly printed: 'statutory' | 'promised';
  /** Without promise and ambition for a trial. */
  readonly terms: Readonly<
    Record<'statutory' | 'printed', TermReading> & Record<'promised' | 'ambition', TermReading | null>
  >;
  /** Steps that were begun and have a share of the budget. */
  readonly steps: readonly (TermReading & { readonly step: string; readonly state: ClockReading['state'] })[];
}

type Comparing = 'milestone' | 'baseline' | 'baselineDays' | 'byLaw';

/** Where the days went: the path with its holders, and every ledger behind it. */
export interface CaseLedger {
  /** A trial is measured against no baseline. */
  readonly measures: Omit<CaseMeasures, Comparing> & {
    readonly [Field in Comparing]: CaseMeasures[Field] | null;
  };
  readonly procedures: readonly LedgerOfProcedure[];
}

/** The ledger of a case as of `now`, as far as the calendar reaches. Pure. */
export function ledgerOf(
  state: CaseState,
  law: Law,
  catalogue: Catalogue,
  now: Instant,
  carried: readonly CarriedFiling[] = [],
): CaseLedger {
  const commandedByCity = (agency: string): boolean => catalogue.agencies.get(agency)?.commandedByCity ?? false;
  const measures = measureCase({ state, calendar: catalogue.calendar, commandedByCity, asOf: now, carried });
  return {
    measures:
      state.kind === 'sandbox'
        ? { ...measures, milestone: null, baseline: null, baselineDays: null, cityBaselineDays: null, byLaw: null }
        : measures,
    procedures: Object.values(state.procedures)
      .filter(({ ledger }) => ledger.length > 0)
      .map((procedure) => ledgerOfProcedure(procedure, state, law, now)),
  };
}

function ledgerOfProcedure(one: ProcedureState, state: CaseState, law: Law, now: Instant): LedgerOfProcedure {
  const { procedure, attempt, handlingAgency, version, ledger, printed } = one;
  const resolved = law.procedureVersion(procedure, version, factsBehind(state, one));
  const calendar = law.calendar(one.calendar);
  const terms = termsOf(one);
  const read = (term: Term) => readKnownTerm(calendar, term, now, onReturnOf(resolved, one));
  const show = (term: Term) => shown(read(term), term);
  return {
    procedure,
    attempt,
    agency: handlingAgency,
    calendar: one.calendar,
    entries: ledger,
    clock: read(terms.statutory),
    printed,
    terms: {
      statutory: show(terms.statutory),
      promised: state.kind === 'sandbox' ? null : show(terms.promised),
      ambition: state.kind === 'sandbox' ? null : show(terms.ambition),
      printed: show(terms.printed),
    },
    steps: [...stepReadings(one, resolved, calendar, now)],
  };
}

function* stepReadings(
  procedure: ProcedureState,
  resolved: ResolvedProcedure,
  calendar: Calendar,
  now: Instant,
): Generator<LedgerOfProcedure['steps'][number]> {
  for (const { code: step } of resolved.steps) {
    const term = stepTermOf(resolved, procedure, step);
    if (!term) continue;
    const reading = readKnownTerm(calendar, term, now, onReturnOf(resolved, procedure));
    yield { step, state: reading.state, ...shown(reading, term) };
  }
}

const shown = (
  { budget, dueDate, dueIfReturned, remaining, breachedOn }: ClockReading,
  { budget: base }: Term,
): TermReading => ({
  budget,
  base,
  dueDate,
  dueIfReturned,
  remaining,
  breachedOn,
});
