import { Router, static as serveFiles } from 'express';

/** The files of the transparency log, as tools for such logs read them (C2SP tlog-tiles): `/log/checkpoint`, `/log/tile/…`. */
export function logRouter(folder: string): Router {
  const router = Router({ strict: true });
  router.use((request, _response, next) =>
    next(
      /^\/(checkpoint|tile\/(entries|\d{1,2})(\/x\d{3})*\/\d{3}(\.p\/\d{1,3})?)$/.test(request.path)
        ? undefined
        : 'router',
    ),
  );
  router.use(
    serveFiles(folder, {
      index: false,
      redirect: false,
      setHeaders: (response, path) => {
        const moves = path.endsWith('checkpoint');
        response.setHeader('Cache-Control', moves ? 'no-cache' : 'public, max-age=31536000, immutable');
        response.setHeader('Content-Type', moves ? 'text/plain; charset=utf-8' : 'application/octet-stream');
        response.setHeader('Access-Control-Allow-Origin', '*');
      },
    }),
  );
  return router;
}
