import type { ScopeId } from '../scope.js';
import type { Condition, Position } from './words.js';

/** What the lead agency asks for. */
export interface ConsultationCommand {
  readonly type: 'reopenConsultation';
  readonly consultation: ScopeId;
  readonly agency: string;
  readonly reason: string;
}

/** What agency systems tell us. */
export interface AgencyCommand {
  readonly type: 'giveOpinion';
  readonly consultation: ScopeId;
  readonly agency: string;
  readonly position: Position;
  readonly conditions: readonly Condition[];
  readonly legalBasis: string | null;
  readonly messageId: string;
  /** Its sender was told that it is taken: where it cannot count any more it is put before the lead agency, not refused. */
  readonly taken?: true;
}

/** What came of a question that the register put to the system of an agency: under which id it was taken, or the code of the failure. */
export interface ConsultationServiceCommand {
  readonly type: 'finishQuestion';
  readonly consultation: ScopeId;
  readonly agency: string;
  readonly requestId: string | null;
  readonly failure: string | null;
}

/** What the workflow of a consultation asks for; `openConsultation`: that of its procedure. */
export type ConsultationEngineCommand =
  | { readonly type: 'openConsultation'; readonly step: string }
  | { readonly type: 'recordOpinionRequest'; readonly agency: string; readonly requestId: string }
  | { readonly type: 'closeConsultation' };
