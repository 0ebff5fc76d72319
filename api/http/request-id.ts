import { randomUUID } from 'node:crypto';
import { type Request, type RequestHandler } from 'express';

const ids = new WeakMap<Request, string>();
const shape = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives every request an id, taken from `X-Request-Id` where a gateway set a sane one, and says it in the answer. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.get('X-Request-Id');
  const id = given !== undefined && shape.test(given) ? given : randomUUID();
  ids.set(request, id);
  response.set('X-Request-Id', id);
  next();
};

export const requestIdOf = (request: Request): string => ids.get(request) ?? '';
