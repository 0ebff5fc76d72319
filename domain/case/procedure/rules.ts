import { refuse } from '../../errors.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import { dateOf, laterOf } from '../../time/instants.js';
import type { EngineCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import type { DossierDocument, ProcedureOutcome } from './words.js';
import type { PlanItem } from '../case/words.js';
import { declarationHolds, fetched, isToBeDeclared } from './dossier.js';
import type { ProcedureServiceCommand } from './commands.js';
import { checkDossier, isUnexamined } from './dossier-check.js';
import { missingConditions } from '../gate/rules.js';
import { isDeferred, isUntested, missingGates, missingResults, startsByItself } from './progress.js';
import { procedureScope } from '../scope.js';
import { latestAttempt, type ProcedureState } from './state.js';
import { resumeProcedure } from '../deferral/rules.js';
import { requestPayment, requirePaid } from '../payment/rules.js';
import type { StepServiceCommand } from '../step/commands.js';
import { finishStep, requireStepReady } from '../step/rules.js';
import { isGranted } from '../issued/state.js';
import { cancelTasksOf } from './decision.js';
import { receiveDossier } from './intake.js';

export function openProcedure(draft: Draft, code: string): void {
  const { state } = draft;
  if (state.closed) refuse('CASE_CLOSED', { outcome: state.closed.outcome });
  const item = state.plan.find((one) => one.procedure === code) ?? refuse('NOT_FOUND', { procedure: code });
  if (latestAttempt(state, code)) return;
  if (isDeferred(state, code)) refuse('PRECONDITION_FAILED', { procedure: code, deferred: true });
  const waitingFor = hindrances(draft, item);
  if (waitingFor.length > 0) refuse('PRECONDITION_FAILED', { waitingFor });
  openAttempt(draft, code, 1);
  const lodged = state.lodged[code];
  if (lodged?.length) fileOn(draft, code, lodged);
}

/** What has to be there before the procedure is opened. */
export const hindrances = ({ state, law }: Draft, item: PlanItem): string[] => [
  ...missingResults(state, item),
  ...missingGates(state, item),
  ...missingConditions(state, law, item.procedure),
  ...(isUntested(state) ? ['fit'] : []),
];

export function openAttempt(draft: Draft, code: string, attempt: number): void {
  const { state, law } = draft;
  const item = state.plan.find((one) => one.procedure === code) ?? refuse('NOT_FOUND', { procedure: code });
  const resolved = law.procedureAt(code, dateOf(draft.now), state.facts);
  draft.emit('procedureOpened', procedureScope(state.code, code, attempt), {
    procedure: code,
    attempt,
    version: resolved.version,
    phase: item.phase,
    mandatory: item.mandatory,
    competentAgency: resolved.competentAgency,
    handlingAgency: resolved.handlingAgency,
    cityControlled: resolved.cityControlled,
    budget: resolved.budget,
    calendar: resolved.calendar,
    startsFrom: resolved.startsFrom,
  });
}

/** The investor files, or adds to what nobody has examined yet. A procedure that nobody must have, or that was deferred, is opened by filing it. */
export function fileDossier(draft: Draft, code: string, documents: readonly DossierDocument[]): void {
  const item = draft.state.plan.find((one) => one.procedure === code) ?? refuse('NOT_FOUND', { procedure: code });
  const deferred = isDeferred(draft.state, code);
  if (deferred) resumeProcedure(draft, code);
  if (!latestAttempt(draft.state, code) && (deferred || !item.mandatory)) openProcedure(draft, code);
  fileOn(draft, code, documents);
}

/** `at`: when it came, where that was before. */
export function fileOn(draft: Draft, code: string, documents: readonly DossierDocument[], at = draft.now): void {
  const item = draft.state.plan.find((one) => one.procedure === code);
  const procedure = latestAttempt(draft.state, code);
  if (!procedure) {
    const waitingFor = item ? hindrances(draft, item) : [];
    // Nothing stands in its way: whoever opens it has only not come to it yet.
    if (item?.mandatory && draft.state.managed && waitingFor.length === 0) refuse('NOT_OPEN_YET', { procedure: code });
    return refuse('PRECONDITION_FAILED', { procedure: code, waitingFor });
  }
  const amends = isUnexamined(procedure);
  if (procedure.stage !== 'awaiting-dossier' && !amends) refuse('PRECONDITION_FAILED', { stage: procedure.stage });
  // Its first attempt needs no dossier; after a refusal the investor files again like everywhere.
  if (procedure.startsFrom === 'prior-decision' && procedure.attempt === 1)
    refuse('PRECONDITION_FAILED', { startsFrom: procedure.startsFrom });
  if (documents.length === 0) refuse('VALIDATION_FAILED', { field: 'documents', missing: true });
  const definition = draft.resolved(procedure);
  const known = definition.documents.map((one) => one.code);
  const unknown = documents.map((one) => one.code).filter((one) => !known.includes(one));
  if (unknown.length > 0) refuse('VALIDATION_FAILED', { field: 'documents', unknown, known });
  const filled = fromRegisters(definition, procedure, documents);
  const declares = !amends && isToBeDeclared(definition, procedure, at);
  const filed = {
    documents: [...documents, ...filled],
    ...(amends && { amends }),
    ...(amends && !isMissing(definition, procedure, documents) && { extra: true as const }),
    ...(declares && { declares }),
    ...fetched([...documents, ...filled], documents),
  };
  draft.emit('dossierFiled', procedure.scope, filed, at);
}

/** Whether something of it was missing until now, as the definition asks for it or because a register did not give it. */
function isMissing(
  definition: ResolvedProcedure,
  { filings, extracts }: ProcedureState,
  given: readonly DossierDocument[],
): boolean {
  const missing = new Set(checkDossier(definition, filings, extracts).missing);
  return given.some(({ code }) => missing.has(code));
}

/** «Once only»: what a register of the State holds is taken from it, on the day of the filing, unless the investor gave it. */
function fromRegisters(
  { documents }: ResolvedProcedure,
  { filings }: ProcedureState,
  given: readonly DossierDocument[],
): DossierDocument[] {
  const there = new Set([...filings.flatMap((one) => one.documents), ...given].map(({ code }) => code));
  return documents.flatMap(({ code, obtainableFrom }) =>
    obtainableFrom === null || there.has(code) ? [] : [{ code, documentId: null, obtainedFrom: obtainableFrom }],
  );
}

/** A refusal is not the end, nor is a result that was taken back: the investor may file the next attempt, as long as the case is open. */
export function refileProcedure(draft: Draft, code: string, documents: readonly DossierDocument[]): void {
  const latest = latestAttempt(draft.state, code) ?? refuse('NOT_FOUND', { procedure: code });
  const outcome = latest.closed?.outcome;
  if (outcome === undefined || isGranted(latest) || outcome === 'withdrawn') {
    refuse('PRECONDITION_FAILED', { procedure: code, outcome: outcome ?? latest.stage });
  }
  openAttempt(draft, code, latest.attempt + 1);
  fileOn(draft, code, documents);
}

/** What a procedure's own workflow asks for. Asking again for what is there already changes nothing. */
export function decideForProcedure(draft: Draft, procedure: ProcedureState, command: EngineCommand): void {
  if (procedure.closed) refuse('CASE_CLOSED', { scope: procedure.scope, outcome: procedure.closed.outcome });
  const resolved = draft.resolved(procedure);
  const { scope } = procedure;
  switch (command.type) {
    case 'recordDeclaration':
      if (declarationHolds(procedure)) return;
      draft.emit('onlineDeclared', scope, { declarationId: command.declarationId, lapsesOn: command.lapsesOn });
      return;
    case 'receiveByDecision': {
      if (!startsByItself(resolved)) refuse('PRECONDITION_FAILED', { startsFrom: procedure.startsFrom });
      // The investor filed what registers hold: nothing is left to examine at the counter.
      if (procedure.stage === 'intake' && procedure.receptionRefusedAt === null)
        return receiveDossier(draft, procedure, null);
      if (procedure.stage !== 'awaiting-dossier') return;
      const since = priorDecision(draft, procedure);
      const documents = resolved.documents.map(({ code, obtainableFrom }) => ({
        code,
        documentId: null,
        obtainedFrom: obtainableFrom,
      }));
      if (documents.length > 0) draft.emit('dossierFiled', scope, { documents, ...fetched(documents, []) }, since);
      return receiveDossier(draft, procedure, null, since);
    }
    case 'startStep': {
      const { step, call } = command;
      if (procedure.steps[step]?.startedAt && (!call || procedure.steps[step].called)) return;
      requireStepReady(procedure, resolved, step, 'automatic', 'payment');
      draft.emit('stepStarted', scope, { step, ...(call && { call }) });
      return;
    }
    case 'completeStep': {
      if (procedure.steps[command.step]?.completedAt) return;
      requireStepReady(procedure, resolved, command.step, 'automatic', 'payment');
      requirePaid(procedure, command.step);
      return finishStep(draft, procedure, resolved, command.step, command.outcome, command.by, command.reference);
    }
    case 'requestPayment':
      return requestPayment(draft, procedure, resolved, command.step);
    case 'failStep': {
      const state = procedure.steps[command.step];
      if (state?.failed || state?.completedAt) return;
      draft.emit('stepFailed', scope, { step: command.step, reason: command.reason });
      return;
    }
    case 'recordSignature': {
      if (procedure.signature) return;
      if (!procedure.decision) refuse('PRECONDITION_FAILED', { decision: null });
      const { type: _type, ...signature } = command;
      draft.emit('decisionSigned', scope, signature);
      return;
    }
    case 'handOver':
      if (procedure.handedOverAt !== null) return;
      if (!procedure.signature) refuse('PRECONDITION_FAILED', { signature: null });
      draft.emit('resultHandedOver', scope, { number: procedure.signature.number });
      return;
    case 'closeProcedure': {
      const outcome = outcomeOf(procedure, resolved);
      cancelTasksOf(draft, procedure, 'closed');
      draft.emit('procedureClosed', scope, { procedure: procedure.procedure, attempt: procedure.attempt, outcome });
      return;
    }
    default:
      refuse('PRECONDITION_FAILED', { command: command.type, scope });
  }
}

/** How a procedure ended; refused while it has not. */
function outcomeOf(procedure: ProcedureState, resolved: ResolvedProcedure): ProcedureOutcome {
  if (procedure.receptionRefusedAt !== null) return 'refused-at-intake';
  const stopped = procedure.supplements.find((one) => one.status === 'stopped');
  if (stopped) return resolved.clockPolicy.onLapse === 'refuse' ? 'refused' : 'stopped';
  if (!procedure.decision || procedure.handedOverAt === null) {
    return refuse('PRECONDITION_FAILED', {
      decision: procedure.decision?.outcome ?? null,
      handedOver: procedure.handedOverAt !== null,
    });
  }
  if (procedure.decision.outcome === 'refused') return 'refused';
  const open = resolved.steps.filter((step) => !procedure.steps[step.code]?.completedAt).map((step) => step.code);
  if (open.length > 0) refuse('PRECONDITION_FAILED', { open });
  return 'approved';
}

/** The instant at which the last result this procedure starts from was handed over. */
function priorDecision(draft: Draft, procedure: ProcedureState): string {
  const item = draft.state.plan.find((one) => one.procedure === procedure.procedure);
  let at = '';
  for (const code of item?.after ?? []) {
    const closed = latestAttempt(draft.state, code)?.closed?.at;
    if (closed) at = at === '' ? closed : laterOf(at, closed);
  }
  return at === '' ? procedure.openedAt : at;
}

/** What came of the call for a step, as far as somebody still waits for it: the step may have been done by hand, or begun anew. */
export function finishCall(draft: Draft, { procedure: scope, step, round, ...result }: StepServiceCommand): void {
  const procedure = draft.getProcedure(scope);
  const state = procedure.steps[step];
  if (procedure.closed || !state?.called || state.round !== round || state.completedAt || state.failed) return;
  const { outcome, reference, failure } = result;
  decideForProcedure(
    draft,
    procedure,
    outcome === null
      ? { type: 'failStep', step, reason: failure ?? 'INTERNAL' }
      : { type: 'completeStep', step, outcome, by: 'system', reference },
  );
}

/** What came of a declaration that the register made, as far as somebody still waits for it: it may have been made by hand, or the dossier filed anew. */
export function finishDeclaration(
  draft: Draft,
  { procedure: scope, filing, declaration, failure }: ProcedureServiceCommand,
): void {
  const procedure = draft.getProcedure(scope);
  const { declaring } = procedure;
  if (procedure.closed || declaring?.filing !== filing || declaring.failed) return;
  if (declaration)
    draft.emit('onlineDeclared', scope, { declarationId: declaration.id, lapsesOn: declaration.lapsesOn });
  else draft.emit('declarationFailed', scope, { filing, reason: failure ?? 'INTERNAL' });
}
