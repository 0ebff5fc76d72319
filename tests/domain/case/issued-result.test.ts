import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/case/events.js';
import { foldCase } from '../../../domain/case/fold.js';
import { metBy, recurrences } from '../../../domain/case/duty/owed.js';
import type { DutyState } from '../../../domain/case/duty/state.js';
import { nextDutyInstant } from '../../../domain/case/due.js';
import { outstanding } from '../../../domain/case/procedure/progress.js';
import { latestAttempt } from '../../../domain/case/procedure/state.js';
import { decisionOfChange } from '../../../domain/case/issued/rules.js';
import { caseScope } from '../../../domain/case/scope.js';
import { standingOfResult } from '../../../domain/case/issued/state.js';
import { allTasks } from '../../../domain/case/task/state.js';
import type { Completion } from '../../../domain/case/task/commands.js';
import { factsOf } from '../../../domain/measures/facts.js';
import { greenProject, inMemory, LicensingLife } from '../../support/licensing-life.js';
import { OneProcedure } from '../../support/one-procedure.js';
import { at, MemoryRegister, person, refusalOf, seededLaw } from '../../support/memory-register.js';

const investor = person('investor.test', 'investor');
const officer = person('officer.shtp-board.2', 'officer', 'shtp-board');
const head = person('head.shtp-board', 'head', 'shtp-board');
const code = 'LX-260706-0001';
const irc = 'irc-ordinary';
const said = { reason: 'đo lại diện tích', legalBasis: 'NĐ 30/2020/NĐ-CP, Điều 18' };
const passages = [{ was: '10 ha', is: '11 ha' }];

/** The certificate was granted on 14 July; `closed`: and the whole project, on the 24th. */
async function granted(closed = false): Promise<MemoryRegister> {
  const register = new MemoryRegister(code);
  register.open(greenProject(), at('2026-07-06 08:30'));
  const life = new LicensingLife(inMemory(register), investor);
  await life.certificate();
  if (!closed) return register;
  await life.company('07-14 16:00', '07-14 17:00', '07-22', '07-23');
  await life.taxAndEnd('07-24 09:00');
  register.engine(caseScope(code), at('2026-07-24 17:00'), { type: 'closeScope' });
  return register;
}

const propose = (
  register: MemoryRegister,
  change: 'correction' | 'revocation',
  { by = officer, when = '07-27 09:00', given = change === 'correction' ? passages : [] } = {} as {
    by?: Actor;
    when?: string;
    given?: typeof passages;
  },
) =>
  refusalOf(() =>
    register.act(by, at(`2026-${when}`), {
      type: 'proposeResultChange',
      procedure: irc,
      change,
      passages: given,
      ...said,
    }),
  );
const taskOf = ({ state }: MemoryRegister, id = 'R1') =>
  [...allTasks(state)].find(({ key }) => key === `result-change/${id}`);
const decide = (
  register: MemoryRegister,
  outcome: 'issue' | 'keep',
  { by = head, when = '07-28 09:00', id = 'R1' }: { by?: Actor; when?: string; id?: string } = {},
) => {
  const completion: Completion = { outcome, reason: 'đã kiểm tra' };
  return refusalOf(() =>
    register.act(by, at(`2026-${when}`), { type: 'completeTask', taskId: taskOf(register, id)?.id ?? '', completion }),
  );
};
const result = ({ state }: MemoryRegister) => {
  const found = latestAttempt(state, irc);
  if (!found) throw new Error('no certificate');
  return found;
};

