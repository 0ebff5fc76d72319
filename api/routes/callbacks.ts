import { z } from 'zod';
import { dossierScope } from '../../db/read/case-state.js';
import { findRequestByCorrelation, wasLost } from '../../db/outbound/agency-requests.js';
import { businessNow } from '../../db/register/business-clock.js';
import { receiveMessage, refusalOf } from '../../db/outbound/inbox.js';
import { handleMessages } from '../../db/outbound/inbox-handler.js';
import { conditionsOf } from '../../domain/case/conference/conflicts.js';
import { refuse } from '../../domain/errors.js';
import { AgencyMessage } from '../../domain/schemas/agency-messages.js';
import { requireSignature } from '../auth/signature.js';
import { type ApiDeps } from '../deps.js';
import { jsonOf } from '../http/raw-json.js';
import { defineRoute } from '../http/route.js';
import { parseAs } from '../http/validation.js';
import { Code } from '../schemas/common.js';

const Taken = z
  .strictObject({
    accepted: z.literal(true),
    first: z
      .boolean()
      .describe('false: this message was taken before, or answers a question that was lost with a restored register'),
  })
  .meta({ id: 'CallbackTaken' });

/** What agency systems send: checked over the bytes received, kept, answered, and only then handled. */
export function callbackRoutes({ pool, bell, door, agencyHmacSecret, logger }: ApiDeps) {
  /** Keeps it, answers for it, then handles it; throws why it was refused for good. */
  const take = async (agency: string, message: AgencyMessage): Promise<{ accepted: true; first: boolean }> => {
    const { messageId } = message;
    const receivedAt = await businessNow(pool);
    const { first, id } = await receiveMessage(pool, { agency, messageId, body: message, receivedAt });
    // Kept is taken: whatever goes wrong from here on, the worker handles it from the inbox.
    const onError = (err: unknown) => {
      logger.error({ err }, 'callback left to the inbox');
      bell?.ring('inbox');
    };
    if (first) await handleMessages({ pool, door, limit: 1, only: id, onError }).catch(onError);
    // Whoever speaks a second time must hear that the first word stands.
    const refused = await refusalOf(pool, id);
    if (refused !== null) refuse(refused, { messageId });
    return { accepted: true, first };
  };
  return [
    defineRoute({
      method: 'post',
      path: '/agency-callbacks/{agency}',
      tag: 'Agencies',
      summary: 'A word of another body’s system: an opinion, or what happened at a counter of the City',
      description:
        'What the City’s procedure system tells of a dossier (papers filed at a counter, a result handed out) comes under the agency that keeps the counters.',
      auth: { kind: 'signature' },
      request: {
        params: z.strictObject({ agency: Code }),
        body: z.instanceof(Buffer).default(() => Buffer.alloc(0)),
        contractBody: AgencyMessage,
        bodyKind: 'raw',
        headers: {
          'X-Luong-Xanh-Timestamp': 'Real time in whole epoch seconds, five minutes off at most',
        },
      },
      responses: { 202: { description: 'Taken, once per message id', schema: Taken } },
      refusals: [
        'CALLBACK_SIGNATURE_INVALID',
        'NOT_FOUND',
        'MALFORMED_REQUEST',
        'VALIDATION_FAILED',
        'CONDITIONS_CONTRADICT',
        'MESSAGE_ID_REUSED',
        'PRECONDITION_FAILED',
        'DUPLICATE_REQUEST',
        'ANSWER_TOO_LATE',
        'CASE_CLOSED',
      ],
      handler: async ({ params: { agency }, body, header, language, law, reply }) => {
        requireSignature(agencyHmacSecret, agency, body, header);
        const message = parseAs(AgencyMessage, jsonOf(body), 'body', language);
        if (message.kind !== 'opinion') {
          if (agency !== law().law.receivingAgency || (await dossierScope(pool, message.dossierCode)) === null)
            refuse('NOT_FOUND', { dossierCode: message.dossierCode });
          return reply(202, await take(agency, message));
        }
        const opinion = message;
        const request = await findRequestByCorrelation(pool, opinion.correlationId);
        // Its sender did what was asked; refused, it would be sent again and again.
        if (request === undefined && (await wasLost(pool, opinion.correlationId)))
          return reply(202, { accepted: true, first: false });
        // The system of whoever took the place of the agency that was asked may answer, too.
        const own = request && (request.agency === agency || law().law.successorOf(request.agency ?? '') === agency);
        if (!own) refuse('NOT_FOUND', { correlationId: opinion.correlationId });
        // Kept and refused later it would look like silence: its sender must hear of it.
        conditionsOf(opinion, law().law.settings.conditionSubjects, 'system');
        return reply(202, await take(agency, opinion));
      },
    }),
  ];
}
