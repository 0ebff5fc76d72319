import type { EventEntries } from '../event-entry.js';
import type { LawChangePayloads } from './words.js';

export const lawChangeEvents: EventEntries<LawChangePayloads> = {
  clocksRedated: {
    name: { vi: 'Thời hạn tính lại theo lịch mới', en: 'Terms counted anew by a new calendar' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['calendar', 'version', 'document', 'moved', 'broken'],
    outside: { calendar: true, version: true, document: true, moved: { clock: true, from: true, to: true } },
  },
  agencyMerged: {
    name: { vi: 'Cơ quan sáp nhập, việc được chuyển giao', en: 'Agency merged, its work handed over' },
    heard: false,
    duties: false,
    papers: 'issued',
    party: ['merged', 'into', 'document'],
    outside: { merged: true, into: true, document: true },
  },
  procedureMigrated: {
    name: { vi: 'Áp dụng phiên bản mới của thủ tục', en: 'New version of the procedure applies' },
    heard: true,
    duties: false,
    papers: 'read',
    party: ['from', 'to'],
    outside: { from: true, to: true },
  },
};
