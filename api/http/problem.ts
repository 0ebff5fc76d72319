import { type ErrorRequestHandler, type Request, type Response } from 'express';
import { type Logger } from 'pino';
import { z } from 'zod';
import { isRegisterUnavailable } from '../../db/failures.js';
import { type ErrorCode, errors, Refusal } from '../../domain/errors.js';
import { isDiskFull } from '../../ops/disk.js';
import { languageOf } from './language.js';
import { requestIdOf } from './request-id.js';
import { adviceFor, isAdvised } from './advice.js';
import { errorsOfRule, FieldError, InvalidRequest } from './validation.js';

export const problemType = 'application/problem+json';

/** RFC 9457. `code` is stable and says what happened; `title` says it to people, by Accept-Language. Values of the request are never repeated. */
export const Problem = z
  .strictObject({
    type: z.string().describe('Address of the description of this code'),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().optional(),
    /** What the rule that refused says of the case: stages, limits, what is missing. Depends on the code. */
    details: z.record(z.string(), z.unknown()).optional(),
    errors: z.array(FieldError).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });
export type Problem = z.infer<typeof Problem>;

/** Where a code is described. */
export const problemAddress = (code: ErrorCode): string => `/api/v1/problems/${code}`;

/** A refusal in words of one language. */
export function problemOf(request: Request, refusal: Refusal, language = languageOf(request)): Problem {
  const row = errors[refusal.code];
  const said = refusal.details?.['detail'];
  const detail = isText(said)
    ? said
    : isAdvised(refusal.code)
      ? adviceFor(refusal.code, refusal.details ?? {})
      : undefined;
  const errorsOf = refusal instanceof InvalidRequest ? refusal.errors : errorsOfRule(refusal, language);
  const rest = Object.entries(refusal.details ?? {}).filter(([name]) => name !== 'detail');
  return {
    type: problemAddress(refusal.code),
    title: row.title[language],
    status: row.http,
    code: refusal.code,
    ...(detail !== undefined && { detail: detail[language] }),
    // 5xx speak of us, not of the caller: their details stay in the log.
    ...(rest.length > 0 && row.http < 500 && { details: Object.fromEntries(rest) }),
    ...(errorsOf.length > 0 && { errors: [...errorsOf] }),
    requestId: requestIdOf(request),
  };
}

const isText = (value: unknown): value is { vi: string; en: string } =>
  typeof value === 'object' && value !== null && 'vi' in value && 'en' in value;

const challenges: Partial<Record<ErrorCode, string>> = {
  UNAUTHENTICATED: 'Bearer',
  TOKEN_EXPIRED: 'Bearer error="invalid_token", error_description="expired"',
};

export function sendProblem(request: Request, response: Response, refusal: Refusal): void {
  const { http, retryable } = errors[refusal.code];
  const challenge = challenges[refusal.code];
  if (challenge !== undefined) response.set('WWW-Authenticate', challenge);
  const wait = refusal.details?.['retryAfter'];
  if (typeof wait === 'number') response.set('Retry-After', String(wait));
  else if (retryable && (http === 503 || http === 429) && !response.hasHeader('Retry-After'))
    response.set('Retry-After', refusal.code === 'STORAGE_FULL' ? '30' : '2');
  response.status(http).set('Content-Language', languageOf(request)).vary('Accept-Language').type(problemType);
  response.send(JSON.stringify(problemOf(request, refusal)));
}

/** What other libraries throw, said in our codes; anything else is a bug and becomes `INTERNAL`. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return new Refusal('INTERNAL');
  if (isDiskFull(error)) return new Refusal('STORAGE_FULL');
  if (isRegisterUnavailable(error)) return new Refusal('OVERLOADED');
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large' || type === 'parameters.too.many') return new Refusal('PAYLOAD_TOO_LARGE');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return new Refusal('UNSUPPORTED_MEDIA_TYPE');
  if (typeof status === 'number' && status >= 400 && status < 500) return new Refusal('MALFORMED_REQUEST');
  return new Refusal('INTERNAL');
}

/** The last handler. Nothing of an unknown error leaves the server but the request's id. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal = refusalOf(error);
    if (errors[refusal.code].http >= 500) {
      logger.error({ err: error, code: refusal.code, requestId: requestIdOf(request) }, 'request failed');
    }
    sendProblem(request, response, refusal);
  };
}
