import type { Actor, CaseEvent } from '../case/events.js';
import { sentOutside } from '../case/event-table.js';
import { caseCodeOf } from '../case/scope.js';
import type { Instant } from '../time/instants.js';

/** What a receiver outside gets of an event. `id` is the same in every repetition, so that a receiver can tell one. */
export interface WebhookEnvelope {
  /** `{case}.{seq}` */
  readonly id: string;
  readonly type: string;
  readonly case: string;
  readonly scope: string;
  readonly seq: number;
  readonly occurredAt: Instant;
  readonly actor: { readonly kind: Actor['kind']; readonly agency: string | null };
  readonly payload: unknown;
}

/** The event without free text and without people. */
export function envelopeOf(event: CaseEvent): WebhookEnvelope {
  const { seq, scope, type, occurredAt, actor } = event;
  const code = caseCodeOf(scope);
  return {
    id: `${code}.${seq}`,
    type,
    case: code,
    scope,
    seq,
    occurredAt,
    actor: { kind: actor.kind, agency: 'agency' in actor ? actor.agency : null },
    payload: sentOutside(event),
  };
}

/** Header with the envelope's id, beside those of a callback (timestamp and signature). */
export const webhookIdHeader = 'x-luong-xanh-event';
