import express, { type RequestHandler, Router } from 'express';
import { type Authority } from './authority.js';

/** Time stamps (RFC 3161 over HTTP), accounts of those who sign filings, what was revoked, and the certificate that it is all held against. */
export function authorityRouter(authority: Authority, admit: readonly RequestHandler[]): Router {
  const router = Router();
  router.post('/time-stamp', express.raw({ limit: '16kb', type: () => true }), (request, response, next) => {
    authority.stamp(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)).then((answer) => {
      if (answer) response.type('application/timestamp-reply').send(Buffer.from(answer));
      else response.status(400).type('text/plain').send('no query for a time stamp of a SHA-256\n');
    }, next);
  });
  router.get('/revocations', (_request, response, next) => {
    authority.revocations().then((list) => response.type('application/pkix-crl').send(Buffer.from(list)), next);
  });
  router.post('/signing-accounts/:holder/signatures', ...admit, (request, response, next) => {
    const { bytes } = (request.body ?? {}) as { readonly bytes?: unknown };
    const { holder } = request.params;
    if (typeof bytes !== 'string' || typeof holder !== 'string' || !/^(MST|ID):[0-9A-Za-z.\-/]{1,100}$/.test(holder)) {
      response.status(400).type('text/plain').send('a holder (MST:… or ID:…) and bytes in base64\n');
      return;
    }
    authority.accounts.sign(holder, Buffer.from(bytes, 'base64')).then(({ signature, certificate }) => {
      response.json({ signature: signature.toString('base64'), certificate });
    }, next);
  });
  router.get('/root.pem', (_request, response) => {
    response.type('application/x-pem-file').send(authority.root);
  });
  return router;
}
