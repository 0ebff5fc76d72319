import { z } from 'zod';
import { instructionWants } from '../../domain/case/instruction/words.js';
import { CaseCode, Code, Day, GivenDay, Instant, many, paragraphs, Text } from './common.js';

const Want = z.enum(instructionWants).describe('`explain`: say why; `act`: do it');
const words = paragraphs(4_000);
const dueDate = GivenDay.describe('By when it is to be answered: a working day, today or later');

export const CaseInstructionBody = z
  .strictObject({
    want: Want,
    agency: Code.describe('Whose head answers: one that the City commands'),
    procedure: Code.nullable().describe('null: about the case as a whole'),
    dueDate,
    text: words,
  })
  .meta({ id: 'NewCaseInstruction' });

const Place = z.strictObject({ procedure: Code, step: Code, at: Code.describe('The agency where it waits') });

export const InstructionBody = z
  .strictObject({
    want: Want,
    agency: Code.exactOptional().describe(
      'Whose head answers: one that the City commands. Left out of a bottleneck: whoever owns the green lane',
    ),
    dueDate,
    text: words,
    bottleneck: Place.nullable()
      .default(null)
      .describe('A step where files wait: it stays open until its figure has moved. null: about the agency as a whole'),
  })
  .meta({ id: 'NewInstruction', description: 'To an agency as a whole, or to whoever is to clear a bottleneck' });

export const InstructionDateBody = z.strictObject({ dueDate, reason: words }).meta({ id: 'InstructionDate' });
export const InstructionReasonBody = z.strictObject({ reason: words }).meta({ id: 'InstructionWithdrawal' });
export const InstructionAnswerBody = z.strictObject({ text: words }).meta({ id: 'InstructionAnswer' });

/** `D1`, `D2`, … in its case. */
export const InstructionId = z.string().regex(/^D[1-9]\d{0,3}$/);

const Figure = z.strictObject({ from: Day, to: Day, n: z.int(), median: z.number().nullable() }).meta({
  id: 'WaitingFigure',
  description: 'Working days until somebody took the work, of what was finished in those days',
});

const Someone = z.strictObject({ id: z.string().nullable(), name: z.string().nullable() });

export const InstructionView = z
  .strictObject({
    id: z.string().describe('On a case: its number there'),
    case: z.string().nullable().describe('null: to the agency as a whole'),
    task: z.string().nullable().describe('On a case: the task that answers it'),
    procedure: z.string().nullable(),
    procedureName: Text.nullable(),
    want: Want,
    agency: z.string(),
    agencyName: Text,
    text: z.string().nullable().describe('null once it was erased'),
    givenAt: Instant,
    givenBy: Someone,
    dueDate: Day,
    overdue: z.boolean().describe('Open past its date'),
    bottleneck: z
      .strictObject({
        procedure: z.string(),
        procedureName: Text,
        step: z.string(),
        stepName: Text,
        at: z.string(),
        atName: Text,
        before: Figure.describe('When it was given'),
        now: Figure.describe('Of the ninety days until today; once it is closed, as it was then'),
        movedBy: z.number().describe('Working days of the median that are gone'),
      })
      .nullable(),
    status: z.enum(['open', 'answered', 'withdrawn', 'closed', 'ended']).describe('`ended`: with its case, unanswered'),
    answer: z.strictObject({ text: z.string().nullable(), at: Instant, by: Someone }).nullable(),
  })
  .meta({ id: 'Instruction' });

export const InstructionsQuery = z.strictObject({
  status: z.literal('open').optional().describe('Only what is open'),
  agency: Code.optional(),
  case: CaseCode.optional().describe('Only those on this case'),
});

export const Instructions = z
  .strictObject({
    items: many(InstructionView).describe('What is open first, by date; then the newest. Two hundred of each at most'),
    open: z.int(),
    overdue: z.int(),
  })
  .meta({ id: 'Instructions' });
