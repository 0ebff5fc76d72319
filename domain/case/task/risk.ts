import { atRiskShare, readKnownTerm, termsOf } from '../promise/terms.js';
import type { Rung } from '../../time/ladder.js';
import type { Instant } from '../../time/instants.js';
import type { Law } from '../../law/law.js';
import { procedureScopeOf, scopeKind } from '../scope.js';
import type { CaseState } from '../state.js';
import type { ConsultationState } from '../consultation/state.js';
import { factsBehind } from '../procedure/state.js';
import type { ProcedureState } from '../procedure/state.js';
import type { TaskState } from './state.js';
import { clockOf } from '../task-table.js';
import { askedIn } from './keys.js';

/** 0: no clock runs; 1: on track; 2: at risk (80 % used, or the rung before the due date has fallen); 3: breached. */
export type Risk = 0 | 1 | 2 | 3;

/** How near the clock behind a task is to a breach, by the rungs that fell up to `at`: it changes only with the events of the case. */
export function riskOf(state: CaseState, task: TaskState, law: Law, at: Instant): Risk {
  const ofTask = riskOfItself(task, law);
  if (scopeKind(task.scope) === 'case') return ofTask;
  const consultation = state.consultations[task.scope];
  const own = consultation && clockOfConsultation(consultation, task);
  if (consultation && own) {
    const { clock, ladder, dueDate, over } = own;
    const reached = consultation.rungs.filter((rung) => rung.startsWith(`${clock}/`));
    const graded = grade(reached, `${clock}/`, law.settings.ladders[ladder], dueDate, 100);
    return over ? 3 : graded;
  }
  const procedure = state.procedures[procedureScopeOf(task.scope)];
  const ofProcedure = procedure ? riskOfProcedure(procedure, state, law, at) : 0;
  return ofProcedure > ofTask ? ofProcedure : ofTask;
}

/** Of work with a date of its own. */
function riskOfItself({ kind, dueDate, rungs }: TaskState, law: Law): Risk {
  return clockOf(kind) !== 'own' || dueDate === null ? 0 : grade(rungs, '', law.settings.ladders.task, dueDate, 100);
}

function clockOfConsultation({ opinions, conference }: ConsultationState, task: TaskState) {
  const { kind } = task;
  const agency = askedIn(task);
  const opinion = opinions[agency];
  const clock = clockOf(kind);
  if (clock === 'opinion' && opinion) {
    const { dueDate, lapsed } = opinion;
    return { clock: `opinion/${agency}`, ladder: 'opinion', dueDate, over: lapsed !== null } as const;
  }
  if (clock !== 'conference' || !conference) return undefined;
  return { clock: 'conference', ladder: 'conference', dueDate: conference.dueDate, over: false } as const;
}

function riskOfProcedure(procedure: ProcedureState, state: CaseState, law: Law, at: Instant): Risk {
  const last = procedure.ledger.at(-1);
  if (!last || last.type === 'stop') return 0;
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const reading = readKnownTerm(law.calendar(procedure.calendar), termsOf(procedure).printed, at);
  if (reading.breachedOn !== null) return 3;
  // An extension makes less of what was used; a share that fell before it tells nothing any more.
  const used = (100 * reading.consumed) / reading.budget.amount;
  const ladder = resolved.ladder ?? law.settings.ladders.procedure;
  return grade(procedure.rungs, '', ladder, reading.dueDate ?? reading.dueIfReturned, used);
}

function grade(
  reached: readonly string[],
  prefix: string,
  ladder: readonly Rung[],
  dueDate: string | null,
  used: number,
): Risk {
  let risk: Risk = 1;
  for (const rung of ladder) {
    const dates = reached.filter((one) => one.startsWith(`${prefix}${rung.code}@`)).map((one) => one.split('@')[1]);
    if (dates.length === 0) continue;
    if (rung.kind === 'missed' || rung.kind === 'after-due') return 3;
    if (rung.kind === 'share' ? rung.share >= atRiskShare && used >= rung.share : dates.includes(dueDate ?? ''))
      risk = 2;
  }
  return risk;
}
