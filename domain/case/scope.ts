/**
 * A scope is what one workflow looks after: a case, one attempt at a procedure, or one consultation. Its id is the workflow id.
 * `case/{code}` · `case/{code}/{procedure}/{attempt}` · `case/{code}/{procedure}/{attempt}/consultation/{n}`
 */
export type ScopeId = string;
export type ScopeKind = 'case' | 'procedure' | 'consultation';

export const caseScope = (code: string): ScopeId => `case/${code}`;
export const procedureScope = (code: string, procedure: string, attempt: number): ScopeId =>
  `case/${code}/${procedure}/${attempt}`;
export const consultationScope = (procedure: ScopeId, n: number): ScopeId => `${procedure}/consultation/${n}`;

/** The kind of a scope, from its id alone. */
export function scopeKind(id: ScopeId): ScopeKind {
  const parts = id.split('/').length;
  return parts === 2 ? 'case' : parts === 4 ? 'procedure' : 'consultation';
}

/** The case a scope belongs to. */
export function caseCodeOf(id: ScopeId): string {
  return id.split('/')[1] ?? '';
}

/** The procedure attempt a consultation belongs to; the scope itself for a procedure. */
export function procedureScopeOf(id: ScopeId): ScopeId {
  return id.split('/').slice(0, 4).join('/');
}

/** The code of the procedure a scope belongs to; null for the case as a whole. */
export const procedureOf = (id: ScopeId): string | null => id.split('/')[2] ?? null;
