import type { LookupKind } from '../law/agency-systems.js';
import type { ResolvedProcedure } from '../law/procedure.js';
import type { Instant, PlainDate } from '../time/instants.js';
import type { EngineCommand } from './commands.js';
import type { Delivery } from './events.js';
import type { OpinionAsked } from './consultation/words.js';
import type { TextRef, Words } from './words.js';
import { scopeKind, type ScopeId, type ScopeKind } from './scope.js';
import type { CaseState } from './state.js';

/** What the stories ask of activities, and the names under which workflows run: shapes, no behaviour. */

/** Workflow type by what the workflow looks after; the workflow id is the scope id. The scope of a sandbox case is a trial. */
export const workflowTypes = {
  case: 'greenLaneLicensing',
  trial: 'sandboxAdmission',
  procedure: 'licensingProcedure',
  consultation: 'agencyCoordination',
} as const satisfies Record<ScopeKind | 'trial', string>;
export type WorkflowKind = keyof typeof workflowTypes;

/** What looks after a scope of this case. */
export const workflowKindOf = ({ kind }: Pick<CaseState, 'kind'>, scope: ScopeId): WorkflowKind => {
  const of = scopeKind(scope);
  return of === 'case' && kind === 'sandbox' ? 'trial' : of;
};

/** How runs appear in Temporal: their type, and two search attributes for operators. */
export const caseRuns = {
  workflowType: ({ kind }: { readonly kind: string }): string => {
    const type = Object.entries(workflowTypes).find(([of]) => of === kind)?.[1];
    if (type === undefined) throw new Error(`No workflow looks after ${kind}`);
    return type;
  },
  attributes: ({ kind, scope }: { readonly kind: string; readonly scope: ScopeId }): Record<string, string> => ({
    ...(kind === 'case' ? { CaseKind: 'green-lane' } : {}),
    ...(kind === 'trial' ? { CaseKind: 'sandbox' } : {}),
    Stage: scopeKind(scope),
  }),
};

/** How often an agency is asked before its work becomes somebody's task. Comes from the register's side, so that history holds what was decided. */
export interface AgencyCallPolicy {
  readonly attempts: number;
  readonly firstRetryMs: number;
}

/** What a run is told by the register: its mailbox, and what its story goes by. */
export interface Loaded {
  readonly generation: number;
  readonly closed: boolean;
  readonly deliveries: readonly Delivery[];
  readonly wake: { readonly at: Instant; readonly inMs: number } | null;
  readonly wakeAsOf?: number;
  /** The definition that governs the scope's procedure now; null for a case, or where the run holds it already. */
  readonly procedure: ResolvedProcedure | null;
  readonly laneOwner: string;
  readonly receivingAgency: string;
  readonly agencyCalls: AgencyCallPolicy;
}

/** The record of a decision that is signed: ids and law only, of the reason its reference. Its canonical form (RFC 8785) is the signed document. */
export interface DecisionRecord {
  readonly number: string;
  readonly caseCode: string;
  readonly dossierCode: string;
  readonly procedure: string;
  readonly version: string;
  readonly attempt: number;
  readonly competentAgency: string;
  readonly outcome: 'approved' | 'refused';
  readonly decidedAt: Instant;
  readonly decidedBy: string | null;
  readonly reason: Words | null;
  /** Of what it says beside yes or no: reference and salted hash. */
  readonly content?: TextRef;
}

/** A workflow's request at the door. `signDecision` becomes `recordSignature` once the record is signed. */
export type Request = EngineCommand | { readonly type: 'signDecision'; readonly record: DecisionRecord };

export interface LookUpInput {
  readonly scope: ScopeId;
  /** Code of the step, or another name that is unique in the scope: the natural key of the request. */
  readonly step: string;
  readonly kind: LookupKind;
  /** What the procedure itself has so far: the declaration made before, the number of its own decision. */
  readonly declarationId: string | null;
  readonly decisionNumber: string | null;
}

/** What a look-up found, without any personal data. */
export interface LookedUp {
  readonly outcome: string;
  readonly reference: string | null;
}

export type ConsultInput = { readonly scope: ScopeId } & Pick<OpinionAsked, 'agency' | 'about' | 'dueDate'>;

export interface NotifyInput {
  readonly scope: ScopeId;
  readonly dossierCode: string;
  readonly number: string;
}

export interface SendInput extends NotifyInput {
  /** Code of the step: with an agency's code the natural key of the message to it. */
  readonly step: string;
  /** Agency codes, at least one. */
  readonly recipients: readonly string[];
  /** Ids of the documents that go with it; left out by runs of older releases. */
  readonly documents?: readonly string[];
}

/** Calls to other bodies, on a task queue of their own. The correlation id is the natural key of the request, so that asking again is asking once. */
export interface AgencyActivities {
  lookUp(input: LookUpInput): Promise<LookedUp>;
  /** `step`: left out by runs of older releases; another one where it is declared anew. */
  declareInvestment(input: {
    readonly scope: ScopeId;
    readonly step?: string;
  }): Promise<{ declarationId: string; lapsesOn: PlainDate }>;
  requestOpinion(input: ConsultInput): Promise<{ requestId: string }>;
  notifyResult(input: NotifyInput): Promise<void>;
  /** Done when every recipient has the message; repeated, it sends only what is missing. */
  sendDecision(input: SendInput): Promise<void>;
}

/** The task queue on which agency calls run, beside the workflows' own. */
export const agencyTaskQueue = (taskQueue: string): string => `${taskQueue}-agencies`;

/** One run per webhook, beside the workflows of scopes. */
export const webhookWorkflowType = 'webhookDelivery';
export const webhookWorkflowId = (webhook: string): string => `webhook/${webhook}`;
export const wakeSignalName = 'wake';

/** Input of the run of a webhook, also after continue-as-new. What is to be sent stands in the register. */
export interface WebhookInput {
  readonly webhook: string;
  /** How often one event is tried before the webhook is paused. Comes with the start, so that history holds what was decided. */
  readonly calls: AgencyCallPolicy;
}

/** How far one activity came. `more`: there are events left to send. */
export interface WebhookRound {
  readonly sent: number;
  readonly more: boolean;
}

export interface WebhookActivities {
  /** Sends what is next, in order, a few events at a time. Fails where the receiver did not take one: tried again as the policy says. */
  sendEvents(input: { readonly webhook: string }): Promise<WebhookRound>;
  /** Given up for now: paused until somebody resumes it; administrators are told. */
  pauseWebhook(input: { readonly webhook: string; readonly reason: string }): Promise<void>;
}
