import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseState } from '../../domain/case/state.js';
import { createProjector } from '../../db/projection/projector.js';
import { dashboardAgencies } from '../../db/read/dashboards/agencies.js';
import { dashboardSummary } from '../../db/read/dashboards/summary.js';
import type { DashboardFilter } from '../../db/read/dashboards/filter.js';
import { medianRanks } from '../../domain/measures/reduction.js';
import { plainDate } from '../../domain/time/instants.js';
import { projected } from '../support/feed.js';
import { atTheDoor, greenProject, LicensingLife } from '../support/licensing-life.js';
import { at, createTestRegister, investor, openingCommand, type TestRegister } from './support.js';
import { rewriteState } from '../support/kept-state.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

let cases = 0;

/** A green-lane case on the real register, filed on Monday 6 July 2026 unless said otherwise. */
async function begin(filed = at('2026-07-06 09:00')): Promise<{ code: string; life: LicensingLife }> {
  const n = ++cases;
  if (investor.kind !== 'person') throw new Error('the investor is a person');
  const { caseCode: code } = await register.door.open({
    command: openingCommand(greenProject(), filed),
    actor: investor,
    key: `facts-${n}`,
    bodyHash: 'body',
    occurredAt: filed,
  });
  return { code, life: new LicensingLife(atTheDoor(register, code), investor) };
}

const tables = [
  'case_fact',
  'procedure_fact',
  'agency_fact',
  'survey_fact',
  'step_fact',
  'clause_fact',
  'conduct_fact',
];

async function everyFact(): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const table of tables) {
    found[table] = (
      await register.pool.query(`select to_jsonb(f) as f from ${table} f order by to_jsonb(f)::text`)
    ).rows;
  }
  return found;
}

const rowOf = async (code: string) =>
  (await register.pool.query<Record<string, unknown>>('select * from case_fact where case_code = $1', [code])).rows[0];

