import { type PartyAct, powerCovers } from '../../domain/people/party-acts.js';
import type { AskedOfInvestor, Me } from '../api/contract.js';

export type HeldPower = Me['powersOfAttorney'][number];

/** What a member is, in words. */
export const memberWords = {
  manages: 'memberManages',
  files: 'memberFiles',
  reads: 'memberReads',
} as const satisfies Readonly<Record<NonNullable<HeldPower['memberAs']>, string>>;

/** Who gave a power, as one reads it: the person, and for which organisation. */
export const grantorOf = (power: {
  readonly grantor: string;
  readonly grantorName: string | null;
  readonly grantorOrganisation: string | null;
}): string =>
  power.grantorName === null
    ? power.grantor
    : power.grantorOrganisation === null || power.grantorOrganisation === power.grantorName
      ? power.grantorName
      : `${power.grantorOrganisation} (${power.grantorName})`;

/** The powers of one investor, in the order in which they were read. */
export const heldFrom = (me: Me, grantor: string): HeldPower[] =>
  me.powersOfAttorney.filter((power) => power.grantor === grantor);

/** Those for whom somebody may file new cases, each once: a power limited to some procedures is not enough. */
export const mayFileFor = (me: Me): HeldPower[] =>
  me.powersOfAttorney.filter(
    (power, index, all) =>
      powerCovers(power, 'openCase', null) &&
      all.findIndex((one) => one.grantor === power.grantor && powerCovers(one, 'openCase', null)) === index,
  );

const actsOfAsked = {
  dossier: 'fileDossier',
  supplement: 'answerSupplement',
  gate: 'meetGate',
  payment: 'recordPayment',
  refiling: 'refileProcedure',
  duty: 'meetDuty',
  'lane-hearing': 'answerLaneHearing',
  'result-hearing': 'answerResultHearing',
  fact: 'proposeFacts',
  survey: 'surveyCase',
} as const satisfies Record<AskedOfInvestor['kind'], PartyAct>;

/** Whether one of these powers covers an act, in one procedure or (null) in the case as a whole; without powers (the investor) everything is. */
export const covers = (
  powers: readonly HeldPower[] | undefined,
  act: PartyAct,
  procedure: string | null = null,
): boolean => powers === undefined || powers.some((power) => powerCovers(power, act, procedure));

/** The act that answers what is asked, and whether one of these powers covers it; without powers (the investor) everything is. */
export function coveredBy(
  powers: readonly HeldPower[] | undefined,
  asked: AskedOfInvestor,
): { readonly act: PartyAct; readonly covered: boolean } {
  const act = actsOfAsked[asked.kind];
  // A duty does not say of which procedure it is: the API looks.
  const procedure = asked.kind === 'duty' ? 'any' : 'procedure' in asked ? asked.procedure : null;
  return { act, covered: covers(powers, act, procedure) };
}

/** The procedures to which somebody is limited in a case; null where one power reaches all of it. */
export const limitedTo = (powers: readonly HeldPower[]): string[] | null =>
  powers.some(({ procedures }) => procedures === null)
    ? null
    : [...new Set(powers.flatMap(({ procedures }) => procedures ?? []))];