describe('a result that was issued', () => {
  it('is corrected by an act with its own number, by two people of the agency whose decision it is', async () => {
    const register = await granted();
    expect(propose(register, 'correction', { by: person('officer.dost.1', 'officer', 'dost') })).toBe('FORBIDDEN');
    expect(propose(register, 'correction', { by: investor })).toBe('FORBIDDEN');
    expect(propose(register, 'correction', { given: [] })).toBe('VALIDATION_FAILED');
    expect(propose(register, 'correction', { given: [{ was: '10 ha', is: '10 ha ' }] })).toBe('VALIDATION_FAILED');
    expect(propose(register, 'correction', { by: head })).toBe('accepted');
    expect(propose(register, 'correction')).toBe('DUPLICATE_REQUEST');
    expect(decide(register, 'issue', { by: head })).toBe('PROPOSER_CANNOT_APPROVE');
    expect(decide(register, 'issue', { by: officer })).toBe('FORBIDDEN');
    const deputy = person('deputy.shtp-board', 'head', 'shtp-board');
    expect(decide(register, 'issue', { by: deputy })).toBe('accepted');
    const { signature } = result(register);
    const [change] = result(register).resultChanges ?? [];
    expect(change).toMatchObject({ of: signature?.number, number: `${signature?.number}-DC1`, outcome: 'issued' });
    expect(standingOfResult(result(register))).toBe('corrected');
    expect(decisionOfChange(change?.number ?? '')).toBe(signature?.number);
    // What was granted stays granted.
    expect(outstanding(register.state).map(({ procedure }) => procedure)).not.toContain(irc);
    expect(propose(register, 'correction', { when: '07-29 09:00' })).toBe('accepted');
    expect(decide(register, 'issue', { id: 'R2', when: '07-30 09:00' })).toBe('accepted');
    expect(result(register).resultChanges?.[1]?.number).toBe(`${signature?.number}-DC2`);
    expect(foldCase(code, register.events)).toEqual(register.state);
    // Whoever issues early and corrects later shows.
    const corrected = factsOf(register.state, seededLaw).agencies.filter(({ kind }) => kind === 'result-corrected');
    expect(corrected.map(({ agency, on }) => [agency, on])).toEqual([
      ['shtp-board', '2026-07-28'],
      ['shtp-board', '2026-07-30'],
    ]);
  });

  it('is revoked only once the investor was heard, or let the time pass, and counts no more', async () => {
    const register = await granted();
    expect(propose(register, 'revocation', { given: passages })).toBe('VALIDATION_FAILED');
    expect(propose(register, 'revocation')).toBe('accepted');
    const [{ answerBy } = { answerBy: null }] = result(register).resultChanges ?? [];
    expect(answerBy).toBe('2026-08-03');
    expect(decide(register, 'issue')).toBe('REVOCATION_WITHOUT_HEARING');
    const speak = (changeId = 'R1') =>
      refusalOf(() =>
        register.act(investor, at('2026-07-28 10:00'), {
          type: 'answerResultHearing',
          changeId,
          statement: 'đã đo đúng',
        }),
      );
    expect(speak('R9')).toBe('NOT_FOUND');
    expect(speak()).toBe('accepted');
    expect(speak()).toBe('DUPLICATE_REQUEST');
    expect(decide(register, 'issue', { when: '07-29 09:00' })).toBe('accepted');
    expect(standingOfResult(result(register))).toBe('revoked');
    expect(outstanding(register.state).map(({ procedure }) => procedure)).toContain(irc);
    expect(propose(register, 'correction', { when: '07-29 10:00' })).toBe('PRECONDITION_FAILED');
    // The investor may file again.
    const life = new LicensingLife(inMemory(register), investor);
    await life.refile(irc, '07-30 09:00');
    expect(latestAttempt(register.state, irc)).toMatchObject({ attempt: 2, stage: 'intake' });
  });

  it('may be kept as it is', async () => {
    const register = await granted();
    propose(register, 'revocation');
    expect(decide(register, 'keep')).toBe('accepted');
    expect(standingOfResult(result(register))).toBe('in-force');
    expect(propose(register, 'revocation', { when: '07-29 09:00' })).toBe('accepted');
  });

  it('is nothing to change before it is issued', () => {
    const register = new MemoryRegister(code);
    register.open(greenProject(), at('2026-07-06 08:30'));
    expect(propose(register, 'correction', { when: '07-06 09:00' })).toBe('NOT_FOUND');
  });

  it('is revoked after the case has ended, too: its work has a date and reminders, and no figure counts it', async () => {
    const register = await granted(true);
    expect(register.state.closed).not.toBeNull();
    const before = factsOf(register.state, seededLaw).case;
    expect(before.reduction).not.toBeNull();
    expect(propose(register, 'revocation')).toBe('accepted');
    const { dueDate } = taskOf(register) ?? {};
    expect(dueDate).toBe('2026-08-06');
    expect(nextDutyInstant(register.state, seededLaw)).not.toBeNull();
    register.act({ kind: 'clock' }, at('2026-08-10 09:00'), { type: 'settle' });
    expect(taskOf(register)?.rungs.length).toBeGreaterThan(0);
    expect(decide(register, 'issue', { when: '08-10 10:00' })).toBe('accepted');
    expect(before.fdiRegisteredOn).toBe('2026-07-14');
    expect(factsOf(register.state, seededLaw).case).toMatchObject({
      reduction: null,
      licensedOn: null,
      fdiRegisteredOn: null,
      exclusions: ['result-revoked'],
    });
    // Everything else stays over.
    const reason = 'r';
    expect(refusalOf(() => register.act(investor, at('2026-08-11 09:00'), { type: 'withdrawCase', reason }))).toBe(
      'CASE_CLOSED',
    );
  });

  it('meets no duty and brings no report about any more once it is revoked', async () => {
    const register = await granted(true);
    const licence = { code: 'irc-within-twelve-months' } as DutyState;
    expect(metBy(register.state, licence)).toBe(`procedure:${irc}`);
    propose(register, 'revocation');
    expect(decide(register, 'issue', { when: '08-10 10:00' })).toBe('accepted');
    expect(metBy(register.state, licence)).toBeUndefined();

    const special = new OneProcedure('irc-special', '2026-07-06 09:05').file().receive();
    for (let before = -1; before !== special.register.state.seq && special.state.decision === null;) {
      before = special.register.state.seq;
      for (const { key, kind, role } of special.work().answer().openTasks())
        if (kind === 'step') special.complete(key, { outcome: role === 'head' ? 'approve' : 'done' });
    }
    const reports = () => [...recurrences(special.register.state, seededLaw)].map(({ owed }) => owed.id);
    expect(reports()).toEqual(['quarterly-annual-report']);
    const revoked = result(register).resultChanges ?? [];
    special.register.patch(({ procedures }) => {
      for (const one of Object.values(procedures)) one.resultChanges = revoked;
    });
    expect(reports()).toEqual([]);
  });
});

