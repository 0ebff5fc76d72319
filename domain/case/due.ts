import type { Calendar } from '../time/calendar.js';
import { viewLedger, type Budget, type ClockEntry } from '../time/clock.js';
import { instantByDueDate, rungInstants, targetInstants, type Rung, type RungInstant } from '../time/ladder.js';
import { atRiskShare, termsOf, type Terms } from '../time/terms.js';
import { addDays, laterOf, startOf, type Instant } from '../time/instants.js';
import { draftApology } from './apology/rules.js';
import { addConsequences } from './consequences.js';
import { incur } from './duty/rules.js';
import type { Draft } from './draft.js';
import type { Law } from '../law/law.js';
import { dutyRungs, missedAt, recurrences } from './duty/owed.js';
import { caseScope, type ScopeId } from './scope.js';
import type { CaseState, ConsultationState, ProcedureState, SupplementState } from './state.js';
import { trialDues } from './trial/due.js';

interface Due {
  readonly at: Instant;
  readonly scope: ScopeId;
  settle(draft: Draft): void;
}

/**
 * Everything that will fall due in a case if nobody does anything, each with its computed instant. Of several at the same instant the first one
 * goes first: the rung that says a term was missed before the lapse that ends its clock.
 */
function* dues(state: CaseState, law: Law): Generator<Due> {
  yield* deferralsEnding(state);
  yield* dutyDues(state, law);
  for (const due of trialDues(state, law)) yield { ...due, scope: caseScope(state.code) };
  for (const procedure of Object.values(state.procedures)) {
    if (procedure.closed) continue;
    const { ledger } = procedure;
    if (ledger.length > 0 && ledger.at(-1)?.type !== 'stop') yield* clockDues(state, procedure, law);
    const calendar = law.calendar(procedure.calendar);
    for (const supplement of procedure.supplements) yield* supplementDues(procedure, supplement, calendar, law);
  }
  for (const consultation of Object.values(state.consultations)) {
    const procedure = state.procedures[consultation.procedureScope];
    if (consultation.closedAt !== null || procedure?.closed) continue;
    yield* opinionDues(consultation, !procedure?.decision, law);
    if (!procedure?.decision) yield* conferenceDues(consultation, law);
  }
}

/** A deferral until a date ends when that date begins. */
function* deferralsEnding({ code, closed, deferred }: CaseState): Generator<Due> {
  if (closed) return;
  const scope = caseScope(code);
  for (const [procedure, { until }] of Object.entries(deferred)) {
    if (until === null) continue;
    const at = startOf(until);
    yield { at, scope, settle: (draft) => draft.emit('procedureResumed', scope, { procedure }, at) };
  }
}

/** Duties outlive the case: their rungs, the day after their date, and the next time of those that come round. */
export function* dutyDues(state: CaseState, law: Law): Generator<Due> {
  const scope = caseScope(state.code);
  for (const duty of Object.values(state.duties)) {
    const { id, rungs, dueDate } = duty;
    for (const { rung, at, dueDate: date } of dutyRungs(law, state, duty)) {
      if (rungs.includes(`${rung}@${date ?? ''}`)) continue;
      const payload = { clock: `duty/${id}`, rung, dueDate: date };
      yield { at, scope, settle: (draft) => draft.emit('rungReached', scope, payload, at) };
    }
    const at = missedAt(duty);
    if (at === undefined || dueDate === null) continue;
    yield { at, scope, settle: (draft) => draft.emit('dutyMissed', scope, { duty: id, dueDate }, at) };
  }
  for (const { owed, id, at, dueDate } of recurrences(state, law)) {
    yield { at, scope, settle: (draft) => incur(draft, owed, id, dueDate, at) };
  }
}

/** Rungs of the printed term with the apology they call for, and the promised terms at risk and missed. */
function* clockDues(state: CaseState, procedure: ProcedureState, law: Law): Generator<Due> {
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, state.facts);
  const calendar = law.calendar(procedure.calendar);
  const terms = termsOf(resolved, procedure);
  const ladder = resolved.ladder ?? law.settings.ladders.procedure;
  yield* printedDues(procedure, terms, calendar, ladder);
  if (!procedure.promise) return;
  yield* targetDues(procedure, terms.promised, calendar, 'target30AtRisk', 'target30Missed');
  yield* targetDues(procedure, terms.ambition, calendar, 'target40AtRisk', 'target40Missed');
}

