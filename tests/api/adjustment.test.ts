import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Filing } from '../../domain/lane/screening.js';
import { projected } from '../support/feed.js';
import { certify, phaseTwo } from '../support/certificate.js';
import { fileCase, type Receipt, startApi, type TestApi } from './support.js';

interface CaseBody {
  readonly adjusts: unknown;
  readonly adjustedBy: readonly string[];
  readonly project: Filing['project'];
}

let api: TestApi;
let licensed = '';
beforeAll(async () => {
  api = await startApi();
  ({ case: licensed } = await fileCase(api));
  await certify(api, licensed);
});
afterAll(() => api.close());

const file = (adjusts: unknown, change: Partial<Filing['project']> = {}, as = 'investor.besi') =>
  api.call<Receipt & { code: string }>('POST', '/cases', {
    as,
    body: { ...phaseTwo, project: { ...phaseTwo.project, ...change }, pathway: 'standard', adjusts },
  });
const budgetOf = ({ plan }: Receipt, procedure = 'irc-adjustment') =>
  (plan as unknown as { procedure: string; budget: { amount: number } }[]).find((one) => one.procedure === procedure)
    ?.budget.amount;

describe('the adjustment of a licensed project', () => {
  it('takes the adjusted certificate in place of the first one, and what the works need beside it', async () => {
    const { status, body } = await file({ case: licensed });
    expect(status, JSON.stringify(body)).toBe(201);
    const mandatory = body.plan.filter((item) => item.mandatory).map(({ procedure }) => procedure);
    expect(mandatory).toEqual(['irc-adjustment', 'feasibility-appraisal-b', 'environmental-registration']);
    expect(budgetOf(body)).toBe(7);
  });

  // NĐ 96/2026, Điều 56.1b: kể từ ngày nhận được văn bản đề nghị; Điều 56.2: kể từ ngày nhận được hồ sơ hợp lệ.
  it('has the shorter term of the law, from the receipt, for what the law names alone', async () => {
    const { body } = await file({ case: licensed, change: 'name-schedule-address' }, { construction: false });
    expect([budgetOf(body), budgetOf(body, 'irc-adjustment-short')]).toEqual([undefined, 3]);
    const { body: outside } = await file({ case: licensed, change: 'outside-approval' }, { construction: false });
    expect([budgetOf(outside), budgetOf(outside, 'irc-adjustment-short')]).toEqual([7, undefined]);
  });

  it('is linked to the first case, both ways', async () => {
    const { body: receipt } = await file({ case: licensed });
    const later = await api.call<CaseBody>('GET', `/cases/${receipt.case}`, { as: 'investor.besi' });
    expect(later.body.adjusts).toEqual({ case: licensed, procedure: 'irc-ordinary' });
    expect(later.body.project.adjustment).toEqual({ change: 'other', licensedBy: 'standard', policyApproval: false });
    await projected(api.deps);
    const first = await api.call<CaseBody>('GET', `/cases/${licensed}`, { as: 'investor.besi' });
    expect(first.body.adjusts).toBeNull();
    expect(first.body.adjustedBy).toContain(receipt.case);
  });

  it('is refused for a project that is not licensed, that is another’s, or that is not there', async () => {
    const { case: open } = await fileCase(api);
    expect((await file({ case: open })).body.code).toBe('PRECONDITION_FAILED');
    const { case: refused } = await fileCase(api);
    await certify(api, refused, 'refuse');
    expect((await file({ case: refused })).body.code).toBe('PRECONDITION_FAILED');
    expect((await file({ case: licensed }, {}, 'investor.cmc')).body.code).toBe('CASE_NOT_YOURS');
    expect((await file({ case: 'LX-200101-0001K' })).body.code).toMatch(/CASE_NOT_YOURS|VALIDATION_FAILED/);
  });

  it('cannot be claimed without the case, nor as licensed otherwise than it was', async () => {
    const claimed = { change: 'other', licensedBy: 'special' } as const;
    expect((await file(undefined, { adjustment: claimed })).body.code).toBe('VALIDATION_FAILED');
    expect((await file({ case: licensed }, { adjustment: claimed })).body.code).toBe('UNKNOWN_VALUE');
    const approved = { change: 'other', licensedBy: 'standard', policyApproval: true } as const;
    expect((await file({ case: licensed }, { adjustment: approved })).body.code).toBe('UNKNOWN_VALUE');
  });
});

describe('the dry run of an adjustment', () => {
  const screened = async (licensedBy: string) => {
    const adjustment = { change: 'other', licensedBy };
    const body = { ...phaseTwo, project: { ...phaseTwo.project, adjustment } };
    const { body: answer } = await api.call<{
      pathways: { id: string; lawful: string }[];
      recommended: { pathway: string };
    }>('POST', '/screenings?at=2026-07-06T02:00:00Z', { body });
    return {
      lawful: Object.fromEntries(answer.pathways.map(({ id, lawful }) => [id, lawful])),
      recommended: answer.recommended.pathway,
    };
  };

  // NĐ 96/2026, Điều 48 và 100.
  it('leaves a project of the special procedure to that procedure, and lets any other one join it', async () => {
    expect(await screened('special')).toEqual({
      lawful: { standard: 'no', special: 'yes', strategic: 'no' },
      recommended: 'special',
    });
    expect((await screened('standard')).lawful).toEqual({ standard: 'yes', special: 'yes', strategic: 'no' });
  });
});
