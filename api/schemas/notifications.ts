import { z } from 'zod';
import { noticeKinds } from '../../domain/notices/kinds.js';
import { Instant, many, Text } from './common.js';

export const Notification = z
  .strictObject({
    id: z.int(),
    kind: z.enum(noticeKinds),
    case: z.string().nullable(),
    procedure: z.string().nullable(),
    dossierCode: z.string().nullable(),
    urgent: z.boolean().describe('Sent at once, or alone in office hours'),
    title: Text,
    text: Text.describe('To the investor: with who holds the file and the days left, as of then'),
    at: Instant.describe('When what it tells of happened'),
    readAt: Instant.nullable().describe('Real time'),
  })
  .meta({ id: 'Notification' });

export const Notifications = z
  .strictObject({
    items: many(Notification),
    next: z.string().nullable(),
    unread: z.int().describe('A hundred at most'),
  })
  .meta({ id: 'Notifications' });

const settings = {
  mail: z.boolean(),
  sms: z.boolean().describe('Short messages: of what is urgent, to those who have a telephone number'),
  digest: z.boolean().describe('Everything that can wait comes in one mail at the next office opening'),
};
export const NotificationSettings = z.strictObject(settings).meta({ id: 'NotificationSettings' });

/** How the last mail to somebody ended. */
export const LastMail = z
  .strictObject({
    status: z.enum(['sent', 'failed']),
    error: z.string().nullable().describe('ADDRESS_UNUSABLE, or the code with which the mail server refused it'),
    at: Instant,
  })
  .meta({ id: 'LastMail' });

export const NotificationSettingsView = z
  .strictObject({
    ...settings,
    addressUsable: z.boolean().describe('Whether mail can go to the address we have: it is one whole address'),
    lastMail: LastMail.nullable().describe('The last mail to that address that was taken or refused for good'),
  })
  .meta({ id: 'NotificationSettingsView' });
