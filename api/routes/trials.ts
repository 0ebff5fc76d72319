import { createHash } from 'node:crypto';
import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { type Accepted } from '../../db/register/door.js';
import { powersOf } from '../../db/people/powers.js';
import { isPartyRole } from '../../db/people/readers.js';
import { findCase } from '../../db/read/cases.js';
import { readingsOf, trialStoryOf } from '../../db/read/trial-story.js';
import { findCaseState } from '../../db/read/case-state.js';
import { type EventOf, type EventType } from '../../domain/case/events.js';
import { refuse } from '../../domain/errors.js';
import { dateOf } from '../../domain/time/instants.js';
import { headersOf } from '../acts.js';
import { type Access } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { readerRefusals, readingCase } from '../auth/callers.js';
import { requireTrialSignature } from '../auth/trial-signature.js';
import { type ApiDeps } from '../deps.js';
import { given } from '../http/given.js';
import { jsonOf } from '../http/raw-json.js';
import { defineRoute } from '../http/route.js';
import { parseAs } from '../http/validation.js';
import { after, CaseCode } from '../schemas/common.js';
import { MetricsBatch, MetricsTaken, ReadingsQuery, ReadingsView, TrialView } from '../schemas/trials.js';
import { withheldFrom } from '../documents/shown.js';
import { settle } from '../settled.js';
import { actsOpenTo, allActs } from '../trial-acts.js';
import { TrialViewer } from '../views/trials.js';

const ofCase = z.strictObject({ code: CaseCode });

/** A trial as it stands, and what its devices measure. */
export function trialRoutes(deps: ApiDeps, access: Access) {
  const { pool, door } = deps;

  /** What somebody may do for the participant: everything in their own trial, or what a power of attorney for the whole case covers. */
  const actsFor = async (person: Person, participant: string, now: string): Promise<ReadonlySet<string>> => {
    if (person.id === participant) return allActs;
    if (!isPartyRole(person.role)) return new Set();
    const powers = await powersOf(pool, person.id, dateOf(now));
    const whole = powers.filter(({ grantor, procedures }) => grantor === participant && procedures === null);
    return new Set(whole.flatMap(({ acts }) => acts));
  };

  return [
    defineRoute({
      method: 'get',
      path: '/cases/{code}/trial',
      tag: 'Trials',
      summary:
        'A trial as it stands: its conditions with their sources, what happened in it, and what the caller may do',
      auth: { ...readingCase, access: access.readCase },
      request: { params: ofCase, query: z.strictObject(after) },
      responses: { 200: { description: 'The trial', schema: TrialView } },
      refusals: readerRefusals,
      handler: async ({ params: { code }, query, person, law, signal, reply }) => {
        const settled = await settle(deps, code, query, signal);
        const found = (await findCase(pool, code)) ?? refuse('NOT_FOUND', { case: code });
        const { state } = found;
        const trial = state.trial ?? refuse('NOT_FOUND', { trial: code });
        const now = await businessNow(pool);
        const may = actsOpenTo(state, trial, person, await actsFor(person, state.investor.personId, now));
        const rules = law().law;
        const reading = new TrialViewer(state, trial, await trialStoryOf(pool, code), rules);
        const withheldDocuments = [...(await withheldFrom(pool, rules, state, person))];
        return reply(200, reading.view({ case: code, caseSeq: state.seq, asOf: now, settled, withheldDocuments }, may));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/trial/readings',
      tag: 'Trials',
      summary: 'What the devices of a trial measured, newest first',
      auth: { ...readingCase, access: access.readCase },
      request: { params: ofCase, query: ReadingsQuery },
      responses: { 200: { description: 'A page', schema: ReadingsView } },
      refusals: readerRefusals,
      handler: async ({ params: { code }, query: { limit, ...rest }, reply }) => {
        const state = await findCaseState(pool, code);
        if (!state?.trial) return refuse('NOT_FOUND', { trial: code });
        return reply(200, { case: code, ...(await readingsOf(pool, code, { limit, ...given(rest) })) });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/cases/{code}/trial/metrics',
      tag: 'Trials',
      summary: 'One signed batch of what the devices measured: checked against every limit on arrival',
      description:
        'The signature is over the code of the case, a line feed, and the bytes of the body as they are sent; over the bytes alone it is taken as long as no ' +
        'other trial has the key. A batch is taken whole or not at all. The same bytes again give the same answer; ' +
        'an unknown case, an unknown key and a wrong signature are answered alike. Near a limit people are warned; beyond one a running trial is held at once.',
      auth: { kind: 'device' },
      request: {
        params: ofCase,
        body: z.instanceof(Buffer).default(() => Buffer.alloc(0)),
        contractBody: MetricsBatch,
        bodyKind: 'raw',
        headers: { 'Trial-Key': 'Id of the key that signs, as the participant registered it' },
      },
      responses: { 200: { description: 'Taken, once', schema: MetricsTaken } },
      refusals: [
        'METRICS_SIGNATURE_INVALID',
        'METRICS_OUT_OF_ORDER',
        'METRICS_FROM_THE_FUTURE',
        'DUPLICATE_REQUEST',
        'PRECONDITION_FAILED',
        'CASE_CLOSED',
      ],
      handler: async ({ params: { code }, body, header, language, reply }) => {
        const keyId = await requireTrialSignature(pool, code, body, header);
        const batch = parseAs(MetricsBatch, jsonOf(body), 'body', language);
        const digest = createHash('sha256').update(body).digest('hex');
        const accepted = await door.handle({
          caseCode: code,
          command: { type: 'submitMetrics', keyId, digest, ...batch },
          actor: { kind: 'device', keyId },
          occurredAt: await businessNow(pool),
          // Other bytes under the number of a batch are another operation: the rule refuses them, and says which number is next.
          operationId: `device/${code}/${keyId}/${batch.batch}/${digest}`,
          bodyHash: digest,
        });
        const phase = (await findCaseState(pool, code))?.trial?.phase ?? refuse('NOT_FOUND', { trial: code });
        return reply(200, { ...takenOf(accepted), batch: batch.batch, phase }, headersOf(accepted));
      },
    }),
  ];
}

/** What came of a batch, read off the events of its own command: a stored answer says it again. */
function takenOf({ caseCode, caseSeq, events }: Accepted) {
  const of = <T extends EventType>(type: T) => events.filter((event): event is EventOf<T> => event.type === type);
  const reading = ({ payload: { limit, value, at } }: EventOf<'limitNeared' | 'limitExceeded'>) => ({
    limit,
    value,
    at,
  });
  const [hold] = of('holdPlaced');
  return {
    case: caseCode,
    caseSeq,
    near: of('limitNeared').map(reading),
    exceeded: of('limitExceeded').map(reading),
    hold: hold ? { id: hold.payload.holdId, confirmBy: hold.payload.confirmBy } : null,
    incidents: of('incidentOpened').map(({ payload: { incidentId: id, limit, reportBy } }) => ({
      id,
      limit,
      reportBy,
    })),
  };
}
