import type { Command, Envelope } from '../../domain/case/commands.js';
import type { Seal } from '../../domain/case/draft.js';
import type { Actor, CaseEvent, Delivery } from '../../domain/case/events.js';
import { execute } from '../../domain/case/execute.js';
import { emptyCase, foldCase } from '../../domain/case/fold.js';
import type { Law } from '../../domain/law/law.js';
import type { ScopeId } from '../../domain/case/scope.js';
import type { CaseState } from '../../domain/case/state.js';
import type { Instant } from '../../domain/time/instants.js';
import type { Accepted } from './memory-register.js';

const seal: Seal = (body) => ({ salt: 'salt', hash: `hash of ${body}` });

/**
 * The door over an array for thousands of cases: the one state lives on and is never copied. Where a command is refused half-way the state is folded anew from
 * the events; these are kept as text, so that nothing can change them.
 */
export class LiveRegister {
  state: CaseState;
  readonly canonical: string[] = [];
  readonly mailboxes = new Map<ScopeId, Delivery[]>();
  readonly texts = new Map<string, string>();
  private readonly operations = new Map<string, Accepted>();
  private serial = 0;
  private operation = 0;
  private now: Instant = '';

  /** `lawAt`: the law as published by then. */
  constructor(
    readonly code: string,
    private readonly lawAt: (now: Instant) => Law,
  ) {
    this.state = emptyCase(code);
  }

  get law(): Law {
    return this.lawAt(this.now);
  }

  get events(): CaseEvent[] {
    return this.canonical.map((one) => JSON.parse(one) as CaseEvent);
  }

  handle(envelope: Envelope): Accepted {
    const known = this.operations.get(envelope.operationId);
    if (known) return known;
    this.now = envelope.occurredAt;
    let copies = 0;
    const fresh = () => (copies++ === 0 ? this.state : foldCase(this.code, this.events));
    const outcome = execute(fresh, envelope, this.law, `H29-000000-${String(++this.serial).padStart(4, '0')}`, seal);
    const { state, refusal, texts } = outcome;
    this.state = state;
    this.canonical.push(...outcome.events.map((event) => JSON.stringify(event)));
    for (const { id, hash } of texts) {
      if (this.texts.has(id)) throw new Error(`two texts ${id}`);
      this.texts.set(id, hash);
    }
    const deliveries = outcome.deliveries.map(({ scope, delivery }) => ({
      scope,
      delivery: JSON.parse(JSON.stringify(delivery)) as Delivery,
    }));
    for (const { scope, delivery } of deliveries) {
      const box = this.mailboxes.get(scope) ?? [];
      box.push(delivery);
      this.mailboxes.set(scope, box);
    }
    if (refusal) throw refusal;
    const { done, stopped } = outcome;
    const accepted = {
      caseSeq: state.seq,
      events: outcome.events,
      deliveries,
      done: done.length,
      stopped: stopped?.code ?? null,
    };
    this.operations.set(envelope.operationId, accepted);
    return accepted;
  }

  /** One command of the workflow of a scope that has seen everything. */
  engine(scope: ScopeId, occurredAt: Instant, command: Command): Accepted {
    const box = this.state.scopes[scope];
    const bound = { scope, generation: box?.generation ?? 1, basedOn: box?.lastSeq ?? 0 };
    return this.act({ kind: 'engine', scope }, occurredAt, command, { bound });
  }

  act(actor: Actor, occurredAt: Instant, command: Command, rest: Pick<Envelope, 'bound'> = {}): Accepted {
    const operationId = `op-${++this.operation}`;
    return this.handle({ caseCode: this.code, command, actor, occurredAt, operationId, bodyHash: '', ...rest });
  }
}
