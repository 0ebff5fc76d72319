import type { DossierDocument, Numbered } from '../procedure/words.js';
import type { PlainDate } from '../../time/instants.js';
import type { TextRef, Words } from '../words.js';

export type SupplementGround = 'supplement' | 'explanation' | 'violation-handling' | 'errors-in-dossier';

/** What the events of supplements carry. */
export interface SupplementPayloads {
  /** Form 02: the agency's clock is suspended (unless the policy lets it run), the day of the request still counts. */
  supplementRequested: {
    requestId: string;
    taskId: string;
    ground: SupplementGround;
    items: readonly Words[];
    reason: Words;
    deadline: PlainDate | null;
    suspends: boolean;
    daysLeft: number;
  } & Numbered;
  /** `restarts`: by this procedure's policy the agency's term begins anew with the answer. `explanation`: in the investor's own words. */
  supplementAnswered: {
    requestId: string;
    documents: readonly DossierDocument[];
    restarts?: true;
    explanation?: TextRef;
  };
  supplementLapsed: { requestId: string };
  supplementExtended: { requestId: string; deadline: PlainDate; reason: TextRef };
  lapseDecided: { requestId: string; decision: 'continue' | 'stop' | 'refuse'; reason: Words } & Numbered;
}
