import type { Instant } from '../../time/instants.js';
import type { TextRef } from '../words.js';

export interface QuestionState {
  readonly id: string;
  readonly procedure: string | null;
  agency: string;
  readonly askedAt: Instant;
  readonly text: TextRef;
  answeredAt: Instant | null;
  answer: TextRef | null;
}
