import { refuse } from '../../errors.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import type { PersonCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import { latestAttempt } from '../procedure/state.js';
import { begun, outstanding } from '../procedure/progress.js';
import { reportable, requireReportable } from '../gate/rules.js';
import { caseScope } from '../scope.js';
import { shown } from '../duty/evidence.js';
import { questionUnknown } from '../fact/rules.js';
import { cancelTasksOf } from '../procedure/decision.js';
import { outlivesCase } from '../issued/outlives.js';
import { closeTrialCase } from '../trial/admission.js';

export function openCase(draft: Draft, command: Extract<PersonCommand, { type: 'openCase' }>): void {
  if (draft.state.seq > 0) refuse('DUPLICATE_REQUEST', { case: draft.state.code });
  const { opening, managed, signed } = command;
  draft.emit('caseOpened', caseScope(draft.state.code), {
    ...opening,
    managed,
    ...(signed && { signed: { ...signed, holder: draft.seal(signed.holder, 'signature') } }),
  });
  if (command.managed) questionUnknown(draft, command.opening.unknown ?? []);
}

/** An event outside every procedure that the law demands first, such as the deposit. Once met it stays met. */
export function meetGate(draft: Draft, gate: string, evidence: string | null, on?: PlainDate): void {
  const known = reportable(draft.state, draft.law);
  if (!known.includes(gate)) refuse('VALIDATION_FAILED', { field: 'gate', known });
  if (gate in draft.state.gatesMet) return;
  requireReportable(draft, gate, on, dateOf(draft.now));
  draft.emit('gateMet', caseScope(draft.state.code), {
    gate,
    evidence: shown(draft, evidence),
    ...(on !== undefined && { on }),
  });
}

/**
 * The investor takes the case back: tasks close and clocks stop at once, in every scope. Refused while a decision is signed but not yet handed
 * over: what is decided reaches the investor first.
 */
export function withdrawCase(draft: Draft, reason: string): void {
  const { state } = draft;
  // Whoever leaves a trial still owes its users: that is an act of the trial.
  if (state.trial && state.trial.phase !== 'admission') refuse('PRECONDITION_FAILED', { phase: state.trial.phase });
  const deciding = Object.values(state.procedures).filter((one) => one.decision && !one.closed);
  if (deciding.length > 0) refuse('PRECONDITION_FAILED', { decided: deciding.map((one) => one.procedure) });
  const scope = caseScope(state.code);
  const refused = rootRefused(draft);
  draft.emit('caseWithdrawn', scope, { reason: draft.seal(reason) });
  for (const consultation of Object.values(state.consultations)) {
    for (const task of Object.values(consultation.tasks)) draft.cancelTask(task, 'withdrawn');
  }
  for (const procedure of Object.values(state.procedures)) {
    if (procedure.closed) continue;
    for (const task of Object.values(procedure.tasks)) draft.cancelTask(task, 'withdrawn');
    draft.emit('procedureClosed', procedure.scope, {
      procedure: procedure.procedure,
      attempt: procedure.attempt,
      outcome: 'withdrawn',
    });
  }
  for (const task of Object.values(state.tasks)) if (!outlivesCase(state, task)) draft.cancelTask(task, 'withdrawn');
  draft.emit('caseClosed', scope, { outcome: refused ? 'refused' : 'withdrawn' });
}

/** The root approval is refused and the investor does not file again: the case ends as refused, not as withdrawn. */
function rootRefused(draft: Draft): boolean {
  const roots = draft.state.plan.filter((item) => item.mandatory && item.after.length === 0);
  return roots.some((item) => {
    const outcome = latestAttempt(draft.state, item.procedure)?.closed?.outcome;
    return outcome !== undefined && outcome !== 'approved' && outcome !== 'withdrawn';
  });
}

/** How it went, 1 to 5: after each result (`procedure`), and at the end of the whole. */
export function surveyCase(draft: Draft, score: number, procedure: string | null): void {
  if (procedure !== null) return surveyResult(draft, score, procedure);
  if (!draft.state.closed) refuse('PRECONDITION_FAILED', { closed: false });
  if (draft.state.survey !== null) refuse('DUPLICATE_REQUEST', { score: draft.state.survey });
  draft.emit('caseSurveyed', caseScope(draft.state.code), { score });
}

function surveyResult(draft: Draft, score: number, procedure: string): void {
  const result = latestAttempt(draft.state, procedure) ?? refuse('NOT_FOUND', { procedure });
  if (result.handedOverAt === null) refuse('PRECONDITION_FAILED', { procedure, handedOver: false });
  if (procedure in draft.state.surveys) refuse('DUPLICATE_REQUEST', { score: draft.state.surveys[procedure] });
  draft.emit('caseSurveyed', caseScope(draft.state.code), { score, procedure });
}

/** No «all clear» while a mandatory approval is missing that the investor has not deferred, nor while a question waits for its answer. */
export function closeCase(draft: Draft): void {
  const { state } = draft;
  if (state.closed) return;
  if (state.trial) return closeTrialCase(draft, state.trial);
  const missing = outstanding(state).map((item) => item.procedure);
  const { procedures, questions, facts } = begun(state);
  if (missing.length > 0 || procedures.length > 0 || questions.length > 0 || facts.length > 0) {
    refuse('PRECONDITION_FAILED', { missing, begun: procedures, questions, facts });
  }
  // A deferred procedure that was open and waited for its dossier ends with the case.
  for (const one of Object.values(state.procedures)) {
    const { procedure, attempt, scope, closed } = one;
    if (closed) continue;
    cancelTasksOf(draft, one, 'closed');
    draft.emit('procedureClosed', scope, { procedure, attempt, outcome: 'withdrawn' });
  }
  for (const task of Object.values(state.tasks)) if (!outlivesCase(state, task)) draft.cancelTask(task, 'closed');
  draft.emit('caseClosed', caseScope(state.code), { outcome: 'approved' });
}
