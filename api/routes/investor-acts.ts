import { z } from 'zod';
import { findPin, newPinSeed, replacePin, seedOf } from '../../db/people/pins.js';
import { findCaseState } from '../../db/read/case-state.js';
import { findResultChange } from '../../domain/case/issued/state.js';
import { latestAttempt } from '../../domain/case/procedure/state.js';
import { refuse } from '../../domain/errors.js';
import { createActs, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { actingParty, partyRefusals } from '../auth/callers.js';
import { type Person } from '../auth/person.js';
import { requireOwnDocument, showingAs } from '../documents/own.js';
import { type ApiDeps } from '../deps.js';
import { hashPin, pinOf, sameHash } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { CorrectionBody } from '../schemas/commands.js';
import { CaseCode, Code, Nothing, Written } from '../schemas/common.js';
import {
  DeferralBody,
  LaneEvidenceBody,
  LaneProposalBody,
  LaneStatementBody,
  ResultStatementBody,
  PaymentBody,
} from '../schemas/investor.js';

const ofCase = z.strictObject({ code: CaseCode });
const ofProcedure = z.strictObject({ code: CaseCode, procedure: Code });
const done = { 200: { description: 'Done, once', schema: Written } } as const;

const NewPin = z
  .strictObject({ case: z.string(), caseSeq: z.int(), public: z.strictObject({ code: z.string(), pin: z.string() }) })
  .meta({ id: 'NewPin' });

/** What the investor may want beside filing: the green lane after all, an approval later, a fee paid, another PIN. */
export function investorRoutes(deps: ApiDeps, access: Access) {
  const { pool } = deps;
  const act = createActs(deps);
  return [
    defineRoute({
      method: 'post',
      path: '/cases/{code}/pin',
      tag: 'Filing',
      summary: 'Make a new PIN for the public look-up: the old one is dead, and nobody waits any more',
      description: 'Shown once (again for the same Idempotency-Key, until there is a newer one).',
      auth: {
        kind: 'person',
        roles: ['investor'],
        scope: 'case:file',
        access: ({ person, params }: { readonly person: Person; readonly params: { readonly code: string } }) =>
          access.requireParty(person, params.code, 'openCase', null),
      },
      idempotent: 'own',
      request: { params: ofCase, body: Nothing },
      responses: { 200: { description: 'The new PIN', schema: NewPin } },
      refusals: ['CASE_NOT_YOURS', 'NOT_FOUND', 'PRECONDITION_FAILED', 'KEY_UNAVAILABLE'],
      handler: async ({ params: { code }, person, key, repeated, reply }) => {
        const find = async () => (await findPin(pool, code)) ?? refuse('NOT_FOUND', { pin: code });
        if (!repeated) {
          const was = await find();
          const { seed, kept } = await newPinSeed(pool, code);
          const hash = await hashPin(pinOf(seed, person.id, key), kept.salt);
          await replacePin(pool, code, was, { ...kept, hash });
        }
        const kept = await find();
        const pin = pinOf(await seedOf(pool, code, kept), person.id, key);
        if (!sameHash(await hashPin(pin, kept.salt), kept.hash))
          refuse('PRECONDITION_FAILED', { pin: 'replaced since' });
        const { seq } = (await findCaseState(pool, code)) ?? refuse('NOT_FOUND', { case: code });
        return reply(200, { case: code, caseSeq: seq, public: { code, pin } });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/lane-proposals',
      tag: 'Filing',
      summary: 'Propose a project of the standard lane for the green lane again: an officer decides',
      auth: { ...actingParty, access: access.partyInCase('proposeLane') },
      idempotent: true,
      request: { params: ofCase, body: LaneProposalBody },
      responses: done,
      refusals: partyRefusals,
      handler: async (call) => {
        const { params, body, granted } = call;
        return written(call, await act(call, params.code, { type: 'proposeLane', ...body }, granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/lane-evidence',
      tag: 'Filing',
      summary: 'Show what proves one of the tests of the green lane: whoever owns the lane examines it',
      auth: { ...actingParty, access: access.partyInCase('giveEvidence') },
      idempotent: true,
      request: { params: ofCase, body: LaneEvidenceBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        const { params, body, granted } = call;
        await requireOwnDocument(pool, showingAs(call.person, granted.onBehalfOf), body.documentId);
        return written(call, await act(call, params.code, { type: 'giveEvidence', ...body }, granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/lane-hearings/answer',
      tag: 'Filing',
      summary: 'Speak before the green lane is taken back',
      description:
        'Once per hearing, while nobody has decided. The head of whoever owns the lane decides after it, or after `answerBy`.',
      auth: { ...actingParty, access: access.partyInCase('answerLaneHearing') },
      idempotent: true,
      request: { params: ofCase, body: LaneStatementBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        const { params, body, granted } = call;
        return written(call, await act(call, params.code, { type: 'answerLaneHearing', ...body }, granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/result-changes/{change}/statement',
      tag: 'Filing',
      summary: 'Speak before a result is revoked',
      description: 'Once, while nobody has decided; also once the case has ended.',
      auth: { ...actingParty, access: access.partyInCase('answerResultHearing', 'any') },
      idempotent: true,
      request: {
        params: ofCase.extend({ change: z.string().regex(/^R\d{1,4}$/) }),
        body: ResultStatementBody,
      },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST', 'NOT_FOUND'],
      handler: async (call) => {
        const { code, change: changeId } = call.params;
        const state = (await findCaseState(pool, code)) ?? refuse('NOT_FOUND', { case: code });
        const { procedure } = findResultChange(state, changeId) ?? refuse('NOT_FOUND', { change: changeId });
        const { onBehalfOf } = await access.requireParty(call.person, code, 'answerResultHearing', procedure.procedure);
        const command = { type: 'answerResultHearing', changeId, ...call.body } as const;
        return written(call, await act(call, code, command, onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/corrections',
      tag: 'Filing',
      summary: 'Say what nobody knew at filing, or that a fact of the project is otherwise, with what shows it',
      description:
        'Whoever owns the green lane confirms it or keeps what was filed. Then the plan, the baseline and terms not promised yet follow. Refused once a decision rests on what was stated.',
      auth: { ...actingParty, access: access.partyInCase('proposeFacts') },
      idempotent: true,
      request: { params: ofCase, body: CorrectionBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST', 'FACT_DECIDED'],
      handler: async (call) => {
        const { params, body, granted } = call;
        await requireOwnDocument(pool, showingAs(call.person, granted.onBehalfOf), body.documentId);
        return written(call, await act(call, params.code, { type: 'proposeFacts', ...body }, granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/deferrals',
      tag: 'Filing',
      summary: 'Put a later approval off: it stays on the roadmap and keeps the case open no longer',
      description:
        'Only what is not open yet, or waits for its dossier; never a licence, nor what a mandatory approval depends on that is not put off as long.',
      auth: { ...actingParty, access: access.partyInCase('deferProcedure', 'any') },
      idempotent: true,
      request: { params: ofCase, body: DeferralBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        const { code } = call.params;
        const { onBehalfOf } = await access.requireParty(call.person, code, 'deferProcedure', call.body.procedure);
        return written(call, await act(call, code, { type: 'deferProcedure', ...call.body }, onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/deferrals/{procedure}/end',
      tag: 'Filing',
      summary: 'Take up an approval that was put off',
      auth: { ...actingParty, access: access.partyInProcedure('resumeProcedure') },
      idempotent: true,
      request: { params: ofProcedure, body: Nothing },
      responses: done,
      refusals: partyRefusals,
      handler: async (call) => {
        const { code, procedure } = call.params;
        const command = { type: 'resumeProcedure', procedure } as const;
        return written(call, await act(call, code, command, call.granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/payment',
      tag: 'Filing',
      summary: 'Say that the fee which was asked for is paid',
      auth: { ...actingParty, access: access.partyInProcedure('recordPayment') },
      idempotent: true,
      request: { params: ofProcedure, body: PaymentBody },
      responses: done,
      refusals: [...partyRefusals, 'FEE_NOT_DUE', 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        const { code, procedure } = call.params;
        const step = await stepToPay(deps, code, procedure);
        const command = { type: 'recordPayment', procedure, step, reference: call.body.reference } as const;
        return written(call, await act(call, code, command, call.granted.onBehalfOf));
      },
    }),
  ];
}

/** The step that waits for a fee; of those paid already the last, so that a repeated request meets its own answer. */
async function stepToPay({ pool }: ApiDeps, code: string, procedure: string): Promise<string> {
  const state = (await findCaseState(pool, code)) ?? refuse('NOT_FOUND', { case: code });
  const asked = Object.entries(latestAttempt(state, procedure)?.payments ?? {});
  const due = asked.find(([, { receivedAt }]) => receivedAt === null) ?? asked.at(-1);
  return due?.[0] ?? refuse('FEE_NOT_DUE', { procedure });
}