function* printedDues(
  procedure: ProcedureState,
  { printed }: Terms,
  calendar: Calendar,
  ladder: readonly Rung[],
): Generator<Due> {
  const { scope, rungs, receivedAt } = procedure;
  const { budget } = printed;
  const apology = lastBeforeDue(ladder);
  for (const one of rungInstants(calendar, budget, viewLedger(calendar, budget, printed.ledger), ladder)) {
    // What form 01 printed begins to hold with form 01.
    const at = receivedAt === null ? one.at : laterOf(one.at, receivedAt);
    const { rung, dueDate } = one;
    if (!rungs.includes(`${rung}@${dueDate ?? ''}`)) {
      yield {
        at,
        scope,
        settle: (draft) => draft.emit('rungReached', scope, { clock: 'printed', rung, dueDate }, at),
      };
    } else if (rung === apology && dueDate !== null && needsLetter(procedure, dueDate)) {
      yield { at, scope, settle: (draft) => draftApology(draft, draft.getProcedure(scope), dueDate, at) };
    }
  }
}

/** The rung with which the apology is drafted: the last one before the date. */
const lastBeforeDue = (ladder: readonly Rung[]): string | undefined =>
  ladder.flatMap((rung) => (rung.kind === 'before-due' ? [rung] : [])).sort((a, b) => a.workingDays - b.workingDays)[0]
    ?.code;

const needsLetter = ({ receivedAt, decision, apologies }: ProcedureState, dueDate: string): boolean =>
  receivedAt !== null && !decision && !apologies.some((letter) => letter.dueDate === dueDate && !letter.voided);

type TargetEvent = 'target30AtRisk' | 'target30Missed' | 'target40AtRisk' | 'target40Missed';

function* targetDues(
  { scope, rungs }: ProcedureState,
  { budget, ledger }: Terms['promised'],
  calendar: Calendar,
  atRisk: TargetEvent,
  missed: TargetEvent,
): Generator<Due> {
  const target = targetInstants(calendar, budget, viewLedger(calendar, budget, ledger), atRiskShare);
  if (!target) return;
  const { dueDate } = target;
  for (const [type, at] of [[atRisk, target.atRisk] as const, [missed, target.missed] as const]) {
    if (at === undefined || rungs.includes(`${type}@${dueDate}`)) continue;
    yield { at, scope, settle: (draft) => draft.emit(type, scope, { dueDate }, at) };
  }
}

function* supplementDues(
  { scope, rungs }: ProcedureState,
  { requestId, status, deadline, deadlineSince }: SupplementState,
  calendar: Calendar,
  law: Law,
): Generator<Due> {
  if (status !== 'asked' || deadline === null) return;
  const instants = law.settings.ladders.supplement.flatMap((rung): RungInstant[] => {
    const at = rung.kind === 'share' ? undefined : instantByDueDate(calendar, rung, deadline);
    return at === undefined ? [] : [{ rung: rung.code, at: laterOf(at, deadlineSince), dueDate: deadline }];
  });
  yield* rungDues(scope, `supplement/${requestId}`, rungs, instants);
  const at = startOf(addDays(deadline, 1));
  yield { at, scope, settle: (draft) => draft.emit('supplementLapsed', scope, { requestId }, at) };
}

