import type { ScopeId } from '../scope.js';
import type { FoundExtract, MissedReason } from './words.js';

/** An official of the agency that handles the procedure, or the engine before a decision, has registers asked again. */
export interface LookCommand {
  readonly type: 'lookAgain';
  readonly procedure: string;
}

/** Whoever agreed that a register is asked takes it back. */
export interface ConsentCommand {
  readonly type: 'withdrawConsent';
  readonly procedure: string;
  readonly document: string;
}

export type ExtractCommand = LookCommand | ConsentCommand;

/** What came of asking a register for a document: what it holds, or why there is nothing. */
export interface ExtractServiceCommand {
  readonly type: 'finishExtract';
  readonly procedure: ScopeId;
  readonly document: string;
  readonly look: number;
  readonly found: FoundExtract | null;
  readonly missed: MissedReason | null;
}
