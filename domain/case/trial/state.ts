import type { CouncilMember, Tally, Vote } from './tally.js';
import type { Phase } from './phases.js';
import type { CriterionFinding, DatedExemption, Ending, Lesson, Severity, TrialTerms } from '../../law/trial-terms.js';
import type { Instant, PlainDate } from '../../time/instants.js';
import { latestAttempt, type ProcedureState } from '../procedure/state.js';
import type { CaseState } from '../state.js';
import type { TextRef, Words } from '../words.js';
import type { HoldCause, TrialFiling, TrialPayloads, TrialRequest } from './words.js';

/** What the evaluation of a trial proposes, and in whose names it was written. */
export interface ProposalState {
  readonly criteria: readonly CriterionFinding[];
  readonly terms: TrialTerms;
  readonly by: readonly string[];
  readonly at: Instant;
}

/** A council as its events made it. */
export interface CouncilState {
  readonly members: readonly CouncilMember[];
  readonly quorum: number;
  readonly meetsAt: Instant;
  present: readonly string[] | null;
  votes: Record<string, { readonly vote: Vote; readonly at: Instant; readonly reason: TextRef | null }>;
  /** Who had declared an interest until then, and who saw it otherwise. */
  closed: (Tally & Pick<TrialPayloads['councilClosed'], 'recused' | 'dissent'> & { readonly at: Instant }) | null;
}

export interface HoldState {
  readonly id: string;
  readonly cause: HoldCause;
  readonly placedAt: Instant;
  /** Lifted at that instant if nobody has confirmed it. */
  readonly confirmBy: Instant;
  status: 'placed' | 'confirmed' | 'lifted' | 'lapsed';
}

export interface IncidentState {
  readonly id: string;
  /** The limit that was exceeded, where the engine saw it. */
  readonly limit: string | null;
  readonly reportBy: Instant;
  severity: Severity | null;
  reportedAt: Instant | null;
  missed: boolean;
  examinedAt: Instant | null;
}

export interface TrialRequestState {
  readonly id: string;
  readonly request: TrialRequest;
  readonly requestedAt: Instant;
  readonly decideBy: PlainDate;
  status: 'open' | 'granted' | 'refused' | 'dropped';
}

/** The trial of a sandbox case, from its filing on. */
export interface TrialState extends Omit<TrialFiling, 'fit'> {
  fit: 'yes' | 'unknown' | 'no';
  phase: Phase;
  decision: string | null;
  from: PlainDate | null;
  /** The last day, counted. */
  until: PlainDate | null;
  terms: TrialTerms | null;
  /** Since when they hold so: the admission, or the last adjustment. */
  termsAt: Instant | null;
  /** null: it has never run. */
  startedAt: Instant | null;
  exemptions: readonly DatedExemption[];
  extensions: number;
  /** What they added, in civil months. */
  extendedMonths: number;
  /** By permit of another body that is needed; null: not shown yet. */
  permits: Record<string, { readonly number: Words; readonly validTo: PlainDate | null } | null>;
  /** Public keys by id. */
  keys: Record<string, string>;
  /** The last batch of metrics: its number, and the end of its span. */
  metrics: { batch: number; to: Instant } | null;
  holds: Record<string, HoldState>;
  incidents: Record<string, IncidentState>;
  requests: Record<string, TrialRequestState>;
  visits: number;
  finalReport: {
    readonly at: Instant;
    readonly assessBy: PlainDate;
    /** Which legal rules should change. */
    readonly lessons: readonly Pick<Lesson, 'act' | 'article'>[];
  } | null;
  ending: Ending | null;
  endedAt: Instant | null;
  transitionUntil: PlainDate | null;
  certificate: string | null;
}

/** A trial as it is filed. */
export const filedTrial = (filing: TrialFiling): TrialState => ({
  ...filing,
  phase: 'admission',
  decision: null,
  from: null,
  until: null,
  terms: null,
  termsAt: null,
  startedAt: null,
  exemptions: [],
  extensions: 0,
  extendedMonths: 0,
  permits: {},
  keys: {},
  metrics: null,
  holds: {},
  incidents: {},
  requests: {},
  visits: 0,
  finalReport: null,
  ending: null,
  endedAt: null,
  transitionUntil: null,
  certificate: null,
});

/** The latest attempt at the admission of a trial: the only procedure its plan has. */
export function admissionOf(state: CaseState): ProcedureState | undefined {
  const item = state.plan[0];
  return item && latestAttempt(state, item.procedure);
}

export const missingPermits = ({ permits }: TrialState): string[] =>
  Object.keys(permits).filter((permit) => permits[permit] === null);
export const openHold = ({ holds }: TrialState): HoldState | undefined =>
  Object.values(holds).find(({ status }) => status === 'placed');
export const openRequests = ({ requests }: TrialState): TrialRequestState[] =>
  Object.values(requests).filter(({ status }) => status === 'open');
/** Reported, and nobody has said what to make of it. */
export const unexamined = ({ incidents }: TrialState): IncidentState[] =>
  Object.values(incidents).filter(({ reportedAt, examinedAt }) => reportedAt !== null && examinedAt === null);
