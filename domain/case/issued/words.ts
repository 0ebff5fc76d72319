import type { PlainDate } from '../../time/instants.js';
import type { TextRef } from '../words.js';

/** What may become of an issued result: what it says is put right, or it is taken back. */
export const resultChangeKinds = ['correction', 'revocation'] as const;
export type ResultChangeKind = (typeof resultChangeKinds)[number];

/** One passage of a result, as it stands and as it is to read. */
export interface Passage {
  readonly was: TextRef;
  readonly is: TextRef;
}

interface ResultChangeWords {
  readonly changeId: string;
  /** Number of the decision that it is about. */
  readonly of: string;
  readonly reason: TextRef;
  readonly legalBasis: TextRef;
}

/** What the events of issued results carry. */
export interface ResultPayloads {
  /** `answerBy`: until the end of that day the investor may speak first; null where nobody has to be heard. */
  resultChangeProposed: ResultChangeWords & {
    readonly change: ResultChangeKind;
    readonly passages: readonly Passage[];
    readonly answerBy: PlainDate | null;
  };
  resultHearingAnswered: { changeId: string; statement: TextRef };
  /** An act with its own number: from here on the decision is read with it. */
  resultCorrected: ResultChangeWords & { taskId: string; number: string; passages: readonly Passage[] };
  /** An act with its own number: from here on the decision has no force. */
  resultRevoked: ResultChangeWords & { taskId: string; number: string };
  /** The result stays as it is. */
  resultKept: { changeId: string; taskId: string; reason: TextRef };
}
