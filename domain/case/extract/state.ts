import type { Settings } from '../../schemas/settings.js';
import { addDays, dateOf, instantAfter, type Instant, type PlainDate } from '../../time/instants.js';
import type { TextRef } from '../words.js';
import type { LookCause, MissedReason, Stands, Without } from './words.js';

/** A document of a dossier that a register holds, and what came of asking for it. */
export interface ExtractState {
  readonly document: string;
  readonly register: string;
  /** How often it was asked for. */
  look: number;
  askedAt: Instant;
  /** By whom, and when, it was agreed that the register is asked; null: nobody has said so, or they have taken it back. */
  consent: { readonly givenBy: string; readonly givenAt: Instant } | null;
  cause: LookCause;
  /** Since when the investor has given it as a file: the register is not asked any more. */
  paperAt: Instant | null;
  /** What the register said last; null: nothing yet. */
  obtained: Obtained | null;
  /** The last time it gave nothing; null: it gave what was asked, or was not asked yet. */
  missed: { readonly look: number; readonly at: Instant; readonly reason: MissedReason } | null;
  /** Where what it said last differs from what the case had; null: nowhere. */
  question: ExtractQuestion | null;
}

export interface ExtractQuestion {
  readonly look: number;
  readonly askedAt: Instant;
  /** `Difference`s as RFC 8785 text. */
  readonly differences: TextRef;
  settled: { readonly at: Instant; readonly stands: Stands; readonly reason: TextRef } | null;
}

export interface Obtained {
  readonly look: number;
  readonly at: Instant;
  readonly requestId: string;
  readonly reference: string;
  readonly asOf: Instant;
  readonly issuedOn: PlainDate | null;
  readonly validUntil: PlainDate | null;
  readonly content: TextRef;
}

type Looked = Pick<ExtractState, 'look' | 'obtained' | 'missed' | 'paperAt'>;

/** The register has not answered yet what it was asked last. */
export const isPending = ({ look, obtained, missed, paperAt }: Looked): boolean =>
  paperAt === null && obtained?.look !== look && missed?.look !== look;

/** The register gave nothing, and neither has the investor: it is theirs to give. */
export const isWanting = ({ obtained, missed, paperAt }: Looked): boolean =>
  paperAt === null && obtained === null && missed !== null;

/** What should have come from a register and did not: people had to give it and to read it. */
export const isByHand = ({ obtained, missed, paperAt }: Looked): boolean =>
  obtained === null && (missed !== null || paperAt !== null);

/** An officer has still to say which of two sides stands. */
export const isDisputed = ({ question, paperAt }: ExtractState): boolean =>
  paperAt === null && question !== null && question.settled === null;

/** What a register said is older than a decision may rest on: past its own last day, or past the days of the City's setting. */
export function isOutdated(
  { obtained, paperAt, register }: ExtractState,
  now: Instant,
  settings: Settings['registers'],
): boolean {
  if (obtained === null || paperAt !== null) return false;
  const today = dateOf(now);
  if (obtained.validUntil !== null && obtained.validUntil < today) return true;
  const days = settings?.freshDays[register];
  return days !== undefined && addDays(dateOf(obtained.asOf), days) < today;
}

/** It was asked again today, and that is over. */
export function isTriedToday({ look, obtained, missed }: ExtractState, now: Instant): boolean {
  const at = missed?.look === look ? missed.at : obtained?.look === look ? obtained.at : undefined;
  return at !== undefined && dateOf(at) === dateOf(now);
}

/** Asked again, and there is still time to wait for it: a register that is silent for longer holds nobody up. */
export const isAwaited = (extract: ExtractState, now: Instant, settings: Settings['registers']): boolean =>
  extract.obtained !== null && isPending(extract) && now < instantAfter(extract.askedAt, settings?.patienceHours ?? 1);

/** What a decision made now is made without. */
export const withoutExtracts = (extracts: Readonly<Record<string, ExtractState>> = {}): Without[] =>
  Object.values(extracts).flatMap((one) => {
    const { document, register, missed, paperAt } = one;
    if (paperAt !== null) return [];
    const reason = isPending(one) ? 'unanswered' : missed?.reason;
    return reason === undefined ? [] : [{ document, register, reason }];
  });
