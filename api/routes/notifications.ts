import { z } from 'zod';
import { type Reader } from '../../db/people/readers.js';
import { businessNow } from '../../db/register/business-clock.js';
import { lastMailOf } from '../../db/outbound/messages.js';
import { namesCache } from '../../db/read/names.js';
import {
  countUnread,
  listNotices,
  markAllRead,
  markRead,
  type Notice,
  noticeSettingsOf,
  setNoticeSettings,
} from '../../db/people/notices.js';
import { personRoles } from '../../domain/people/access-scopes.js';
import { type Names, noticeWords } from '../../domain/notices/texts.js';
import { refuse } from '../../domain/errors.js';
import { isMailAddress } from '../../domain/notices/mail-address.js';
import { dateOf } from '../../domain/time/instants.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Instant, page } from '../schemas/common.js';
import {
  type Notification,
  Notifications,
  NotificationSettings,
  NotificationSettingsView,
} from '../schemas/notifications.js';

const anybody = { kind: 'person', roles: personRoles, scope: null } as const;

/** What the caller is told in the application, and how they want to be told beside it. Everything here is the caller's own. */
export function notificationRoutes({ pool }: ApiDeps) {
  const names = namesCache(pool);
  const readerOf = async (person: Person): Promise<Reader> => ({ person, on: dateOf(await businessNow(pool)) });
  return [
    defineRoute({
      method: 'get',
      path: '/notifications',
      tag: 'Notifications',
      summary: 'What I am told, newest first',
      auth: anybody,
      request: { query: z.strictObject({ unread: z.enum(['true', 'false']).default('false'), ...page }) },
      responses: { 200: { description: 'A page', schema: Notifications } },
      handler: async ({ person, query: { unread, cursor, limit }, reply }) => {
        const reader = await readerOf(person);
        const [found, count, words] = await Promise.all([
          listNotices(pool, reader, { unread: unread === 'true', cursor, limit }),
          countUnread(pool, reader),
          names(),
        ]);
        return reply(200, { items: found.items.map((one) => viewOf(one, words)), next: found.next, unread: count });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/notifications/{id}/read',
      tag: 'Notifications',
      summary: 'I have read it',
      auth: anybody,
      idempotent: 'own',
      request: { params: z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }) },
      responses: {
        200: {
          description: 'Read, since when',
          schema: z.strictObject({ id: z.int(), readAt: Instant }).meta({ id: 'NotificationRead' }),
        },
      },
      refusals: ['NOT_FOUND'],
      handler: async ({ person, params: { id }, reply }) => {
        const readAt = (await markRead(pool, person.id, id)) ?? refuse('NOT_FOUND', { notification: id });
        return reply(200, { id, readAt });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/notifications/read-all',
      tag: 'Notifications',
      summary: 'I have read all of them, or all up to one',
      auth: anybody,
      idempotent: 'own',
      request: {
        body: z
          .strictObject({ upTo: z.int().min(1).optional().describe('The newest one seen: later ones stay unread') })
          .default({})
          .meta({ id: 'ReadAll' }),
      },
      responses: {
        200: {
          description: 'How many were unread',
          schema: z.strictObject({ read: z.int() }).meta({ id: 'NotificationsRead' }),
        },
      },
      handler: async ({ person, body, reply }) =>
        reply(200, { read: await markAllRead(pool, person.id, body.upTo ?? null) }),
    }),
    defineRoute({
      method: 'get',
      path: '/me/notification-settings',
      tag: 'Notifications',
      summary: 'How I am told beside the application',
      auth: anybody,
      responses: { 200: { description: 'The settings, and whether mail arrives', schema: NotificationSettingsView } },
      handler: async ({ person, reply }) => {
        const [settings, lastMail] = await Promise.all([
          noticeSettingsOf(pool, person.id),
          lastMailOf(pool, person.id),
        ]);
        return reply(200, { ...settings, addressUsable: isMailAddress(person.email), lastMail: lastMail ?? null });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/me/notification-settings',
      tag: 'Notifications',
      summary: 'Change how I am told',
      description: 'Holds for what comes from now on. In the application everything is always told.',
      auth: anybody,
      idempotent: 'own',
      request: { body: NotificationSettings },
      responses: { 200: { description: 'The settings', schema: NotificationSettings } },
      handler: async ({ person, body, reply }) => {
        await setNoticeSettings(pool, person.id, body);
        return reply(200, body);
      },
    }),
  ];
}

function viewOf({ id, kind, caseCode, vars, urgency, at, readAt }: Notice, names: Names): z.input<typeof Notification> {
  const vi = noticeWords(kind, vars, names, 'vi');
  const en = noticeWords(kind, vars, names, 'en');
  return {
    id,
    kind,
    case: caseCode,
    procedure: vars.procedure ?? null,
    dossierCode: vars.dossier ?? null,
    urgent: urgency === 'now' || urgency === 'soon',
    title: { vi: vi.title, en: en.title },
    text: { vi: vi.text, en: en.text },
    at,
    readAt,
  };
}
