import { type Request, type RequestHandler } from 'express';
import { spanOfAnswer } from '../../ops/tracing.js';
import { requestIdOf } from './request-id.js';

/** The pattern of the route, not the address: a name per case would be names without end. */
export function routeOf(request: Request): string {
  const route = (request.route as { path?: unknown } | undefined)?.path;
  return typeof route === 'string' ? route : 'none';
}

/** A span for every request, until its answer is sent or its caller has gone. */
export const requestTrace: RequestHandler = (request, response, next) => {
  const end = spanOfAnswer(requestIdOf(request), request.method);
  response.once('close', () => end(routeOf(request), response.statusCode));
  next();
};
