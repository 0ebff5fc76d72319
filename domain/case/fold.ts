import type { CaseEvent, Delivery, EventOf } from './events.js';
import { opens, routes } from './routes.js';
import { consultationScope, procedureScopeOf, scopeKind, type ScopeId } from './scope.js';
import type { CaseState, ConsultationState, ProcedureState, StepState, TaskState } from './state.js';

/** The state before the first event of a case. */
export function emptyCase(code: string): CaseState {
  return {
    code,
    seq: 0,
    openedAt: '',
    managed: true,
    facts: {},
    investor: { personId: '', organisation: null },
    lane: 'undecided',
    pathway: 'standard',
    lawAt: '' as CaseState['lawAt'],
    milestone: 'licence',
    plan: [],
    baseline: { days: 0, endDate: '' as CaseState['lawAt'] },
    target: { days: 0, endDate: '' as CaseState['lawAt'] },
    ambition: { days: 0, endDate: '' as CaseState['lawAt'] },
    lodged: {},
    gatesMet: {},
    withdrawnAt: null,
    closed: null,
    survey: null,
    tasks: {},
    procedures: {},
    consultations: {},
    scopes: {},
  };
}

/**
 * Applies one event in place. Mailboxes of workflows hold a part of the case's events only, so a fold must not stumble over scopes it never
 * saw opening: it leaves them out.
 */
export function apply(state: CaseState, event: CaseEvent): void {
  state.seq = event.seq;
  applyTask(state, event);
  switch (scopeKind(event.scope)) {
    case 'case':
      return applyToCase(state, event);
    case 'procedure':
      return applyToProcedure(state, event);
    case 'consultation':
      return applyToConsultation(state, event);
  }
}

function applyToCase(state: CaseState, event: CaseEvent): void {
  switch (event.type) {
    case 'caseOpened': {
      const { kind: _kind, filingHash: _hash, reductionByLaw: _law, ...rest } = event.payload;
      Object.assign(state, rest, { openedAt: event.occurredAt });
      return;
    }
    case 'laneDecided':
      state.lane = event.payload.lane;
      return;
    case 'gateMet':
      state.gatesMet[event.payload.gate] ??= event.occurredAt;
      return;
    case 'caseWithdrawn':
      state.withdrawnAt = event.occurredAt;
      return;
    case 'caseClosed':
      state.closed = { outcome: event.payload.outcome, at: event.occurredAt };
      return;
    case 'caseSurveyed':
      state.survey = event.payload.score;
      return;
    default:
      return;
  }
}

function applyToProcedure(state: CaseState, event: CaseEvent): void {
  if (event.type === 'procedureOpened') {
    state.procedures[event.scope] = openedProcedure(event);
    return;
  }
  const procedure = state.procedures[event.scope];
  if (procedure) foldProcedure(procedure, event);
  if (event.type === 'procedureClosed') {
    for (const consultation of consultationsOf(state, event.scope)) consultation.closedAt ??= event.occurredAt;
  }
}

const consultationsOf = (state: CaseState, procedure: ScopeId): ConsultationState[] =>
  Object.values(state.consultations).filter((one) => one.procedureScope === procedure);

function openedProcedure(event: EventOf<'procedureOpened'>): ProcedureState {
  return {
    ...event.payload,
    scope: event.scope,
    openedAt: event.occurredAt,
    stage: 'awaiting-dossier',
    filings: [],
    declaration: null,
    dossierCode: null,
    receivedAt: null,
    receptionRefusedAt: null,
    printedDueDate: null,
    promisedDate: null,
    extensions: 0,
    ledger: [],
    rungs: [],
    supplements: [],
    steps: {},
    tasks: {},
    consultations: 0,
    consulted: {},
    decision: null,
    signature: null,
    handedOverAt: null,
    closed: null,
  };
}

const step = (procedure: ProcedureState, code: string): StepState =>
  (procedure.steps[code] ??= { startedAt: null, completedAt: null, outcome: null, by: null, failed: false });

