import { z } from 'zod';
import {
  changeStaff,
  findSuccessor,
  heldWrongly,
  staffFaults,
  type StaffAct,
  type StaffFault,
  type StaffMember,
} from '../../db/people/staff.js';
import { findPeople } from '../../db/people/people.js';
import { readStaff, staffColumns } from '../../db/people/staff-file.js';
import { type Assignee } from '../../domain/case/task/commands.js';
import { type ErrorCode, Refusal, refuse } from '../../domain/errors.js';
import { isMailAddress } from '../../domain/notices/mail-address.js';
import { staffRoles } from '../../domain/people/access-scopes.js';
import { type Instant } from '../../domain/time/instants.js';
import { headersOf } from '../acts.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { hashOf, uuidOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { Code, line, many } from '../schemas/common.js';

const admins = { kind: 'person', roles: ['admin'], scope: 'catalogue:write' } as const;
const tag = 'People';
const params = z.strictObject({ id: line(100) });
const document = line(500).describe('The document by which it was decided');
const handOverTo = line(100)
  .exactOptional()
  .describe('Who takes over what they hold; free again where it is left out, or where that person may not have it');
const Role = z.enum(staffRoles);
const agency = Code.nullable().describe('null for leadership and experts alone');

const JoiningBody = z
  .strictObject({
    id: z
      .string()
      .max(100)
      .regex(/^[a-z-]+(\.[a-z0-9-]+){1,2}$/)
      .describe('The subject by which the City’s sign-on knows them'),
    name: line(200),
    role: Role,
    agency,
    email: z.string().max(320).refine(isMailAddress, { error: 'no mail address' }),
    phone: z
      .string()
      .regex(/^\+\d{8,15}$/)
      .nullable()
      .default(null),
    language: z.enum(['vi', 'en']),
    document,
  })
  .meta({ id: 'PersonJoining' });
const MoveBody = z.strictObject({ role: Role, agency, handOverTo, document }).meta({ id: 'PersonMoving' });
const DepartureBody = z.strictObject({ handOverTo, document }).meta({ id: 'PersonLeaving' });
const ImportBody = z
  .strictObject({
    csv: z
      .string()
      .min(1)
      .max(2_000_000)
      .describe(`Lines of ${staffColumns.join(',')}; the first one names the columns`),
    preview: z.boolean().default(false).describe('true: nothing is changed'),
    document,
  })
  .meta({ id: 'PeopleImport' });

const Changed = z
  .strictObject({
    person: z.string(),
    tasks: many(
      z.strictObject({
        id: z.string(),
        status: z.enum(['handed-over', 'free', 'failed']),
        code: z.string().nullable(),
      }),
    ).describe('What they held and may not hold any more'),
  })
  .meta({ id: 'PersonChanged' });
