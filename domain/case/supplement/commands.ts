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
    }
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
