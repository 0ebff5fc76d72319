import { addWorkingDays, ifPublished } from '../../time/calendar.js';
import { refuse } from '../../errors.js';
import { lastDayOf, termsWithin } from './conditions.js';
import type { TrialAct } from './phases.js';
import { addDays, dateOf, type PlainDate } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import { allTasks, type TaskState } from '../task/state.js';
import type { TrialCommand } from './commands.js';
import type { Draft } from '../draft.js';
import type { TextRef } from '../words.js';
import type { TrialRequest } from './words.js';
import { caseScope } from '../scope.js';
import { openRequests, type TrialState } from './state.js';
import { aboutOf } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import { done, reasonOf } from '../task/completion.js';
import { termEnd } from '../../time/term-end.js';
import { finalReportDate, openFinalReport } from './admission.js';
import { moveDuty, openDuties } from './duties.js';
import { ofAgency, participant, rulesFor, trialTermsOf, trialFor, trialOf } from './parties.js';

const acts = {
  adjustment: 'requestAdjustment',
  extension: 'requestExtension',
  resumption: 'requestResumption',
} as const satisfies Record<TrialRequest['kind'], TrialAct>;

/** What the authority is asked for, checked against the regime when it is asked and again when it is granted. One of a kind at a time. */
export function requestTrialChange(
  draft: Draft,
  { request, reason }: Extract<TrialCommand, { type: 'requestTrialChange' }>,
): void {
  participant(draft);
  const trial = trialFor(draft, acts[request.kind]);
  if (openRequests(trial).some((one) => one.request.kind === request.kind)) {
    refuse('DUPLICATE_REQUEST', { request: request.kind });
  }
  const checked = checkedRequest(draft, trial, request);
  if (checked.kind === 'extension') requireInTime(draft, trial);
  const requestId = `R${Object.keys(trial.requests).length + 1}`;
  const words = draft.seal(reason);
  const decideBy = decisionDate(draft, trial, request);
  const asked = { requestId, request: checked, reason: words, decideBy };
  draft.emit('trialChangeRequested', caseScope(draft.state.code), asked);
}

/** `EXTENSION_LIMIT`, `TERM_TOO_LONG`, or what `termsWithin` refuses. */
function checkedRequest(draft: Draft, trial: TrialState, request: TrialRequest): TrialRequest {
  const { regime, rules } = rulesFor(draft, trial);
  switch (request.kind) {
    case 'adjustment': {
      const { months } = trialTermsOf(trial);
      if (request.terms.months !== months) refuse('VALIDATION_FAILED', { field: 'months', allowed: [months] });
      return { kind: 'adjustment', terms: termsWithin(regime, rules, request.terms) };
    }
    case 'extension': {
      const { maxExtensions, longestExtension } = rules;
      if (maxExtensions && trial.extensions >= maxExtensions.value) {
        refuse('EXTENSION_LIMIT', { extensions: trial.extensions, max: maxExtensions.value });
      }
      if (longestExtension && request.months > longestExtension.value) {
        refuse('TERM_TOO_LONG', { months: request.months, longest: longestExtension.value });
      }
      return request;
    }
    case 'resumption':
      return request;
  }
}

/** An extension is asked for so many days before the end. Where no calendar reaches the end, it is far away. */
function requireInTime(draft: Draft, trial: TrialState): void {
  const before = rulesFor(draft, trial).rules.extensionBefore?.value;
  const { until } = trial;
  if (!before || until === null) return;
  const last = ifPublished(() =>
    before.unit === 'working-day'
      ? addWorkingDays(draft.law.caseCalendar, until, -before.amount)
      : addDays(until, -before.amount),
  );
  if (last !== undefined && dateOf(draft.now) > last) refuse('ASKED_TOO_LATE', { until, last });
}

