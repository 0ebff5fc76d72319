import { type z } from 'zod';
import { type CaseAccess, isParty } from '../../db/people/readers.js';
import { type AdmissionWords } from '../../db/read/trial-admission.js';
import { getAgency } from '../../domain/law/agency.js';
import { type Law, settingsAt } from '../../domain/law/law.js';
import { type Settings } from '../../domain/schemas/settings.js';
import { type CaseState } from '../../domain/case/state.js';
import { factsBehind, isDecided } from '../../domain/case/procedure/state.js';
import { type CouncilState, type TrialState, admissionOf, type ProposalState } from '../../domain/case/trial/state.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { type RegimeInForce } from '../../domain/law/regime.js';
import { type TrialTerms } from '../../domain/law/trial-terms.js';
import { refuse } from '../../domain/errors.js';
import { councilStep } from '../../domain/law/admission-steps.js';
import {
  type AdmissionView,
  type CouncilView,
  type EvaluationView,
  type GivenLimit,
  type GivenTerms,
  type TrialTermsView,
} from '../schemas/trial-admission.js';

// Given ----------------------------------------------------------------------------------------------------------------------------------------------

/** Conditions as the register keeps them, of what was given: limits of the regime by their code, and what is left out as regime and City have it. */
export function givenTerms(
  { months, limits, reportEvery, visitEvery, ...given }: GivenTerms,
  trial: TrialState,
  law: Law,
): TrialTerms {
  const { rules } = law.regime(trial.version);
  return {
    ...given,
    months: months ?? trial.months,
    limits: limits.map((limit) => limitOf(limit, rules)),
    reportEvery:
      reportEvery ??
      rules.reportInterval?.value ??
      refuse('VALIDATION_FAILED', { field: 'terms.reportEvery', missing: true }),
    visitEvery: visitEvery ?? law.settings.sandbox.visitEvery,
  };
}

function limitOf(given: GivenLimit, { limits }: RegimeInForce['rules']): TrialTerms['limits'][number] {
  const { verified = true, ...limit } = given;
  const ofRegime = limits.find(({ code }) => code === limit.code);
  if (ofRegime) return { ...ofRegime, ...limit, verified, source: 'admission' };
  const { name, unit, watch } = limit;
  if (name === undefined || unit === undefined || watch === undefined) {
    return refuse('VALIDATION_FAILED', {
      field: 'terms.limits',
      limit: limit.code,
      missing: ['name', 'unit', 'watch'],
    });
  }
  return { ...limit, name, unit, watch, verified, source: 'admission' };
}

// Shown ----------------------------------------------------------------------------------------------------------------------------------------------

/** What the views of an admission need beside the case. */
export interface AdmissionContext {
  readonly law: Law;
  readonly catalogue: Catalogue;
  readonly words: AdmissionWords;
  readonly reader: { readonly id: string; readonly access: CaseAccess };
}

/** What a task of the admission rests on; null in a case that is no trial. */
export function admissionView(state: CaseState, context: AdmissionContext): z.input<typeof AdmissionView> | null {
  const { trial } = state;
  const admission = admissionOf(state);
  if (!trial || !admission) return null;
  return {
    evaluation: evaluationView(trial, admission.proposal, context),
    ...councilPart(state, context),
  };
}

/** The council of a trial, with whether its regime wants one. */
export function councilPart(
  state: CaseState,
  context: AdmissionContext,
): Pick<z.input<typeof AdmissionView>, 'councilNeeded' | 'quorumRule' | 'council'> {
  const { law } = context;
  const { version } = state.trial ?? refuse('NOT_FOUND', { trial: state.code });
  const admission = admissionOf(state);
  const steps =
    admission && law.procedureVersion(admission.procedure, admission.version, factsBehind(state, admission)).steps;
  const council = admission?.council ?? null;
  const { rules } = law.regime(version);
  const councilNeeded = steps?.some(({ code }) => code === councilStep) ?? rules.council?.value === true;
  return {
    councilNeeded,
    quorumRule: councilNeeded ? rules.quorum : null,
    council: council && councilView(state, { council, decided: isDecided(admission) }, context),
  };
}

export function evaluationView(
  trial: TrialState,
  proposal: ProposalState | null,
  { law, words: { nameOf } }: Pick<AdmissionContext, 'law' | 'words'>,
): z.input<typeof EvaluationView> {
  const { regime, rules } = law.regime(trial.version);
  return {
    regime: { code: trial.regime, version: trial.version, name: regime.name },
    askedMonths: trial.months,
    longestTerm: rules.longestTerm,
    reportInterval: rules.reportInterval,
    limits: rules.limits,
    criteria: criteriaOf(law, proposal).map(({ code, ...criterion }) => ({
      criterion: code,
      ...criterion,
      finding: proposal?.criteria.find((one) => one.criterion === code)?.finding ?? null,
    })),
    proposal: proposal && {
      at: proposal.at,
      by: proposal.by.map((id) => ({ id, name: nameOf(id) })),
      terms: termsView(proposal.terms),
    },
  };
}

/** Those of now, and of the proposal those that the City has dropped since. */
function criteriaOf(law: Law, proposal: ProposalState | null): Settings['sandbox']['criteria'] {
  const now = law.settings.sandbox.criteria;
  if (!proposal) return now;
  const gone = settingsAt(law, proposal.at).sandbox.criteria.filter(
    ({ code }) =>
      now.every((one) => one.code !== code) && proposal.criteria.some(({ criterion }) => criterion === code),
  );
  return [...now, ...gone];
}

export const termsView = (terms: TrialTerms): z.input<typeof TrialTermsView> => ({ ...terms });

/** Until it is closed nobody reads how another voted, until the decision is signed the participant not that there is a council; they never read who sits in it. */
function councilView(
  { recused }: CaseState,
  { council, decided }: { readonly council: CouncilState; readonly decided: boolean },
  { catalogue, words: { nameOf, wordsOf }, reader }: AdmissionContext,
): z.input<typeof CouncilView> | null {
  const { members, quorum, meetsAt, present, votes, closed } = council;
  const outside = isParty(reader.access);
  if (outside && !decided) return null;
  // Whoever declares an interest afterwards has voted: the result stands.
  const isRecused = (person: string) => closed?.recused.includes(person) ?? Object.hasOwn(recused, person);
  const voters = present?.filter((person) => !isRecused(person)) ?? null;
  const named = (id: string) => ({ id, name: nameOf(id) });
  const reasonOf = (person: string) => {
    const reason = votes[person]?.reason;
    return reason ? wordsOf(reason.id) : null;
  };
  return {
    status: closed ? 'closed' : present ? 'meeting' : 'convened',
    meetsAt,
    quorum,
    voters: voters?.length ?? null,
    members: outside
      ? []
      : members.map(({ person, role, agency }) => {
          const cast = votes[person];
          const shown = (closed !== null && !isRecused(person)) || person === reader.id;
          return {
            person: named(person),
            role,
            agency,
            agencyName: agency === null ? null : getAgency(catalogue.agencies, agency).name,
            present: present?.includes(person) ?? null,
            recused: isRecused(person),
            voted: cast !== undefined,
            vote: shown ? (cast?.vote ?? null) : null,
            reason: shown ? reasonOf(person) : null,
          };
        }),
    result: closed && {
      at: closed.at,
      for: closed.for,
      against: closed.against,
      abstained: closed.abstained,
      recommends: closed.recommends,
      dissent: closed.dissent.map((person) => ({
        person: outside ? null : named(person),
        vote: votes[person]?.vote ?? 'abstain',
        reason: reasonOf(person),
      })),
    },
  };
}
