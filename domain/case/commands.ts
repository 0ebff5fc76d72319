import type { CouncilMember, Vote } from '../sandbox/council.js';
import type { CriterionFinding, Lesson, Reading, Severity, TrialTerms } from '../sandbox/terms.js';
import type { Instant, PlainDate } from '../time.js';
import type {
  Actor,
  Condition,
  DossierDocument,
  Payloads,
  Position,
  Resolution,
  Role,
  ScopeBound,
  SupplementGround,
  TaskKind,
  TaskRole,
  TrialRequest,
} from './events.js';
import type { ScopeId } from './scope.js';

/** What people may ask for. `occurredAt` is stamped where the act was admitted. */
export type PersonCommand =
  | { readonly type: 'openCase'; readonly opening: Omit<Payloads['caseOpened'], 'managed'>; readonly managed: boolean }
  | { readonly type: 'fileDossier'; readonly procedure: string; readonly documents: readonly DossierDocument[] }
  | { readonly type: 'claimTask'; readonly taskId: string }
  | { readonly type: 'releaseTask'; readonly taskId: string }
  | {
      readonly type: 'completeTask';
      readonly taskId: string;
      readonly completion: Completion;
      /** Takes a free task in the same act. */
      readonly claim?: true;
    }
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
    }
  | { readonly type: 'extendClock'; readonly procedure: string; readonly days: number; readonly reason: string }
  | { readonly type: 'refileProcedure'; readonly procedure: string; readonly documents: readonly DossierDocument[] }
  | {
      readonly type: 'meetGate';
      readonly gate: string;
      readonly evidence: string | null;
      /** The day it happened, or is planned for. */
      readonly on?: PlainDate;
    }
  | { readonly type: 'withdrawCase'; readonly reason: string }
  | { readonly type: 'surveyCase'; readonly score: number; readonly procedure?: string }
  | { readonly type: 'proposeLane'; readonly reason: string }
  | {
      readonly type: 'deferProcedure';
      readonly procedure: string;
      readonly until: PlainDate | null;
      readonly reason: string;
    }
  | { readonly type: 'resumeProcedure'; readonly procedure: string }
  | { readonly type: 'askQuestion'; readonly procedure: string | null; readonly text: string }
  | { readonly type: 'meetDuty'; readonly duty: string; readonly evidence: string | null }
  | { readonly type: 'recordPayment'; readonly procedure: string; readonly step: string; readonly reference: string }
  | { readonly type: 'reassignTask'; readonly taskId: string; readonly to: Assignee; readonly reason: string }
  | {
      readonly type: 'returnTask';
      readonly taskId: string;
      /** The step to be done anew; null: the one this task rests on. */
      readonly step: string | null;
      readonly items: readonly string[];
      readonly reason: string;
    }
  | { readonly type: 'declareInterest'; readonly reason: string }
  | {
      readonly type: 'extendSupplement';
      readonly procedure: string;
      readonly requestId: string;
      readonly days: number;
      readonly reason: string;
    }
  | {
      readonly type: 'reopenConsultation';
      readonly consultation: ScopeId;
      readonly agency: string;
      readonly reason: string;
    }
  | { readonly type: 'migrateProcedure'; readonly scope: ScopeId; readonly version: string }
  | TrialCommand;

/** What people may ask for in a sandbox case; `allowedIn` says when, `decide` who. */
export type TrialCommand =
  | {
      readonly type: 'proposeTerms';
      /** The task of the evaluation, held by whoever proposes. */
      readonly taskId: string;
      readonly criteria: readonly CriterionFinding[];
      readonly terms: TrialTerms;
    }
  | {
      readonly type: 'conveneCouncil';
      /** The task of the council, held by its secretary. */
      readonly taskId: string;
      readonly members: readonly CouncilMember[];
      readonly meetsAt: Instant;
    }
  | { readonly type: 'openCouncil'; readonly taskId: string; readonly present: readonly string[] }
  | { readonly type: 'castVote'; readonly vote: Vote; readonly reason: string | null }
  | {
      readonly type: 'recordPermit';
      readonly permit: string;
      readonly number: string;
      readonly documentId: string | null;
      readonly validTo: PlainDate | null;
    }
  | { readonly type: 'registerKey'; readonly keyId: string; readonly publicKey: string }
  | {
      readonly type: 'fileTrialReport';
      /** The duty it meets; null: the earliest one that is open. */
      readonly duty: string | null;
      readonly documentId: string | null;
      readonly figures: Readonly<Record<string, number>>;
    }
  | {
      readonly type: 'reportIncident';
      /** One that the engine opened; null: another. */
      readonly incident: string | null;
      readonly severity: Severity;
      readonly happenedAt: Instant;
      readonly knownAt: Instant;
      readonly description: string;
      readonly documentId: string | null;
    }
  | {
      readonly type: 'recordVisit';
      readonly on: PlainDate;
      readonly result: Payloads['visitRecorded']['result'];
      readonly findings: string;
    }
  | { readonly type: 'requestTrialChange'; readonly request: TrialRequest; readonly reason: string }
  | { readonly type: 'suspendTrial'; readonly reason: string }
  | { readonly type: 'resumeTrial'; readonly reason: string }
  | {
      readonly type: 'fileFinalReport';
      readonly documentId: string | null;
      readonly lessons: readonly Lesson[];
      readonly figures: Readonly<Record<string, number>>;
    }
  | { readonly type: 'endTrial'; readonly ending: 'withdrawn' | 'revoked'; readonly reason: string };

