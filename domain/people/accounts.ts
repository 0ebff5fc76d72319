import { type PersonRole } from './access-scopes.js';

/** Whoever comes by the sign-on may be given an account as one of these, never as somebody of an agency: those are named by a document and an administrator. */
export const accountRoles = ['investor', 'representative'] as const satisfies readonly PersonRole[];
export type AccountRole = (typeof accountRoles)[number];

/** Somebody whom the register does not know yet, as the sign-on vouches for them. */
export interface NewAccount {
  readonly role: AccountRole;
  readonly name: string;
  readonly email: string;
  readonly language: 'vi' | 'en';
}
