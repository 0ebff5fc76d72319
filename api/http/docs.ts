import { type RequestHandler, Router, static as serveFiles } from 'express';
import helmet from 'helmet';
import { getAbsoluteFSPath } from 'swagger-ui-dist';

const page = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Luồng Xanh · API</title><link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script></body></html>
`;
const start = `window.ui = SwaggerUIBundle({
  url: new URL('v1/openapi.json', document.baseURI).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
`;

// Everything comes from us; Swagger UI sets styles on elements and draws its icons from data: addresses.
const policy: RequestHandler = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
    'font-src': ["'self'"],
    'base-uri': ["'self'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  },
});

/** A page that shows the contract, wholly served by us: `/api/docs`. */
export function docsRouter(): Router {
  const router = Router({ strict: true });
  router.use(policy);
  router.get('/docs', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/docs/', (_request, response) => {
    response.redirect(308, '../docs');
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(start);
  });
  router.use('/docs', serveFiles(getAbsoluteFSPath(), { index: false, maxAge: '1h', redirect: false }));
  return router;
}
