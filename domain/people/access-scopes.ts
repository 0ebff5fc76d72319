/** What a person is in the engine. */
export const personRoles = [
  'investor',
  'representative',
  'receiving-officer',
  'officer',
  'head',
  'leader',
  'expert',
  'auditor',
  'admin',
  'operator',
] as const;

/** Roles of those who work for the City. Who changes the law, looks after the engine or audits it is none of them. */
export const staffRoles = [
  'receiving-officer',
  'officer',
  'head',
  'leader',
  'expert',
] as const satisfies readonly PersonRole[];
export type StaffRole = (typeof staffRoles)[number];

export type PersonRole = (typeof personRoles)[number];

/** What an access token allows before access to the one case is looked at. */
export const accessScopes = [
  'case:read',
  'case:file',
  'task:work',
  'task:assign',
  'council:vote',
  'dashboard:read',
  'evidence:read',
  'catalogue:write',
  'engine:operate',
] as const;

export type AccessScope = (typeof accessScopes)[number];

/** Role -> the scopes a token of such a person may carry. A scope only opens the door: access to the case is decided by the register. */
export const scopesOfRole: Readonly<Record<PersonRole, readonly AccessScope[]>> = {
  investor: ['case:read', 'case:file'],
  representative: ['case:read', 'case:file'],
  'receiving-officer': ['case:read', 'task:work'],
  officer: ['case:read', 'task:work', 'council:vote'],
  head: ['case:read', 'task:work', 'task:assign', 'council:vote', 'dashboard:read'],
  leader: ['case:read', 'task:work', 'council:vote', 'dashboard:read'],
  expert: ['case:read', 'council:vote'],
  auditor: ['case:read', 'dashboard:read', 'evidence:read'],
  admin: ['case:read', 'catalogue:write', 'engine:operate'],
  operator: ['case:read', 'engine:operate'],
};
