import type { EventEntries } from '../event-entry.js';
import type { QuestionPayloads } from './words.js';

export const questionEvents: EventEntries<QuestionPayloads> = {
  procedureDeferred: {
    name: { vi: 'Hoãn một thủ tục', en: 'Procedure deferred' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['procedure', 'until', 'reason'],
    outside: { procedure: true, until: true },
  },
  procedureResumed: {
    name: { vi: 'Tiếp tục thủ tục đã hoãn', en: 'Deferred procedure resumed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['procedure'],
    outside: { procedure: true },
  },
  questionAsked: {
    name: { vi: 'Nhà đầu tư đặt câu hỏi', en: 'Question asked' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['questionId', 'procedure', 'agency', 'text'],
    outside: { questionId: true, procedure: true, agency: true },
  },
  questionAnswered: {
    name: { vi: 'Câu hỏi được trả lời', en: 'Question answered' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['questionId', 'taskId', 'text'],
    outside: { questionId: true, taskId: true },
  },
};
