import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { type CallbackDesk } from './callbacks.js';

const ClockSetting = z.strictObject({ now: z.iso.datetime() });

/**
 * The business clock of the process. `PUT /control/clock {now}` starts or advances the rehearsal (it never goes back: 409) and answers
 * `{mode, now, delivered, undelivered}` once all that is due was delivered or named; `GET /control/next` answers `{at, pending, undelivered}`.
 */
export function controlRouter(desk: CallbackDesk, admit: readonly RequestHandler[]): Router {
  const router = Router();
  router.use(...admit);
  router.get('/clock', (_request, response) => {
    response.json({ mode: desk.mode, now: desk.now });
  });
  router.put('/clock', async (request, response) => {
    const { now } = ClockSetting.parse(request.body);
    const released = await desk.advance(now);
    response.json({ mode: desk.mode, now: desk.now, ...released });
  });
  router.get('/next', (_request, response) => {
    response.json(desk.next());
  });
  return router;
}