describe('fact rows', () => {
  it('follow the case, and give the same whether they were projected on the way, twice, or anew', async () => {
    const { code, life } = await begin();
    await life.certificate();
    await projected(register);
    expect(await rowOf(code)).toMatchObject({
      lane: 'green',
      zone: 'SHTP',
      reached_on: null,
      fdi_registered_on: '2026-07-14',
    });
    await life.company('07-14 16:00', '07-15 09:00', '07-16', '07-17');
    await life.survey(4, '07-18 09:00', 'irc-ordinary');
    await projected(register);
    expect(await rowOf(code)).toMatchObject({
      reached_on: '2026-07-17',
      net_days: 8,
      gross_days: 9,
      reduction: '0.3846',
      exclusions: [],
      capital_usd: '4900000',
    });
    const once = await everyFact();
    expect(once['procedure_fact']?.length).toBe(2);
    const projector = createProjector(register);
    await projector.rebuild();
    expect(await everyFact()).toEqual(once);
    for (const table of tables) await register.owner.query(`delete from ${table}`);
    await projector.rebuild();
    expect(await everyFact()).toEqual(once);
  });

  it('that no longer hold go away', async () => {
    const { code, life } = await begin();
    await life.certificateUntilAnswers();
    await projected(register);
    await register.owner.query(
      `insert into agency_fact (case_code, n, lane, pathway, kind, agency, "on") values ($1, 9, 'green', 'standard', 'return', 'dof', '2026-07-09')`,
      [code],
    );
    await createProjector(register).rebuild();
    const { rows } = await register.pool.query('select kind, agency from agency_fact where case_code = $1 order by n', [
      code,
    ]);
    expect(rows).toEqual([
      { kind: 'opinion', agency: 'dost' },
      { kind: 'opinion', agency: 'dpa' },
    ]);
  });

  it('of a case filed before its event carried the capital take it from the filing', async () => {
    const { code } = await begin();
    await projected(register);
    await rewriteState(register.owner, code, (text) => JSON.stringify({ ...JSON.parse(text), capital: null }));
    const capital = { totalVnd: '50', totalUsd: '2', foreignShare: 0.5 };
    await register.owner.query('insert into filing (case_code, body) values ($1, $2)', [
      code,
      JSON.stringify({ project: { capital } }),
    ]);
    await createProjector(register).rebuild();
    expect(await rowOf(code)).toMatchObject({ capital_vnd: '50', capital_usd: '2', foreign_share: '0.5' });
  });

  it('of a project that is filed again after a withdrawal carry the days of the first filing', async () => {
    const { code: first, life } = await begin();
    await life.certificateUntilAnswers();
    await life.withdraw('07-10 09:00');
    if (investor.kind !== 'person') throw new Error('the investor is a person');
    const { caseCode: again } = await register.door.open({
      command: openingCommand(greenProject(), at('2026-07-13 09:00')),
      actor: investor,
      key: 'filed again',
      bodyHash: 'body',
      occurredAt: at('2026-07-13 09:00'),
    });
    await projected(register);
    expect(await rowOf(first)).toMatchObject({ outcome: 'withdrawn', refilings: 0, first_filed_on: '2026-07-06' });
    expect(await rowOf(again)).toMatchObject({ refilings: 1, first_filed_on: '2026-07-06' });
  });

  it('of a project that another account of the same enterprise files again carry the days of the first filing, of another enterprise they do not', async () => {
    const account = (id: string) => ({ kind: 'person', id, role: 'investor', agency: null }) as const;
    const filed = (registrationNumber: string | null, country = 'VN') => {
      const project = greenProject();
      return { ...project, investor: { ...project.investor, country, registrationNumber } };
    };
    const open = async (who: string, filing: ReturnType<typeof filed>, when: string) => {
      const command = openingCommand(filing, at(when));
      const investedBy = { ...command.opening.investor, personId: who };
      const { caseCode } = await register.door.open({
        command: { ...command, opening: { ...command.opening, investor: investedBy } },
        actor: account(who),
        key: `enterprise-${when}`,
        bodyHash: 'body',
        occurredAt: at(when),
      });
      return caseCode;
    };
    const first = await open('investor.cmc', filed('0309-876-543'), '2026-07-06 09:00');
    const life = new LicensingLife(atTheDoor(register, first), account('investor.cmc'));
    await life.certificateUntilAnswers();
    await life.withdraw('07-10 09:00');
    const again = await open('investor.second', filed('0309876543-001'), '2026-07-13 09:00');
    const others = [
      await open('investor.third', filed('0309876544'), '2026-07-13 09:10'),
      await open('investor.third', filed('0309876543', 'KR'), '2026-07-13 09:20'),
      await open('investor.third', filed(null), '2026-07-13 09:30'),
    ];
    await projected(register);
    expect(await rowOf(again)).toMatchObject({ refilings: 1, first_filed_on: '2026-07-06' });
    for (const other of others) expect(await rowOf(other)).toMatchObject({ refilings: 0 });
    const once = await everyFact();
    await createProjector(register).rebuild();
    expect(await everyFact()).toEqual(once);

    // What the upgrade reads out of the events of before is what the door writes.
    const enterprises = async () =>
      (await register.pool.query('select code, enterprise from case_head order by code')).rows as unknown[];
    const written = await enterprises();
    expect(written).toContainEqual({ code: again, enterprise: 'VN/0309876543' });
    expect(written).toContainEqual({ code: others[1], enterprise: 'KR/0309876543' });
    await register.owner.query('update case_head set enterprise = null');
    const upgrade = await readFile('db/migrations/0064_enterprise.sql', 'utf8');
    await register.owner.query(upgrade.split('--> statement-breakpoint').find((one) => one.includes('UPDATE')) ?? '');
    expect(await enterprises()).toEqual(written);
  });

  it('of a project that is filed again without a number, by another account, on another lot of the zone, carry the days of the first filing', async () => {
    let filings = 0;
    const open = async (who: string, when: string, by: { name: string; country: string }, lot: string) => {
      const project = greenProject();
      const investor = { ...project.investor, ...by, registrationNumber: null };
      const filing = { ...project, investor };
      const site = { key: lot, lots: [lot], near: [] };
      const command = openingCommand(filing, at(when), true, { site });
      const investedBy = { ...command.opening.investor, personId: who };
      const { caseCode } = await register.door.open({
        command: { ...command, opening: { ...command.opening, investor: investedBy } },
        actor: { kind: 'person', id: who, role: 'investor', agency: null },
        key: `anew-${++filings}`,
        bodyHash: 'body',
        occurredAt: at(when),
        attach: () => ({ filing: { body: filing, nameVi: 'x', nameEn: 'x', search: 'x' } }),
      });
      return caseCode;
    };
    const besi = { name: 'BE Semiconductor Industries N.V.', country: 'NL' };
    const first = await open('investor.anew.1', '2026-07-06 09:00', besi, 'lot-a');
    const life = new LicensingLife(atTheDoor(register, first), {
      ...{ kind: 'person', id: 'investor.anew.1', role: 'investor', agency: null },
    });
    await life.certificateUntilAnswers();
    await life.withdraw('07-10 09:00');
    const joined = [
      await open(
        'investor.anew.2',
        '2026-07-13 09:00',
        { ...besi, name: 'Công ty BE-Semiconductor Industries, NV' },
        'lot-b',
      ),
      await open('investor.anew.3', '2026-07-13 09:10', { name: 'Somebody New B.V.', country: 'NL' }, 'lot-a'),
    ];
    const others = [
      await open('investor.anew.4', '2026-07-13 09:20', { name: 'Somebody New B.V.', country: 'NL' }, 'lot-c'),
      await open('investor.anew.5', '2026-07-13 09:30', { name: besi.name, country: 'BE' }, 'lot-a'),
    ];
    await projected(register);
    for (const code of joined) expect(await rowOf(code)).toMatchObject({ refilings: 1, first_filed_on: '2026-07-06' });
    for (const code of others) expect(await rowOf(code)).toMatchObject({ refilings: 0 });
    const once = await everyFact();
    await createProjector(register).rebuild();
    expect(await everyFact()).toEqual(once);
  });

  it('of a case that is withdrawn late say what it took, and the lower bound counts it', async () => {
    const marks = async (code: string) =>
      (
        await register.pool.query(
          `select measure, value::float8 as value, amount::float8 as amount from tally_marks
           where case_code = $1 and (measure like 'lost%' or measure = 'broken') order by measure`,
          [code],
        )
      ).rows as unknown[];
    const late = await begin();
    await late.life.certificateUntilAnswers();
    // 7 July to 10 August: twenty-five dates of thirteen.
    await late.life.withdraw('08-10 09:00');
    const soon = await begin();
    await soon.life.certificateUntilAnswers();
    await soon.life.withdraw('07-10 09:00');
    await projected(register);
    expect(await rowOf(late.code)).toMatchObject({ reduction: null, whole_days: null, ended_whole_days: '25.0000' });
    expect(await marks(late.code)).toEqual([
      { measure: 'broken', value: 0, amount: 0 },
      { measure: 'lost', value: 0, amount: 0 },
      { measure: 'lost baseline days', value: 0, amount: 13 },
      { measure: 'lost city baseline days', value: 0, amount: 13 },
      { measure: 'lost city days', value: 0, amount: 25 },
      { measure: 'lost reduction', value: -0.9231, amount: 0 },
      { measure: 'lost whole days', value: 0, amount: 25 },
    ]);
    expect(await marks(soon.code)).toEqual([
      { measure: 'lost', value: 0, amount: 0 },
      { measure: 'lost baseline days', value: 0, amount: 13 },
      { measure: 'lost city baseline days', value: 0, amount: 13 },
      { measure: 'lost city days', value: 0, amount: 13 },
      { measure: 'lost reduction', value: 0, amount: 0 },
      { measure: 'lost whole days', value: 0, amount: 13 },
    ]);
  });

  it('reads names as they are meant', async () => {
    const keyOf = async (name: string) => {
      const filed = JSON.stringify({ investor: { name, country: 'VN' } });
      return (await register.pool.query<{ key: string }>('select investor_key($1::json) as key', [filed])).rows[0]?.key;
    };
    const one = await keyOf('Công ty Cổ phần Đầu tư Sài Gòn');
    expect(one).toBe('VN/dautusaigon');
    expect(await keyOf('CTY CP ĐẦU TƯ SÀI-GÒN')).toBe(one);
    expect(await keyOf('Công ty Cổ phần Đầu tư Sài Gòn'.normalize('NFD'))).toBe(one);
    expect(await keyOf('Dau tu Sai Gon JSC')).toBe(one);
    expect(await keyOf('Đầu tư Sài Gòn Hai')).not.toBe(one);
    expect(await keyOf('株式会社デンソー')).toBe(`VN/${'株式会社デンソー'.normalize('NFKD')}`);
    expect(await keyOf('Co., Ltd.')).toBeNull();
  });

  it('of a project whose approval was taken back carry the days of the first filing', async () => {
    const { code, life } = await begin();
    await life.certificate();
    await life.company('07-14 16:00', '07-15 09:00', '07-16', '07-17');
    await life.taxAndEnd('07-20 09:00');
    if (investor.kind !== 'person') throw new Error('the investor is a person');
    const { caseCode: again } = await register.door.open({
      command: openingCommand(greenProject(), at('2026-08-03 09:00')),
      actor: investor,
      key: 'filed after a revocation',
      bodyHash: 'body',
      occurredAt: at('2026-08-03 09:00'),
    });
    await projected(register);
    const before = Number((await rowOf(again))?.['refilings']);
    const revocation = {
      id: 'R1',
      change: 'revocation',
      of: '',
      passages: [],
      outcome: 'issued',
      number: '1',
      issuedBy: 1,
    };
    await rewriteState(register.owner, code, (text) => {
      const state = JSON.parse(text) as CaseState;
      for (const one of Object.values(state.procedures)) Object.assign(one, { resultChanges: [revocation] });
      return JSON.stringify(state);
    });
    await createProjector(register).rebuild();
    expect(await rowOf(again)).toMatchObject({ refilings: before + 1 });
    expect(await rowOf(code)).toMatchObject({ reduction: null, exclusions: ['result-revoked'] });
  });

  it('carry the days of an earlier filing of the project, whichever of the two ends first', async () => {
    const earlier = await begin(at('2026-07-03 09:00'));
    await earlier.life.open('irc-ordinary', '07-03 09:00');
    await earlier.life.file('irc-ordinary', '07-03 10:00');
    const { code, life } = await begin();
    await life.certificate();
    await life.company('07-14 16:00', '07-15 09:00', '07-16', '07-17');
    await projected(register);
    expect(await rowOf(code)).toMatchObject({ refilings: 0, whole_days: '8.0000' });
    await earlier.life.withdraw('07-20 09:00');
    await projected(register);
    expect(await rowOf(code)).toMatchObject({ refilings: 1, whole_days: '19.0000' });
    const once = await everyFact();
    await createProjector(register).rebuild();
    expect(await everyFact()).toEqual(once);
  });
});

