import { isGranted } from '../../domain/case/issued/state.js';
import { type CaseEvent } from '../../domain/case/events.js';
import { type Outcome } from '../../domain/case/execute.js';
import { type Law } from '../../domain/law/law.js';
import { sentTo } from '../../domain/case/procedure/recipients.js';
import { readPrinted } from '../../domain/case/procedure/printed-clock.js';
import { procedureScopeOf, scopeKind, type ScopeId } from '../../domain/case/scope.js';
import { workflowKindOf } from '../../domain/case/activities.js';
import { clockOf } from '../../domain/case/task-table.js';
import { movedDate } from '../../domain/case/task/dates.js';
import { aboutOf, isSecondTask } from '../../domain/case/task/keys.js';
import { barredFrom } from '../../domain/case/approval/signatories.js';
import { enterpriseOf } from '../../domain/lane/enterprise.js';
import { laneOrder } from '../../domain/lane/priority.js';
import { riskOf } from '../../domain/case/task/risk.js';
import { type CaseState } from '../../domain/case/state.js';
import { admissionOf } from '../../domain/case/trial/state.js';
import { allTasks, isOver, type TaskState } from '../../domain/case/task/state.js';
import { laneOf } from '../../domain/case/lane/state.js';
import { factsBehind, latestAttempt, type ProcedureState } from '../../domain/case/procedure/state.js';
import { readKnownTerm, stepTermOf } from '../../domain/case/promise/terms.js';
import { type TrialState } from '../../domain/case/trial/state.js';
import { type Instant } from '../../domain/time/instants.js';

/** What a worklist, a list of cases or a dispatcher reads; written in the event's own transaction. Keys are column names. */
export interface WorklistRows {
  readonly head: HeadRow;
  readonly scopes: readonly ScopeRow[];
  readonly tasks: readonly TaskRow[];
  readonly clocks: readonly ClockRow[];
  readonly agencies: readonly string[];
  /** Who reads the case for sitting in its council, where that has changed; null: it has not. */
  readonly seats: readonly string[] | null;
}

type HeadRow = ReturnType<typeof headRow>;
type ScopeRow = ReturnType<typeof scopeRow>;
type TaskRow = ReturnType<typeof taskRow>;
type ClockRow = ReturnType<typeof clockRow>;

/** The rows that one command may have changed: those of every procedure it touched, and the case's header. */
export function worklistRows(
  before: CaseState,
  outcome: Outcome,
  law: Law,
  at: Instant,
  heard: ScopeId | null,
): WorklistRows {
  const { state, events, nextAt } = outcome;
  // A merger hands over what is open in every procedure at once.
  const merged = events.some(({ type }) => type === 'agencyMerged');
  const touched = new Set(
    merged ? Object.keys(state.procedures) : events.map((event) => procedureScopeOf(event.scope)),
  );
  if (merged) for (const event of events) touched.add(procedureScopeOf(event.scope));
  const clocks = new Map<ScopeId, ClockRow>();
  for (const procedure of Object.values(state.procedures)) {
    if (procedure.ledger.length > 0 && !procedure.closed)
      clocks.set(procedure.scope, clockRow(state, procedure, law, at));
    else if (procedure.ledger.length > 0 && touched.has(procedure.scope)) {
      clocks.set(procedure.scope, clockRow(state, procedure, law, at));
    }
  }
  const statusBefore = new Map([...allTasks(before)].map((task) => [task.id, task.status]));
  // Who takes no part any more may hold nothing in any procedure.
  const recused = Object.keys(before.recused).length !== Object.keys(state.recused).length;
  const moved = laneOf(before) !== laneOf(state) || recused || merged;
  const tasks = [...allTasks(state)].filter(
    (task) =>
      (moved || touched.has(procedureScopeOf(task.scope))) &&
      (!isOver(task) || statusBefore.get(task.id) !== task.status),
  );
  const known = new Set(agenciesOf(before, law));
  return {
    head: headRow(state, [...clocks.values()], events),
    scopes: Object.keys(state.scopes)
      .filter((scope) => !before.scopes[scope]?.closed)
      .sort()
      .map((scope) => scopeRow(state, scope, nextAt[scope] ?? null, heard === scope)),
    tasks: tasks.map((task) => taskRow(state, task, clocks, law, at)),
    clocks: [...clocks.values()].filter((clock) => touched.has(clock.scope)),
    agencies: [...new Set(agenciesOf(state, law))].filter((agency) => !known.has(agency)).sort(),
    seats: seatsOf(state, events),
  };
}

/** The members of the last list, as far as they have declared no interest. */
export function seatsOf(state: CaseState, events: readonly CaseEvent[]): string[] | null {
  const council = state.trial && admissionOf(state)?.council;
  if (!council || !events.some(({ type }) => type === 'councilConvened' || type === 'interestDeclared')) return null;
  return council.members.map(({ person }) => person).filter((one) => !Object.hasOwn(state.recused, one));
}

/** Every agency that has anything to do with the case as it stands. */
export function* agenciesOf(state: CaseState, law: Law): Generator<string> {
  for (const procedure of Object.values(state.procedures)) {
    yield* sentTo(procedure, law);
    yield procedure.competentAgency;
    yield procedure.handlingAgency;
  }
  for (const consultation of Object.values(state.consultations)) yield* Object.keys(consultation.opinions);
  for (const task of allTasks(state)) yield task.agency;
  if (state.trial) yield* [state.trial.authority, state.trial.supervises, state.trial.evaluates];
}

/** What columns hold that have a lane for every case, where it has none. */
export const withoutLane = 'standard';

/** What lists say of a trial, and on which version of its regime it rests. */
const trialHeader = ({ regime, version, phase, ending }: TrialState) => ({ regime, version, phase, ending });

