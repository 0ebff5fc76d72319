import type { Instant, PlainDate } from '../../time/instants.js';
import type { Words } from '../words.js';
import type { SupplementGround } from './words.js';

export interface SupplementState {
  readonly requestId: string;
  readonly taskId: string;
  readonly ground: SupplementGround;
  readonly items: readonly Words[];
  readonly requestedAt: Instant;
  deadline: PlainDate | null;
  /** The act that set the deadline as it stands now. */
  deadlineSince: Instant;
  readonly suspends: boolean;
  /** Of a violation that is handled: the number of the decision, and by when somebody looks at it again. */
  readonly decision: string | null;
  reviewOn: PlainDate | null;
  /** How often the investor's time was extended. */
  extensions: number;
  status: 'asked' | 'lapsed' | 'answered' | 'continued' | 'stopped' | 'handled' | 'withdrawn';
  answeredAt: Instant | null;
  /** When the file was with the agency again: by an answer, by the lapse of the time given, or by an act of the agency. */
  endedAt: Instant | null;
}
