import { type ErrorRequestHandler, type Request, type Response } from 'express';
import { type Logger } from 'pino';
import { z } from 'zod';
import { type ErrorCode, errors, Refusal } from '../domain/errors.js';
import { isDiskFull } from '../ops/disk.js';

/** RFC 9457, as every agency system answers a request it cannot serve. `issues` name paths, never values. */
export const Problem = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    issues: z.array(z.strictObject({ path: z.string(), problem: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

type Issues = z.infer<typeof Problem>['issues'];

// These bodies answer a reused key with 409, as most gateways do; our own API says 422.
const statusOf = (code: ErrorCode): number => (code === 'IDEMPOTENCY_KEY_REUSED' ? 409 : errors[code].http);

export function sendProblem(
  request: Request,
  response: Response,
  code: ErrorCode,
  issues?: Issues,
  status = statusOf(code),
): void {
  const language = request.acceptsLanguages('vi', 'en') === 'vi' ? 'vi' : 'en';
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: errors[code].title[language],
        status,
        code,
        ...(issues && { issues }),
      }),
    );
}

const bodyErrors: Readonly<Record<string, ErrorCode>> = { 'entity.too.large': 'PAYLOAD_TOO_LARGE' };

/** The last handler: a refusal or a bad body by its code, anything else as 500 without a word of it. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof Refusal) return sendProblem(request, response, error.code);
    if (error instanceof z.ZodError) {
      const unknownOnly = error.issues.every((issue) => issue.code === 'unrecognized_keys');
      const issues = error.issues.map((issue) => ({ path: issue.path.join('.'), problem: issue.code }));
      return sendProblem(request, response, unknownOnly ? 'UNKNOWN_FIELD' : 'VALIDATION_FAILED', issues);
    }
    const { type, status } = error as { type?: unknown; status?: unknown };
    if (typeof type === 'string' && typeof status === 'number' && status < 500) {
      return sendProblem(request, response, bodyErrors[type] ?? 'MALFORMED_REQUEST', undefined, status);
    }
    logger.error({ err: error }, 'unexpected error');
    if (isDiskFull(error)) return sendProblem(request, response, 'STORAGE_FULL');
    return sendProblem(request, response, 'INTERNAL');
  };
}
