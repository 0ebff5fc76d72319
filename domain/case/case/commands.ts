import type { Payloads } from '../events.js';

/** What an investor asks for about a case as a whole. */
export type CaseCommand =
  | { readonly type: 'openCase'; readonly opening: Omit<Payloads['caseOpened'], 'managed'>; readonly managed: boolean }
  | { readonly type: 'withdrawCase'; readonly reason: string }
  | { readonly type: 'surveyCase'; readonly score: number; readonly procedure?: string };
