import { dutyDate } from '../../law/duty-dates.js';
import { refuse } from '../../errors.js';
import { admittedDates } from './admitted-dates.js';
import { termsWithin } from './conditions.js';
import { evaluationStep } from '../../law/admission-steps.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import type { ProcedureState } from '../procedure/state.js';
import type { TaskState } from '../task/state.js';
import type { TrialCommand } from './commands.js';
import type { Draft } from '../draft.js';
import { caseScope } from '../scope.js';
import { isIdentifier } from '../case/identifier.js';
import { outlivesCase } from '../issued/outlives.js';
import { missingPermits, type TrialState, admissionOf } from './state.js';
import { outcomeOf } from '../task/outcomes.js';
import { done, reasonOf } from '../task/completion.js';
import { takeTask } from '../task/rules.js';
import { cancelTasksOf } from '../procedure/decision.js';
import { openTrialDuty } from './duties.js';
import { participant, rulesFor, trialFor, trialOf } from './parties.js';

/** What the test of regime and territory could not say: unknown never counts as yes. */
export function decideFit(draft: Draft, task: TaskState, completion: Completion): void {
  const trial = trialOf(draft);
  const fits = outcomeOf('fit', completion) === 'fits';
  if (trial.fit !== 'unknown') refuse('PRECONDITION_FAILED', { fit: trial.fit });
  const reason = draft.seal(reasonOf(completion));
  done(draft, task, { outcome: completion.outcome });
  draft.emit('fitDecided', task.scope, { taskId: task.id, verdict: fits ? 'yes' : 'no', reason });
}

/** The evaluation says what it found about every criterion and under which conditions the trial could run. Proposed again, the last one counts. */
export function proposeTerms(draft: Draft, command: Extract<TrialCommand, { type: 'proposeTerms' }>): void {
  const trial = trialFor(draft, 'proposeTerms');
  const task = takeTask(draft, command.taskId);
  if (task.kind !== 'step' || task.step !== evaluationStep) refuse('PRECONDITION_FAILED', { step: task.step });
  const known = draft.law.settings.sandbox.criteria.map(({ code }) => code);
  const found = command.criteria.map(({ criterion }) => criterion);
  const unknown = found.filter((one) => !known.includes(one));
  if (unknown.length > 0) refuse('UNKNOWN_VALUE', { field: 'criteria', unknown, known });
  const missing = known.filter((one) => !found.includes(one));
  if (missing.length > 0) refuse('VALIDATION_FAILED', { field: 'criteria', missing });
  if (found.length > known.length) refuse('VALIDATION_FAILED', { field: 'criteria', twice: true });
  const { regime, rules } = rulesFor(draft, trial);
  const terms = termsWithin(regime, rules, command.terms);
  draft.emit('trialTermsProposed', task.scope, { taskId: task.id, criteria: command.criteria, terms });
}

/** Nobody is done evaluating before there is something to decide about. */
export function requireProposal(draft: Draft, procedure: ProcedureState, step: string): void {
  if (draft.state.trial && step === evaluationStep && !procedure.proposal) {
    refuse('PRECONDITION_FAILED', { step, proposal: null });
  }
}

/** The favourable decision becomes an admission: from the day of the decision, with the conditions proposed and a record of every exemption. */
export function admitTrial(draft: Draft): void {
  const trial = trialOf(draft);
  if (trial.phase !== 'admission') return;
  const procedure = admissionOf(draft.state);
  const { decision, signature, proposal, closed } = procedure ?? {};
  if (!procedure || closed?.outcome !== 'approved' || !decision || !signature || !proposal) {
    return refuse('PRECONDITION_FAILED', { decision: decision?.outcome ?? null, proposal: Boolean(proposal) });
  }
  const { terms } = proposal;
  const { from, until, exemptions } = admittedDates(decision.at, terms);
  const scope = caseScope(draft.state.code);
  const permits = rulesFor(draft, trial).regime.externalPermits.map(({ code }) => code);
  draft.emit('trialAdmitted', scope, { decision: signature.number, from, until, terms, exemptions, permits });
  openFinalReport(draft, trial, until);
}

/** Once more after an extension that was granted when it had been filed. */
export function openFinalReport(draft: Draft, trial: TrialState, until: PlainDate): void {
  const code = 'trial-final-report';
  const dueDate = finalReportDate(draft, trial, until);
  const before = Object.values(draft.state.duties).filter((duty) => duty.code === code).length;
  if (dueDate !== undefined) openTrialDuty(draft, before === 0 ? code : `${code}#${before + 1}`, code, dueDate);
}

/** So many days before the end, as the regime has it; undefined where nobody says so, or no calendar reaches that far. */
export function finalReportDate(draft: Draft, trial: TrialState, until: PlainDate): PlainDate | undefined {
  const before = rulesFor(draft, trial).rules.finalReport?.value;
  if (!before) return undefined;
  const due = { ...before, direction: 'before', relativeTo: 'end' } as const;
  return dutyDate(draft.law.caseCalendar, due, until) ?? undefined;
}

/** The participant shows the permit of another body. */
export function recordPermit(draft: Draft, command: Extract<TrialCommand, { type: 'recordPermit' }>): void {
  participant(draft);
  const trial = trialFor(draft, 'recordPermit');
  const { permit, documentId, validTo } = command;
  const known = Object.keys(trial.permits);
  if (!known.includes(permit)) refuse('UNKNOWN_VALUE', { field: 'permit', known });
  if (trial.permits[permit]) refuse('DUPLICATE_REQUEST', { permit });
  const number = command.number.trim();
  if (number === '') refuse('VALIDATION_FAILED', { field: 'number', missing: true });
  if (validTo !== null && validTo < dateOf(draft.now)) refuse('VALIDATION_FAILED', { field: 'validTo', past: true });
  draft.emit('permitRecorded', caseScope(draft.state.code), {
    permit,
    number: isIdentifier(number) ? number : draft.seal(number, 'number'),
    documentId,
    validTo,
  });
}

/** Admitted, and every permit is there. */
export function startTrial(draft: Draft): void {
  const trial = trialOf(draft);
  if (trial.phase !== 'admitted') return;
  const missing = missingPermits(trial);
  if (missing.length > 0) refuse('PRECONDITION_FAILED', { permits: missing });
  draft.emit('trialStarted', caseScope(draft.state.code), {});
}

/** Ends a case whose trial is over, or that no regime takes. */
export function closeTrialCase(draft: Draft, trial: TrialState): void {
  const { state } = draft;
  const { phase, fit, ending } = trial;
  if (fit !== 'no' && phase !== 'over') refuse('PRECONDITION_FAILED', { phase });
  const open = Object.values(state.questions).filter(({ answeredAt }) => answeredAt === null);
  if (open.length > 0) refuse('PRECONDITION_FAILED', { questions: open.map(({ id }) => id) });
  for (const procedure of Object.values(state.procedures)) {
    if (procedure.closed) continue;
    cancelTasksOf(draft, procedure, 'closed');
    const { procedure: code, attempt, scope } = procedure;
    draft.emit('procedureClosed', scope, { procedure: code, attempt, outcome: 'withdrawn' });
  }
  for (const task of Object.values(state.tasks)) if (!outlivesCase(state, task)) draft.cancelTask(task, 'closed');
  const outcome = fit === 'no' ? 'refused' : ending === 'withdrawn' ? 'withdrawn' : 'approved';
  draft.emit('caseClosed', caseScope(state.code), { outcome });
}
