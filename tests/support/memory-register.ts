import type { Neighbour } from '../../domain/case/site/rules.js';
import type { CaseEvent, Delivery, EventType, Payloads, Actor, Role } from '../../domain/case/events.js';
import type { Command, Envelope } from '../../domain/case/commands.js';
import type { PathwayId } from '../../domain/case/case/words.js';
import type { PassedStatus } from '../../domain/case/case/told-statuses.js';
import { execute } from '../../domain/case/execute.js';
import { apply, deliver, emptyCase } from '../../domain/case/fold.js';
import { createLaw, type Law } from '../../domain/law/law.js';
import { openingOf } from '../../domain/case/case/opening.js';
import type { ScopeId } from '../../domain/case/scope.js';
import type { CaseState } from '../../domain/case/state.js';
import { Refusal } from '../../domain/errors.js';
import { screen, type Filing } from '../../domain/lane/screening.js';
import { dateOf, instant, type Instant } from '../../domain/time/instants.js';
import { catalogue } from '../../seeds/index.js';
import { withLaneAsClaimed } from './lane.js';

/** The law of the seeds, as every process sees it. */
export const seededLaw: Law = createLaw(catalogue());

/** A person of an agency or an investor, as the API would name them to the door. */
export const person = (id: string, role: Role, agency: string | null = null): Actor => ({
  kind: 'person',
  id,
  role,
  agency,
});

/** UTC+7 wall time to an instant: `at('2026-07-06 09:00')`. */
export const at = (local: string): Instant => instant(`${local.replace(' ', 'T')}:00+07:00`);

export interface Accepted {
  readonly caseSeq: number;
  readonly events: readonly CaseEvent[];
  readonly deliveries: readonly { scope: ScopeId; delivery: Delivery }[];
  /** How many commands of the turn were accepted, and the code that the next one was refused with. */
  readonly done: number;
  readonly stopped: string | null;
}

/** The door over an array: same rule, same idempotency, no database. Keeps the state as text, so nobody can change it by accident. */
export class MemoryRegister {
  readonly events: CaseEvent[] = [];
  /** What was accepted, in order: sent through another door it makes the same case. */
  readonly accepted: Envelope[] = [];
  readonly mailboxes = new Map<ScopeId, Delivery[]>();
  /** What people wrote, by the id of its reference. */
  readonly texts = new Map<string, string>();
  /** The states that dossiers came through, in order. */
  readonly statuses: PassedStatus[] = [];
  private text: string;
  private readonly operations = new Map<string, Accepted>();
  private serial = 0;
  /** Dossiers of other cases for the same site. */
  neighbours: readonly Neighbour[] = [];
  /** As the last command left it. */
  nextDutyAt: Instant | null = null;

  constructor(
    readonly code: string,
    readonly law: Law = seededLaw,
  ) {
    this.text = JSON.stringify(emptyCase(code));
  }

  get state(): CaseState {
    return JSON.parse(this.text) as CaseState;
  }

  handle(envelope: Envelope): Accepted {
    const known = this.operations.get(envelope.operationId);
    if (known) return known;
    const outcome = execute(
      () => this.state,
      envelope,
      this.law,
      `H29-000000-${String(++this.serial).padStart(4, '0')}`,
      undefined,
      this.neighbours,
    );
    this.nextDutyAt = outcome.nextDutyAt;
    this.text = JSON.stringify(outcome.state);
    this.events.push(...outcome.events);
    this.statuses.push(...outcome.statuses);
    for (const { id, body } of outcome.texts) this.texts.set(id, body);
    for (const { scope, delivery } of outcome.deliveries) {
      const box = this.mailboxes.get(scope) ?? [];
      box.push(delivery);
      this.mailboxes.set(scope, box);
    }
    if (outcome.refusal) throw outcome.refusal;
    this.accepted.push(envelope);
    const { done, stopped } = outcome;
    const accepted = {
      caseSeq: outcome.state.seq,
      events: outcome.events,
      deliveries: outcome.deliveries,
      done: done.length,
      stopped: stopped?.code ?? null,
    };
    this.operations.set(envelope.operationId, accepted);
    return accepted;
  }

  /** An event as if a whole story had led to it. */
  happened<T extends EventType>(type: T, scope: ScopeId, payload: Payloads[T], occurredAt: Instant): void {
    const { state } = this;
    const event = {
      seq: state.seq + 1,
      scope,
      type,
      occurredAt,
      actor: { kind: 'engine', scope },
      payload,
    } as CaseEvent;
    apply(state, event);
    deliver(state, event);
    this.events.push(event);
    this.text = JSON.stringify(state);
  }

  /** A state that another story would have led to. */
  patch(change: (state: CaseState) => void): void {
    const { state } = this;
    change(state);
    this.text = JSON.stringify(state);
  }

  private operation = 0;

  /** One act of a person, a system or the clock. */
  act(actor: Actor, occurredAt: Instant, command: Command, operationId = `op-${++this.operation}`): Accepted {
    return this.handle({ caseCode: this.code, command, actor, occurredAt, operationId, bodyHash: '' });
  }

  /** One command of the workflow of a scope that has seen everything. */
  engine(scope: ScopeId, occurredAt: Instant, command: Command): Accepted {
    const box = this.state.scopes[scope];
    return this.handle({
      caseCode: this.code,
      command,
      actor: { kind: 'engine', scope },
      occurredAt,
      operationId: `op-${++this.operation}`,
      bodyHash: '',
      bound: { scope, generation: box?.generation ?? 1, basedOn: box?.lastSeq ?? 0 },
    });
  }

  /** Opens the case as `POST /cases` does. */
  open(filing: Filing, openedAt: Instant, pathway?: PathwayId): Accepted {
    const screening = screen(filing, openedAt, catalogue(), dateOf(openedAt));
    const personId = 'investor.test';
    const opening = withLaneAsClaimed(openingOf({ filing, filingHash: '', screening, pathway, personId }));
    return this.act(person(personId, 'investor'), openedAt, { type: 'openCase', opening, managed: true });
  }
}

/** The refusal that `act` throws. Anything else is a bug and is thrown on. */
export function refusedBy(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The code of the refusal that `act` throws, or `accepted`. Anything but a refusal is a bug and is thrown on. */
export function refusalOf(act: () => unknown): string {
  try {
    act();
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
