import type { Actor, CaseEvent } from './case/events.js';
import { caseCodeOf } from './case/scope.js';
import type { Instant } from './time.js';

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

/** Fields in which somebody may have written what they liked, that name a person, or that are a business secret: they stay in the register. */
const withheld: ReadonlySet<string> = new Set([
  'reason',
  'note',
  'items',
  'text',
  'dissent',
  'evidence',
  'reference',
  'legalBasis',
  'investor',
  'person',
  'personId',
  'absent',
  'recused',
  'present',
  'vote',
  'members',
  // What a participant measures and counts is its own business.
  'readings',
  'extremes',
  'figures',
]);

/** A TextRef: the hash of words is nobody's business outside either. */
const isWords = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).sort().join() === 'hash,id';

/** The event without free text and without people. */
export function envelopeOf(event: CaseEvent): WebhookEnvelope {
  const { seq, scope, type, occurredAt, actor } = event;
  const code = caseCodeOf(scope);
  // Who a task went from and to are people; elsewhere `from` and `to` are dates and versions.
  const payload =
    event.type === 'taskReassigned' ? { taskId: event.payload.taskId, cause: event.payload.cause } : event.payload;
  return {
    id: `${code}.${seq}`,
    type,
    case: code,
    scope,
    seq,
    occurredAt,
    actor: { kind: actor.kind, agency: 'agency' in actor ? actor.agency : null },
    payload: open(payload),
  };
}

function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, inner]) => !withheld.has(key) && !isWords(inner));
  // Of a condition on a subject that is not of the list, the value is free text; of a reading against a limit, it was measured.
  const other = (value as { subject?: unknown }).subject === 'other' || 'limit' in value;
  return Object.fromEntries(
    entries.filter(([key]) => !(other && key === 'value')).map(([key, inner]) => [key, open(inner)]),
  );
}

/** Header with the envelope's id, beside those of a callback (timestamp and signature). */
export const webhookIdHeader = 'x-luong-xanh-event';
