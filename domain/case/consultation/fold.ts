import type { CaseEvent, EventOf } from '../events.js';
import { procedureScopeOf } from '../scope.js';
import type { CaseState } from '../state.js';
import type { ConsultationState, OpinionState } from './state.js';
import { taskOfClock } from '../task/keys.js';
import { rungKey } from '../../time/ladder.js';

/** A consultation as it begins. */
export function openedConsultation(event: EventOf<'consultationOpened'>, state: CaseState): ConsultationState {
  const procedureScope = procedureScopeOf(event.scope);
  return {
    scope: event.scope,
    procedureScope,
    step: event.payload.step,
    n: event.payload.n,
    lead: event.payload.lead,
    openedAt: event.occurredAt,
    calendar: state.procedures[procedureScope]?.calendar ?? 'vn-state',
    opinions: Object.fromEntries(
      event.payload.opinions.map((asked) => [
        asked.agency,
        {
          ...asked,
          status: 'asked',
          requestId: null,
          called: event.payload.calls?.includes(asked.agency) ?? false,
          failed: false,
          position: null,
          conditions: [],
          legalBasis: null,
          late: false,
          answeredAt: null,
          lapsed: null,
          decision: null,
          messageIds: [],
          ...carriedOpinion(event, asked.agency),
        },
      ]),
    ),
    conference: null,
    rungs: [],
    redatedAt: null,
    redated: 0,
    reopenings: [],
    reopenedAt: null,
    tasks: {},
    closedAt: null,
  };
}

/** What stands of an earlier round counts from the beginning. */
function carriedOpinion(event: EventOf<'consultationOpened'>, agency: string): Partial<OpinionState> {
  const carried = event.payload.carried?.find((one) => one.agency === agency);
  if (!carried) return {};
  const { agency: _agency, ...stands } = carried;
  return stands;
}

/** What an event of a consultation makes of it, in place. */
export function foldConsultation(consultation: ConsultationState, event: CaseEvent): void {
  switch (event.type) {
    case 'opinionRequested': {
      const opinion = consultation.opinions[event.payload.agency];
      if (opinion) opinion.requestId = event.payload.requestId;
      return;
    }
    case 'opinionRequestFailed': {
      const opinion = consultation.opinions[event.payload.agency];
      if (opinion) opinion.failed = true;
      return;
    }
    case 'opinionGiven': {
      const opinion = consultation.opinions[event.payload.agency];
      if (!opinion) return;
      const { position, conditions, legalBasis, late, messageId } = event.payload;
      if (messageId !== null) opinion.messageIds.push(messageId);
      // A late opinion is kept beside what silence had made of it; only the lead may reopen.
      if (!late) opinion.status = 'given';
      Object.assign(opinion, { position, conditions, legalBasis, late, answeredAt: event.occurredAt });
      if (event.payload.content) opinion.content = event.payload.content;
      return;
    }
    case 'opinionLapsed': {
      const opinion = consultation.opinions[event.payload.agency];
      if (!opinion) return;
      const { legalEffect, handling } = event.payload;
      opinion.lapsed = { at: event.occurredAt, legalEffect, handling };
      opinion.status = handling === 'escalate' ? 'escalated' : 'lapsed';
      return;
    }
    case 'silenceDecided': {
      const opinion = consultation.opinions[event.payload.agency];
      if (!opinion) return;
      opinion.status = 'decided';
      opinion.decision = event.payload.decision;
      return;
    }
    case 'conferenceOpened': {
      const { issues, chair, chairIsParty, budget, dueDate } = event.payload;
      const { statements, referred } = consultation.conference ?? {};
      // A late answer that is weighed meanwhile adds to its agenda, not to its time.
      const openedAt = consultation.conference?.openedAt ?? event.occurredAt;
      consultation.conference = {
        issues,
        chair,
        ...(chairIsParty && { chairIsParty }),
        ...(statements && { statements }),
        ...(referred && { referred }),
        budget,
        dueDate,
        openedAt,
        resolutions: [],
        dissent: [],
        reason: null,
        decidedAt: null,
      };
      return;
    }
    case 'statementGiven': {
      const { agency, attendance, statement, dissent } = event.payload;
      const { conference } = consultation;
      if (conference) (conference.statements ??= {})[agency] = { at: event.occurredAt, attendance, statement, dissent };
      return;
    }
    case 'conferenceReferred': {
      const { to, budget, dueDate, reason } = event.payload;
      const { conference } = consultation;
      if (!conference) return;
      conference.referred = { from: conference.chair, at: event.occurredAt, reason };
      Object.assign(conference, { chair: to, budget, dueDate });
      return;
    }
    case 'conferenceDecided': {
      const { resolutions, dissent, reason } = event.payload;
      if (consultation.conference)
        Object.assign(consultation.conference, { resolutions, dissent, reason, decidedAt: event.occurredAt });
      return;
    }
    case 'consultationReopened': {
      const { agency, reason } = event.payload;
      consultation.reopenings.push({ agency, at: event.occurredAt, reason });
      const opinion = consultation.opinions[agency];
      if (consultation.closedAt !== null) consultation.reopenedAt = event.occurredAt;
      else if (opinion) opinion.status = 'given';
      return;
    }
    case 'rungReached': {
      const { clock, rung, dueDate } = event.payload;
      if (taskOfClock(clock) !== undefined) return;
      consultation.rungs.push(rungKey(rung, dueDate, clock));
      return;
    }
    case 'clocksRedated':
      consultation.redatedAt = event.occurredAt;
      consultation.redated = event.payload.version;
      for (const { clock, to } of event.payload.moved) {
        if (clock === 'conference' && consultation.conference) consultation.conference.dueDate = to;
        const opinion = clock.startsWith('opinion/')
          ? consultation.opinions[clock.slice('opinion/'.length)]
          : undefined;
        if (opinion) opinion.dueDate = to;
      }
      return;
    case 'consultationClosed':
      consultation.closedAt = event.occurredAt;
      return;
    default:
      return;
  }
}
