import { expect } from 'vitest';
import type { CaseEvent, Delivery, EventOf } from '../../domain/case/events.js';
import { apply, emptyCase, foldCase } from '../../domain/case/fold.js';
import type { Law } from '../../domain/law/law.js';
import { procedureScopeOf, type ScopeId } from '../../domain/case/scope.js';
import { type CaseState } from '../../domain/case/state.js';
import { outlivesCase } from '../../domain/case/issued/outlives.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { factsBehind, type ProcedureState } from '../../domain/case/procedure/state.js';
import { ScopeView } from '../../engine/workflow/view.js';
import { readClock, viewLedger } from '../../domain/time/clock.js';
import { rungInstants } from '../../domain/time/ladder.js';
import { termsOf } from '../../domain/case/promise/terms.js';
import { predicateIds } from '../../domain/lane/evidence.js';
import { countedFor, measureCase } from '../../domain/measures/days.js';
import { laterOf, type Instant } from '../../domain/time/instants.js';
import { naiveRead } from '../domain/naive-clock.js';

/** What a register holds of one case, settled at `now`. */
export interface Kept {
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  readonly mailboxes: ReadonlyMap<ScopeId, readonly Delivery[]>;
  /** Hash by id of every text kept. */
  readonly texts: ReadonlyMap<string, string>;
  readonly law: Law;
  readonly now: Instant;
}

/** All that must be true of one case whatever was tried; throws with what is not. */
export function checkCase(kept: Kept): void {
  const { state, events } = kept;
  expect(state).toEqual(foldCase(state.code, events));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  for (const procedure of Object.values(state.procedures)) {
    if (procedure.ledger.length === 0) continue;
    checkClock(procedure, kept);
    checkLadder(procedure, kept);
  }
  checkRungs(events);
  checkTasks(kept);
  checkTexts(kept);
  checkMailboxes(kept);
  checkFigures(kept);
}

/** counted = consumed + suspended + discarded, as a clerk would count day by day. */
function checkClock({ scope, calendar: code, budget, ledger }: ProcedureState, { law, now }: Kept): void {
  const calendar = law.calendar(code);
  const last = ledger.at(-1)?.at ?? now;
  const asOf = ledger.at(-1)?.type === 'stop' ? last : laterOf(now, last);
  const { extendedAfterBreach, ...naive } = naiveRead(calendar.data, budget, ledger, asOf);
  const reading = readClock(calendar, budget, ledger, asOf);
  const { state, consumed, discarded, suspendedDays, dueDate, breachedOn } = reading;
  const read = { state, consumed, discarded, suspendedDays, dueDate, breachedOn };
  expect({ scope, ...read, extendedAfterBreach }).toEqual({ scope, ...naive, extendedAfterBreach: false });
}

/** Of the printed term: no rung that its ledger calls for is missing, and none came at another instant. */
function checkLadder(procedure: ProcedureState, { state, events, law, now }: Kept): void {
  const { scope, ledger, receivedAt } = procedure;
  const resolved = law.procedureVersion(procedure.procedure, procedure.version, factsBehind(state, procedure));
  const calendar = law.calendar(procedure.calendar);
  const { budget } = termsOf(procedure).printed;
  const ladder = resolved.ladder ?? law.settings.ladders.procedure;
  const fired = new Map<string, Instant>(
    events.flatMap((event) =>
      event.scope === scope && event.type === 'rungReached' && event.payload.clock === 'printed'
        ? [[`${event.payload.rung}@${event.payload.dueDate ?? ''}`, event.occurredAt] as const]
        : [],
    ),
  );
  for (const { rung, at, dueDate } of rungInstants(calendar, budget, viewLedger(calendar, budget, ledger), ladder)) {
    const due = receivedAt === null ? at : laterOf(at, receivedAt);
    const stopped = ledger.at(-1)?.type === 'stop' ? (ledger.at(-1)?.at ?? now) : now;
    const id = `${rung}@${dueDate ?? ''}`;
    const came = fired.get(id);
    if (came === undefined) {
      expect(`${scope} ${id} due ${due}`).toBe(
        Date.parse(due) < Date.parse(stopped) ? 'came' : `${scope} ${id} due ${due}`,
      );
    } else if (isLasting(procedure, came)) {
      expect([at, due].map((one) => `${scope} ${id} ${one}`)).toContain(`${scope} ${id} ${came}`);
    }
  }
}

/** Nothing that dates were counted from has changed since: no entry of the ledger, and no form 01 with another term. */
const isLasting = ({ ledger, receivedAt }: ProcedureState, since: Instant): boolean =>
  ledger.every(({ type, at }) => type === 'stop' || Date.parse(at) < Date.parse(since)) &&
  (receivedAt === null || Date.parse(receivedAt) < Date.parse(since));

