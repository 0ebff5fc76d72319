import { createHmac } from 'node:crypto';
import { type ErrorRequestHandler, type Request } from 'express';
import { type SecurityNote } from '../db/people/security.js';
import { isCaseCode, isDossierCode } from '../domain/case/case/code.js';
import { type ErrorCode } from '../domain/errors.js';
import { type SecurityKind } from '../domain/people/security.js';
import { type Person } from './auth/person.js';
import { addressOf } from './http/limits.js';
import { refusalOf } from './http/problem.js';

/** What was seen, before it is counted. */
export interface Seen {
  readonly kind: SecurityKind;
  readonly account?: string | undefined;
  readonly subject?: string | undefined;
  /** Whose address stands for whoever is not known. */
  readonly request?: Request | undefined;
}

export interface SecurityWatch {
  /** Takes it in at once; it is kept a moment later, with what comes meanwhile. */
  note(seen: Seen): void;
  /** Ends once all that was taken in is kept, also what was on its way already. */
  flush(): Promise<void>;
}

interface WatchOptions {
  readonly keep: (notes: readonly SecurityNote[]) => Promise<void>;
  /** Told where it cannot be kept: it is tried again with what comes next. */
  readonly failed: (error: unknown) => void;
  /** From which digests of addresses are made: nobody else can make them. */
  readonly secret: string;
}

const keepAfterMs = 500;
/** So many different ones wait to be kept; what is more is counted without saying of whom. */
const mostWaiting = 1_000;

/** Counts what is seen in memory and keeps it together: a flood of the same costs the register one row. */
export function createSecurityWatch({ keep, failed, secret }: WatchOptions): SecurityWatch {
  let waiting = new Map<string, SecurityNote>();
  let timer: NodeJS.Timeout | undefined;
  const key = createHmac('sha256', secret).update('security events').digest();
  const callerOf = (request: Request): string => {
    const day = new Date().toISOString().slice(0, 10);
    return createHmac('sha256', key)
      .update(`${day} ${addressOf(request)}`)
      .digest('hex')
      .slice(0, 16);
  };
  const take = (one: SecurityNote): void => {
    const place = (note: SecurityNote) => JSON.stringify([note.kind, note.account, note.subject, note.caller]);
    const known = waiting.get(place(one));
    const kept = known || waiting.size < mostWaiting ? one : { ...one, account: '', subject: '', caller: '' };
    const before = waiting.get(place(kept))?.times ?? 0;
    waiting.set(place(kept), { ...kept, times: Math.min(before + kept.times, 1_000_000_000) });
  };
  const keepWaiting = async (): Promise<void> => {
    if (waiting.size === 0) return;
    const notes = [...waiting.values()];
    waiting = new Map();
    try {
      await keep(notes);
    } catch (error) {
      for (const one of notes) take(one);
      failed(error);
    }
  };
  let keeping = Promise.resolve();
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    keeping = keeping.then(keepWaiting);
    return keeping;
  };
  return {
    note: ({ kind, account = '', subject = '', request }) => {
      const caller = account === '' && request ? callerOf(request) : '';
      take({ kind, account, subject, caller, times: 1 });
      timer ??= setTimeout(() => void flush(), keepAfterMs).unref();
    },
    flush,
  };
}

const callers = new WeakMap<Request, Person>();
/** Remembers who sent a request, for as long as it is there. */
export const rememberCaller = (request: Request, person: Person): void => void callers.set(request, person);

const kindOf: Readonly<Partial<Record<ErrorCode, SecurityKind>>> = {
  UNAUTHENTICATED: 'token-refused',
  CROSS_SITE: 'cross-site',
  RATE_LIMITED: 'rate-limited',
  STATUS_NOT_SHOWN: 'pin-refused',
  PIN_LOCKED: 'pin-locked',
  CALLBACK_SIGNATURE_INVALID: 'callback-forged',
  METRICS_SIGNATURE_INVALID: 'device-forged',
  FORBIDDEN: 'access-refused',
  CASE_NOT_YOURS: 'access-refused',
  TASK_NOT_YOURS: 'access-refused',
  DOCUMENT_CONFIDENTIAL: 'access-refused',
  OUTSIDE_POWER_OF_ATTORNEY: 'access-refused',
  MEMBERSHIP_ENDED: 'access-refused',
  ACTOR_RECUSED: 'access-refused',
};

/** What a refusal says to those who watch; undefined: nothing. `agencies`: those there are. */
export function seenIn(request: Request, code: ErrorCode, isAgency: (code: string) => boolean): Seen | undefined {
  const kind = kindOf[code];
  if (kind === undefined) return undefined;
  // Whoever gives nothing was merely not signed in yet.
  if (code === 'UNAUTHENTICATED' && request.get('Authorization') === undefined) return undefined;
  const { body } = request as { body?: { code?: unknown } };
  const given = kind.startsWith('pin-') && typeof body?.code === 'string' ? body.code.trim().toUpperCase() : '';
  const [path = ''] = request.originalUrl.split('?');
  const named =
    kind === 'callback-forged' ? (path.split('/').at(-1) ?? '') : (/LX-\d{6}-\d{4,6}[A-Z]/.exec(path)?.[0] ?? given);
  const isKnown = kind === 'callback-forged' ? isAgency(named) : isCaseCode(named) || isDossierCode(named);
  return { kind, account: callers.get(request)?.id, subject: isKnown ? named : '', request };
}

/** Tells the watch of refusals, each once, and lets whoever answers them answer. */
export function watchRefusals(watch: SecurityWatch, isAgency: (code: string) => boolean): ErrorRequestHandler {
  const told = new WeakSet<object>();
  return (error: unknown, request, _response, next) => {
    const refusal = refusalOf(error);
    if (!told.has(request)) {
      told.add(request);
      const seen = seenIn(request, refusal.code, isAgency);
      if (seen) watch.note(seen);
    }
    next(error);
  };
}
