import type { PlainDate } from '../../time/instants.js';

/** A later approval that the investor does not want yet, or wants after all. */
export type DeferralCommand =
  | {
      readonly type: 'deferProcedure';
      readonly procedure: string;
      readonly until: PlainDate | null;
      readonly reason: string;
    }
  | { readonly type: 'resumeProcedure'; readonly procedure: string };
