import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roadmapOf } from '../../domain/case/procedure/roadmap.js';
import { foldCase } from '../../domain/case/fold.js';
import { eventOf } from '../../db/register/chain-link.js';
import { query } from '../support/sql.js';
import { issueCertificate } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
let code: string;
beforeAll(async () => {
  api = await startApi();
  code = (await fileCase(api)).case;
  await issueCertificate(api, code);
});
afterAll(() => api.close());

const as = 'investor.besi';
type Item = { procedure: string; holders: string[]; actual: { stage: string; openedAt: string } | null };
const roadmap = (seq?: number) =>
  api.call<{ asOf: string; caseSeq: number; items: Item[] }>(
    'GET',
    `/cases/${code}/roadmap${seq === undefined ? '' : `?seq=${seq}`}`,
    { as },
  );

describe('a case as it stood after an event', () => {
  it('is what the register’s fold of the events up to it says, event by event', async () => {
    const kept = await query<{ canonical: string }>(
      api.database.migratorUrl,
      'select canonical from case_event where case_code = $1 order by seq',
      [code],
    );
    const events = kept.map(({ canonical }) => eventOf(canonical));
    expect(events.length).toBeGreaterThan(10);
    for (const [index, event] of events.entries()) {
      const { status, body } = await roadmap(event.seq);
      const state = foldCase(code, events.slice(0, index + 1));
      const right = roadmapOf(state, api.deps.law.current().law, event.occurredAt);
      expect([status, body.caseSeq, body.asOf]).toEqual([200, event.seq, event.occurredAt]);
      expect(body.items.map(({ procedure, holders, actual }) => [procedure, holders, actual?.stage])).toEqual(
        right.map(({ procedure, holders, actual }) => [procedure, holders, actual?.stage]),
      );
      const ledger = await api.call<{ caseSeq: number }>('GET', `/cases/${code}/ledger?seq=${event.seq}`, { as });
      expect([ledger.status, ledger.body.caseSeq]).toEqual([200, event.seq]);
    }
  });

  it('is nothing before the first event and after the last one', async () => {
    const { caseSeq } = (await roadmap()).body;
    const [first, beyond, none] = [await roadmap(1), await roadmap(caseSeq + 1), await roadmap(0)];
    expect(first.body.items.every(({ actual }) => actual === null)).toBe(true);
    expect([beyond.status, none.status]).toEqual([404, 422]);
  });

  it('is told to nobody who does not read the case', async () => {
    const { status } = await api.call('GET', `/cases/${code}/roadmap?seq=1`, { as: 'investor.cmc' });
    expect([403, 404]).toContain(status);
  });
});
