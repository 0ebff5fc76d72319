import { z } from 'zod';
import { findCaseState } from '../../db/read/case-state.js';
import { refuse } from '../../domain/errors.js';
import { allowedIn } from '../../domain/case/trial/phases.js';
import { type TrialLimit, type TrialTerms } from '../../domain/law/trial-terms.js';
import { createActs, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { actingParty, partyRefusals } from '../auth/callers.js';
import { type ApiDeps } from '../deps.js';
import { requireOwnDocument, showingAs } from '../documents/own.js';
import { defineRoute } from '../http/route.js';
import { type FieldError, InvalidRequest } from '../http/validation.js';
import { CaseCode, Written } from '../schemas/common.js';
import { AdjustmentBody, FinalReportBody, TrialExtensionBody } from '../schemas/trial-acts.js';

const ofCase = z.strictObject({ code: CaseCode });
const done = { 200: { description: 'Done, once', schema: Written } } as const;

/** What the participant asks the authority for: other conditions, more time, a certificate. */
export function trialExitRoutes(deps: ApiDeps, access: Access) {
  const { pool } = deps;
  const act = createActs(deps);

  /** The conditions as they would be. Exemptions are the decision's alone. */
  const adjusted = async (code: string, body: AdjustmentBody): Promise<TrialTerms> => {
    const trial = (await findCaseState(pool, code))?.trial ?? refuse('NOT_FOUND', { trial: code });
    const { terms, phase } = trial;
    if (terms === null) {
      const requestAdjustment = 'requestAdjustment';
      return refuse('PRECONDITION_FAILED', { act: requestAdjustment, phase, allowedIn: allowedIn[requestAdjustment] });
    }
    const { reason: _reason, limits = [], ...changes } = body;
    return { ...terms, ...changes, limits: boundAnew(terms.limits, limits) };
  };

  return [
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/adjustments',
      tag: 'Trials',
      summary: 'Ask for other conditions, within the regime',
      auth: { ...actingParty, access: access.partyInCase('requestTrialChange') },
      idempotent: true,
      request: { params: ofCase, body: AdjustmentBody },
      responses: done,
      refusals: [
        ...partyRefusals,
        'DUPLICATE_REQUEST',
        'LIMIT_LOOSER_THAN_REGIME',
        'OUTSIDE_TERRITORY',
        'TERM_TOO_LONG',
      ],
      handler: async (call) => {
        const { params, body, granted } = call;
        const request = { kind: 'adjustment', terms: await adjusted(params.code, body) } as const;
        const command = { type: 'requestTrialChange', request, reason: body.reason } as const;
        return written(call, await act(call, params.code, command, granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/extension',
      tag: 'Trials',
      summary: 'Ask for more time, as often and as long as the regime allows',
      auth: { ...actingParty, access: access.partyInCase('requestTrialChange') },
      idempotent: true,
      request: { params: ofCase, body: TrialExtensionBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST', 'EXTENSION_LIMIT', 'TERM_TOO_LONG', 'ASKED_TOO_LATE'],
      handler: async (call) => {
        const { months, reason } = call.body;
        const command = { type: 'requestTrialChange', request: { kind: 'extension', months }, reason } as const;
        return written(call, await act(call, call.params.code, command, call.granted.onBehalfOf));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/final-report',
      tag: 'Trials',
      summary: 'File the final report: what was learned, and which legal rules should change',
      auth: { ...actingParty, access: access.partyInCase('fileFinalReport') },
      idempotent: true,
      request: { params: ofCase, body: FinalReportBody },
      responses: done,
      refusals: [...partyRefusals, 'DUPLICATE_REQUEST'],
      handler: async (call) => {
        await requireOwnDocument(pool, showingAs(call.person, call.granted.onBehalfOf), call.body.documentId);
        const command = { type: 'fileFinalReport', ...call.body } as const;
        return written(call, await act(call, call.params.code, command, call.granted.onBehalfOf));
      },
    }),
  ];
}

/** Limits with new bounds where some are given, all of them or none: a bound that is left out is gone. */
function boundAnew(limits: readonly TrialLimit[], asked: NonNullable<AdjustmentBody['limits']>): TrialLimit[] {
  const known = limits.map(({ code }) => code);
  const errors = asked.flatMap(({ code }, index): FieldError[] =>
    known.includes(code)
      ? []
      : [{ in: 'body', pointer: `/limits/${index}/code`, code: 'UNKNOWN_VALUE', detail: known.join(', ') }],
  );
  if (errors.length > 0) throw new InvalidRequest(errors);
  const bounds = new Map(asked.map((one) => [one.code, one]));
  return limits.map((limit) => {
    const anew = bounds.get(limit.code);
    if (!anew) return limit;
    const { name, unit, watch, verified, source } = limit;
    return { name, unit, watch, verified, source, ...anew };
  });
}
