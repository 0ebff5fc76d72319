import type { PersonCommand } from '../case/commands.js';

/** What an investor or representative may do, by the names of the commands: the words of a power of attorney. */
export const partyActs = [
  'openCase',
  'fileDossier',
  'answerSupplement',
  'refileProcedure',
  'meetGate',
  'withdrawCase',
  'surveyCase',
  'proposeLane',
  'giveEvidence',
  'proposeFacts',
  'answerLaneHearing',
  'answerResultHearing',
  'deferProcedure',
  'resumeProcedure',
  'askQuestion',
  'meetDuty',
  'recordPayment',
  'recordPermit',
  'registerKey',
  'fileTrialReport',
  'reportIncident',
  'requestTrialChange',
  'fileFinalReport',
  'endTrial',
] as const satisfies readonly PersonCommand['type'][];

export type PartyAct = (typeof partyActs)[number];
