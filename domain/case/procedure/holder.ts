import { sittingsOf } from '../conference/state.js';
import type { Law } from '../../law/law.js';
import { addDays, startOf, type Instant } from '../../time/instants.js';
import type { PlanItem } from '../case/words.js';
import type { CaseState } from '../state.js';
import type { SupplementState } from '../supplement/state.js';
import { isOwnGate, isUntested, missingGates, missingResults } from './progress.js';
import type { ProcedureState } from './state.js';

/**
 * Who has the file of a procedure. There is no other definition: the roadmap (`desksOf`), what people are told (`domain/notices/holder-now.ts`) and where the days
 * went (`domain/measures`) read it from here.
 */
export type Holder =
  | { readonly kind: 'investor' }
  /** A task of its officers, or an opinion that it owes. */
  | { readonly kind: 'agency'; readonly agency: string }
  /** Opinions that contradict each other are being settled; `agency` is in the chair. */
  | { readonly kind: 'conference'; readonly agency: string }
  /** A violation is being handled, by `agency`. */
  | { readonly kind: 'violation'; readonly agency: string }
  /** The engine itself, between a result and what it releases. */
  | { readonly kind: 'system' };

/** Somebody has the file from an instant until another (null = still). */
export interface Holding {
  readonly holder: Holder;
  readonly from: Instant;
  readonly to: Instant | null;
}

const investor: Holder = { kind: 'investor' };

/** Everybody who had the file of a procedure, in all its attempts. What lies between the results that it waits for and its opening is the investor's. */
export function holdingsOf(state: CaseState, code: string): Holding[] {
  const attempts = Object.values(state.procedures).filter((one) => one.procedure === code);
  return [
    ...waitingForGates(state, code),
    ...attempts.flatMap((attempt, i) => [
      ...holdingsOfAttempt(state, attempt),
      ...betweenAttempts(attempt, attempts[i + 1]),
    ]),
  ];
}

const holdingsOfAttempt = (state: CaseState, attempt: ProcedureState): Holding[] => [
  ...investorTime(attempt),
  ...taskTime(attempt),
  ...consultationTime(state, attempt),
];

/**
 * Who has the file at that instant, by the end of what they do, the longest first. While something is asked of the investor nobody else can end it; the same
 * holds of a violation. Never empty: where nobody is busy it is the engine.
 */
export function holdersAt(holdings: readonly Holding[], at: Instant): readonly [Holder, ...Holder[]] {
  const instant = Date.parse(at);
  const ends = ({ to }: Holding) => (to === null ? Number.POSITIVE_INFINITY : Date.parse(to));
  const busy = holdings.filter((one) => Date.parse(one.from) <= instant && ends(one) > instant);
  for (const kind of ['investor', 'violation'] as const) {
    const first = busy.find(({ holder }) => holder.kind === kind);
    if (first) return [first.holder];
  }
  const [longest, ...others] = busy.toSorted((one, other) => {
    const [a, b] = [ends(one), ends(other)];
    return a === b ? 0 : b - a;
  });
  return longest ? [longest.holder, ...others.map(({ holder }) => holder)] : [{ kind: 'system' }];
}

/** Who acts next on a procedure, as people read it: agency codes, `investor` or `system`; nobody while it waits for others or is over. */
export function desksOf(
  state: CaseState,
  law: Law,
  item: PlanItem,
  procedure: ProcedureState | undefined,
  at: Instant,
): string[] {
  if (!procedure) {
    // What the test of regime and territory could not say, its officer does.
    if (isUntested(state)) return state.trial?.fit === 'unknown' ? [state.trial.evaluates] : [];
    if (missingResults(state, item).length > 0) return [];
    return missingGates(state, item).length > 0 || !item.mandatory ? ['investor'] : ['system'];
  }
  if (procedure.closed) return [];
  const holders = holdersAt(holdingsOfAttempt(state, procedure), at);
  return [...new Set(holders.map((holder) => deskOf(holder, procedure, law)))].sort();
}

/** A violation is on the desk of whoever handles it; what was filed lies at the counter before anybody was asked to look at it. */
function deskOf(holder: Holder, { stage }: ProcedureState, law: Law): string {
  switch (holder.kind) {
    case 'agency':
    case 'conference':
    case 'violation':
      return holder.agency;
    case 'investor':
      return 'investor';
    case 'system':
      return stage === 'intake' ? law.receivingAgency : 'system';
  }
}

