import { rungInstant } from '../case/task/due.js';
import { refuse } from '../errors.js';
import type { Law } from '../law/law.js';
import { dateOf, millisecondsOf, type Instant, type PlainDate } from '../time/instants.js';
import { rungKey, type Rung } from '../time/ladder.js';
import type { ReportPeriod } from './report-calendar.js';
import type { ChapterFigures, ReportFigure, ReportFigureCode } from './report-figures.js';

/** A chapter that its head did not sign by its date: its figures alone. */
interface UnsignedChapter extends ChapterFigures {
  readonly agency: string;
}

/**
 * What was done with a report on the green lane. The register only adds; the state is their fold. Figures are frozen where somebody answers for them: a chapter's by
 * the signature of its head, the City's when the chapters are gathered.
 */
export type ReportAct =
  | { readonly kind: 'opened'; readonly period: ReportPeriod; readonly agencies: readonly string[] }
  | ({ readonly kind: 'signed'; readonly agency: string; readonly text: string } & ChapterFigures)
  | {
      readonly kind: 'gathered';
      readonly text: string;
      readonly city: readonly ReportFigure[];
      readonly unsigned: readonly UnsignedChapter[];
    }
  /** `contentHash`: SHA-256 over the canonical form of `contentOf`, hex. */
  | { readonly kind: 'approved'; readonly agency: string; readonly number: string; readonly contentHash: string }
  | {
      readonly kind: 'corrected';
      /** null: of the City. */
      readonly agency: string | null;
      readonly before: ReportFigure;
      readonly now: ReportFigure;
      readonly reason: string;
    }
  | { readonly kind: 'rung'; readonly about: string | null; readonly rung: string; readonly dueDate: PlainDate };

/** What people do; the rest comes by itself. */
export type PersonReportAct = Exclude<ReportAct, { kind: 'opened' | 'rung' }>;

/** One act as the register keeps it; `by` null: what fell due by itself. */
export interface KeptReportAct {
  readonly at: Instant;
  readonly by: string | null;
  readonly act: ReportAct;
}

export interface Chapter extends ChapterFigures {
  readonly agency: string;
  /** null: not signed by its date. */
  readonly text: string | null;
  readonly signedBy: string | null;
  readonly signedAt: Instant | null;
}

interface Doing {
  readonly by: string | null;
  readonly at: Instant;
}

export interface Erratum extends Doing {
  readonly agency: string | null;
  readonly before: ReportFigure;
  readonly now: ReportFigure;
  readonly reason: string;
}

export interface ReportState {
  readonly period: ReportPeriod;
  readonly openedAt: Instant;
  /** Whose chapters it has, by code. */
  readonly agencies: readonly string[];
  /** What is signed, by agency; once it is gathered every chapter. */
  readonly chapters: readonly Chapter[];
  readonly gathered: (Doing & { readonly text: string; readonly city: readonly ReportFigure[] }) | null;
  readonly approved:
    (Doing & { readonly agency: string; readonly number: string; readonly contentHash: string }) | null;
  readonly errata: readonly Erratum[];
  /** `about/rung@dueDate` that fired. */
  readonly rungs: readonly string[];
}

export type ReportStatus = 'open' | 'gathered' | 'approved';

export const statusOf = ({ gathered, approved }: ReportState): ReportStatus =>
  approved ? 'approved' : gathered ? 'gathered' : 'open';

/** What became of it; acts oldest first. Undefined where none was opened. */
export function foldReport(acts: readonly KeptReportAct[]): ReportState | undefined {
  const [first, ...later] = acts;
  if (first?.act.kind !== 'opened') return undefined;
  const { period, agencies } = first.act;
  const begun: ReportState = {
    ...{ period, agencies, openedAt: first.at, chapters: [], gathered: null, approved: null, errata: [], rungs: [] },
  };
  return later.reduce(after, begun);
}

const byAgency = (one: Chapter, other: Chapter): number => (one.agency < other.agency ? -1 : 1);

function after(state: ReportState, { act, at, by }: KeptReportAct): ReportState {
  switch (act.kind) {
    case 'opened':
      return state;
    case 'signed': {
      const { kind: _kind, ...chapterOf } = act;
      const { agency } = act;
      const others = state.chapters.filter((one) => one.agency !== agency);
      const chapter = { ...chapterOf, signedBy: by, signedAt: at };
      return { ...state, chapters: [...others, chapter].sort(byAgency) };
    }
    case 'gathered': {
      const { text, city, unsigned } = act;
      const missing = unsigned.map((one) => ({ ...one, text: null, signedBy: null, signedAt: null }));
      return { ...state, chapters: [...state.chapters, ...missing].sort(byAgency), gathered: { by, at, text, city } };
    }
    case 'approved': {
      const { agency, number, contentHash } = act;
      return { ...state, approved: { by, at, agency, number, contentHash } };
    }
    case 'corrected': {
      const { agency, before, now, reason } = act;
      return { ...state, errata: [...state.errata, { agency, before, now, reason, by, at }] };
    }
    case 'rung':
      return { ...state, rungs: [...state.rungs, keyOf(act.about, act.rung, act.dueDate)] };
  }
}

