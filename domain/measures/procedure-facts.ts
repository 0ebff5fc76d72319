import { factsBehind, type ProcedureState } from '../case/procedure/state.js';
import type { DossierDocument, ProcedureOutcome } from '../case/procedure/words.js';
import { readKnownTerm, readTerm, type Term, termsOf } from '../case/promise/terms.js';
import type { CaseState } from '../case/state.js';
import type { Law } from '../law/law.js';
import type { ResolvedProcedure } from '../law/procedure.js';
import { type Calendar, countWorkingDays, ifPublished } from '../time/calendar.js';
import { type Budget, type ClockEntry, effectiveEntries, walkLedger } from '../time/clock.js';
import { dateOf, type Instant, type PlainDate } from '../time/instants.js';
import { type Handling, handlingOf } from './automation.js';

export type TargetState = 'at-risk' | 'missed';

/** One attempt at a procedure in figures. Days are working dates of its own calendar, except `consumedDays` and the budgets (the budget's unit). */
export interface ProcedureFact {
  readonly scope: string;
  readonly procedure: string;
  readonly attempt: number;
  readonly version: string;
  readonly competentAgency: string;
  readonly agency: string;
  readonly cityControlled: boolean;
  readonly filedOn: PlainDate | null;
  readonly receivedOn: PlainDate | null;
  readonly decidedOn: PlainDate | null;
  readonly closedOn: PlainDate | null;
  readonly outcome: ProcedureOutcome | null;
  readonly budgetUnit: Budget['unit'];
  readonly statutoryDays: number;
  /** null where nothing shorter than the law was promised. */
  readonly promisedDays: number | null;
  readonly ambitionDays: number | null;
  readonly extensions: number;
  readonly supplements: number;
  /** While the clock runs, and where it was broken before the investor got the file back. */
  readonly dueDate: PlainDate | null;
  readonly breachedOn: PlainDate | null;
  readonly target30: TargetState | null;
  readonly target30Due: PlainDate | null;
  readonly target40: TargetState | null;
  readonly target40Due: PlainDate | null;
  /** From here on null until it is closed. Days the agency used of its term. */
  readonly consumedDays: number | null;
  /** Dates the agency held it, from the start of its clock to the end of its term. */
  readonly netDays: number | null;
  /** From the first filing to the end of the term, whoever held it. */
  readonly grossDays: number | null;
  readonly suspendedDays: number | null;
  /** Decided within the term; a breach counts as late however it ended; null: ended without a decision, and in time. */
  readonly onTime: boolean | null;
  /** The same without extensions, from the filing that proved valid, and with the days that a restart discarded. */
  readonly onTimeStrict: boolean | null;
  readonly within30: boolean | null;
  readonly within40: boolean | null;
  readonly stepsFull: number;
  readonly stepsAssisted: number;
  readonly stepsManual: number;
  /** Of decided ones, by the substantive steps that were done. */
  readonly handled: Handling | null;
  readonly doneByMachine: number;
  readonly doneAssisted: number;
  readonly doneByPerson: number;
  /** Documents that the definition asks for, and how many of them a register of the State gave. */
  readonly documents: number;
  readonly onceOnly: number;
  /** Through the portal; null where nothing was to be filed. */
  readonly filedOnline: boolean | null;
}

/** One attempt in figures. */
export function procedureFact(state: CaseState, procedure: ProcedureState, law: Law): ProcedureFact {
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const terms = termsOf(procedure);
  const { statutory, promised, ambition } = terms;
  const reading = readingOf(law, procedure, statutory);
  const automation = (level: string) => resolved.steps.filter((step) => step.automation === level).length;
  return {
    scope: procedure.scope,
    procedure: procedure.procedure,
    attempt: procedure.attempt,
    version: procedure.version,
    competentAgency: procedure.competentAgency,
    agency: procedure.handlingAgency,
    cityControlled: procedure.cityControlled,
    filedOn: dayOf(procedure.filings[0]?.at),
    receivedOn: dayOf(procedure.receivedAt),
    decidedOn: dayOf(procedure.decision?.at),
    closedOn: dayOf(procedure.closed?.at),
    outcome: procedure.closed?.outcome ?? null,
    budgetUnit: procedure.budget.unit,
    statutoryDays: procedure.budget.amount,
    promisedDays: procedure.promise ? promised.budget.amount : null,
    ambitionDays: procedure.promise ? ambition.budget.amount : null,
    extensions: procedure.extensions,
    supplements: procedure.supplements.length,
    dueDate: reading && reading.state !== 'stopped' ? reading.dueDate : null,
    breachedOn: reading?.breachedOn ?? null,
    ...targetOf('target30', procedure, law, promised),
    ...targetOf('target40', procedure, law, ambition),
    ...spent(procedure, law),
    onTime: inTime(law, procedure, statutory),
    onTimeStrict: inTime(law, procedure, { budget: procedure.budget, ledger: strictLedger(procedure) }),
    within30: procedure.promise ? inTime(law, procedure, promised) : null,
    within40: procedure.promise ? inTime(law, procedure, ambition) : null,
    stepsFull: automation('full'),
    stepsAssisted: automation('assisted'),
    stepsManual: automation('manual'),
    ...handlingOf(procedure, resolved, law),
    ...documentsOf(state, procedure, resolved),
  };
}

