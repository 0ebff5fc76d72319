import type { EventEntries } from '../event-entry.js';
import type { ExtractPayloads } from './words.js';

const told = { document: true, register: true, look: true } as const;

export const extractEvents: EventEntries<ExtractPayloads> = {
  extractAsked: {
    name: { vi: 'Khai thác lại dữ liệu từ cơ sở dữ liệu', en: 'Register asked again' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['document', 'register', 'look', 'cause'],
    outside: { ...told, cause: true },
  },
  extractObtained: {
    name: { vi: 'Đã khai thác giấy tờ từ cơ sở dữ liệu', en: 'Document obtained from a register' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['document', 'register', 'look', 'reference', 'asOf', 'issuedOn', 'validUntil'],
    outside: { ...told, asOf: true, issuedOn: true, validUntil: true },
  },
  extractQuestioned: {
    name: { vi: 'Dữ liệu khai thác khác với hồ sơ', en: 'Register and case differ' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['document', 'register', 'look'],
    outside: told,
  },
  extractSettled: {
    name: { vi: 'Đã kết luận về dữ liệu khác nhau', en: 'Difference settled' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['document', 'look', 'stands', 'reason'],
    outside: { document: true, look: true, stands: true },
  },
  consentWithdrawn: {
    name: { vi: 'Rút lại sự đồng ý cho khai thác dữ liệu', en: 'Consent to ask a register taken back' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['document', 'register'],
    outside: { document: true, register: true },
  },
  extractMissed: {
    name: { vi: 'Cơ sở dữ liệu không có giấy tờ cần khai thác', en: 'Register gave no document' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['document', 'register', 'look', 'reason'],
    outside: { ...told, reason: true },
  },
};
