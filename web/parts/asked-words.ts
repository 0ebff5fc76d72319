import type { Word } from '../words/language.js';

/** What is asked of the investor's side, by its kind. */
export const askedWords = {
  dossier: 'askedDossier',
  supplement: 'askedSupplement',
  gate: 'askedGate',
  payment: 'askedPayment',
  refiling: 'askedRefiling',
  duty: 'askedDuty',
  'lane-hearing': 'askedHearing',
  'result-hearing': 'askedResultHearing',
  fact: 'askedFact',
  survey: 'askedSurvey',
} as const satisfies Readonly<Record<string, Word>>;