export function headRow(state: CaseState, clocks: readonly ClockRow[], events: readonly CaseEvent[]) {
  const mandatory = state.plan.filter((item) => item.mandatory);
  const open = clocks.filter((clock) => !state.procedures[clock.scope]?.closed);
  const earliest = (dates: (string | null)[]) => dates.filter((date) => date !== null).sort()[0] ?? null;
  return {
    seq: state.seq,
    kind: state.kind,
    status: state.closed?.outcome ?? 'open',
    lane: laneOf(state) ?? withoutLane,
    pathway: state.pathway,
    investor: state.investor.personId,
    enterprise: enterpriseOf(state.facts),
    managed: state.managed,
    law_at: state.lawAt,
    opened_at: state.openedAt,
    last_at: events.at(-1)?.occurredAt ?? null,
    closed_at: state.closed?.at ?? null,
    due_date: state.closed ? null : earliest(open.filter((one) => one.state === 'running').map((one) => one.due_date)),
    breached_on: state.closed
      ? null
      : earliest(open.filter((one) => one.state !== 'stopped').map((one) => one.breached_on)),
    mandatory_total: mandatory.length,
    mandatory_approved: mandatory.filter((item) => isGranted(latestAttempt(state, item.procedure))).length,
    trial: state.trial && trialHeader(state.trial),
  };
}

/** `heard`: the answer of the command carries this mailbox to its end, so nothing of it is left to send. */
export function scopeRow(state: CaseState, id: ScopeId, nextAt: Instant | null, heard: boolean) {
  const box = state.scopes[id] ?? { lastSeq: 0, generation: 1, closed: false };
  return {
    id,
    kind: workflowKindOf(state, id),
    generation: box.generation,
    last_seq: box.lastSeq,
    heard: heard || box.closed,
    closed: box.closed,
    next_at: box.closed ? null : nextAt,
  };
}

export function taskRow(
  state: CaseState,
  task: TaskState,
  clocks: ReadonlyMap<ScopeId, ClockRow>,
  law: Law,
  at: Instant,
) {
  const procedure = scopeKind(task.scope) === 'case' ? undefined : state.procedures[procedureScopeOf(task.scope)];
  // An extension moves the date of a step that is being done; an opinion has a clock of its own.
  const clock = clockOf(task.kind) === 'procedure' ? clocks.get(task.scope) : undefined;
  return {
    id: task.id,
    scope: task.scope,
    procedure: procedure?.procedure ?? null,
    attempt: procedure?.attempt ?? null,
    version: procedure?.version ?? null,
    dossier_code: procedure?.dossierCode ?? null,
    key: task.key,
    kind: task.kind,
    agency: task.agency,
    role: task.role,
    step: task.step,
    status: task.status,
    due_date: clock?.due_date ?? clock?.due_if_returned ?? ownDueDate(state, task),
    opened_at: task.openedAt,
    claimed_by: task.claimedBy,
    claimed_at: task.claimedAt,
    completed_by: task.completedBy,
    completed_at: task.completedAt,
    outcome: task.outcome,
    lane: laneOf(state) ?? withoutLane,
    lane_order: laneOrder(laneOf(state), law.commandedByCity(task.agency)),
    risk: !isOver(task) ? riskOf(state, task, law, at) : 0,
    step_due_date: procedure && !isOver(task) ? stepDueDate(state, procedure, task, law, at) : null,
    returned_to: procedure ? returnedTo(state, procedure, task) : null,
    barred: barredFrom(state, task),
    signatory: task.signatory,
  };
}

/** An opinion and a conference have a date of their own, which a new calendar may have moved since the task was opened. */
function ownDueDate(state: CaseState, task: TaskState) {
  const clock = clockOf(task.kind);
  if (clock !== 'opinion' && clock !== 'conference') return task.dueDate;
  return movedDate(state, task, clock) ?? task.dueDate;
}

function stepDueDate(state: CaseState, procedure: ProcedureState, { step }: TaskState, law: Law, at: Instant) {
  if (step === null || procedure.ledger.length === 0) return null;
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const term = stepTermOf(resolved, procedure, step);
  if (!term) return null;
  const reading = readKnownTerm(law.calendar(procedure.calendar), term, at);
  return reading.dueDate ?? reading.dueIfReturned;
}

/** Whoever did the step in the round before, as long as they may still have a hand in the case. */
function returnedTo(state: CaseState, procedure: ProcedureState, task: TaskState) {
  const about = aboutOf(task, 'step');
  if (!about || about.second || about.round === 1) return null;
  const { step, openedAt } = task;
  const before = Object.values(procedure.tasks).filter(
    (one) => one.step === step && one.kind === 'step' && one.status === 'done' && !isSecondTask(one),
  );
  const last = before.filter((one) => one.openedAt < openedAt).at(-1)?.completedBy ?? null;
  return last !== null && Object.hasOwn(state.recused, last) ? null : last;
}

/** The term that form 01 printed: lists, warnings and letters go by one date. */
export function clockRow(state: CaseState, procedure: ProcedureState, law: Law, at: Instant) {
  const reading = readPrinted(state, procedure, law, at);
  if (reading === null) throw new Error(`${procedure.scope} has no clock`);
  return {
    scope: procedure.scope,
    procedure: procedure.procedure,
    agency: procedure.handlingAgency,
    state: reading.state,
    budget_amount: reading.budget.amount,
    budget_unit: reading.budget.unit,
    due_date: reading.dueDate,
    due_if_returned: reading.dueIfReturned,
    breached_on: reading.breachedOn,
    printed_due_date: procedure.printedDueDate,
    promised_date: procedure.promisedDate,
  };
}
