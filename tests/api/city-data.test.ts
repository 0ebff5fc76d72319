import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessNow } from '../../db/register/business-clock.js';
import { predicateIds } from '../../domain/lane/evidence.js';
import { caseScope } from '../../domain/case/scope.js';
import { addDays, dateOf, type PlainDate } from '../../domain/time/instants.js';
import { catalogueData, exampleProjects } from '../../seeds/index.js';
import { openTask } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
let today: PlainDate;
beforeAll(async () => {
  api = await startApi();
  today = dateOf(await businessNow(api.pool));
});
afterAll(() => api.close());

const seeded = catalogueData();
const [first, second] = ['admin.1', 'admin.2'];
interface Change {
  readonly id: string;
  readonly status: string;
  readonly version: string;
  readonly confirmedBy: string | null;
}
type Answer = { status: number; body: Change & { code?: string } };

const propose = (path: string, data: unknown, more: object = {}, as = first, key: string = randomUUID()) =>
  api.call<Change & { code?: string }>('POST', `/city-data/${path}/versions`, {
    as,
    key,
    body: { data, effectiveFrom: today, document: 'Quyết định 12/QĐ-UBND', ...more },
  });
const confirm = (id: string, as = second): Promise<Answer> =>
  api.call('POST', `/law-changes/${id}/confirmation`, { as });
const inForce = async () =>
  (
    await api.call<{
      lists: { code: string; entries: { number: string }[] }[];
      settings: Record<string, unknown>;
    }>('GET', '/city-data')
  ).body;
const numbersOf = async (code: string) =>
  (await inForce()).lists.find((list) => list.code === code)?.entries.map(({ number }) => number) ?? null;

const list = (code: string, entries: object[]) => ({ code, name: { vi: 'Danh mục', en: 'List' }, entries });
const entry = (number: string, change: object = {}) => ({
  number,
  organisation: null,
  from: '2026-01-01',
  to: null,
  document: 'Quyết định 12/QĐ-UBND',
  ...change,
});

