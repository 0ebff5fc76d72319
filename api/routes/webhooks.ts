import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  confirmWebhook,
  createWebhook,
  deliveriesOf,
  getWebhook,
  listWebhooks,
  removeWebhook,
  replayWebhook,
  setWebhookStatus,
  type Webhook,
} from '../../db/outbound/webhooks.js';
import { refuse } from '../../domain/errors.js';
import { type ApiDeps } from '../deps.js';
import { hashOf, uuidOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { many, Nothing } from '../schemas/common.js';
import {
  ReplayBody,
  replayStart,
  webhookBody,
  WebhookCreated,
  WebhookDetail,
  WebhookRemoved,
  WebhookView,
} from '../schemas/webhooks.js';

const admins = { kind: 'person', roles: ['admin'], scope: 'engine:operate' } as const;
const Id = z.strictObject({ id: z.uuid() });

const viewOf = ({ events, ...rest }: Webhook) => ({ ...rest, events: [...events] });

/**
 * Events for systems outside: POSTed as JSON in order, signed like callbacks (`X-Luong-Xanh-Timestamp`, `X-Luong-Xanh-Signature` over
 * `{timestamp}.{body}`), sent again until they are taken. The envelope's id is the same in every repetition.
 */
export function webhookRoutes({ pool, privateWebhooks = false }: ApiDeps) {
  const change = (name: 'pause' | 'resumption', summary: string, status: Webhook['status']) =>
    defineRoute({
      method: 'post',
      path: `/webhooks/{id}/${name}`,
      tag: 'Webhooks',
      summary,
      auth: admins,
      idempotent: 'own',
      request: { params: Id, body: Nothing },
      responses: { 200: { description: 'The webhook', schema: WebhookView } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handler: async ({ params: { id }, reply }) => {
        const { status: now } = await getWebhook(pool, id);
        if (now === 'proposed') refuse('CONFLICT', { webhook: id, status: now });
        await setWebhookStatus(pool, id, status, status === 'paused' ? 'asked' : null);
        return reply(200, viewOf(await getWebhook(pool, id)));
      },
    });
  return [
    defineRoute({
      method: 'post',
      path: '/webhooks',
      tag: 'Webhooks',
      summary: 'Propose that events are sent to a system outside: nothing is until another admin confirms it',
      auth: admins,
      idempotent: 'own',
      request: { body: webhookBody(!privateWebhooks) },
      responses: { 201: { description: 'The webhook, with its secret', schema: WebhookCreated } },
      refusals: ['IDEMPOTENCY_KEY_REUSED'],
      handler: async ({ body, person, key, reply }) => {
        const { url, events } = body;
        const id = uuidOf('webhook', person.id, key);
        // A repetition must not get another secret than the one that is kept.
        const secret = body.secret ?? randomBytes(32).toString('base64url');
        const made = await createWebhook(pool, { id, url, events, secret, createdBy: person.id });
        const same = hashOf([made.webhook.url, made.webhook.events]) === hashOf([url, events]);
        if (!same || (body.secret !== undefined && body.secret !== made.secret)) refuse('IDEMPOTENCY_KEY_REUSED');
        return reply(201, { ...viewOf(made.webhook), secret: made.secret });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/webhooks',
      tag: 'Webhooks',
      summary: 'All webhooks',
      auth: admins,
      responses: {
        200: {
          description: 'Oldest first',
          schema: z.strictObject({ items: many(WebhookView) }).meta({ id: 'Webhooks' }),
        },
      },
      handler: async ({ reply }) => reply(200, { items: (await listWebhooks(pool)).map(viewOf) }),
    }),
    defineRoute({
      method: 'get',
      path: '/webhooks/{id}',
      tag: 'Webhooks',
      summary: 'One webhook, and how its latest deliveries went',
      auth: admins,
      request: { params: Id },
      responses: { 200: { description: 'The webhook', schema: WebhookDetail } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { id }, reply }) =>
        reply(200, { ...viewOf(await getWebhook(pool, id)), deliveries: await deliveriesOf(pool, id, 100) }),
    }),
    defineRoute({
      method: 'post',
      path: '/webhooks/{id}/confirmation',
      tag: 'Webhooks',
      summary: 'Confirm a proposed webhook, by another admin: it hears of what is recorded from now on',
      auth: admins,
      idempotent: 'own',
      request: { params: Id, body: Nothing },
      responses: { 200: { description: 'The webhook', schema: WebhookView } },
      refusals: ['NOT_FOUND', 'CONFLICT', 'PROPOSER_CANNOT_APPROVE'],
      handler: async ({ params: { id }, person, reply }) => {
        await confirmWebhook(pool, id, person.id);
        return reply(200, viewOf(await getWebhook(pool, id)));
      },
    }),
    change('pause', 'Send nothing for now; what happens meanwhile is kept', 'paused'),
    change('resumption', 'Go on where it stopped', 'active'),
    defineRoute({
      method: 'post',
      path: '/webhooks/{id}/removal',
      tag: 'Webhooks',
      summary: 'Refuse a proposed one, or end one for good: nothing more is sent, and its secret is destroyed',
      auth: admins,
      idempotent: 'own',
      request: { params: Id, body: Nothing },
      responses: { 200: { description: 'It is there no more', schema: WebhookRemoved } },
      refusals: ['NOT_FOUND'],
      handler: async ({ params: { id }, reply }) => {
        await getWebhook(pool, id);
        await removeWebhook(pool, id);
        return reply(200, { removed: id });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/webhooks/{id}/replay',
      tag: 'Webhooks',
      summary: 'Send again, from an event on',
      description: 'A webhook that has not come so far yet stays where it is.',
      auth: admins,
      idempotent: 'own',
      request: { params: Id, body: ReplayBody },
      responses: { 200: { description: 'The webhook', schema: WebhookView } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handler: async ({ params: { id }, body, reply }) => {
        await replayWebhook(pool, id, replayStart(body));
        return reply(200, viewOf(await getWebhook(pool, id)));
      },
    }),
  ];
}
