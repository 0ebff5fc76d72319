import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import {
  changeFilingDraft,
  discardFilingDraft,
  type FilingDraft,
  findFilingDraft,
  isFilingDraftMoved,
  keepFilingDraft,
  listFilingDrafts,
  refuseOver,
} from '../../db/people/filing-drafts.js';
import { refuse } from '../../domain/errors.js';
import { bodyHashOf } from '../acts.js';
import { type Access } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { uuidOf } from '../hashes.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import { parseAs } from '../http/validation.js';
import { AnyFiling } from '../schemas/commands.js';
import { createTrialFiling } from '../trial-filing.js';
import { Nothing, page } from '../schemas/common.js';
import {
  FilingDraftBody,
  FilingDraftChange,
  FilingDrafts,
  type FilingDraftSummary,
  FilingDraftView,
  ofFilingDraft,
} from '../schemas/investor.js';
import { GivenSignature, SignedFiling } from '../schemas/filing-signature.js';
import { createFiling, createFilingSigner, filedAnswer, filedBefore, filingRefusals, trialRefusals } from './filing.js';

const maxBytes = 64 * 1024;
/** No body, or what comes with the filing. */
const FilingOfDraft = z.strictObject({ signature: GivenSignature.exactOptional() }).optional();
const parties = { kind: 'person', roles: ['investor', 'representative'], scope: 'case:file' } as const;

function requireSmall(content: unknown): void {
  if (Buffer.byteLength(JSON.stringify(content)) > maxBytes) refuse('PAYLOAD_TOO_LARGE', { maxBytes });
}

const headOf = ({ id, owner, version, createdAt, updatedAt, filedCase, discardedAt }: FilingDraft) => ({
  id,
  owner,
  version,
  status: filedCase !== null ? ('filed' as const) : discardedAt !== null ? ('discarded' as const) : ('open' as const),
  createdAt,
  updatedAt,
  case: filedCase,
});
const draftView = (draft: FilingDraft): z.input<typeof FilingDraftView> => ({
  ...headOf(draft),
  content: draft.content,
});

function summaryOf(draft: FilingDraft): z.input<typeof FilingDraftSummary> {
  type Named = { name?: { vi?: unknown; en?: unknown } } | null | undefined;
  const kind = draft.content?.['kind'] === 'sandbox' ? ('sandbox' as const) : ('green-lane' as const);
  const one = draft.content?.[kind === 'sandbox' ? 'solution' : 'project'] as Named;
  const names = [one?.name?.vi, one?.name?.en];
  return { ...headOf(draft), kind, name: names.find((name): name is string => typeof name === 'string') ?? null };
}

