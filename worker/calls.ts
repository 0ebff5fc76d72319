import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type AgencyClient } from '../activities/agency-client.js';
import { callForStep, declareInvestment, fetchExtract, requestOpinion } from '../activities/agencies.js';
import {
  callDue,
  callOfItem,
  claimItems,
  postpone,
  strikeOff,
  type AgendaItem,
  type RegisterCall,
} from '../db/register/agenda.js';
import { type Door } from '../db/register/door.js';
import { readState } from '../db/register/kept-state.js';
import { type LawSource } from '../db/law/live-law.js';
import { type AgencyCallPolicy } from '../domain/case/activities.js';
import { type Command } from '../domain/case/commands.js';
import { caseCodeOf } from '../domain/case/scope.js';
import { type CaseState } from '../domain/case/state.js';
import { isPending } from '../domain/case/extract/state.js';
import { type MissedReason } from '../domain/case/extract/words.js';
import { factsBehind } from '../domain/case/procedure/state.js';
import { declarationOf } from '../domain/case/task/keys.js';
import { type ErrorCode, errors, Refusal } from '../domain/errors.js';
import { onBehalfOf } from '../ops/request-context.js';

interface CallsDeps {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly law: LawSource;
  readonly client: AgencyClient;
  /** Base address of our API, where agencies send opinions. */
  readonly callbackBaseUrl: string;
  /** How often one call is tried before its work becomes an officer's task. */
  readonly calls: AgencyCallPolicy;
  readonly callsPerSecond: number;
  readonly onError: (error: unknown, about: string) => void;
  /** Told that one has ended, or may be tried again: there may be something to begin. */
  readonly done: () => void;
  /** Told for which case a call was made, or failed: nobody has to wait for it any more. */
  readonly ended?: (caseCode: string) => void;
}

export interface Calls {
  /** Begins as many calls as there is room for; the number of those it began. */
  begin(): Promise<number>;
  /** When none is under way any more. */
  settled(): Promise<void>;
}

const atOnce = 20;
const patienceMs = 20_000;
/** Longer than any call: a worker that dies gives its calls back. */
const claimMs = 30_000;
const longestWaitMs = 60_000;

/**
 * Makes the calls of cases to systems of other bodies: look-ups, sending the decision on, declarations, questions for opinions, documents of registers. They stand on the agenda in the
 * transaction of what asks for them; what comes of one is a command. The key of a call is made of what it is about, so that asking again is asking once.
 */
