import { type Request } from 'express';
import { type LoadedLaw } from '../../db/law/law.js';
import { refuse } from '../../domain/errors.js';
import { addressOf } from '../http/limits.js';
import { type Language } from '../http/language.js';
import { type Route } from '../http/route.js';
import { parseAs } from '../http/validation.js';

interface Question {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Asks our own public routes what a page shows: the same checks, the same answers, no second way to the register. */
export function askOf(routes: readonly Route[], law: (request: Request) => LoadedLaw) {
  return async (
    request: Request,
    language: Language,
    method: Route['method'],
    path: string,
    { params = {}, query = {}, body }: Question = {},
  ): Promise<unknown> => {
    const route = routes.find((one) => one.method === method && one.path === path);
    if (route?.auth.kind !== 'anyone') return refuse('NOT_FOUND', { path });
    const { request: schemas = {} } = route;
    const gone = new AbortController();
    const answer = await route.handler({
      reply: (status, content, headers = {}) => ({ status, content, headers }),
      params: schemas.params === undefined ? params : parseAs(schemas.params, params, 'path', language),
      query: schemas.query === undefined ? query : parseAs(schemas.query, query, 'query', language),
      body: schemas.body === undefined ? body : parseAs(schemas.body, body, 'body', language),
      person: null as never,
      askedAt: null as never,
      signIn: null as never,
      granted: undefined as never,
      key: '',
      repeated: false,
      law: () => law(request),
      address: addressOf(request),
      path: request.path,
      method,
      language,
      header: (name) => request.get(name),
      signal: gone.signal,
    });
    return answer.content;
  };
}
