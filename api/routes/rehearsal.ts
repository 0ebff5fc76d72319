import { z } from 'zod';
import { businessClock, startRehearsal } from '../../db/register/business-clock.js';
import { noteClockSet, requestAdvanceOnce } from '../../db/register/rehearsal-advances.js';
import { type Advance as AdvanceRow, findAdvance, nextInstant } from '../../db/register/rehearsal.js';
import { refuse } from '../../domain/errors.js';
import { Instant as InstantText } from '../../domain/schemas/calendar.js';
import { type Catalogue } from '../../domain/law/catalogue.js';
import { dateOf, type Instant as InstantOf, millisecondsOf } from '../../domain/time/instants.js';
import { systemCodes } from '../../domain/law/agency-systems.js';
import { headersOf } from '../acts.js';
import { type ApiDeps } from '../deps.js';
import { uuidOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { waitFor } from '../http/wait.js';
import { Instant, Wait } from '../schemas/common.js';
import { StandInsView, StandInView, SwitchesToSet } from '../schemas/rehearsal.js';

const Advance = z
  .strictObject({
    id: z.uuid(),
    to: Instant,
    status: z
      .enum(['pending', 'running', 'quiet', 'restless', 'failed'])
      .describe('`quiet`: everything that was to happen has happened; `restless`: `detail` names what has not'),
    detail: z.unknown(),
    requestedAt: Instant.describe('Real time'),
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'RehearsalAdvance' });

const Clock = z
  .strictObject({ mode: z.enum(['real', 'stepped', 'ticking']), now: Instant })
  .meta({ id: 'BusinessClock' });

const viewOf = ({ id, to, status, detail, requestedAt, finishedAt }: AdvanceRow) => ({
  id,
  to,
  status,
  detail: detail ?? null,
  requestedAt,
  finishedAt,
});

const operators = { kind: 'person', roles: ['operator', 'admin'], scope: 'engine:operate' } as const;

const ofSystem = z.strictObject({ system: z.enum(systemCodes) });

/** Where no calendar reaches, half of what people do would be refused: time does not go there. */
function requireCovered({ calendar: { data, to } }: Catalogue, at: InstantOf): void {
  const date = dateOf(at);
  if (date < data.from || date > to) refuse('CALENDAR_UNKNOWN', { calendar: data.code, date, from: data.from, to });
}

/** The rehearsal clock: business time that is stepped, for training and tests. Never in production. */
export const rehearsalRoutes = ({ pool, bell, rehearsalAllowed, standIns }: ApiDeps) => [
  defineRoute({
    method: 'get',
    path: '/rehearsal/clock',
    tag: 'Rehearsal',
    summary: 'Business time, and whether it is real',
    auth: { kind: 'anyone' },
    responses: {
      200: {
        description: 'The clock',
        schema: Clock,
      },
    },
    handler: async ({ reply }) => {
      const { mode, now } = await businessClock(pool);
      return reply(200, { mode, now });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/rehearsal/next',
    tag: 'Rehearsal',
    summary: 'When something happens next in a case, as far as the register knows: where an advance may lead',
    auth: operators,
    responses: {
      200: {
        description: 'The instant',
        schema: z
          .strictObject({ at: Instant.nullable().describe('null: nothing lies ahead') })
          .meta({ id: 'NextEvent' }),
      },
    },
    handler: async ({ reply }) => {
      const [{ now }, next] = await Promise.all([businessClock(pool), nextInstant(pool)]);
      // What is due already happens with the next step.
      const at = next === null ? null : millisecondsOf(next) < millisecondsOf(now) ? now : next;
      return reply(200, { at });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/rehearsal/clock',
    tag: 'Rehearsal',
    summary: 'Take this installation out of real time, for good',
    description:
      'Only while no case was filed in real time; never in production, unless it is allowed there by name. `now` is where the first case finds the clock: once there is one, time passes by advances alone, and this route only changes the mode (leave `now` out).',
    auth: operators,
    idempotent: 'own',
    request: {
      body: z
        .strictObject({
          mode: z.enum(['stepped', 'ticking']),
          now: InstantText.optional().describe('Left out: where the clock stands'),
        })
        .meta({ id: 'RehearsalStart' }),
    },
    responses: { 200: { description: 'The clock', schema: Clock } },
    refusals: ['REHEARSAL_REFUSED', 'CLOCK_KEPT', 'CALENDAR_UNKNOWN'],
    handler: async ({ body: { mode, now = null }, person, key, law, reply }) => {
      if (!rehearsalAllowed) refuse('REHEARSAL_REFUSED', { production: true });
      const id = uuidOf('clock', person.id, key);
      const noted = await findAdvance(pool, id);
      if (noted && now !== null && millisecondsOf(noted.to) !== millisecondsOf(now)) refuse('IDEMPOTENCY_KEY_REUSED');
      if (noted) return reply(200, await businessClock(pool), headersOf({ replayed: true }));
      if (now !== null) requireCovered(law().catalogue, now);
      const clock = await startRehearsal(pool, mode, now);
      bell?.ring('advances');
      await noteClockSet(pool, { id, to: clock.now, requestedBy: person.id });
      return reply(200, clock);
    },
  }),
  defineRoute({
    method: 'post',
    path: '/rehearsal/advances',
    tag: 'Rehearsal',
    summary: 'Let business time pass, event by event, up to an instant',
    auth: operators,
    idempotent: 'own',
    request: { body: z.strictObject({ to: InstantText }).meta({ id: 'AdvanceRequest' }) },
    responses: { 202: { description: 'Under way', schema: Advance, headers: { Location: 'Ask here how it goes' } } },
    refusals: ['REHEARSAL_REFUSED', 'CONFLICT', 'PRECONDITION_FAILED', 'CALENDAR_UNKNOWN'],
    handler: async ({ body: { to }, person, key, law, reply }) => {
      const { mode, now } = await businessClock(pool);
      if (mode === 'real') refuse('REHEARSAL_REFUSED', { mode });
      const id = uuidOf('advance', person.id, key);
      const known = await findAdvance(pool, id);
      if (!known && millisecondsOf(to) < millisecondsOf(now)) refuse('PRECONDITION_FAILED', { now, to });
      if (!known) requireCovered(law().catalogue, to);
      const { advance, replayed } = await requestAdvanceOnce(pool, { id, to, requestedBy: person.id });
      bell?.ring('advances');
      const headers = { Location: `/api/v1/rehearsal/advances/${id}`, ...headersOf({ replayed }) };
      return reply(202, viewOf(advance), headers);
    },
  }),
  defineRoute({
    method: 'get',
    path: '/rehearsal/advances/{id}',
    tag: 'Rehearsal',
    summary: 'How an advance goes; waits for its end where asked to',
    auth: operators,
    request: {
      params: z.strictObject({ id: z.uuid() }),
      query: z.strictObject({ wait: Wait.default(0) }),
    },
    responses: { 200: { description: 'The advance', schema: Advance } },
    refusals: ['NOT_FOUND'],
    handler: async ({ params: { id }, query: { wait }, signal, reply }) => {
      const look = async () => (await findAdvance(pool, id)) ?? refuse('NOT_FOUND', { advance: id });
      const ended = ({ status }: AdvanceRow) => status !== 'pending' && status !== 'running';
      return reply(200, viewOf(await waitFor(look, ended, wait, signal)));
    },
  }),
  defineRoute({
    method: 'get',
    path: '/rehearsal/systems',
    tag: 'Rehearsal',
    summary: 'How what stands in for the agencies’ systems misbehaves',
    auth: operators,
    responses: { 200: { description: 'Every system; in real time none', schema: StandInsView } },
    handler: async ({ reply }) => {
      const { mode } = await businessClock(pool);
      const items = (mode === 'real' ? [] : systemCodes).map(async (system) => ({
        system,
        switches: (await standIns?.switches(system)) ?? null,
      }));
      return reply(200, { items: await Promise.all(items) });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/rehearsal/systems/{system}/switches',
    tag: 'Rehearsal',
    summary: 'Let a stand-in misbehave, or (nothing named) behave by itself again',
    description: 'In rehearsal alone: what stands in for an agency’s system is told; no real system is.',
    auth: operators,
    idempotent: 'own',
    request: { params: ofSystem, body: SwitchesToSet },
    responses: { 200: { description: 'As it behaves from now on', schema: StandInView } },
    refusals: ['REHEARSAL_REFUSED', 'AGENCY_UNAVAILABLE'],
    handler: async ({ params: { system }, body, reply }) => {
      const { mode } = await businessClock(pool);
      if (mode === 'real' || standIns === undefined) return refuse('REHEARSAL_REFUSED', { mode });
      return reply(200, { system, switches: await standIns.set(system, body) });
    },
  }),
];
