import type { Acts, Problem, Reads } from './contract.js';

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
  const headers = {
    'Accept-Language': document.documentElement.lang,
    ...init.headers,
  };
  const response = await fetch(address, {
    ...init,
    headers,
    credentials: 'same-origin',
  }).catch((cause: unknown) => {
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
  headers: Parameters = {},
): Promise<Reads[P]> {
  return (await (await send(addressOf(path, params, query), { headers })).json()) as Reads[P];
}

/** A file of the API, its bytes only where `wanted` takes its media type: `null` otherwise. */
export async function readFile(
  address: string,
  wanted: (mediaType: string) => boolean,
  signal: AbortSignal,
): Promise<{ readonly mediaType: string; readonly bytes: ArrayBuffer | null }> {
  const response = await send(address, { signal });
  const [mediaType = ''] = (response.headers.get('Content-Type') ?? '').split(';');
  if (wanted(mediaType)) return { mediaType, bytes: await response.arrayBuffer() };
  await response.body?.cancel();
  return { mediaType, bytes: null };
}

/** The sheets that lists can be taken as. */
type SheetPath =
  '/sheets/tasks' | '/sheets/cases' | '/sheets/figures' | '/sheets/tracking-book/{agency}' | '/reports/{id}/sheet';
export interface SheetAddress {
  readonly path: SheetPath;
  readonly params?: Parameters;
  readonly query?: Query;
}

/** Takes a sheet of the API into the folder in which this browser keeps what it is given. */
export async function download({ path, params = {}, query = {} }: SheetAddress): Promise<void> {
  const response = await send(addressOf(path, params, query), {});
  const [, name = 'sheet.xlsx'] = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** A key for one act: made when its form opens, kept until the act has succeeded, so that a double click or a lost answer does nothing twice. */
export const newKey = (): string => crypto.randomUUID();

/** Does something, once under this key. */
export async function act<P extends keyof Acts>(
  path: P,
  params: Parameters,
  body: Acts[P]['body'],
  key: string,
): Promise<Acts[P]['answer']> {
  const response = await send(addressOf(path, params), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(body ?? {}),
  });
  return (await response.json()) as Acts[P]['answer'];
}

/** Uploads one file: of the investor's side, or (`path`) beside the answer to a task. */
export async function upload(file: File, key: string, path = '/documents'): Promise<Acts['/documents']['answer']> {
  const form = new FormData();
  form.set('file', file);
  const response = await send(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'Idempotency-Key': key },
    body: form,
  });
  return (await response.json()) as Acts['/documents']['answer'];
}

/** Makes this browser a screen on a wall: signed in for a month, for the figures alone. */
export async function becomeWall(): Promise<void> {
  await send('/login/wall', { method: 'POST' });
}

/** Ends the session; answers where to go. */
export async function signOut(): Promise<string> {
  const response = await send('/logout', { method: 'POST' });
  return ((await response.json()) as { next: string }).next;
}
