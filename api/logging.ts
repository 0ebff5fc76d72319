import { type ServerResponse } from 'node:http';
import { pino, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { type Request } from 'express';
import { logDestination } from '../ops/log.js';
import { requestIdOf } from './http/request-id.js';

// PostgreSQL's errors carry values of rows in `detail` and `where`: only what names the failure is kept.
const err = (error: unknown): unknown => {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return { type: error.name, message: error.message, stack: error.stack, ...(typeof code === 'string' && { code }) };
};

/** The log of the process: JSON lines without secrets or personal data. */
export const createLogger = (level: string): Logger =>
  pino(
    {
      level,
      base: { process: 'api' },
      serializers: { err },
      redact: { paths: ['*.authorization', '*.headers', '*.password', '*.token', '*.pin'], censor: '[redacted]' },
    },
    logDestination(),
  );

/** One line per request: codes in the path, never the query (names are searched for there) nor headers (tokens). */
export const requestLog = (logger: Logger) =>
  pinoHttp<Request, ServerResponse>({
    logger,
    genReqId: requestIdOf,
    serializers: {
      err,
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        path: url.split('?')[0],
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
    autoLogging: { ignore: ({ url }) => url === '/healthz' || url === '/readyz' || url === '/metrics' },
  });
