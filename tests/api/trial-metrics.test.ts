import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../db/pool.js';
import { caseCode } from '../../domain/case/case/code.js';
import { type Phase } from '../../domain/case/trial/phases.js';
import { instantAfter, plainDate } from '../../domain/time/instants.js';
import { query } from '../support/sql.js';
import { inside, outside } from '../support/trial-acts.js';
import { type Answer, startApi, type TestApi } from './support.js';
import { investor, newKey, now, register, type RegisteredTrial, standing, standStill } from './trial-by-hand.js';

interface Taken {
  readonly code: string;
  readonly details?: Record<string, unknown>;
  readonly caseSeq: number;
  readonly batch: number;
  readonly phase: Phase;
  readonly near: readonly { limit: string; value: unknown }[];
  readonly exceeded: readonly { limit: string; value: unknown }[];
  readonly hold: { readonly id: string; readonly confirmBy: string } | null;
}

let api: TestApi;
/** Nothing that is refused changes it. */
let running: RegisteredTrial;
let owner: pg.Pool;
beforeAll(async () => {
  api = await startApi();
  owner = createPool(api.database.migratorUrl, { max: 1 });
  await standStill(api);
  running = await register(api, standing.running());
});
afterAll(async () => {
  await owner.end();
  await api.close();
});

const good = { limit: 'test-area', value: inside };
const fresh = (): Promise<RegisteredTrial> => register(api, standing.running());
const eightOClock = instantAfter(now, -1);

describe('a batch that is signed', () => {
  it('is taken, and says which limits it came near', async () => {
    const trial = await fresh();
    const { status, body } = await trial.send<Taken>(trial.batchOf([good, { limit: 'altitude', value: 185 }]));
    expect(status).toBe(200);
    expect(body).toMatchObject({ batch: 2, phase: 'running', near: [{ limit: 'altitude', value: 185 }], exceeded: [] });
    expect(body.hold).toBeNull();
    const state = await trial.state();
    expect(state).toMatchObject({ seq: body.caseSeq, metrics: { batch: 2, to: now } });
  });

  it.each([
    ['too high', { limit: 'altitude', value: 230 }, 'altitude'],
    ['at a bound that is outside itself', { limit: 'altitude', value: 200 }, 'altitude'],
    ['outside the area', { limit: 'test-area', value: outside }, 'test-area'],
    ['outside the hours', { limit: 'speed', value: 20, at: '2026-11-15T23:30:00.000Z' }, 'test-hours'],
  ])('holds the trial in the same answer where it flew %s', async (_what, reading, limit) => {
    const trial = await fresh();
    const batch = trial.batchOf([good, reading], { from: '2026-11-15T23:00:00.000Z' });
    const { status, body } = await trial.send<Taken>(batch);
    expect(status).toBe(200);
    expect(body).toMatchObject({ phase: 'held', exceeded: [{ limit, value: reading.value }], hold: { id: 'H1' } });
    // The end of the next working day.
    expect(body.hold?.confirmBy).toBe('2026-11-17T17:00:00.000Z');
    const { holds } = (await trial.get<{ holds: unknown[] }>()).body;
    expect(holds).toMatchObject([{ id: 'H1', cause: { kind: 'limit', limit }, status: 'placed' }]);
  });

  it('holds a trial that is held already no second time, and says what was exceeded all the same', async () => {
    const trial = await register(api, standing.held());
    const { status, body } = await trial.send<Taken>(trial.batchOf([{ limit: 'speed', value: 130 }]));
    expect(status).toBe(200);
    expect(body).toMatchObject({ phase: 'held', exceeded: [{ limit: 'speed', value: 130 }], hold: null });
  });

  it('opens the report of an incident where the regime has one for an exceeded limit', async () => {
    const trial = await register(api, standing.transition());
    const { body } = await trial.send<Taken & { incidents: unknown }>(
      trial.batchOf([{ limit: 'users', value: 9_000 }]),
    );
    expect(body).toMatchObject({ phase: 'transition', hold: null });
    // 72 hours by Decree 142/2026.
    expect(body.incidents).toEqual([{ id: 'I1', limit: 'users', reportBy: instantAfter(now, 72) }]);
  });

  it('is answered the same again for the same bytes, and refused for others under its number', async () => {
    const trial = await fresh();
    const bytes = JSON.stringify(trial.batchOf([good, { limit: 'altitude', value: 230 }]));
    const first = await trial.send<Taken>(bytes);
    const { seq } = await trial.state();
    const again = await trial.send<Taken>(bytes);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await trial.send(trial.batchOf([good]));
    expect(other).toMatchObject({
      status: 409,
      body: { code: 'DUPLICATE_REQUEST', details: { batch: 2, expected: 3 } },
    });
    expect((await trial.state()).seq).toBe(seq);
  });

  it('wins alone where two of one number arrive at the same moment', async () => {
    const trial = await fresh();
    const both = [1, 2, 3, 4].map((value) => trial.send<Taken>(trial.batchOf([{ limit: 'speed', value }])));
    const answers = await Promise.all(both);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const lost = answers.filter(({ status }) => status !== 200);
    for (const { body } of lost) expect(body.code).toBe('DUPLICATE_REQUEST');
    const { body } = await trial.get<{ items: { batch: number }[] }>('/readings');
    expect(body.items.filter(({ batch }) => batch === 2)).toHaveLength(1);
  });

  it('may use any key of the trial, and an instant with an offset', async () => {
    const trial = await fresh();
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect((await trial.post('keys', investor, { keyId: 'key-2', publicKey: pem })).status).toBe(200);
    const to = '2026-11-16T09:00:00+07:00';
    const batch = trial.batchOf([{ ...good, at: to }], { to });
    expect((await trial.send(batch, { keyId: 'key-2', key: privateKey })).status).toBe(200);
    expect((await trial.state()).metrics).toEqual({ batch: 2, to: now });
  });
});

