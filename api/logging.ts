import { type ServerResponse } from 'node:http';
import { type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { type Request } from 'express';
import { errorInLog as err } from '../ops/log.js';
import { requestIdOf } from './http/request-id.js';

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
