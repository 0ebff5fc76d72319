import type { EventEntries } from '../event-entry.js';
import type { FactPayloads } from './words.js';

export const factEvents: EventEntries<FactPayloads> = {
  factsQuestioned: {
    name: { vi: 'Dữ kiện của dự án cần xác nhận', en: 'Facts of the project to be confirmed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['questionId', 'facts', 'agency', 'answerBy', 'documentId', 'reason'],
    outside: { questionId: true, facts: 'whole', agency: true, answerBy: true },
  },
  factsConfirmed: {
    name: { vi: 'Xác nhận dữ kiện, lập lại lộ trình', en: 'Facts confirmed, plan laid anew' },
    heard: true,
    duties: true,
    papers: 'people',
    party: ['questionId', 'taskId', 'confirmed', 'reason', 'legalBasis', 'laid'],
    outside: { questionId: true, taskId: true, confirmed: 'whole', laid: 'whole' },
  },
  factsKept: {
    name: { vi: 'Giữ nguyên dữ kiện đã nộp', en: 'Facts stay as filed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['questionId', 'taskId', 'reason'],
    outside: { questionId: true, taskId: true },
  },
};
