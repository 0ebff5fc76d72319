import { type RequestHandler, Router } from 'express';
import type pg from 'pg';
import { keySet, publishedKeys } from '../views/keys.js';

/** The keys of this installation where programs look for them (RFC 8615): in our own format, which says when each may sign, and as a JSON Web Key Set. */
export function wellKnownRouter(pool: pg.Pool): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const answer =
    (read: (pool: pg.Pool) => Promise<object>): RequestHandler =>
    async (_request, response) => {
      response.set({ 'Cache-Control': 'no-cache', 'Access-Control-Allow-Origin': '*' }).json(await read(pool));
    };
  router.get('/luong-xanh-keys.json', answer(publishedKeys));
  router.get(
    '/jwks.json',
    answer((from) => keySet(from)),
  );
  return router;
}
