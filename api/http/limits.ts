import { type RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Refusal } from '../../domain/errors.js';

/** So many requests per address and minute of real time, then RATE_LIMITED with Retry-After. Counted in this process. */
export function addressLimiter(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    handler: (_request, _response, next) => next(new Refusal('RATE_LIMITED')),
  });
}
