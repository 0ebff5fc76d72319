import { countWorkingDays, lastCovered, type Calendar } from '../time/calendar.js';
import { longestChain } from '../law/pathway-network.js';
import { addDays, dateOf, laterOf, startOf, type Instant, type PlainDate } from '../time/instants.js';
import type { PlanItem } from '../case/case/words.js';
import type { CaseState } from '../case/state.js';
import type { ProcedureState } from '../case/procedure/state.js';
import { holdersAt, holdingsOf } from '../case/procedure/holder.js';
import { classOf } from './holders.js';
import { orderOfWork } from './order.js';
import { fourDecimals } from './reduction.js';
import { weightsOf } from './weights.js';

interface Measuring {
  readonly state: CaseState;
  readonly calendar: Calendar;
  readonly commandedByCity: (agency: string) => boolean;
  readonly asOf: Instant;
}

const networkOf = (items: readonly PlanItem[]) => items.map(({ procedure, after }) => ({ procedure, after }));

/**
 * The longest chain of dates that the City held along the order of the plan, up to the procedures that `ends` names: in every attempt, at the counter, while the
 * clock ran and until the result was handed over, whoever was asked on the way. A procedure of a body that the City does not command weighs nothing.
 */
export function cityChain(
  measuring: Measuring,
  ends: ReadonlySet<string>,
  through: PlainDate,
): { days: number; path: readonly string[] } {
  const { days, path } = longestChain(
    networkOf(orderOfWork(measuring.state)),
    (procedure) => cityDaysOf(measuring, procedure, through),
    ends,
  );
  return { days: fourDecimals(days), path };
}

function cityDaysOf({ state, calendar, commandedByCity, asOf }: Measuring, code: string, through: PlainDate): number {
  const attempts = Object.values(state.procedures).filter((one) => one.procedure === code && one.cityControlled);
  if (attempts.length === 0) return 0;
  const holdings = holdingsOf(state, code);
  const weigh = weightsOf(state, calendar, code, asOf);
  let days = 0;
  for (const attempt of attempts) {
    const span = heldFrom(attempt);
    if (span === null) continue;
    const end = attempt.closed ? dateOf(attempt.closed.at) : through;
    const termEnd = attempt.ledger.find(({ type }) => type === 'stop')?.at ?? null;
    for (let day = addDays(dateOf(span), 1); day <= end && day <= through; day = addDays(day, 1)) {
      const [holder] = holdersAt(holdings, startOf(day));
      if (holder.kind === 'investor') continue;
      // Within its term the agency answers for whomever it asks; what another body does with the result is that body's.
      const over = termEnd !== null && day > dateOf(termEnd);
      if (!over || classOf(holder, commandedByCity) !== 'central') days += weigh(day);
    }
  }
  return days;
}

/** Since when the City has the file: the first filing; a prior decision may be older than the attempt that starts from it. */
function heldFrom({ filings, receivedAt, openedAt }: ProcedureState): Instant | null {
  const first = filings[0]?.at ?? receivedAt;
  return first === null ? null : laterOf(first, openedAt);
}

/**
 * What the City takes by law on the standard pathway, as frozen at filing. Of a case filed before it was frozen the plan tells it, where that is the standard
 * pathway's; else nobody can: null.
 */
export function cityBaselineOf(state: CaseState, calendar: Calendar): number | null {
  const { cityDays } = state.baseline;
  if (cityDays !== undefined) return cityDays;
  if (state.pathway !== 'standard') return null;
  const items = new Map(state.plan.map((item) => [item.procedure, item]));
  const ends = state.plan.filter(
    ({ mandatory, phase }) =>
      mandatory && (phase === 'licence' || (phase === 'build' && state.milestone === 'approvals')),
  );
  return longestChain(
    networkOf(state.plan),
    (procedure) => lawDaysOf(items.get(procedure), calendar),
    new Set(ends.map(({ procedure }) => procedure)),
  ).days;
}

function lawDaysOf(item: PlanItem | undefined, calendar: Calendar): number {
  const { starts, ends } = item?.statutory ?? {};
  if (!item?.cityControlled || !starts || !ends) return 0;
  return countWorkingDays(calendar, lastCovered(calendar, starts), lastCovered(calendar, ends));
}
