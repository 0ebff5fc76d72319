import type { Instant, PlainDate } from '../../time/instants.js';
import type { ScopeId } from '../scope.js';

/** One thing the law demands beside approvals; `id` is unique in the case. */
export interface DutyState {
  readonly id: string;
  readonly code: string;
  readonly scope: ScopeId;
  readonly on: 'investor' | 'agency';
  agency: string | null;
  dueDate: PlainDate | null;
  readonly since: Instant;
  metAt: Instant | null;
  missed: boolean;
  /** `rung@dueDate` of those that fired. */
  rungs: string[];
}
