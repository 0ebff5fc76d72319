import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CalendarData } from '../../domain/time/calendar.js';
import { type ProcedureDefinition } from '../../domain/law/procedure.js';
import { addDays, dateOf, plainDate, type PlainDate } from '../../domain/time/instants.js';
import { businessNow } from '../../db/register/business-clock.js';
import { catalogueData } from '../../seeds/index.js';
import { projected } from '../support/feed.js';
import { openAssessment } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
let today: PlainDate;
beforeAll(async () => {
  api = await startApi();
  today = dateOf(await businessNow(api.pool));
});
afterAll(() => api.close());

const as = 'admin.1';
const seeded = catalogueData();

interface Change {
  id: string;
  status: string;
  version: string;
  total: number;
}

const calendar = async (): Promise<CalendarData> => {
  const { body } = await api.call<{ items: CalendarData[] }>('GET', '/calendars');
  const found = body.items.find(({ code }) => code === 'vn-state');
  if (!found) throw new Error('no calendar');
  return found;
};
/** The working day that comes so many days after today. */
async function workingDay(after: number): Promise<PlainDate> {
  const { daysOff } = await calendar();
  let date = addDays(today, after);
  while ([0, 6].includes(new Date(date).getUTCDay()) || daysOff.some((day) => day.date === date))
    date = addDays(date, 1);
  return date;
}
const off = (date: PlainDate) => ({
  date,
  name: { vi: 'Hoán đổi', en: 'Swap' },
  source: 'Thông báo 1',
  verified: true,
});
async function next(change: Partial<CalendarData> = {}): Promise<CalendarData & { document: string }> {
  const current = await calendar();
  return { ...current, version: current.version + 1, document: 'Thông báo 1/TB-BNV', ...change };
}
type Answered = Change & { code: string; detail?: unknown };
const propose = (body: unknown, options: { code?: string; key?: string } = {}) =>
  api.call<Answered>('POST', `/calendars/${options.code ?? 'vn-state'}/versions`, {
    as,
    body,
    ...(options.key === undefined ? {} : { key: options.key }),
  });
const confirm = (id: string, who = 'admin.2') =>
  api.call<Answered>('POST', `/law-changes/${id}/confirmation`, { as: who });
const decline = (id: string, who = 'admin.2') => api.call<Answered>('POST', `/law-changes/${id}/refusal`, { as: who });
/** What was proposed, confirmed by another admin; a refusal as it is. */
async function confirmed(proposed: Awaited<ReturnType<typeof propose>>): Promise<typeof proposed> {
  if (proposed.status !== 201) return proposed;
  const { status, body } = await confirm(proposed.body.id);
  expect([status, body.code]).toEqual([200, proposed.body.code]);
  return { ...proposed, body };
}
const publish = async (...proposal: Parameters<typeof propose>) => confirmed(await propose(...proposal));

