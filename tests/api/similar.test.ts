import { afterAll, beforeAll, expect, it } from 'vitest';
import { projected } from '../support/feed.js';
import { issueCertificate, openAssessment } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

interface Similar {
  readonly items: readonly {
    readonly case: string;
    readonly outcome: string;
    readonly supplements: number;
    readonly overlap: readonly {
      readonly on: string;
      readonly value: string;
      readonly name: { readonly vi: string };
    }[];
  }[];
}
const similar = async (task: string, as: string) =>
  (await api.call<Similar>('GET', `/tasks/${task}/similar`, { as })).body.items;
const file = async (lot: string) => (await fileCase(api, 'besi', 'investor.besi', lot)).case;

it('finds earlier cases by what they have in common, says it in words, and shows nobody a case that they may not read', async () => {
  const earlier = await file('Lô tương tự 1');
  const code = await file('Lô tương tự 2');
  const task = await openAssessment(api, code);
  await projected(api.deps);
  expect(await similar(task, 'officer.shtp-board.1')).toEqual([]);
  await issueCertificate(api, earlier);
  await projected(api.deps);
  const items = await similar(task, 'officer.shtp-board.1');
  expect(items.map((one) => one.case)).toEqual([earlier]);
  expect(items[0]).toMatchObject({ outcome: 'approved', supplements: 0 });
  expect(items[0]?.overlap.map(({ on }) => on)).toEqual(['field', 'zone', 'pathway', 'lane', 'country']);
  expect(items[0]?.overlap.find(({ on }) => on === 'zone')?.name.vi).toBe('Khu Công nghệ cao');

  // Whoever declared an interest in the earlier case does not meet it here.
  const interest = { reason: 'Người thân làm việc tại công ty' };
  const head = 'head.shtp-board';
  expect((await similar(task, head)).map((one) => one.case)).toEqual([earlier]);
  const declared = await api.call('POST', `/cases/${earlier}/interest-declarations`, { as: head, body: interest });
  expect(declared.status).toBe(200);
  expect(await similar(task, head)).toEqual([]);
  // Another agency has nothing to do with this task.
  expect((await api.refused('GET', `/tasks/${task}/similar`, { as: 'officer.city-tax.1' })).body.code).toBe(
    'TASK_NOT_YOURS',
  );
});
