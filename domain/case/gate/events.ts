import type { EventEntries } from '../event-entry.js';
import type { GatePayloads } from './words.js';

export const gateEvents: EventEntries<GatePayloads> = {
  gateMet: {
    name: { vi: 'Điều kiện được đáp ứng', en: 'Condition met' },
    heard: true,
    duties: true,
    papers: 'people',
    party: ['gate', 'evidence', 'on'],
    outside: { gate: true, on: true },
  },
};
