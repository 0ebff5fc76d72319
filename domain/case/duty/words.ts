import type { PlainDate } from '../../time/instants.js';
import type { ScopeId } from '../scope.js';
import type { Words } from '../words.js';

/** What the events of duties carry. */
export interface DutyPayloads {
  /** What the law demands beside approvals has begun to run. `dueDate` null: no date is known to the law. */
  dutyIncurred: {
    duty: string;
    code: string;
    scope: ScopeId;
    on: 'investor' | 'agency';
    agency: string | null;
    dueDate: PlainDate | null;
  };
  dutyMet: { duty: string; evidence: Words | null; late: boolean };
  dutyMissed: { duty: string; dueDate: PlainDate };
  /** What it hangs on has moved. */
  dutyMoved: { duty: string; dueDate: PlainDate };
  /** What it was owed for has ended before its date. */
  dutyDropped: { duty: string };
}
