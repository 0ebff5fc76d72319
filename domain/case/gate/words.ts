import type { PlainDate } from '../../time/instants.js';
import type { Words } from '../words.js';

/** What the events of conditions outside every procedure carry. */
export interface GatePayloads {
  /** `on`: the day the investor states for it, where that is not the day of saying so. */
  gateMet: { gate: string; evidence: Words | null; on?: PlainDate };
}