/**
 * What is approved, and printed: it never changes afterwards. Undefined until it is gathered. It is given to everybody, so it holds no account: who signed and gathered
 * is in the acts.
 */
export function contentOf({ period, chapters, gathered }: ReportState) {
  if (!gathered) return undefined;
  const { city, text, at } = gathered;
  return { period, city, text, gatheredAt: at, chapters: chapters.map(({ signedBy: _signedBy, ...said }) => said) };
}
export type ReportContent = NonNullable<ReturnType<typeof contentOf>>;

/** A figure as the report and its errata have it by now; undefined where it has none such. */
export function printedFigure(
  { gathered, chapters, errata }: ReportState,
  agency: string | null,
  figure: ReportFigureCode,
): ReportFigure | undefined {
  const last = errata.findLast((one) => one.agency === agency && one.now.figure === figure);
  if (last) return last.now;
  const figures = agency === null ? gathered?.city : chapters.find((one) => one.agency === agency)?.figures;
  return figures?.find((one) => one.figure === figure);
}

export const sameFigure = (one: ReportFigure, other: ReportFigure): boolean =>
  one.n === other.n && one.count === other.count && one.value === other.value;

interface Acting {
  readonly role: string;
  readonly agency: string | null;
}

/** Whose chapters are still missing. */
export const unsignedOf = ({ agencies, chapters }: ReportState): string[] =>
  agencies.filter((code) => !chapters.some(({ agency }) => agency === code));

/**
 * Whether this act may follow. Refuses `NOT_FOUND`, `FORBIDDEN` (another agency's head, whoever is not asked), `PRECONDITION_FAILED` for what is done already or waits
 * for chapters, or a figure that is as it was printed.
 */
export function requireReportAct(
  state: ReportState | undefined,
  act: PersonReportAct,
  by: Acting,
  law: Law,
  now: Instant,
): void {
  if (!state) return refuse('NOT_FOUND');
  const status = statusOf(state);
  const isGatherer = by.role === 'head' && by.agency === law.settings.evaluations?.gatheredBy;
  switch (act.kind) {
    case 'signed':
      if (!state.agencies.includes(act.agency)) refuse('NOT_FOUND', { agency: act.agency });
      if (by.role !== 'head' || by.agency !== law.successorOf(act.agency))
        refuse('FORBIDDEN', { agency: law.successorOf(act.agency) });
      if (status !== 'open') refuse('PRECONDITION_FAILED', { report: status });
      return;
    case 'gathered': {
      if (!isGatherer) refuse('FORBIDDEN', { agency: law.settings.evaluations?.gatheredBy });
      if (status !== 'open') refuse('PRECONDITION_FAILED', { report: status });
      const chapters = unsignedOf(state);
      if (chapters.length > 0 && dateOf(now) <= state.period.chaptersDue) refuse('PRECONDITION_FAILED', { chapters });
      return;
    }
    case 'approved':
      if (by.role !== 'leader') refuse('FORBIDDEN', { role: by.role });
      if (status !== 'gathered') refuse('PRECONDITION_FAILED', { report: status });
      return;
    case 'corrected':
      if (by.role !== 'leader' && !isGatherer) refuse('FORBIDDEN', { role: by.role });
      if (status !== 'approved') refuse('PRECONDITION_FAILED', { report: status });
      if (sameFigure(act.before, act.now)) refuse('PRECONDITION_FAILED', { figureAsPrinted: act.now.figure });
      return;
  }
}

const keyOf = (about: string | null, rung: string, dueDate: PlainDate): string =>
  rungKey(rung, dueDate, about ?? 'report');

/** A rung of the ladder of a chapter (`about`: its agency) or of the whole (null). */
export interface ReportRung {
  readonly about: string | null;
  readonly rung: Rung;
  readonly dueDate: PlainDate;
  readonly at: Instant;
}

/** The rungs of the City's ladder of such work that have not fired, each with its instant: of chapters that nobody signed, and of the report until it is approved. */
export function reportRungsAhead(state: ReportState, law: Law): ReportRung[] {
  const status = statusOf(state);
  if (status === 'approved') return [];
  const { chaptersDue, due } = state.period;
  const chapters = status === 'open' ? unsignedOf(state).map((about) => ({ about, dueDate: chaptersDue })) : [];
  return [...chapters, { about: null, dueDate: due }].flatMap(({ about, dueDate }) =>
    law.settings.ladders.task.flatMap((rung) => {
      const at = state.rungs.includes(keyOf(about, rung.code, dueDate))
        ? undefined
        : rungInstant(law.caseCalendar, rung, { openedAt: state.openedAt, dueSince: state.openedAt, dueDate });
      return at === undefined ? [] : [{ about, rung, dueDate, at }];
    }),
  );
}

/** Of these, what has fallen by now. */
export const reportRungsDue = (state: ReportState, law: Law, now: Instant): ReportRung[] =>
  reportRungsAhead(state, law).filter(({ at }) => millisecondsOf(at) <= millisecondsOf(now));
