import type { PlainDate } from '../../time/instants.js';
import type { ScopeId } from '../scope.js';
import type { DossierDocument } from './words.js';

/** What an investor asks for; `withdrawReceipt`: the counter, or whoever handles the dossier. */
export type ProcedureCommand =
  /** It should not have been received, or not in this procedure; `to`: in that one. */
  | { readonly type: 'withdrawReceipt'; readonly procedure: string; readonly to?: string; readonly reason: string }
  | { readonly type: 'fileDossier'; readonly procedure: string; readonly documents: readonly DossierDocument[] }
  | { readonly type: 'refileProcedure'; readonly procedure: string; readonly documents: readonly DossierDocument[] };

/** What came of a declaration that the register made with a filing: what the national system gave, or the code of the failure. */
export interface ProcedureServiceCommand {
  readonly type: 'finishDeclaration';
  readonly procedure: ScopeId;
  readonly filing: number;
  readonly declaration: { readonly id: string; readonly lapsesOn: PlainDate } | null;
  readonly failure: string | null;
}

/** What the workflow of a procedure asks for; `openProcedure`: that of its case. */
export type ProcedureEngineCommand =
  | { readonly type: 'openProcedure'; readonly procedure: string }
  | { readonly type: 'recordDeclaration'; readonly declarationId: string; readonly lapsesOn: PlainDate }
  | { readonly type: 'receiveByDecision' }
  | {
      readonly type: 'recordSignature';
      readonly number: string;
      readonly documentHash: string;
      readonly signature: string;
      readonly algorithm: string;
      readonly keyId: string;
    }
  | { readonly type: 'handOver' }
  | { readonly type: 'closeProcedure' };
