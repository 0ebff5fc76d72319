import { refuse } from '../errors.js';
import { noticesOf } from '../notices/notices.js';
import type { NoticeDraft } from '../notices/kinds.js';
import type { Reading } from '../law/trial-terms.js';
import { laterOf, type Instant, type PlainDate } from '../time/instants.js';
import type { Actor, CaseEvent, Delivery, EventType, Payloads } from './events.js';
import type { TextRef } from './words.js';
import { apply, deliver } from './fold.js';
import { shownStatus } from './case/portal-status.js';
import { type PassedStatus, statusesTold } from './case/told-statuses.js';
import { documentsNamedIn, type NamedDocument } from './procedure/named-documents.js';
import type { Law } from '../law/law.js';
import { procedureScopeOf, type ScopeId } from './scope.js';
import type { Neighbour } from './site/rules.js';
import { dueDateOf } from './task-table.js';
import type { CaseState } from './state.js';
import { isOver, type TaskState } from './task/state.js';
import type { ConsultationState } from './consultation/state.js';
import { factsBehind } from './procedure/state.js';
import type { ProcedureState } from './procedure/state.js';

/** Words of a person, to be kept beside the events where they can be erased. */
export interface SealedText {
  readonly id: string;
  readonly body: string;
  readonly salt: string;
  readonly hash: string;
}

/** What one event tells people. `notices` null: they could not be derived; whoever sends them tries again and says why. */
export interface Telling {
  readonly seq: number;
  readonly at: Instant;
  readonly investor: string | null;
  readonly notices: readonly NoticeDraft[] | null;
}

/** The readings of a batch as JSON text, to be kept beside their event, which holds the hash. */
export interface SealedBatch {
  readonly seq: number;
  readonly batch: number;
  readonly digest: string;
  readonly limits: readonly string[];
  readonly readings: string;
  readonly salt: string;
  readonly hash: string;
}

/** Salt and SHA-256 over salt and words. The door gives a real one. */
export type Seal = (body: string) => { readonly salt: string; readonly hash: string };

/** A case while one command is decided: every event is applied as it is emitted, so that each rule sees what the one before it did. */
export class Draft {
  readonly events: CaseEvent[] = [];
  readonly deliveries: { scope: ScopeId; delivery: Delivery }[] = [];
  readonly texts: SealedText[] = [];
  readonly tellings: Telling[] = [];
  readonly batches: SealedBatch[] = [];
  readonly statuses: PassedStatus[] = [];

  constructor(
    readonly state: CaseState,
    private lawInForce: Law,
    private actor: Actor,
    /** When the command was admitted. */
    readonly now: Instant,
    /** A fresh code for a dossier that is received by this command; allocated by the door, unused otherwise. */
    readonly dossierCode: string,
    private readonly sealer: Seal,
    /** Dossiers of other cases that were received for the same site and have not failed; known where one is received. */
    readonly neighbours: readonly Neighbour[] = [],
    /** SHA-256 of the documents that the command names, by their id. */
    private readonly documentHashes: ReadonlyMap<string, string> = new Map(),
  ) {}

  get nextSeq(): number {
    return this.state.seq + 1;
  }

  emit<T extends EventType>(type: T, scope: ScopeId, payload: Payloads[T], occurredAt: Instant = this.now): void {
    const at = this.raised(scope, occurredAt);
    const bare = { seq: this.nextSeq, scope, type, occurredAt: at, actor: this.actor, payload };
    const documents = this.bytesOf(payload);
    const event = (documents.length === 0 ? bare : { ...bare, documents }) as CaseEvent;
    const dossier = procedureScopeOf(scope);
    const before = shownStatus(this.state.procedures[dossier]);
    apply(this.state, event);
    this.statuses.push(...statusesTold(this.state, event, before));
    this.deliveries.push(...deliver(this.state, event));
    this.events.push(event);
    const notices = this.noticesAfter(event);
    if (notices?.length !== 0) {
      this.tellings.push({ seq: event.seq, at, investor: this.state.investor.personId, notices });
    }
  }

  /** What only tells never ends what works. */
  private noticesAfter(event: CaseEvent): readonly NoticeDraft[] | null {
    try {
      return noticesOf(event, this.state, this.lawInForce);
    } catch {
      return null;
    }
  }

  /** The documents that a payload names, each with the hash of its bytes, so that the chain holds what they were. */
  private bytesOf(payload: unknown): NamedDocument[] {
    if (this.documentHashes.size === 0) return [];
    return documentsNamedIn(payload).flatMap((id) => {
      const sha256 = this.documentHashes.get(id);
      return sha256 === undefined ? [] : [{ id, sha256 }];
    });
  }

  /** Two acts admitted at almost the same moment may be decided in the other order: no act is dated before the last entry of its clock. */
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

  get law(): Law {
    return this.lawInForce;
  }

  /** Runs rules by the law as it stood at another time. */
  under(law: Law, rules: () => void): void {
    const before = this.lawInForce;
    this.lawInForce = law;
    try {
      rules();
    } finally {
      this.lawInForce = before;
    }
  }

  /** Puts somebody's words where they can be erased; the event gets their id and hash. Refuses `VALIDATION_FAILED` where there are none. */
  seal(body: string, field = 'reason'): TextRef {
    const words = body.trim();
    if (words === '') refuse('VALIDATION_FAILED', { field, missing: true });
    const known = this.texts.find((one) => one.body === words);
    if (known) return { id: known.id, hash: known.hash };
    const id = `${this.nextSeq}.${this.texts.length + 1}`;
    const { salt, hash } = this.sealer(words);
    this.texts.push({ id, body: words, salt, hash });
    return { id, hash };
  }

  /** Puts the readings of the batch that is told next beside its event; gives their hash. */
  sealBatch(batch: number, digest: string, readings: readonly Reading[]): string {
    const text = JSON.stringify(readings);
    const { salt, hash } = this.sealer(text);
    const limits = [...new Set(readings.map(({ limit }) => limit))];
    this.batches.push({ seq: this.nextSeq, batch, digest, limits, readings: text, salt, hash });
    return hash;
  }

  /** As `seal`; null where nothing was said. */
  sealed(body: string | null | undefined): TextRef | null {
    return body?.trim() ? this.seal(body) : null;
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
    return this.law.procedureVersion(procedure.procedure, procedure.version, factsBehind(this.state, procedure));
  }

  /**
   * Opens a task with the date that its kind has in this scope, where whoever wants it gives none; `at`: where it falls due by itself. What a merged agency would have
   * to do is its successor's.
   */
  openTask(
    task: Pick<TaskState, 'scope' | 'key' | 'kind' | 'agency' | 'role' | 'step'>,
    dueDate: PlainDate | null = dueDateOf(this, task),
    at: Instant = this.now,
  ): void {
    const { scope, key, kind, role, step } = task;
    const agency = this.law.successorOf(task.agency);
    const taskId = `${this.state.code}.${this.nextSeq}`;
    this.emit('taskOpened', scope, { taskId, key, kind, agency, role, step, dueDate }, at);
  }

  cancelTask(task: TaskState, reason: string, at: Instant = this.now): void {
    if (isOver(task)) return;
    this.emit('taskCancelled', task.scope, { taskId: task.id, reason }, at);
  }
}
