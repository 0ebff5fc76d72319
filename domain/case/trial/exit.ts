import { refuse } from '../../errors.js';
import { lastDayOf } from './conditions.js';
import type { Ending } from '../../law/trial-terms.js';
import { addDays, dateOf, type Instant, type PlainDate } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import type { TaskState } from '../task/state.js';
import type { TrialCommand } from './commands.js';
import type { Draft } from '../draft.js';
import type { TextRef } from '../words.js';
import { caseScope } from '../scope.js';
import type { TaskKind } from '../task/words.js';
import { unexamined, type TrialState, admissionOf } from './state.js';
import { outcomeOf } from '../task/outcomes.js';
import { done, reasonOf } from '../task/completion.js';
import { termEnd } from '../../time/term-end.js';
import { ofAgency, participant, rulesFor, trialTermsOf, trialFor, trialOf } from './parties.js';
import { dropDuties, meetEarliest, openDuties, openTrialDuty } from './duties.js';

/** With it the assessment begins: what was learned, and which legal rules should change. */
export function fileFinalReport(draft: Draft, command: Extract<TrialCommand, { type: 'fileFinalReport' }>): void {
  participant(draft);
  const trial = trialFor(draft, 'fileFinalReport');
  if (trial.finalReport) refuse('DUPLICATE_REQUEST', { finalReport: trial.finalReport.at });
  const { documentId, figures } = command;
  const lessons = command.lessons.map(({ act, article, change }) => ({
    act,
    article,
    change: draft.seal(change, 'lessons'),
  }));
  const days = rulesFor(draft, trial).rules.certificate?.value ?? draft.law.settings.sandbox.requestDays;
  const assessBy = termEnd(draft.law.caseCalendar, dateOf(draft.now), days);
  draft.emit('finalReportFiled', caseScope(draft.state.code), { documentId, lessons, figures, assessBy });
  meetEarliest(draft, 'trial-final-report', documentId === null ? 'report' : `document:${documentId}`);
}

/** The authority says what came of it. */
export function decideCertificate(draft: Draft, task: TaskState, completion: Completion): void {
  const ending = outcomeOf('completion', completion);
  const trial = trialOf(draft);
  if (!trial.finalReport || trial.ending) refuse('PRECONDITION_FAILED', { phase: trial.phase, ending: trial.ending });
  const reason = draft.seal(reasonOf(completion));
  done(draft, task, { outcome: completion.outcome });
  end(draft, ending, { taskId: task.id, reason });
}

/** The participant leaves, or the authority takes the admission back. What is owed to the users of the trial begins. */
export function endTrial(draft: Draft, { ending, reason }: Extract<TrialCommand, { type: 'endTrial' }>): void {
  const trial = trialFor(draft, ending === 'withdrawn' ? 'withdraw' : 'revoke');
  if (ending === 'withdrawn') participant(draft);
  else ofAgency(draft, [trial.authority], 'head');
  const words = draft.seal(reason);
  end(draft, ending, { taskId: null, reason: words });
}

/** Its last day is over: without a final report it has expired, with one it is looked at. */
export function reachEnd(draft: Draft, at: Instant): void {
  const trial = trialOf(draft);
  const scope = caseScope(draft.state.code);
  if (trial.finalReport) {
    draft.emit('trialTermOver', scope, {}, at);
    cancelTasks(draft, ['hold', 'trial-request'], at);
  } else end(draft, 'expired', { taskId: null, reason: null }, at);
}

function end(
  draft: Draft,
  ending: Ending,
  { taskId, reason }: { readonly taskId: string | null; readonly reason: TextRef | null },
  at: Instant = draft.now,
): void {
  const trial = trialOf(draft);
  const scope = caseScope(draft.state.code);
  const transitionUntil = ending === 'completed' ? lastOfTransition(draft, trial, dateOf(at)) : null;
  draft.emit('trialEnded', scope, { ending, taskId, reason, transitionUntil }, at);
  cancelTasks(draft, ['hold', 'trial-request', 'completion'], at);
  dropDuties(draft, ['trial-final-report', 'supervision-visit'], at);
  // What never ran has no users.
  if (trial.startedAt === null) return;
  // Numbered as the admission lists them.
  for (const [i, { days }] of trialTermsOf(trial).userDuties.entries()) {
    openTrialDuty(draft, `trial-users#${i + 1}`, 'trial-users', addDays(dateOf(at), days), at);
  }
}

/** What was tried may go on within its confirmed scope, for as long as admission and regime say. */
function lastOfTransition(draft: Draft, trial: TrialState, from: PlainDate): PlainDate | null {
  const { transitionAllowed, longestTransition } = rulesFor(draft, trial).rules;
  const { transitionMonths } = trialTermsOf(trial);
  if (transitionAllowed?.value !== true || transitionMonths === 0) return null;
  return lastDayOf(from, Math.min(transitionMonths, longestTransition?.value ?? transitionMonths));
}

function cancelTasks(draft: Draft, kinds: readonly TaskKind[], at: Instant): void {
  for (const task of Object.values(draft.state.tasks)) {
    if (kinds.includes(task.kind)) draft.cancelTask(task, 'ended', at);
  }
}

/** The certificate of a trial that was completed: numbered after its admission. */
export function certifyCompletion(draft: Draft): void {
  const { ending, certificate } = trialOf(draft);
  if (certificate !== null) return;
  const code = admissionOf(draft.state)?.dossierCode ?? null;
  if (ending !== 'completed' || code === null) return refuse('PRECONDITION_FAILED', { ending });
  draft.emit('completionCertified', caseScope(draft.state.code), { number: `${code}-HT` });
}

/**
 * Ended for good once its users have what they were owed, nothing that happened is left unexamined, and no report may
 * still come in time.
 */
export function concludeTrial(draft: Draft, at: Instant): void {
  const { trial, closed } = draft.state;
  if (closed || trial?.phase !== 'ended') return;
  const unreported = Object.values(trial.incidents).some(({ reportedAt, missed }) => reportedAt === null && !missed);
  const awaited = openDuties(draft, 'trial-report').some(({ missed }) => !missed);
  if (unreported || awaited || unexamined(trial).length > 0 || openDuties(draft, 'trial-users').length > 0) return;
  draft.emit('trialOver', caseScope(draft.state.code), {}, at);
}
