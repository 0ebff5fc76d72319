import type { EventEntries } from '../event-entry.js';
import type { InstructionPayloads } from './words.js';

export const instructionEvents: EventEntries<InstructionPayloads> = {
  instructionGiven: {
    name: { vi: 'Lãnh đạo giao chỉ đạo', en: 'Instruction of leadership' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { instructionId: true, want: true, agency: true, procedure: true, dueDate: true },
  },
  instructionMoved: {
    name: { vi: 'Lãnh đạo đổi hạn thực hiện chỉ đạo', en: 'Date of an instruction moved' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { instructionId: true, taskId: true, from: true, dueDate: true },
  },
  instructionAnswered: {
    name: { vi: 'Cơ quan báo cáo thực hiện chỉ đạo', en: 'Instruction answered' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { instructionId: true, taskId: true },
  },
  instructionWithdrawn: {
    name: { vi: 'Lãnh đạo thu hồi chỉ đạo', en: 'Instruction withdrawn' },
    heard: false,
    duties: false,
    papers: 'people',
    party: 'never',
    outside: { instructionId: true, taskId: true },
  },
};
