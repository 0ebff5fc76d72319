import type { Instant, PlainDate } from '../../time/instants.js';
import type { ProcedureState } from '../procedure/state.js';
import type { CaseState } from '../state.js';
import type { TextRef } from '../words.js';
import type { Passage, ResultChangeKind } from './words.js';

/** That an issued result is put right or taken back: proposed, and what was decided on it. */
export interface ResultChange {
  readonly id: string;
  readonly change: ResultChangeKind;
  /** Number of the decision that it is about. */
  readonly of: string;
  readonly passages: readonly Passage[];
  readonly reason: TextRef;
  readonly legalBasis: TextRef;
  /** Who proposes it: they do not decide on it. */
  readonly by: string | null;
  readonly proposedAt: Instant;
  readonly answerBy: PlainDate | null;
  answeredAt: Instant | null;
  statement: TextRef | null;
  outcome: 'issued' | 'kept' | null;
  decidedAt: Instant | null;
  decidedBy: string | null;
  decision: TextRef | null;
  /** Of the act, once it is issued. */
  number: string | null;
  /** Sequence of the event that issued it. */
  issuedBy: number | null;
}

type Changed = Pick<ProcedureState, 'resultChanges'>;

/** The acts on its result that were issued, oldest first. */
export const issuedChanges = ({ resultChanges = [] }: Changed): ResultChange[] =>
  resultChanges.filter(({ outcome }) => outcome === 'issued');

/** Its result was taken back: it has no force any more. */
export const isRevoked = (procedure: Changed): boolean => standingOfResult(procedure) === 'revoked';

/** It was approved, and nobody has taken the result back. */
export const isGranted = (procedure: ProcedureState | undefined): boolean =>
  procedure?.closed?.outcome === 'approved' && !isRevoked(procedure);

/** What may be said of a result in one word. */
export const resultStandings = ['in-force', 'corrected', 'revoked'] as const;
export type ResultStanding = (typeof resultStandings)[number];

/** What the acts that were issued on a result make of it. */
export function standingAfter(issued: readonly Pick<ResultChange, 'change'>[]): ResultStanding {
  if (issued.some(({ change }) => change === 'revocation')) return 'revoked';
  return issued.length > 0 ? 'corrected' : 'in-force';
}

export const standingOfResult = (procedure: Changed): ResultStanding => standingAfter(issuedChanges(procedure));

/** Every change of a result of the case, with its procedure. */
export const resultChangesOf = ({ procedures }: Pick<CaseState, 'procedures'>) =>
  Object.values(procedures).flatMap((procedure) =>
    (procedure.resultChanges ?? []).map((change) => ({ procedure, change })),
  );

/** One of them by its id; undefined where there is none. */
export const findResultChange = (state: Pick<CaseState, 'procedures'>, id: string | undefined) =>
  resultChangesOf(state).find(({ change }) => change.id === id);