function foldProcedure(procedure: ProcedureState, event: CaseEvent): void {
  const at = event.occurredAt;
  const supplement = (id: string) => procedure.supplements.find((one) => one.requestId === id);
  switch (event.type) {
    case 'dossierFiled':
      procedure.filings.push({ at, documents: event.payload.documents });
      procedure.stage = 'intake';
      // Where the law counts from receipt, the clock starts the day the dossier comes, and waiting for a complete one suspends it.
      if (procedure.startsFrom === 'receipt') {
        procedure.ledger.push(procedure.ledger.length === 0 ? { type: 'start', at } : { type: 'resume', at });
      }
      return;
    case 'onlineDeclared':
      procedure.declaration = { id: event.payload.declarationId, lapsesOn: event.payload.lapsesOn };
      return;
    case 'completionRequested':
      procedure.stage = 'awaiting-dossier';
      if (procedure.startsFrom === 'receipt') procedure.ledger.push({ type: 'suspend', at, ground: 'completion' });
      return;
    case 'dossierReceived':
      procedure.stage = 'processing';
      procedure.dossierCode = event.payload.dossierCode;
      procedure.receivedAt = at;
      procedure.version = event.payload.version;
      procedure.budget = event.payload.budget;
      procedure.printedDueDate = event.payload.dueDate;
      procedure.promisedDate = event.payload.promisedDate;
      if (procedure.startsFrom !== 'receipt') procedure.ledger.push({ type: 'start', at });
      return;
    case 'receptionRefused':
      procedure.receptionRefusedAt = at;
      if (procedure.startsFrom === 'receipt') procedure.ledger.push({ type: 'stop', at });
      return;
    case 'stepStarted':
      step(procedure, event.payload.step).startedAt ??= at;
      return;
    case 'stepCompleted':
      Object.assign(step(procedure, event.payload.step), {
        completedAt: at,
        outcome: event.payload.outcome,
        by: event.payload.by,
      });
      return;
    case 'stepFailed':
      step(procedure, event.payload.step).failed = true;
      return;
    case 'supplementRequested': {
      const { requestId, taskId, ground, items, deadline, suspends } = event.payload;
      procedure.supplements.push({
        requestId,
        taskId,
        ground,
        items,
        deadline,
        suspends,
        requestedAt: at,
        status: 'asked',
        answeredAt: null,
      });
      if (suspends) procedure.ledger.push({ type: 'suspend', at, ground });
      return;
    }
    case 'supplementAnswered': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      asked.status = 'answered';
      asked.answeredAt = at;
      procedure.filings.push({ at, documents: event.payload.documents });
      if (asked.suspends) procedure.ledger.push({ type: 'resume', at });
      return;
    }
    case 'supplementLapsed': {
      const asked = supplement(event.payload.requestId);
      if (asked) asked.status = 'lapsed';
      return;
    }
    case 'lapseDecided': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      asked.status = event.payload.decision === 'continue' ? 'continued' : 'stopped';
      if (asked.suspends)
        procedure.ledger.push({ type: event.payload.decision === 'continue' ? 'resume' : 'stop', at });
      else if (event.payload.decision !== 'continue') procedure.ledger.push({ type: 'stop', at });
      return;
    }
    case 'extensionGranted':
      procedure.extensions += 1;
      procedure.ledger.push({ type: 'extend', at, days: event.payload.days });
      return;
    case 'rungReached':
      procedure.rungs.push(`${event.payload.rung}@${event.payload.dueDate ?? ''}`);
      return;
    case 'decisionMade':
      procedure.decision = {
        outcome: event.payload.outcome,
        at,
        by: event.actor.kind === 'person' ? event.actor.id : null,
        reason: event.payload.reason,
      };
      procedure.stage = 'decided';
      if (event.payload.endsTerm) procedure.ledger.push({ type: 'stop', at });
      return;
    case 'termEnded':
      stopClock(procedure, at);
      return;
    case 'decisionSigned':
      procedure.signature = event.payload;
      return;
    case 'resultHandedOver':
      procedure.handedOverAt = at;
      return;
    case 'procedureClosed':
      procedure.closed = { outcome: event.payload.outcome, at };
      procedure.stage = 'closed';
      stopClock(procedure, at);
      return;
    case 'consultationOpened':
      procedure.consultations = Math.max(procedure.consultations, event.payload.n);
      step(procedure, event.payload.step).startedAt ??= at;
      return;
    case 'consultationClosed': {
      const { step: code, ...counts } = event.payload;
      procedure.consulted[code] = counts;
      Object.assign(step(procedure, code), { completedAt: at, outcome: 'joined', by: 'system' });
      return;
    }
    default:
      return;
  }
}

