import type { Drafted } from '../../drafting/kept.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { ScopeId } from '../scope.js';
import type { CaseState } from '../state.js';
import type { TaskKind, TaskRole } from './words.js';

export interface TaskState {
  readonly id: string;
  readonly key: string;
  readonly kind: TaskKind;
  readonly scope: ScopeId;
  agency: string;
  readonly role: TaskRole;
  readonly step: string | null;
  readonly dueDate: PlainDate | null;
  readonly openedAt: Instant;
  status: 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled';
  claimedBy: string | null;
  /** Since when it is held by whoever holds it. */
  claimedAt: Instant | null;
  completedBy: string | null;
  /** In whose place, where somebody acted for an absent head. */
  completedFor: string | null;
  completedAt: Instant | null;
  outcome: string | null;
  /** Named by the City's leadership where nobody of the agency may. */
  signatory: string | null;
  /** Ids of the documents that went with its answer; left out: none did. */
  attachments?: readonly string[];
  /** How much of what was written in its answer came unchanged from the draft; left out: nothing was written, or drafted. */
  drafted?: Drafted;
  /** Since when it has the date it has; left out: since it was opened. */
  dueSince?: Instant;
  /** `rung@dueDate` of its own ladder that fired. */
  rungs: string[];
}

/** Nobody has to do it any more. */
export const isOver = ({ status }: Pick<TaskState, 'status'>): boolean => status === 'done' || status === 'cancelled';

/** Every task of the case, of all scopes. */
export function* allTasks(state: CaseState): Generator<TaskState> {
  yield* Object.values(state.tasks);
  for (const procedure of Object.values(state.procedures)) yield* Object.values(procedure.tasks);
  for (const consultation of Object.values(state.consultations)) yield* Object.values(consultation.tasks);
}
