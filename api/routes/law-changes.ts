import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { compileCalendar, isWorkingDay } from '../../domain/time/calendar.js';
import { knownDueDateOf } from '../../domain/time/clock.js';
import { dateOf } from '../../domain/time/instants.js';
import {
  calendarChanges,
  openCasesAfter,
  type Published,
  findLawChange,
  listLawChanges,
  withDefinition,
  withdrawDefinition,
} from '../../db/law/law-changes.js';
import { proposeCalendar, proposeDefinition } from '../../db/law/city-data.js';
import { readWholeCatalogue } from '../../db/law/law.js';
import { openAttempts, type OpenAttempt } from '../../db/read/open-attempts.js';
import { type MigrationEnvelope, previewMigration } from '../../domain/case/law-change/preview.js';
import { Refusal, refuse } from '../../domain/errors.js';
import { procedureById } from '../../domain/law/procedure.js';
import { type Instant } from '../../domain/time/instants.js';
import { headersOf } from '../acts.js';
import { actorOf, type Person } from '../auth/person.js';
import { buildCatalogue } from '../../domain/law/catalogue.js';
import { createLaw, type Law } from '../../domain/law/law.js';
import { type ApiDeps } from '../deps.js';
import { hashOf, uuidOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { Code } from '../schemas/common.js';
import {
  CalendarPreview,
  CalendarPublication,
  DefinitionPreview,
  DefinitionPublication,
  DefinitionWithdrawal,
  LawChange,
  type MigrationItem,
  MigrationRequest,
  Migrations,
} from '../schemas/law-changes.js';

const admins = { kind: 'person', roles: ['admin'], scope: 'catalogue:write' } as const;
const operators = { kind: 'person', roles: ['operator', 'admin'], scope: 'engine:operate' } as const;
const params = z.strictObject({ code: Code });
const location = { Location: 'Ask here how far it has reached' };
const pageSize = 100;
const casesAtOnce = 500;

const headersFor = ({ change, replayed }: Published) => ({
  Location: `/api/v1/law-changes/${change.id}`,
  ...headersOf({ replayed }),
});

/** The law changes while cases run: new versions of calendars and definitions, and what becomes of the cases. */
export const lawChangeRoutes = (deps: ApiDeps) => [
  defineRoute({
    method: 'post',
    path: '/calendars/{code}/versions',
    tag: 'Changes of the law',
    summary: 'Propose the next version of a calendar',
    description:
      'Another admin confirms it (`POST /law-changes/{id}/confirmation`); it holds from that instant on. Every clock that runs is re-dated, with an entry in its ledger that cites the document; no day already counted may change.',
    auth: admins,
    idempotent: 'own',
    request: { params, body: CalendarPublication },
    responses: { 201: { description: 'Proposed: nothing holds yet', schema: LawChange, headers: location } },
    refusals: ['NOT_FOUND', 'CONFLICT', 'CALENDAR_DAY_COUNTED', 'DEFINITION_INVALID', 'IDEMPOTENCY_KEY_REUSED'],
    handler: async ({ params: { code }, body, person, key, reply }) => {
      if (body.code !== code) refuse('VALIDATION_FAILED', { field: 'code', expected: code });
      const proposed = await proposeCalendar(deps.pool, publicationOf(person, key, body), body);
      return reply(201, proposed.change, headersFor(proposed));
    },
  }),
  defineRoute({
    method: 'post',
    path: '/calendars/{code}/preview',
    tag: 'Changes of the law',
    summary:
      'What the next version of a calendar would do: the days that change and the dates that move; nothing is kept',
    auth: admins,
    idempotent: 'own',
    request: { params, body: CalendarPublication },
    responses: { 200: { description: 'Its effect', schema: CalendarPreview } },
    refusals: ['NOT_FOUND', 'CONFLICT', 'CALENDAR_DAY_COUNTED', 'CALENDAR_UNKNOWN'],
    handler: async ({ params: { code }, body, reply }) => {
      if (body.code !== code) refuse('VALIDATION_FAILED', { field: 'code', expected: code });
      const { catalogue } = await deps.law.atLeast();
      const current = catalogue.calendars.get(code) ?? refuse('NOT_FOUND', { calendar: code });
      const { document: _document, ...next } = body;
      const days = calendarChanges(current.data, next, dateOf(await businessNow(deps.pool)));
      const after = compileCalendar(next);
      const cases = await openCasesAfter(deps.pool, '', casesAtOnce);
      const items = cases.flatMap((one) =>
        Object.values(one.state.procedures)
          .filter(({ calendar, ledger, closed }) => calendar === code && ledger.length > 0 && closed === null)
          .flatMap(({ procedure, budget, ledger }) => {
            const [from, to] = [current, after].map((calendar) => knownDueDateOf(calendar, budget, ledger));
            return from === to ? [] : [{ case: one.code, procedure, from: from ?? null, to: to ?? null }];
          }),
      );
      const changed = days.map((date) => ({ date, worked: isWorkingDay(after, date) }));
      return reply(200, { changed, to: next.to, looked: cases.length, items });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/procedures/{code}/versions',
    tag: 'Changes of the law',
    summary: 'Propose a version of a procedure',
    description:
      'Another admin confirms it (`POST /law-changes/{id}/confirmation`). Applies to what is received from its `validFrom` on. Procedures received before keep their version unless they are migrated.',
    auth: admins,
    idempotent: 'own',
    request: { params, body: DefinitionPublication },
    responses: { 201: { description: 'Proposed: nothing holds yet', schema: LawChange, headers: location } },
    refusals: ['NOT_FOUND', 'CONFLICT', 'DEFINITION_INVALID', 'IDEMPOTENCY_KEY_REUSED'],
    handler: async ({ params: { code }, body, person, key, reply }) => {
      if (body.code !== code) refuse('DEFINITION_INVALID', { field: 'code', expected: code });
      const proposed = await proposeDefinition(deps.pool, publicationOf(person, key, body), body);
      return reply(201, proposed.change, headersFor(proposed));
    },
  }),
  defineRoute({
    method: 'post',
    path: '/procedures/{code}/preview',
    tag: 'Changes of the law',
    summary:
      'What the next version of a procedure would do: whether it holds together, and what moving those that run would change; nothing is kept',
    auth: admins,
    idempotent: 'own',
    request: { params, body: DefinitionPublication },
    responses: { 200: { description: 'Its effect', schema: DefinitionPreview } },
    refusals: ['NOT_FOUND', 'CONFLICT', 'DEFINITION_INVALID'],
    handler: async ({ params: { code }, body, person, key, reply }) => {
      if (body.code !== code) refuse('DEFINITION_INVALID', { field: 'code', expected: code });
      const now = await businessNow(deps.pool);
      const law = createLaw(buildCatalogue(withDefinition(await readWholeCatalogue(deps.pool), body, dateOf(now))));
      const found = await openAttempts(deps.pool, {
        procedure: code,
        cases: undefined,
        after: undefined,
        limit: pageSize + 1,
      });
      const items = found
        .slice(0, pageSize)
        .map((attempt) => previewOf(law, attempt, migrating(person, key, attempt, body.version, now)));
      const { version, validFrom: holdsFrom } = body;
      return reply(200, { procedure: code, version, holdsFrom, items, more: found.length > pageSize });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/law-changes/{id}/withdrawal',
    tag: 'Changes of the law',
    summary: 'Take a published version of a procedure back before it is in force',
    description:
      'With its reason. Put right, it is published anew under the same version. A calendar holds from its publication: what is wrong in it the next version puts right.',
    auth: admins,
    idempotent: 'own',
    request: { params: z.strictObject({ id: z.uuid() }), body: DefinitionWithdrawal },
    responses: { 200: { description: 'It will not hold', schema: LawChange } },
    refusals: ['NOT_FOUND', 'PRECONDITION_FAILED'],
    handler: async ({ params: { id }, body, person, reply }) => {
      const change = await withdrawDefinition(deps.pool, id, person.id, body.reason);
      await deps.law.atLeast();
      return reply(200, change);
    },
  }),
  defineRoute({
    method: 'post',
    path: '/procedures/{code}/migrations',
    tag: 'Changes of the law',
    summary: 'Move procedures that run to another version, or see what that would do',
    description:
      'One transaction per case, a result per item. What is done stays done, by the code of the step; what the clock has counted and what is left stay as they are.',
    auth: admins,
    idempotent: 'own',
    request: { params, body: MigrationRequest },
    responses: { 200: { description: 'At most a hundred attempts, by scope', schema: Migrations } },
    refusals: ['NOT_FOUND', 'DEFINITION_UNKNOWN', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
    handler: async ({ params: { code }, body, person, key, reply }) => {
      const { toVersion, preview, cases, after } = body;
      const { law, catalogue } = await deps.law.atLeast();
      if (!catalogue.procedures.has(code)) refuse('NOT_FOUND', { procedure: code });
      if (procedureById(catalogue.procedures, toVersion).code !== code)
        refuse('DEFINITION_UNKNOWN', { procedure: code, version: toVersion });
      const occurredAt = await businessNow(deps.pool);
      const found = await openAttempts(deps.pool, { procedure: code, cases, after, limit: pageSize });
      const items: MigrationItem[] = [];
      for (const attempt of found) {
        const envelope = migrating(person, key, attempt, toVersion, occurredAt);
        const seen = previewOf(law, attempt, envelope);
        items.push(preview ? seen : await moved(deps.door, seen, envelope));
      }
      const known = new Set(found.map((one) => one.case));
      for (const one of cases ?? []) if (!known.has(one)) items.push(nothingOpen(one));
      const next = found.length === pageSize ? (found.at(-1)?.scope ?? null) : null;
      return reply(200, { procedure: code, toVersion, preview, items, next });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/law-changes',
    tag: 'Changes of the law',
    summary: 'What was published, newest first, and how far it has reached the cases',
    auth: operators,
    responses: {
      200: {
        description: 'The last hundred',
        schema: z.strictObject({ items: z.array(LawChange) }).meta({ id: 'LawChanges' }),
      },
    },
    handler: async ({ reply }) => reply(200, { items: await listLawChanges(deps.pool) }),
  }),
  defineRoute({
    method: 'get',
    path: '/law-changes/{id}',
    tag: 'Changes of the law',
    summary: 'One of them',
    auth: operators,
    request: { params: z.strictObject({ id: z.uuid() }) },
    responses: { 200: { description: 'The change', schema: LawChange } },
    refusals: ['NOT_FOUND'],
    handler: async ({ params: { id }, reply }) =>
      reply(200, (await findLawChange(deps.pool, id)) ?? refuse('NOT_FOUND', { change: id })),
  }),
];

const publicationOf = (person: Person, key: string, body: unknown) => ({
  id: uuidOf('law-change', person.id, key),
  bodyHash: hashOf(body),
  by: person.id,
});

const migrating = (
  person: Person,
  key: string,
  { case: caseCode, scope }: OpenAttempt,
  version: string,
  occurredAt: Instant,
): MigrationEnvelope => ({
  caseCode,
  command: { type: 'migrateProcedure', scope, version },
  actor: actorOf(person),
  occurredAt,
  operationId: `person/${person.id}/${key}/${scope}`,
  bodyHash: hashOf({ scope, version }),
});

function previewOf(law: Law, attempt: OpenAttempt, envelope: MigrationEnvelope): MigrationItem {
  const seen = previewMigration(attempt.state, envelope, law);
  if (!seen) return nothingOpen(attempt.case);
  const { from, to, refusal, steps, remaining } = seen;
  return {
    case: attempt.case,
    attempt: attempt.attempt,
    status: refusal ? 'refused' : from === to ? 'already' : 'movable',
    code: refusal?.code ?? null,
    details: { ...refusal?.details },
    fromVersion: from,
    steps,
    remaining,
  };
}

/** Through the door; what it says counts, whatever the preview said. */
async function moved(door: ApiDeps['door'], seen: MigrationItem, envelope: MigrationEnvelope): Promise<MigrationItem> {
  try {
    const { events } = await door.handle(envelope);
    const migrated = events.find((event) => event.type === 'procedureMigrated');
    const status = migrated ? 'moved' : 'already';
    const fromVersion = migrated?.type === 'procedureMigrated' ? migrated.payload.from : seen.fromVersion;
    return { ...seen, status, code: null, details: {}, fromVersion };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...seen, status: 'refused', code: error.code, details: { ...error.details } };
  }
}

const nothingOpen = (caseCode: string): MigrationItem => ({
  case: caseCode,
  attempt: null,
  status: 'refused',
  code: 'NOT_FOUND',
  details: {},
  fromVersion: null,
  steps: null,
  remaining: null,
});