const targets = ['target30AtRisk', 'target30Missed', 'target40AtRisk', 'target40Missed'] as const;
const isTarget = (event: CaseEvent): event is EventOf<(typeof targets)[number]> =>
  targets.some((type) => type === event.type);

/** Each rung and target once per due date, in the order of their instants. */
function checkRungs(events: readonly CaseEvent[]): void {
  const seen = new Set<string>();
  const last = new Map<string, Instant>();
  for (const event of events) {
    const [clock, rung] =
      event.type === 'rungReached'
        ? [event.payload.clock, `${event.payload.rung}@${event.payload.dueDate ?? ''}`]
        : isTarget(event)
          ? [event.type.slice(0, 8), `${event.type}@${event.payload.dueDate}`]
          : [undefined, ''];
    if (clock === undefined) continue;
    const id = `${event.scope} ${clock} ${rung}`;
    expect(seen, 'rung twice').not.toContain(id);
    seen.add(id);
    const before = last.get(`${event.scope} ${clock}`);
    if (before !== undefined && Date.parse(before) > Date.parse(event.occurredAt))
      expect(`${id} at ${event.occurredAt} after ${before}`).toBe('in order');
    last.set(`${event.scope} ${clock}`, event.occurredAt);
  }
}

/** No task is open in a scope that is over, and each that is closed was closed once. */
function checkTasks({ state, events }: Kept): void {
  const ends = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'taskCompleted' && event.type !== 'taskCancelled') continue;
    const { taskId } = event.payload;
    ends.set(taskId, (ends.get(taskId) ?? 0) + 1);
  }
  for (const task of allTasks(state)) {
    const { id, key, scope, status } = task;
    const isOver = status === 'done' || status === 'cancelled';
    expect(`${key} ${status} ended ${ends.get(id) ?? 0}`).toBe(`${key} ${status} ended ${isOver ? 1 : 0}`);
    // Work on an issued result outlives its case.
    if (!isOver && !outlivesCase(state, task) && scopeIsOver(state, task))
      expect(`${scope} ${key} is open`).toBe('closed with its scope');
  }
}

/** Who stayed silent may still answer until the decision, though the question is closed. */
function scopeIsOver(state: CaseState, { kind, scope }: TaskState): boolean {
  const procedure = state.procedures[procedureScopeOf(scope)];
  if (state.closed || procedure?.closed) return true;
  const late = kind === 'opinion' && !procedure?.decision;
  return Boolean(state.scopes[scope]?.closed) && !late;
}

/** Every sealed word is kept, and nothing is kept that no event speaks of. */
function checkTexts({ events, texts }: Kept): void {
  const spoken = new Map<string, string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isTextRef(value)) spoken.set(value.id, value.hash);
    for (const inner of Object.values(value)) look(inner);
  };
  for (const { payload } of events) look(payload);
  expect(spoken).toEqual(new Map(texts));
}

const isTextRef = (value: object): value is { id: string; hash: string } =>
  Object.keys(value).sort().join() === 'hash,id';

function checkMailboxes({ state, mailboxes }: Kept): void {
  for (const [scope, { lastSeq }] of Object.entries(state.scopes)) {
    const view = new ScopeView(emptyCase(state.code), apply);
    view.take([...(mailboxes.get(scope) ?? [])].reverse());
    expect([scope, view.seen, view.hasGap]).toEqual([scope, lastSeq, false]);
  }
}

/** Spans that sum to the whole, no reduction without a date that was saved on both sides, no green lane without evidence of each test. */
function checkFigures({ state, events, law, now }: Kept): void {
  if (state.kind === 'sandbox' || countedFor(state, state.milestone).length === 0) return;
  const asOf = laterOf(now, state.closed?.at ?? now);
  const { caseCalendar: calendar, commandedByCity } = law;
  const measures = measureCase({ state, calendar, commandedByCity, asOf });
  const { spans, workingDays, netDays, investorDays, centralDays, reduction } = measures;
  expect(spans.reduce((sum, span) => sum + span.workingDays, 0)).toBe(workingDays);
  expect(netDays + investorDays + centralDays).toBe(workingDays);
  if (reduction !== null && reduction > 0) {
    expect(measures.wholeDays).toBeLessThan(measures.baselineDays);
    expect(measures.cityDays).toBeLessThan(measures.cityBaselineDays ?? 0);
  }
  const filedGreen = events.some((event) => event.type === 'caseOpened' && event.payload.lane === 'green');
  if (state.lane === 'green' && !filedGreen)
    expect(state.laneFindings.map(({ verdict, basis }) => [verdict, basis === null])).toEqual(
      predicateIds.map(() => ['yes', false]),
    );
}
