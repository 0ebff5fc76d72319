import { isOwnGate } from '../case/procedure/progress.js';
import type { CaseState } from '../case/state.js';
import type { ProcedureState } from '../case/procedure/state.js';
import type { SupplementState } from '../case/supplement/state.js';
import { addDays, startOf, type Instant } from '../time/instants.js';

/**
 * Whose days they are. `system`: the engine itself, between a result and what it releases. `central`: a body the City does not command. `conference`: the City's
 * days, too, spent on settling opinions that contradict each other. `violation`: a violation is being handled, which is the authority's time.
 */
export type HolderClass = 'city' | 'central' | 'investor' | 'conference' | 'violation' | 'system';

/** Something that occupied a holder: from an instant until another (null = still). */
export interface Occupation {
  readonly holder: string;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** A holder is an agency, or one of the classes that are nobody's desk. */
export function classOf(holder: string, commandedByCity: (agency: string) => boolean): HolderClass {
  if (holder === 'investor' || holder === 'conference' || holder === 'violation' || holder === 'system') return holder;
  return commandedByCity(holder) ? 'city' : 'central';
}

/**
 * The investor comes first: while something is asked of them nobody else can end it; then the handling of a violation. Else whoever is busy longest decides
 * the end.
 */
export function holderAt(occupations: readonly Occupation[], at: Instant): string {
  const instant = Date.parse(at);
  const ends = ({ to }: Occupation) => (to === null ? Number.POSITIVE_INFINITY : Date.parse(to));
  const busy = occupations.filter((one) => Date.parse(one.from) <= instant && ends(one) > instant);
  for (const first of ['investor', 'violation']) if (busy.some((one) => one.holder === first)) return first;
  let longest: Occupation | undefined;
  for (const one of busy) if (!longest || ends(one) > ends(longest)) longest = one;
  return longest?.holder ?? 'system';
}

/** Everybody who was busy with a procedure, in all its attempts. */
export function occupationsOf(state: CaseState, code: string): Occupation[] {
  const attempts = Object.values(state.procedures).filter((one) => one.procedure === code);
  if (attempts.length === 0) return waitingForGates(state, code);
  return [
    ...waitingForGates(state, code),
    ...attempts.flatMap((attempt, i) => [
      ...investorTime(attempt, attempts[i + 1]),
      ...agencyTime(attempt),
      ...opinionTime(state, attempt),
      ...conferenceTime(state, attempt),
    ]),
  ];
}

/** From the result a procedure waits for until the investor brought about what the law asks first, such as the deposit. */
function waitingForGates(state: CaseState, code: string): Occupation[] {
  const item = state.plan.find((one) => one.procedure === code);
  const opened = Object.values(state.procedures).find((one) => one.procedure === code)?.openedAt ?? null;
  const gates = (item?.gates ?? []).filter((gate) => !isOwnGate(gate));
  if (gates.length === 0) return [];
  return [{ holder: 'investor', from: state.openedAt, to: opened }];
}

function investorTime(attempt: ProcedureState, next: ProcedureState | undefined): Occupation[] {
  const ended = attempt.closed?.at ?? null;
  const held: Occupation[] = [];
  const first = attempt.filings[0]?.at ?? attempt.receivedAt;
  // A prior decision may be older than the attempt that starts from it.
  if (first === null || Date.parse(first) >= Date.parse(attempt.openedAt))
    held.push({ holder: 'investor', from: attempt.openedAt, to: first ?? ended });
  for (const { requestedAt, answeredAt } of attempt.completions)
    held.push({ holder: 'investor', from: requestedAt, to: answeredAt ?? ended });
  for (const asked of attempt.supplements) if (asked.suspends) held.push(...askedTime(asked, ended));
  for (const { requestedAt, receivedAt } of Object.values(attempt.payments)) {
    held.push({ holder: 'investor', from: requestedAt, to: receivedAt ?? ended });
  }
  // A refusal that the investor answers with a new attempt: the time between is theirs.
  if (attempt.closed && next) held.push({ holder: 'investor', from: attempt.closed.at, to: next.openedAt });
  return held;
}

/**
 * Decree 96/2026/NĐ-CP, Art. 6.1e: only the time given to supplement or explain is the investor's. What follows the last day of it is the agency's, whoever
 * acts then; the handling of a violation is the authority's.
 */
function askedTime({ ground, requestedAt, endedAt, deadline }: SupplementState, ended: Instant | null): Occupation[] {
  const to = endedAt ?? ended;
  if (ground === 'violation-handling') return [{ holder: 'violation', from: requestedAt, to }];
  const lapse = deadline === null ? null : startOf(addDays(deadline, 1));
  const until = lapse !== null && (to === null || Date.parse(lapse) < Date.parse(to)) ? lapse : to;
  return [{ holder: 'investor', from: requestedAt, to: until }];
}

/** A letter of apology is written beside the work: it holds nothing up. */
const agencyTime = (attempt: ProcedureState): Occupation[] =>
  Object.values(attempt.tasks)
    .filter(({ kind }) => kind !== 'apology')
    .map((task) => ({ holder: task.agency, from: task.openedAt, to: task.completedAt }));

/** An opinion occupies its agency until it was given or silence stood for it. */
const opinionTime = (state: CaseState, attempt: ProcedureState): Occupation[] =>
  Object.values(state.consultations)
    .filter((consultation) => consultation.procedureScope === attempt.scope)
    .flatMap((consultation) => [
      ...Object.values(consultation.opinions).map(({ agency, answeredAt, lapsed, late }) => ({
        holder: agency,
        from: consultation.openedAt,
        to: (late ? lapsed?.at : answeredAt) ?? lapsed?.at ?? null,
      })),
      ...Object.values(consultation.tasks)
        .filter((task) => task.kind === 'silence')
        .map((task) => ({ holder: task.agency, from: task.openedAt, to: task.completedAt })),
    ]);

const conferenceTime = (state: CaseState, attempt: ProcedureState): Occupation[] =>
  Object.values(state.consultations).flatMap(({ procedureScope, conference, closedAt }) =>
    conference && procedureScope === attempt.scope
      ? [{ holder: 'conference', from: conference.openedAt, to: conference.decidedAt ?? closedAt }]
      : [],
  );
