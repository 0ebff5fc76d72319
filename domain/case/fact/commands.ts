import type { ProjectFacts } from '../../law/procedure.js';

/** A fact of the project is otherwise than it was filed, or is known by now: whoever owns the green lane confirms it or not. */
export interface FactCommand {
  readonly type: 'proposeFacts';
  readonly facts: ProjectFacts;
  readonly reason: string;
  /** What shows it. */
  readonly documentId: string | null;
}
