import type { EventEntries } from '../event-entry.js';
import type { ResultPayloads } from './words.js';

export const resultEvents: EventEntries<ResultPayloads> = {
  resultChangeProposed: {
    name: { vi: 'Đề xuất đính chính hoặc thu hồi kết quả', en: 'Correction or revocation of a result proposed' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['changeId', 'change', 'of', 'passages', 'reason', 'legalBasis', 'answerBy'],
    outside: { changeId: true, change: true, of: true, answerBy: true },
  },
  resultHearingAnswered: {
    name: { vi: 'Nhà đầu tư giải trình trước khi thu hồi kết quả', en: 'The investor spoke before the revocation' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['changeId', 'statement'],
    outside: { changeId: true },
  },
  resultCorrected: {
    name: { vi: 'Đính chính kết quả', en: 'Result corrected' },
    heard: false,
    duties: false,
    papers: 'issued',
    party: ['changeId', 'of', 'taskId', 'number', 'passages', 'reason', 'legalBasis'],
    outside: { changeId: true, of: true, taskId: true, number: true },
  },
  resultRevoked: {
    name: { vi: 'Thu hồi kết quả', en: 'Result revoked' },
    heard: true,
    alsoHeardBy: 'case',
    duties: false,
    papers: 'issued',
    party: ['changeId', 'of', 'taskId', 'number', 'reason', 'legalBasis'],
    outside: { changeId: true, of: true, taskId: true, number: true },
  },
  resultKept: {
    name: { vi: 'Giữ nguyên kết quả', en: 'Result kept as it is' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['changeId', 'taskId', 'reason'],
    outside: { changeId: true, taskId: true },
  },
};
