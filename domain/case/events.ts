import type { PersonRole } from '../people/access-scopes.js';
import type { Budget } from '../time/clock.js';
import type { Phase, ProjectFacts } from '../law/procedure.js';
import type { Instant, PlainDate } from '../time/instants.js';
import type { NamedDocument } from './procedure/named-documents.js';
import type { ScopeId } from './scope.js';
import type { TrialFiling, TrialPayloads } from './trial/events.js';

/** Who did it. People are named by id only: names live in the register's `person` table, so that they can be erased. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly id: string;
      readonly role: Role;
      readonly agency: string | null;
      readonly onBehalfOf?: string;
    }
  | { readonly kind: 'agency-system'; readonly agency: string }
  /** A device of a trial's participant, by the key with which it signs. */
  | { readonly kind: 'device'; readonly keyId: string }
  | { readonly kind: 'engine'; readonly scope: ScopeId }
  | { readonly kind: 'clock' };

export type Role = PersonRole;

export type Lane = 'green' | 'standard' | 'undecided';
export type PathwayId = 'standard' | 'special' | 'strategic';
export type ProcedureOutcome = 'approved' | 'refused' | 'refused-at-intake' | 'stopped' | 'withdrawn';
export type CaseOutcome = 'approved' | 'refused' | 'withdrawn';

/** A document of a dossier: uploaded (`documentId`), or known already to a register of the State (`obtainedFrom`, «once only»). */
export interface DossierDocument {
  readonly code: string;
  readonly documentId: string | null;
  readonly obtainedFrom: string | null;
}

/** One procedure of the plan that the receipt of the case carries. Dates assume that every dossier comes on time. */
export interface PlanItem {
  readonly procedure: string;
  readonly version: string;
  readonly phase: Phase;
  readonly mandatory: boolean;
  readonly agency: string;
  readonly cityControlled: boolean;
  readonly budget: Budget;
  readonly after: readonly string[];
  /** Events outside every procedure that must have happened first, e.g. `deposit-lodged`. */
  readonly gates: readonly string[];
  /** Layout at r = 0 and at the commitment; null where the calendar of the day of filing ended before. */
  readonly statutory: { readonly starts: PlainDate | null; readonly ends: PlainDate | null };
  readonly target: { readonly starts: PlainDate | null; readonly ends: PlainDate | null };
  readonly verified: boolean;
}

export type TaskKind =
  | 'intake'
  | 'step'
  | 'opinion'
  | 'by-hand'
  | 'lapse'
  | 'silence'
  | 'lane'
  | 'stuck'
  | 'apology'
  | 'conference'
  | 'question'
  | 'fit'
  | 'hold'
  | 'incident'
  | 'trial-request'
  | 'completion'
  | 'signatory';
export type TaskRole = 'receiving-officer' | 'officer' | 'head' | 'leader';
export type SupplementGround = 'supplement' | 'explanation' | 'violation-handling' | 'errors-in-dossier';
export type Position = 'agree' | 'agree-with-conditions' | 'needs-supplement' | 'object';
export type LegalEffect = 'deemed-agreed' | 'none';
export type SilenceHandling = 'accept' | 'escalate';

/**
 * One condition of an opinion. `subject` is of the seeded list, else `other`; `value` as the subject says: a decimal number in its unit (`requires` =
 * at least, `limits` = at most), one of its choices, or free text for `other`.
 */
export interface Condition {
  readonly subject: string;
  readonly direction: 'requires' | 'forbids' | 'limits';
  readonly value?: string;
}

/** An event that issues a paper: its number in the register of agency, year and form. Papers of before have theirs beside the events. */
interface Numbered {
  paperNumber?: number;
}

/** A condition in an event: of `other`, the value is somebody's words. */
export interface SaidCondition extends Omit<Condition, 'value'> {
  readonly value?: Words;
}

/**
 * What somebody wrote in their own words. The words lie in the register's `case_text` under this id and can be erased; the event holds
 * SHA-256 over salt and words.
 */
export interface TextRef {
  readonly id: string;
  readonly hash: string;
}

/** Somebody's own words in an event: a reference; events of releases until 0.3.0 hold the words themselves, which stay as they were hashed. */
export type Words = TextRef | string;

/** What the investor means to put in, as filed: decimal strings, and the part from abroad (0..1). */
export interface Capital {
  readonly totalVnd: string;
  readonly totalUsd: string | null;
  readonly foreignShare: number;
}

