import type { EventEntries } from '../event-entry.js';
import type { ConferencePayloads } from './words.js';

export const conferenceEvents: EventEntries<ConferencePayloads> = {
  conferenceOpened: {
    name: { vi: 'Mở cuộc họp giải quyết ý kiến khác nhau', en: 'Conference opened' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: {
      issues: { id: true, kind: true, agencies: true, subject: true },
      chair: true,
      budget: 'whole',
      dueDate: true,
    },
  },
  conferenceDecided: {
    name: { vi: 'Kết luận cuộc họp', en: 'Conference decided' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: 'never',
    outside: { taskId: true, resolutions: { issue: true, upholds: true } },
  },
};