const Imported = z
  .strictObject({
    preview: z.boolean(),
    items: many(
      z.strictObject({
        line: z.int(),
        person: z.string().nullable(),
        does: z.enum(['join', 'move', 'same', 'refused']),
        code: z.string().nullable(),
        field: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PeopleImported' });

const refusals = [
  'NOT_FOUND',
  'CONFLICT',
  'FORBIDDEN',
  'UNKNOWN_VALUE',
  'AGENCY_MERGED',
  'PRECONDITION_FAILED',
  'IDEMPOTENCY_KEY_REUSED',
] as const;

/** Who works where, kept by admins: whoever leaves or moves hands over what they hold in the same act. Nobody becomes an admin, auditor or operator here. */
export function staffRoutes(deps: ApiDeps) {
  const { pool } = deps;
  const changed = async (
    person: Person,
    key: string,
    body: { readonly document: string },
    acts: readonly StaffAct[],
  ) => {
    const id = uuidOf('staff', person.id, key);
    const request = { id, bodyHash: hashOf({ acts, body }), by: person.id, document: body.document };
    return { id, ...(await changeStaff(pool, request, acts)) };
  };
  const successorOf = async (id: string | undefined, from: string): Promise<Assignee | undefined> => {
    if (id === undefined) return undefined;
    const found = id === from ? undefined : await findSuccessor(pool, id);
    return found ?? refuse('UNKNOWN_VALUE', { field: 'handOverTo', person: id });
  };
  /** Whatever is left undone where this process dies falls free by itself: the worker looks after it. */
  const handOver = async (from: string, to: Assignee | undefined, change: string, at: Instant) => {
    const tasks: z.input<typeof Changed>['tasks'][number][] = [];
    for (const { id, caseCode } of await heldWrongly(pool, from)) {
      const command = to
        ? ({ type: 'handOverTask', taskId: id, from, to, cause: 'departure' } as const)
        : ({ type: 'freeTask', taskId: id, from } as const);
      const envelope = { caseCode, command, actor: { kind: 'clock' }, occurredAt: at, bodyHash: '' } as const;
      try {
        const { events } = await deps.door.handle({ ...envelope, operationId: `staff/${change}/${id}` });
        const isHanded = events.some(({ type }) => type === 'taskReassigned');
        tasks.push({ id, status: isHanded ? 'handed-over' : 'free', code: null });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        tasks.push({ id, status: 'failed', code: error.code });
      }
    }
    return { person: from, tasks };
  };

  return [
    defineRoute({
      method: 'post',
      path: '/people',
      tag,
      summary: 'Somebody joins an agency, the leadership or the experts',
      auth: admins,
      idempotent: 'own',
      request: { body: JoiningBody },
      responses: { 201: { description: 'They may sign in', schema: Changed } },
      refusals,
      handler: async ({ body, person, key, reply }) => {
        const { document: _document, ...member } = body;
        const { replayed } = await changed(person, key, body, [{ kind: 'join', member }]);
        return reply(201, { person: member.id, tasks: [] }, headersOf({ replayed }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/people/{id}/move',
      tag,
      summary: 'Somebody has another role, or works in another agency: what they may not hold there is handed over',
      auth: admins,
      idempotent: 'own',
      request: { params, body: MoveBody },
      responses: { 200: { description: 'Moved', schema: Changed } },
      refusals,
      handler: async ({ params: { id }, body, person, key, reply }) => {
        const { role, agency: place, handOverTo: to } = body;
        const successor = await successorOf(to, id);
        const {
          id: change,
          at,
          replayed,
        } = await changed(person, key, body, [{ kind: 'move', person: id, role, agency: place }]);
        return reply(200, await handOver(id, successor, change, at), headersOf({ replayed }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/people/{id}/departure',
      tag,
      summary: 'Somebody leaves: they sign in no more, what they hold is handed over',
      auth: admins,
      idempotent: 'own',
      request: { params, body: DepartureBody },
      responses: { 200: { description: 'Left', schema: Changed } },
      refusals,
      handler: async ({ params: { id }, body, person, key, reply }) => {
        const successor = await successorOf(body.handOverTo, id);
        const { id: change, at, replayed } = await changed(person, key, body, [{ kind: 'leave', person: id }]);
        return reply(200, await handOver(id, successor, change, at), headersOf({ replayed }));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/people/import',
      tag,
      summary: 'People from a file: who is not known joins, who stands elsewhere moves; all lines or none',
      description: 'Whoever is not in the file stays as they are.',
      auth: admins,
      idempotent: 'own',
      request: { body: ImportBody },
      responses: { 200: { description: 'A result for each line', schema: Imported } },
      refusals: [...refusals, 'DUPLICATE_REQUEST'],
      handler: async ({ body, person, key, reply }) => {
        const { items, acts } = await planned(deps, body.csv);
        const isClean = items.every(({ does }) => does !== 'refused');
        if (body.preview) return reply(200, { preview: true, items });
        if (!isClean) {
          const faults = items.filter(({ does }) => does === 'refused').slice(0, 50);
          refuse('VALIDATION_FAILED', { field: 'csv', lines: faults });
        }
        const { id: change, at } = acts.length > 0 ? await changed(person, key, body, acts) : { id: '', at: '' };
        for (const act of acts) if (act.kind === 'move') await handOver(act.person, undefined, change, at);
        return reply(200, { preview: false, items });
      },
    }),
  ];
}

type Item = z.input<typeof Imported>['items'][number];

/** What each line would do, on what the register holds now. */
async function planned({ pool }: ApiDeps, csv: string): Promise<{ items: Item[]; acts: StaffAct[] }> {
  const lines = readStaff(csv);
  const members = lines.flatMap(({ member }) => member ?? []);
  const known = await findPeople(
    pool,
    members.map(({ id }) => id),
  );
  const actOf = (member: StaffMember): StaffAct | null => {
    const { id: person, role, agency: place } = member;
    const before = known.get(person);
    if (!before) return { kind: 'join', member };
    return before.role === role && before.agency === place ? null : { kind: 'move', person, role, agency: place };
  };
  const acts = members.flatMap((member) => actOf(member) ?? []);
  const faults = new Map<string, StaffFault>((await staffFaults(pool, acts)).map((fault) => [fault.person, fault]));
  const refused = (code: ErrorCode, field: string | undefined) =>
    ({ does: 'refused', code, field: field ?? null }) as const;
  const items = lines.map(({ line: n, member, fault }): Item => {
    const person = member?.id ?? null;
    if (!member) return { line: n, person, ...refused('VALIDATION_FAILED', fault ?? undefined) };
    const found = faults.get(member.id);
    if (found) return { line: n, person, ...refused(found.code, found.field) };
    return {
      line: n,
      person,
      does: actOf(member)?.kind === 'join' ? 'join' : actOf(member) ? 'move' : 'same',
      code: null,
      field: null,
    };
  });
  return { items, acts };
}
