import type { EventEntries } from '../event-entry.js';
import type { ApologyPayloads } from './words.js';

export const apologyEvents: EventEntries<ApologyPayloads> = {
  apologyDrafted: {
    name: { vi: 'Soạn thư xin lỗi', en: 'Letter of apology drafted' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: 'never',
    outside: { letterId: true, form: true, dueDate: true, causes: { cause: true, agency: true, days: true } },
  },
  apologyVoided: {
    name: { vi: 'Hủy thư xin lỗi', en: 'Letter of apology voided' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { letterId: true, dueDate: true },
  },
  apologySent: {
    name: { vi: 'Gửi thư xin lỗi, hẹn lại', en: 'Letter of apology sent' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['letterId', 'taskId', 'newDate', 'causes'],
    outside: { letterId: true, taskId: true, newDate: true, causes: { cause: true, agency: true, days: true } },
  },
};
