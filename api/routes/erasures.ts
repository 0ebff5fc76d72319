import { z } from 'zod';
import {
  decideErasure,
  findErasure,
  liftHold,
  listErasures,
  listHolds,
  orderStates,
  placeHold,
  proposeErasure,
  proposeRun,
} from '../../db/register/erasure-orders.js';
import { refuse } from '../../domain/errors.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { Nothing } from '../schemas/common.js';
import {
  ErasureId,
  ErasureProposal,
  ErasureRun,
  ErasureRunView,
  ErasuresView,
  ErasureView,
  HoldBody,
  HoldsView,
  HoldView,
  LiftBody,
} from '../schemas/erasures.js';

const admins = { kind: 'person', roles: ['admin'], scope: 'catalogue:write' } as const;
const readers = { kind: 'person', roles: ['admin', 'auditor'], scope: ['catalogue:write', 'evidence:read'] } as const;
const tag = 'Erasure';
const byId = z.strictObject({ id: ErasureId });
const casesOfARun = 100;
const refusals = ['NOT_FOUND', 'LEGAL_HOLD', 'PRECONDITION_FAILED'] as const;

/** Erasure under two administrators, legal holds in its way, and certificates of destruction. Carried out by `npm run erase`. */
export const erasureRoutes = ({ pool }: ApiDeps) => [
  defineRoute({
    method: 'post',
    path: '/erasures',
    tag,
    summary: 'Propose to erase the personal data of a person or a case, a document, or one text, with the legal basis',
    description:
      'Another admin confirms it (`POST /erasures/{id}/confirmation`), then `npm run erase` carries it out. A case must be over, a person without open cases and tasks in hand, and nothing under legal hold. Events, proofs and hashes stay and go on verifying.',
    auth: admins,
    idempotent: 'own',
    request: { body: ErasureProposal },
    responses: { 201: { description: 'Proposed', schema: ErasureView } },
    refusals: [...refusals, 'CONFLICT', 'STALE'],
    handler: async ({ body, person, reply }) => reply(201, await proposeErasure(pool, { ...body, by: person.id })),
  }),
  defineRoute({
    method: 'post',
    path: '/erasures/runs',
    tag,
    summary: 'The yearly run: propose the erasure of every case of a class whose term of keeping is over',
    description: `At most ${casesOfARun} cases wait to be decided at once: asked again, more are proposed only as others were confirmed or refused. What is under legal hold stays and is said. Each is confirmed by another admin like any other.`,
    auth: admins,
    idempotent: 'own',
    request: { body: ErasureRun },
    responses: { 200: { description: 'Proposed', schema: ErasureRunView } },
    refusals: [...refusals, 'CONFLICT', 'STALE'],
    handler: async ({ body, person, repeated, reply }) => {
      const run = { ...body, by: person.id, limit: casesOfARun, repeated };
      const { orders, held, waiting, more } = await proposeRun(pool, run);
      return reply(200, { proposed: [...orders], held: [...held], waiting, more });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/erasures',
    tag,
    summary: 'Erasures, the newest first: who proposed, who confirmed, what was destroyed',
    auth: readers,
    request: { query: z.strictObject({ status: z.enum(orderStates).optional() }) },
    responses: { 200: { description: 'At most 200', schema: ErasuresView } },
    handler: async ({ query: { status }, reply }) => reply(200, { items: await listErasures(pool, status) }),
  }),
  defineRoute({
    method: 'get',
    path: '/erasures/{id}',
    tag,
    summary: 'One erasure, with its signed certificate of destruction once it was carried out',
    auth: readers,
    request: { params: byId },
    responses: { 200: { description: 'The erasure', schema: ErasureView } },
    refusals: ['NOT_FOUND'],
    handler: async ({ params: { id }, reply }) =>
      reply(200, (await findErasure(pool, id)) ?? refuse('NOT_FOUND', { erasure: id })),
  }),
  defineRoute({
    method: 'post',
    path: '/erasures/{id}/confirmation',
    tag,
    summary: 'Confirm what another admin proposed to erase',
    auth: admins,
    idempotent: 'own',
    request: { params: byId, body: Nothing },
    responses: { 200: { description: 'Confirmed: it waits to be carried out', schema: ErasureView } },
    refusals: [...refusals, 'PROPOSER_CANNOT_APPROVE'],
    handler: async ({ params: { id }, person, reply }) =>
      reply(200, await decideErasure(pool, { id, by: person.id, status: 'confirmed' })),
  }),
  defineRoute({
    method: 'post',
    path: '/erasures/{id}/refusal',
    tag,
    summary: 'Refuse an erasure, or take it back, while it was not carried out',
    auth: admins,
    idempotent: 'own',
    request: { params: byId, body: Nothing },
    responses: { 200: { description: 'Refused', schema: ErasureView } },
    refusals: ['NOT_FOUND', 'PRECONDITION_FAILED'],
    handler: async ({ params: { id }, person, reply }) =>
      reply(200, await decideErasure(pool, { id, by: person.id, status: 'refused' })),
  }),
  defineRoute({
    method: 'post',
    path: '/legal-holds',
    tag,
    summary: 'Put a case, or all that concerns a person, under legal hold: from now on nothing of it is erased',
    auth: admins,
    idempotent: 'own',
    request: { body: HoldBody },
    responses: { 201: { description: 'It holds at once', schema: HoldView } },
    refusals: ['NOT_FOUND', 'CONFLICT'],
    handler: async ({ body, person, reply }) => reply(201, await placeHold(pool, { ...body, by: person.id })),
  }),
  defineRoute({
    method: 'get',
    path: '/legal-holds',
    tag,
    summary: 'Legal holds: those that stand first',
    auth: readers,
    responses: { 200: { description: 'At most 200', schema: HoldsView } },
    handler: async ({ reply }) => reply(200, { items: await listHolds(pool) }),
  }),
  defineRoute({
    method: 'post',
    path: '/legal-holds/{id}/lifting',
    tag,
    summary: 'Lift a hold that another admin placed',
    auth: admins,
    idempotent: 'own',
    request: { params: byId, body: LiftBody },
    responses: { 200: { description: 'Lifted', schema: HoldView } },
    refusals: ['NOT_FOUND', 'FOUR_EYES', 'PRECONDITION_FAILED'],
    handler: async ({ params: { id }, body: { basis }, person, reply }) =>
      reply(200, await liftHold(pool, { id, basis, by: person.id })),
  }),
];
