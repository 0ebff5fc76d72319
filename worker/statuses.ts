import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type AgencyClient } from '../activities/agency-client.js';
import {
  keepTold,
  nextTellings,
  type StatusTelling,
  tellAgain,
  tellingAlone,
  type Told,
  toldDossiers,
  type ToldDossier,
} from '../db/outbound/statuses.js';
import { plan, statusLook } from '../db/register/agenda.js';
import { businessNow } from '../db/register/business-clock.js';
import { type Door } from '../db/register/door.js';
import { compareStatuses } from '../domain/case/outside/compare.js';
import { procedureOf, type ScopeId } from '../domain/case/scope.js';
import { errors, Refusal, refuse } from '../domain/errors.js';
import { lookupPath, type StatusSystem, statusSystemCodes, statusSystems } from '../domain/law/agency-systems.js';
import { mostDossiersAsked, parseLookupAnswer } from '../domain/schemas/agency-messages.js';
import { onBehalfOf } from '../ops/request-context.js';
import { civilTime, dateOf, instant, type Instant } from '../domain/time/instants.js';
import { type AgendaHandler } from './agenda.js';

interface StatusDeps {
  readonly pool: pg.Pool;
  readonly client: AgencyClient;
  readonly onError: (error: unknown, about: string) => void;
}

const atOnce = 20;
const patienceMs = 20_000;
/** How long after its last word a closed case is still looked at. */
const closedDays = 30;

/** Tells the systems that show dossiers the states that wait: each once, in the order of its dossier. Resolves to the number of those it tried; 0 where another process is at it. */
export async function tellStatuses({ pool, client, onError }: StatusDeps): Promise<number> {
  // Most rounds find nothing: they hold no session.
  if ((await nextTellings(pool, 1)).length === 0) return 0;
  const tried = await tellingAlone(pool, async (session) => {
    const tellings = await nextTellings(session, atOnce);
    if (tellings.length === 0) return 0;
    const told = await Promise.all(
      tellings.map((one) => onBehalfOf(one.requestId, () => tell({ client, onError }, one))),
    );
    await keepTold(session, told);
    return tellings.length;
  });
  return tried ?? 0;
}

async function tell({ client, onError }: Omit<StatusDeps, 'pool'>, telling: StatusTelling): Promise<Told> {
  const { system, scope: dossier, caseCode, status, dossierCode, occurredAt, correlationId } = telling;
  const { tell: kind } = statusSystems[system];
  const procedure = procedureOf(dossier);
  // The instant of the state, not of the call: a repetition has to say the same.
  const body = {
    correlationId,
    caseCode,
    procedure,
    askedAt: occurredAt,
    subject: { dossier, dossierCode, status, occurredAt },
  };
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await client.post({ system, path: lookupPath(kind), correlationId, body, signal });
    return { ...telling, later: false, reference: referenceOf(kind, answer), error: null };
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'INTERNAL';
    if (!(error instanceof Refusal)) onError(error, `status ${status} of ${dossier}`);
    const isFinal = error instanceof Refusal && !errors[code].retryable;
    return { ...telling, later: !isFinal, reference: null, error: code };
  }
}

function referenceOf(kind: 'status-update' | 'city-status-update', answer: unknown): string {
  try {
    return parseLookupAnswer(kind, answer).reference;
  } catch {
    return refuse('AGENCY_ANSWER_INVALID', { kind });
  }
}

// Once a day ---------------------------------------------------------------------------------------------------------------------------------

/** From this hour on, before any office of the City opens. */
const timeOfLook = '04:00';

/** Puts the day's look at what other systems hold on the agenda once its hour has come. */
export async function planStatusLook(pool: pg.Pool, now: Instant): Promise<void> {
  if (civilTime(now) >= timeOfLook) await plan(pool, [{ kind: statusLook, ref: dateOf(now), at: now }]);
}

interface LookDeps extends StatusDeps {
  readonly door: Door;
  /** How often a system that does not answer is asked on one day. */
  readonly attempts: number;
}

/**
 * Holds what each system shows of our dossiers against what it was told. What it lacks it is told again; what it was never told becomes an officer's task with both sides.
 * A system that does not answer is asked again later, and on the next day; what the other one answered stands meanwhile.
 */
export const lookAtStatuses =
  (deps: LookDeps): AgendaHandler =>
  async ({ ref: day, attempts: failed }) => {
    const looks = await Promise.allSettled(statusSystemCodes.map((system) => look(deps, system, day)));
    const failures = looks.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    const bug = failures.find((failure) => !(failure instanceof Refusal));
    if (bug ?? (failures.length > 0 && failed + 1 < deps.attempts)) throw bug ?? failures[0];
  };

async function look(deps: LookDeps, system: StatusSystem, day: string): Promise<void> {
  const { pool, client, onError } = deps;
  const { ask: kind } = statusSystems[system];
  const askedAt = await businessNow(pool);
  for (let after = ''; ;) {
    const dossiers = await toldDossiers(pool, system, { after, limit: mostDossiersAsked, days: closedDays });
    const last = dossiers.at(-1);
    if (!last) return;
    const subject = { dossiers: dossiers.map(({ scope }) => scope) };
    // What it holds changes from one moment to the next: each question is another one.
    const digest = createHash('sha256')
      .update(JSON.stringify([askedAt, subject]))
      .digest('hex')
      .slice(0, 16);
    const correlationId = `statuses/${day}/${digest}`;
    const body = { correlationId, caseCode: null, procedure: null, askedAt, subject };
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await client.post({ system, path: lookupPath(kind), correlationId, body, signal });
    const held = heldOf(kind, answer);
    for (const dossier of dossiers)
      await compare(deps, system, dossier, held.get(dossier.scope) ?? null).catch((error: unknown) => {
        // One that cannot be taken now is looked at again tomorrow, the others are today.
        onError(error, `what ${system} holds of ${dossier.scope}`);
      });
    after = last.scope;
  }
}

type Held = { readonly status: number; readonly at: Instant };

function heldOf(kind: 'statuses-held' | 'city-statuses-held', answer: unknown): ReadonlyMap<ScopeId, Held> {
  try {
    const { held } = parseLookupAnswer(kind, answer);
    return new Map(held.map(({ dossier, status, occurredAt }) => [dossier, { status, at: instant(occurredAt) }]));
  } catch {
    return refuse('AGENCY_ANSWER_INVALID', { kind });
  }
}

async function compare(
  { pool, door }: LookDeps,
  system: StatusSystem,
  { scope, caseCode, told }: ToldDossier,
  theirs: Held | null,
): Promise<void> {
  const found = compareStatuses(told, theirs);
  if (found.is === 'same') return;
  if (found.is === 'missing') return tellAgain(pool, system, scope, found.after ?? { seq: -1, place: -1 });
  const side = ({ status, at }: Held) => ({ status, at: instant(at) });
  const [ours, other] = [side(found.ours), side(found.theirs)];
  const command = { type: 'reportStatusDifference', procedure: scope, system, ours, theirs: other } as const;
  await door.handle({
    caseCode,
    command,
    actor: { kind: 'engine', scope },
    operationId: `status/${system}/${scope}/${other.status}@${other.at}`,
    bodyHash: createHash('sha256').update(JSON.stringify(other)).digest('hex'),
  });
}
