import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRehearsal, stepClock } from '../../db/register/business-clock.js';
import { projected } from '../support/feed.js';
import { cursorOf } from '../../db/read/keyset.js';
import { listPublications } from '../../db/read/publications.js';
import { caseScope, procedureScope } from '../../domain/case/scope.js';
import { exampleProjects } from '../../seeds/index.js';
import { at } from '../support/memory-register.js';
import { engineDoes, openTask } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi, upload } from './support.js';

const procedure = 'irc-special';
const as = 'investor.cmc';
const { project, investor } = exampleProjects.cmc;

interface Published {
  readonly items: { dossierCode: string; publishedAt: string; filed: unknown }[];
  readonly next: string | null;
}

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
});
afterAll(() => api.close());

const list = async (query = ''): Promise<Published> => {
  await projected(api.deps);
  return (await api.call<Published>('GET', `/public/publications${query}`)).body;
};

let filed = 0;

/** CMC's certificate under the special procedure, received at the counter and found complete. */
async function received(): Promise<{ code: string; publish: () => Promise<unknown> }> {
  const lot = filed++ === 0 ? project.site.lot : `Lô T5-${filed}`;
  const { case: code } = await fileCase(api, 'cmc', as, lot);
  const scope = procedureScope(code, procedure, 1);
  await engineDoes(api, caseScope(code), { type: 'openProcedure', procedure });
  const documents = [{ code: 'request-with-commitments', documentId: await upload(api, as) }];
  await api.call('POST', `/cases/${code}/procedures/${procedure}/dossier`, { as, body: { documents } });
  const task = { key: 'intake/1', kind: 'intake', agency: 'hcmc-pasc', role: 'receiving-officer', step: null } as const;
  const id = await openTask(api, scope, task);
  const counter = { as: 'receiving-officer.hcmc-pasc.1' };
  await api.call('POST', `/tasks/${id}/claim`, counter);
  await api.call('POST', `/tasks/${id}/completion`, { ...counter, body: { outcome: 'receive' } });
  const done = async (step: string, outcome: string) => {
    await engineDoes(api, scope, { type: 'startStep', step });
    await engineDoes(api, scope, { type: 'completeStep', step, outcome, by: 'system', reference: null });
  };
  await done('completeness-check', 'complete');
  return { code, publish: () => done('publication', 'published') };
}

it('shows what the law has published of a first valid dossier, without a login and without the code of the case', async () => {
  const { code, publish } = await received();
  expect(await list()).toEqual({ items: [], next: null });
  await stepClock(api.pool, at('2026-07-06 10:00'));
  await publish();
  const shown = await list();
  expect(shown).toEqual({
    items: [
      {
        step: 'publication',
        stepName: { vi: 'Công khai hồ sơ hợp lệ đầu tiên', en: 'Publish the first valid dossier' },
        publishedAt: '2026-07-06T03:00:00.000Z',
        dossierCode: expect.stringMatching(/^H29/) as string,
        procedure,
        name: expect.objectContaining({ vi: expect.any(String) as string }) as object,
        agency: 'shtp-board',
        agencyName: expect.objectContaining({ vi: expect.any(String) as string }) as object,
        receivedAt: '2026-07-06T02:00:00.000Z',
        filed: {
          project: project.name,
          objective: project.summary,
          place: { zone: project.site.zone, lot: project.site.lot, areaM2: project.site.areaM2 },
          investor: investor.name,
        },
      },
    ],
    next: null,
  });
  expect(JSON.stringify(shown)).not.toContain(code);
});

it('goes through every publication once, newest first, also those of one instant', async () => {
  const before = (await list()).items.map(({ dossierCode }) => dossierCode);
  for (const hour of ['11', '11', '12']) {
    await stepClock(api.pool, at(`2026-07-06 ${hour}:00`));
    await (await received()).publish();
  }
  const all = (await list()).items;
  expect(all.length).toBe(before.length + 3);
  const order = all.map(({ publishedAt, dossierCode }) => `${publishedAt} ${dossierCode}`);
  expect(order).toEqual([...order].sort().reverse());
  const seen: unknown[] = [];
  for (let query = '?limit=1'; ;) {
    const { items, next } = await list(query);
    seen.push(...items);
    if (next === null) break;
    expect(Buffer.from(next, 'base64url').toString()).not.toContain('LX-');
    query = `?limit=1&cursor=${next}`;
  }
  expect(seen).toEqual(all);
});

it('keeps the publication when the filing was erased, without its names', async () => {
  const { code, publish } = await received();
  await publish();
  await api.pool.query(
    'update filing set body = null, name_vi = null, name_en = null, search = null, erased_at = now() where case_code = $1',
    [code],
  );
  expect((await list('?limit=1')).items[0]).toMatchObject({ procedure, filed: null });
});

it('refuses a cursor it never gave', async () => {
  for (const place of [['x'], ['x', 'y'], ['2026-07-06', 'y'], 'x']) {
    const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
    expect((await api.refused('GET', `/public/publications?cursor=${cursor}`)).body.code).toBe('VALIDATION_FAILED');
  }
});

it('is read from its index, the first page and those after it', async () => {
  const client = await api.pool.connect();
  try {
    // A register this small is read from end to end, whatever indexes it has.
    await client.query('begin; set local enable_seqscan = off; set local enable_bitmapscan = off');
    const plans: string[] = [];
    const query = async ({ text, values }: { text: string; values: unknown[] }) => {
      const { rows } = await client.query<Record<'QUERY PLAN', string>>(`explain ${text}`, values);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return { rows: [] };
    };
    const explaining = { query } as unknown as typeof api.pool;
    await listPublications(explaining, { limit: 50 });
    await listPublications(explaining, { limit: 50, cursor: cursorOf(['2026-07-06T02:00:00.000Z', 'H29']) });
    expect(plans.map((plan) => /Index Scan Backward using step_published/.test(plan))).toEqual([true, true]);
    expect(plans[1]).toMatch(/step_published[^]*?Index Cond: \(completed_at <=/);
  } finally {
    await client.query('rollback');
    client.release();
  }
});
