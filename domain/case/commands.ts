import type { Instant } from '../time/instants.js';
import type { ApprovalCommand, ApprovalServiceCommand } from './approval/commands.js';
import type { CaseCommand } from './case/commands.js';
import type { ConferenceEngineCommand } from './conference/commands.js';
import type {
  AgencyCommand,
  ConsultationCommand,
  ConsultationEngineCommand,
  ConsultationServiceCommand,
} from './consultation/commands.js';
import type { DeferralCommand } from './deferral/commands.js';
import type { DutyCommand } from './duty/commands.js';
import type { Actor, ScopeBound } from './events.js';
import type { ExtensionCommand } from './extension/commands.js';
import type { ExtractCommand, ExtractServiceCommand } from './extract/commands.js';
import type { FactCommand } from './fact/commands.js';
import type { GateCommand } from './gate/commands.js';
import type { InstructionCommand } from './instruction/commands.js';
import type { LaneCommand } from './lane/commands.js';
import type { LawChangeCommand } from './law-change/commands.js';
import type { OutsideReportCommand, StatusDifferenceCommand } from './outside/commands.js';
import type { PaymentCommand, PaymentEngineCommand } from './payment/commands.js';
import type { ProcedureCommand, ProcedureEngineCommand, ProcedureServiceCommand } from './procedure/commands.js';
import type { QuestionCommand } from './question/commands.js';
import type { ResultCommand } from './issued/commands.js';
import type { ScopeId } from './scope.js';
import type { StepCommand, StepEngineCommand, StepServiceCommand } from './step/commands.js';
import type { SupplementCommand } from './supplement/commands.js';
import type { TaskCommand, TaskEngineCommand, TaskServiceCommand } from './task/commands.js';
import type { DeviceCommand, TrialCommand, TrialEngineCommand } from './trial/commands.js';

/** What people may ask for. `occurredAt` is stamped where the act was admitted. */
export type PersonCommand =
  | CaseCommand
  | LaneCommand
  | FactCommand
  | GateCommand
  | QuestionCommand
  | InstructionCommand
  | DutyCommand
  | ProcedureCommand
  | ExtractCommand
  | ResultCommand
  | DeferralCommand
  | PaymentCommand
  | StepCommand
  | SupplementCommand
  | ExtensionCommand
  | ConsultationCommand
  | TaskCommand
  | ApprovalCommand
  | LawChangeCommand
  | TrialCommand;

/** What workflows ask for, each with the scope it speaks for (`ScopeBound`). */
export type EngineCommand =
  | ProcedureEngineCommand
  | StepEngineCommand
  | PaymentEngineCommand
  | ConsultationEngineCommand
  | ConferenceEngineCommand
  | TaskEngineCommand
  | TrialEngineCommand
  | { readonly type: 'closeCase' }
  | { readonly type: 'closeScope' };

/** What operators, timers and published changes send: no decision of their own. `settle`: look at what fell due, and at changes of the law. */
export type ServiceCommand =
  | { readonly type: 'settle' }
  | { readonly type: 'rebuildScope'; readonly scope: ScopeId }
  | TaskServiceCommand
  | StepServiceCommand
  | ConsultationServiceCommand
  | ProcedureServiceCommand
  | ExtractServiceCommand
  | StatusDifferenceCommand
  | ApprovalServiceCommand;

export type Command =
  PersonCommand | AgencyCommand | OutsideReportCommand | DeviceCommand | EngineCommand | ServiceCommand;

/** A command at the door, dated. */
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
