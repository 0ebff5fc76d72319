import type { PredicateVerdict } from '../../lane/predicates.js';
import type { ProjectFacts } from '../../law/procedure.js';
import type { PlainDate } from '../../time/instants.js';
import type { Resolution } from '../conference/words.js';
import type { Condition } from '../consultation/words.js';
import type { Payloads, Role } from '../events.js';
import type { GivenResult } from '../result/words.js';
import type { Attachment, TaskKind, TaskRole } from './words.js';

/** What the people of an agency ask for. */
export type TaskCommand =
  | { readonly type: 'claimTask'; readonly taskId: string }
  | { readonly type: 'releaseTask'; readonly taskId: string }
  | { readonly type: 'completeTask'; readonly taskId: string; readonly completion: Completion }
  | { readonly type: 'reassignTask'; readonly taskId: string; readonly to: Assignee; readonly reason: string };

/** What any workflow asks for in its scope. */
export interface TaskEngineCommand {
  readonly type: 'openTask';
  readonly key: string;
  readonly kind: TaskKind;
  readonly agency: string;
  readonly role: TaskRole;
  readonly step: string | null;
}

/** What follows from the register of people. */
export type TaskServiceCommand =
  /** Somebody is absent, or has left: the task goes to whom they named, or an admin has. */
  | {
      readonly type: 'handOverTask';
      readonly taskId: string;
      readonly from: string;
      readonly to: Assignee;
      readonly cause?: 'departure';
    }
  /** Whoever holds it may not, any more: it is free. */
  | { readonly type: 'freeTask'; readonly taskId: string; readonly from: string };

/** Somebody who is to hold a task, as the register knows them. */
export interface Assignee {
  readonly id: string;
  readonly role: Role;
  readonly agency: string | null;
}

/** How a task ends; which shape fits which kind of task is a rule of `decide`. */
export interface Completion {
  /** One that `task-table.ts` has for its kind of task. */
  readonly outcome: string;
  readonly reason?: string;
  readonly items?: readonly string[];
  readonly conditions?: readonly Condition[];
  readonly legalBasis?: string;
  /** fact: what the facts are; as proposed where they are left out. */
  readonly facts?: ProjectFacts;
  /** by-hand: the number that the machine could not fetch (project number, declaration, tax code). */
  readonly reference?: string;
  /** apology: the new appointment. */
  readonly newDate?: PlainDate;
  /** conference: one for each issue. */
  readonly resolutions?: readonly Resolution[];
  /** conference: who sees it otherwise, and why. */
  readonly dissent?: readonly { readonly agency: string; readonly reason: string }[];
  /** signatory: somebody of the agency whose decision it is. */
  readonly signatory?: Assignee;
  /** lane: what was found of each of the three tests, with its reason; a yes says on what it rests (`E1`, `list/{list}/{entry}`). */
  readonly findings?: readonly (PredicateVerdict & { readonly reason: string })[];
  /** signature: what is granted · opinion: what is said to each question; with the reasons and their clauses. */
  readonly content?: GivenResult;
  /** step, signature, opinion, conference, by-hand: documents that go with the answer. */
  readonly attachments?: readonly Attachment[];
  /** incident: what was found. */
  readonly finding?: Pick<Payloads['incidentExamined'], 'damage' | 'cause' | 'exempt'>;
}
