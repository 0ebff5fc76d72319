import { isDeepStrictEqual } from 'node:util';
import { nextInstants } from '../../domain/case/due.js';
import { type CaseEvent, type Delivery } from '../../domain/case/events.js';
import { type Law } from '../../domain/law/law.js';
import { claimOf } from '../../domain/case/site/rules.js';
import { procedureScopeOf, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { admissionOf } from '../../domain/case/trial/state.js';
import { allTasks, isOver } from '../../domain/case/task/state.js';
import { ifPublished } from '../../domain/time/calendar.js';
import { type Instant } from '../../domain/time/instants.js';
import { type BreakReason } from './breaks.js';
import { claimRow } from './site-claims.js';
import { type StatusRow } from './status-rows.js';
import { agenciesOf, clockRow, headRow, scopeRow, taskRow } from './worklist-rows.js';

/** A row as JSON, keys are column names. */
export type Row = Readonly<Record<string, unknown>>;

/** A document that an event shows, in one procedure or (null) in the case as a whole. */
export interface UseRow {
  readonly documentId: string;
  readonly seq: number;
  readonly procedure: string | null;
  readonly internal?: boolean;
}

export const useKey = ({ documentId, procedure, internal = false }: UseRow): string =>
  `${documentId} ${procedure} ${internal}`;

/** What the door has written of a case beside its events. */
export interface KeptRows {
  readonly header: Row;
  readonly tasks: readonly Row[];
  readonly scopes: readonly Row[];
  readonly clocks: readonly Row[];
  readonly agencies: readonly Row[];
  readonly seats: readonly string[];
  readonly recusals: readonly string[];
  readonly uses: readonly UseRow[];
  readonly claims: readonly Row[];
  readonly statuses: readonly StatusRow[];
  readonly deliveries: readonly { readonly scope: ScopeId; readonly seq: number; readonly prev: number }[];
}

/** What the events of a case say of it. */
export interface Folded {
  readonly state: CaseState;
  /** Agencies that ever had anything to do with it. */
  readonly agencies: ReadonlySet<string>;
  readonly deliveries: readonly { readonly scope: ScopeId; readonly delivery: Pick<Delivery, 'seq' | 'prev'> }[];
  /** Documents that each event shows, as keys: as the case stood after it, and as it stands now. */
  readonly shown: ReadonlyMap<number, ReadonlySet<string>>;
  /** The states of its dossiers that systems outside are told of. */
  readonly told: readonly StatusRow[];
  /** The last event of each scope, and of each procedure with its consultations. */
  readonly last: ReadonlyMap<ScopeId, CaseEvent>;
  /** The last event by which each procedure was decided or signed. */
  readonly decided: ReadonlyMap<ScopeId, number>;
}

export interface Difference {
  readonly seq: number | null;
  readonly reason: BreakReason;
  readonly detail: string;
}

/** Some columns tell how things stood at the last write: between the last event and now, any moment may have been that. */
type Between = readonly [Instant, Instant];

/** Compares what the door keeps beside the events with what the events give. Pure. */
export function* differencesOf(folded: Folded, kept: KeptRows, law: Law, now: Instant): Generator<Difference> {
  const { state, last } = folded;
  const seqOf = (scope: ScopeId): number | null =>
    last.get(procedureScopeOf(scope))?.seq ?? last.get(scope)?.seq ?? null;
  const since = (scope: ScopeId): Between => {
    const at = last.get(procedureScopeOf(scope))?.occurredAt ?? state.lastAt;
    return [at, now > at ? now : at];
  };
  const laws = [law, ...law.changes.map(({ before }) => before)];
  yield* clocksOf(state, kept, laws, since, seqOf);
  yield* tasksOf(state, kept, laws, since, seqOf);
  yield* scopesOf(state, kept, laws, seqOf);
  yield* headerOf(state, kept, laws, [state.lastAt, now > state.lastAt ? now : state.lastAt]);
  yield* readersOf(folded, kept, law);
  yield* shownTo(folded, kept);
  yield* toldOf(folded, kept);
  yield* claimsOf(state, kept, law, seqOf);
  yield* deliveriesOf(folded, kept, seqOf);
}

type SeqOf = (scope: ScopeId) => number | null;
type Since = (scope: ScopeId) => Between;

function* clocksOf(
  state: CaseState,
  { clocks }: KeptRows,
  laws: readonly Law[],
  since: Since,
  seqOf: SeqOf,
): Generator<Difference> {
  const ticking = Object.values(state.procedures).filter(({ ledger }) => ledger.length > 0);
  yield* oneForOne('clock', clocks, 'scope', new Set(ticking.map(({ scope }) => scope)), 'clock-differs', seqOf);
  for (const procedure of ticking) {
    const row = clocks.find(({ scope }) => scope === procedure.scope);
    if (!row) continue;
    const column = firstMismatch(row, laws, since(procedure.scope), (law, at) => clockRow(state, procedure, law, at));
    if (column !== undefined)
      yield { seq: seqOf(procedure.scope), reason: 'clock-differs', detail: `clock ${procedure.scope}: ${column}` };
  }
}

/** What stays with a task that is over; the rest goes with the case for as long as somebody can do it. */
const ofTask = [
  'id',
  'scope',
  'procedure',
  'attempt',
  'key',
  'kind',
  'agency',
  'role',
  'step',
  'status',
  'opened_at',
  'claimed_by',
  'claimed_at',
  'completed_by',
  'completed_at',
  'outcome',
];

function* tasksOf(
  state: CaseState,
  { tasks }: KeptRows,
  laws: readonly Law[],
  since: Since,
  seqOf: SeqOf,
): Generator<Difference> {
  const all = [...allTasks(state)];
  yield* oneForOne('task', tasks, 'id', new Set(all.map(({ id }) => id)), 'task-differs', () => null);
  const clockOf = (scope: ScopeId, law: Law, at: Instant) => {
    const procedure = state.procedures[scope];
    const row = procedure && procedure.ledger.length > 0 ? clockRow(state, procedure, law, at) : undefined;
    return new Map(row ? [[scope, row]] : []);
  };
  const byId = new Map(tasks.map((row) => [row['id'], row]));
  for (const task of all) {
    const row = byId.get(task.id);
    if (!row) continue;
    const over = isOver(task);
    const column = firstMismatch(row, laws, since(task.scope), (law, at) => {
      const whole = taskRow(state, task, over ? new Map() : clockOf(task.scope, law, at), law, at);
      return over ? only(whole, ofTask) : whole;
    });
    if (column !== undefined)
      yield { seq: seqOf(task.scope), reason: 'task-differs', detail: `task ${task.key} of ${task.scope}: ${column}` };
  }
}

function* scopesOf(state: CaseState, { scopes }: KeptRows, laws: readonly Law[], seqOf: SeqOf): Generator<Difference> {
  const known = new Set(Object.keys(state.scopes));
  yield* oneForOne('scope', scopes, 'id', known, 'clock-differs', seqOf);
  const at: Between = [state.lastAt, state.lastAt];
  const instants = new Map<Law, ReturnType<typeof nextInstants>>();
  const nextAt = (law: Law, id: ScopeId): Instant | null => {
    const known = instants.get(law) ?? nextInstants(state, law);
    instants.set(law, known);
    return known[id] ?? null;
  };
  for (const row of scopes) {
    const id = String(row['id']);
    if (!known.has(id)) continue;
    const column = firstMismatch(row, laws, at, (law) =>
      without(scopeRow(state, id, nextAt(law, id), false), new Set(['heard'])),
    );
    if (column !== undefined) yield { seq: seqOf(id), reason: 'clock-differs', detail: `scope ${id}: ${column}` };
  }
}

function* headerOf(state: CaseState, { header }: KeptRows, laws: readonly Law[], at: Between): Generator<Difference> {
  const column = firstMismatch(header, laws, at, (law, when) => {
    const clocks = Object.values(state.procedures)
      .filter(({ ledger, closed }) => ledger.length > 0 && !closed)
      .map((procedure) => clockRow(state, procedure, law, when));
    // When the last event was admitted stands in its own row; the state knows the latest of all.
    return without(headRow(state, clocks, []), new Set(['last_at']));
  });
  if (column !== undefined) yield { seq: state.seq, reason: 'header-differs', detail: `case_head: ${column}` };
}

function* readersOf({ state, agencies }: Folded, kept: KeptRows, law: Law): Generator<Difference> {
  const { seq } = state;
  const rows = new Set(kept.agencies.map(({ agency }) => String(agency)));
  for (const agency of new Set(agenciesOf(state, law)))
    if (!rows.has(agency)) yield { seq, reason: 'access-differs', detail: `case_agency: ${agency} is missing` };
  for (const row of kept.agencies) {
    const agency = String(row['agency']);
    // Whoever took the place of a merged agency reads its cases, those that are over too.
    const concerned = agencies.has(agency) || law.predecessorsOf(agency).some((one) => agencies.has(one));
    if (!concerned)
      yield { seq, reason: 'access-differs', detail: `case_agency: ${agency} has nothing to do with the case` };
    const classified =
      row['status'] === kept.header['status'] && row['breached'] === (kept.header['breached_on'] !== null);
    if (!classified) yield { seq, reason: 'access-differs', detail: `case_agency ${agency}: status, breached` };
  }
  const council = state.trial && admissionOf(state)?.council;
  const members = council?.members.map(({ person }) => person).filter((one) => !Object.hasOwn(state.recused, one));
  const seats = new Set(kept.seats);
  if (members && (members.length !== seats.size || members.some((one) => !seats.has(one))))
    yield { seq, reason: 'access-differs', detail: 'council_seat: other people than those convened' };
  if (!state.trial && seats.size > 0)
    yield { seq, reason: 'access-differs', detail: 'council_seat: the case has no council' };
}

/** Who may not act in the case, and which documents it shows to whom. Documents that are shown to fewer people than the events say are none of it. */
function* shownTo({ state, shown }: Folded, { recusals, uses }: KeptRows): Generator<Difference> {
  const { seq } = state;
  const recused = new Set(recusals);
  for (const person of Object.keys(state.recused))
    if (!recused.delete(person)) yield { seq, reason: 'access-differs', detail: `recusal: ${person} is missing` };
  for (const person of recused)
    yield { seq, reason: 'access-differs', detail: `recusal: ${person} declared no interest` };
  for (const use of uses)
    if (!shown.get(use.seq)?.has(useKey(use))) {
      const detail = `document_use: event ${use.seq} does not show document ${use.documentId} so`;
      yield { seq: use.seq, reason: 'access-differs', detail };
    }
}

/**
 * The states of dossiers that systems outside are told of. Of before states were told there is at most one, in place 0: as the dossier stood when that began; nothing before
 * the first one of a dossier is missed.
 */
function* toldOf({ told }: Folded, { statuses }: KeptRows): Generator<Difference> {
  const dossier = ({ system, scope }: StatusRow) => `${system} ${scope}`;
  const place = (row: StatusRow) => `${dossier(row)} ${row.seq}/${row.place}`;
  const said = (row: StatusRow) => `${row.status} ${row.dossier_code} ${Date.parse(row.occurred_at)}`;
  const kept = new Map(statuses.map((row) => [place(row), row]));
  const first = new Map<string, number>();
  for (const row of statuses) first.set(dossier(row), Math.min(row.seq, first.get(dossier(row)) ?? row.seq));
  const expected = new Map<string, StatusRow[]>();
  for (const row of told) expected.set(place(row), [...(expected.get(place(row)) ?? []), row]);
  for (const row of statuses) {
    if (row.place === 0) continue;
    if (!expected.get(place(row))?.some((one) => said(one) === said(row)))
      yield differing(row, `${place(row)}: no event makes it ${row.status}`);
  }
  for (const row of told)
    if (row.seq > (first.get(dossier(row)) ?? Number.POSITIVE_INFINITY) && !kept.has(place(row)))
      yield differing(row, `${place(row)} is missing`);
}
const differing = ({ seq }: StatusRow, what: string): Difference => ({
  seq,
  reason: 'status-differs',
  detail: `dossier_status: ${what}`,
});

function* claimsOf(state: CaseState, { claims }: KeptRows, law: Law, seqOf: SeqOf): Generator<Difference> {
  const expected = new Map<string, Row>();
  for (const procedure of Object.values(state.procedures)) {
    const kind = procedure.receivedAt === null ? null : claimOf(law.definition(procedure.version));
    if (state.site === null || kind === null) continue;
    const row: Row = { ...claimRow(state.investor.personId, procedure, kind === 'exclusive') };
    // Of another version since, the claim stays what it was when it was made.
    expected.set(procedure.scope, procedure.migrations > 0 ? without(row, new Set(['exclusive'])) : row);
  }
  yield* oneForOne('site_claim', claims, 'scope', new Set(expected.keys()), 'projection-differs', seqOf);
  const lots = state.sites?.length ?? 1;
  for (const scope of expected.keys()) {
    const own = claims.filter((row) => row['scope'] === scope).map((row) => String(row['site']));
    // Lots of a case of before are read from its filing: see `rekeySites`.
    const other = own.filter((site) => state.sites !== null && !state.sites.includes(site));
    if (other.length > 0 || (state.sites !== null && own.length !== lots))
      yield { seq: seqOf(scope), reason: 'projection-differs', detail: `site_claim ${scope}: site` };
  }
  for (const row of claims) {
    const scope = String(row['scope']);
    const wanted = expected.get(scope);
    const column = wanted && Object.keys(wanted).find((name) => name in row && !isSame(row[name], wanted[name]));
    if (column !== undefined)
      yield { seq: seqOf(scope), reason: 'projection-differs', detail: `site_claim ${scope}: ${column}` };
  }
}

function* deliveriesOf({ state, deliveries }: Folded, kept: KeptRows, seqOf: SeqOf): Generator<Difference> {
  const key = (scope: ScopeId, { seq, prev }: Pick<Delivery, 'seq' | 'prev'>) => `${scope} ${seq} after ${prev}`;
  const given = new Map(deliveries.map(({ scope, delivery }) => [key(scope, delivery), scope] as const));
  const rows = new Map(kept.deliveries.map((row) => [key(row.scope, row), row.scope] as const));
  // The mailboxes of a closed case are removed after a while (db/register/retention.ts).
  const mayBeGone = (scope: ScopeId) => state.closed !== null && state.scopes[scope]?.closed === true;
  for (const [one, scope] of given)
    if (!rows.has(one) && !mayBeGone(scope))
      yield { seq: seqOf(scope), reason: 'projection-differs', detail: `delivery ${one} is missing` };
  for (const [one, scope] of rows)
    if (!given.has(one))
      yield { seq: seqOf(scope), reason: 'projection-differs', detail: `delivery ${one} belongs to no event` };
}

// Comparing rows ----------------------------------------------------------------------------------------------------------------------------

function* oneForOne(
  table: string,
  rows: readonly Row[],
  key: string,
  expected: ReadonlySet<string>,
  reason: BreakReason,
  seqOf: SeqOf,
): Generator<Difference> {
  const there = new Set(rows.map((row) => String(row[key])));
  for (const one of expected)
    if (!there.has(one)) yield { seq: seqOf(one), reason, detail: `${table} ${one} is missing` };
  for (const one of there)
    if (!expected.has(one)) yield { seq: seqOf(one), reason, detail: `${table} ${one} belongs to no event` };
}

const only = (row: Row, columns: readonly string[]): Row =>
  Object.fromEntries(columns.map((name) => [name, row[name]]));

const without = (row: Row, columns: ReadonlySet<string>): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !columns.has(name)));

