import { lookupPath, type LookupKind } from '../domain/law/agency-systems.js';
import { type LookupAnswer, type LookupSubject, parseLookupAnswer } from '../domain/schemas/agency-messages.js';
import { type Instant } from '../domain/time/instants.js';
import { currentRequest } from '../ops/request-context.js';

/** Registers of the State, asked before there is a case. */
export interface RegisterLookups {
  /** Undefined where the register gives no sound answer in time: then the investor is asked. The same `correlationId` is the same question. */
  ask<K extends LookupKind>(
    kind: K,
    question: { readonly correlationId: string; readonly askedAt: Instant; readonly subject: LookupSubject<K> },
  ): Promise<LookupAnswer<K> | undefined>;
}

interface Options {
  readonly baseUrl: string;
  readonly token: string;
  /** Of one question: somebody waits in front of the form. */
  readonly timeoutMs?: number;
}

/** What a question names in place of a case. */
const noCase = 'known-facts';

export function createRegisterLookups({ baseUrl, token, timeoutMs = 2_000 }: Options): RegisterLookups {
  return {
    async ask(kind, { correlationId, askedAt, subject }) {
      const request = currentRequest();
      try {
        const response = await fetch(`${baseUrl}${lookupPath(kind)}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'idempotency-key': correlationId,
            ...(request !== undefined && { 'x-request-id': request }),
          },
          body: JSON.stringify({ correlationId, caseCode: noCase, procedure: null, askedAt, subject }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const body: unknown = await response.json();
        return response.ok ? parseLookupAnswer(kind, body) : undefined;
      } catch {
        // Away, too slow, or not as agreed: to the form it is all the same.
        return undefined;
      }
    },
  };
}
