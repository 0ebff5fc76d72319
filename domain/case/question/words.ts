import type { PlainDate } from '../../time/instants.js';
import type { TextRef } from '../words.js';

/** What the events of questions and deferrals carry. */
export interface QuestionPayloads {
  /** A later approval that the investor does not want yet: it stays on the roadmap and does not keep the case open. */
  procedureDeferred: { procedure: string; until: PlainDate | null; reason: TextRef };
  procedureResumed: { procedure: string };
  questionAsked: { questionId: string; procedure: string | null; agency: string; text: TextRef };
  questionAnswered: { questionId: string; taskId: string; text: TextRef };
}