describe('data of the City', () => {
  it('is proposed by one admin and holds once another has confirmed it', async () => {
    const body = list('key-projects', [entry('1')]);
    const key = randomUUID();
    const proposed = await propose('lists/key-projects', body, {}, first, key);
    expect([proposed.status, proposed.body.status]).toEqual([201, 'proposed']);
    expect((await propose('lists/key-projects', body, {}, first, key)).body).toEqual(proposed.body);
    expect(await numbersOf('key-projects')).toBeNull();
    const alone = await confirm(proposed.body.id, first);
    expect([alone.status, alone.body.code]).toEqual([403, 'PROPOSER_CANNOT_APPROVE']);
    expect(await numbersOf('key-projects')).toBeNull();
    const confirmed = await confirm(proposed.body.id);
    expect(confirmed.body).toMatchObject({ status: 'done', confirmedBy: second });
    expect((await confirm(proposed.body.id)).body).toEqual(confirmed.body);
    expect(await numbersOf('key-projects')).toEqual(['1']);
    const next = await propose('lists/key-projects', list('key-projects', [entry('1'), entry('2')]));
    expect(next.body.version).toBe('2');
    await confirm(next.body.id);
    expect(await numbersOf('key-projects')).toEqual(['1', '2']);
  });

  it('can be taken back while it does not hold, and not later', async () => {
    const { body } = await propose('lists/memoranda', list('memoranda', [entry('M1')]));
    const refuse = (id: string) =>
      api.call<Change & { code?: string }>('POST', `/law-changes/${id}/refusal`, { as: second });
    expect((await refuse(body.id)).body.status).toBe('declined');
    expect((await confirm(body.id)).body.code).toBe('PRECONDITION_FAILED');
    const other = await propose('lists/memoranda', list('memoranda', [entry('M2')]));
    await confirm(other.body.id);
    expect((await refuse(other.body.id)).body.code).toBe('PRECONDITION_FAILED');
    expect(await numbersOf('memoranda')).toEqual(['M2']);
  });

  it('waits for its day', async () => {
    const { body } = await propose('lists/high-technologies', list('high-technologies', [entry('T1')]), {
      effectiveFrom: addDays(today, 3),
    });
    expect((await confirm(body.id)).body.status).toBe('confirmed');
    expect(await numbersOf('high-technologies')).toBeNull();
  });

  const bad: [string, () => Promise<{ status: number; body: { code?: string } }>, number, string][] = [
    [
      'without a document',
      () => propose('lists/key-projects', list('key-projects', []), { document: undefined }),
      422,
      'VALIDATION_FAILED',
    ],
    [
      'of an empty document',
      () => propose('lists/key-projects', list('key-projects', []), { document: '  ' }),
      422,
      'VALIDATION_FAILED',
    ],
    [
      'from a day that has passed',
      () => propose('lists/key-projects', list('key-projects', []), { effectiveFrom: addDays(today, -1) }),
      422,
      'VALIDATION_FAILED',
    ],
    [
      'with an entry that ends before it begins',
      () => propose('lists/key-projects', list('key-projects', [entry('9', { to: '2025-12-31' })])),
      422,
      'VALIDATION_FAILED',
    ],
    [
      'with two entries of one number',
      () => propose('lists/key-projects', list('key-projects', [entry('9'), entry('9')])),
      422,
      'VALIDATION_FAILED',
    ],
    ['of a list that nobody knows', () => propose('lists/friends', list('friends', [])), 422, 'UNKNOWN_VALUE'],
    ['under another code', () => propose('lists/memoranda', list('key-projects', [])), 422, 'VALIDATION_FAILED'],
    [
      'with days that are none',
      () => propose('settings/taskDays', { ...seeded.settings.taskDays, lane: { amount: 0, unit: 'working-day' } }),
      422,
      'VALIDATION_FAILED',
    ],
    ['of a setting that nobody knows', () => propose('settings/colour', 'green'), 422, 'UNKNOWN_VALUE'],
    [
      'of a pathway that nobody knows',
      () => propose('pathways/shortcut', { ...seeded.pathways[0], code: 'shortcut' }),
      404,
      'NOT_FOUND',
    ],
    [
      'of a pathway that asks for a procedure nobody knows',
      () => {
        const [pathway] = seeded.pathways;
        const [one, ...rest] = pathway?.procedures ?? [];
        return propose(`pathways/${pathway?.code}`, {
          ...pathway,
          procedures: [{ ...one, procedure: 'nothing' }, ...rest],
        });
      },
      422,
      'DEFINITION_INVALID',
    ],
    [
      'of an agency with a calendar nobody knows',
      () => propose('agencies/dost', { ...seeded.agencies.find(({ code }) => code === 'dost'), calendar: 'moon' }),
      422,
      'DEFINITION_INVALID',
    ],
    [
      'of a regime whose version is there',
      () => {
        const [regime] = seeded.regimes;
        return propose(`regimes/${regime?.code}`, regime);
      },
      409,
      'CONFLICT',
    ],
    [
      'by somebody who is no admin',
      () => propose('lists/key-projects', list('key-projects', []), {}, 'leader.hcmc-committee'),
      403,
      'FORBIDDEN',
    ],
  ];
  it.each(bad)('is refused %s, and nothing changes', async (_name, ask, status, code) => {
    const before = await inForce();
    const answer = await ask();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await inForce()).toEqual(before);
  });

  it('is read whole, as its next version is written', async () => {
    const whole = (path: string, as = first) =>
      api.call<{ data: { code: string }; code?: string }>('GET', `/city-data/${path}`, { as });
    for (const [kind, held] of [
      ['agencies', seeded.agencies],
      ['pathways', seeded.pathways],
      ['regimes', seeded.regimes],
    ] as const) {
      const [one] = held.toReversed();
      const { status, body } = await whole(`${kind}/${one?.code ?? ''}`);
      expect([kind, status, body.data]).toEqual([kind, 200, one]);
    }
    expect((await whole('agencies/nobody')).body.code).toBe('NOT_FOUND');
    expect((await whole('agencies/dof', 'officer.dof.1')).status).toBe(403);
  });

  it('names an agency anew, and adds a ward', async () => {
    const dost = seeded.agencies.find(({ code }) => code === 'dost');
    const renamed = await propose('agencies/dost', {
      ...dost,
      name: { vi: 'Sở Khoa học, Công nghệ và Đổi mới', en: 'Department of Science, Technology and Innovation' },
    });
    const ward = await propose('agencies/ward-saigon', {
      ...seeded.agencies.find(({ kind }) => kind === 'ward'),
      code: 'ward-saigon',
      name: { vi: 'Ủy ban nhân dân Phường Sài Gòn', en: 'People’s Committee of Sài Gòn Ward' },
    });
    for (const { body } of [renamed, ward]) expect((await confirm(body.id)).body.status).toBe('done');
    const { body } = await api.call<{ items: { code: string; name: { vi: string } }[] }>('GET', '/agencies');
    const nameOf = (code: string) => body.items.find((one) => one.code === code)?.name.vi;
    expect(nameOf('dost')).toBe('Sở Khoa học, Công nghệ và Đổi mới');
    expect(nameOf('ward-saigon')).toBe('Ủy ban nhân dân Phường Sài Gòn');
  });

  it('opens a later version of a regime, and the one before it ends the day before', async () => {
    const regime = seeded.regimes.find((one) => one.status === 'in-force' && one.effectiveTo === null);
    if (!regime) throw new Error('no open regime');
    const from = addDays(today, 1);
    const { body } = await propose(`regimes/${regime.code}`, { ...regime, effectiveFrom: from });
    await confirm(body.id);
    const held = await api.call<{ versions?: { version: string }[] }>('GET', `/regimes/${regime.code}`);
    expect(held.status).toBe(200);
    expect(JSON.stringify(held.body)).toContain(`${regime.code}@${from}`);
  });

  it('proves a test of the lane by an entry that held on the day of filing, and by no other', async () => {
    const { case: code } = await fileCase(api, 'cmc');
    const entries = [entry('K1'), entry('K2', { from: '2024-01-01', to: '2024-12-31' })];
    const { body } = await propose('lists/key-projects', list('key-projects', entries));
    await confirm(body.id);
    const task = await openTask(api, caseScope(code), {
      key: 'lane',
      kind: 'lane',
      agency: 'dof',
      role: 'officer',
      step: null,
    });
    const findings = (basis: string) =>
      predicateIds.map((predicate) => ({
        predicate,
        verdict: predicate === 'needs-priority' ? 'yes' : 'no',
        basis: predicate === 'needs-priority' ? basis : null,
        reason: 'theo danh mục',
      }));
    const decide = (basis: string) =>
      api.refused('POST', `/tasks/${task}/completion`, {
        as: 'officer.dof.1',
        body: { outcome: 'standard', reason: 'r', findings: findings(basis) },
      });
    const ended = await decide('list/key-projects/K2');
    expect([ended.status, ended.body.code]).toEqual([409, 'ENTRY_NOT_IN_FORCE']);
    expect((await decide('list/key-projects/K9')).body.code).toBe('EVIDENCE_MISSING');
    expect((await decide('list/key-projects/K1')).status).toBe(200);
  });

  it('says before it is confirmed which open cases it would concern', async () => {
    const { case: code } = await fileCase(api, 'besi');
    await openTask(api, caseScope(code), { key: 'lane', kind: 'lane', agency: 'dof', role: 'officer', step: null });
    const ladder = seeded.settings.ladders.task.map((rung) => (rung.kind === 'share' ? { ...rung, share: 40 } : rung));
    const { body } = await propose('settings/ladders', { ...seeded.settings.ladders, task: ladder });
    const seen = await api.call<{ items: { case: string; effects: string[] }[]; replaces: unknown }>(
      'GET',
      `/law-changes/${body.id}/preview`,
      { as: second },
    );
    expect(seen.status).toBe(200);
    expect(seen.body.items).toContainEqual({ case: code, effects: ['reminders-move'] });
    expect(seen.body.replaces).toEqual(seeded.settings.ladders);
    const promulgated = await propose('settings/promulgation', { document: 'QĐ 1/QĐ-UBND', from: today });
    await confirm(promulgated.body.id);
    expect((await inForce()).settings['promulgation']).toEqual({ document: 'QĐ 1/QĐ-UBND', from: today });
  });

  it('sets how trials are watched over, and leaves to each regime its own figures', async () => {
    const held = (await inForce()).settings['sandbox'] as { warnAt: number; criteria: object[] };
    expect(held).not.toHaveProperty('regimes');
    const bent = await propose('settings/sandbox', { ...held, regimes: {} });
    expect([bent.status, bent.body.code]).toEqual([422, 'VALIDATION_FAILED']);
    expect((await propose('settings/sandbox', { ...held, criteria: [] })).body.code).toBe('VALIDATION_FAILED');
    const next = { ...held, warnAt: 0.75, basis: 'Quyết định 12/QĐ-UBND', verified: true };
    const { body } = await propose('settings/sandbox', next);
    const seen = await api.call<{ replaces: unknown }>('GET', `/law-changes/${body.id}/preview`, { as: second });
    expect(seen.body.replaces).toEqual(held);
    await confirm(body.id);
    expect((await inForce()).settings['sandbox']).toEqual(next);
    const { sandbox } = (await api.deps.law.atLeast()).catalogue.settings;
    expect(sandbox).toEqual({ ...next, regimes: seeded.settings.sandbox.regimes });
  });

  describe('durations of before the programme', () => {
    const duration = (procedure: string, days: number, change: object = {}) => ({
      procedure,
      days,
      source: 'Báo cáo cải cách hành chính 2025',
      from: '2025-01-01',
      to: '2025-12-31',
      n: 120,
      verified: true,
      ...change,
    });
    const observed = (...procedures: object[]) => ({ procedures, basis: 'Báo cáo 2025', verified: true });
    interface Shown {
      readonly baseline: { readonly days: number; readonly observed?: { readonly days: number } };
    }
    const filedBaseline = async (lot: string) => {
      const { case: code } = await fileCase(api, 'besi', 'investor.besi', lot);
      return (await api.call<Shown>('GET', `/cases/${code}`, { as: 'investor.besi' })).body.baseline;
    };

    it.each<[string, () => ReturnType<typeof propose>]>([
      [
        'without a source and verified all the same',
        () => propose('settings/observed', observed(duration('irc-ordinary', 8, { source: null }))),
      ],
      [
        'that end before they begin',
        () => propose('settings/observed', observed(duration('irc-ordinary', 8, { to: '2024-12-31' }))),
      ],
      [
        'of a procedure twice',
        () => propose('settings/observed', observed(duration('irc-ordinary', 8), duration('irc-ordinary', 9))),
      ],
      ['of a procedure nobody knows', () => propose('settings/observed', observed(duration('moon-licence', 8)))],
      ['of no dossiers', () => propose('settings/observed', observed(duration('irc-ordinary', 8, { n: 0 })))],
    ])('are refused %s', async (_name, ask) => {
      const { status, body } = await ask();
      expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED']);
    });

    it('are the baseline of what is filed once all of them are published, never more than the law', async () => {
      const before = await filedBaseline('Lô O-1');
      expect(before.observed).toBeUndefined();
      const some = await propose('settings/observed', observed(duration('irc-ordinary', 8)));
      await confirm(some.body.id);
      expect((await filedBaseline('Lô O-2')).observed).toBeUndefined();
      const { besi } = exampleProjects;
      const dry = await api.call<{ observed: { baseline: unknown; missing: string[] } }>('POST', '/screenings', {
        as: 'investor.besi',
        body: besi,
      });
      expect(dry.body.observed).toMatchObject({ baseline: null, missing: ['enterprise-registration'] });
      const all = await propose(
        'settings/observed',
        observed(duration('irc-ordinary', 8), duration('enterprise-registration', 30)),
      );
      await confirm(all.body.id);
      // Eight days of the certificate, three of the company: thirty are more than the law gives.
      expect(await filedBaseline('Lô O-3')).toMatchObject({ days: 13, observed: { days: 11, cityDays: 11 } });
    });
  });
});
