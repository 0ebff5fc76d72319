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

/** Nothing but what we serve; `script`: whether the page has one at all. */
export const pagePolicy =
  (script: "'self'" | "'none'"): RequestHandler =>
  (_request, response, next) => {
    response.set({ 'Content-Security-Policy': policyWith(script), 'Referrer-Policy': 'same-origin' });
    next();
  };
