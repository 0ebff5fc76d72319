import type { PlainDate } from '../../time/instants.js';
import type { TextRef } from '../words.js';

/** What leadership wants of an agency in a case: that it says why, or that it does something. */
export const instructionWants = ['explain', 'act'] as const;
export type InstructionWant = (typeof instructionWants)[number];

/** What the events of instructions carry: leadership acts on a case by asking its agencies, never by deciding in their place. */
export interface InstructionPayloads {
  /** `procedure` null: about the case as a whole. Its task is opened with it, due on `dueDate`. */
  instructionGiven: {
    instructionId: string;
    want: InstructionWant;
    agency: string;
    procedure: string | null;
    dueDate: PlainDate;
    text: TextRef;
  };
  instructionMoved: { instructionId: string; taskId: string; from: PlainDate; dueDate: PlainDate; reason: TextRef };
  instructionAnswered: { instructionId: string; taskId: string; text: TextRef };
  instructionWithdrawn: { instructionId: string; taskId: string; reason: TextRef };
}