describe('POST /calendars/{code}/versions', () => {
  it('holds once another admin has confirmed it, for every reader', async () => {
    const before = await calendar();
    const date = await workingDay(30);
    const proposed = await propose(await next({ daysOff: [...before.daysOff, off(date)] }));
    expect([proposed.status, proposed.body.status]).toEqual([201, 'proposed']);
    expect(await calendar()).toEqual(before);
    const own = await confirm(proposed.body.id, as);
    expect([own.status, own.body.code]).toEqual([403, 'PROPOSER_CANNOT_APPROVE']);
    const other = await propose(await next());
    expect([other.status, other.body.code]).toEqual([409, 'CONFLICT']);
    const { body } = await confirm(proposed.body.id);
    const { headers } = proposed;
    expect(body).toMatchObject({
      ...{ kind: 'calendar', code: 'vn-state', version: '2', publishedBy: as, confirmedBy: 'admin.2' },
      confirmedByName: expect.any(String),
    });
    expect((await confirm(body.id)).body).toEqual(body);
    expect((await calendar()).daysOff.map((day) => day.date)).toContain(date);
    expect(headers.get('location')).toBe(`/api/v1/law-changes/${body.id}`);
    const one = await api.call<Change>('GET', `/law-changes/${body.id}`, { as: 'operator.1' });
    expect(one.body).toEqual(body);
    const list = await api.call<{ items: Change[] }>('GET', '/law-changes', { as: 'operator.1' });
    expect(list.body.items[0]).toEqual(body);
  });

  it('the same request again is the same publication; another one under its key is refused', async () => {
    const body = await next();
    const key = randomUUID();
    const first = await publish(body, { key });
    const again = await propose(body, { key });
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await publish({ ...body, document: 'another' }, { key });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('of two at once only one is the next', async () => {
    const body = await next();
    const answers = await Promise.all([publish(body), publish(body), publish(body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  const bad: [string, (good: CalendarData & { document: string }) => unknown, number, string][] = [
    ['a version that is not the next', (good) => ({ ...good, version: good.version + 1 }), 409, 'CONFLICT'],
    ['the version there is', (good) => ({ ...good, version: good.version - 1 }), 409, 'CONFLICT'],
    ['a span that ends earlier', (good) => ({ ...good, to: '2027-06-30', daysOff: [] }), 422, 'VALIDATION_FAILED'],
    ['a span that begins later', (good) => ({ ...good, from: '2024-01-01' }), 422, 'VALIDATION_FAILED'],
    ['another code', (good) => ({ ...good, code: 'hcmc' }), 422, 'VALIDATION_FAILED'],
    [
      'a day off on a rest day',
      (good) => ({ ...good, daysOff: [...good.daysOff, off(plainDate('2027-06-05'))] }),
      422,
      'VALIDATION_FAILED',
    ],
    [
      'a date twice',
      (good) => ({ ...good, daysOff: [...good.daysOff, ...good.daysOff.slice(0, 1)] }),
      422,
      'VALIDATION_FAILED',
    ],
    [
      'a date that does not exist',
      (good) => ({ ...good, daysOff: [{ ...off(today), date: '2027-02-30' }] }),
      422,
      'VALIDATION_FAILED',
    ],
    ['no document', ({ document: _document, ...good }) => good, 422, 'VALIDATION_FAILED'],
    [
      'a control character',
      (good) => ({ ...good, name: { vi: 'Lịch\u0000', en: 'Calendar' } }),
      422,
      'VALIDATION_FAILED',
    ],
    ['an unknown field', (good) => ({ ...good, moon: true }), 422, 'UNKNOWN_FIELD'],
  ];
  it.each(bad)('refuses %s, and changes nothing', async (_name, spoil, status, code) => {
    const before = await calendar();
    const answer = await publish(spoil(await next()));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await calendar()).toEqual(before);
  });

  it('refuses to change a day that was counted already, and names it', async () => {
    const { daysOff } = await calendar();
    const lastWeek = daysOff.filter((day) => day.date <= today).at(-1);
    const answer = await publish(await next({ daysOff: daysOff.filter((day) => day !== lastWeek) }));
    expect([answer.status, answer.body.code]).toEqual([409, 'CALENDAR_DAY_COUNTED']);
    expect(JSON.stringify(answer.body)).toContain(lastWeek?.date);
    const everySaturday = await publish(await next({ weekend: [0], daysOff: [], makeUpDays: [] }));
    expect(everySaturday.body.code).toBe('CALENDAR_DAY_COUNTED');
  });

  it('takes a closure of today, also for half a day, and no other day that was counted', async () => {
    const { daysOff } = await calendar();
    const closed = (date: PlainDate) => ({ ...off(date), closure: 'half-day' as const });
    const worked = (date: PlainDate): boolean =>
      ![0, 6].includes(new Date(date).getUTCDay()) && !daysOff.some((day) => day.date === date);
    let before = addDays(today, -8);
    while (!worked(before)) before = addDays(before, -1);
    const old = await publish(await next({ daysOff: [...daysOff, closed(before)] }));
    expect([old.status, old.body.code]).toEqual([409, 'CALENDAR_DAY_COUNTED']);
    // At a weekend, the working day before.
    let last = today;
    while (!worked(last)) last = addDays(last, -1);
    const plain = await publish(await next({ daysOff: [...daysOff, off(last)] }));
    expect([plain.status, plain.body.code]).toEqual([409, 'CALENDAR_DAY_COUNTED']);
    const answer = await publish(await next({ daysOff: [...daysOff, closed(last)] }));
    expect(answer.status).toBe(201);
    expect((await calendar()).daysOff).toContainEqual(closed(last));
  });

  it('shows the second admin whose dates would move, and changes nothing where they refuse it', async () => {
    const { case: file } = await fileCase(api);
    await openAssessment(api, file);
    await projected(api.deps);
    const before = await calendar();
    const dates = [await workingDay(1), await workingDay(3)];
    const { body } = await propose(
      await next({
        daysOff: [...before.daysOff, ...new Set(dates)].map((one) => (typeof one === 'string' ? off(one) : one)),
      }),
    );
    const preview = await api.call<{ replaces: CalendarData; items: { case: string; effects: string[] }[] }>(
      'GET',
      `/law-changes/${body.id}/preview`,
      { as: 'admin.2' },
    );
    expect([preview.status, preview.body.replaces.version]).toEqual([200, before.version]);
    expect(preview.body.items.find((one) => one.case === file)?.effects).toEqual(['dates-move']);
    expect((await decline(body.id)).body.status).toBe('declined');
    expect((await confirm(body.id)).body.code).toBe('PRECONDITION_FAILED');
    expect(await calendar()).toEqual(before);
  });

  it('knows no calendar of another name', async () => {
    const answer = await publish({ ...(await next()), code: 'nowhere' }, { code: 'nowhere' });
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
  });
});

const irc = seeded.procedures.find((one) => one.code === 'irc-ordinary' && one.validTo === null) as ProcedureDefinition;
const definition = (validFrom: PlainDate, change: Partial<ProcedureDefinition> = {}): ProcedureDefinition => ({
  ...structuredClone(irc),
  validFrom,
  version: `irc-ordinary@${validFrom}`,
  ...change,
});
const proposeVersion = (body: unknown, code = 'irc-ordinary') =>
  api.call<Answered>('POST', `/procedures/${code}/versions`, { as, body });
const announce = async (...proposal: Parameters<typeof proposeVersion>) => confirmed(await proposeVersion(...proposal));
const versions = async () => {
  const { body } = await api.call<{ items: ProcedureDefinition[] }>('GET', '/procedures/irc-ordinary');
  return body.items.map(({ version, validTo }) => [version, validTo]);
};
type Steps = ProcedureDefinition['steps'];
const withSteps = (change: (steps: Steps) => Steps) =>
  definition(addDays(today, 300), { steps: change(structuredClone(irc.steps)) });

describe('POST /procedures/{code}/versions', () => {
  it('refuses an admission to a trial: it follows from its regime', async () => {
    const admission = seeded.procedures.find(({ code }) => code.startsWith('admission-')) as ProcedureDefinition;
    const validFrom = addDays(today, 300);
    const next = { ...admission, validFrom, validTo: null, version: `${admission.code}@${validFrom}` };
    const { status, body } = await announce(next, admission.code);
    expect([status, body]).toMatchObject([422, { code: 'DEFINITION_INVALID' }]);
    expect(JSON.stringify(body)).toContain('its regime');
  });

  const bad: [string, () => unknown, number, string][] = [
    ['a validFrom in the past', () => definition(addDays(today, -1)), 422, 'DEFINITION_INVALID'],
    [
      'a version id that is not its own',
      () => ({ ...definition(addDays(today, 3)), version: 'irc-ordinary@2020-01-01' }),
      422,
      'DEFINITION_INVALID',
    ],
    [
      'a cycle',
      () =>
        withSteps((steps) =>
          steps.map((one) => (one.code === 'opinions' ? { ...one, dependsOn: ['assessment'] } : one)),
        ),
      422,
      'DEFINITION_INVALID',
    ],
    [
      'a step that nothing reaches',
      () =>
        withSteps((steps) =>
          steps.map((one) => (one.code === 'assessment' ? { ...one, dependsOn: ['nowhere'] } : one)),
        ),
      422,
      'DEFINITION_INVALID',
    ],
    ['two steps of one code', () => withSteps((steps) => [...steps, ...steps.slice(0, 1)]), 422, 'DEFINITION_INVALID'],
    [
      'shares that are not the whole',
      () => withSteps((steps) => steps.map((one) => ({ ...one, shareOfBudget: 0.1 }))),
      422,
      'DEFINITION_INVALID',
    ],
    [
      'an agency nobody knows',
      () =>
        withSteps((steps) => steps.map((one) => (one.code === 'assessment' ? { ...one, agency: 'moon-board' } : one))),
      422,
      'DEFINITION_INVALID',
    ],
    [
      'an attribute nobody declared',
      () =>
        definition(addDays(today, 300), {
          budgetVariants: [
            {
              when: { attr: 'project.moonPhase', op: 'eq', value: 'full' },
              budget: { amount: 5, unit: 'working-day' },
              verified: false,
              basis: 'test',
            },
          ],
        }),
      422,
      'DEFINITION_INVALID',
    ],
    [
      'a validTo before its validFrom',
      () => definition(addDays(today, 10), { validTo: addDays(today, 5) }),
      422,
      'DEFINITION_INVALID',
    ],
    ['a version that is there', () => irc, 409, 'CONFLICT'],
    [
      'a term of no days',
      () => ({ ...definition(addDays(today, 3)), statutoryBudget: { amount: 0, unit: 'working-day' } }),
      422,
      'AMOUNT_OUT_OF_RANGE',
    ],
    [
      'the definition of another procedure',
      () => ({ ...definition(addDays(today, 3)), code: 'irc-special' }),
      422,
      'DEFINITION_INVALID',
    ],
  ];
  it.each(bad)('refuses %s, and changes nothing', async (_name, body, status, code) => {
    const before = await versions();
    const answer = await announce(body());
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await versions()).toEqual(before);
  });

  it('knows no procedure of another name', async () => {
    const answer = await announce(
      { ...definition(today), code: 'moon-licence', version: `moon-licence@${today}` },
      'moon-licence',
    );
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('ends the open version the day before; a version between two must end before the later', async () => {
    const later = addDays(today, 200);
    expect((await announce(definition(later))).status).toBe(201);
    expect(await versions()).toEqual([
      [`irc-ordinary@${later}`, null],
      [irc.version, addDays(later, -1)],
    ]);
    const between = addDays(today, 100);
    const overlapping = await announce(definition(between));
    expect([overlapping.status, overlapping.body.code]).toEqual([422, 'DEFINITION_INVALID']);
  });
});

describe('a published version of a procedure before it is in force', () => {
  const code = 'tax-registration';
  const seededOne = seeded.procedures.find((one) => one.code === code) as ProcedureDefinition;
  const ahead = () => addDays(today, 90);
  const next = (amount: number): ProcedureDefinition => ({
    ...structuredClone(seededOne),
    validFrom: ahead(),
    validTo: null,
    version: `${code}@${ahead()}`,
    statutoryBudget: { amount, unit: 'working-day' },
  });
  const held = async () =>
    (await api.call<{ items: ProcedureDefinition[] }>('GET', `/procedures/${code}`, {})).body.items.map(
      ({ version, validTo, statutoryBudget }) => [version, validTo, statutoryBudget.amount],
    );
  const withdraw = (id: string, reason = 'Sai thời hạn', who = as) =>
    api.refused('POST', `/law-changes/${id}/withdrawal`, { as: who, body: { reason } });

  it('is taken back with its reason, and comes again put right under its own name', async () => {
    const before = await held();
    const { status, body } = await announce(next(30), code);
    expect(status).toBe(201);
    expect(await held()).toEqual([
      [`${code}@${ahead()}`, null, 30],
      [seededOne.version, addDays(ahead(), -1), seededOne.statutoryBudget.amount],
    ]);
    const taken = await withdraw(body.id);
    expect(taken).toMatchObject({ status: 200, body: { status: 'declined', declinedFor: 'Sai thời hạn' } });
    expect(await held()).toEqual(before);
    expect((await withdraw(body.id, 'Lần nữa', 'admin.2')).body.code).toBe('PRECONDITION_FAILED');
    const again = await announce(next(2), code);
    expect(again.status).toBe(201);
    expect((await held())[0]).toEqual([`${code}@${ahead()}`, null, 2]);
    expect((await withdraw(again.body.id)).status).toBe(200);
    expect(await held()).toEqual(before);
  });

  it('says nothing until it is confirmed, also where one of its name was taken back or refused', async () => {
    const before = await held();
    const { body } = await proposeVersion(next(7), code);
    expect(body.status).toBe('proposed');
    expect(await held()).toEqual(before);
    expect((await withdraw(body.id)).body.code).toBe('PRECONDITION_FAILED');
    expect((await decline(body.id, as)).body.status).toBe('declined');
    expect(await held()).toEqual(before);
    const again = await announce(next(8), code);
    expect([again.status, (await held())[0]]).toEqual([201, [`${code}@${ahead()}`, null, 8]]);
    expect((await withdraw(again.body.id)).status).toBe(200);
    expect(await held()).toEqual(before);
  });

  it('stays once it is in force', async () => {
    const now = { ...next(3), validFrom: today, version: `${code}@${today}` };
    const { body } = await announce(now, code);
    expect((await withdraw(body.id)).body.code).toBe('PRECONDITION_FAILED');
    expect((await withdraw('00000000-0000-4000-8000-000000000000')).body.code).toBe('NOT_FOUND');
  });

  it('takes over from one for a fixed term, too', async () => {
    const fixed = seeded.procedures.find(({ version }) => version === 'eia-group-2@2022-01-01') as ProcedureDefinition;
    const from = addDays(today, 20);
    expect(fixed.validTo !== null && from < fixed.validTo).toBe(true);
    const sooner = { ...structuredClone(fixed), validFrom: from, version: `eia-group-2@${from}` };
    expect((await announce(sooner, 'eia-group-2')).status).toBe(201);
    const { items } = (await api.call<{ items: ProcedureDefinition[] }>('GET', '/procedures/eia-group-2', {})).body;
    const ends = new Map(items.map(({ version, validTo }) => [version, validTo]));
    expect([ends.get(fixed.version), ends.get(sooner.version)]).toEqual([addDays(from, -1), fixed.validTo]);
  });
});

interface Item {
  case: string;
  status: string;
  code: string | null;
  fromVersion: string | null;
  steps: { kept: string[]; new: string[]; dropped: string[] } | null;
  remaining: { before: number; after: number } | null;
}

describe('POST /procedures/{code}/preview', () => {
  const look = (body: unknown) =>
    api.call<{ version: string; holdsFrom: string; items: Item[]; more: boolean; code?: string }>(
      'POST',
      '/procedures/irc-ordinary/preview',
      { as, body },
    );

  it('says what moving those that run would do, and publishes nothing', async () => {
    const { case: code } = await fileCase(api);
    await openAssessment(api, code);
    await projected(api.deps);
    const from = addDays(today, 260);
    const next = definition(from, {
      steps: irc.steps.flatMap((one) =>
        one.code === 'assessment'
          ? [{ ...one, code: 'appraisal' }]
          : one.code === 'decision'
            ? [{ ...one, dependsOn: ['appraisal'] }]
            : [one],
      ),
    });
    const { status, body } = await look(next);
    expect([status, body.version, body.holdsFrom, body.more]).toEqual([200, `irc-ordinary@${from}`, from, false]);
    const item = body.items.find((one) => one.case === code);
    expect(item?.steps?.new).toEqual(['appraisal']);
    expect(item?.remaining?.before).toBe(item?.remaining?.after);
    const { items } = (await api.call<{ items: ProcedureDefinition[] }>('GET', '/procedures/irc-ordinary', {})).body;
    expect(items.map(({ version }) => version)).not.toContain(next.version);
  });

  it('refuses what publishing it would refuse', async () => {
    expect((await look(definition(addDays(today, -1)))).body.code).toBe('DEFINITION_INVALID');
    expect((await look({ ...definition(addDays(today, 261)), code: 'eia-group-2' })).body.code).toBe(
      'DEFINITION_INVALID',
    );
  });
});

describe('POST /procedures/{code}/migrations', () => {
  const version = () => `irc-ordinary@${today}`;
  const move = (body: object, key: string = randomUUID()) =>
    api.call<{ items: Item[]; code?: string; next: string | null }>('POST', '/procedures/irc-ordinary/migrations', {
      as,
      key,
      body: { toVersion: version(), ...body },
    });
  let running = '';
  let waiting = '';
  let later = '';

  beforeAll(async () => {
    running = (await fileCase(api)).case;
    await openAssessment(api, running);
    waiting = (await fileCase(api)).case;
    await api.deps.door.handle({
      caseCode: waiting,
      command: { type: 'openProcedure', procedure: 'irc-ordinary' },
      actor: { kind: 'engine', scope: `case/${waiting}` },
      occurredAt: await businessNow(api.pool),
      operationId: `${waiting}/open`,
      bodyHash: '',
      bound: { scope: `case/${waiting}`, generation: 1, basedOn: await lastSeq(`case/${waiting}`) },
    });
    // The one published before holds from a later day: this one ends the day before it.
    const body = definition(today, {
      validTo: addDays(today, 199),
      steps: irc.steps.flatMap((one) =>
        one.code === 'assessment'
          ? [{ ...one, code: 'appraisal' }]
          : one.code === 'decision'
            ? [{ ...one, dependsOn: ['appraisal'] }]
            : [one],
      ),
    });
    const { status } = await announce(body);
    expect(status).toBe(201);
    later = (await fileCase(api)).case;
    await projected(api.deps);
  });
  const lastSeq = async (scope: string): Promise<number> => {
    const { rows } = await api.pool.query<{ seq: number }>('select last_seq as seq from scope where id = $1', [scope]);
    return rows[0]?.seq ?? 0;
  };
  const versionOf = async (code: string) => {
    const { body } = await api.call<{ procedures: { version: string }[] }>('GET', `/cases/${code}`, { as });
    return body.procedures[0]?.version;
  };

  it('shows what would be kept, new and dropped, with the days left before and after, and changes nothing', async () => {
    const { status, body } = await move({ preview: true });
    expect(status).toBe(200);
    expect(body.items.map((one) => [one.case, one.status, one.code])).toEqual(
      expect.arrayContaining([
        [running, 'movable', null],
        [waiting, 'refused', 'PRECONDITION_FAILED'],
      ]),
    );
    const item = body.items.find((one) => one.case === running);
    expect(item?.steps).toEqual({
      kept: ['completeness-check', 'opinions', 'decision', 'project-number'],
      new: ['appraisal'],
      dropped: ['assessment'],
    });
    expect(item?.remaining?.before).toBe(item?.remaining?.after);
    expect(item?.remaining?.before).toBeGreaterThan(0);
    expect(await versionOf(running)).toBe(irc.version);
  });

  it('moves each through the door, with a result per item; what cannot be moved is named', async () => {
    const key = randomUUID();
    const cases = [running, waiting, later];
    const { body } = await move({ preview: false, cases }, key);
    expect(Object.fromEntries(body.items.map((one) => [one.case, [one.status, one.code]]))).toEqual({
      [running]: ['moved', null],
      [waiting]: ['refused', 'PRECONDITION_FAILED'],
      [later]: ['refused', 'NOT_FOUND'],
    });
    expect(await versionOf(running)).toBe(version());
    const tasks = await api.pool.query<{ key: string; status: string }>(
      `select key, status from task where case_code = $1 and step = 'assessment'`,
      [running],
    );
    expect(tasks.rows).toEqual([{ key: 'step/assessment', status: 'cancelled' }]);
    const again = await move({ preview: false, cases }, key);
    expect(again.body.items.find((one) => one.case === running)).toMatchObject({
      status: 'moved',
      fromVersion: irc.version,
    });
    const anew = await move({ preview: false, cases });
    expect(anew.body.items.find((one) => one.case === running)).toMatchObject({ status: 'already' });
  });

  it('what is received from then on is under the new version by itself', async () => {
    const { case: code } = await fileCase(api);
    await openAssessment(api, code).catch(() => undefined);
    expect(await versionOf(code)).toBe(version());
  });

  it('refuses a version nobody knows, and that of another procedure', async () => {
    for (const toVersion of ['irc-ordinary@2031-01-01', 'tax-registration@2026-07-01']) {
      const { status, body } = await move({ preview: true, toVersion });
      expect([status, body.code]).toEqual([422, 'DEFINITION_UNKNOWN']);
    }
  });
});
