import type { EventEntries } from '../event-entry.js';
import type { StepPayloads } from './words.js';

export const stepEvents: EventEntries<StepPayloads> = {
  stepStarted: {
    name: { vi: 'Bắt đầu bước giải quyết', en: 'Step started' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['step'],
    outside: { step: true },
  },
  // What an assessment or a council came to is part of what is decided.
  stepCompleted: {
    name: { vi: 'Hoàn thành bước giải quyết', en: 'Step completed' },
    heard: true,
    duties: true,
    papers: 'people',
    party: ['step', 'by'],
    decided: ['outcome', 'reference'],
    outside: { step: true, outcome: true, by: true },
  },
  stepFailed: {
    name: { vi: 'Bước tự động không thực hiện được', en: 'Automatic step failed' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { step: true },
  },
  workReturned: {
    name: { vi: 'Trả lại để làm lại', en: 'Work sent back' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { taskId: true, step: true },
  },
  stepReopened: {
    name: { vi: 'Làm lại bước giải quyết', en: 'Step reopened' },
    heard: true,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { step: true, round: true, cause: true },
  },
};
