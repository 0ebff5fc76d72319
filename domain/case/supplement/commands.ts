import type { PlainDate } from '../../time/instants.js';
import type { DossierDocument } from '../procedure/words.js';
import type { SupplementGround } from './words.js';

/** What an agency asks of an investor, and what becomes of it. */
export type SupplementCommand =
  | {
      readonly type: 'requestSupplement';
      readonly taskId: string;
      readonly ground: SupplementGround;
      readonly items: readonly string[];
      readonly reason: string;
      /** Of a violation: the number of the decision on it, and by when somebody looks at it again. */
      readonly decision?: string;
      readonly reviewOn?: PlainDate;
    }
  /** It should not have been asked. */
  | {
      readonly type: 'withdrawSupplement';
      readonly procedure: string;
      readonly requestId: string;
      readonly reason: string;
    }
  | {
      readonly type: 'reviewViolation';
      readonly procedure: string;
      readonly requestId: string;
      readonly reviewOn?: PlainDate;
      readonly reason: string;
    }
  | { readonly type: 'endViolation'; readonly procedure: string; readonly requestId: string; readonly reason: string }
  | {
      readonly type: 'answerSupplement';
      readonly procedure: string;
      readonly requestId: string;
      readonly documents: readonly DossierDocument[];
      /** In the investor's own words. */
      readonly explanation?: string;
    }
  | {
      readonly type: 'extendSupplement';
      readonly procedure: string;
      readonly requestId: string;
      readonly days: number;
      readonly reason: string;
    };
