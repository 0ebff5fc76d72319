import { z } from 'zod';
import { type PersonCommand } from '../../domain/case/commands.js';
import { type ErrorCode } from '../../domain/errors.js';
import { createActs, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { defineRoute } from '../http/route.js';
import {
  OfficialCorrectionBody,
  ReceiptWithdrawalBody,
  ResultChangeBody,
  ReviewBody,
  WithdrawalBody,
} from '../schemas/commands.js';
import { CaseCode, Code, RequestId, Written } from '../schemas/common.js';

const ofProcedure = z.strictObject({ code: CaseCode, procedure: Code });
const ofNotice = z.strictObject({ code: CaseCode, procedure: Code, requestId: RequestId });
const done = { 200: { description: 'Done, once', schema: Written } } as const;
const refusals = [
  'CASE_NOT_YOURS',
  'ACTOR_RECUSED',
  'CASE_CLOSED',
  'PRECONDITION_FAILED',
  'NOT_FOUND',
] as const satisfies readonly ErrorCode[];

/** What an agency did by mistake is taken back by an act with its reason, which the investor is told; and the handling of a violation ends. */
export function mistakeRoutes(deps: ApiDeps, access: Access) {
  const act = createActs(deps);
  const handling = {
    kind: 'person',
    roles: ['officer', 'head'],
    scope: 'task:work',
    access: access.agencyInCase,
  } as const;
  const noticeAct = <B extends z.ZodType>(
    name: string,
    summary: string,
    body: B,
    commandOf: (notice: { readonly procedure: string; readonly requestId: string }, body: z.output<B>) => PersonCommand,
  ) =>
    defineRoute({
      method: 'post',
      path: `/cases/{code}/procedures/{procedure}/supplements/{requestId}/${name}`,
      tag: 'Tasks',
      summary,
      auth: handling,
      idempotent: true,
      request: { params: ofNotice, body },
      responses: done,
      refusals,
      handler: async (call) => {
        const { code, procedure, requestId } = call.params;
        return written(call, await act(call, code, commandOf({ procedure, requestId }, call.body)));
      },
    });
  return [
    noticeAct(
      'withdrawal',
      'Take a request to the investor back that was sent by mistake, before it was answered or has lapsed: it is not used up, and its days are the agency’s',
      WithdrawalBody,
      (notice, { reason }) => ({ type: 'withdrawSupplement', ...notice, reason }),
    ),
    noticeAct(
      'review',
      'A violation is still being handled: say by when somebody looks at it again',
      ReviewBody,
      (notice, { reason, reviewOn }) => ({ type: 'reviewViolation', ...notice, reason, ...given({ reviewOn }) }),
    ),
    noticeAct(
      'end',
      'The violation is dealt with: the agency’s term goes on',
      WithdrawalBody,
      (notice, { reason }) => ({ type: 'endViolation', ...notice, reason }),
    ),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/official-corrections',
      tag: 'Tasks',
      summary: 'Put a fact of the project right: somebody else of whoever owns the green lane confirms it',
      description: 'The investor is told. Refused once a decision rests on what was stated.',
      auth: handling,
      idempotent: true,
      request: { params: z.strictObject({ code: CaseCode }), body: OfficialCorrectionBody },
      responses: done,
      refusals: [...refusals, 'DUPLICATE_REQUEST', 'FACT_DECIDED'],
      handler: async (call) => {
        const command = { type: 'proposeFacts', ...call.body, documentId: null } as const;
        return written(call, await act(call, call.params.code, command));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/result-changes',
      tag: 'Tasks',
      summary: 'Propose that an issued result is corrected or revoked: the head of the agency that decided it is asked',
      description:
        'For the agency whose decision it is, also once the case has ended. The head decides, not whoever proposed it; before a revocation the investor has until `answerBy` to speak. What is issued has its own number, and `GET /public/decisions/{number}` answers `corrected` or `revoked` from then on.',
      auth: handling,
      idempotent: true,
      request: { params: ofProcedure, body: ResultChangeBody },
      responses: done,
      refusals: [...refusals, 'FORBIDDEN', 'DUPLICATE_REQUEST', 'CALENDAR_UNKNOWN'],
      handler: async (call) => {
        const { code, procedure } = call.params;
        const { passages = [], ...body } = call.body;
        return written(call, await act(call, code, { type: 'proposeResultChange', procedure, ...body, passages }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/extension/withdrawal',
      tag: 'Tasks',
      summary:
        'Take an extension back that was granted by mistake: the date is what it was before, also where that is past',
      auth: { kind: 'person', roles: ['head'], scope: 'task:work', access: access.headInCase },
      idempotent: true,
      request: { params: ofProcedure, body: WithdrawalBody },
      responses: done,
      refusals,
      handler: async (call) => {
        const { code, procedure } = call.params;
        return written(call, await act(call, code, { type: 'withdrawExtension', procedure, reason: call.body.reason }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/receipt/withdrawal',
      tag: 'Tasks',
      summary:
        'Take a reception back that was a mistake: the dossier is examined anew, or in the procedure it belongs to, as of the day it came',
      auth: {
        kind: 'person',
        roles: ['receiving-officer', 'officer', 'head'],
        scope: 'task:work',
        access: access.agencyInCase,
      },
      idempotent: true,
      request: { params: ofProcedure, body: ReceiptWithdrawalBody },
      responses: done,
      refusals,
      handler: async (call) => {
        const { code, procedure } = call.params;
        const { reason, to } = call.body;
        const command = { type: 'withdrawReceipt', procedure, reason, ...given({ to }) } as const;
        return written(call, await act(call, code, command));
      },
    }),
  ];
}