/** From the result a procedure waits for until the investor brought about what the law asks first, such as the deposit. */
function waitingForGates(state: CaseState, code: string): Holding[] {
  const item = state.plan.find((one) => one.procedure === code);
  const opened = Object.values(state.procedures).find((one) => one.procedure === code)?.openedAt ?? null;
  const gates = (item?.gates ?? []).filter((gate) => !isOwnGate(gate));
  return gates.length === 0 ? [] : [{ holder: investor, from: state.openedAt, to: opened }];
}

function investorTime(attempt: ProcedureState): Holding[] {
  const ended = attempt.closed?.at ?? null;
  const held: Holding[] = [];
  const first = attempt.filings[0]?.at ?? attempt.receivedAt;
  // What starts from a prior decision needs no dossier, and the decision may be older than the attempt.
  const files =
    first === null ? attempt.startsFrom !== 'prior-decision' : Date.parse(first) >= Date.parse(attempt.openedAt);
  if (files) held.push({ holder: investor, from: attempt.openedAt, to: first ?? ended });
  for (const { requestedAt, answeredAt } of attempt.completions)
    held.push({ holder: investor, from: requestedAt, to: answeredAt ?? ended });
  for (const asked of attempt.supplements)
    // Asked by mistake and taken back: the file was the agency's all along.
    if (asked.suspends && asked.status !== 'withdrawn') held.push(askedTime(attempt, asked));
  for (const { requestedAt, receivedAt } of Object.values(attempt.payments))
    held.push({ holder: investor, from: requestedAt, to: receivedAt ?? ended });
  return held;
}

/** A refusal that the investor answers with a new attempt: the time between is theirs. */
const betweenAttempts = ({ closed }: ProcedureState, next: ProcedureState | undefined): Holding[] =>
  closed && next ? [{ holder: investor, from: closed.at, to: next.openedAt }] : [];

/**
 * Decree 96/2026/NĐ-CP, Art. 6.1e: only the time given to supplement or explain is the investor's. What follows the last day of it is the agency's, whoever
 * acts then; the handling of a violation is the authority's.
 */
function askedTime(
  { closed, handlingAgency: agency }: ProcedureState,
  { ground, requestedAt, endedAt, deadline }: SupplementState,
): Holding {
  const to = endedAt ?? closed?.at ?? null;
  if (ground === 'violation-handling') return { holder: { kind: 'violation', agency }, from: requestedAt, to };
  const lapse = deadline === null ? null : startOf(addDays(deadline, 1));
  const until = lapse !== null && (to === null || Date.parse(lapse) < Date.parse(to)) ? lapse : to;
  return { holder: investor, from: requestedAt, to: until };
}

/** A letter of apology is written beside the work: it holds nothing up. */
const taskTime = ({ tasks }: ProcedureState): Holding[] =>
  Object.values(tasks)
    .filter(({ kind }) => kind !== 'apology')
    .map(({ agency, openedAt, completedAt }) => ({
      holder: { kind: 'agency', agency },
      from: openedAt,
      to: completedAt,
    }));

/** An opinion is its agency's until it was given or silence stood for it; what silence means is the lead's, what contradicts itself the conference's. */
const consultationTime = (state: CaseState, { scope }: ProcedureState): Holding[] =>
  Object.values(state.consultations)
    .filter(({ procedureScope }) => procedureScope === scope)
    .flatMap(({ opinions, tasks, conference, openedAt, closedAt }): Holding[] => [
      ...Object.values(opinions).map(({ agency, answeredAt, lapsed, late }): Holding => {
        const to = (late ? lapsed?.at : answeredAt) ?? lapsed?.at ?? closedAt;
        return { holder: { kind: 'agency', agency }, from: openedAt, to };
      }),
      ...Object.values(tasks)
        .filter(({ kind }) => kind === 'silence')
        .map(({ agency, openedAt: from, completedAt: to }): Holding => ({
          holder: { kind: 'agency', agency },
          from,
          to,
        })),
      ...(conference ? sittingsOf(conference) : []).map(({ chair: agency, from, to }): Holding => ({
        holder: { kind: 'conference', agency },
        from,
        to: to ?? closedAt,
      })),
    ]);
