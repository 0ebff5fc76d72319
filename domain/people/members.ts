import { partyActs, type PartyAct } from './party-acts.js';

/**
 * What somebody is in an organisation of the investor's: `manages` decides who is in it, and files; `files` files and signs for it; `reads` reads its cases alone.
 */
export const memberRoles = ['manages', 'files', 'reads'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** What a member may do in the cases of the organisation, in the words of a power of attorney. */
export const actsOfMember: Readonly<Record<MemberRole, readonly PartyAct[]>> = {
  manages: partyActs,
  files: partyActs,
  reads: [],
};
