import type { SupplementGround } from '../case/supplement/words.js';
import type { TaskKind, TaskRole } from '../case/task/words.js';
import type { DayUnit } from '../time/calendar.js';
import type { Rung } from '../time/ladder.js';
import type { Text } from '../law/agency.js';
import type { Phase } from '../case/trial/phases.js';
import type { Instant, PlainDate } from '../time/instants.js';

/** What people are told of a trial, by whom it is for; what a procedure and a duty tell, an admission and a trial's duties tell too. */
export const trialNoticeKinds = [
  // The participant
  'trial-received',
  'trial-fit',
  'trial-admitted',
  'trial-started',
  'limit-near',
  'trial-held',
  'hold-confirmed',
  'hold-lifted',
  'incident-report-owed',
  'incident-report-missed',
  'incident-examined',
  'visit-recorded',
  'request-granted',
  'request-refused',
  'trial-suspended',
  'trial-resumed',
  'final-report-due',
  'trial-term-over',
  'trial-ended',
  'trial-certified',
  'transition-ended',
  'trial-case-closed',
  // The participant and the supervisor
  'limit-exceeded',
  // The supervisor
  'trial-to-supervise',
  'limit-watched',
  'hold-to-confirm',
  'incident-reported',
  'incident-unreported',
  'trial-report-filed',
  'trial-report-missed',
  'trial-changed',
  // With the authority and the City's leadership
  'hold-unconfirmed',
  // The authority
  'request-to-decide',
  'completion-to-assess',
  // Members of the council
  'council-convened',
  'council-vote',
] as const;
export type TrialNoticeKind = (typeof trialNoticeKinds)[number];

/** Everything anybody is told. The words are in `notice-texts.ts`. */
export const noticeKinds = [
  'case-received',
  'lane-decided',
  'lane-hearing',
  'lane-hearing-decided',
  'lane-hearing-answered',
  'facts-questioned',
  'facts-decided',
  'result-hearing',
  'result-hearing-answered',
  'result-changed',
  'dossier-wanted',
  'register-missed',
  'dossier-received',
  'completion-requested',
  'reception-refused',
  'supplement-requested',
  'supplement-extended',
  'supplement-withdrawn',
  'violation-reviewed',
  'violation-handled',
  'receipt-withdrawn',
  'extension-withdrawn',
  'supplement-due',
  'supplement-lapsed',
  'procedure-stopped',
  'extension-granted',
  'apology',
  'date-moved',
  'decision',
  'result',
  'case-closed',
  'question-answered',
  'payment-requested',
  'duty-incurred',
  'duty-due',
  'task-opened',
  'task-reassigned',
  'work-returned',
  'supplement-answered',
  'opinion-late',
  'rung',
  'target',
  'law-applied',
  'webhook-paused',
  'calendar-missing',
  'task-ended',
  'task-freed',
  'signatory-named',
  'instruction-answered',
  'instruction-moved',
  'instruction-closed',
  'report-opened',
  'report-due',
  'report-to-approve',
  'report-approved',
  'dossier-amended',
  'supplement-decided',
  'delegation-asked',
  'delegation-answered',
  'delegation-ended',
  'power-offered',
  'power-answered',
  'power-ended',
  'member-joined',
  'member-invited',
  ...trialNoticeKinds,
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/**
 * `now`: at once, whatever the hour. `soon`: alone, in office hours. `normal`: alone, unless there are too many. `digest`: with the others, at the next
 * office opening. Short messages carry the first two only.
 */
export type Urgency = 'now' | 'soon' | 'normal' | 'digest';

/** Who holds the file, and what is left of the printed term while the agency does. `nobody`: it is over. */
export interface HolderNow {
  /** An agency's code, `investor` or `nobody`. */
  readonly holder: string;
  readonly days: number | null;
  readonly unit: DayUnit | null;
  /** The date to which those days lead; while the investor holds the file: if it came back today. */
  readonly date: PlainDate | null;
}

/** Where a trial stands once it is admitted: nobody holds a file any more. `until`: its last day, of its transition where it is in one. */
export interface TrialNow {
  readonly phase: Phase;
  readonly until: PlainDate | null;
}

/** What the words are made of: codes, numbers and dates, what an admission calls its limits and duties; nothing that names a person, no measured value. */
export interface NoticeVars {
  readonly case?: string;
  readonly procedure?: string;
  readonly version?: string;
  readonly dossier?: string | null;
  readonly agency?: string;
  readonly step?: string | null;
  readonly task?: TaskKind;
  readonly clock?: ClockName;
  readonly rung?: Rung;
  readonly date?: PlainDate | null;
  readonly from?: PlainDate;
  readonly days?: number;
  readonly outcome?: string;
  /** On what ground the investor is asked for more. */
  readonly ground?: SupplementGround;
  readonly amountVnd?: string;
  readonly number?: string;
  readonly duty?: string;
  readonly term?: '30' | '40';
  readonly missed?: boolean;
  readonly document?: string;
  /** Which register was asked. */
  readonly register?: string;
  readonly webhook?: string;
  readonly calendar?: string;
  /** The year whose document is missing. */
  readonly year?: number;
  readonly standing?: HolderNow;
  readonly trial?: TrialNow;
  readonly limit?: string;
  /** What the admission calls the limit or the duty, or how a report is called. */
  readonly label?: Text;
  /** The hour by which something is to be done. */
  readonly until?: Instant;
  readonly meetsAt?: Instant;
}

export type ClockName = 'procedure' | 'opinion' | 'conference' | 'supplement' | 'violation' | 'duty' | 'task';

export type Addressee =
  /** With everybody whose power of attorney reaches this procedure (null: the whole case) on that day. */
  | { readonly to: 'investor'; readonly procedure: string | null }
  | { readonly to: 'person'; readonly id: string }
  | { readonly to: 'agency'; readonly agency: string; readonly role: TaskRole }
  | { readonly to: 'leaders' }
  | { readonly to: 'admins' };

export interface NoticeDraft {
  readonly addressees: readonly Addressee[];
  readonly kind: NoticeKind;
  readonly urgency: Urgency;
  readonly vars: NoticeVars;
  /** The cause, where it is not this one event: everybody is told of it once. Where it is not about a case, `vars.case` is left out. */
  readonly ref?: string;
}
