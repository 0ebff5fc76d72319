import type { CaseEvent, Delivery } from './events.js';
import { foldCaseEvent } from './case/fold.js';
import { foldConsultation, openedConsultation } from './consultation/fold.js';
import { foldApologies } from './apology/fold.js';
import { foldExtracts } from './extract/fold.js';
import { foldOutside } from './outside/fold.js';
import { foldMerger } from './law-change/fold.js';
import { foldPayments } from './payment/fold.js';
import { foldResult } from './issued/fold.js';
import { foldProcedure, openedProcedure } from './procedure/fold.js';
import { foldSteps } from './step/fold.js';
import { foldSupplements } from './supplement/fold.js';
import { foldAdmission } from './trial/admission-fold.js';
import { foldTask } from './task/fold.js';
import { declarationGate } from './procedure/progress.js';
import { opens, routes } from './routes.js';
import { consultationScope, procedureScopeOf, scopeKind, type ScopeId } from './scope.js';
import { foldVersion, type CaseState } from './state.js';
import { laneOf } from './lane/state.js';
import type { ConsultationState } from './consultation/state.js';
import type { ProcedureState } from './procedure/state.js';

/** The state before the first event of a case. */
export function emptyCase(code: string): CaseState {
  return {
    code,
    fold: foldVersion,
    kind: 'green-lane',
    seq: 0,
    lastAt: '',
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
    dates: {},
    site: null,
    sites: null,
    withdrawnAt: null,
    closed: null,
    survey: null,
    surveys: {},
    adjusts: null,
    capital: null,
    unverified: [],
    lanes: [],
    laneAtResult: null,
    laneEvidence: {},
    laneFindings: [],
    laneProposals: 0,
    laneHearings: [],
    deferred: {},
    questions: {},
    factQuestions: {},
    needless: [],
    recused: {},
    duties: {},
    trial: null,
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
  if (event.occurredAt > state.lastAt) state.lastAt = event.occurredAt;
  foldTask(state, event);
  foldMerger(state, event);
  foldOutside(state, event);
  switch (scopeKind(event.scope)) {
    case 'case':
      return foldCaseEvent(state, event);
    case 'procedure':
      return applyToProcedure(state, event);
    case 'consultation':
      return applyToConsultation(state, event);
  }
}

function applyToProcedure(state: CaseState, event: CaseEvent): void {
  if (event.type === 'procedureOpened') {
    state.procedures[event.scope] = openedProcedure(event, laneOf(state));
    return;
  }
  const procedure = state.procedures[event.scope];
  if (procedure) foldIntoProcedure(procedure, event);
  if (event.type === 'decisionMade' && state.kind === 'green-lane')
    state.laneAtResult ??= { lane: state.lane, at: event.occurredAt };
  if (event.type === 'onlineDeclared') state.gatesMet[declarationGate] ??= event.occurredAt;
  if (event.type === 'procedureClosed') {
    for (const consultation of consultationsOf(state, event.scope)) consultation.closedAt ??= event.occurredAt;
  }
}

/** Each subject of a procedure has its own part of what an event makes of it. */
function foldIntoProcedure(procedure: ProcedureState, event: CaseEvent): void {
  foldProcedure(procedure, event);
  foldSteps(procedure, event);
  foldSupplements(procedure, event);
  foldApologies(procedure, event);
  foldPayments(procedure, event);
  foldExtracts(procedure, event);
  foldResult(procedure, event);
  foldAdmission(procedure, event);
}

const consultationsOf = (state: CaseState, procedure: ScopeId): ConsultationState[] =>
  Object.values(state.consultations).filter((one) => one.procedureScope === procedure);

function applyToConsultation(state: CaseState, event: CaseEvent): void {
  const procedure = state.procedures[procedureScopeOf(event.scope)];
  if (procedure && (event.type === 'consultationOpened' || event.type === 'consultationClosed')) {
    foldSteps(procedure, event);
  }
  if (event.type === 'consultationOpened') {
    state.consultations[event.scope] = openedConsultation(event, state);
    return;
  }
  const consultation = state.consultations[event.scope];
  if (consultation) foldConsultation(consultation, event);
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