const today = plainDate('2026-07-20');

// A small generator (mulberry32): the same seed, the same figures.
function generator(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

interface Made {
  readonly code: string;
  readonly day: string;
  readonly net: number;
  readonly baseline: number;
  readonly reduction: number | null;
  readonly surely: boolean;
}

/** Rows that never were cases, far from every other day of these tests. */
async function makeCases(n: number, draw: (limit: number) => number): Promise<Made[]> {
  const made: Made[] = Array.from({ length: n }, (_one, i) => {
    const [net, baseline, excluded] = [draw(40), 20 + draw(20), draw(5) === 0];
    const reduction = excluded ? null : Math.round((1 - net / baseline) * 10_000) / 10_000;
    const day = plainDate(`2025-03-${String(1 + draw(28)).padStart(2, '0')}`);
    return { code: `LX-250301-${String(1000 + i)}`, day, net, baseline, reduction, surely: draw(3) > 0 };
  });
  await register.owner.query(
    `insert into case_head (code, kind, seq, hash, status, lane, pathway, investor, managed)
     select c, 'green-lane', 1, '', 'approved', 'green', 'standard', 'x', false from unnest($1::text[]) c`,
    [made.map(({ code }) => code)],
  );
  await register.owner.query(
    `insert into case_fact (case_code, kind, lane, pathway, milestone, adjustment, opened_on, licensed_on, reached_on, ended_on, baseline_days,
       licence_net_days, licence_gross_days, net_days, gross_days, city_baseline_days, whole_days, city_days, whole_reduction, city_reduction, reduction,
       exclusions, unverified)
     select c, 'green-lane', 'green', 'standard', 'licence', false, '2025-01-01', d, d, d, b, n, n + 2, n, n + 2, b, n, n, r, r, r,
       case when r is null then '{deferred}' else '{}'::text[] end, case when v then '{}' else '{x.budget}'::text[] end
     from unnest($1::text[], $2::date[], $3::int[], $4::int[], $5::numeric[], $6::bool[]) as t (c, d, b, n, r, v)`,
    [
      made.map(({ code }) => code),
      made.map(({ day }) => day),
      made.map(({ baseline }) => baseline),
      made.map(({ net }) => net),
      made.map(({ reduction }) => reduction),
      made.map(({ surely }) => surely),
    ],
  );
  return made;
}

/** Nearest rank in whole numbers: the value at place ceil(n · percent / 100). */
function nearestRank(values: readonly number[], percent: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? null;
}

/** Of an even number the mean of the two in the middle. */
function middle(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2)].map((i) => sorted[i]);
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const four = (value: number): number => Math.round(value * 10_000) / 10_000;

