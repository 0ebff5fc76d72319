import type { PathwayId } from './words.js';
import type { CaseState } from '../state.js';
import { latestAttempt } from '../procedure/state.js';
import { isGranted } from '../issued/state.js';

/** What a later case may adjust: the certificate of a case, and the pathway by which its project was first licensed. */
export interface Licence {
  readonly procedure: string;
  readonly licensedBy: PathwayId;
  /** Whether it has an approval of its policy that would be adjusted first; null: one step stood for both, and no text read says. */
  readonly policyApproval: boolean | null;
}

const certificates = [
  'irc-ordinary',
  'irc-after-approval',
  'irc-special',
  'strategic-investment-approval',
  'irc-adjustment',
  'irc-adjustment-short',
] as const;

/** Undefined where the case has no certificate yet, or a project that needs none. */
export function licenceOf(state: CaseState): Licence | undefined {
  const procedure = certificates.find((code) => isGranted(latestAttempt(state, code)));
  if (procedure === undefined) return undefined;
  const before = state.facts['project.adjustment.licensedBy'];
  const adjusted = adjustments.includes(procedure) && typeof before === 'string';
  return {
    procedure,
    licensedBy: adjusted ? (before as PathwayId) : state.pathway,
    policyApproval: adjusted ? policyBefore(state) : hasPolicy(state, procedure),
  };
}

const adjustments: readonly string[] = ['irc-adjustment', 'irc-adjustment-short'];
const policies = ['investment-policy-pm', 'investment-policy-park', 'investment-policy-province'];

function hasPolicy(state: CaseState, certificate: string): boolean | null {
  if (certificate === 'strategic-investment-approval') return null;
  return policies.some((code) => isGranted(latestAttempt(state, code)));
}

function policyBefore({ facts }: CaseState): boolean | null {
  const known = facts['project.adjustment.policyApproval'];
  return typeof known === 'boolean' ? known : null;
}
