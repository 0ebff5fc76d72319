import type { Drafted } from '../../drafting/kept.js';
import type { PlainDate } from '../../time/instants.js';
import type { TextRef, Words } from '../words.js';

export type TaskKind =
  | 'intake'
  | 'step'
  | 'opinion'
  | 'by-hand'
  | 'lapse'
  | 'silence'
  | 'lane'
  | 'revocation'
  | 'stuck'
  | 'apology'
  | 'conference'
  | 'statement'
  | 'question'
  | 'fact'
  | 'extract'
  | 'outside'
  | 'result-change'
  | 'fit'
  | 'hold'
  | 'incident'
  | 'trial-request'
  | 'completion'
  | 'signatory'
  | 'instruction';

export type TaskRole = 'receiving-officer' | 'officer' | 'head' | 'leader';

/** A document of an official's; the investor reads it once the decision that rests on it is signed. */
export interface Attachment {
  readonly documentId: string;
}

/** What the events of tasks carry. */
export interface TaskPayloads {
  taskOpened: {
    taskId: string;
    key: string;
    kind: TaskKind;
    agency: string;
    role: TaskRole;
    step: string | null;
    dueDate: PlainDate | null;
  };
  taskClaimed: { taskId: string };
  /** `cause`: not by whoever held it; they may not, any more. */
  taskReleased: { taskId: string; cause?: 'may-not-hold' };
  /** By the head, or because somebody is absent. The task is then held by `to`; no clock notices. */
  taskReassigned: {
    taskId: string;
    from: string | null;
    to: string;
    cause: 'head' | 'absence' | 'signatory' | 'departure';
    reason: TextRef | null;
  };
  /** Nobody of the agency may sign this one: the City's leadership names who does, for this task alone. */
  signatoryNamed: { taskId: string; asked: string; signatory: string; reason: TextRef };
  taskCompleted: {
    taskId: string;
    outcome: string;
    note: Words | null;
    /** What whoever answered put beside it: minutes, an appraisal, an opinion on paper. */
    attachments?: readonly Attachment[];
    /** How much of what whoever answered wrote came unchanged from the draft; left out: they wrote nothing, or nothing was drafted. */
    drafted?: Drafted;
  };
  taskCancelled: { taskId: string; reason: string };
}