function spreadOf(values: readonly number[]) {
  const mean = values.length === 0 ? null : sum(values) / values.length;
  return { n: values.length, mean, median: middle(values), p90: nearestRank(values, 90) };
}

const expectSpread = (found: ReturnType<typeof spreadOf>, values: readonly number[]) => {
  const { mean, median, ...rest } = spreadOf(values);
  expect(found).toMatchObject(rest);
  for (const [shown, counted] of [
    [found.mean, mean],
    [found.median, median],
  ] as const) {
    if (counted === null) expect(shown).toBeNull();
    else expect(shown).toBeCloseTo(counted, 3);
  }
};

describe('figures over many cases', () => {
  const seed = 20260706;

  it(`are what counting one by one gives, for every period (seed ${seed})`, async () => {
    const draw = generator(seed);
    const made = await makeCases(150, draw);
    for (let turn = 0; turn < 40; turn++) {
      const [a, b] = [1 + draw(28), 1 + draw(28)].sort((x, y) => x - y);
      const on = (day: number | undefined) => plainDate(`2025-03-${String(day).padStart(2, '0')}`);
      const filter: DashboardFilter = { from: on(a), to: on(b) };
      const within = made.filter(({ day }) => day >= on(a) && day <= on(b));
      const counted = within.filter(({ reduction }) => reduction !== null);
      const summary = await dashboardSummary(register.pool, filter, today);
      expectSpread(
        summary.timeToLicense.net,
        within.map(({ net }) => net),
      );
      expectSpread(
        summary.timeToLicense.gross,
        within.map(({ net }) => net + 2),
      );
      for (const [name, among] of [
        ['all', counted],
        ['verified', counted.filter(({ surely }) => surely)],
        ['unverified', counted.filter(({ surely }) => !surely)],
      ] as const) {
        const found = summary.reduction[name];
        const values = among.map(({ reduction }) => reduction ?? 0);
        expectSpread(found, values);
        const overall =
          among.length === 0 ? null : 1 - sum(among.map((one) => one.net)) / sum(among.map((one) => one.baseline));
        if (overall === null) expect(found.overall).toBeNull();
        else expect(found.overall).toBeCloseTo(overall, 3);
        expect(found.whole).toEqual(found.city);
        const many = (least: number) => values.filter((value) => value >= least).length;
        const part = (count: number) => ({
          count,
          n: values.length,
          share: values.length === 0 ? null : four(count / values.length),
        });
        expect(found.atLeast30).toEqual(part(many(0.3)));
        expect(found.atLeast40).toEqual(part(many(0.4)));
      }
      expect(summary.excluded.n).toBe(within.length - counted.length);
      const { bound, interval } = summary.reduction;
      expect(bound.n).toBe(within.length);
      if (within.length > 0) {
        expect(bound.mean).toBeCloseTo(sum(counted.map(({ reduction }) => reduction ?? 0)) / within.length, 3);
        const kept = sum(counted.map(({ net, baseline }) => baseline - net));
        if (counted.length > 0)
          expect(bound.overall).toBeCloseTo(kept / sum(within.map(({ baseline }) => baseline)), 3);
      }
      const ordered = counted.map(({ reduction }) => reduction ?? 0).sort((x, y) => x - y);
      const ranks = medianRanks(ordered.length);
      expect(interval).toEqual(ranks && { low: ordered[ranks.low - 1], high: ordered[ranks.high - 1] });
      expect(summary.unverifiedCases.n).toBe(counted.filter(({ surely }) => !surely).length);
    }
  });

  it('are null where there is nothing, never zero', async () => {
    const filter: DashboardFilter = { from: null, to: plainDate('2020-01-01') };
    const { timeToLicense, reduction, procedures, satisfaction, fdi, lanes, targets } = await dashboardSummary(
      register.pool,
      {
        ...filter,
        zone: 'nowhere',
      },
      today,
    );
    const none = { n: 0, mean: null, median: null, p90: null };
    const nobody = { n: 0, count: 0, share: null };
    expect(timeToLicense).toEqual({ net: none, gross: none });
    const figure = { mean: null, median: null, overall: null };
    const nothing = { overall: null, atLeast30: nobody, atLeast40: nobody, whole: figure, city: figure };
    expect(reduction.all).toEqual({ ...none, ...nothing });
    expect(reduction.bound).toEqual({ n: 0, mean: null, overall: null, atLeast30: nobody, atLeast40: nobody });
    expect(reduction.interval).toBeNull();
    expect(procedures).toMatchObject([
      { procedure: null, net: none, onTime: nobody, documents: 0, filedOnline: nobody },
    ]);
    expect(satisfaction).toEqual({ mean: null, answers: nobody, atLeast4: nobody });
    expect(fdi).toEqual({ n: 0, usd: null, vnd: null, withoutUsd: 0 });
    expect(targets).toEqual({ atRisk30: 0, missed30: 0, atRisk40: 0, missed40: 0 });
    expect(lanes).toEqual([]);
    const nowhere = { ...filter, zone: 'nowhere' };
    expect(await dashboardAgencies(register.pool, nowhere, today)).toEqual([]);
  });
});
