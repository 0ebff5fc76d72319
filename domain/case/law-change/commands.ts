import type { ScopeId } from '../scope.js';

/** Another version of its definition governs a procedure from here on. */
export interface LawChangeCommand {
  readonly type: 'migrateProcedure';
  readonly scope: ScopeId;
  readonly version: string;
}
