import { z } from 'zod';
import { eventTypes } from '../../domain/case/event-table.js';
import { webhookUrl } from '../../domain/schemas/webhook-url.js';
import { both, CaseCode, Instant, many } from './common.js';

const Event = z.enum(eventTypes);

export const webhookBody = (production: boolean) =>
  z
    .strictObject({
      url: webhookUrl(production).describe('https; to this machine also http, not in production'),
      events: z.array(Event).max(eventTypes.length).describe('Types of events; empty = all of them'),
      secret: z
        .string()
        .regex(/^[\x21-\x7e]{32,200}$/)
        .optional()
        .describe('Signs what is sent (HMAC-SHA256); left out: one is made. Shown in this answer only.'),
    })
    .meta({ id: 'WebhookRequest' });

export const WebhookView = z
  .strictObject({
    id: z.uuid(),
    url: z.string(),
    events: many(z.string()),
    status: z.enum(['proposed', 'active', 'paused']).describe('`proposed`: another admin has to confirm it'),
    reason: z.string().nullable().describe('Why it is paused: `asked`, or the code of the last failure'),
    createdAt: Instant,
    createdBy: z.string().describe('Who proposed it'),
    confirmedBy: z.string().nullable().describe('null: nobody yet, or it is of before two people were asked for'),
    waiting: z.int().describe('Events it has not been sent, a thousand at most'),
  })
  .meta({ id: 'Webhook' });

export const WebhookCreated = WebhookView.extend({ secret: z.string() }).meta({ id: 'WebhookCreated' });

export const WebhookRemoved = z.strictObject({ removed: z.uuid() }).meta({ id: 'WebhookRemoved' });

export const WebhookDetail = WebhookView.extend({
  deliveries: many(
    z.strictObject({
      event: z.string().describe('`{case code}.{number}`, the id of its envelope'),
      type: z.string(),
      status: z.enum(['delivered', 'failed']),
      attempts: z.int(),
      answer: z.string().nullable().describe('HTTP status, or a code of what went wrong'),
      lastAt: Instant,
    }),
  ).describe('The latest hundred'),
}).meta({ id: 'WebhookDetail' });

const eventId = /^(.+)\.(\d{1,9})$/;

/** From the first event of a case, or from one event; all later ones, of every case, follow. */
export const ReplayBody = z
  .union([
    z.strictObject({ fromCase: CaseCode }),
    z.strictObject({
      fromEvent: z
        .string()
        .max(64)
        .refine(
          (text) => CaseCode.safeParse(eventId.exec(text)?.[1]).success,
          both('phải là mã của một thông điệp đã gửi', 'the id of an envelope'),
        ),
    }),
  ])
  .meta({ id: 'WebhookReplay' });

/** Where a replay begins. */
export function replayStart(body: z.output<typeof ReplayBody>): { caseCode: string; seq: number } {
  if ('fromCase' in body) return { caseCode: body.fromCase, seq: 1 };
  const [, caseCode = '', seq = ''] = eventId.exec(body.fromEvent) ?? [];
  return { caseCode, seq: Number(seq) };
}
