import { isByHand } from '../case/extract/state.js';
import type { ProcedureState } from '../case/procedure/state.js';
import { aboutOf } from '../case/task/keys.js';
import { type Drafted, isAssisted, keptTogether } from '../drafting/kept.js';
import type { Law } from '../law/law.js';
import type { ResolvedProcedure } from '../law/procedure.js';

/** By whom substantive steps were done; `handled` is what that makes of the dossier, null where none was done. */
export interface Handled {
  readonly handled: Handling | null;
  readonly doneByMachine: number;
  readonly doneAssisted: number;
  readonly doneByPerson: number;
}

export type Handling = 'automatic' | 'partly' | 'manual';

/** What of a procedure tells by whom it was handled. */
type Done = Pick<ProcedureState, 'closed' | 'decision' | 'steps' | 'tasks' | 'extracts'>;

/**
 * By whom a decided dossier was really handled: of the substantive steps that were done, `automatic` = the machine did every one, `partly` = it did at least
 * half of them or helped with them, `manual` = less. A document that a register should have given, and the investor had to, is a person's work as a step is. Where
 * nothing substantive was done there is nothing to say.
 */
export function handlingOf(procedure: Done, { steps }: ResolvedProcedure, law: Law): Handled {
  const { closed, decision, steps: done, extracts = {} } = procedure;
  const none = { handled: null, doneByMachine: 0, doneAssisted: 0, doneByPerson: 0 };
  if (!closed || !decision) return none;
  const formal = new Set(law.settings.automation?.formalSteps ?? []);
  const by = steps.flatMap(({ code, kind }) => {
    const step = formal.has(code) ? undefined : done[code];
    if (!step?.completedAt || step.by === null || step.by === 'waived') return [];
    // Whoever gives an opinion is a person, though the machine gathers it.
    if (kind === 'consultation') return ['person'];
    return [step.by === 'person' && isAssisted(draftedFor(procedure, code, step.round)) ? 'assisted' : step.by];
  });
  const doneByMachine = by.filter((one) => one === 'system').length;
  const doneAssisted = by.filter((one) => one === 'assisted').length;
  const papers = Object.values(extracts).filter(isByHand).length;
  const counts = { doneByMachine, doneAssisted, doneByPerson: by.length - doneByMachine - doneAssisted + papers };
  return { ...counts, handled: handledBy(counts) };
}

/**
 * What was kept of drafts by everybody who had a hand in this round of the step; undefined where somebody put a file of their own beside their answer: what it says
 * is compared with no draft.
 */
function draftedFor({ tasks }: Done, step: string, round: number): Drafted | undefined {
  const answers = Object.values(tasks).filter((task) => {
    const about = task.status === 'done' ? aboutOf(task, 'step') : undefined;
    return about?.step === step && about.round === round;
  });
  if (answers.some(({ attachments = [] }) => attachments.length > 0)) return undefined;
  return keptTogether(answers.map(({ drafted }) => drafted));
}

/** What counts of steps make of a dossier, or of all dossiers of a process; null where nothing was done. */
export function handledBy({ doneByMachine, doneAssisted, doneByPerson }: Omit<Handled, 'handled'>): Handling | null {
  const all = doneByMachine + doneAssisted + doneByPerson;
  if (all === 0) return null;
  if (doneByMachine === all) return 'automatic';
  return 2 * (doneByMachine + doneAssisted) >= all ? 'partly' : 'manual';
}

/** Decision 3301/QĐ-UBND (19 Dec 2025): at least 70 % of the processes of the green lane automated partly or wholly. */
export const processTarget = 0.7;

/** How far one process is automated: `full` = every step, `partly` = at least one step by machine or with its help. */
export type ProcessAutomation = 'full' | 'partly' | 'none';

export function processAutomation(steps: readonly { readonly automation: string }[]): ProcessAutomation {
  const automated = steps.filter(({ automation }) => automation !== 'manual');
  if (automated.length === 0) return 'none';
  return automated.every(({ automation }) => automation === 'full') && automated.length === steps.length
    ? 'full'
    : 'partly';
}