/** One signed batch of the participant's devices; the signature was checked before. */
export interface DeviceCommand {
  readonly type: 'submitMetrics';
  readonly batch: number;
  readonly keyId: string;
  /** SHA-256 of the signed bytes, hexadecimal. */
  readonly digest: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly readings: readonly Reading[];
}

/** Somebody who is to hold a task, as the register knows them. */
export interface Assignee {
  readonly id: string;
  readonly role: Role;
  readonly agency: string | null;
}

/** How a task ends; which shape fits which kind of task is a rule of `decide`. */
export interface Completion {
  /**
   * intake: `receive | complete | refuse` · step: `done` (officer), `approve | refuse` (signature) · opinion: a position · by-hand: `done` ·
   * lapse: `continue | stop | refuse` · silence: `treat-as-agreed | proceed-without` · lane: `green | standard` · stuck: `done` ·
   * apology: `send | not-needed` · conference: `decide` · question: `answer` · fit: `fits | does-not-fit` · hold: `confirm | lift` ·
   * incident: `examined` · trial-request: `grant | refuse` · completion: `completed | failed` · step of a council: `done`
   */
  readonly outcome: string;
  readonly reason?: string;
  readonly items?: readonly string[];
  readonly conditions?: readonly Condition[];
  readonly legalBasis?: string;
  /** by-hand: the number that the machine could not fetch (project number, declaration, tax code). */
  readonly reference?: string;
  /** apology: the new appointment. */
  readonly newDate?: PlainDate;
  /** conference: one for each issue. */
  readonly resolutions?: readonly Resolution[];
  /** conference: who sees it otherwise, and why. */
  readonly dissent?: readonly { readonly agency: string; readonly reason: string }[];
  /** incident: what was found. */
  readonly finding?: Pick<Payloads['incidentExamined'], 'damage' | 'cause' | 'exempt'>;
}

/** What agency systems tell us. */
export type AgencyCommand = {
  readonly type: 'giveOpinion';
  readonly consultation: ScopeId;
  readonly agency: string;
  readonly position: Position;
  readonly conditions: readonly Condition[];
  readonly legalBasis: string | null;
  readonly messageId: string;
};

/** What workflows ask for, each with the scope it speaks for (`ScopeBound`). */
export type EngineCommand =
  | { readonly type: 'openProcedure'; readonly procedure: string }
  | {
      readonly type: 'openTask';
      readonly key: string;
      readonly kind: TaskKind;
      readonly agency: string;
      readonly role: TaskRole;
      readonly step: string | null;
    }
  | { readonly type: 'recordDeclaration'; readonly declarationId: string; readonly lapsesOn: PlainDate }
  | { readonly type: 'receiveByDecision' }
  | { readonly type: 'startStep'; readonly step: string }
  | {
      readonly type: 'completeStep';
      readonly step: string;
      readonly outcome: string;
      readonly by: 'system' | 'waived';
      readonly reference: string | null;
    }
  | { readonly type: 'failStep'; readonly step: string; readonly reason: string }
  | { readonly type: 'openConsultation'; readonly step: string }
  | { readonly type: 'openConference' }
  | { readonly type: 'requestPayment'; readonly step: string }
  | { readonly type: 'recordOpinionRequest'; readonly agency: string; readonly requestId: string }
  | { readonly type: 'closeConsultation' }
  | {
      readonly type: 'recordSignature';
      readonly number: string;
      readonly documentHash: string;
      readonly signature: string;
      readonly algorithm: string;
      readonly keyId: string;
    }
  | { readonly type: 'handOver' }
  | { readonly type: 'closeProcedure' }
  | { readonly type: 'closeCase' }
  | { readonly type: 'closeScope' }
  | { readonly type: 'admitTrial' }
  | { readonly type: 'startTrial' }
  | { readonly type: 'certifyCompletion' };

/** What operators, timers and published changes send: no decision of their own. `settle`: look at what fell due, and at changes of the law. */
export type ServiceCommand =
  | { readonly type: 'settle' }
  | { readonly type: 'rebuildScope'; readonly scope: ScopeId }
  /** Somebody is absent: the task goes to whom they named. */
  | { readonly type: 'handOverTask'; readonly taskId: string; readonly from: string; readonly to: Assignee };

export type Command = PersonCommand | AgencyCommand | DeviceCommand | EngineCommand | ServiceCommand;

/** A command at the door. */
export interface Envelope {
  readonly caseCode: string;
  readonly command: Command;
  readonly actor: Actor;
  readonly occurredAt: Instant;
  /** The same id gives the same answer, once. Made from facts (scope / causing seq / action; person + Idempotency-Key), never from a counter. */
  readonly operationId: string;
  /** Hash of the request's body; the same operation with another body is refused `IDEMPOTENCY_KEY_REUSED`. */
  readonly bodyHash: string;
  /** Set by workflows. */
  readonly bound?: ScopeBound;
}
