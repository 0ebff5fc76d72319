import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  changeFilingDraft,
  discardFilingDraft,
  findFilingDraft,
  isFilingDraftMoved,
  keepFilingDraft,
} from '../../db/people/filing-drafts.js';
import { type Actor } from '../../domain/case/events.js';
import { exampleProjects } from '../../seeds/index.js';
import { at, createTestRegister, investor, openingCommand, refusedWith, type TestRegister } from './support.js';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(() => register.close());

const now = at('2026-07-06 09:00');
let made = 0;
const request = (hash = 'h') => ({ key: `key-${++made}`, hash, at: now });
const keep = async () => {
  const id = `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
  return keepFilingDraft(register.pool, { id, owner: 'investor.besi', content: { project: {} } }, request(), 100_000);
};

/** Opens a case from the draft, as the door does it for the API. */
const file = (draft: { id: string; version: number }) =>
  register.door.open({
    command: openingCommand(exampleProjects.besi, now),
    actor: investor as Extract<Actor, { kind: 'person' }>,
    key: `file-${++made}`,
    bodyHash: 'body',
    occurredAt: now,
    attach: () => ({ draft: { id: draft.id, version: draft.version } }),
  });
const cases = async () => {
  const { rows } = await register.pool.query<{ n: number }>('select count(*)::int as n from case_head');
  return rows[0]?.n ?? 0;
};
const outcome = async (asked: Promise<unknown>) => {
  try {
    await asked;
    return 'filed';
  } catch (error) {
    if (isFilingDraftMoved(error)) return 'moved';
    throw error;
  }
};

describe('filing a draft', () => {
  it('marks it in the transaction that opens the case, and empties it', async () => {
    const draft = await keep();
    const { caseCode } = await file(draft);
    expect(await findFilingDraft(register.pool, draft.id)).toMatchObject({ filedCase: caseCode, content: null });
  });

  it('in an older version, once it is discarded, or a second time opens nothing at all', async () => {
    const changed = await keep();
    await changeFilingDraft(register.pool, { id: changed.id, version: 1, content: { a: 1 } }, request());
    const discarded = await keep();
    await discardFilingDraft(register.pool, discarded.id, now);
    const filed = await keep();
    await file(filed);
    const before = await cases();
    for (const draft of [changed, discarded, filed, { ...filed, version: 2 }]) {
      expect(await outcome(file(draft))).toBe('moved');
    }
    expect(await cases()).toBe(before);
  });

  it('at the moment it is changed either files what was written before, or nothing', async () => {
    for (let turn = 0; turn < 10; turn++) {
      const draft = await keep();
      const [filed, changed] = await Promise.all([
        outcome(file(draft)),
        refusedWith(changeFilingDraft(register.pool, { id: draft.id, version: 1, content: { turn } }, request())),
      ]);
      expect([`${filed} ${changed}`]).toEqual([expect.stringMatching(/^(filed PRECONDITION_FAILED|moved accepted)$/)]);
    }
  });
});