describe('work on a result of a case that has ended', () => {
  const clock: Actor = { kind: 'clock' };
  const leader = person('leader.hcmc-committee', 'leader', 'hcmc-committee');
  const second = person('officer.shtp-board.3', 'officer', 'shtp-board');
  const signatory = ({ state }: MemoryRegister) => [...allTasks(state)].find(({ kind }) => kind === 'signatory');
  const ask = (register: MemoryRegister, when: string, wanted = true) => {
    const taskId = taskOf(register)?.id ?? '';
    return refusalOf(() => register.act(clock, at(`2026-${when}`), { type: 'askSignatory', taskId, wanted }));
  };
  const name = (register: MemoryRegister, when: string) => {
    const taskId = signatory(register)?.id ?? '';
    const to = { id: 'officer.shtp-board.3', role: 'officer', agency: 'shtp-board' } as const;
    const completion = { outcome: 'name', signatory: to, reason: 'thủ trưởng tự rút' };
    return refusalOf(() => register.act(leader, at(`2026-${when}`), { type: 'completeTask', taskId, completion }));
  };
  const declare = (register: MemoryRegister, when: string) =>
    refusalOf(() => register.act(head, at(`2026-${when}`), { type: 'declareInterest', reason: 'người nhà' }));

  it('is decided by whom leadership names where the only head proposed it', async () => {
    const register = await granted(true);
    expect(propose(register, 'correction', { by: head })).toBe('accepted');
    expect(ask(register, '07-27 10:00')).toBe('accepted');
    expect(signatory(register)).toMatchObject({ status: 'open', dueDate: expect.any(String) as unknown });
    register.act(clock, at('2026-08-10 09:00'), { type: 'settle' });
    expect(signatory(register)?.rungs.length).toBeGreaterThan(0);
    expect(name(register, '08-10 10:00')).toBe('accepted');
    expect(decide(register, 'issue', { by: second, when: '08-10 11:00' })).toBe('accepted');
    expect(standingOfResult(result(register))).toBe('corrected');
  });

  it('lets a head declare an interest, and nobody once nothing is to be done', async () => {
    const register = await granted(true);
    expect(declare(register, '07-27 08:00')).toBe('CASE_CLOSED');
    expect(propose(register, 'correction')).toBe('accepted');
    expect(declare(register, '07-27 10:00')).toBe('accepted');
    expect(decide(register, 'issue')).toBe('ACTOR_RECUSED');
    expect(ask(register, '07-28 10:00')).toBe('accepted');
    expect(ask(register, '07-28 11:00', false)).toBe('accepted');
    expect(signatory(register)?.status).toBe('cancelled');
  });

  it('goes on where the case ends after leadership was asked', async () => {
    const register = await granted();
    expect(propose(register, 'correction', { by: head, when: '07-15 09:00' })).toBe('accepted');
    expect(ask(register, '07-15 10:00')).toBe('accepted');
    register.act(investor, at('2026-07-16 09:00'), { type: 'withdrawCase', reason: 'đổi kế hoạch' });
    expect(register.state.closed).not.toBeNull();
    expect([taskOf(register)?.status, signatory(register)?.status]).toEqual(['open', 'open']);
    expect(name(register, '07-16 10:00')).toBe('accepted');
    expect(decide(register, 'issue', { by: second, when: '07-17 11:00' })).toBe('accepted');
  });
});
