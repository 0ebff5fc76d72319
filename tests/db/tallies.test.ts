import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { settleDays } from '../../db/projection/tallies.js';
import { dashboardSummary } from '../../db/read/dashboards/summary.js';
import { spread } from '../../db/read/dashboards/filter.js';
import { settledBefore } from '../../db/read/dashboards/tallies.js';
import { plainDate } from '../../domain/time/instants.js';
import { codeOfRow, headRow, procedureRow, rowDraws, writeRows } from '../support/fact-rows.js';
import { talliesApart } from '../support/register-checks.js';
import { expectTalliesAnew, tallied } from '../support/tallied-histories.js';
import { createTestRegister, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const many = async (table: string): Promise<number> =>
  (await register.owner.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? NaN;

/** Facts of 80 cases as no story would leave them: every combination of what is known and what is not. */
async function fill(seed: number): Promise<void> {
  const { draw, oneOf, day, maybe } = rowDraws(seed);
  const rows = new Map<string, object[]>([
    ['case_head', []],
    ...tallied.map((table) => [table, []] as [string, object[]]),
  ]);
  for (let i = 0; i < 80; i += 1) {
    const code = codeOfRow(i);
    const of = {
      lane: oneOf('green', 'standard', 'undecided'),
      pathway: oneOf('standard', 'special'),
      zone: maybe(() => oneOf('SHTP', 'DTP')),
    };
    const exclusions = oneOf([], [], ['standard-lane'], ['deferred', 'refused'], ['standard-lane', 'withdrawn']);
    const days = () => draw(60) + draw(4) / 4;
    rows.get('case_head')?.push(headRow(code, of));
    rows.get('case_fact')?.push({
      ...{ case_code: code, kind: draw(10) === 0 ? 'sandbox' : 'green-lane', ...of, adjustment: draw(8) === 0 },
      ...{
        milestone: oneOf('licence', 'approvals'),
        lane_decided_late: draw(5) === 0,
        baseline: oneOf('law', 'observed'),
      },
      ...{
        opened_on: day(),
        closed_on: maybe(day),
        ended_on: maybe(day),
        licensed_on: maybe(day),
        reached_on: maybe(day),
      },
      ...{ outcome: maybe(() => oneOf('approved', 'withdrawn', 'approved-in-part')), baseline_ends_on: maybe(day) },
      ...{
        baseline_days: 5 + draw(30),
        city_baseline_days: maybe(() => 5 + draw(30)),
        law_baseline_days: maybe(() => draw(40)),
      },
      ...{
        licence_net_days: maybe(() => draw(40)),
        licence_gross_days: maybe(() => draw(60)),
        net_days: maybe(() => draw(40)),
      },
      ...{
        gross_days: maybe(() => draw(60)),
        whole_days: maybe(days),
        city_days: maybe(days),
        ended_whole_days: maybe(days),
        ended_city_days: maybe(days),
        peers: draw(2) * 12,
      },
      ...{ whole_reduction: maybe(() => draw(100) / 100), city_reduction: maybe(() => draw(100) / 100), exclusions },
      ...{
        reduction: exclusions.length === 0 ? maybe(() => draw(100) / 100) : null,
        peers_whole_days: maybe(() => draw(30)),
      },
      ...{ refilings: draw(3), broken_terms: draw(3), unverified: oneOf([], [], ['x']), fdi_registered_on: maybe(day) },
      ...{ country: maybe(() => oneOf('VN', 'DE')), investor_class: maybe(() => oneOf('domestic', 'foreign')) },
      ...{
        field: maybe(() => oneOf('ai', 'biotech')),
        jobs: maybe(() => draw(1_000)),
        foreign_share: maybe(() => oneOf(0, 0.25, 1)),
      },
      ...{
        capital_usd: maybe(() => String(draw(1_000_000) / 8)),
        capital_vnd: maybe(() => String(draw(1_000_000_000))),
      },
      path: maybe(() => [oneOf('irc-ordinary', 'erc'), oneOf('erc', 'tax:refused')]),
    });
    for (let n = draw(4); n > 0; n -= 1) {
      const bit = () => oneOf(true, false, null);
      rows.get('procedure_fact')?.push({
        ...procedureRow(code, n, of),
        ...{
          procedure: oneOf('irc-ordinary', 'erc'),
          agency: oneOf('dof', 'dost'),
          field: maybe(() => 'ai'),
          filed_on: maybe(day),
        },
        ...{
          closed_on: maybe(day),
          due_date: maybe(day),
          breached_on: maybe(day),
          on_time: bit(),
          on_time_strict: bit(),
        },
        ...{
          within30: bit(),
          within40: bit(),
          filed_online: bit(),
          handled: maybe(() => oneOf('automatic', 'manual')),
        },
        ...{
          net_days: maybe(() => draw(30)),
          gross_days: maybe(() => draw(30)),
          extensions: draw(3),
          done_by_machine: draw(5),
        },
        ...{
          target30: maybe(() => oneOf('at-risk', 'missed')),
          target30_due: maybe(day),
          target40: null,
          documents: draw(9),
        },
      });
      const place = { procedure: 'irc-ordinary', agency: oneOf('dof', 'dost') };
      const work = {
        scope: `case/${code}/p/1`,
        step: oneOf('assessment', 'decision'),
        opened_on: day(),
        ended_on: day(),
      };
      const waits = { waiting_days: draw(9), working_days: draw(9), alone_days: draw(3) };
      rows.get('step_fact')?.push({ case_code: code, n, ...of, ...place, ...work, ...waits });
      rows.get('work_fact')?.push({
        ...{
          task: `${code}.${n}`,
          case_code: code,
          ...of,
          ...place,
          case_kind: oneOf('green-lane', 'sandbox'),
          step: work.step,
        },
        ...{ kind: oneOf('step', 'apology'), opened_on: day(), due_date: maybe(day), claimed: oneOf(true, false) },
      });
      const ground = { ground: oneOf('incomplete', 'unclear'), clause: maybe(() => 'NĐ 96/2026, Điều 39'), on: day() };
      rows.get('clause_fact')?.push({ case_code: code, n, ...of, ...place, ...ground, days: draw(9) });
      const kind = oneOf('holding', 'opinion', 'suspension', 'return', 'extension');
      const result = kind === 'opinion' ? maybe(() => oneOf('in-time', 'late', 'silent')) : null;
      const owner = { agency: oneOf('dof', 'dost'), class: maybe(() => oneOf('city', 'investor')), result };
      rows.get('agency_fact')?.push({
        case_code: code,
        n,
        ...of,
        kind,
        ...owner,
        on: day(),
        days: maybe(() => draw(9)),
        ground: maybe(() => 'x'),
      });
      rows
        .get('survey_fact')
        ?.push({ case_code: code, subject: `p${n}`, ...of, asked_on: day(), score: maybe(() => 1 + draw(5)) });
    }
  }
  await register.owner.query(`truncate ${tallied.join(', ')}, case_head cascade`);
  for (const [table, of] of rows) await writeRows(register.owner, table, of);
}

describe('tallies', () => {
  it('are what a scan of the facts gives, after any statement that writes, changes or removes facts', async () => {
    await fill(11);
    expect(await talliesApart(register.owner)).toEqual([]);
    expect(await many('tally')).toBeGreaterThan(1_000);
    const acts = [
      `update case_fact set ended_on = ended_on + 1, reduction = case when reduction is not null then reduction / 2 end where case_code < '${codeOfRow(40)}'`,
      `update case_fact set lane = 'green', field = null, jobs = null, capital_usd = capital_usd + 0.125`,
      `update procedure_fact set closed_on = null, on_time = null, due_date = due_date + 3 where attempt = 1`,
      `update procedure_fact set zone = null, agency = 'shtp-board'`,
      `update step_fact set waiting_days = waiting_days + 1 where n = 1`,
      `delete from agency_fact where n = 1`,
      `update work_fact set claimed = not claimed, due_date = null where kind = 'step'`,
      `update survey_fact set score = 5 where score is null`,
      `insert into clause_fact select case_code, n + 10, lane, pathway, zone, procedure, agency, ground, clause, "on" + 400, days from clause_fact`,
      `delete from case_fact where case_code > '${codeOfRow(60)}'`,
    ];
    // Facts of every act lie before, among and after what is settled; no day is settled twice.
    const days = ['2026-02-10', '2026-03-01', '2026-03-01', '2026-05-31', '2026-01-01', '2027-01-01'];
    for (const [i, act] of acts.entries()) {
      await register.owner.query(act);
      expect([act, await talliesApart(register.owner)]).toEqual([act, []]);
      const until = days[i];
      if (until === undefined) continue;
      await settleDays(register.pool, plainDate(until));
      expect([until, await talliesApart(register.owner)]).toEqual([until, []]);
    }
    const spans = `select span from tally group by 1 order by 1`;
    expect((await register.owner.query<{ span: string }>(spans)).rows.map(({ span }) => span)).toEqual([
      'day',
      'month',
      'year',
    ]);
    await register.owner.query(`update tally_settled set until = '1900-01-01'`);
    await register.owner.query('select tally_rebuild()');
    expect(await talliesApart(register.owner)).toEqual([]);
    expect((await register.owner.query<{ span: string }>(spans)).rows.map(({ span }) => span)).toEqual(['day']);
    await settleDays(register.owner, plainDate('2026-04-15'));
    expect(await talliesApart(register.owner)).toEqual([]);
    for (const table of tallied) await register.owner.query(`delete from ${table}`);
    expect(await many('tally')).toBe(0);
  });

  it('miss and double nothing of what is written while days are settled', async () => {
    await fill(13);
    await register.owner.query(`update tally_settled set until = '1900-01-01'`);
    await register.owner.query('select tally_rebuild()');
    const writer = await register.owner.connect();
    await writer.query('begin');
    await writer.query(`update case_fact set ended_on = ended_on - 40 where case_code < '${codeOfRow(50)}'`);
    let over = false;
    const settling = settleDays(register.pool, plainDate('2026-06-15')).finally(() => (over = true));
    const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted`;
    await vi.waitFor(async () => expect((await register.owner.query(waiting)).rows.length).toBe(1), 20_000);
    expect(over).toBe(false);
    await writer.query('commit');
    writer.release();
    await settling;
    expect(await talliesApart(register.owner)).toEqual([]);
    expect(await settledBefore(register.pool)).toBe('2026-06-15');
  });

  it('give the mean, the median and the percentile of the rows themselves', async () => {
    await fill(12);
    await register.owner.query(`update tally_settled set until = '1900-01-01'`);
    await register.owner.query('select tally_rebuild()');
    const today = plainDate('2026-07-20');
    const filters = [
      { from: null, to: today },
      { from: plainDate('2026-02-10'), to: plainDate('2026-05-03') },
      { from: plainDate('2026-01-01'), to: plainDate('2026-06-30'), lane: 'green' },
      { from: plainDate('2026-03-01'), to: plainDate('2026-03-31'), zone: 'SHTP', pathway: 'standard' },
    ];
    // Read by days alone, by what is settled and the days after it, by whole spans.
    for (const [settled, filter] of ['1900-01-01', '2026-03-17', '2027-06-01'].flatMap((until) =>
      filters.map((one) => [until, one] as const),
    )) {
      await settleDays(register.pool, plainDate(settled));
      const among = `kind = 'green-lane' and lane = coalesce($3, lane) and pathway = coalesce($4, pathway) and coalesce(zone, '') = coalesce($5, zone, '')`;
      const within = (column: string) => `${column} between coalesce($1, '1900-01-01')::date and $2::date`;
      const { lane = null, pathway = null, zone = null } = { lane: null, pathway: null, zone: null, ...filter };
      const { rows } = await register.pool.query(
        `select ${spread('licence_net_days', `not adjustment and ${within('licensed_on')}`)} as net,
           ${spread('licence_gross_days', `not adjustment and ${within('licensed_on')}`)} as gross,
           ${spread('reduction', within('ended_on'))} as reduction,
           count(*) filter (where ${within('ended_on')} and cardinality(exclusions) > 0)::int as excluded
         from case_fact where ${among}`,
        [filter.from, filter.to, lane, pathway, zone],
      );
      const { timeToLicense, reduction, excluded } = await dashboardSummary(register.pool, filter, today);
      const { n, mean, median, p90 } = reduction.all;
      expect([
        settled,
        filter,
        { ...timeToLicense, reduction: { n, mean, median, p90 }, excluded: excluded.n },
      ]).toEqual([settled, filter, rows[0]]);
    }
  });

  it('are read, never written, by the programs', async () => {
    await expect(register.pool.query('delete from tally')).rejects.toThrow(/permission denied/);
    await expect(register.pool.query(`select tally_take(null)`)).rejects.toThrow(/permission denied/);
    await expect(register.pool.query('select tally_rebuild()')).rejects.toThrow(/permission denied/);
  });
});

// Of twenty thousand: `tests/long/tallies.test.ts`.
describe('the tallies of a hundred histories', () => {
  it('are the same again, row by row, once every fact was removed and made anew from the events', async () => {
    await expectTalliesAnew({ histories: 100, seed: 9 });
  }, 300_000);
});
