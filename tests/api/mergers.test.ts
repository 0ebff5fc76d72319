import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessNow, startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { verifyChains } from '../../db/register/chain.js';
import { peopleToMove } from '../../db/law/mergers.js';
import { type Command } from '../../domain/case/commands.js';
import { type Actor } from '../../domain/case/events.js';
import { findCaseState } from '../../db/read/case-state.js';
import { addDays, dateOf, startOf, type PlainDate } from '../../domain/time/instants.js';
import { consultationScope, procedureScope } from '../../domain/case/scope.js';
import { catalogueData } from '../../seeds/index.js';
import { createLawChanges } from '../../worker/law-changes.js';
import { consult, engineDoes, openTask, receive } from './engine-by-hand.js';
import { at } from '../support/memory-register.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
let today: PlainDate;
let code = '';
let taskId = '';
beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
  today = dateOf(await businessNow(api.pool));
  code = (await fileCase(api)).case;
  const scope = await receive(api, code);
  await engineDoes(api, scope, { type: 'openConsultation', step: 'opinions' });
  taskId = await openTask(api, consultationScope(scope, 1), {
    ...{ key: 'opinion/dost', kind: 'opinion', agency: 'dost', role: 'officer', step: null },
  });
  await api.call('POST', `/tasks/${taskId}/claim`, { as: 'officer.dost.1' });
});
afterAll(() => api.close());

const seeded = catalogueData();
interface Change {
  readonly id: string;
  readonly status: string;
  readonly code?: string;
}
const agencyOf = (one: string) => {
  const found = seeded.agencies.find((agency) => agency.code === one);
  if (!found) throw new Error(one);
  return found;
};
const propose = (one: string, change: object, more: object = {}) =>
  api.call<Change & { code?: string; reason?: string }>('POST', `/city-data/agencies/${one}/versions`, {
    ...{ as: 'admin.1', key: randomUUID() },
    body: { data: { ...agencyOf(one), ...change }, effectiveFrom: today, document: 'Nghị quyết 7/NQ-HĐND', ...more },
  });
const confirm = (id: string) =>
  api.call<Change & { code?: string }>('POST', `/law-changes/${id}/confirmation`, { as: 'admin.2' });
const settled = async () => {
  const changes = createLawChanges({
    ...{ pool: api.pool, door: api.deps.door, law: api.deps.law, handOver: { poke: () => Promise.resolve() } },
    onError: (error) => {
      throw error;
    },
  });
  while (await changes.redate());
};
const agencies = async () =>
  (
    await api.call<{
      items: { code: string; mergedInto?: string; formerNames?: { until: string; name: { vi: string } }[] }[];
    }>('GET', '/agencies')
  ).body.items;

describe('an agency with another name', () => {
  it('has it from its day on, and is found by the one of before, too', async () => {
    const { body } = await propose('dost', { name: { vi: 'Sở Khoa học mới', en: 'New Department of Science' } });
    expect((await confirm(body.id)).body.status).toBe('done');
    const found = (await agencies()).find((one) => one.code === 'dost');
    expect(found).toMatchObject({
      name: { vi: 'Sở Khoa học mới' },
      formerNames: [{ name: agencyOf('dost').name, until: today, document: 'Nghị quyết 7/NQ-HĐND' }],
    });
  });
});

