import type { PredicateId } from '../lane/evidence.js';
import type { PredicateVerdict } from '../lane/predicates.js';
import type { Instant, PlainDate } from '../time/instants.js';
import type { Actor, Payloads, Role, ScopeBound } from './events.js';
import type { Condition, Position } from './consultation/words.js';
import type { DossierDocument } from './procedure/words.js';
import type { Resolution } from './conference/words.js';
import type { SupplementGround } from './supplement/words.js';
import type { TaskKind, TaskRole } from './task/words.js';
import type { ScopeId } from './scope.js';
import type { DeviceCommand, TrialCommand } from './trial/commands.js';

/** What people may ask for. `occurredAt` is stamped where the act was admitted. */
export type PersonCommand =
  | { readonly type: 'openCase'; readonly opening: Omit<Payloads['caseOpened'], 'managed'>; readonly managed: boolean }
  | { readonly type: 'fileDossier'; readonly procedure: string; readonly documents: readonly DossierDocument[] }
  | { readonly type: 'claimTask'; readonly taskId: string }
  | { readonly type: 'releaseTask'; readonly taskId: string }
  | { readonly type: 'completeTask'; readonly taskId: string; readonly completion: Completion }
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
  /** What proves one of the tests of the green lane; `code`: which kind of document it is. */
  | {
      readonly type: 'giveEvidence';
      readonly predicate: PredicateId;
      readonly code: string;
      readonly documentId: string;
    }
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

/** Somebody who is to hold a task, as the register knows them. */
export interface Assignee {
  readonly id: string;
  readonly role: Role;
  readonly agency: string | null;
}

/** How a task ends; which shape fits which kind of task is a rule of `decide`. */
export interface Completion {
  /** One that `task-table.ts` has for its kind of task. */
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
  /** signatory: somebody of the agency whose decision it is. */
  readonly signatory?: Assignee;
  /** lane: what was found of each of the three tests, with its reason; a yes says on what it rests (`E1`, `list/{list}/{entry}`). */
  readonly findings?: readonly (PredicateVerdict & { readonly reason: string })[];
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
  /** Its sender was told that it is taken: where it cannot count any more it is put before the lead agency, not refused. */
  readonly taken?: true;
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
  | { readonly type: 'handOverTask'; readonly taskId: string; readonly from: string; readonly to: Assignee }
  /** Whoever holds it may not, any more: it is free. */
  | { readonly type: 'freeTask'; readonly taskId: string; readonly from: string }
  /** Whether anybody may sign is for the register of people to say: where nobody may, leadership is asked, and no longer once somebody may. */
  | { readonly type: 'askSignatory'; readonly taskId: string; readonly wanted: boolean };

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
  /**
   * What the same speaker asks in the same turn, each decided on the state that the one before left, and answered under its own id. The first refusal ends the
   * turn: what was accepted before it stands.
   */
  readonly then?: readonly Pick<Envelope, 'command' | 'operationId' | 'bodyHash'>[];
}
