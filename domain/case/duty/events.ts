import type { EventEntries } from '../event-entry.js';
import type { DutyPayloads } from './words.js';

export const dutyEvents: EventEntries<DutyPayloads> = {
  dutyIncurred: {
    name: { vi: 'Phát sinh nghĩa vụ', en: 'Duty incurred' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty', 'code', 'scope', 'on', 'agency', 'dueDate'],
    outside: { duty: true, code: true, scope: true, on: true, agency: true, dueDate: true },
  },
  dutyMet: {
    name: { vi: 'Nghĩa vụ được thực hiện', en: 'Duty met' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty', 'evidence', 'late'],
    outside: { duty: true, late: true },
  },
  dutyMissed: {
    name: { vi: 'Nghĩa vụ quá hạn', en: 'Duty overdue' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty', 'dueDate'],
    outside: { duty: true, dueDate: true },
  },
  dutyMoved: {
    name: { vi: 'Hạn của nghĩa vụ thay đổi', en: 'Date of a duty moved' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty', 'dueDate'],
    outside: { duty: true, dueDate: true },
  },
  dutyDropped: {
    name: { vi: 'Nghĩa vụ không còn', en: 'Duty dropped' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['duty'],
    outside: { duty: true },
  },
};
