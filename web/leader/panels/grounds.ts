import type { Word } from '../../words/language.js';

/** On what ground a clock was stopped. */
export const groundWords: Readonly<Record<string, Word>> = {
  supplement: 'boardGroundSupplement',
  explanation: 'boardGroundExplanation',
  'violation-handling': 'boardGroundViolation',
  'errors-in-dossier': 'boardGroundErrors',
};
