import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  casesOfReportFigure,
  chapterFigures,
  cityReportFigures,
  type ReportCase,
} from '../../db/read/dashboards/report-figures.js';
import {
  agencyFigures,
  cityFigures,
  type ReportFigure,
  type ReportFigureCode,
  reportFigures,
} from '../../domain/leadership/report-figures.js';
import { addDays, plainDate, type PlainDate } from '../../domain/time/instants.js';
import { codeOfRow, headRow, procedureRow, rowDraws, writeRows } from '../support/fact-rows.js';
import { createTestRegister, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const first = plainDate('2026-01-01');
const reader = { person: { id: 'auditor.1', role: 'auditor', agency: null }, on: plainDate('2026-07-01') } as const;
const agencies = ['dof', 'dost', 'shtp-board'] as const;

/** Fact rows as no story would leave them: every combination of what is known and what is not. */
async function fill(seed: number): Promise<void> {
  const { draw, oneOf, day, maybe } = rowDraws(seed);
  const heads: object[] = [];
  const facts: object[] = [];
  const procedures: object[] = [];
  const doings: object[] = [];
  const steps: object[] = [];
  const answers: object[] = [];
  for (let i = 0; i < 60; i += 1) {
    const code = codeOfRow(i);
    const of = { lane: 'green', pathway: 'standard', zone: null };
    heads.push(headRow(code, of));
    const ended = maybe(day);
    facts.push({
      ...{ case_code: code, kind: draw(10) === 0 ? 'sandbox' : 'green-lane', ...of, milestone: 'licence' },
      ...{ adjustment: draw(8) === 0, lane_decided_late: false, opened_on: day(), licensed_on: maybe(day) },
      ...{ licence_net_days: draw(40), ended_on: ended, baseline_days: 5 + draw(30), city_baseline_days: 5 + draw(30) },
      ...{
        whole_days: draw(60),
        city_days: draw(60),
        reduction: ended !== null && draw(2) === 0 ? draw(100) / 100 : null,
      },
      ...{ peers: 0, refilings: 0, broken_terms: 0, exclusions: [], unverified: [], jobs: maybe(() => draw(1_000)) },
      ...{ capital_usd: maybe(() => String(draw(1_000_000))), capital_vnd: maybe(() => String(draw(1_000_000_000))) },
      ...{ foreign_share: oneOf(0, 0.25, 1), fdi_registered_on: maybe(day) },
    });
    for (let n = draw(4); n > 0; n -= 1) {
      const closed = maybe(day);
      procedures.push({
        ...procedureRow(code, n, of),
        ...{ agency: oneOf(...agencies), closed_on: closed, due_date: maybe(day), breached_on: maybe(day) },
        on_time: closed === null ? null : maybe(() => draw(2) === 0),
      });
    }
    for (let n = draw(5); n > 0; n -= 1) {
      const kind = oneOf('holding', 'opinion', 'return', 'suspension', 'extension');
      doings.push({
        ...{
          case_code: code,
          n,
          ...of,
          kind,
          agency: oneOf(...agencies),
          on: day(),
          class: maybe(() => oneOf('city', 'investor')),
        },
        ...{ days: draw(9), ground: kind === 'suspension' ? 'supplement' : null },
        result: kind === 'opinion' ? oneOf('in-time', 'late', 'silent') : null,
      });
      steps.push({
        ...{ case_code: code, n, ...of, scope: `case/${code}/p/1`, procedure: 'irc-ordinary', step: 'assess' },
        ...{
          agency: oneOf(...agencies),
          opened_on: day(),
          ended_on: day(),
          waiting_days: draw(9),
          working_days: draw(9),
          alone_days: 0,
        },
      });
    }
    if (draw(2) === 0)
      answers.push({ case_code: code, subject: 'whole-case', ...of, asked_on: day(), score: maybe(() => 1 + draw(5)) });
  }
  const write = (table: string, all: readonly object[]) => writeRows(register.owner, table, all);
  await register.owner.query('truncate case_head cascade');
  await write('case_head', heads);
  await write('case_fact', facts);
  await write('procedure_fact', procedures);
  await write('agency_fact', doings);
  await write('step_fact', steps);
  await write('survey_fact', answers);
}

async function behind(
  figure: ReportFigureCode,
  agency: string | null,
  period: { from: PlainDate; to: PlainDate },
): Promise<ReportCase[]> {
  const found: ReportCase[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await casesOfReportFigure(
      register.pool,
      { ...period, figure, agency },
      { reader, limit: 7, ...(cursor !== undefined && { cursor }) },
    );
    found.push(...page.items);
    if (page.next === null) {
      expect(page.n).toBe(found.length);
      return found;
    }
    cursor = page.next;
  }
}

/** What the list makes of the figure. */
function madeOf(figure: ReportFigureCode, list: readonly ReportCase[]): Omit<ReportFigure, 'figure'> | undefined {
  const n = list.length;
  const values = list.flatMap(({ value }) => (value === null ? [] : [Number(value)])).sort((a, b) => a - b);
  const round = (value: number, digits: number) => String(Number(value.toFixed(digits)));
  if (figure === 'reduction') return undefined;
  if (list.some(({ counted }) => counted !== null)) {
    const count = list.filter(({ counted }) => counted).length;
    return { n, count, value: round(count / n, 4) };
  }
  switch (reportFigures[figure].unit) {
    case 'share':
      return { n, count: 0, value: null };
    case 'count':
      return {
        n,
        count: null,
        value: figure === 'jobs' ? (values.length === 0 ? null : String(sum(values))) : String(n),
      };
    case 'score':
      return { n, count: null, value: n === 0 ? null : round(sum(values) / n, 2) };
    case 'vnd':
    case 'usd':
      return { n, count: null, value: values.length === 0 ? null : round(sum(values), 2) };
    case 'working-day': {
      if (figure === 'stopped') return { n, count: null, value: n === 0 ? null : String(sum(values)) };
      const [low, high] = [values[Math.floor((n - 1) / 2)], values[Math.ceil((n - 1) / 2)]];
      return { n, count: null, value: low === undefined || high === undefined ? null : round((low + high) / 2, 4) };
    }
  }
}
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

it('has behind every figure the rows that make it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(150), fc.nat(80), async (seed, start, length) => {
      await fill(seed);
      const from = addDays(first, start);
      const period = { from, to: addDays(from, length) };
      const city = await cityReportFigures(register.pool, period);
      expect(city.map(({ figure }) => figure)).toEqual(cityFigures);
      const chapters = await chapterFigures(register.pool, period, agencies);
      const all: [string | null, readonly ReportFigure[]][] = [
        [null, city],
        ...agencies.map((agency): [string, readonly ReportFigure[]] => [agency, chapters.get(agency)?.figures ?? []]),
      ];
      for (const [agency, figures] of all)
        for (const { figure, ...frozen } of figures) {
          const list = await behind(figure, agency, period);
          const made = madeOf(figure, list);
          expect([agency, figure, made ?? frozen]).toEqual([agency, figure, frozen]);
          if (!made) expect(list).toHaveLength(frozen.n);
        }
      for (const { figures } of chapters.values()) expect(figures.map(({ figure }) => figure)).toEqual(agencyFigures);
    }),
    { numRuns: 6 },
  );
}, 120_000);

it('says the same of a period however much happens after it', async () => {
  await fill(7);
  const period = { from: first, to: plainDate('2026-03-31') };
  const now = () =>
    Promise.all([cityReportFigures(register.pool, period), chapterFigures(register.pool, period, agencies)]);
  const before = await now();
  await register.owner.query(
    `update procedure_fact set closed_on = '2026-09-01', on_time = false where closed_on is null`,
  );
  await register.owner.query(`update case_fact set ended_on = '2026-09-01', reduction = 0.5 where ended_on is null`);
  expect(await now()).toEqual(before);
});