describe('a batch that nobody of this trial signed', () => {
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const refusedAlike = async (send: () => Promise<Answer<{ code: string }>>): Promise<unknown> => {
    const { seq } = await running.state();
    const { status, body } = await send();
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'METRICS_SIGNATURE_INVALID' });
    expect((await running.state()).seq).toBe(seq);
    return { ...body, requestId: null };
  };

  it('is refused alike for a wrong signature, an unknown key, an unknown case, and none at all', async () => {
    const batch = running.batchOf([good]);
    const nowhere = caseCode(plainDate('2026-11-16'), 9_999);
    const bodies = [
      await refusedAlike(() => running.send(batch, { key: stranger })),
      await refusedAlike(() => running.send(batch, { keyId: 'key-9' })),
      await refusedAlike(() => running.send(batch, { keyId: 'constructor' })),
      await refusedAlike(() => running.send(batch, { code: nowhere })),
      await refusedAlike(() => running.send(batch, { headers: { 'trial-key': '' } })),
      await refusedAlike(() => running.send(batch, { headers: { 'trial-signature': '' } })),
      await refusedAlike(() => running.send(batch, { headers: { 'trial-signature': 'AAAA' } })),
      await refusedAlike(() => running.send('no JSON at all', { key: stranger })),
    ];
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  it('is refused with the key of another trial, and where a byte was changed on the way', async () => {
    const other = await fresh();
    await refusedAlike(() => running.send(running.batchOf([good]), { key: other.key }));
    const signed = JSON.stringify(running.batchOf([{ limit: 'altitude', value: 230 }]));
    const signature = sign(null, Buffer.from(`${running.code}\n${signed}`), running.key).toString('base64');
    const changed = signed.replace('230', '130');
    await refusedAlike(() => running.send(changed, { headers: { 'trial-signature': signature } }));
  });
});

