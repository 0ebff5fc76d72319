import type { Phase, ProjectFacts } from '../../law/procedure.js';
import type { Budget, ClockEntry } from '../../time/clock.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import type { ApologyState } from '../apology/state.js';
import type { ExtractState } from '../extract/state.js';
import type { ResultChange } from '../issued/state.js';
import type { ScopeId } from '../scope.js';
import type { CaseState } from '../state.js';
import type { StepState } from '../step/state.js';
import type { SupplementState } from '../supplement/state.js';
import type { TaskState } from '../task/state.js';
import type { CouncilState, ProposalState } from '../trial/state.js';
import type { TextRef, Words } from '../words.js';
import type { DossierDocument, ProcedureOutcome } from './words.js';

/** What is true of a procedure whatever its stage. */
interface ProcedureRecord {
  readonly scope: ScopeId;
  readonly procedure: string;
  readonly attempt: number;
  readonly openedAt: Instant;
  /** What it was begun with, where facts of the case were put right since. */
  facts?: ProjectFacts;
  version: string;
  phase: Phase;
  mandatory: boolean;
  competentAgency: string;
  handlingAgency: string;
  /** Whose it was until that event, where an agency was merged since; left out: nobody else's. */
  formerAgencies?: FormerAgencies[];
  cityControlled: boolean;
  /** The City holds itself to less than the law's time here: its own bodies, in a lane other than the standard one. */
  promise: boolean;
  startsFrom: 'receipt' | 'valid-dossier' | 'prior-decision';
  /** `changedAt`: the last time something that was missing was added to it before anybody examined it. */
  filings: { at: Instant; changedAt?: Instant; documents: readonly DossierDocument[] }[];
  /** Every form 02, in order, and when the dossier came back: each is answered once, also at its own instant. */
  completions: { readonly requestedAt: Instant; answeredAt: Instant | null }[];
  /** What registers were asked for, by document; left out: nothing, or filed before it was recorded. */
  extracts?: Record<string, ExtractState>;
  declaration: { id: string; lapsesOn: PlainDate } | null;
  /** With which filing, from 1, the register declares the project by itself; null: it does not, or has done so. */
  declaring: { readonly filing: number; readonly failed: boolean } | null;
  /** When the dossier that proved valid came, where the clock counts from there; null: from the receipt, or from the filing where the law says so. */
  clockFrom: Instant | null;
  receptionRefusedAt: Instant | null;
  /** Which term form 01 printed: the ladder and the apology follow it. */
  printed: 'statutory' | 'promised';
  calendar: string;
  budget: Budget;
  extensions: number;
  ledger: ClockEntry[];
  /** `rung@dueDate` of every rung of the printed term that fired, `clock/rung@dueDate` of the other clocks: each fires once. */
  rungs: string[];
  apologies: ApologyState[];
  /** How often another version of the definition took over after receipt. */
  migrations: number;
  /** The newest version of its calendar that changed one of its dates; 0: none did. */
  redated: number;
  payments: Record<
    string,
    { amountVnd: string; requestedAt: Instant; reference: string | null; receivedAt: Instant | null }
  >;
  supplements: SupplementState[];
  /** Work that a head sent back: which step was to be done anew. */
  returns: { readonly step: string; readonly at: Instant }[];
  steps: Record<string, StepState>;
  tasks: Record<string, TaskState>;
  consultations: number;
  /** Consultation results by step: closed ones only. */
  consulted: Record<string, { n: number; agreed: number; conditional: number; objected: number; silent: number }>;
  /** Of the admission of a trial. */
  proposal: ProposalState | null;
  council: CouncilState | null;
  /** When its result was handed out at a counter; left out: it was not. */
  handedOutAt?: Instant;
  /** That its result is put right or taken back, in order; left out: nobody ever asked for it. */
  resultChanges?: ResultChange[];
}

/** Who was competent and who handled, until the event of that sequence. */
interface FormerAgencies {
  readonly seq: number;
  readonly competentAgency: string;
  readonly handlingAgency: string;
  /** It had received the dossier by then; left out: it had not. */
  readonly received?: true;
}

/** What form 01 put on paper. */
interface Received {
  dossierCode: string;
  receivedAt: Instant;
  printedDueDate: PlainDate;
  promisedDate: PlainDate | null;
}

type NotReceived = { [Field in keyof Received]: null };

interface Decision {
  outcome: 'approved' | 'refused';
  at: Instant;
  by: string | null;
  reason: Words | null;
  /** What it says beside yes or no; null: nothing. */
  content: TextRef | null;
  /** Whose decision it is, where the procedure was another agency's before or after; left out: the competent one's. */
  competentAgency?: string;
}

interface Issued {
  decision: Decision;
  signature: { number: string; documentHash: string; signature: string; algorithm: string; keyId: string } | null;
  handedOverAt: Instant | null;
}

type NotIssued = { [Field in keyof Issued]: null };

/** How far a procedure has come, and what there is by then. One that was closed may have been closed at any of them. */
type Stage =
  | ({ stage: 'awaiting-dossier' | 'intake'; closed: null } & NotReceived & NotIssued)
  | ({ stage: 'processing'; closed: null } & Received & NotIssued)
  | ({ stage: 'decided'; closed: null } & Received & Issued)
  | ({ stage: 'closed'; closed: { outcome: ProcedureOutcome; at: Instant } } & (Received | NotReceived) &
      (Issued | NotIssued));

export type ProcedureState = ProcedureRecord & Stage;

/** The facts that a procedure goes by: those of the case, or those it was begun with. */
export const factsBehind = (
  { facts }: Pick<CaseState, 'facts'>,
  procedure: Pick<ProcedureState, 'facts'>,
): ProjectFacts => procedure.facts ?? facts;

/** Who was competent and who handled at that event: whose paper it is that it issued. */
export const agenciesAt = (
  procedure: Pick<ProcedureState, 'competentAgency' | 'handlingAgency' | 'formerAgencies'>,
  seq: number,
): Pick<ProcedureState, 'competentAgency' | 'handlingAgency'> =>
  procedure.formerAgencies?.find((former) => seq < former.seq) ?? procedure;

/** In whose tracking book the dossier stands, under its number: that of the agency that handled it when it was received, whoever took its place since. */
export const bookedBy = ({
  handlingAgency,
  formerAgencies = [],
}: Pick<ProcedureState, 'handlingAgency' | 'formerAgencies'>): string =>
  formerAgencies.find(({ received }) => received)?.handlingAgency ?? handlingAgency;

/** The latest attempt at a procedure in this case, if it was ever opened. */
export function latestAttempt(state: CaseState, procedure: string): ProcedureState | undefined {
  let latest: ProcedureState | undefined;
  for (const candidate of Object.values(state.procedures)) {
    if (candidate.procedure === procedure && (!latest || candidate.attempt > latest.attempt)) latest = candidate;
  }
  return latest;
}

/** Its decision is signed: what was thought on the way to it may be read by whom it concerns. */
export const isDecided = (procedure: ProcedureState | undefined): boolean => (procedure?.signature ?? null) !== null;
