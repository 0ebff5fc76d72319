import type { EventEntries } from '../event-entry.js';
import type { PaymentPayloads } from './words.js';

export const paymentEvents: EventEntries<PaymentPayloads> = {
  paymentRequested: {
    name: { vi: 'Yêu cầu nộp phí, lệ phí', en: 'Payment requested' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['step', 'amountVnd'],
    outside: { step: true, amountVnd: true },
  },
  paymentReceived: {
    name: { vi: 'Đã nộp phí, lệ phí', en: 'Payment received' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['step', 'amountVnd', 'reference'],
    outside: { step: true, amountVnd: true },
  },
};