function decisionDate(draft: Draft, trial: TrialState, { kind }: TrialRequest): PlainDate {
  const extension = kind === 'extension' ? rulesFor(draft, trial).rules.extensionDecision?.value : undefined;
  const days = extension ?? draft.law.settings.sandbox.requestDays;
  return termEnd(draft.law.caseCalendar, dateOf(draft.now), days);
}

/** Granted as it was asked for, or refused with reasons. */
export function decideRequest(draft: Draft, task: TaskState, completion: Completion): void {
  const grants = outcomeOf('trial-request', completion) === 'grant';
  const trial = trialOf(draft);
  const asked =
    trial.requests[aboutOf(task, 'trial-request')?.requestId ?? ''] ?? refuse('NOT_FOUND', { task: task.id });
  if (asked.status !== 'open') refuse('PRECONDITION_FAILED', { request: asked.status });
  const reason = draft.seal(reasonOf(completion));
  const request = grants ? checkedRequest(draft, trial, asked.request) : asked.request;
  if (grants && request.kind === 'resumption' && trial.phase !== 'suspended') {
    refuse('PRECONDITION_FAILED', { phase: trial.phase });
  }
  done(draft, task, { outcome: completion.outcome });
  const answered = { requestId: asked.id, taskId: task.id, reason };
  if (!grants) return draft.emit('trialChangeRefused', task.scope, answered);
  switch (request.kind) {
    case 'adjustment':
      return draft.emit('trialAdjusted', task.scope, { ...answered, terms: request.terms });
    case 'extension':
      return extend(draft, trial, task, { ...answered, months: request.months });
    case 'resumption':
      return draft.emit('trialResumed', task.scope, answered);
  }
}

/** The whole term is counted anew from its first day; what is due before the end moves with it. */
function extend(
  draft: Draft,
  trial: TrialState,
  { scope }: TaskState,
  answer: { readonly requestId: string; readonly taskId: string; readonly months: number; readonly reason: TextRef },
): void {
  const from = trial.from ?? refuse('PRECONDITION_FAILED', { from: null });
  const moved = lastDayOf(from, trialTermsOf(trial).months + trial.extendedMonths + answer.months);
  const reported = trial.finalReport !== null;
  draft.emit('trialExtended', scope, { ...answer, until: moved });
  // Whoever asks for more time files for the old end all the same, since that date comes first; another report is due before the new one.
  if (reported) {
    for (const task of allTasks(draft.state)) if (task.kind === 'completion') draft.cancelTask(task, 'extended');
    return openFinalReport(draft, trial, moved);
  }
  const date = finalReportDate(draft, trial, moved);
  if (date === undefined) return;
  for (const duty of openDuties(draft, 'trial-final-report')) moveDuty(draft, duty, date);
}

// Without being asked ---------------------------------------------------------------------------------------------------------------------------

/** The head of the supervisor or of the authority stops a trial, also one that is held already. */
export function suspendTrial(draft: Draft, reason: string): void {
  const trial = trialFor(draft, 'suspend');
  ofAgency(draft, [trial.supervises, trial.authority], 'head');
  const words = draft.seal(reason);
  draft.emit('trialSuspended', caseScope(draft.state.code), { reason: words });
  for (const task of allTasks(draft.state)) if (task.kind === 'hold') draft.cancelTask(task, 'suspended');
}

/** What was suspended runs again; a request for it is answered with that. */
export function resumeTrial(draft: Draft, reason: string): void {
  const trial = trialFor(draft, 'resume');
  ofAgency(draft, [trial.supervises, trial.authority], 'head');
  const asked = openRequests(trial).find(({ request }) => request.kind === 'resumption');
  const words = draft.seal(reason);
  const answered = { requestId: asked?.id ?? null, taskId: null, reason: words };
  draft.emit('trialResumed', caseScope(draft.state.code), answered);
  for (const task of allTasks(draft.state)) {
    if (asked && aboutOf(task, 'trial-request')?.requestId === asked.id) draft.cancelTask(task, 'resumed');
  }
}
