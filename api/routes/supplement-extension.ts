import { z } from 'zod';
import { findCaseState } from '../../db/read/case-state.js';
import { latestAttempt } from '../../domain/case/procedure/state.js';
import { refuse } from '../../domain/errors.js';
import { createActs, written } from '../acts.js';
import { type Access } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { extensionRefusals } from '../auth/callers.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { ExtensionBody } from '../schemas/commands.js';
import { CaseCode, Code, RequestId, Written } from '../schemas/common.js';

const params = z.strictObject({ code: CaseCode, procedure: Code, requestId: RequestId });

interface Call {
  readonly person: Person;
  readonly params: z.output<typeof params>;
}

/** More time for the investor to answer a notice, where the law knows such a thing. */
export function supplementExtensionRoutes(deps: ApiDeps, access: Access) {
  const act = createActs(deps);
  /** Whoever handles the very procedure that asked. */
  const handling = async (call: Call): Promise<void> => {
    await access.agencyInCase(call);
    const { code, procedure } = call.params;
    const state = (await findCaseState(deps.pool, code)) ?? refuse('CASE_NOT_YOURS');
    if (latestAttempt(state, procedure)?.handlingAgency !== call.person.agency) refuse('CASE_NOT_YOURS');
  };
  return [
    defineRoute({
      method: 'post',
      path: '/cases/{code}/procedures/{procedure}/supplements/{requestId}/extension',
      tag: 'Tasks',
      summary: 'Give the investor more time to answer a notice, where the law allows it and before it lapses; once',
      auth: { kind: 'person', roles: ['officer', 'head'], scope: 'task:work', access: handling },
      idempotent: true,
      request: { params, body: ExtensionBody },
      responses: { 200: { description: 'Done, once', schema: Written } },
      refusals: extensionRefusals,
      handler: async (call) => {
        const { code, procedure, requestId } = call.params;
        const { days, reason } = call.body;
        return written(call, await act(call, code, { type: 'extendSupplement', procedure, requestId, days, reason }));
      },
    }),
  ];
}
