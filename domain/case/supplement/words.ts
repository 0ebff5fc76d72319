import type { DossierDocument, Numbered } from '../procedure/words.js';
import type { PlainDate } from '../../time/instants.js';
import type { TextRef, Words } from '../words.js';

export type SupplementGround = 'supplement' | 'explanation' | 'violation-handling' | 'errors-in-dossier';

/** What the events of supplements carry. */
export interface SupplementPayloads {
  /**
   * Form 02: the agency's clock is suspended (unless the policy lets it run), the day of the request still counts. Of a violation that is handled:
   * the number of the decision, and by when somebody looks at it again; left out by events of before.
   */
  supplementRequested: {
    requestId: string;
    taskId: string;
    ground: SupplementGround;
    items: readonly Words[];
    reason: Words;
    deadline: PlainDate | null;
    suspends: boolean;
    daysLeft: number;
    decision?: string;
    reviewOn?: PlainDate;
  } & Numbered;
  /** `restarts`: by this procedure's policy the agency's term begins anew with the answer. `explanation`: in the investor's own words. */
  supplementAnswered: {
    requestId: string;
    documents: readonly DossierDocument[];
    restarts?: true;
    /** What registers hold of it is asked from them; `agreed`: as whoever answered said themselves. */
    fetches?: true;
    agreed?: readonly string[];
    explanation?: TextRef;
  };
  /** `resumes`: the days given are over, so those that follow are the agency's again; left out by events of before, after which its clock stood still. */
  supplementLapsed: { requestId: string; resumes?: true };
  supplementExtended: { requestId: string; deadline: PlainDate; reason: TextRef };
  /** It was asked by mistake: the notice is not used up, and no day was the investor's. */
  supplementWithdrawn: { requestId: string; reason: TextRef };
  /** The violation is still being handled; somebody looks at it again by `reviewOn`. */
  violationReviewed: { requestId: string; reviewOn: PlainDate; reason: TextRef };
  /** The violation is dealt with: the agency's clock goes on. */
  violationHandled: { requestId: string; reason: TextRef };
  lapseDecided: { requestId: string; decision: 'continue' | 'stop' | 'refuse'; reason: Words } & Numbered;
}
