import { refuse } from '../../errors.js';
import { instantAfter, millisecondsOf } from '../../time/instants.js';
import type { Completion } from '../task/commands.js';
import type { TaskState } from '../task/state.js';
import type { TrialCommand } from './commands.js';
import type { Draft } from '../draft.js';
import { caseScope } from '../scope.js';
import type { IncidentState } from './state.js';
import { aboutOf } from '../task/keys.js';
import { outcomeOf } from '../task/outcomes.js';
import { done, reasonOf } from '../task/completion.js';
import { placeHold } from './holds.js';
import { participant, rulesFor, trialFor, trialOf } from './parties.js';

/** Counted in hours from when the participant knew: an instant, not a clock. A grave one holds a running trial. */
export function reportIncident(draft: Draft, command: Extract<TrialCommand, { type: 'reportIncident' }>): void {
  participant(draft);
  const trial = trialFor(draft, 'reportIncident');
  const { incident, severity, happenedAt, knownAt, documentId } = command;
  const known = incident === null ? undefined : (trial.incidents[incident] ?? refuse('NOT_FOUND', { incident }));
  if (known?.reportedAt) refuse('DUPLICATE_REQUEST', { incident: known.id });
  requireOrder(happenedAt, knownAt, 'happenedAt');
  requireOrder(knownAt, draft.now, 'knownAt');
  const hours = rulesFor(draft, trial).rules.incidentHours?.value ?? null;
  const reportBy = known?.reportBy ?? (hours === null ? draft.now : instantAfter(knownAt, hours));
  const incidentId = known?.id ?? `I${Object.keys(trial.incidents).length + 1}`;
  draft.emit('incidentReported', caseScope(draft.state.code), {
    incidentId,
    severity,
    happenedAt,
    knownAt,
    reportBy,
    late: millisecondsOf(draft.now) > millisecondsOf(reportBy),
    description: draft.seal(command.description, 'description'),
    documentId,
  });
  if (severity !== 'minor' && draft.law.settings.sandbox.holdOn.includes(severity)) {
    placeHold(draft, { kind: 'incident', incident: incidentId });
  }
}

function requireOrder(earlier: string, later: string, field: string): void {
  if (millisecondsOf(earlier) > millisecondsOf(later)) refuse('VALIDATION_FAILED', { field, to: later });
}

/**
 * What the supervisor found: a recorded finding, never computed. Nobody is exempt from what they did to third parties, nor where the cause was not objective, and
 * an exemption rests on a clause.
 */
export function examineIncident(draft: Draft, task: TaskState, completion: Completion): void {
  outcomeOf('incident', completion);
  const incident: IncidentState =
    trialOf(draft).incidents[aboutOf(task, 'incident')?.incidentId ?? ''] ?? refuse('NOT_FOUND', { task: task.id });
  if (incident.examinedAt !== null) refuse('PRECONDITION_FAILED', { incident: 'examined' });
  const finding = completion.finding ?? refuse('VALIDATION_FAILED', { field: 'finding', missing: true });
  const legalBasis = completion.legalBasis?.trim() || null;
  const { damage, cause, exempt } = finding;
  if (exempt && (damage === 'third-party' || damage === 'none' || cause !== 'objective')) {
    refuse('NOT_EXEMPT', { damage, cause });
  }
  if (exempt && legalBasis === null) refuse('VALIDATION_FAILED', { field: 'legalBasis', missing: true });
  const reason = draft.seal(reasonOf(completion));
  done(draft, task, { outcome: completion.outcome });
  const incidentId = incident.id;
  draft.emit('incidentExamined', task.scope, {
    incidentId,
    taskId: task.id,
    ...finding,
    legalBasis: draft.sealed(legalBasis),
    reason,
  });
}
