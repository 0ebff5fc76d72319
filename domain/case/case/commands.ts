import type { FilingSignature } from '../../evidence/filing-signature.js';
import type { Payloads } from '../events.js';

/** What an investor asks for about a case as a whole. */
export type CaseCommand =
  | {
      readonly type: 'openCase';
      readonly opening: Omit<Payloads['caseOpened'], 'managed' | 'signed'>;
      readonly managed: boolean;
      /** The signature of the filing, with the certificate (PEM) as words. */
      readonly signed?: FilingSignature & { readonly holder: string };
    }
  | { readonly type: 'withdrawCase'; readonly reason: string }
  | { readonly type: 'surveyCase'; readonly score: number; readonly procedure?: string };
