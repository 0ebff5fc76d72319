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
      chairIsParty: true,
      budget: 'whole',
      dueDate: true,
    },
  },
  statementGiven: {
    name: { vi: 'Cơ quan phát biểu cho cuộc họp', en: 'Statement to a conference' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { taskId: true, agency: true, attendance: true },
  },
  conferenceReferred: {
    name: { vi: 'Chuyển Tổ công tác của Thành phố giải quyết', en: 'Conference referred to the City’s team' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { to: true, budget: 'whole', dueDate: true },
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
