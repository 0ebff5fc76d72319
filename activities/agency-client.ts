import CircuitBreaker from 'opossum';
import { type SystemCode, systemCodes } from '../domain/law/agency-systems.js';
import { Refusal, refuse } from '../domain/errors.js';

/** One request to a system: the correlation id is also the Idempotency-Key. */
export interface AgencyCall {
  readonly system: SystemCode;
  readonly path: string;
  readonly correlationId: string;
  readonly body: unknown;
  readonly signal?: AbortSignal;
}

export interface AgencyClient {
  /**
   * The parsed body of a 2xx answer. Refuses `AGENCY_UNAVAILABLE` (no answer, 5xx, 429, circuit open: may succeed later) or `AGENCY_REFUSED` (any
   * other status: will not).
   */
  post(call: AgencyCall): Promise<unknown>;
}

/** How one call ended: `left-alone` was never made, because the system had failed too often. */
export interface EndedCall {
  readonly system: SystemCode;
  readonly correlationId: string;
  readonly outcome: 'answered' | 'refused' | 'unavailable' | 'left-alone';
  readonly seconds: number;
}

interface AgencyClientOptions {
  readonly baseUrl: string;
  readonly token: string;
  /** Of one call. */
  readonly timeoutMs?: number;
  /** How long a system that failed too often is left alone. */
  readonly resetMs?: number;
  /** On behalf of which request a call is made: the other side is told it (`X-Request-Id`), so that both logs are found by it. */
  readonly requestId?: () => string | undefined;
  /** The span that a call is made in, for the other side's own (`traceparent`). */
  readonly traceparent?: () => string | undefined;
  /** Told of every call. Must not throw. */
  readonly ended?: (call: EndedCall) => void;
}

/** Speaks to the agency systems over HTTP, with one circuit breaker per system. */
export function createAgencyClient({
  baseUrl,
  token,
  timeoutMs = 8_000,
  resetMs = 5_000,
  requestId = () => undefined,
  traceparent = () => undefined,
  ended = () => undefined,
}: AgencyClientOptions): AgencyClient {
  const post = async ({ path, correlationId, body, signal }: AgencyCall): Promise<unknown> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    let response: Response;
    let text: string;
    const [request, span] = [requestId(), traceparent()];
    try {
      response = await fetch(`${baseUrl}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': correlationId,
          ...(request !== undefined && { 'x-request-id': request }),
          ...(span !== undefined && { traceparent: span }),
        },
        body: JSON.stringify(body),
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      text = await response.text();
    } catch (error) {
      return refuse('AGENCY_UNAVAILABLE', { cause: error instanceof Error ? error.name : 'unknown' });
    }
    const { status } = response;
    if (status >= 500 || status === 429 || status === 408) refuse('AGENCY_UNAVAILABLE', { status });
    if (!response.ok) refuse('AGENCY_REFUSED', { status });
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return refuse('AGENCY_ANSWER_INVALID', { status });
    }
  };
  const options = {
    timeout: false,
    errorThresholdPercentage: 50,
    volumeThreshold: 5,
    resetTimeout: resetMs,
    // A system that answers «no» is alive.
    errorFilter: (error: unknown) => error instanceof Refusal && error.code !== 'AGENCY_UNAVAILABLE',
  } as const;
  const breakers = new Map(
    systemCodes.map((system) => [system, new CircuitBreaker(post, { ...options, name: system })]),
  );
  return {
    async post(call) {
      const breaker = breakers.get(call.system);
      if (!breaker) throw new Error(`There is no system ${call.system}`);
      const begun = performance.now();
      const end = (outcome: EndedCall['outcome']) =>
        ended({
          system: call.system,
          correlationId: call.correlationId,
          outcome,
          seconds: (performance.now() - begun) / 1000,
        });
      try {
        const answer = await breaker.fire(call);
        end('answered');
        return answer;
      } catch (error) {
        if (error instanceof Error && CircuitBreaker.isOurError(error)) {
          end('left-alone');
          refuse('AGENCY_UNAVAILABLE', { circuit: 'open' });
        }
        end(error instanceof Refusal && error.code !== 'AGENCY_UNAVAILABLE' ? 'refused' : 'unavailable');
        throw error;
      }
    },
  };
}
