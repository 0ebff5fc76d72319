import type { EventEntries } from '../event-entry.js';
import type { OutsidePayloads } from './words.js';

export const outsideEvents: EventEntries<OutsidePayloads> = {
  papersFiledOutside: {
    name: { vi: 'Giấy tờ nộp tại quầy của hệ thống Thành phố', en: 'Papers filed at a counter of the City' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['matterId', 'dossierCode', 'at', 'note'],
    outside: { matterId: true, dossierCode: true, at: true },
  },
  resultHandedOut: {
    name: { vi: 'Đã trao kết quả tại quầy', en: 'Result handed out at a counter' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['dossierCode', 'at'],
    outside: { dossierCode: true, at: true },
  },
  statusDiffered: {
    name: { vi: 'Hệ thống khác ghi trạng thái khác', en: 'Another system holds another state' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: {
      matterId: true,
      system: true,
      ours: { status: true, at: true },
      theirs: { status: true, at: true },
    },
  },
  outsideSettled: {
    name: { vi: 'Đã xử lý thông tin từ hệ thống khác', en: 'Word of another system settled' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { matterId: true, taskId: true, outcome: true },
  },
};
