import type { ResultChangeKind } from './words.js';

export type ResultCommand =
  /** Whoever decided finds that the result is wrong; somebody else of the agency decides on it. */
  | {
      readonly type: 'proposeResultChange';
      readonly procedure: string;
      readonly change: ResultChangeKind;
      /** Of a correction: each passage as it stands and as it is to read. */
      readonly passages: readonly { readonly was: string; readonly is: string }[];
      readonly reason: string;
      readonly legalBasis: string;
    }
  /** The investor is heard before a result is taken back. */
  | { readonly type: 'answerResultHearing'; readonly changeId: string; readonly statement: string };