describe('a signature', () => {
  it('names the case; one over the body alone holds while the key is of this trial only', async () => {
    const trial = await fresh();
    const alone = { bodyAlone: true };
    expect((await trial.send(trial.batchOf([good]), alone)).status).toBe(200);
    trial.batch += 1;
    trial.measuredTo = now;
    // Two trials had one key before that was refused.
    await query(api.database.migratorUrl, 'update trial_key set shared = true where case_code = $1', [trial.code]);
    const next = trial.batchOf([good]);
    expect((await trial.send(next, alone)).body).toMatchObject({ code: 'METRICS_SIGNATURE_INVALID' });
    expect((await trial.send(next)).status).toBe(200);
  });

  it('for one trial says nothing in another, whatever was sent in it', async () => {
    const other = await fresh();
    const raw = JSON.stringify(running.batchOf([good]));
    const signature = sign(null, Buffer.from(`${other.code}\n${raw}`), running.key).toString('base64');
    const { status } = await running.send(raw, { headers: { 'trial-signature': signature } });
    expect(status).toBe(401);
  });
});

describe('a key', () => {
  it('that two trials register at the same moment is the one’s, and refused to the other', async () => {
    for (let round = 1; round <= 3; round++) {
      const [one, two] = [await fresh(), await fresh()];
      const body = { keyId: 'key-2', publicKey: newKey() };
      const answers = await Promise.all([one.post('keys', investor, body), two.post('keys', investor, body)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('CONFLICT');
      const registered = [await one.state(), await two.state()].filter(({ keys }) => Object.hasOwn(keys, 'key-2'));
      expect(registered).toHaveLength(1);
    }
  });
});

describe('a batch that cannot be meant', () => {
  const last = '2026-08-25T02:00:00.000Z';
  it.each<[string, string, (change: (one: object) => unknown) => unknown]>([
    ['its number leaves a gap', 'METRICS_OUT_OF_ORDER', (batch) => batch({ batch: 3 })],
    ['its number was there before', 'DUPLICATE_REQUEST', (batch) => batch({ batch: 1 })],
    ['it reaches back into the one before', 'METRICS_OUT_OF_ORDER', (batch) => batch({ from: instantAfter(last, -1) })],
    ['it ends before it begins', 'METRICS_OUT_OF_ORDER', (batch) => batch({ from: now, to: eightOClock })],
    [
      'a reading lies outside its span',
      'METRICS_OUT_OF_ORDER',
      (batch) => batch({ from: now, readings: [{ ...good, at: eightOClock }] }),
    ],
    ['it comes from the future', 'METRICS_FROM_THE_FUTURE', (batch) => batch({ to: instantAfter(now, 1) })],
    ['nobody knows the limit', 'UNKNOWN_VALUE', (batch) => batch({ readings: [{ limit: 'mood', at: now, value: 1 }] })],
    ['a number is a word', 'WRONG_TYPE', (batch) => batch({ readings: [{ limit: 'speed', at: now, value: 'fast' }] })],
    ['a place is none', 'WRONG_TYPE', (batch) => batch({ readings: [{ ...good, at: now, value: 'here' }] })],
    [
      'one of its readings is wrong',
      'WRONG_TYPE',
      (batch) =>
        batch({
          readings: [
            { ...good, at: now },
            { limit: 'speed', at: now, value: true },
          ],
        }),
    ],
    [
      'a value is a sentence',
      'VALIDATION_FAILED',
      (batch) => batch({ readings: [{ ...good, at: now, value: 'Nguyễn Văn A ở đây' }] }),
    ],
    ['it holds nothing', 'VALIDATION_FAILED', (batch) => batch({ readings: [] })],
    [
      'it holds too much',
      'VALIDATION_FAILED',
      (batch) => batch({ readings: Array.from({ length: 501 }, () => ({ ...good, at: now })) }),
    ],
    ['it has a field more', 'UNKNOWN_FIELD', (batch) => batch({ mood: 'good' })],
    ['its number is none', 'AMOUNT_OUT_OF_RANGE', (batch) => batch({ batch: 0 })],
    ['a time has no offset', 'VALIDATION_FAILED', (batch) => batch({ to: '2026-11-16T09:00:00' })],
    ['it is no JSON', 'MALFORMED_REQUEST', () => '{"batch": 2'],
  ])('is refused where %s', async (_what, code, make) => {
    const { seq } = await running.state();
    const { body } = await running.send(make((change) => running.batchOf([good], change)));
    expect(body.code).toBe(code);
    expect((await running.state()).seq).toBe(seq);
  });

  it('is refused once the case is closed', async () => {
    const trial = await register(api, standing.over());
    await trial.over();
    expect((await trial.send(trial.batchOf([good]))).body.code).toBe('CASE_CLOSED');
  });
});

describe('readings that were accepted', () => {
  it('are kept beside the evidence, which holds how many, the least and the most of each limit, and their hash', async () => {
    const trial = await fresh();
    const speeds = [20, 5, 40].map((value) => ({ limit: 'speed', value }));
    await trial.send(trial.batchOf([...speeds, good]));
    const { rows: events } = await owner.query<{ canonical: string; seq: number }>(
      `select canonical, seq from case_event where case_code = $1 and type = 'metricsAccepted' order by seq desc limit 1`,
      [trial.code],
    );
    const [event] = events;
    const { payload } = JSON.parse(event?.canonical ?? '{}') as { payload: Record<string, unknown> };
    expect(payload).toMatchObject({
      batch: 2,
      count: 4,
      extremes: [
        { limit: 'speed', count: 3, least: 5, most: 40 },
        { limit: 'test-area', count: 1, least: null, most: null },
      ],
    });
    expect(event?.canonical).not.toContain(inside);
    const { rows: kept } = await owner.query<{ readings: string; salt: string; digest: string }>(
      'select readings, salt, digest from trial_batch where case_code = $1 and seq = $2',
      [trial.code, event?.seq],
    );
    const hash = createHash('sha256').update(`${kept[0]?.salt}${kept[0]?.readings}`).digest('hex');
    expect(payload).toMatchObject({ kept: hash, digest: kept[0]?.digest });
  });

  it('are read the same where they still stand in the event, as before', async () => {
    const trial = await fresh();
    await trial.send(trial.batchOf([{ limit: 'speed', value: 7 }, good]));
    const before = (await trial.get('/readings')).body;
    await owner.query(
      `update case_event e set canonical = jsonb_set(e.canonical::jsonb, '{payload,readings}', b.readings::jsonb)::text
       from trial_batch b where e.case_code = b.case_code and e.seq = b.seq and e.case_code = $1`,
      [trial.code],
    );
    await owner.query('delete from trial_batch where case_code = $1', [trial.code]);
    expect((await trial.get('/readings')).body).toEqual(before);
    expect((await trial.get<{ items: unknown[] }>('/readings?of=speed')).body.items).toHaveLength(1);
  });

  it('are read newest first, page by page, also of one limit only, by those who may read the case', async () => {
    const trial = await fresh();
    const minute = (n: number) => new Date(Date.parse(now) - n * 60_000).toISOString();
    const readings = [5, 4, 3].map((n) => ({ limit: 'speed', value: n, at: minute(n) }));
    await trial.send(trial.batchOf([...readings, { ...good, at: minute(3) }], { to: minute(3) }));
    trial.batch += 1;
    await trial.send(trial.batchOf([{ limit: 'speed', value: 1, at: minute(1) }], { from: minute(3) }));
    interface Page {
      items: { limit: string; value: unknown; at: string; batch: number }[];
      next: string | null;
    }
    const all = (await trial.get<Page>('/readings')).body;
    expect(all.items.map(({ batch }) => batch)).toEqual([3, 2, 2, 2, 2, 1]);
    expect(all.items[0]).toEqual({ limit: 'speed', value: 1, at: minute(1), batch: 3 });
    const paged: Page['items'] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body }: Answer<Page> = await trial.get(`/readings?limit=2${next && `&cursor=${next}`}`, 'auditor.1');
      paged.push(...body.items);
      next = body.next;
    }
    expect(paged).toEqual(all.items);
    const speeds = (await trial.get<Page>('/readings?of=speed')).body.items;
    expect(speeds.map(({ value }) => value)).toEqual([1, 3, 4, 5]);
    expect((await trial.get('/readings', 'investor.cmc')).status).toBe(403);
    expect((await trial.get('/readings?cursor=abc')).status).toBe(422);
  });
});
