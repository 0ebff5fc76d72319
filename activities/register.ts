import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { canonical } from '../domain/evidence/canonical.js';
import { type Door, type Handled, type Undated } from '../db/register/door.js';
import { type LawSource } from '../db/law/live-law.js';
import { loadScope } from '../db/register/load-scope.js';
import { decisionDocument } from '../db/read/decision-document.js';
import { type Command } from '../domain/case/commands.js';
import { caseCodeOf, type ScopeId } from '../domain/case/scope.js';
import { unworded } from '../domain/case/texts.js';
import { type AgencyCallPolicy, type Loaded, type Request } from '../domain/case/activities.js';
import { type CaseEvent, type Delivery } from '../domain/case/events.js';
import { type CommandInput, type ScopeActivities, type Wake } from '../engine/words.js';
import { refuse } from '../domain/errors.js';
import { type Instant } from '../domain/time/instants.js';
import { crossing } from './fail.js';
import { type Signer } from './signer.js';

export interface RegisterDeps {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly law: LawSource;
  readonly signer: Signer;
  readonly agencyCalls: AgencyCallPolicy;
}

/** What the runs of cases ask of the register. */
export type RegisterActivities = ScopeActivities<CaseEvent, Request, Loaded>;

/** A workflow's way to the register: one load or one command each, dated by the business clock when it gets here, never by workflow time. */
export function createRegisterActivities({ pool, door, law, signer, agencyCalls }: RegisterDeps): RegisterActivities {
  return {
    loadScope: ({ scope, generation, after, holds }) =>
      crossing(async () => {
        const loaded = await loadScope(pool, law, scope, after);
        if (loaded.generation > generation) refuse('SUPERSEDED', { generation: loaded.generation });
        const { closed, deliveries, nextAt, procedure, timers, now } = loaded;
        const { laneOwner, receivingAgency } = law.current().law;
        return {
          generation: loaded.generation,
          closed,
          deliveries: deliveries.map(heard),
          wake: timers ? wakeAt(nextAt, now) : null,
          wakeAsOf: loaded.caseSeq,
          procedure: procedure?.version === holds ? null : procedure,
          laneOwner,
          receivingAgency,
          agencyCalls,
        };
      }),

    command: (input) =>
      crossing(async () =>
        heardIn(input.scope, await door.handle(envelopeOf(input, await commandOf(input, pool, signer)))),
      ),

    turn: ({ asks, ...input }) =>
      crossing(async () => {
        const [first, ...then] = await Promise.all(
          asks.map(async ({ action, request }) => {
            const one = { ...input, action, request };
            return envelopeOf(one, await commandOf(one, pool, signer));
          }),
        );
        if (!first) throw new Error(`${input.scope} asks nothing`);
        const handled = await door.handle({ ...first, then });
        const { done, stopped } = handled;
        return { ...heardIn(input.scope, handled), done, refusal: stopped?.code ?? null };
      }),
  };
}

/** What one scope hears of an accepted command, and when it is to look again. */
const heardIn = (scope: ScopeId, { deliveries, nextAt, caseSeq, clock }: Handled) => ({
  deliveries: deliveries.filter((one) => one.scope === scope).map(({ delivery }) => heard(delivery)),
  wake: clock.mode === 'real' ? wakeAt(nextAt[scope] ?? null, clock.now) : null,
  wakeAsOf: caseSeq,
});

/** What people wrote stays in the register, also where an event of before carries it. */
const heard = (delivery: Delivery): Delivery => ({ ...delivery, event: unworded(delivery.event) });

const wakeAt = (at: Instant | null, now: Instant): Wake =>
  at === null ? null : { at, inMs: Date.parse(at) - Date.parse(now) };

async function commandOf({ scope, request }: CommandInput<Request>, pool: pg.Pool, signer: Signer): Promise<Command> {
  if (request.type !== 'signDecision') return request;
  const document = await decisionDocument(pool, scope, request.record);
  const documentHash = createHash('sha256').update(document).digest('hex');
  return { type: 'recordSignature', number: request.record.number, documentHash, ...(await signer.sign(document)) };
}

function envelopeOf({ scope, generation, basedOn, action }: CommandInput<Request>, command: Command): Undated {
  const common = {
    caseCode: caseCodeOf(scope),
    command,
    bodyHash: createHash('sha256').update(canonical(command)).digest('hex'),
  };
  // Looking at what fell due is nobody's act and may be repeated at will: it speaks for no run and is another operation each time.
  if (command.type === 'settle')
    return { ...common, actor: { kind: 'clock' }, operationId: `${scope}/settle/${randomUUID()}` };
  const bound = { scope, generation, basedOn };
  return { ...common, actor: { kind: 'engine', scope }, operationId: `${scope}/${basedOn}/${action}`, bound };
}
