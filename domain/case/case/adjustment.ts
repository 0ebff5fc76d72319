import type { PathwayId } from './words.js';
import type { CaseState } from '../state.js';
import { latestAttempt } from '../procedure/state.js';
import { isGranted } from '../issued/state.js';

/** What a later case may adjust: the certificate of a case, and the pathway by which its project was first licensed. */
export interface Licence {
  readonly procedure: string;
  readonly licensedBy: PathwayId;
}

const certificates = [
  'irc-ordinary',
  'irc-after-approval',
  'irc-special',
  'strategic-investment-approval',
  'irc-adjustment',
] as const;

/** Undefined where the case has no certificate yet, or a project that needs none. */
export function licenceOf(state: CaseState): Licence | undefined {
  const procedure = certificates.find((code) => isGranted(latestAttempt(state, code)));
  if (procedure === undefined) return undefined;
  const before = state.facts['project.adjustment.licensedBy'];
  const adjusted = procedure === 'irc-adjustment' && typeof before === 'string';
  return { procedure, licensedBy: adjusted ? (before as PathwayId) : state.pathway };
}
