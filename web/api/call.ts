import type { Problem, Reads } from './contract.js';

/** The API said no, in words for people. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

/** Nobody answered: the connection is gone, or the server is. */
export class NoAnswer extends Error {}

type Parameters = Readonly<Record<string, string>>;
type Query = Readonly<Record<string, string | number | boolean | undefined>>;

const addressOf = (path: string, params: Parameters, query: Query = {}): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') asked.set(name, String(value));
  return `/api/v1${filled}${asked.size > 0 ? `?${asked}` : ''}`;
};

async function send(address: string, init: RequestInit): Promise<Response> {
  const headers = { 'Accept-Language': document.documentElement.lang, ...init.headers };
  const response = await fetch(address, { ...init, headers, credentials: 'same-origin' }).catch((cause: unknown) => {
    throw new NoAnswer('no answer', { cause });
  });
  if (response.ok) return response;
  const type = response.headers.get('Content-Type') ?? '';
  if (!type.includes('json')) throw new NoAnswer(`${response.status}`);
  throw new ApiProblem((await response.json()) as Problem);
}

/** Reads one resource of the API. */
export async function read<P extends keyof Reads>(
  path: P,
  params: Parameters = {},
  query: Query = {},
): Promise<Reads[P]> {
  return (await (await send(addressOf(path, params, query), {})).json()) as Reads[P];
}

/** Ends the session; answers where to go. */
export async function signOut(): Promise<string> {
  const response = await send('/logout', { method: 'POST' });
  return ((await response.json()) as { next: string }).next;
}
