import { holdersAt, holdingsOf } from '../case/procedure/holder.js';
import type { ProcedureState } from '../case/procedure/state.js';
import type { CaseState } from '../case/state.js';
import type { TaskState } from '../case/task/state.js';
import type { Law } from '../law/law.js';
import { countWorkingDays, ifPublished, isWorkingDay } from '../time/calendar.js';
import { addDays, dateOf, startOf, type Instant, type PlainDate } from '../time/instants.js';

/**
 * One piece of work in a procedure that is done, in working dates of its calendar (the start-of-day rule, docs/adr/0004). Dates that the investor had the file, or
 * on which a violation was handled, are in none of the figures.
 */
export interface StepFact {
  readonly scope: string;
  readonly procedure: string;
  /** The step, or the kind of work that is no step: `intake`, `opinion`. */
  readonly step: string;
  readonly agency: string;
  readonly openedOn: PlainDate;
  readonly endedOn: PlainDate;
  /** Nobody held it. */
  readonly waitingDays: number;
  /** Somebody held it. */
  readonly workingDays: number;
  /** Of the waiting ones, those on which nothing else of the procedure was in hand: what it would have saved to take it at once. */
  readonly aloneDays: number;
}

/** A clock that a clause of the law stopped, once it runs again. */
export interface ClauseFact {
  readonly procedure: string;
  readonly agency: string;
  readonly ground: string;
  /** As the definition of the procedure cites it; null: it cites none. */
  readonly clause: string | null;
  readonly on: PlainDate;
  readonly days: number;
}

/** What waited, and for how long, of every procedure of the case. Pure; the same whenever it is asked. */
export function stepFactsOf(state: CaseState, law: Law): StepFact[] {
  return Object.values(state.procedures).flatMap((procedure) => {
    const holdings = holdingsOf(state, procedure.procedure);
    const calendar = law.calendar(procedure.calendar);
    return tasksOf(state, procedure).flatMap((task) => {
      const { openedAt, claimedAt, completedAt, kind, step, agency } = task;
      if (completedAt === null) return [];
      const [openedOn, endedOn] = [dateOf(openedAt), dateOf(completedAt)];
      const taken = Date.parse(claimedAt ?? completedAt);
      const days = { waitingDays: 0, workingDays: 0, aloneDays: 0 };
      for (let day = addDays(openedOn, 1); day <= endedOn && day <= calendar.to; day = addDays(day, 1)) {
        if (!calendar.positions.has(day) || !isWorkingDay(calendar, day)) continue;
        const holders = holdersAt(holdings, startOf(day));
        if (holders[0].kind === 'investor' || holders[0].kind === 'violation') continue;
        if (taken <= Date.parse(startOf(day))) {
          days.workingDays += 1;
          continue;
        }
        days.waitingDays += 1;
        if (holders.length === 1) days.aloneDays += 1;
      }
      return [
        {
          scope: procedure.scope,
          procedure: procedure.procedure,
          step: step ?? kind,
          agency,
          openedOn,
          endedOn,
          ...days,
        },
      ];
    });
  });
}

/** Work that is done, of the procedure and of its consultations. A letter of apology is written beside the work. */
function tasksOf(state: CaseState, { scope, tasks }: ProcedureState): TaskState[] {
  const consultations = Object.values(state.consultations).filter(({ procedureScope }) => procedureScope === scope);
  return [tasks, ...consultations.map((one) => one.tasks)]
    .flatMap((all) => Object.values(all))
    .filter(({ status, kind }) => status === 'done' && kind !== 'apology');
}

/** Clocks that were stopped and run again, by the clause that lets them be stopped. Asked by mistake and taken back is none. */
export function clauseFactsOf(state: CaseState, law: Law): ClauseFact[] {
  return Object.values(state.procedures).flatMap((procedure) => {
    const calendar = law.calendar(procedure.calendar);
    const resolved = law.procedureVersion(procedure.procedure, procedure.version, state.facts);
    const daysOf = (from: Instant, to: Instant): number | undefined =>
      ifPublished(() => countWorkingDays(calendar, dateOf(from), dateOf(to)));
    return procedure.supplements.flatMap(({ suspends, status, ground, requestedAt, endedAt }) => {
      const days = suspends && status !== 'withdrawn' && endedAt !== null ? daysOf(requestedAt, endedAt) : undefined;
      if (days === undefined) return [];
      const clause = resolved.clockPolicy.suspensionGrounds.find((one) => one.ground === ground)?.legalBasis ?? null;
      const { procedure: code, handlingAgency: agency } = procedure;
      return [{ procedure: code, agency, ground, clause, on: dateOf(requestedAt), days }];
    });
  });
}
