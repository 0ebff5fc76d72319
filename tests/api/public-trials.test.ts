import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cursorOf } from '../../db/read/keyset.js';
import { type Phase, phases } from '../../domain/case/trial/phases.js';
import { exampleTrials } from '../../seeds/index.js';
import { projected } from '../support/feed.js';
import { OneTrial } from '../support/one-trial.js';
import { startApi, type TestApi } from './support.js';
import { register, standing, standStill } from './trial-by-hand.js';

interface Shown {
  readonly code: string;
  readonly phase: string;
  readonly ending: string | null;
  readonly holder: string | null;
  readonly solution: { vi: string; en: string } | null;
  readonly admittedOn: string;
  readonly conditions: { limits: Record<string, unknown>[]; areas: Record<string, unknown>[] };
}

let api: TestApi;
/** The code of the case of a trial in each phase. */
const cases = new Map<Phase, string>();

beforeAll(async () => {
  api = await startApi();
  await standStill(api);
  for (const phase of phases) cases.set(phase, (await register(api, standing[phase]())).code);
  await projected(api.deps);
}, 120_000);
afterAll(() => api.close());

const list = async (query = '') => {
  const { status, body } = await api.call<{ items: Shown[]; next: string | null }>('GET', `/public/trials${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const of = async (phase: Phase) => (await api.call<Shown>('GET', `/public/trials/${cases.get(phase)}`)).body;
const run = async (sql: string, values: unknown[]) => {
  await api.pool.query(sql, values);
};

describe('the public register of trials', () => {
  it('shows every trial that was admitted, and none before', async () => {
    const { items } = await list();
    expect(items).toHaveLength(phases.length - 1);
    expect((await api.refused('GET', `/public/trials/${cases.get('admission')}`)).body.code).toBe('NOT_FOUND');
    const open = (await list('?state=running')).items.map(({ phase }) => phase).sort();
    expect(open).toEqual(['admitted', 'assessment', 'paused', 'paused', 'running']);
    const ended = (await list('?state=ended')).items.map(({ phase }) => phase).sort();
    expect(ended).toEqual(['ended', 'ended', 'transition']);
    expect((await list(`?regime=ai-decree-142-2026-level-2`)).items).toHaveLength(1);
    expect((await list(`?field=nonsense`)).items).toEqual([]);
  });

  it('says what is tried, by whom, where, until when and within which limits', async () => {
    const shown = await of('running');
    expect(shown).toMatchObject({
      solution: exampleTrials.drone.solution.name,
      holder: exampleTrials.drone.applicant.name,
      regime: 'hcmc-res-20-2024-uav',
      field: 'uav',
      authority: 'hcmc-committee',
      supervisor: 'shtp-board',
      phase: 'running',
      admittedOn: '2026-08-24',
      startedOn: '2026-08-24',
      until: '2027-08-23',
      endedOn: null,
      ending: null,
      conditions: {
        areas: [{ name: { vi: 'Khu thử nghiệm', en: 'Test area' }, site: 'SHTP' }],
        reportEvery: { amount: 1, unit: 'week' },
      },
    });
    expect(shown.conditions.limits).toContainEqual({
      code: 'altitude',
      name: { vi: 'Độ cao bay tối đa', en: 'Maximum flight altitude' },
      unit: 'm',
      max: 200,
      inclusive: false,
    });
    expect(await of('transition')).toMatchObject({ phase: 'transition', ending: 'completed' });
  });

  it('does not tell a hold from any other pause, and says nothing of its cause', async () => {
    const [held, suspended] = [await of('held'), await of('suspended')];
    expect(held).toEqual({ ...suspended, code: held.code });
  });

  it('holds no secret of the business: no reading, incident, document, money, contact, nor the code of the case', async () => {
    const admitted = phases.filter((phase) => phase !== 'admission');
    const whole = JSON.stringify([await list(), ...(await Promise.all(admitted.map(of)))]);
    const { registrationNumber } = exampleTrials.drone.applicant;
    for (const secret of [
      registrationNumber,
      'LX-',
      'H1',
      '230',
      'polygon',
      'telemetry',
      'flights',
      'investor',
      'doc-',
      'Luật A',
    ]) {
      expect(whole).not.toContain(secret);
    }
  });

  it('says that there is a limit on money, not how much', async () => {
    const code = cases.get('running');
    const money = { code: 'contract-value', name: { vi: 'Giá trị hợp đồng', en: 'Value of contracts' }, unit: 'VND' };
    const own = {
      ...money,
      watch: 'telemetry',
      max: 777_000_000,
      inclusive: true,
      verified: true,
      source: 'admission',
    } as const;
    const one = new OneTrial('2026-08-03 09:00');
    const rich = new OneTrial('2026-08-03 09:00', { terms: { limits: [...one.terms.limits, own] } });
    const { code: registered } = await register(api, rich.at('2026-08-24 09:00').admit());
    await projected(api.deps);
    const { body } = await api.call<Shown>('GET', `/public/trials/${registered}`);
    expect(body.conditions.limits).toContainEqual(money);
    expect(JSON.stringify(body)).not.toContain('777');
    expect(registered).not.toBe(code);
  });

  it('takes the dossier code of the admission, as it shows it, and the code of the case', async () => {
    const shown = await of('running');
    expect(shown.code).toMatch(/^H29/);
    expect((await api.call('GET', `/public/trials/${shown.code}`)).body).toEqual(shown);
    expect((await api.refused('GET', '/public/trials/H29-999999-9999')).body.code).toBe('NOT_FOUND');
    expect((await api.refused('GET', '/public/trials/nonsense')).body.code).toBe('VALIDATION_FAILED');
  });

  it('goes through all of them once, admitted last first', async () => {
    const all = (await list()).items;
    const order = all.map(({ admittedOn, code }) => `${admittedOn} ${code}`);
    expect(order).toEqual([...order].sort().reverse());
    const seen: Shown[] = [];
    for (let query = '?limit=2'; ;) {
      const { items, next } = await list(query);
      seen.push(...items);
      if (next === null) break;
      expect(Buffer.from(next, 'base64url').toString()).not.toContain('LX-');
      query = `?limit=2&cursor=${next}`;
    }
    expect(seen).toEqual(all);
    for (const place of [['x', 'y'], ['2026-08-24'], ['2026-02-31', 'y']]) {
      expect((await api.refused('GET', `/public/trials?cursor=${cursorOf(place)}`)).body.code).toBe(
        'VALIDATION_FAILED',
      );
    }
  });

  it('names no natural person, and nobody once the filing was erased', async () => {
    const [person, erased] = [cases.get('suspended'), cases.get('ended')];
    await run(
      `update filing set body = jsonb_set(body::jsonb, '{applicant,kind}', '"individual"')::json where case_code = $1`,
      [person],
    );
    await run(
      'update filing set body = null, name_vi = null, name_en = null, search = null, erased_at = now() where case_code = $1',
      [erased],
    );
    expect(await of('suspended')).toMatchObject({ holder: null, solution: exampleTrials.drone.solution.name });
    expect(await of('ended')).toMatchObject({ holder: null, solution: null, phase: 'ended' });
  });

  it('is kept by nobody, and asked for so often and no more', async () => {
    const { headers } = await api.call('GET', '/public/trials');
    expect(headers.get('cache-control')).toBe('no-store');
    const busy = await startApi(({ limits }) => ({ limits: { ...limits, perMinute: 1000, publicPerMinute: 2 } }));
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push((await busy.call('GET', '/public/trials')).status);
    await busy.close();
    expect(answers).toEqual([200, 200, 429]);
  });
});
