import { partyActs, type PartyAct } from '../domain/people/party-acts.js';
import { type Person } from './auth/person.js';
import { type CaseState } from '../domain/case/state.js';
import { missingPermits, openRequests, type TrialState, admissionOf } from '../domain/case/trial/state.js';
import { allowedIn, isAllowed, type TrialAct } from '../domain/case/trial/phases.js';

type Agency = 'authority' | 'supervises' | 'evaluates';

/** Who may do an act in a phase that allows it. `act`: its name in a power of attorney. */
type Doer =
  | { readonly by: 'participant'; readonly act: PartyAct }
  | { readonly by: 'agency'; readonly of: readonly Agency[]; readonly rank: 'officer' | 'head' }
  | { readonly by: 'council' }
  | { readonly by: 'device' };

const participant = (act: PartyAct): Doer => ({ by: 'participant', act });
const agency = (rank: 'officer' | 'head', ...of: Agency[]): Doer => ({ by: 'agency', of, rank });

/** The other half of the matrix of phases: the rules of `decide` refuse everybody else. */
const doers: Readonly<Record<TrialAct, Doer>> = {
  proposeTerms: agency('officer', 'evaluates'),
  conveneCouncil: agency('officer', 'evaluates'),
  openCouncil: agency('officer', 'evaluates'),
  castVote: { by: 'council' },
  recordPermit: participant('recordPermit'),
  registerKey: participant('registerKey'),
  submitMetrics: { by: 'device' },
  fileReport: participant('fileTrialReport'),
  reportIncident: participant('reportIncident'),
  recordVisit: agency('officer', 'supervises', 'authority'),
  requestAdjustment: participant('requestTrialChange'),
  requestExtension: participant('requestTrialChange'),
  requestResumption: participant('requestTrialChange'),
  suspend: agency('head', 'supervises', 'authority'),
  resume: agency('head', 'supervises', 'authority'),
  fileFinalReport: participant('fileFinalReport'),
  withdraw: participant('endTrial'),
  revoke: agency('head', 'authority'),
};

/** What somebody may do in this trial now. `acts`: what they may do for the participant; empty for everybody else. */
export function actsOpenTo(state: CaseState, trial: TrialState, person: Person, acts: ReadonlySet<string>): TrialAct[] {
  if (state.closed || Object.hasOwn(state.recused, person.id)) return [];
  const open = (Object.keys(allowedIn) as TrialAct[]).filter((act) => isAllowed(act, trial.phase));
  return open.filter((act) => isTheirs(state, trial, person, acts, doers[act]) && isToBeDone(state, trial, act));
}

function isTheirs(state: CaseState, trial: TrialState, person: Person, acts: ReadonlySet<string>, doer: Doer): boolean {
  switch (doer.by) {
    case 'participant':
      return acts.has(doer.act);
    case 'agency': {
      const { role, agency: own } = person;
      const ranked = role === 'head' || (role === 'officer' && doer.rank === 'officer');
      return ranked && doer.of.some((one) => trial[one] === own);
    }
    case 'council':
      return (admissionOf(state)?.council?.members ?? []).some((member) => member.person === person.id);
    case 'device':
      return false;
  }
}

/** What has been done already, or is asked for already, is not offered again. */
function isToBeDone(state: CaseState, trial: TrialState, act: TrialAct): boolean {
  const asked = (kind: string) => openRequests(trial).some(({ request }) => request.kind === kind);
  switch (act) {
    case 'recordPermit':
      return missingPermits(trial).length > 0;
    case 'fileReport':
      return Object.values(state.duties).some(({ code, metAt }) => code === 'trial-report' && metAt === null);
    case 'requestAdjustment':
      return !asked('adjustment');
    case 'requestExtension':
      return !asked('extension');
    case 'requestResumption':
      return !asked('resumption');
    case 'fileFinalReport':
      return trial.finalReport === null;
    default:
      return true;
  }
}

/** Everything an investor may do in their own trial. */
export const allActs: ReadonlySet<string> = new Set(partyActs);
