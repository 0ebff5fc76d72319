import { refuse } from '../../errors.js';
import { allowedIn, isAllowed, type TrialAct } from './phases.js';
import type { TrialTerms } from '../../law/trial-terms.js';
import type { Draft } from '../draft.js';
import type { TrialState } from './state.js';
import { namesOf } from '../approval/bars.js';
import { person, type Person } from '../person.js';

/** The trial, in a phase that allows this act; `NOT_FOUND` where the case is none, `PRECONDITION_FAILED` with the phase where it is too early or too late. */
export function trialFor(draft: Draft, act: TrialAct): TrialState {
  const trial = trialOf(draft);
  const { phase } = trial;
  if (!isAllowed(act, phase)) refuse('PRECONDITION_FAILED', { act, phase, allowedIn: allowedIn[act] });
  return trial;
}

export const trialOf = ({ state }: Draft): TrialState => state.trial ?? refuse('NOT_FOUND', { trial: state.code });

/** The conditions of a trial that was admitted. */
export const trialTermsOf = ({ terms }: TrialState): TrialTerms =>
  terms ?? refuse('PRECONDITION_FAILED', { terms: null });

export const rulesFor = (draft: Draft, { version }: TrialState) => draft.law.regime(version);

/** Whoever takes part in the trial: the API has seen to it that it is theirs. */
export function participant(draft: Draft): Person {
  const actor = person(draft);
  return actor.role === 'investor' || actor.role === 'representative'
    ? actor
    : refuse('FORBIDDEN', { role: actor.role });
}

/** A person of one of these agencies who takes part in the case; their head only where the act binds the participant. */
export function ofAgency(draft: Draft, agencies: readonly string[], rank: 'officer' | 'head'): Person {
  const actor = person(draft);
  const ranks = rank === 'head' ? ['head'] : ['officer', 'head'];
  if (!ranks.includes(actor.role) || !agencies.includes(actor.agency ?? '')) refuse('FORBIDDEN', { agencies, rank });
  if (namesOf(actor).some((one) => Object.hasOwn(draft.state.recused, one))) refuse('ACTOR_RECUSED');
  return actor;
}
