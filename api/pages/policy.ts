import { type RequestHandler } from 'express';

const parts = [
  "default-src 'none'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];
const policyWith = (script: string) => ["default-src 'none'", `script-src ${script}`, ...parts.slice(1)].join('; ');

/** The worker that reads PDF has a policy of its own: its decoders of scans are compiled programs, which no page may run. */
export const pdfWorkerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
export const isPdfWorker = (path: string): boolean => /[\\/]pdf\.worker\.[^\\/]+\.mjs$/.test(path);

/** Nothing but what we serve; `script`: whether the page has one at all. */
export const pagePolicy =
  (script: "'self'" | "'none'"): RequestHandler =>
  (_request, response, next) => {
    response.set({ 'Content-Security-Policy': policyWith(script), 'Referrer-Policy': 'same-origin' });
    next();
  };
