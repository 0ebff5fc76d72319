import type { Law } from '../../law/law.js';
import type { PlanItem } from '../case/words.js';
import { opinionCounts } from '../consultation/counts.js';
import type { CaseState } from '../state.js';
import { isOver } from '../task/state.js';
import type { ProcedureState } from './state.js';
import { isUntested, missingGates, missingResults } from './progress.js';

/** Who has the file of a procedure now: agency codes, `investor` or `system`; nobody while it waits for others or is over. */
export function holdersOf(state: CaseState, law: Law, item: PlanItem, procedure: ProcedureState | undefined): string[] {
  if (!procedure) {
    // What the test of regime and territory could not say, its officer does.
    if (isUntested(state)) return state.trial?.fit === 'unknown' ? [state.trial.evaluates] : [];
    if (missingResults(state, item).length > 0) return [];
    return missingGates(state, item).length > 0 || !item.mandatory ? ['investor'] : ['system'];
  }
  if (procedure.closed) return [];
  if (procedure.stage === 'awaiting-dossier')
    return [procedure.startsFrom === 'prior-decision' ? 'system' : 'investor'];
  if (procedure.stage === 'intake') return [law.receivingAgency];
  if (procedure.supplements.some(({ status, suspends }) => status === 'asked' && suspends)) return ['investor'];
  const busy = new Set<string>();
  const consultations = Object.values(state.consultations).filter((one) => one.procedureScope === procedure.scope);
  for (const { tasks } of [procedure, ...consultations]) {
    for (const task of Object.values(tasks)) {
      if (!isOver(task)) busy.add(task.agency);
    }
  }
  for (const { opinions, closedAt } of consultations) {
    if (closedAt !== null) continue;
    for (const opinion of Object.values(opinions)) if (!opinionCounts(opinion)) busy.add(opinion.agency);
  }
  if (busy.size > 0) return [...busy].sort();
  return Object.values(procedure.payments).some(({ receivedAt }) => receivedAt === null) ? ['investor'] : ['system'];
}