export function createCalls(deps: CallsDeps): Calls {
  const { pool, callsPerSecond, onError, done, ended = () => undefined } = deps;
  const underWay = new Set<Promise<void>>();
  let allowance = callsPerSecond;
  let at = performance.now();
  const room = (): number => {
    const now = performance.now();
    allowance = Math.min(callsPerSecond, allowance + ((now - at) / 1000) * callsPerSecond);
    at = now;
    return Math.min(atOnce - underWay.size, Math.floor(allowance));
  };
  return {
    begin: async () => {
      const limit = room();
      if (limit <= 0) return 0;
      const items = await claimItems(pool, callDue, { limit, forMs: claimMs });
      allowance -= items.length;
      for (const item of items) {
        const work = onBehalfOf(item.requestId, () => make(deps, item))
          .catch((error: unknown) => onError(error, item.ref))
          .finally(() => {
            underWay.delete(work);
            ended(caseCodeOf(callOfItem(item).scope));
            done();
          });
        underWay.add(work);
      }
      return items.length;
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

async function make(deps: CallsDeps, item: AgendaItem): Promise<void> {
  const { pool, calls, onError, done } = deps;
  try {
    await attempt(deps, item, item.attempts + 1 >= calls.attempts);
    await strikeOff(pool, item.id);
  } catch (error) {
    if (!(error instanceof Refusal)) onError(error, item.ref);
    const waitMs = Math.min(calls.firstRetryMs * 2 ** item.attempts, longestWaitMs);
    await postpone(pool, item.id, waitMs);
    setTimeout(done, waitMs + 20).unref();
  }
}

/** Throws where it is to be tried again. `last`: whatever it comes to is the answer. */
async function attempt(deps: CallsDeps, item: AgendaItem, last: boolean): Promise<void> {
  const { pool, door } = deps;
  const call = callOfItem(item);
  const state = await readState(pool, caseCodeOf(call.scope));
  const wanted = state && wantedCall(deps, state, call);
  if (!wanted) return;
  let command: Command;
  try {
    command = await wanted.make(AbortSignal.timeout(patienceMs));
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'INTERNAL';
    if (!last && (errors[code].retryable || code === 'INTERNAL')) throw error;
    command = wanted.failed(code);
  }
  try {
    await door.handle({
      caseCode: state.code,
      command,
      actor: { kind: 'engine', scope: call.scope },
      operationId: `call/${item.ref}`,
      bodyHash: createHash('sha256').update(JSON.stringify(command)).digest('hex'),
    });
  } catch (error) {
    // The case went another way meanwhile, or this was booked before: nobody waits.
    if (!(error instanceof Refusal) || errors[error.code].retryable) throw error;
  }
}

/** A call that somebody waits for: how it is made, and the commands that book what comes of it. */
interface Wanted {
  readonly make: (signal: AbortSignal) => Promise<Command>;
  readonly failed: (code: ErrorCode) => Command;
}

/** Undefined where nobody waits for it any more: done by hand, begun anew, answered, withdrawn. */
function wantedCall(deps: CallsDeps, state: CaseState, call: RegisterCall): Wanted | undefined {
  switch (call.of) {
    case 'step':
      return stepCall(deps, state, call);
    case 'declaration':
      return declarationCall(deps, state, call);
    case 'opinion':
      return opinionCall(deps, state, call);
    case 'extract':
      return extractCall(deps, state, call);
  }
}

type Of<K extends RegisterCall['of']> = Extract<RegisterCall, { readonly of: K }>;

function stepCall(
  { pool, client, law }: CallsDeps,
  { procedures, facts }: CaseState,
  { scope, step, round }: Of<'step'>,
): Wanted | undefined {
  const procedure = procedures[scope];
  const begun = procedure?.steps[step];
  if (!procedure || procedure.closed || begun?.round !== round || begun.completedAt || begun.failed) return undefined;
  const result = { type: 'finishCall', procedure: scope, step, round } as const;
  return {
    make: async (signal) => {
      const definition = law.current().law.procedureVersion(procedure.procedure, procedure.version, facts);
      const answer = await callForStep({ pool, client }, { procedure, definition, step, round }, signal);
      return { ...result, ...answer, failure: null };
    },
    failed: (failure) => ({ ...result, outcome: null, reference: null, failure }),
  };
}

function declarationCall(
  { pool, client, law }: CallsDeps,
  { procedures }: CaseState,
  { scope, filing }: Of<'declaration'>,
): Wanted | undefined {
  const procedure = procedures[scope];
  if (!procedure || procedure.closed || procedure.declaring?.filing !== filing || procedure.declaring.failed)
    return undefined;
  const result = { type: 'finishDeclaration', procedure: scope, filing } as const;
  // Where one has lapsed, the next is another declaration.
  const name = declarationOf(procedure.declaration === null ? null : filing);
  return {
    make: async (signal) => {
      const calendar = law.current().law.calendar(procedure.calendar);
      const { declarationId: id, lapsesOn } = await declareInvestment({ pool, client, calendar }, scope, name, signal);
      return { ...result, declaration: { id, lapsesOn }, failure: null };
    },
    failed: (failure) => ({ ...result, declaration: null, failure }),
  };
}

function opinionCall(
  { pool, client, callbackBaseUrl }: CallsDeps,
  { consultations }: CaseState,
  { scope, agency }: Of<'opinion'>,
): Wanted | undefined {
  const consultation = consultations[scope];
  const opinion = consultation?.opinions[agency];
  if (!opinion || consultation.closedAt !== null || opinion.status !== 'asked') return undefined;
  if (opinion.requestId !== null || opinion.failed) return undefined;
  const { about, dueDate } = opinion;
  const result = { type: 'finishQuestion', consultation: scope, agency } as const;
  return {
    make: async (signal) => {
      const asked = await requestOpinion({ pool, client, callbackBaseUrl }, { scope, agency, about, dueDate }, signal);
      return { ...result, ...asked, failure: null };
    },
    failed: (failure) => ({ ...result, requestId: null, failure }),
  };
}

function extractCall(
  { pool, client, law }: CallsDeps,
  { procedures, facts }: CaseState,
  { scope, document, look }: Of<'extract'>,
): Wanted | undefined {
  const procedure = procedures[scope];
  const extract = procedure?.extracts?.[document];
  if (!procedure || procedure.closed || extract?.look !== look || !isPending(extract)) return undefined;
  const result = { type: 'finishExtract', procedure: scope, document, look } as const;
  const missed = (reason: MissedReason): Command => ({ ...result, found: null, missed: reason });
  return {
    make: async (signal) => {
      const known = law.current().law;
      const { registers: settings } = known.settings;
      if (settings?.consent.includes(extract.register) && extract.consent === null) return missed('no-consent');
      const definition = known.procedureVersion(procedure.procedure, procedure.version, facts);
      const { consent } = extract;
      const asked = { scope, extract, definition, settings, consent, facts: factsBehind({ facts }, procedure) };
      const answer = await fetchExtract({ pool, client }, asked, signal);
      return typeof answer === 'string' ? missed(answer) : { ...result, found: answer, missed: null };
    },
    failed: (code) => missed(code === 'AGENCY_UNAVAILABLE' || code === 'INTERNAL' ? 'silent' : 'unsound'),
  };
}
