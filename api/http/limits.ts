import { type Request, type RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { type Counted, type CountedByAll } from '../../db/people/request-counts.js';
import { Refusal, refuse } from '../../domain/errors.js';

/** One caller's address; of IPv6 the network that one subscriber has. */
export const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '');

/** How several processes count together. */
export interface SharedCounts {
  add(counted: readonly Counted[]): Promise<readonly CountedByAll[]>;
  /** Told where it failed: until it works again each process counts for itself. */
  failed(error: unknown): void;
}

interface CounterOptions {
  /** Tells this count from others. */
  readonly name: string;
  readonly perMinute: number;
  /** Left out: this process counts alone. */
  readonly shared?: SharedCounts | undefined;
  /** Milliseconds of real time. */
  readonly now?: () => number;
}

interface Minute {
  /** Counted here, and how much of it the others know. */
  used: number;
  told: number;
  elsewhere: number;
  until: number;
}

const minuteMs = 60_000;
/** What comes meanwhile is told together; so much later the others know of it. */
const tellAfterMs = 200;
/** Who sends less than this part of what they may is nobody's concern elsewhere. */
const heavyPart = 10;

/** Counts requests of each caller for a minute from its first one, together with the other processes where they share. */
function createCounter({ name, perMinute, shared, now = Date.now }: CounterOptions) {
  const minutes = new Map<string, Minute>();
  let tidyAt = 0;
  let telling = false;

  const tell = async (together: SharedCounts): Promise<void> => {
    telling = false;
    const heavy = [...minutes].filter(([, { used, told }]) => used > told && used * heavyPart >= perMinute);
    const sent = new Map(
      heavy.map(([caller, minute]) => [`${name} ${caller}`, { minute, count: minute.used - minute.told }]),
    );
    for (const { minute } of sent.values()) minute.told = minute.used;
    try {
      const answers = await together.add([...sent].map(([caller, { count }]) => ({ caller, count })));
      for (const { caller, total, leftMs } of answers) {
        const minute = sent.get(caller)?.minute;
        if (minute === undefined) continue;
        minute.elsewhere = Math.max(0, total - minute.told);
        minute.until = now() + leftMs;
      }
    } catch (error) {
      for (const { minute, count } of sent.values()) minute.told -= count;
      together.failed(error);
    }
  };
  const tidy = (at: number): void => {
    if (at < tidyAt) return;
    tidyAt = at + minuteMs;
    for (const [caller, { until }] of minutes) if (until <= at) minutes.delete(caller);
  };

  return {
    /** One request more; how many there were in this minute, and how long it goes on. */
    count(caller: string): { readonly total: number; readonly leftMs: number } {
      const at = now();
      tidy(at);
      let minute = minutes.get(caller);
      if (minute === undefined || minute.until <= at) {
        minute = { used: 0, told: 0, elsewhere: 0, until: at + minuteMs };
        minutes.set(caller, minute);
      }
      minute.used += 1;
      if (shared && !telling && minute.used * heavyPart >= perMinute) {
        telling = true;
        setTimeout(() => void tell(shared), tellAfterMs).unref();
      }
      return { total: minute.used + minute.elsewhere, leftMs: minute.until - at };
    },
  };
}

const retryAfter = (leftMs: number): number => Math.max(1, Math.ceil(leftMs / 1000));

export interface AddressLimiter {
  readonly limit: RequestHandler;
  /** Counts a request that `limit` let pass uncounted. */
  readonly charge: (request: Request) => void;
}

/**
 * So many requests per address and minute of real time, then RATE_LIMITED with Retry-After. `except`: what is counted elsewhere, or charged once it turns out that it
 * is not.
 */
export function addressLimiter(
  options: CounterOptions & { readonly except?: (request: Request) => boolean },
): AddressLimiter {
  const { perMinute, except = () => false } = options;
  const counter = createCounter(options);
  const store: Store = {
    // Under the names of the counter they are nobody else's.
    localKeys: true,
    increment: (address) => {
      const { total, leftMs } = counter.count(address);
      return { totalHits: total, resetTime: new Date(Date.now() + leftMs) };
    },
    // Nothing is ever taken back.
    decrement: () => undefined,
    resetKey: () => undefined,
  };
  const limit = rateLimit({
    store,
    windowMs: minuteMs,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: except,
    keyGenerator: addressOf,
    handler: (_request, _response, next) => next(new Refusal('RATE_LIMITED')),
  });
  return {
    limit,
    charge: (request) => {
      const { total, leftMs } = counter.count(addressOf(request));
      if (total > perMinute) refuse('RATE_LIMITED', { retryAfter: retryAfter(leftMs) });
    },
  };
}

/** Requests of one caller, by the minute. */
export interface PersonLimiter {
  /** Counts one request of a person; refuses RATE_LIMITED with the seconds until the minute is over. */
  count(person: string): void;
}

/** So many requests per person and minute of real time, whatever their address: whoever shares one does not share what is left. */
export function personLimiter(options: CounterOptions): PersonLimiter {
  const counter = createCounter(options);
  return {
    count: (person) => {
      const { total, leftMs } = counter.count(person);
      if (total > options.perMinute) refuse('RATE_LIMITED', { retryAfter: retryAfter(leftMs) });
    },
  };
}
