import type { PlainDate } from '../../time/instants.js';
import type { InstructionWant } from './words.js';

/** What leadership does beside reading. */
export type InstructionCommand =
  | {
      readonly type: 'giveInstruction';
      readonly want: InstructionWant;
      readonly agency: string;
      readonly procedure: string | null;
      readonly dueDate: PlainDate;
      readonly text: string;
    }
  | {
      readonly type: 'moveInstruction';
      readonly instructionId: string;
      readonly dueDate: PlainDate;
      readonly reason: string;
    }
  | { readonly type: 'withdrawInstruction'; readonly instructionId: string; readonly reason: string };
