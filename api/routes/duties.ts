import { z } from 'zod';
import { findCaseState } from '../../db/read/case-state.js';
import { dutiesOf } from '../../domain/case/duty/shown.js';
import { procedureScopeOf } from '../../domain/case/scope.js';
import { documentEvidence } from '../../domain/case/procedure/documents.js';
import { refuse } from '../../domain/errors.js';
import { createActs, written } from '../acts.js';
import { type Access, type Party } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { caseReaders } from '../auth/callers.js';
import { type ApiDeps } from '../deps.js';
import { requireOwnDocument, showingAs } from '../documents/own.js';
import { defineRoute } from '../http/route.js';
import { CaseCode, Written } from '../schemas/common.js';
import { DutiesView, DutyId, FulfilmentBody } from '../schemas/duties.js';

const ofCase = z.strictObject({ code: CaseCode });
const ofDuty = z.strictObject({ code: CaseCode, duty: DutyId });
const parties: ReadonlySet<Person['role']> = new Set(['investor', 'representative'] as const);

/** What the law demands beside approvals: who owes what by when, and that it was done. Duties outlive the case. */
export function dutyRoutes(deps: ApiDeps, access: Access) {
  const { pool } = deps;
  const act = createActs(deps);

  /** The investor's side within its power of attorney, and whoever works in an agency of this case. Which duty is whose is the rule's to say. */
  const owing = async (call: { readonly person: Person; readonly params: z.output<typeof ofDuty> }): Promise<Party> => {
    const { person, params } = call;
    if (!parties.has(person.role)) {
      await access.agencyInCase(call);
      return { onBehalfOf: undefined };
    }
    const state = await findCaseState(pool, params.code);
    const scope = state?.duties[params.duty]?.scope;
    const procedure = scope === undefined ? undefined : state?.procedures[procedureScopeOf(scope)]?.procedure;
    return access.requireParty(person, params.code, 'meetDuty', procedure ?? null);
  };

  return [
    defineRoute({
      method: 'get',
      path: '/cases/{code}/duties',
      tag: 'Cases',
      summary: 'What the law demands beside approvals: open duties first, the earliest date first',
      auth: { kind: 'person', roles: caseReaders, scope: 'case:read', access: access.readCase },
      request: { params: ofCase },
      responses: { 200: { description: 'All of them', schema: DutiesView } },
      refusals: ['CASE_NOT_YOURS', 'ACTOR_RECUSED', 'OUTSIDE_POWER_OF_ATTORNEY', 'NOT_FOUND'],
      handler: async ({ params: { code }, law, reply }) => {
        const state = (await findCaseState(pool, code)) ?? refuse('NOT_FOUND', { case: code });
        return reply(200, { case: code, items: dutiesOf(state, law().law) });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/duties/{duty}/fulfilment',
      tag: 'Cases',
      summary: 'Say that a duty was done, and show it: by whoever owes it',
      description: 'A late one is recorded as late. What the register itself sees done needs nobody to say so.',
      auth: {
        kind: 'person',
        roles: ['investor', 'representative', 'officer', 'head'],
        scope: ['case:file', 'task:work'],
        access: owing,
      },
      idempotent: true,
      request: { params: ofDuty, body: FulfilmentBody },
      responses: { 200: { description: 'Done, once', schema: Written } },
      refusals: [
        'CASE_NOT_YOURS',
        'ACTOR_RECUSED',
        'OUTSIDE_POWER_OF_ATTORNEY',
        'FORBIDDEN',
        'DUTY_CLOSED',
        'NOT_FOUND',
      ],
      handler: async (call) => {
        const { params, body, granted, person } = call;
        const { evidence } = body;
        if ('documentId' in evidence) {
          const showing = showingAs(person, granted.onBehalfOf);
          await requireOwnDocument(pool, showing, evidence.documentId, '/evidence/documentId');
        }
        const shown =
          'documentId' in evidence ? documentEvidence(evidence.documentId) : `reference:${evidence.reference}`;
        const command = { type: 'meetDuty', duty: params.duty, evidence: shown } as const;
        return written(call, await act(call, params.code, command, granted.onBehalfOf));
      },
    }),
  ];
}