/** What a case is measured against, frozen at filing: working days of the standard pathway by law. */
export interface BaselineDays {
  readonly days: number;
  readonly endDate: PlainDate;
  /** The longest chain of procedures whose time the City sets; left out by events of releases until 0.3.0. */
  readonly cityDays?: number;
}

/** Two opinions that cannot both be followed, or one that says no. */
export interface ConflictIssue {
  /** Unique within the conference: `objection/{agency}` or `conditions/{subject}/{agency}/{agency}…`, agencies in order. */
  readonly id: string;
  readonly kind: 'objection' | 'contradiction';
  readonly agencies: readonly string[];
  /** Contradictions only. */
  readonly subject: string | null;
}

/** What a conference made of one issue: whose position stands, or a middle way in the words of the decision. */
export interface Resolution {
  readonly issue: string;
  readonly upholds: string | null;
}

export interface Dissent {
  readonly agency: string;
  readonly reason: TextRef;
}

/** Why a procedure is late, from its ledger: whose days they were. */
export interface DelayCause {
  readonly cause: 'agency' | 'investor' | 'opinion' | 'conference' | 'extension';
  /** Whose days; null for the investor's. */
  readonly agency: string | null;
  readonly days: number;
}

/** A clock whose last date a new calendar moves. */
export interface MovedDate {
  /** `printed`, `statutory` where form 01 printed another, `opinion/{agency}`, `conference`, `supplement/{requestId}` */
  readonly clock: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

export interface OpinionAsked {
  readonly agency: string;
  readonly channel: 'system' | 'worklist';
  readonly budget: Budget;
  readonly dueDate: PlainDate;
  readonly legalEffect: LegalEffect;
  readonly handling: SilenceHandling;
  readonly about: { readonly vi: string; readonly en: string };
}

/** An agency's part of an earlier round that stands: its answer, or what was made of its silence (then with a late answer that nobody weighed). */
export interface CarriedOpinion {
  readonly agency: string;
  readonly status: 'given' | 'lapsed' | 'decided';
  readonly position: Position | null;
  readonly conditions: readonly SaidCondition[];
  readonly legalBasis: Words | null;
  readonly late: boolean;
  readonly answeredAt: Instant | null;
  readonly lapsed: {
    readonly at: Instant;
    readonly legalEffect: LegalEffect;
    readonly handling: SilenceHandling;
  } | null;
  readonly decision: 'treat-as-agreed' | 'proceed-without' | null;
}

/**
 * What each event type carries: ids, rule attributes, and the reasons officers and investors give in their own words. Names and addresses of a filing
 * never go in; a reason is asked for as a reason, but nothing stops a writer from naming somebody in it.
 */
export interface Payloads extends TrialPayloads {
  // The case
  caseOpened: {
    kind: 'green-lane' | 'sandbox';
    lane: Lane;
    pathway: PathwayId;
    facts: ProjectFacts;
    investor: { personId: string; organisation: string | null };
    filingHash: string;
    lawAt: PlainDate;
    plan: readonly PlanItem[];
    baseline: BaselineDays;
    target: { days: number; endDate: PlainDate };
    ambition: { days: number; endDate: PlainDate };
    reductionByLaw: number;
    milestone: 'licence' | 'approvals';
    /** Documents given at filing, by procedure; they become dossiers when the procedures open. */
    lodged: Readonly<Record<string, readonly DossierDocument[]>>;
    managed: boolean;
    capital?: Capital;
    /** Figures on the path of the baseline that rest on no text read, e.g. `eia-group-2.budget`. */
    unverified?: readonly string[];
    /** SHA-256 of where the project is to stand; left out where no lot is named. */
    site?: string | null;
    /** SHA-256 of each lot that it is to stand on, and of what a hasty reader sees of them; left out by events of before. */
    sites?: readonly string[];
    near?: readonly string[];
    /** The licensed project that this case changes. */
    adjusts?: { readonly case: string; readonly procedure: string };
    /** Of a sandbox case only. */
    trial?: TrialFiling;
  };
  laneDecided: { taskId: string; lane: 'green' | 'standard'; reason: Words };
  /** `on`: the day the investor states for it, where that is not the day of saying so. */
  gateMet: { gate: string; evidence: Words | null; on?: PlainDate };
  caseWithdrawn: { reason: Words };
  caseClosed: { outcome: CaseOutcome };
  /** The investor asks for the green lane again after a refusal: an officer decides anew. */
  laneProposed: { reason: TextRef };
  /** `procedure`: about one result; null: about the whole case. */
  caseSurveyed: { score: number; procedure?: string | null };
  /** A later approval that the investor does not want yet: it stays on the roadmap and does not keep the case open. */
  procedureDeferred: { procedure: string; until: PlainDate | null; reason: TextRef };
  procedureResumed: { procedure: string };
  questionAsked: { questionId: string; procedure: string | null; agency: string; text: TextRef };
  questionAnswered: { questionId: string; taskId: string; text: TextRef };
  /** Whoever says so takes no part in this case any more. */
  interestDeclared: { person: string; reason: TextRef };
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
  scopeClosed: { scope: ScopeId };
  scopeRebuilt: { scope: ScopeId; generation: number };

