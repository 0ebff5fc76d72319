import { personRoles } from '../../domain/people/access-scopes.js';

/** The investor's side of a case. */
export const parties = ['investor', 'representative'] as const;
export const actingParty = { kind: 'person', roles: parties, scope: 'case:file' } as const;
/** How an act of the investor's side can be refused, beside what its own rule says. */
export const partyRefusals = [
  'CASE_NOT_YOURS',
  'OUTSIDE_POWER_OF_ATTORNEY',
  'CASE_CLOSED',
  'PRECONDITION_FAILED',
  'NOT_FOUND',
] as const;

/** How more time, for an agency or for an investor, can be refused. */
export const extensionRefusals = [
  'CASE_NOT_YOURS',
  'ACTOR_RECUSED',
  'CASE_CLOSED',
  'PRECONDITION_FAILED',
  'NOT_FOUND',
  'EXTENSION_LIMIT',
] as const;

/** Everybody who may look into a case; what of it, `access` says. */
export const caseReaders = personRoles.filter((role) => role !== 'operator');
export const readingCase = { kind: 'person', roles: caseReaders, scope: 'case:read' } as const;
export const readerRefusals = ['CASE_NOT_YOURS', 'OUTSIDE_POWER_OF_ATTORNEY', 'ACTOR_RECUSED', 'NOT_FOUND'] as const;
