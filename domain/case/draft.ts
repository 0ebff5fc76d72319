import { refuse } from '../errors.js';
import { laterOf, type Instant } from '../time.js';
import type { Actor, CaseEvent, Delivery, EventType, Payloads } from './events.js';
import { apply, deliver } from './fold.js';
import type { Law } from './law.js';
import { procedureScopeOf, type ScopeId } from './scope.js';
import type { CaseState, ConsultationState, ProcedureState, TaskState } from './state.js';

/** A case while one command is decided: every event is applied as it is emitted, so that each rule sees what the one before it did. */
export class Draft {
  readonly events: CaseEvent[] = [];
  readonly deliveries: { scope: ScopeId; delivery: Delivery }[] = [];

  constructor(
    readonly state: CaseState,
    readonly law: Law,
    private actor: Actor,
    /** When the command was admitted. */
    readonly now: Instant,
    /** A fresh code for a dossier that is received by this command; allocated by the door, unused otherwise. */
    readonly dossierCode: string,
  ) {}

  get nextSeq(): number {
    return this.state.seq + 1;
  }

  emit<T extends EventType>(type: T, scope: ScopeId, payload: Payloads[T], occurredAt: Instant = this.now): void {
    const at = this.raised(scope, occurredAt);
    const event = { seq: this.nextSeq, scope, type, occurredAt: at, actor: this.actor, payload } as CaseEvent;
    apply(this.state, event);
    this.deliveries.push(...deliver(this.state, event));
    this.events.push(event);
  }

  /** Two acts admitted at almost the same moment may be decided in the other order: no act is dated before the last entry of its clock (design 3.2). */
  private raised(scope: ScopeId, occurredAt: Instant): Instant {
    const last = this.state.procedures[procedureScopeOf(scope)]?.ledger.at(-1)?.at;
    return last === undefined || this.actor.kind === 'clock' ? occurredAt : laterOf(occurredAt, last);
  }

  /** Runs rules in another name: what falls due is the clock's doing, not the person's whose act came after it. */
  as(actor: Actor, rules: () => void): void {
    const before = this.actor;
    this.actor = actor;
    try {
      rules();
    } finally {
      this.actor = before;
    }
  }

  get by(): Actor {
    return this.actor;
  }

  getProcedure(scope: ScopeId): ProcedureState {
    return this.state.procedures[scope] ?? refuse('NOT_FOUND', { scope });
  }

  getConsultation(scope: ScopeId): ConsultationState {
    return this.state.consultations[scope] ?? refuse('NOT_FOUND', { scope });
  }

  resolved(procedure: ProcedureState) {
    return this.law.procedureVersion(procedure.procedure, procedure.version, this.state.facts);
  }

  cancelTask(task: TaskState, reason: string): void {
    if (task.status === 'done' || task.status === 'cancelled') return;
    this.emit('taskCancelled', task.scope, { taskId: task.id, reason });
  }
}
