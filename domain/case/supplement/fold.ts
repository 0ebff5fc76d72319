import type { CaseEvent } from '../events.js';
import type { ProcedureState } from '../procedure/state.js';

/** What an event makes of the supplements of a procedure and of its clock, in place. */
export function foldSupplements(procedure: ProcedureState, event: CaseEvent): void {
  const at = event.occurredAt;
  const supplement = (id: string) => procedure.supplements.find((one) => one.requestId === id);
  switch (event.type) {
    case 'supplementRequested': {
      const { requestId, taskId, ground, items, deadline, suspends } = event.payload;
      procedure.supplements.push({
        requestId,
        taskId,
        ground,
        items,
        deadline,
        deadlineSince: at,
        suspends,
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
      Object.assign(asked, { status: 'answered', answeredAt: at, endedAt: at });
      procedure.filings.push({ at, documents: event.payload.documents });
      if (asked.suspends) procedure.ledger.push({ type: event.payload.restarts ? 'restart' : 'resume', at });
      return;
    }
    case 'supplementLapsed': {
      const asked = supplement(event.payload.requestId);
      if (asked) asked.status = 'lapsed';
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
      asked.status = event.payload.decision === 'continue' ? 'continued' : 'stopped';
      asked.endedAt = at;
      if (asked.suspends)
        procedure.ledger.push({ type: event.payload.decision === 'continue' ? 'resume' : 'stop', at });
      else if (event.payload.decision !== 'continue') procedure.ledger.push({ type: 'stop', at });
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
