import type { Assurance } from '../people/assurance.js';
import type { ApologyPayloads } from './apology/words.js';
import type { CasePayloads } from './case/words.js';
import type { ConferencePayloads } from './conference/words.js';
import type { ConsultationPayloads } from './consultation/words.js';
import type { DutyPayloads } from './duty/words.js';
import type { ExtractPayloads } from './extract/words.js';
import type { FactPayloads } from './fact/words.js';
import type { GatePayloads } from './gate/words.js';
import type { Instant } from '../time/instants.js';
import type { InstructionPayloads } from './instruction/words.js';
import type { LanePayloads } from './lane/words.js';
import type { LawChangePayloads } from './law-change/words.js';
import type { NamedDocument } from './procedure/named-documents.js';
import type { OutsidePayloads } from './outside/words.js';
import type { PaymentPayloads } from './payment/words.js';
import type { PersonRole } from '../people/access-scopes.js';
import type { ProcedurePayloads } from './procedure/words.js';
import type { QuestionPayloads } from './question/words.js';
import type { ResultPayloads } from './issued/words.js';
import type { ScopeId } from './scope.js';
import type { StepPayloads } from './step/words.js';
import type { SupplementPayloads } from './supplement/words.js';
import type { TaskPayloads } from './task/words.js';
import type { TrialPayloads } from './trial/words.js';

/** Who did it. People are named by id only: names live in the register's `person` table, so that they can be erased. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly id: string;
      readonly role: Role;
      readonly agency: string | null;
      readonly onBehalfOf?: string;
      /** How surely the sign-on knew who they are; left out: it did not say. */
      readonly assurance?: Assurance;
    }
  | { readonly kind: 'agency-system'; readonly agency: string }
  /** A device of a trial's participant, by the key with which it signs. */
  | { readonly kind: 'device'; readonly keyId: string }
  | { readonly kind: 'engine'; readonly scope: ScopeId }
  | { readonly kind: 'clock' };

export type Role = PersonRole;

/**
 * What each event type carries: ids, rule attributes, and the reasons officers and investors give in their own words. Names and addresses of a filing
 * never go in; a reason is asked for as a reason, but nothing stops a writer from naming somebody in it.
 */
export interface Payloads
  extends
    CasePayloads,
    LanePayloads,
    FactPayloads,
    GatePayloads,
    QuestionPayloads,
    InstructionPayloads,
    DutyPayloads,
    ProcedurePayloads,
    ExtractPayloads,
    ResultPayloads,
    StepPayloads,
    TaskPayloads,
    SupplementPayloads,
    ApologyPayloads,
    LawChangePayloads,
    PaymentPayloads,
    ConsultationPayloads,
    ConferencePayloads,
    OutsidePayloads,
    TrialPayloads {}

export type EventType = keyof Payloads;

export type CaseEvent = {
  [T in EventType]: {
    /** Sequence in the case, from 1, without gaps. */
    readonly seq: number;
    readonly scope: ScopeId;
    readonly type: T;
    /** When it was admitted (stamped by the API or at receipt of a callback), or the computed instant of what fell due. */
    readonly occurredAt: Instant;
    readonly actor: Actor;
    readonly payload: Payloads[T];
    /** The bytes behind the documents that the payload names; left out where it names none, and in events of before it was recorded. */
    readonly documents?: readonly NamedDocument[];
  };
}[EventType];

export type EventOf<T extends EventType> = Extract<CaseEvent, { type: T }>;

/** An event in the mailbox of one scope. `prev` is the sequence of the one delivered before it (0 = none): a reader that has seen less has a gap. */
export interface Delivery {
  readonly seq: number;
  readonly prev: number;
  readonly event: CaseEvent;
}

/** What a workflow's command is bound to: refused `SUPERSEDED` by a higher generation, `STALE` when the mailbox has moved on. */
export interface ScopeBound {
  readonly scope: ScopeId;
  readonly generation: number;
  readonly basedOn: number;
}
