import { openingOf } from '../../domain/case/case/opening.js';
import { foldCase } from '../../domain/case/fold.js';
import { openedProcedure } from '../../domain/case/procedure/fold.js';
import { type CaseEvent } from '../../domain/case/events.js';
import { type PathwayId, type PlanItem } from '../../domain/case/case/words.js';
import { caseScope, procedureScope } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { laneOf } from '../../domain/case/lane/state.js';
import type { ProcedureState } from '../../domain/case/procedure/state.js';
import type { SupplementState } from '../../domain/case/supplement/state.js';
import { type Filing, screen } from '../../domain/lane/screening.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { countedFor } from '../../domain/measures/days.js';
import { addWorkingDays } from '../../domain/time/calendar.js';
import { type ClockEntry } from '../../domain/time/clock.js';
import { addDays, dateOf, laterOf, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { termEnd } from '../../domain/time/term-end.js';
import { catalogue } from '../../seeds/index.js';
import { withLaneAsClaimed } from './lane.js';

/** What befalls one procedure that otherwise takes exactly the term of the law. All in working days. */
export interface Befallen {
  /** The investor lets this pass before filing. */
  readonly awaited?: number;
  /** The dossier lies at the counter. */
  readonly counter?: number;
  /** Beyond the term; below zero: sooner. */
  readonly late?: number;
  /** The investor is asked on the second day and answers after this many. */
  readonly asked?: number;
  readonly ground?: SupplementState['ground'];
  /** The investor's time in that notice; left out: until the answer. */
  readonly notice?: number;
  /** Decided and signed, and handed over after this many. */
  readonly handOver?: number;
  /** The head grants as many days more; `late` is then within the term. */
  readonly extended?: number;
}

const law = catalogue();
export const noon = (day: PlainDate): Instant => new Date(`${day}T12:00:00+07:00`).toISOString();
const on = (day: PlainDate, hour: number): Instant =>
  new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+07:00`).toISOString();

/**
 * A case in which every procedure of the milestone begins when what it waits for is there and takes the whole term of the law, except for what befalls it: a
 * state as the fold would leave it, without the steps in between.
 */
export function measuredCase(
  filing: Filing,
  filedOn: PlainDate,
  befallen: Readonly<Record<string, Befallen>> = {},
  pathway: PathwayId | undefined = undefined,
  code = 'LX-260706-0001',
  known: Catalogue = law,
): CaseState {
  const at = on(filedOn, 9);
  const screening = screen(filing, at, known, filedOn);
  const opening = withLaneAsClaimed(
    openingOf({ filing, filingHash: '', screening, pathway, personId: 'investor.test' }),
  );
  const opened = {
    seq: 1,
    type: 'caseOpened',
    scope: caseScope(code),
    occurredAt: at,
    actor: { kind: 'person', id: 'investor.test', role: 'investor', agency: null },
    payload: { ...opening, managed: true },
  } as unknown as CaseEvent;
  const state = foldCase(code, [opened]);
  const needed = new Set(countedFor(state, state.milestone).map(({ procedure }) => procedure));
  const ends = new Map<string, PlainDate>();
  for (const item of state.plan) {
    if (!needed.has(item.procedure)) continue;
    const starts = item.after.reduce<PlainDate>((last, before) => laterDay(last, ends.get(before) ?? filedOn), filedOn);
    const one = played(code, item, starts, befallen[item.procedure] ?? {}, state);
    state.procedures[one.scope] = one;
    ends.set(item.procedure, dateOf(one.closed?.at ?? at));
    state.lastAt = laterOf(state.lastAt, one.closed?.at ?? at);
  }
  return state;
}

const laterDay = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);
const working = (from: PlainDate, days: number): PlainDate =>
  days <= 0 ? from : addWorkingDays(law.calendar, from, days);

function played(
  code: string,
  item: PlanItem,
  starts: PlainDate,
  {
    awaited = 0,
    counter = 0,
    late = 0,
    asked = 0,
    ground = 'supplement',
    notice,
    handOver = 0,
    extended = 0,
  }: Befallen,
  state: CaseState,
): ProcedureState {
  const { procedure, version, phase, mandatory, agency, cityControlled, budget } = item;
  const payload = {
    procedure,
    attempt: 1,
    version,
    phase,
    mandatory,
    competentAgency: agency,
    handlingAgency: agency,
    cityControlled,
    budget,
    calendar: 'vn-state',
    startsFrom: 'valid-dossier' as const,
  };
  const opened = openedProcedure(
    { scope: procedureScope(code, procedure, 1), occurredAt: on(starts, 16), payload } as never,
    laneOf(state),
  );
  const filed = working(starts, awaited);
  const received = working(filed, counter);
  const ledger: ClockEntry[] = [{ type: 'start', at: on(received, 17) }];
  const supplements: SupplementState[] = [];
  let term = { from: received, left: budget.amount };
  if (asked > 0) {
    const from = working(received, 2);
    const to = working(from, asked);
    const used = budget.unit === 'working-day' ? 2 : daysBetween(received, from);
    ledger.push({ type: 'suspend', at: on(from, 17), ground }, { type: 'resume', at: on(to, 17) });
    const deadline = notice === undefined ? null : working(from, notice);
    supplements.push({ ...emptyNotice, ground, requestedAt: on(from, 17), deadline, endedAt: on(to, 17) });
    term = { from: to, left: Math.max(0, budget.amount - used) };
  }
  if (extended > 0) ledger.push({ type: 'extend', at: ledger.at(-1)?.at ?? '', days: extended });
  const due = term.left === 0 ? term.from : termEnd(law.calendar, term.from, { amount: term.left, unit: budget.unit });
  const decided = late < 0 ? sooner(due, -late, term.from) : working(due, late);
  ledger.push({ type: 'stop', at: on(decided, 18) });
  const closed = working(decided, handOver);
  return {
    ...opened,
    stage: 'closed',
    filings: [{ at: on(filed, 16), documents: [] }],
    dossierCode: 'H29-1',
    receivedAt: on(received, 17),
    printedDueDate: due,
    promisedDate: null,
    ledger,
    supplements,
    extensions: extended > 0 ? 1 : 0,
    decision: { outcome: 'approved', at: on(decided, 18), by: null, reason: null, content: null },
    signature: null,
    handedOverAt: on(closed, 19),
    closed: { outcome: 'approved', at: on(closed, 19) },
  };
}

const daysBetween = (from: PlainDate, to: PlainDate): number =>
  Math.round((Date.parse(noon(to)) - Date.parse(noon(from))) / 86_400_000);

function sooner(due: PlainDate, days: number, notBefore: PlainDate): PlainDate {
  let day = due;
  for (let left = days; left > 0 && day > notBefore;) {
    day = addDays(day, -1);
    if (law.calendar.positions.has(day) && addWorkingDays(law.calendar, addDays(day, -1), 1) === day) left -= 1;
  }
  return laterDay(day, notBefore);
}

const emptyNotice: SupplementState = {
  requestId: 'S1',
  taskId: 't',
  items: [],
  ground: 'supplement',
  requestedAt: '',
  deadline: null,
  deadlineSince: '',
  suspends: true,
  decision: null,
  reviewOn: null,
  extensions: 0,
  status: 'answered',
  answeredAt: null,
  endedAt: null,
};