/** Filings that are being written: kept as they are, checked when they are filed. */
export function filingDraftRoutes(deps: ApiDeps, access: Access) {
  const { pool, limits } = deps;
  const file = createFiling(deps);
  const fileTrial = createTrialFiling(deps);
  const sign = createFilingSigner(deps);

  /** Its investor, or whoever may open cases for them; to all others it is not there. */
  const ownDraft = async ({
    person,
    params: { id },
  }: {
    person: Person;
    params: { id: string };
  }): Promise<FilingDraft> => {
    const draft = (await findFilingDraft(pool, id)) ?? refuse('NOT_FOUND', { draft: id });
    const owners = await access.opensCasesFor(person);
    return owners.includes(draft.owner) ? draft : refuse('NOT_FOUND', { draft: id });
  };
  const requestOf = async (call: Parameters<typeof bodyHashOf>[0]) => ({
    key: call.key,
    hash: bodyHashOf(call),
    at: await businessNow(pool),
  });

  return [
    defineRoute({
      method: 'post',
      path: '/drafts',
      tag: 'Drafts',
      summary: 'Keep a filing that is not finished',
      auth: { ...parties, access: access.mayFile },
      idempotent: 'own',
      request: { body: FilingDraftBody },
      responses: { 201: { description: 'The draft', schema: FilingDraftView, headers: { Location: 'The draft' } } },
      refusals: ['OUTSIDE_POWER_OF_ATTORNEY', 'QUOTA_EXCEEDED'],
      handler: async (call) => {
        const { content, onBehalfOf } = call.body;
        requireSmall(content);
        const owner = await access.investorFor(call.person, onBehalfOf);
        const id = uuidOf('draft', call.person.id, call.key);
        const draft = await keepFilingDraft(
          pool,
          { id, owner, content },
          await requestOf(call),
          limits.quotas.openDrafts,
        );
        return call.reply(201, draftView(draft), { Location: `/api/v1/drafts/${draft.id}` });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/drafts',
      tag: 'Drafts',
      summary: 'The drafts of the investor, and of those whom a representative files for; the latest changed first',
      auth: parties,
      request: {
        query: z.strictObject({
          over: z
            .enum(['true', 'false'])
            .default('false')
            .transform((text) => text === 'true')
            .describe('Filed and discarded ones too'),
          ...page,
        }),
      },
      responses: { 200: { description: 'A page', schema: FilingDrafts } },
      handler: async ({ person, query: { cursor, limit, over }, reply }) => {
        const owners = await access.opensCasesFor(person);
        const { items, next } = await listFilingDrafts(pool, owners, { limit, over, ...given({ cursor }) });
        return reply(200, { items: items.map(summaryOf), next });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/drafts/{id}',
      tag: 'Drafts',
      summary: 'One draft with what is written so far',
      auth: { ...parties, access: ownDraft },
      request: { params: ofFilingDraft },
      responses: { 200: { description: 'The draft', schema: FilingDraftView } },
      refusals: ['NOT_FOUND'],
      handler: ({ granted, reply }) => Promise.resolve(reply(200, draftView(granted))),
    }),
    defineRoute({
      method: 'post',
      path: '/drafts/{id}',
      tag: 'Drafts',
      summary: 'Replace what is written; refused `STALE` where somebody else wrote meanwhile',
      auth: { ...parties, access: ownDraft },
      idempotent: 'own',
      request: { params: ofFilingDraft, body: FilingDraftChange },
      responses: { 200: { description: 'The next version', schema: FilingDraftView } },
      refusals: ['NOT_FOUND', 'STALE', 'PRECONDITION_FAILED'],
      handler: async (call) => {
        const { version, content } = call.body;
        requireSmall(content);
        const changed = await changeFilingDraft(pool, { id: call.params.id, version, content }, await requestOf(call));
        return call.reply(200, draftView(changed));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/drafts/{id}/filing',
      tag: 'Drafts',
      summary: 'File it as `POST /cases` does; a draft becomes one case',
      auth: { ...parties, access: ownDraft },
      idempotent: true,
      request: { params: ofFilingDraft, body: FilingOfDraft },
      responses: filedAnswer,
      refusals: [...filingRefusals, ...trialRefusals, 'NOT_FOUND'],
      handler: async (call) => {
        const { id, owner, version, content, filedCase } = call.granted;
        if (content === null) {
          const kept = await filedBefore(deps, call);
          if (kept === undefined || kept.receipt.case !== filedCase) return refuseOver(call.granted);
          return call.reply(201, kept.receipt, kept.headers);
        }
        const {
          onBehalfOf: _investor,
          signature: _before,
          ...filing
        } = parseAs(AnyFiling, content, 'body', call.language);
        const filed = { draft: { id, version }, signature: call.body?.signature };
        try {
          const { receipt, headers } = await (filing.kind === 'sandbox'
            ? fileTrial(call, owner, filing, filed)
            : file(call, owner, filing, filed));
          return call.reply(201, receipt, headers);
        } catch (error) {
          if (isFilingDraftMoved(error)) refuse('STALE', { draft: id });
          throw error;
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/drafts/{id}/signature',
      tag: 'Drafts',
      summary:
        'Have it signed, as it is written now, by the remote signing account of its investor: `POST /filing-signatures`',
      auth: { ...parties, access: ownDraft },
      idempotent: 'own',
      request: { params: ofFilingDraft, body: Nothing },
      responses: { 200: { description: 'The signature', schema: SignedFiling } },
      refusals: ['NOT_FOUND', 'PRECONDITION_FAILED', 'CASE_NOT_YOURS', 'SIGNING_UNAVAILABLE', 'ENTERPRISE_NOT_VOUCHED'],
      handler: async ({ granted, person, language, reply }) => {
        if (granted.content === null) return refuseOver(granted);
        return reply(200, await sign(person.id, granted.owner, parseAs(AnyFiling, granted.content, 'body', language)));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/drafts/{id}/discard',
      tag: 'Drafts',
      summary: 'Throw it away: what was written is erased',
      auth: { ...parties, access: ownDraft },
      idempotent: 'own',
      request: { params: ofFilingDraft, body: Nothing },
      responses: { 200: { description: 'The draft, empty', schema: FilingDraftView } },
      refusals: ['NOT_FOUND', 'PRECONDITION_FAILED'],
      handler: async ({ params: { id }, reply }) =>
        reply(200, draftView(await discardFilingDraft(pool, id, await businessNow(pool)))),
    }),
  ];
}
