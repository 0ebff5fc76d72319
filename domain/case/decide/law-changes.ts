import type { ServiceCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import type { ScopeId } from '../scope.js';

export function redateClocks(_draft: Draft, _command: Extract<ServiceCommand, { type: 'redateClocks' }>): void {
  throw new Error('not built yet');
}

export function migrateProcedure(_draft: Draft, _scope: ScopeId, _version: string): void {
  throw new Error('not built yet');
}
