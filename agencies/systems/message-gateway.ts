import { z } from 'zod';
import { OutboxMessage } from '../books.js';
import { derivedCode } from '../derive.js';
import { defineSystem } from './agency-system.js';

/** Mail and short messages. Nothing leaves the machine: `GET /message-gateway/outbox` shows what would have. */
export const messageGateway = defineSystem({
  code: 'message-gateway',
  title: { vi: 'Cổng gửi thư điện tử và tin nhắn', en: 'Mail and SMS gateway' },
  legalBasis: null,
  answers: {
    message: ({ correlationId, caseCode, askedAt, subject }, books) => {
      const reference = derivedCode('MSG', correlationId);
      books.outbox.put(reference, { ...subject, reference, correlationId, caseCode, askedAt });
      return { reference, queued: true };
    },
  },
  inspections: [
    {
      path: 'outbox',
      summary: 'Messages sent, oldest first',
      filter: 'caseCode',
      rows: z.array(OutboxMessage),
      read: (books, caseCode) =>
        books.outbox.all().filter((message) => caseCode === undefined || message.caseCode === caseCode),
    },
  ],
});