function* opinionDues(consultation: ConsultationState, ladder: boolean, law: Law): Generator<Due> {
  const { scope, calendar, rungs } = consultation;
  // All were asked at once: who has the same days has the same instants.
  const byBudget = new Map<string, RungInstant[]>();
  const instantsOf = (budget: Budget): RungInstant[] => {
    const key = `${budget.amount} ${budget.unit}`;
    const own = plainClock(consultation, consultation.openedAt);
    const instants =
      byBudget.get(key) ?? rungInstants(law.calendar(calendar), budget, own, law.settings.ladders.opinion);
    byBudget.set(key, instants);
    return instants;
  };
  for (const { agency, status, budget, dueDate, legalEffect, handling } of Object.values(consultation.opinions)) {
    if (status !== 'asked') continue;
    if (ladder) yield* rungDues(scope, `opinion/${agency}`, rungs, instantsOf(budget));
    const at = startOf(addDays(dueDate, 1));
    yield { at, scope, settle: (draft) => draft.emit('opinionLapsed', scope, { agency, legalEffect, handling }, at) };
  }
}

function* conferenceDues(consultation: ConsultationState, law: Law): Generator<Due> {
  const { scope, conference, calendar, rungs } = consultation;
  if (!conference || conference.decidedAt !== null) return;
  const budget: Budget = conference.budget;
  const own = plainClock(consultation, conference.openedAt);
  yield* rungDues(
    scope,
    'conference',
    rungs,
    rungInstants(law.calendar(calendar), budget, own, law.settings.ladders.conference),
  );
}

/** A clock that only starts, and that a new calendar may have moved since. */
function plainClock({ redatedAt }: ConsultationState, since: Instant): ClockEntry[] {
  const start: ClockEntry = { type: 'start', at: since };
  const redated = redatedAt !== null && Date.parse(redatedAt) >= Date.parse(since);
  return redated ? [start, { type: 'redate', at: redatedAt }] : [start];
}

/** The rungs of one of the clocks beside the printed one that have not fired yet. */
export function* rungDues(
  scope: ScopeId,
  clock: string,
  fired: readonly string[],
  instants: readonly RungInstant[],
): Generator<Due> {
  for (const { rung, at, dueDate } of instants) {
    if (fired.includes(`${clock}/${rung}@${dueDate ?? ''}`)) continue;
    yield { at, scope, settle: (draft) => draft.emit('rungReached', scope, { clock, rung, dueDate }, at) };
  }
}

/**
 * «Due first»: records what fell due by `until`, in the order of the computed instants and dated by them, however late the machine is.
 * Each thing once: its event changes what is due.
 */
export function settleDue(draft: Draft, until: Instant = draft.now): void {
  const limit = Date.parse(until);
  draft.as({ kind: 'clock' }, () => {
    for (;;) {
      let first: Due | undefined;
      for (const due of dues(draft.state, draft.law)) {
        if (Date.parse(due.at) > limit) continue;
        if (!first || Date.parse(due.at) < Date.parse(first.at)) first = due;
      }
      if (!first) return;
      const seen = draft.events.length;
      first.settle(draft);
      addConsequences(draft, seen, first.at);
    }
  });
}

/** Where something falls due before that instant. */
export function scopesDueBefore(state: CaseState, law: Law, at: Instant): Set<ScopeId> {
  const found = new Set<ScopeId>();
  for (const due of dues(state, law)) if (Date.parse(due.at) < Date.parse(at)) found.add(due.scope);
  return found;
}

/**
 * The next instant at which a duty matters though no workflow looks after it any more: of a closed case, or of one that has none. null otherwise.
 */
export function nextDutyInstant(state: CaseState, law: Law): Instant | null {
  if (!state.managed || state.scopes[caseScope(state.code)]?.closed !== true) return null;
  let next: Instant | null = null;
  for (const { at } of dutyDues(state, law)) if (next === null || Date.parse(at) < Date.parse(next)) next = at;
  return next;
}

/** The next instant that matters in each open scope; null where nothing lies ahead. The register wakes a scope whose instant is past. */
export function nextInstants(state: CaseState, law: Law): Record<ScopeId, Instant | null> {
  const next: Record<ScopeId, Instant | null> = {};
  for (const [scope, { closed }] of Object.entries(state.scopes)) if (!closed) next[scope] = null;
  for (const { scope, at } of dues(state, law)) {
    const known = next[scope];
    if (known === undefined) continue;
    if (known === null || Date.parse(at) < Date.parse(known)) next[scope] = at;
  }
  return next;
}
