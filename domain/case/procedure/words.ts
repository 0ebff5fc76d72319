import type { Without } from '../extract/words.js';
import type { Budget } from '../../time/clock.js';
import type { Phase } from '../../law/procedure.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { TextRef, Words } from '../words.js';

/**
 * `receipt-withdrawn`: it was received by mistake, and examined anew or in another procedure. `not-needed`: begun on facts that were not true, in vain or at the wrong
 * body.
 */
export type ProcedureOutcome =
  'approved' | 'refused' | 'refused-at-intake' | 'stopped' | 'withdrawn' | 'receipt-withdrawn' | 'not-needed';

/** A document of a dossier: uploaded (`documentId`), or known already to a register of the State (`obtainedFrom`, «once only»). */
export interface DossierDocument {
  readonly code: string;
  readonly documentId: string | null;
  readonly obtainedFrom: string | null;
}

/** An event that issues a paper: its number in the register of agency, year and form. Papers of before have theirs beside the events. */
export interface Numbered {
  paperNumber?: number;
}

/** What the events of a procedure carry. */
export interface ProcedurePayloads {
  procedureOpened: {
    procedure: string;
    attempt: number;
    version: string;
    phase: Phase;
    mandatory: boolean;
    competentAgency: string;
    handlingAgency: string;
    cityControlled: boolean;
    budget: Budget;
    calendar: string;
    startsFrom: 'receipt' | 'valid-dossier' | 'prior-decision';
  };
  /**
   * `amends`: adds to the last filing, or puts it right, before anybody has examined it. `declares`: the register declares the project by itself, which releases
   * until 0.3.0 left to the run. `fetches`: what registers hold of it is asked from them; `agreed`:
   * what of it whoever filed said themselves to take from there. `extra`: nothing that was missing came with it, so the dossier counts from the day it had.
   */
  dossierFiled: {
    documents: readonly DossierDocument[];
    amends?: true;
    extra?: true;
    declares?: true;
    fetches?: true;
    agreed?: readonly string[];
  };
  onlineDeclared: { declarationId: string; lapsesOn: PlainDate };
  /** The national system could not be reached: somebody declares it there by hand. */
  declarationFailed: { filing: number; reason: string };
  /** Form 01: receipt and appointment. For `prior-decision` the engine receives, dated by that decision. */
  dossierReceived: {
    taskId: string | null;
    form: '01';
    dossierCode: string;
    version: string;
    budget: Budget;
    dueDate: PlainDate;
    promisedDate: PlainDate;
    /** Which of the two the form prints; left out: the statutory one. */
    printed?: 'statutory' | 'promised';
    /** When the dossier that proved valid came, where that was before: the clock starts then (Decree 96/2026/NĐ-CP, Art. 39.3). */
    clockFrom?: Instant;
  } & Numbered;
  /** Form 02 at the counter: the dossier is not complete, the investor files again. */
  completionRequested: { taskId: string; form: '02'; items: readonly Words[]; reason: Words } & Numbered;
  /** Form 03. */
  receptionRefused: { taskId: string; form: '03'; reason: Words } & Numbered;
  extensionGranted: { days: number; reason: Words; dueDate: PlainDate } & Numbered;
  /** It was granted by mistake: the date is what it was before. */
  extensionWithdrawn: { days: number; reason: TextRef; dueDate: PlainDate | null };
  /** The dossier was received by mistake: it is examined anew, or (`to`) in another procedure. */
  receiptWithdrawn: { dossierCode: string; to: string | null; reason: TextRef };
  /** `clock`: `printed`, `opinion/{agency}`, `conference`, `supplement/{requestId}`, `violation/{requestId}`, `duty/{duty}`. */
  rungReached: { clock: string; rung: string; dueDate: PlainDate | null };
  /** The promised terms: 30 % (the commitment) and 40 % (the ambition) shorter than the law's. Each once per due date of that term. */
  target30AtRisk: { dueDate: PlainDate };
  target30Missed: { dueDate: PlainDate };
  target40AtRisk: { dueDate: PlainDate };
  target40Missed: { dueDate: PlainDate };
  decisionMade: {
    outcome: 'approved' | 'refused';
    taskId: string | null;
    reason: Words | null;
    endsTerm: boolean;
    /** What it says beside yes or no (`ResultContent` as RFC 8785 text); left out: nothing. */
    content?: TextRef;
    /** Documents of registers that it was made without; left out: none. */
    without?: readonly Without[];
    /** Whose decision it is, where an agency was merged since the procedure was begun; left out: the competent one's of then. */
    competentAgency?: string;
  };
  /** The last step that takes part of the budget is done after the decision (a contract after a land decision): the clock stops here. */
  termEnded: { step: string };
  decisionSigned: { number: string; documentHash: string; signature: string; algorithm: string; keyId: string };
  resultHandedOver: { number: string };
  procedureClosed: { procedure: string; attempt: number; outcome: ProcedureOutcome } & Numbered;
}
