import type { CaseEvent } from '../events.js';
import { lapsed } from '../../time/clock.js';
import type { ProcedureState } from '../procedure/state.js';

/** What an event makes of the supplements of a procedure and of its clock, in place. */
export function foldSupplements(procedure: ProcedureState, event: CaseEvent): void {
  const at = event.occurredAt;
  const supplement = (id: string) => procedure.supplements.find((one) => one.requestId === id);
  switch (event.type) {
    case 'supplementRequested': {
      const { requestId, taskId, ground, items, deadline, suspends, decision, reviewOn } = event.payload;
      procedure.supplements.push({
        requestId,
        taskId,
        ground,
        items,
        deadline,
        deadlineSince: at,
        suspends,
        decision: decision ?? null,
        reviewOn: reviewOn ?? null,
        extensions: 0,
        requestedAt: at,
        status: 'asked',
        answeredAt: null,
        endedAt: null,
      });
      if (suspends) procedure.ledger.push({ type: 'suspend', at, ground });
      return;
    }
    case 'supplementAnswered': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      const held = asked.endedAt !== null;
      Object.assign(asked, { status: 'answered', answeredAt: at, endedAt: asked.endedAt ?? at });
      procedure.filings.push({ at, documents: event.payload.documents });
      const restarts = event.payload.restarts === true;
      // Late, when the agency's clock runs again already: only a term that begins anew notices.
      if (asked.suspends && held && restarts) procedure.ledger.push({ type: 'suspend', at, ground: asked.ground });
      if (asked.suspends && (!held || restarts)) procedure.ledger.push({ type: restarts ? 'restart' : 'resume', at });
      return;
    }
    case 'supplementLapsed': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      asked.status = 'lapsed';
      if (event.payload.resumes !== true) return;
      asked.endedAt = at;
      procedure.ledger.push({ type: 'resume', at, ground: lapsed });
      return;
    }
    case 'supplementWithdrawn': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      Object.assign(asked, { status: 'withdrawn', endedAt: at });
      if (asked.suspends) procedure.ledger.push({ type: 'annul-suspension', at, ground: asked.ground });
      return;
    }
    case 'violationReviewed': {
      const asked = supplement(event.payload.requestId);
      if (asked) asked.reviewOn = event.payload.reviewOn;
      return;
    }
    case 'violationHandled': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      Object.assign(asked, { status: 'handled', reviewOn: null, endedAt: at });
      procedure.ledger.push({ type: 'resume', at, ground: asked.ground });
      return;
    }
    case 'supplementExtended': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      asked.deadline = event.payload.deadline;
      asked.deadlineSince = at;
      asked.extensions += 1;
      return;
    }
    case 'lapseDecided': {
      const asked = supplement(event.payload.requestId);
      if (!asked) return;
      const stands = asked.suspends && asked.endedAt === null;
      asked.status = event.payload.decision === 'continue' ? 'continued' : 'stopped';
      asked.endedAt ??= at;
      if (event.payload.decision !== 'continue') procedure.ledger.push({ type: 'stop', at });
      else if (stands) procedure.ledger.push({ type: 'resume', at });
      return;
    }
    case 'clocksRedated':
      for (const { clock, to } of event.payload.moved) {
        const asked = clock.startsWith('supplement/') ? supplement(clock.slice('supplement/'.length)) : undefined;
        if (asked) Object.assign(asked, { deadline: to, deadlineSince: at });
      }
      return;
    default:
      return;
  }
}