function stopClock(procedure: ProcedureState, at: string): void {
  const last = procedure.ledger.at(-1);
  if (last && last.type !== 'stop') procedure.ledger.push({ type: 'stop', at });
}

function applyToConsultation(state: CaseState, event: CaseEvent): void {
  const procedure = state.procedures[procedureScopeOf(event.scope)];
  if (procedure) foldProcedure(procedure, event);
  if (event.type === 'consultationOpened') {
    state.consultations[event.scope] = openedConsultation(event, state);
    return;
  }
  const consultation = state.consultations[event.scope];
  if (consultation) foldConsultation(consultation, event);
}

function openedConsultation(event: EventOf<'consultationOpened'>, state: CaseState): ConsultationState {
  const procedureScope = procedureScopeOf(event.scope);
  return {
    scope: event.scope,
    procedureScope,
    step: event.payload.step,
    n: event.payload.n,
    lead: event.payload.lead,
    openedAt: event.occurredAt,
    calendar: state.procedures[procedureScope]?.calendar ?? 'vn-state',
    opinions: Object.fromEntries(
      event.payload.opinions.map((asked) => [
        asked.agency,
        {
          ...asked,
          status: 'asked',
          requestId: null,
          position: null,
          conditions: [],
          legalBasis: null,
          late: false,
          answeredAt: null,
          lapsed: null,
          decision: null,
          messageIds: [],
        },
      ]),
    ),
    tasks: {},
    closedAt: null,
  };
}

function foldConsultation(consultation: ConsultationState, event: CaseEvent): void {
  switch (event.type) {
    case 'opinionRequested': {
      const opinion = consultation.opinions[event.payload.agency];
      if (opinion) opinion.requestId = event.payload.requestId;
      return;
    }
    case 'opinionGiven': {
      const opinion = consultation.opinions[event.payload.agency];
      if (!opinion) return;
      const { position, conditions, legalBasis, late, messageId } = event.payload;
      if (messageId !== null) opinion.messageIds.push(messageId);
      // A late opinion is kept beside what silence had made of it; only the lead may reopen (design 3.5).
      if (!late) opinion.status = 'given';
      Object.assign(opinion, { position, conditions, legalBasis, late, answeredAt: event.occurredAt });
      return;
    }
    case 'opinionLapsed': {
      const opinion = consultation.opinions[event.payload.agency];
      if (!opinion) return;
      const { legalEffect, handling } = event.payload;
      opinion.lapsed = { at: event.occurredAt, legalEffect, handling };
      opinion.status = handling === 'escalate' ? 'escalated' : 'lapsed';
      return;
    }
    case 'silenceDecided': {
      const opinion = consultation.opinions[event.payload.agency];
      if (!opinion) return;
      opinion.status = 'decided';
      opinion.decision = event.payload.decision;
      return;
    }
    case 'consultationClosed':
      consultation.closedAt = event.occurredAt;
      return;
    default:
      return;
  }
}

function tasksOf(state: CaseState, scope: ScopeId): Record<string, TaskState> | undefined {
  switch (scopeKind(scope)) {
    case 'case':
      return state.tasks;
    case 'procedure':
      return state.procedures[scope]?.tasks;
    case 'consultation':
      return state.consultations[scope]?.tasks;
  }
}

