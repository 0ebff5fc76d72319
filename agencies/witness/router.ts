import express, { Router } from 'express';
import { type Witness } from './witness.js';

/** The protocol of witnesses (C2SP tlog-witness), and beside it the newest note that was signed of a log, for whoever compares. */
export function witnessRouter(witness: Witness): Router {
  const router = Router();
  router.post('/add-checkpoint', express.text({ limit: '64kb', type: () => true }), (request, response, next) => {
    witness.add(typeof request.body === 'string' ? request.body : '').then((answer) => {
      if (answer.status === 200) return response.type('text/plain').send(answer.line);
      if (answer.status === 409)
        return response.status(409).set('Content-Type', 'text/x.tlog.size').send(`${answer.size}\n`);
      return response.status(answer.status).type('text/plain').send(`${answer.reason}\n`);
    }, next);
  });
  router.get('/checkpoint', (request, response) => {
    const { origin } = request.query;
    const note = typeof origin === 'string' ? witness.newest(origin) : undefined;
    if (note === undefined) response.status(404).type('text/plain').send('this log was not seen here\n');
    else response.type('text/plain').send(note);
  });
  return router;
}
