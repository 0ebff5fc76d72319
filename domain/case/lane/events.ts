import type { EventEntries } from '../event-entry.js';
import type { LanePayloads } from './words.js';

export const laneEvents: EventEntries<LanePayloads> = {
  laneHearingOpened: {
    name: { vi: 'Thông báo lấy ý kiến trước khi thu hồi luồng xanh', en: 'Hearing before the lane is taken back' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['hearingId', 'predicates', 'reason', 'answerBy'],
    outside: { hearingId: true, predicates: true, answerBy: true },
  },
  laneHearingAnswered: {
    name: { vi: 'Nhà đầu tư giải trình về luồng xanh', en: 'The investor spoke about the lane' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['hearingId', 'statement'],
    outside: { hearingId: true },
  },
  laneRevoked: {
    name: { vi: 'Thu hồi luồng xanh', en: 'Green lane taken back' },
    heard: true,
    duties: false,
    papers: 'people',
    party: ['hearingId', 'taskId', 'reason'],
    outside: { hearingId: true, taskId: true },
  },
  laneKept: {
    name: { vi: 'Giữ luồng xanh sau khi lấy ý kiến', en: 'Green lane kept after the hearing' },
    heard: false,
    duties: false,
    papers: 'people',
    party: ['hearingId', 'taskId', 'reason'],
    outside: { hearingId: true, taskId: true },
  },
};
