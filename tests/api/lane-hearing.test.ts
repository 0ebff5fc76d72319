import { afterAll, beforeAll, expect, it } from 'vitest';
import { greenCase } from './engine-by-hand.js';
import { startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const [one, two, head, investor] = ['officer.dof.1', 'officer.dof.2', 'head.dof', 'investor.besi'];
interface Hearing {
  readonly reason: string | null;
  readonly statement: string | null;
  readonly answerBy: string;
  readonly outcome: string | null;
}
const shown = async (code: string, as: string) =>
  (await api.call<{ lane: string; laneHearings: Hearing[] }>('GET', `/cases/${code}`, { as })).body;

it('takes the lane back only after the investor was heard, by another person, and shows both sides', async () => {
  const code = await greenCase(api);
  const doubt = { predicates: ['needs-priority'], reason: 'Biên bản ghi nhớ chưa được ký' };
  const hearing = (as: string) => api.refused('POST', `/cases/${code}/lane-hearings`, { as, body: doubt });
  expect((await hearing(investor)).body.code).toBe('FORBIDDEN');
  expect((await hearing(two)).status).toBe(200);
  expect((await hearing(one)).body.code).toBe('DUPLICATE_REQUEST');
  const { items } = (
    await api.call<{ items: { id: string; kind: string; dueDate: string | null; risk: string }[] }>(
      'GET',
      `/tasks?case=${code}&kind=revocation`,
      { as: head },
    )
  ).body;
  expect(items).toMatchObject([{ kind: 'revocation', risk: 'on-track' }]);
  const decide = (outcome: string) =>
    api.refused('POST', `/tasks/${items[0]?.id}/completion`, {
      as: head,
      body: { outcome, reason: 'Không có chứng cứ' },
    });
  const early = await decide('revoke');
  expect([early.status, early.body.code]).toEqual([409, 'REVOCATION_WITHOUT_HEARING']);
  expect((await shown(code, investor)).lane).toBe('green');
  const said = await api.refused('POST', `/cases/${code}/lane-hearings/answer`, {
    as: investor,
    body: { statement: 'Đã ký ngày 1/7' },
  });
  expect(said.status).toBe(200);
  expect((await decide('revoke')).status).toBe(200);
  for (const reader of [investor, one]) {
    expect(await shown(code, reader)).toMatchObject({
      lane: 'standard',
      laneHearings: [{ reason: doubt.reason, statement: 'Đã ký ngày 1/7', outcome: 'revoked' }],
    });
  }
});
