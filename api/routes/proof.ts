import { z } from 'zod';
import { provenCase } from '../../db/register/log/proof.js';
import { logState } from '../../db/register/log/state.js';
import { findCase } from '../../db/read/cases.js';
import { refuse } from '../../domain/errors.js';
import { type Access } from '../auth/access.js';
import { readerRefusals, readingCase } from '../auth/callers.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { CaseCode } from '../schemas/common.js';
import { CaseProofView, LogView } from '../schemas/proof.js';
import { createTurns } from '../turns.js';
import { proofView } from '../views/proof.js';

/** Of one person waiting, and how long for a turn. */
const [mostWaiting, longestWaitMs] = [4, 20_000];

/** What the transparency log says, of itself and of one case. */
export function proofRoutes({ pool, log, publicUrl }: ApiDeps, access: Access) {
  // A proof takes a second of the processor in a long case: one at a time, so that everybody else is served.
  const turns = createTurns({ perPerson: mostWaiting, waitMs: longestWaitMs });
  return [
    defineRoute({
      method: 'get',
      path: '/cases/{code}/proof',
      tag: 'Evidence',
      summary: 'One file that proves what happened in the case: checked without asking us',
      description:
        'Every event with the path from its leaf to a root that the log signed and a witness saw. What the caller may not see is a salted hash in it. `npm run verify-proof` checks the file without the network. Proofs are made one after the other, the people who ask in turn; whoever asks for more than five at once is refused the others (`OVERLOADED`, with Retry-After).',
      auth: { ...readingCase, access: access.readCase },
      request: { params: z.strictObject({ code: CaseCode }) },
      responses: { 200: { description: 'The proof', schema: CaseProofView } },
      refusals: [...readerRefusals, 'NOT_LOGGED_YET'],
      handler: async ({ person, granted, params: { code }, reply }) => {
        const found = (await findCase(pool, code)) ?? refuse('NOT_FOUND', { case: code });
        const proof = async (): Promise<z.input<typeof CaseProofView>> => {
          const proven = log && (await provenCase(pool, log.files, code));
          if (!proven) return refuse('NOT_LOGGED_YET', { case: code });
          const evidence = person.role === 'auditor';
          return proofView(proven, { access: granted, procedures: null, state: found.state, evidence });
        };
        const made = (await turns.take(person.id, proof)) ?? refuse('OVERLOADED', { retryAfter: 5 });
        return reply(200, made);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/public/log',
      tag: 'Evidence',
      summary: 'The transparency log over all events: its newest signed state, its keys, and where its files are',
      auth: { kind: 'anyone' },
      responses: { 200: { description: 'The log', schema: LogView } },
      refusals: ['NOT_LOGGED_YET'],
      handler: async ({ reply }) => {
        const state = (await logState(pool)) ?? refuse('NOT_LOGGED_YET', {});
        return reply(200, { ...state, keys: [...state.keys], address: `${publicUrl}/log` });
      },
    }),
  ];
}