describe('an agency that is merged while cases run', () => {
  const bad: [string, () => ReturnType<typeof propose>, number, string][] = [
    ['into itself', () => propose('dost', { mergedInto: 'dost' }), 409, 'MERGER_REFUSED'],
    ['into one that nobody knows', () => propose('dost', { mergedInto: 'nobody' }), 409, 'MERGER_REFUSED'],
    ['of a central body', () => propose('city-tax', { mergedInto: 'dof' }), 409, 'MERGER_REFUSED'],
    ['of the one-stop unit', () => propose('hcmc-pasc', { mergedInto: 'hcmc-office' }), 409, 'MERGER_REFUSED'],
    [
      'from a day that has passed',
      () => propose('dost', { mergedInto: 'doit' }, { effectiveFrom: addDays(today, -1) }),
      422,
      'VALIDATION_FAILED',
    ],
    ['without a document', () => propose('dost', { mergedInto: 'doit' }, { document: ' ' }), 422, 'VALIDATION_FAILED'],
  ];
  it.each(bad)('is refused %s', async (_name, act, status, refusal) => {
    const answer = await act();
    expect([answer.status, answer.body.code]).toEqual([status, refusal]);
  });

  it('is refused where nobody would be there to decide', async () => {
    await api.call('POST', '/people/head.doha/departure', {
      ...{ as: 'admin.1', key: randomUUID() },
      body: { document: 'Quyết định 1', handOverTo: 'officer.doha.1' },
    });
    await api.call('POST', '/people/head.doj/departure', {
      ...{ as: 'admin.1', key: randomUUID() },
      body: { document: 'Quyết định 1', handOverTo: 'officer.doj.1' },
    });
    const heads = await api.pool.query(
      `select id from person where agency in ('doha', 'doj') and role = 'head' and active`,
    );
    expect(heads.rows).toEqual([]);
    const answer = await propose('doha', { mergedInto: 'doj' });
    expect([answer.status, answer.body.code]).toEqual([409, 'MERGER_REFUSED']);
    expect(answer.body).toMatchObject({ details: { reason: 'nobody' } });
  });

  it('is looked at before: the cases, who goes over and as what; another that waits is in its way', async () => {
    const { body } = await propose('dost', { mergedInto: 'doit' }, { effectiveFrom: addDays(today, 2) });
    const preview = await api.call<{ items: unknown[]; merger: { people: { id: string; becomes: string }[] } }>(
      'GET',
      `/law-changes/${body.id}/preview`,
      { as: 'admin.2' },
    );
    expect(preview.body.items).toContainEqual({ case: code, effects: ['work-moves'] });
    expect(preview.body.merger).toMatchObject({ into: 'doit', tasks: 1, cases: 1 });
    expect(preview.body.merger.people).toContainEqual(
      expect.objectContaining({ id: 'head.dost', role: 'head', becomes: 'officer' }),
    );
    const other = await propose('doit', { mergedInto: 'dof' });
    expect([other.status, other.body.code]).toEqual([409, 'CONFLICT']);
    await api.call('POST', `/law-changes/${body.id}/refusal`, { as: 'admin.1' });
  });

  it('hands over people and work in one act, and nobody is asked twice', async () => {
    const due = async () =>
      (
        await api.pool.query<{ due: string; claimed_by: string; agency: string }>(
          'select due_date::text as due, claimed_by, agency from task where id = $1',
          [taskId],
        )
      ).rows[0];
    const before = await due();
    const { body } = await propose('dost', { mergedInto: 'doit' });
    const alone = await api.call<Change>('POST', `/law-changes/${body.id}/confirmation`, { as: 'admin.1' });
    expect([alone.status, alone.body.code]).toEqual([403, 'PROPOSER_CANNOT_APPROVE']);
    expect((await confirm(body.id)).body.status).toBe('pending');
    expect(await peopleToMove(api.pool, 'dost', 'doit')).toEqual([]);
    await settled();
    expect(await due()).toEqual({ ...before, agency: 'doit' });
    // The same person has it still in hand, and answers it as an officer of the new agency.
    const done = await api.call('POST', `/tasks/${taskId}/completion`, {
      ...{ as: 'officer.dost.1', body: { outcome: 'agree' } },
    });
    expect(done.status).toBe(200);
    const events = await api.pool.query<{ type: string }>(
      `select type from case_event where case_code = $1 and type in ('agencyMerged', 'opinionGiven') order by seq`,
      [code],
    );
    expect(events.rows.map(({ type }) => type)).toEqual(['agencyMerged', 'opinionGiven']);
    const acts = await api.pool.query<{ kind: string; agency: string; document: string; by: string }>(
      `select kind, agency, document, by from person_change where person = 'head.dost'`,
    );
    expect(acts.rows).toEqual([{ kind: 'move', agency: 'doit', document: 'Nghị quyết 7/NQ-HĐND', by: 'admin.2' }]);
  });

  it('is no place for anybody or anything new', async () => {
    const joins = await api.call<Change>('POST', '/people', {
      ...{ as: 'admin.1', key: randomUUID() },
      body: {
        ...{
          id: 'officer.dost.9',
          name: 'Người Mới',
          role: 'officer',
          agency: 'dost',
          email: 'moi@luong-xanh.example',
        },
        ...{ phone: null, language: 'vi', document: 'Quyết định 2' },
      },
    });
    expect([joins.status, joins.body.code]).toEqual([422, 'AGENCY_MERGED']);
    const again = await propose('dost', {});
    expect([again.status, again.body.code]).toEqual([409, 'MERGER_REFUSED']);
    const into = await propose('doc', { mergedInto: 'dost' });
    expect([into.status, into.body.code]).toEqual([409, 'MERGER_REFUSED']);
    const told = await api.call<Change>('POST', `/cases/${code}/instructions`, {
      ...{ as: 'leader.hcmc-committee', key: randomUUID() },
      body: { want: 'explain', agency: 'dost', procedure: null, dueDate: addDays(today, 30), text: 'Vì sao?' },
    });
    expect(told.status).toBe(422);
    expect((await agencies()).find((one) => one.code === 'dost')?.mergedInto).toBe('doit');
  });

  it('leaves the book of its dossiers to whoever took its place', async () => {
    const period = `from=${today.slice(0, 4)}-01-01&to=${today}`;
    for (const path of [`/agencies/dost/tracking-book?${period}`, `/sheets/tracking-book/dost?${period}`]) {
      const read = (as: string) => api.call<Change>('GET', path, { as });
      expect((await read('officer.dost.1')).status).toBe(200);
      expect((await read('officer.doit.1')).status).toBe(200);
      expect((await read('officer.dpa.1')).body.code).toBe('FORBIDDEN');
    }
    const other = await api.call<Change>('GET', `/agencies/doit/tracking-book?${period}`, { as: 'officer.dpa.1' });
    expect(other.body.code).toBe('FORBIDDEN');
  });

  it('leaves late answers to whoever took the place of the lead, also of what is closed', async () => {
    const late = (await fileCase(api)).case;
    const first = await consult(api, late);
    const scope = procedureScope(late, 'irc-ordinary', 1);
    const says = async (actor: Actor, command: Command) =>
      api.deps.door.handle({
        ...{ caseCode: late, command, actor, occurredAt: await businessNow(api.pool) },
        ...{ operationId: `test/${randomUUID()}`, bodyHash: '' },
      });
    await stepClock(api.pool, startOf(addDays(today, 20)));
    today = dateOf(await businessNow(api.pool));
    await says({ kind: 'clock' }, { type: 'settle' });
    await engineDoes(api, first, { type: 'closeConsultation' });
    await says(
      { kind: 'agency-system', agency: 'dpa' },
      {
        ...{ type: 'giveOpinion', consultation: first, agency: 'dpa', position: 'object', conditions: [] },
        ...{ legalBasis: null, messageId: randomUUID() },
      },
    );
    const { body } = await propose('shtp-board', { mergedInto: 'hepza' });
    await confirm(body.id);
    await settled();
    const reopen = async (as: string, n: number) => {
      const path = `/cases/${late}/procedures/irc-ordinary/consultations/${n}/reopening`;
      const answer = await api.call<Change>('POST', path, { as, body: { agency: 'dpa', reason: 'Quy hoạch mới' } });
      return answer.body.code ?? answer.status;
    };
    expect(await reopen('officer.doit.1', 1)).toBe('TASK_NOT_YOURS');
    expect(await reopen('officer.hepza.1', 1)).toBe(200);
    await engineDoes(api, scope, { type: 'openConsultation', step: 'opinions' });
    const state = await findCaseState(api.pool, late);
    const [before, anew] = [1, 2].map((n) => state?.consultations[consultationScope(scope, n)]);
    expect([before?.lead, anew?.lead]).toEqual(['shtp-board', 'hepza']);
    expect(anew?.opinions['dpa']).toMatchObject({ status: 'given', position: 'object', late: true });
    // The second round is the successor's as well: what is refused is that its answer is weighed already.
    expect(await reopen('officer.hepza.1', 2)).toBe('PRECONDITION_FAILED');
  });

  it('leaves what the register holds whole', async () => {
    const { broken } = await verifyChains(api.pool);
    expect(broken).toEqual([]);
  });
});
