import { z } from 'zod';
import { requireActQuota } from '../../db/people/act-quotas.js';
import { type Accepted } from '../../db/register/door.js';
import { type PersonCommand } from '../../domain/case/commands.js';
import { type Act, createActs, written } from '../acts.js';
import { type PartyAct } from '../../domain/people/party-acts.js';
import { type Access, type Party } from '../auth/access.js';
import { actingParty, partyRefusals } from '../auth/callers.js';
import { type Person } from '../auth/person.js';
import { ed25519KeyOf } from '../auth/ed25519.js';
import { type ApiDeps } from '../deps.js';
import { requireOwnDocument, showingAs } from '../documents/own.js';
import { type Language } from '../http/language.js';
import { defineRoute } from '../http/route.js';
import { InvalidRequest } from '../http/validation.js';
import { CaseCode, Written } from '../schemas/common.js';
import {
  IncidentBody,
  KeyBody,
  PermitBody,
  TrialReasonBody,
  TrialReportBody,
  VisitBody,
} from '../schemas/trial-acts.js';

const ofCase = z.strictObject({ code: CaseCode });
const done = { 200: { description: 'Done, once', schema: Written } } as const;
const headRefusals = ['CASE_NOT_YOURS', 'ACTOR_RECUSED', 'CASE_CLOSED', 'PRECONDITION_FAILED', 'NOT_FOUND'] as const;

/** What the participant shows and reports while the trial runs, and what its supervisor does about it. */
export function trialRunningRoutes(deps: ApiDeps, access: Access) {
  const { pool, limits } = deps;
  const act = createActs(deps);

  return [
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/permits',
      tag: 'Trials',
      summary: 'Show a permit of another body that the regime wants before anything runs',
      auth: { ...actingParty, access: access.partyInCase('recordPermit') },
      idempotent: true,
      request: { params: ofCase, body: PermitBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        await requireOwnDocument(pool, showingAs(call.person, call.granted.onBehalfOf), call.body.documentId);
        const command = { type: 'recordPermit', ...call.body } as const;
        return written(call, await act(call, call.params.code, command, call.granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/keys',
      tag: 'Trials',
      summary: 'Register a public key with which the participant’s devices sign',
      description:
        'An Ed25519 key (SPKI, PEM or base64) that no trial has: a key signs for one trial only. Keys of small order are refused.',
      auth: { ...actingParty, access: access.partyInCase('registerKey') },
      idempotent: true,
      request: { params: ofCase, body: KeyBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST', 'CONFLICT', 'QUOTA_EXCEEDED'],
      handler: async (call) => {
        const { keyId } = call.body;
        const publicKey = ed25519KeyOf(call.body.publicKey) ?? notAKey(call.language);
        await requireActQuota(pool, {
          quota: 'trial-keys-per-day',
          type: 'trialKeyRegistered',
          most: limits.quotas.trialKeysPerDay,
          person: call.person.id,
          key: call.key,
          caseCode: call.params.code,
        });
        const command = { type: 'registerKey', keyId, publicKey } as const;
        return written(call, await act(call, call.params.code, command, call.granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/reports',
      tag: 'Trials',
      summary: 'File a periodic report',
      auth: { ...actingParty, access: access.partyInCase('fileTrialReport') },
      idempotent: true,
      request: { params: ofCase, body: TrialReportBody },
      responses: done,
      refusals: [...partyRefusals, 'DUTY_CLOSED'],
      handler: async (call) => {
        await requireOwnDocument(pool, showingAs(call.person, call.granted.onBehalfOf), call.body.documentId);
        const command = { type: 'fileTrialReport', ...call.body } as const;
        return written(call, await act(call, call.params.code, command, call.granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/incidents',
      tag: 'Trials',
      summary: 'Report an incident: a grave one holds the trial at once',
      auth: { ...actingParty, access: access.partyInCase('reportIncident') },
      idempotent: true,
      request: { params: ofCase, body: IncidentBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        await requireOwnDocument(pool, showingAs(call.person, call.granted.onBehalfOf), call.body.documentId);
        const command = { type: 'reportIncident', ...call.body } as const;
        return written(call, await act(call, call.params.code, command, call.granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/visits',
      tag: 'Trials',
      summary: 'What the supervisor found on the spot',
      auth: { kind: 'person', roles: ['officer', 'head'], scope: 'task:work', access: access.agencyInCase },
      idempotent: true,
      request: { params: ofCase, body: VisitBody },
      responses: done,
      refusals: headRefusals,
      handler: async (call) => written(call, await act(call, call.params.code, { type: 'recordVisit', ...call.body })),
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/suspension',
      tag: 'Trials',
      summary: 'Stop a trial until further notice: by the head of its supervisor or of the authority',
      auth: { kind: 'person', roles: ['head'], scope: 'task:work', access: access.headInCase },
      idempotent: true,
      request: { params: ofCase, body: TrialReasonBody },
      responses: done,
      refusals: headRefusals,
      handler: async (call) => written(call, await act(call, call.params.code, { type: 'suspendTrial', ...call.body })),
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/resumption',
      tag: 'Trials',
      summary: 'Let a suspended trial run again; by the participant: ask for it',
      description:
        'The head of the supervisor or of the authority decides at once; a request of the participant becomes a task of the authority.',
      auth: byEither(access, 'requestTrialChange'),
      idempotent: true,
      request: { params: ofCase, body: TrialReasonBody },
      responses: done,
      refusals: [...partyRefusals, 'ACTOR_RECUSED', 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        const { reason } = call.body;
        const byHead = { type: 'resumeTrial', reason } as const;
        const asked = { type: 'requestTrialChange', request: { kind: 'resumption' }, reason } as const;
        return written(call, await byRole(act, call, byHead, asked));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/termination',
      tag: 'Trials',
      summary: 'End a trial before its time: the participant leaves, or the authority takes the admission back',
      auth: byEither(access, 'endTrial'),
      idempotent: true,
      request: { params: ofCase, body: TrialReasonBody },
      responses: done,
      refusals: [...partyRefusals, 'ACTOR_RECUSED'],
      handler: async (call) => {
        const { reason } = call.body;
        const byHead = { type: 'endTrial', ending: 'revoked', reason } as const;
        const left = { type: 'endTrial', ending: 'withdrawn', reason } as const;
        return written(call, await byRole(act, call, byHead, left));
      },
    }),
  ];
}

/** The investor's side within its power of attorney, or a head of an agency in this case: which of them may is the rule's to say. */
function byEither(access: Access, asParty: PartyAct) {
  return {
    kind: 'person',
    roles: ['investor', 'representative', 'head'],
    scope: ['case:file', 'task:work'],
    access: async (call: { readonly person: Person; readonly params: { readonly code: string } }): Promise<Party> => {
      if (call.person.role !== 'head') return access.requireParty(call.person, call.params.code, asParty, null);
      await access.headInCase(call);
      return { onBehalfOf: undefined };
    },
  } as const;
}

const byRole = (
  act: ReturnType<typeof createActs>,
  call: Act & { readonly params: { readonly code: string }; readonly granted: Party },
  byHead: PersonCommand,
  byParty: PersonCommand,
): Promise<Accepted> =>
  act(call, call.params.code, call.person.role === 'head' ? byHead : byParty, call.granted.onBehalfOf);

function notAKey(language: Language): never {
  const detail = {
    vi: 'không phải khóa công khai Ed25519 dạng SPKI',
    en: 'no Ed25519 public key as SPKI',
  }[language];
  throw new InvalidRequest([{ in: 'body', pointer: '/publicKey', code: 'INVALID', detail }]);
}
