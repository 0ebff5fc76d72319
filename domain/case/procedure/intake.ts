import { refuse } from '../../errors.js';
import { commitment } from '../../law/commitment.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import { cutBudget, readClock, type ClockEntry } from '../../time/clock.js';
import { dateOf } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import { laneOf } from '../lane/state.js';
import { requireFreeSite } from '../site/rules.js';
import type { Completion } from '../task/commands.js';
import { done, reasonOf } from '../task/completion.js';
import { outcomeOf } from '../task/outcomes.js';
import type { TaskState } from '../task/state.js';
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

/** Form 01. The version of the procedure in force now is the one that stays; the clock starts here unless the law counts from the filing. */
export function receiveDossier(draft: Draft, procedure: ProcedureState, taskId: string | null, at = draft.now): void {
  const { law, state } = draft;
  const resolved = law.procedureAt(procedure.procedure, dateOf(at), state.facts);
  requireFreeSite(draft, procedure.procedure, resolved.version);
  const calendar = law.calendar(resolved.calendar);
  const ledger: ClockEntry[] = procedure.startsFrom === 'receipt' ? procedure.ledger : [{ type: 'start', at }];
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
    },
    at,
  );
}
