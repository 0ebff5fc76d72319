import type pg from 'pg';
import { type AgencyClient } from '../activities/agency-client.js';
import type { RegisterActivities } from '../activities/register.js';
import { rows } from '../db/pool.js';
import { type ScopeId } from '../domain/case/scope.js';
import { onBehalfOf } from '../ops/request-context.js';
import { inSpan, SpanKind, spanSince, traces } from '../ops/tracing.js';

/**
 * The same activities, each in a span of the trace of the request that its run heard of last. A span before it goes from the commit of what the run heard until
 * it asks: the way through mailbox, Signal and workflow task. Nothing of it stands in a history.
 */
export function tracedActivities(pool: pg.Pool, activities: RegisterActivities): RegisterActivities {
  const traced = async <T>(name: string, scope: ScopeId, heard: number, work: () => Promise<T>): Promise<T> => {
    const last = traces() ? await deliveryOf(pool, scope, heard) : undefined;
    if (!last) return work();
    return onBehalfOf(last.requestId, () => {
      const attributes = { 'workflow.id': scope, 'workflow.heard': heard };
      spanSince(new Date(last.at), `workflow ${last.kind}`, attributes);
      return inSpan(`activity ${name}`, attributes, work);
    });
  };
  return {
    loadScope: (input) => activities.loadScope(input),
    command: (input) => traced('command', input.scope, input.basedOn, () => activities.command(input)),
    turn: (input) => traced('turn', input.scope, input.basedOn, () => activities.turn(input)),
  };
}

/** The same client, each call in a span. */
export const tracedClient = (client: AgencyClient): AgencyClient => ({
  post: (call) => {
    const attributes = { 'agency.system': call.system, 'agency.correlation_id': call.correlationId };
    return inSpan(`POST ${call.system}`, attributes, () => client.post(call), SpanKind.CLIENT);
  },
});

/** Undefined where no request led to it: a clock did. */
async function deliveryOf(pool: pg.Pool, scope: ScopeId, seq: number) {
  const [found] = await rows<{ requestId: string; at: string; kind: string }>(
    pool,
    `select d.request_id as "requestId", e.recorded_at as at, s.kind
     from delivery d join case_event e on e.case_code = d.case_code and e.seq = d.seq join scope s on s.id = d.scope
     where d.scope = $1 and d.seq = $2 and d.request_id is not null`,
    [scope, seq],
    'traced-delivery',
  );
  return found;
}
