import type { EngineCommand } from './case/commands.js';
import type { Delivery, OpinionAsked, Words } from './case/events.js';
import { scopeKind, type ScopeId, type ScopeKind } from './case/scope.js';
import type { CaseState } from './case/state.js';
import type { LookupKind } from './agency-systems.js';
import type { ResolvedProcedure } from './procedure.js';
import type { Instant, PlainDate } from './time.js';

/** The vocabulary between workflows, activities, dispatchers and whoever looks at workflows: names and shapes, no behaviour. */

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

export const eventsSignalName = 'events';
export const progressQueryName = 'progress';

/** Input of every workflow, also after continue-as-new: everything else is loaded from the register. */
export interface ScopeInput {
  readonly scope: ScopeId;
  /** Raised by a rebuild: the register refuses commands of an older run. */
  readonly generation: number;
}

/** When the scope wants to be woken: `at` is business time, `inMs` how far that was when it was read. Null: nothing ahead, or time is stepped. */
export type Wake = { readonly at: Instant; readonly inMs: number } | null;

/** A `wake` and the sequence of the case it was read at: one that is read later holds, however late it comes. Left out by older releases. */
export interface Waking {
  readonly wake: Wake;
  readonly wakeAsOf?: number;
}

/** A run that is to be started: of which type, beside what it is told. */
export interface ScopeStart extends ScopeInput {
  readonly kind: WorkflowKind;
}

/** What a dispatcher signals. No deliveries: a poke, the workflow loads from the register. `wake` is left out where it is not known. */
export interface EventsMessage extends Partial<Waking> {
  readonly deliveries: readonly Delivery[];
}

/** Answer of the query `progress`. */
export interface Progress {
  readonly scope: ScopeId;
  readonly generation: number;
  readonly seen: number;
  readonly waitingFor: readonly string[];
  readonly nextTimer: Instant | null;
}

/** How often an agency is asked before its work becomes somebody's task. Comes from the register's side, so that history holds what was decided. */
export interface AgencyCallPolicy {
  readonly attempts: number;
  readonly firstRetryMs: number;
}

export interface LoadInput extends ScopeInput {
  /** Sequence of the last delivery known. */
  readonly after: number;
  /** Version of the definition that the run holds already; null = none. */
  readonly holds: string | null;
}

export interface Loaded extends Waking {
  readonly generation: number;
  readonly closed: boolean;
  readonly deliveries: readonly Delivery[];
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
}

/** A workflow's request at the door. `signDecision` becomes `recordSignature` once the record is signed. */
export type Request =
  EngineCommand | { readonly type: 'signDecision'; readonly record: DecisionRecord } | { readonly type: 'settle' };

export interface CommandInput extends ScopeInput {
  readonly basedOn: number;
  /** `scope / causing seq / action`. Not for `settle`, which is repeatable by nature. */
  readonly action: string;
  readonly request: Request;
}

/** The scope's own deliveries of an accepted command. */
export interface Answer extends Waking {
  readonly deliveries: readonly Delivery[];
}

/** Local activities and, when those fail, ordinary ones with unlimited retries. A refusal crosses as ApplicationFailure with `type` = its code. */
export interface RegisterActivities {
  loadScope(input: LoadInput): Promise<Loaded>;
  command(input: CommandInput): Promise<Answer>;
}

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