const dayOf = (at: Instant | null | undefined): PlainDate | null => (at ? dateOf(at) : null);

/** As the last entry of the ledger left it, as far as a calendar covers it; null before the start. */
export function readingOf(law: Law, { calendar, ledger }: ProcedureState, term: Term) {
  const last = ledger.at(-1);
  return last ? readKnownTerm(law.calendar(calendar), term, last.at) : null;
}

/** Where a promised term of an open procedure stands, by the events that said so; an extension lets an old warning lapse. */
function targetOf<N extends 'target30' | 'target40'>(
  name: N,
  procedure: ProcedureState,
  law: Law,
  term: Term,
): Record<N, TargetState | null> & Record<`${N}Due`, PlainDate | null> {
  const said = (event: string) => procedure.rungs.find((rung) => rung.startsWith(`${name}${event}@`))?.split('@')[1];
  const none = { [name]: null, [`${name}Due`]: null };
  const give = (found: object) => found as Record<N, TargetState | null> & Record<`${N}Due`, PlainDate | null>;
  if (!procedure.promise || procedure.closed || procedure.ledger.at(-1)?.type === 'stop') return give(none);
  const missed = said('Missed');
  if (missed !== undefined) return give({ [name]: 'missed', [`${name}Due`]: missed });
  const due = readingOf(law, procedure, term)?.dueDate;
  const warned = procedure.rungs.findLast((rung) => rung.startsWith(`${name}AtRisk@`))?.split('@')[1];
  if (warned === undefined || (due && due !== warned)) return give(none);
  return give({ [name]: 'at-risk', [`${name}Due`]: warned });
}

type Spent = Pick<ProcedureFact, 'consumedDays' | 'netDays' | 'grossDays' | 'suspendedDays'>;

/** Days of a procedure that was decided; whoever was never told anything has no processing time. */
function spent(procedure: ProcedureState, law: Law): Spent {
  const none = { consumedDays: null, netDays: null, grossDays: null, suspendedDays: null };
  const { ledger, decision, closed, budget } = procedure;
  const [start, stop] = [ledger[0], ledger.at(-1)];
  if (!decision || !closed || !start || stop?.type !== 'stop') return none;
  const calendar = law.calendar(procedure.calendar);
  const found = ifPublished((): Spent => {
    const { spans } = walkLedger(calendar, budget, ledger);
    const held = (holder: 'agency' | 'investor') =>
      spans
        .filter((span) => span.holder === holder)
        .reduce((sum, { after, through }) => sum + countWorkingDays(calendar, after, through ?? after), 0);
    return {
      consumedDays: readTerm(calendar, { budget, ledger }, stop.at).consumed,
      netDays: held('agency'),
      grossDays: daysSinceFiling(calendar, procedure, start.at, stop.at),
      suspendedDays: held('investor'),
    };
  });
  return found ?? none;
}

function daysSinceFiling(calendar: Calendar, { filings }: ProcedureState, start: Instant, stop: Instant): number {
  const filed = filings[0]?.at ?? start;
  const from = Date.parse(filed) < Date.parse(start) ? filed : start;
  return countWorkingDays(calendar, dateOf(from), dateOf(stop));
}

/** See `ProcedureFact.onTime`. */
function inTime(law: Law, procedure: ProcedureState, term: Term): boolean | null {
  if (!procedure.closed) return null;
  const reading = readingOf(law, procedure, term);
  if (reading === null) return null;
  if (reading.breachedOn !== null) return false;
  if (reading.countedThrough !== null) return null;
  return procedure.decision ? true : null;
}

/**
 * The ledger as the law reads it where it is hardest for the agency: from the filing that proved valid (Decree 96/2026/NĐ-CP, Art. 39.3) instead of the
 * receipt, without extensions, and where the term began anew, going on.
 */
function strictLedger({ ledger, filings, receivedAt, startsFrom }: ProcedureState): ClockEntry[] {
  const before = filings.filter(({ at }) => receivedAt !== null && Date.parse(at) <= Date.parse(receivedAt)).at(-1);
  return effectiveEntries(ledger).flatMap((entry): ClockEntry[] => {
    if (entry.type === 'extend') return [];
    if (entry.type === 'start' && startsFrom === 'valid-dossier') return [{ ...entry, at: before?.at ?? entry.at }];
    return [entry.type === 'restart' ? { ...entry, type: 'resume' } : entry];
  });
}

function documentsOf(
  { managed }: CaseState,
  { filings, extracts = {} }: ProcedureState,
  resolved: ResolvedProcedure,
): Pick<ProcedureFact, 'documents' | 'onceOnly' | 'filedOnline'> {
  const given = filings.flatMap((filing) => filing.documents);
  const fetched = ({ code, obtainedFrom }: DossierDocument): boolean => {
    const extract = extracts[code];
    // Filed before registers were asked: as it was marked then.
    return extract ? extract.obtained !== null && extract.paperAt === null : obtainedFrom !== null;
  };
  const onceOnly = new Set(given.filter(fetched).map(({ code }) => code));
  const uploaded = given.some(({ documentId }) => documentId !== null);
  return {
    documents: resolved.documents.length,
    onceOnly: onceOnly.size,
    // Imported history came from elsewhere.
    filedOnline: uploaded ? managed : null,
  };
}