function applyTask(state: CaseState, event: CaseEvent): void {
  const tasks = tasksOf(state, event.scope);
  if (!tasks) return;
  switch (event.type) {
    case 'taskOpened': {
      const { taskId, key, kind, agency, role, step: code, dueDate } = event.payload;
      tasks[taskId] = {
        id: taskId,
        key,
        kind,
        scope: event.scope,
        agency,
        role,
        step: code,
        dueDate,
        openedAt: event.occurredAt,
        status: 'open',
        claimedBy: null,
        completedBy: null,
        completedAt: null,
        outcome: null,
      };
      return;
    }
    case 'taskClaimed':
      return patch(tasks, event.payload.taskId, {
        status: 'claimed',
        claimedBy: event.actor.kind === 'person' ? event.actor.id : null,
      });
    case 'taskReleased':
      return patch(tasks, event.payload.taskId, { status: 'open', claimedBy: null });
    case 'taskCompleted':
      return patch(tasks, event.payload.taskId, {
        status: 'done',
        outcome: event.payload.outcome,
        completedAt: event.occurredAt,
        completedBy: event.actor.kind === 'person' ? event.actor.id : null,
      });
    case 'taskCancelled':
      return patch(tasks, event.payload.taskId, { status: 'cancelled', completedAt: event.occurredAt });
    case 'supplementRequested':
      return patch(tasks, event.payload.taskId, { status: 'waiting' });
    case 'supplementAnswered':
    case 'lapseDecided': {
      const asked = state.procedures[event.scope]?.supplements.find((one) => one.requestId === event.payload.requestId);
      const task = asked && tasks[asked.taskId];
      if (task?.status === 'waiting') task.status = task.claimedBy === null ? 'open' : 'claimed';
      return;
    }
    default:
      return;
  }
}

function patch(tasks: Record<string, TaskState>, id: string, change: Partial<TaskState>): void {
  const task = tasks[id];
  if (task) Object.assign(task, change);
}

/**
 * Books an applied event into the mailboxes it is addressed to, in place, and answers with what was put where. Closed scopes hear nothing more;
 * a case that is not managed (imported history) has no mailboxes.
 */
export function deliver(state: CaseState, event: CaseEvent): { scope: ScopeId; delivery: Delivery }[] {
  if (event.type === 'scopeClosed') {
    const closed = state.scopes[event.payload.scope];
    if (closed) closed.closed = true;
  }
  if (event.type === 'scopeRebuilt') {
    const rebuilt = state.scopes[event.payload.scope];
    if (rebuilt) rebuilt.generation = event.payload.generation;
  }
  if (!state.managed) return [];
  const delivered: { scope: ScopeId; delivery: Delivery }[] = [];
  // Questions that are still open end with their procedure: their workflows must hear it.
  const also = event.type === 'procedureClosed' ? consultationsOf(state, event.scope).map(({ scope }) => scope) : [];
  for (const scope of [...routes(event), ...also]) {
    if (opens(event, scope)) state.scopes[scope] ??= { lastSeq: 0, generation: 1, closed: false };
    const box = state.scopes[scope];
    if (!box || box.closed) continue;
    delivered.push({ scope, delivery: { seq: event.seq, prev: box.lastSeq, event } });
    box.lastSeq = event.seq;
  }
  return delivered;
}

/** The state of a case from all its events: the register must always equal it. */
export function foldCase(code: string, events: Iterable<CaseEvent>): CaseState {
  const state = emptyCase(code);
  for (const event of events) {
    apply(state, event);
    deliver(state, event);
  }
  return state;
}

/** Where the n-th consultation of a procedure lives. */
export const nextConsultation = (procedure: ProcedureState): { scope: ScopeId; n: number } => {
  const n = procedure.consultations + 1;
  return { scope: consultationScope(procedure.scope, n), n };
};