/**
 * The first column that no law of these explains at any moment of the span; undefined where all do. What a publication changed after the last write was right by
 * the law before it.
 */
function firstMismatch(
  row: Row,
  laws: readonly Law[],
  [from, to]: Between,
  expected: (law: Law, at: Instant) => Row,
): string | undefined {
  let first: string | undefined;
  for (const law of laws) {
    const earliest = ifPublished(() => expected(law, from));
    if (!earliest) continue;
    const columns = Object.keys(earliest);
    if (columns.every((name) => isSame(row[name], earliest[name]))) return undefined;
    const latest = ifPublished(() => expected(law, to)) ?? earliest;
    const column = columns.find((name) => !isWithin(row[name], earliest[name], latest[name]));
    if (column === undefined) return undefined;
    first ??= column;
  }
  return first;
}

function isWithin(kept: unknown, earliest: unknown, latest: unknown): boolean {
  if (isSame(kept, earliest) || isSame(kept, latest)) return true;
  if (typeof earliest === 'number' && typeof latest === 'number' && typeof kept === 'number')
    return kept > Math.min(earliest, latest) && kept < Math.max(earliest, latest);
  return typeof kept === 'string' && typeof earliest === 'string' && typeof latest === 'string' && /^\d{4}-/.test(kept)
    ? kept > earliest && kept < latest
    : false;
}

/** The same value, however PostgreSQL writes an instant. */
function isSame(kept: unknown, expected: unknown): boolean {
  if (isDeepStrictEqual(kept ?? null, expected ?? null)) return true;
  const [a, b] = [instantOf(kept), instantOf(expected)];
  return a !== undefined && a === b;
}

const instantOf = (value: unknown): number | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : undefined;
