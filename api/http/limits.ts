import { type Request, type RequestHandler } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import { Refusal, refuse } from '../../domain/errors.js';

/** One caller's address; of IPv6 the network that one subscriber has. */
export const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '');

export interface AddressLimiter {
  readonly limit: RequestHandler;
  /** Counts a request that `limit` let pass uncounted. */
  readonly charge: (request: Request) => Promise<void>;
}

/**
 * So many requests per address and minute of real time, then RATE_LIMITED with Retry-After. Counted in this process. `except`: what is counted elsewhere, or
 * charged once it turns out that it is not.
 */
export function addressLimiter(perMinute: number, except: (request: Request) => boolean = () => false): AddressLimiter {
  const store = new MemoryStore();
  const limit = rateLimit({
    store,
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: except,
    keyGenerator: addressOf,
    handler: (_request, _response, next) => next(new Refusal('RATE_LIMITED')),
  });
  return {
    limit,
    charge: async (request) => {
      const { totalHits, resetTime } = await store.increment(addressOf(request));
      const left = resetTime === undefined ? 60 : Math.ceil((resetTime.getTime() - Date.now()) / 1000);
      if (totalHits > perMinute) refuse('RATE_LIMITED', { retryAfter: Math.max(1, left) });
    },
  };
}

/** Requests of one caller in this process, by the minute. */
export interface PersonLimiter {
  /** Counts one request of a person; refuses RATE_LIMITED with the seconds until the minute is over. */
  count(person: string): void;
}

/** So many requests per person and minute of real time, whatever their address: whoever shares one does not share what is left. */
export function personLimiter(perMinute: number, now: () => number = Date.now): PersonLimiter {
  let minute = 0;
  let counts = new Map<string, number>();
  return {
    count: (person) => {
      const at = now();
      const current = Math.floor(at / 60_000);
      if (current !== minute) [minute, counts] = [current, new Map()];
      const used = (counts.get(person) ?? 0) + 1;
      counts.set(person, used);
      if (used > perMinute) refuse('RATE_LIMITED', { retryAfter: Math.ceil(((current + 1) * 60_000 - at) / 1000) });
    },
  };
}
