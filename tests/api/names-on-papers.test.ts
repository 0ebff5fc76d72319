import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal } from '../../db/register/business-clock.js';
import { createPool } from '../../db/pool.js';
import { procedureScope } from '../../domain/case/scope.js';
import { at } from '../support/memory-register.js';
import { readingOf } from '../support/poppler.js';
import { engineDoes, openAssessment, openTask, procedure, decisionTask } from './engine-by-hand.js';
import { fileCase, startApi, type TestApi } from './support.js';

let api: TestApi;
let code = '';
const officer = 'officer.shtp-board.1';
const head = 'head.shtp-board';

beforeAll(async () => {
  api = await startApi();
  await startRehearsal(api.pool, 'stepped', at('2026-07-06 09:00'));
  code = (await fileCase(api)).case;
  await decide(code);
});
afterAll(() => api.close());

async function decide(caseCode: string): Promise<void> {
  const done = async (taskId: string, as: string, body: unknown) => {
    await api.call('POST', `/tasks/${taskId}/claim`, { as });
    expect((await api.call('POST', `/tasks/${taskId}/completion`, { as, body })).status).toBe(200);
  };
  await done(await openAssessment(api, caseCode), officer, { outcome: 'done' });
  const scope = procedureScope(caseCode, procedure, 1);
  await done(await openTask(api, scope, decisionTask), head, { outcome: 'approve' });
  const seal = { documentHash: 'cd'.repeat(32), signature: 'c2ln', algorithm: 'Ed25519', keyId: 'dev' };
  await engineDoes(api, scope, { type: 'recordSignature', number: `${caseCode}/GCN`, ...seal });
}

async function papers(caseCode = code): Promise<Record<string, string>> {
  const { body } = await api.call<{ items: { id: string; form: string }[] }>('GET', `/cases/${caseCode}/forms`, {
    as: officer,
  });
  const authorization = `Bearer ${await api.issuer.tokenOf(officer)}`;
  const printed: Record<string, string> = {};
  for (const { id, form } of body.items) {
    const response = await fetch(`${api.url}/api/v1/cases/${caseCode}/forms/${id}`, { headers: { authorization } });
    expect(response.status).toBe(200);
    printed[form] = (await readingOf(Buffer.from(await response.arrayBuffer()))).join('\n');
  }
  return printed;
}

/** As the operator who renames somebody in the register. */
async function asOwner(text: string, values: unknown[] = []): Promise<void> {
  const owner = createPool(api.database.migratorUrl, { max: 1 });
  try {
    await owner.query(text, values);
  } finally {
    await owner.end();
  }
}

describe('an issued paper', () => {
  it('keeps signatory, officer, submitter and agency as they were called when it was issued', async () => {
    const before = await papers();
    expect(Object.keys(before).sort()).toEqual(['01', '06', 'decision']);
    await asOwner(
      `update person set name = 'Người Kế Nhiệm', email = 'ke.nhiem@luong-xanh.example'
       where id in ('head.shtp-board', 'receiving-officer.hcmc-pasc.1', 'officer.shtp-board.1', 'investor.besi')`,
    );
    await asOwner(
      `update agency set name_vi = 'Cơ quan Mới', name_en = 'New Body',
         data = (data::jsonb || '{"name": {"vi": "Cơ quan Mới", "en": "New Body"}, "seat": {"vi": "Nơi Khác", "en": "Elsewhere"}}')::json
       where code in ('shtp-board', 'hcmc-pasc')`,
    );
    await asOwner('update catalogue_rules set version = version + 1');
    await api.deps.law.atLeast();
    expect(await papers()).toEqual(before);
  });

  it('of a later act has the new names', async () => {
    const other = (await fileCase(api, 'besi', 'investor.besi', 'Lô T9-9')).case;
    await decide(other);
    const printed = await papers(other);
    expect(printed['decision']).toContain('Người Kế Nhiệm');
    expect(printed['01']).toContain('Cơ quan Mới');
    expect(printed['01']).toContain('ke.nhiem@luong-xanh.example');
  });

  it('says that a name was erased once it was', async () => {
    await api.pool.query(
      `update case_name set body = null, salt = null, erased_at = now() where case_code = $1 and subject = $2`,
      [code, head],
    );
    const { decision = '' } = await papers();
    expect(decision).toContain('(đã xóa · erased)');
    expect(decision).not.toContain('Người Kế Nhiệm');
  });

  it('of before names were kept shows those of the register', async () => {
    await asOwner('delete from case_name where case_code = $1', [code]);
    expect((await papers())['decision']).toContain('Người Kế Nhiệm');
  });
});

describe('the names kept with a case', () => {
  it('are one row for each name, not one for each act, and never in the events', async () => {
    const { case: fresh } = await fileCase(api, 'besi', 'investor.besi', 'Lô T9-8');
    await decide(fresh);
    const { rows } = await api.pool.query<{ kind: string; subject: string; n: number }>(
      `select kind, subject, count(*)::int as n from case_name where case_code = $1 group by 1, 2`,
      [fresh],
    );
    expect(
      rows
        .filter(({ kind }) => kind === 'person')
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['head.shtp-board', 'investor.besi', 'officer.shtp-board.1', 'receiving-officer.hcmc-pasc.1'].sort());
    expect(rows.every(({ n }) => n === 1)).toBe(true);
    const { rows: told } = await api.pool.query(
      `select 1 from case_event where case_code = $1 and canonical like '%Kế Nhiệm%'`,
      [fresh],
    );
    expect(told).toEqual([]);
  });
});
