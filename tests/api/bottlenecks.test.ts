import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, investor, openingCommand } from '../db/support.js';
import { projected } from '../support/feed.js';
import { atTheDoor, greenProject, LicensingLife } from '../support/licensing-life.js';
import { startApi, type TestApi } from './support.js';

// A case as in tests/domain/measures/facts.test.ts, filed on Monday 6 July 2026 and licensed on the 17th.
let api: TestApi;
let code = '';
const leader = { as: 'leader.hcmc-committee' };

beforeAll(async () => {
  api = await startApi();
  await api.pool.query(`update rehearsal_clock set mode = 'stepped', now = $1`, [at('2026-07-31 09:00')]);
  if (investor.kind !== 'person') throw new Error('the investor is a person');
  const { caseCode } = await api.deps.door.open({
    command: openingCommand(greenProject(), at('2026-07-06 09:00')),
    actor: investor,
    key: 'one',
    bodyHash: 'body',
    occurredAt: at('2026-07-06 09:00'),
  });
  code = caseCode;
  const life = new LicensingLife(atTheDoor(api.deps, code), investor);
  await life.certificate();
  await life.company('07-14 16:00', '07-15 09:00', '07-16', '07-17');
  await projected(api.deps);
});
afterAll(() => api.close());

interface Step {
  readonly procedure: string;
  readonly step: string;
  readonly agency: string;
  readonly saving: number;
  readonly finished: number;
  readonly waiting: { readonly n: number; readonly mean: number | null; readonly median: number | null };
}
interface Bottlenecks {
  readonly steps: readonly Step[];
  readonly variants: readonly { readonly n: number; readonly path: readonly { readonly procedure: string }[] }[];
}
const bottlenecks = async () => (await api.call<Bottlenecks>('GET', '/dashboard/bottlenecks', leader)).body;

describe('where work waits', () => {
  it('adds up from the work behind each figure', async () => {
    const { steps, variants } = await bottlenecks();
    expect(steps.length).toBeGreaterThan(3);
    for (const { procedure, step, agency, saving, finished, waiting } of steps) {
      const query = `procedure=${procedure}&step=${step}&agency=${agency}`;
      const { body } = await api.call<{
        n: number;
        items: { case: string; waitingDays: number; aloneDays: number }[];
      }>('GET', `/dashboard/bottlenecks/cases?${query}`, leader);
      expect(body.n).toBe(finished);
      expect(body.items).toHaveLength(finished);
      const sum = (of: (one: { waitingDays: number; aloneDays: number }) => number) =>
        body.items.reduce((all, one) => all + of(one), 0);
      expect(sum(({ aloneDays }) => aloneDays)).toBe(saving);
      if (waiting.mean !== null) expect(sum(({ waitingDays }) => waitingDays)).toBeCloseTo(waiting.mean * waiting.n, 3);
    }
    expect(variants).toMatchObject([
      { n: 1, path: [{ procedure: 'irc-ordinary' }, { procedure: 'enterprise-registration' }] },
    ]);
  });

  it('names cases to those alone who read them, and gives the log to leadership and auditors', async () => {
    const [first] = (await bottlenecks()).steps.filter(({ finished }) => finished > 0);
    const query = `procedure=${first?.procedure ?? ''}&step=${first?.step ?? ''}&agency=${first?.agency ?? ''}`;
    const { body } = await api.call<{ n: number; items: unknown[] }>('GET', `/dashboard/bottlenecks/cases?${query}`, {
      as: 'head.city-tax',
    });
    expect(body).toMatchObject({ n: first?.finished });
    const token = await api.issuer.tokenOf('auditor.1');
    const response = await fetch(`${api.url}/api/v1/dashboard/event-log`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const log = await response.text();
    expect(response.headers.get('content-type')).toContain('application/xml');
    const { rows } = await api.pool.query<{ n: number }>(
      'select count(*)::int as n from case_event where case_code = $1',
      [code],
    );
    expect(log.match(/<event>/g)).toHaveLength(rows[0]?.n ?? 0);
    expect(log).not.toContain('officer.');
    expect((await api.refused('GET', '/dashboard/event-log', { as: 'head.dof' })).status).toBe(403);
  });

  it('gives nobody the log of a case from which they have withdrawn themselves', async () => {
    const log = async (as: string) => {
      const headers = { authorization: `Bearer ${await api.issuer.tokenOf(as)}` };
      return await (await fetch(`${api.url}/api/v1/dashboard/event-log`, { headers })).text();
    };
    expect(await log('auditor.1')).toContain(code);
    await api.pool.query(`insert into recusal (case_code, person) values ($1, 'auditor.1')`, [code]);
    expect(await log('auditor.1')).not.toContain(code);
    expect(await log('leader.hcmc-committee')).toContain(code);
  });

  it('is refused for a period that is inverted', async () => {
    const { status } = await api.refused('GET', '/dashboard/bottlenecks?from=2026-07-10&to=2026-07-01', leader);
    expect(status).toBe(422);
  });
});

describe('a bottleneck', () => {
  it('is given to the owner of the green lane by default, and closes once its figure has moved, saying by how much', async () => {
    const place = { procedure: 'irc-ordinary', step: 'assessment', at: 'shtp-board' };
    const set = (days: number) =>
      api.pool.query(
        `update step_fact set waiting_days = $1 where procedure = 'irc-ordinary' and step = 'assessment'`,
        [days],
      );
    await set(4);
    const body = { want: 'act', dueDate: '2026-08-05', text: 'Bố trí thêm người', bottleneck: place };
    const given = await api.call<{ id: string; agency: string }>('POST', '/instructions', { ...leader, body });
    expect(given.body).toMatchObject({ agency: 'dof', bottleneck: { before: { n: 1, median: 4 }, movedBy: 0 } });
    const close = () => api.refused('POST', `/instructions/${given.body.id}/closing`, { ...leader, body: {} });
    expect((await close()).body).toMatchObject({ code: 'PRECONDITION_FAILED' });
    await set(1);
    expect((await close()).status).toBe(200);
    const { body: list } = await api.call<{ items: unknown[] }>('GET', '/instructions', leader);
    expect(list.items).toMatchObject([
      { status: 'closed', bottleneck: { before: { median: 4 }, now: { median: 1 }, movedBy: 3 } },
    ]);
    expect((await close()).body.code).toBe('TASK_CLOSED');
  });

  it('is refused where nothing was finished, and where the City does not command whoever is to clear it', async () => {
    const body = {
      want: 'act',
      dueDate: '2026-08-05',
      text: 'x',
      bottleneck: { procedure: 'irc-ordinary', step: 'nothing', at: 'dof' },
    };
    expect((await api.refused('POST', '/instructions', { ...leader, body })).body.code).toBe('PRECONDITION_FAILED');
    const known = { ...body, bottleneck: { ...body.bottleneck, step: 'assessment', at: 'shtp-board' } };
    expect(
      (await api.refused('POST', '/instructions', { ...leader, body: { ...known, agency: 'city-tax' } })).body.code,
    ).toBe('AGENCY_NOT_COMMANDED');
  });
});