  // A procedure
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
  /** `amends`: adds to the last filing, or puts it right, before anybody has examined it. */
  dossierFiled: { documents: readonly DossierDocument[]; amends?: true };
  onlineDeclared: { declarationId: string; lapsesOn: PlainDate };
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
  } & Numbered;
  /** Form 02 at the counter: the dossier is not complete, the investor files again. */
  completionRequested: { taskId: string; form: '02'; items: readonly Words[]; reason: Words } & Numbered;
  /** Form 03. */
  receptionRefused: { taskId: string; form: '03'; reason: Words } & Numbered;
  stepStarted: { step: string };
  stepCompleted: { step: string; outcome: string; by: 'system' | 'person' | 'waived'; reference: Words | null };
  /** An automatic step could not be done by machine; a task «by hand» follows. */
  stepFailed: { step: string; reason: string };
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
    cause: 'head' | 'absence' | 'signatory';
    reason: TextRef | null;
  };
  /** Nobody of the agency may sign this one: the City's leadership names who does, for this task alone. */
  signatoryNamed: { taskId: string; asked: string; signatory: string; reason: TextRef };
  /** The head sends work back: `step` is done anew, and so is what rests on it. */
  workReturned: { taskId: string; step: string; items: readonly Words[]; reason: TextRef };
  /** The step counts as not done; its next round begins. */
  stepReopened: { step: string; round: number; cause: 'returned' | 'late-opinion' };
  taskCompleted: { taskId: string; outcome: string; note: Words | null };
  taskCancelled: { taskId: string; reason: string };
  /** Form 02: the agency's clock is suspended (unless the policy lets it run), the day of the request still counts. */
  supplementRequested: {
    requestId: string;
    taskId: string;
    ground: SupplementGround;
    items: readonly Words[];
    reason: Words;
    deadline: PlainDate | null;
    suspends: boolean;
    daysLeft: number;
  } & Numbered;
  /** `restarts`: by this procedure's policy the agency's term begins anew with the answer. `explanation`: in the investor's own words. */
  supplementAnswered: {
    requestId: string;
    documents: readonly DossierDocument[];
    restarts?: true;
    explanation?: TextRef;
  };
  supplementLapsed: { requestId: string };
  supplementExtended: { requestId: string; deadline: PlainDate; reason: TextRef };
  lapseDecided: { requestId: string; decision: 'continue' | 'stop' | 'refuse'; reason: Words } & Numbered;
  extensionGranted: { days: number; reason: Words; dueDate: PlainDate } & Numbered;
  /** `clock`: `printed`, `opinion/{agency}`, `conference`, `supplement/{requestId}`, `duty/{duty}`. */
  rungReached: { clock: string; rung: string; dueDate: PlainDate | null };
  /** The promised terms: 30 % (the commitment) and 40 % (the ambition) shorter than the law's. Each once per due date of that term. */
  target30AtRisk: { dueDate: PlainDate };
  target30Missed: { dueDate: PlainDate };
  target40AtRisk: { dueDate: PlainDate };
  target40Missed: { dueDate: PlainDate };
  /** By the day before the printed date, with the causes as the ledger has them then. */
  apologyDrafted: { letterId: string; form: '04'; dueDate: PlainDate; causes: readonly DelayCause[] };
  /** The printed date has moved to `dueDate`: a letter about another date is not sent any more. */
  apologyVoided: { letterId: string; dueDate: PlainDate };
  /** Signed off by the head and sent; `newDate` is the new appointment. */
  apologySent: { letterId: string; taskId: string; newDate: PlainDate; causes: readonly DelayCause[] } & Numbered;
  /** A new version of the calendar (`document` fixed it) moves dates of clocks that are open; `moved` empty: only the days before them. */
  clocksRedated: { calendar: string; version: number; document: string; moved: readonly MovedDate[] };
  /** Another version of the definition governs from here on; what the clock has counted and what is left stay as they are. */
  procedureMigrated: { from: string; to: string };
  /** Fee gate: the procedure waits for the investor's payment. */
  paymentRequested: { step: string; amountVnd: string };
  paymentReceived: { step: string; amountVnd: string; reference: string };
  decisionMade: { outcome: 'approved' | 'refused'; taskId: string | null; reason: Words | null; endsTerm: boolean };
  /** The last step that takes part of the budget is done after the decision (a contract after a land decision): the clock stops here. */
  termEnded: { step: string };
  decisionSigned: { number: string; documentHash: string; signature: string; algorithm: string; keyId: string };
  resultHandedOver: { number: string };
  procedureClosed: { procedure: string; attempt: number; outcome: ProcedureOutcome } & Numbered;

  // A consultation
  consultationOpened: {
    step: string;
    n: number;
    lead: string;
    opinions: readonly OpinionAsked[];
    /** What stands of the round before: the late answer for which it was reopened counts as given now. */
    carried?: readonly CarriedOpinion[];
  };
  opinionRequested: { agency: string; requestId: string };
  opinionGiven: {
    agency: string;
    position: Position;
    conditions: readonly SaidCondition[];
    legalBasis: Words | null;
    late: boolean;
    messageId: string | null;
  };
  /** Another word of an agency, or one after the decision: it counts for nothing by itself, and `taskId` puts it before the lead. */
  opinionUnheard: {
    agency: string;
    position: Position;
    conditions: readonly SaidCondition[];
    legalBasis: Words | null;
    messageId: string;
    taskId: string;
  };
  /** Nobody answered in time: what the law makes of it, and what we do with it. */
  opinionLapsed: { agency: string; legalEffect: LegalEffect; handling: SilenceHandling };
  silenceDecided: { agency: string; taskId: string; decision: 'treat-as-agreed' | 'proceed-without'; reason: Words };
  /** The last answer is in and they contradict each other, or one objects: the lead's conference settles it. */
  conferenceOpened: {
    issues: readonly ConflictIssue[];
    chair: string;
    budget: Budget;
    dueDate: PlainDate;
  };
  conferenceDecided: {
    taskId: string;
    resolutions: readonly Resolution[];
    dissent: readonly Dissent[];
    reason: TextRef;
  };
  /** The lead weighs a late answer after all: it counts in place, or, once the consultation is closed, the step that asked is done anew with it. */
  consultationReopened: { agency: string; reason: TextRef };
  consultationClosed: {
    step: string;
    n: number;
    agreed: number;
    conditional: number;
    objected: number;
    silent: number;
  };
}

export type EventType = keyof Payloads;

export type CaseEvent = {
  [T in EventType]: {
    /** Sequence in the case, from 1, without gaps. */
    readonly seq: number;
    readonly scope: ScopeId;
    readonly type: T;
    /** When it was admitted (stamped by the API or at receipt of a callback), or the computed instant of what fell due. */
    readonly occurredAt: Instant;
    readonly actor: Actor;
    readonly payload: Payloads[T];
    /** The bytes behind the documents that the payload names; left out where it names none, and in events of before it was recorded. */
    readonly documents?: readonly NamedDocument[];
  };
}[EventType];

export type EventOf<T extends EventType> = Extract<CaseEvent, { type: T }>;

/** An event in the mailbox of one scope. `prev` is the sequence of the one delivered before it (0 = none): a reader that has seen less has a gap. */
export interface Delivery {
  readonly seq: number;
  readonly prev: number;
  readonly event: CaseEvent;
}

/** What a workflow's command is bound to: refused `SUPERSEDED` by a higher generation, `STALE` when the mailbox has moved on. */
export interface ScopeBound {
  readonly scope: ScopeId;
  readonly generation: number;
  readonly basedOn: number;
}
