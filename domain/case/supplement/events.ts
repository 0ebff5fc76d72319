import { documentFields, type EventEntries } from '../event-entry.js';
import type { SupplementPayloads } from './words.js';

export const supplementEvents: EventEntries<SupplementPayloads> = {
  supplementRequested: {
    name: { vi: 'Yêu cầu bổ sung hồ sơ', en: 'Supplement requested' },
    heard: true,
    duties: true,
    papers: 'issued',
    party: [
      ...(['requestId', 'taskId', 'ground', 'items', 'reason', 'deadline', 'suspends', 'daysLeft'] as const),
      ...(['decision', 'reviewOn'] as const),
    ],
    outside: { requestId: true, taskId: true, ground: true, deadline: true, suspends: true, daysLeft: true },
  },
  supplementAnswered: {
    name: { vi: 'Hồ sơ được bổ sung', en: 'Supplement answered' },
    heard: true,
    duties: true,
    papers: 'issued',
    party: ['requestId', 'documents', 'restarts', 'explanation'],
    outside: { requestId: true, documents: documentFields, restarts: true },
  },
  supplementLapsed: {
    name: { vi: 'Hết hạn bổ sung hồ sơ', en: 'Time for the supplement over' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['requestId', 'resumes'],
    outside: { requestId: true, resumes: true },
  },
  supplementWithdrawn: {
    name: { vi: 'Rút yêu cầu bổ sung gửi nhầm', en: 'Mistaken request taken back' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['requestId', 'reason'],
    outside: { requestId: true },
  },
  violationReviewed: {
    name: { vi: 'Rà soát việc xử lý vi phạm', en: 'Handling of a violation reviewed' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['requestId', 'reviewOn', 'reason'],
    outside: { requestId: true, reviewOn: true },
  },
  violationHandled: {
    name: { vi: 'Xử lý xong vi phạm', en: 'Violation dealt with' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['requestId', 'reason'],
    outside: { requestId: true },
  },
  supplementExtended: {
    name: { vi: 'Gia hạn bổ sung hồ sơ', en: 'Time for the supplement extended' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['requestId', 'deadline', 'reason'],
    outside: { requestId: true, deadline: true },
  },
  lapseDecided: {
    name: { vi: 'Quyết định khi hết hạn bổ sung', en: 'Lapsed supplement decided' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: ['requestId', 'decision', 'reason'],
    outside: { requestId: true, decision: true },
  },
};
