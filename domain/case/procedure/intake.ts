import { refuse } from '../../errors.js';
import { commitment } from '../../law/commitment.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import { cutBudget, readClock, type ClockEntry } from '../../time/clock.js';
import { dateOf, millisecondsOf } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import { laneOf } from '../lane/state.js';
import { requireFreeSite } from '../site/rules.js';
import { requireCounterNotice } from '../supplement/notices.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf } from '../task/completion.js';
import { outcomeOf } from '../task/outcomes.js';
import type { TaskState } from '../task/state.js';
import { filedSince } from './dossier.js';
import type { ProcedureState } from './state.js';

/** The counter's answer to a dossier: received (form 01), to be completed (02), not received (03). */
export function completeIntake(draft: Draft, task: TaskState, completion: Completion): void {
  const procedure = draft.getProcedure(task.scope);
  if (procedure.stage !== 'intake') refuse('PRECONDITION_FAILED', { stage: procedure.stage });
  switch (outcomeOf('intake', completion)) {
    case 'receive':
      done(draft, task, completion);
      return receiveDossier(draft, procedure, task.id);
    case 'complete': {
      const calendar = draft.law.calendar(procedure.calendar);
      requireCounterNotice(procedure, draft.resolved(procedure).clockPolicy, dateOf(draft.now), calendar);
      const items = completion.items ?? [];
      const reason = draft.seal(reasonOf(completion));
      const missing = items.map((item) => draft.seal(item, 'items'));
      done(draft, task, completion);
      draft.emit('completionRequested', task.scope, { taskId: task.id, form: '02', items: missing, reason });
      return;
    }
    case 'refuse': {
      const reason = draft.seal(reasonOf(completion));
      done(draft, task, completion);
      draft.emit('receptionRefused', task.scope, { taskId: task.id, form: '03', reason });
      return;
    }
  }
}

/**
 * Form 01. The clock counts from the day on which the dossier that proved valid came, however long it lay at the counter (Decree 96/2026/NĐ-CP, Art. 39.3); the
 * version of the procedure in force on that day is the one that stays.
 */
export function receiveDossier(draft: Draft, procedure: ProcedureState, taskId: string | null, at = draft.now): void {
  const { law, state } = draft;
  const filed = procedure.startsFrom === 'receipt' ? null : filedSince(procedure);
  const from = filed !== null && millisecondsOf(filed) < millisecondsOf(at) ? filed : at;
  const resolved = law.procedureAt(procedure.procedure, dateOf(from), state.facts);
  requireFreeSite(draft, procedure.procedure, resolved.version);
  const calendar = law.calendar(resolved.calendar);
  const ledger: ClockEntry[] = procedure.startsFrom === 'receipt' ? procedure.ledger : [{ type: 'start', at: from }];
  const due = (budget: ResolvedProcedure['budget']) => {
    const reading = readClock(calendar, budget, ledger, at);
    return reading.dueDate ?? reading.dueIfReturned ?? refuse('CLOCK_HISTORY_INVALID');
  };
  const promised = procedure.promise ? cutBudget(resolved.budget, commitment) : resolved.budget;
  const { promulgation } = law.settings;
  const printsPromise =
    procedure.promise && laneOf(state) === 'green' && promulgation !== null && promulgation.from <= dateOf(at);
  draft.emit(
    'dossierReceived',
    procedure.scope,
    {
      taskId,
      form: '01',
      dossierCode: draft.dossierCode,
      version: resolved.version,
      budget: resolved.budget,
      dueDate: due(resolved.budget),
      promisedDate: due(promised),
      ...(printsPromise && { printed: 'promised' as const }),
      ...(from !== at && { clockFrom: from }),
    },
    at,
  );
}
