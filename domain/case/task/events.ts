import type { EventEntries } from '../event-entry.js';
import type { TaskPayloads } from './words.js';

export const taskEvents: EventEntries<TaskPayloads> = {
  taskOpened: {
    name: { vi: 'Giao việc', en: 'Task opened' },
    heard: true,
    duties: false,
    papers: 'issued',
    party: 'never',
    outside: { taskId: true, key: true, kind: true, agency: true, role: true, step: true, dueDate: true },
  },
  taskClaimed: {
    name: { vi: 'Nhận việc', en: 'Task claimed' },
    heard: false,
    duties: false,
    papers: 'nothing',
    party: 'never',
    outside: { taskId: true },
  },
  taskReleased: {
    name: { vi: 'Trả lại việc đã nhận', en: 'Task released' },
    heard: false,
    duties: false,
    papers: 'nothing',
    party: 'never',
    outside: { taskId: true },
  },
  taskReassigned: {
    name: { vi: 'Chuyển việc cho người khác', en: 'Task reassigned' },
    heard: false,
    duties: false,
    papers: 'read',
    party: 'never',
    outside: { taskId: true, cause: true },
  },
  signatoryNamed: {
    name: { vi: 'Chỉ định người ký thay', en: 'Signatory named' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { taskId: true },
  },
  taskCompleted: {
    name: { vi: 'Hoàn thành việc', en: 'Task completed' },
    heard: true,
    duties: false,
    papers: 'read',
    party: 'never',
    outside: { taskId: true, outcome: true, attachments: { documentId: true } },
  },
  taskCancelled: {
    name: { vi: 'Hủy việc', en: 'Task cancelled' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { taskId: true },
  },
};
