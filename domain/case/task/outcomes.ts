import type { Text } from '../../law/agency.js';
import { refuse } from '../../errors.js';
import type { ResolvedProcedure } from '../../law/procedure.js';
import type { Calendar } from '../../time/calendar.js';
import type { ResultDefinition } from '../../schemas/procedure.js';
import type { PlainDate } from '../../time/instants.js';
import { opinionDefinition } from '../result/opinion.js';
import type { Completion } from './commands.js';
import type { ProcedureState } from '../procedure/state.js';
import { maySendBack } from '../supplement/notices.js';
import type { TaskState } from './state.js';
import { outcomesOf, type AnswerKind, type CompletionField, type OutcomeOf } from '../task-table.js';
import { aboutOf, askedIn } from './keys.js';

/** The outcome asked for, with everything it takes. Refuses `VALIDATION_FAILED` naming what fits, or what is missing, all of it at once. */
export function outcomeOf<K extends AnswerKind>(
  kind: K,
  completion: Completion,
  open: readonly OutcomeOf<K>[] = Object.keys(outcomesOf(kind)) as OutcomeOf<K>[],
): OutcomeOf<K> {
  const outcome =
    open.find((one) => one === completion.outcome) ?? refuse('VALIDATION_FAILED', { field: 'outcome', allowed: open });
  const missing = Object.entries(outcomesOf(kind)[outcome]?.takes ?? {})
    .filter(([field, need]) => need === 'required' && isLeftOut(completion[field as CompletionField]))
    .map(([field]) => field);
  const [field] = missing;
  if (field !== undefined)
    refuse('VALIDATION_FAILED', { field, missing: true, ...(missing.length > 1 && { fields: missing }) });
  return outcome;
}

const isLeftOut = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** A lapsed supplement is answered as the law of the procedure has it. */
export const lapseOutcomes = ({
  clockPolicy,
}: Pick<ResolvedProcedure, 'clockPolicy'>): readonly OutcomeOf<'lapse'>[] =>
  clockPolicy.onLapse === 'refuse' ? ['refuse'] : clockPolicy.onLapse === 'stop' ? ['stop'] : ['continue', 'stop'];

/** A council has met and has not recommended what is approved now: that is explained. */
export const againstCouncil = ({ council }: Pick<ProcedureState, 'council'>): boolean =>
  Boolean(council?.closed) && council?.closed?.recommends !== 'admit';

/** As which kind of answer a task is completed. */
export function answerKindOf(
  task: Pick<TaskState, 'kind' | 'key' | 'step'>,
  procedure: Pick<ResolvedProcedure, 'steps'> | undefined,
): AnswerKind {
  if (aboutOf(task, 'by-hand')?.of === 'declaration') return 'declaration';
  if (task.kind !== 'step') return task.kind;
  return procedure?.steps.find(({ code }) => code === task.step)?.kind === 'signature' ? 'signature' : 'step';
}

/** What the answer says beside its outcome, as the law of the procedure has it; undefined: nothing. */
export function contentDefinitionOf(
  task: Pick<TaskState, 'kind' | 'key' | 'step' | 'agency'>,
  resolved: ResolvedProcedure | undefined,
): ResultDefinition | undefined {
  const kind = answerKindOf(task, resolved);
  if (kind === 'signature') return resolved?.content;
  return kind === 'opinion' && resolved ? opinionDefinition(resolved, askedIn(task)) : undefined;
}

/** One way to answer, as whoever has to choose reads it. */
export interface OfferedOutcome {
  readonly code: string;
  readonly name: Text;
  readonly does: Text;
  readonly fields: readonly { readonly field: CompletionField; readonly required: boolean }[];
}

/** As far as the law of the procedure leaves only some open; undefined: all of them. */
function openOutcomes(
  kind: AnswerKind,
  resolved: ResolvedProcedure | undefined,
  procedure: ProcedureState | undefined,
  calendar: Calendar,
  today: PlainDate,
): readonly string[] | undefined {
  if (!resolved || !procedure) return undefined;
  if (kind === 'lapse') return lapseOutcomes(resolved);
  if (kind !== 'intake' || maySendBack(procedure, resolved.clockPolicy, today, calendar)) return undefined;
  return ['receive', 'refuse'];
}

/** What a task may be completed with, here and now (`today`). */
export function offeredOutcomes(
  task: Pick<TaskState, 'kind' | 'key' | 'step' | 'agency'>,
  resolved: ResolvedProcedure | undefined,
  procedure: ProcedureState | undefined,
  calendar: Calendar,
  today: PlainDate,
): OfferedOutcome[] {
  const kind = answerKindOf(task, resolved);
  const isOfTeam = aboutOf(task, 'conference')?.round === 2;
  const open = isOfTeam ? ['decide'] : openOutcomes(kind, resolved, procedure, calendar, today);
  const content = contentDefinitionOf(task, resolved);
  const explains = kind === 'signature' && procedure !== undefined && againstCouncil(procedure);
  return Object.entries(outcomesOf(kind))
    .filter(([code]) => open?.includes(code) ?? true)
    .map(([code, { name, does, takes }]) => ({
      code,
      name,
      does,
      fields: Object.entries(takes)
        .filter(([field]) => field !== 'content' || content !== undefined)
        .map(([field, need]) => ({
          field: field as CompletionField,
          required: need === 'required' || (explains && field === 'reason'),
        })),
    }));
}
