import type { CaseEvent, EventOf } from '../events.js';
import { enterLane } from '../lane/state.js';
import { latestAttempt } from '../procedure/state.js';
import { promiseBy } from '../promise/rules.js';
import type { CaseState } from '../state.js';
import { isUnknown, openFactQuestions } from './state.js';

/** What an event makes of the facts of the case, in place. */
export function foldFacts(state: CaseState, event: CaseEvent): void {
  switch (event.type) {
    case 'factsQuestioned': {
      const { questionId: id, ...asked } = event.payload;
      const proposes = asked.reason !== null && event.actor.kind === 'person';
      state.factQuestions[id] = {
        id,
        ...asked,
        by: proposes ? event.actor.id : null,
        askedAt: event.occurredAt,
        outcome: null,
        decidedAt: null,
        confirmed: null,
        decision: null,
        legalBasis: null,
      };
      return;
    }
    case 'factsKept': {
      const question = state.factQuestions[event.payload.questionId];
      const { reason: decision } = event.payload;
      if (question) Object.assign(question, { outcome: 'kept', decidedAt: event.occurredAt, decision });
      return;
    }
    case 'factsConfirmed':
      return foldConfirmed(state, event);
    default:
      return;
  }
}

function foldConfirmed(state: CaseState, { payload, occurredAt }: EventOf<'factsConfirmed'>): void {
  const { questionId, confirmed, reason: decision, legalBasis, laid, stated } = payload;
  const before = { facts: state.facts, plan: state.plan };
  const { lane, ...follows } = laid;
  Object.assign(state, follows, { statedFacts: stated });
  if (state.kind === 'green-lane' && state.lane !== lane) {
    enterLane(state, lane, occurredAt);
    for (const procedure of Object.values(state.procedures)) promiseBy(procedure, lane);
  }
  const planned = new Map(state.plan.map((item) => [item.procedure, item]));
  for (const procedure of Object.values(state.procedures)) {
    // What was begun goes on by the facts it was begun with.
    procedure.facts ??= before.facts;
    if (!procedure.closed) procedure.mandatory = planned.get(procedure.procedure)?.mandatory ?? false;
  }
  state.needless = [
    ...state.needless.filter(({ item }) => !planned.has(item.procedure)),
    ...before.plan
      .filter(({ procedure }) => !planned.has(procedure) && latestAttempt(state, procedure) !== undefined)
      .map((item) => ({ item, since: occurredAt })),
  ];
  const question = state.factQuestions[questionId];
  const decidedAt = occurredAt;
  if (question) Object.assign(question, { outcome: 'confirmed', decidedAt, confirmed, decision, legalBasis });
  for (const other of openFactQuestions(state)) {
    if (!isUnknown(other) || Object.keys(other.facts).some((attr) => !Object.hasOwn(confirmed, attr))) continue;
    Object.assign(other, { outcome: 'overtaken', decidedAt, confirmed });
  }
}
