import { describe, expect, it } from 'vitest';
import { compareStatuses } from '../../../domain/case/outside/compare.js';
import { caseScope } from '../../../domain/case/scope.js';
import { at, refusalOf } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

const counter = { kind: 'agency-system', agency: 'hcmc-pasc' } as const;
const told = (one: OneProcedure) => one.register.statuses.map(({ status }) => status);

const decided = () => {
  const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().receive().consult().answer();
  for (let left = 9; left > 0 && !one.state.decision; left--) {
    const task = one.work().openTasks()[0];
    if (!task) throw new Error('nothing to do');
    const signs = one.resolved.steps.find(({ code }) => code === task.step)?.kind === 'signature';
    one.complete(task.key, { outcome: signs ? 'approve' : 'done' });
  }
  return one;
};

const handedOver = () => {
  const one = decided();
  const signature = { number: 'N-1', documentHash: 'h', signature: 's', algorithm: 'a', keyId: 'k' };
  one.engine(one.scope, { type: 'recordSignature', ...signature });
  one.work();
  one.engine(one.scope, { type: 'handOver' });
  one.engine(one.scope, { type: 'closeProcedure' });
  return one;
};

describe('the ten states', () => {
  it('are told each when it changes, in order: registered, received, in process, supplement, in process, completed', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00');
    expect(told(one)).toEqual([]);
    one.file();
    expect(told(one)).toEqual([1]);
    expect(one.register.statuses[0]).toMatchObject({ scope: one.scope, dossierCode: null, system: null });
    one.receive();
    expect(told(one)).toEqual([1, 2, 4]);
    expect(one.register.statuses.slice(1).map(({ place }) => place)).toEqual([1, 2]);
    expect(new Set(one.register.statuses.slice(1).map(({ dossierCode }) => dossierCode))).toEqual(
      new Set([one.state.dossierCode]),
    );
    one.consult().answer().ask();
    expect(told(one)).toEqual([1, 2, 4, 5]);
    one.answerNotice();
    expect(told(one)).toEqual([1, 2, 4, 5, 4]);
    expect(told(handedOver()).slice(-3)).toEqual([4, 9, 10]);
  });

  it('tell of a withdrawal that it was asked for and that work stopped', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().receive();
    one.act(
      { kind: 'person', id: 'investor.test', role: 'investor', agency: null },
      { type: 'withdrawCase', reason: 'r' },
    );
    expect(told(one)).toEqual([1, 2, 4, 7, 8]);
  });

  it('of a procedure that nobody filed are told to nobody', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00');
    one.act(
      { kind: 'person', id: 'investor.test', role: 'investor', agency: null },
      { type: 'withdrawCase', reason: 'r' },
    );
    expect(told(one)).toEqual([]);
  });
});

describe('what the City’s system tells', () => {
  const report = (one: OneProcedure, change: object = {}) =>
    one.act(counter, {
      type: 'reportFromOutside',
      procedure: one.scope,
      report: 'papers-filed',
      messageId: 'M-1',
      at: one.now,
      note: 'Hai bản gốc',
      ...change,
    });

  it('of papers at a counter becomes a task of whoever handles the dossier, with a date', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().receive();
    report(one);
    const task = one.task('outside/N1');
    expect(task).toMatchObject({
      scope: caseScope(one.register.code),
      agency: one.state.handlingAgency,
      role: 'officer',
    });
    expect(task.dueDate).not.toBeNull();
    one.complete('outside/N1', { outcome: 'settled', reason: 'Đã số hóa và đưa vào hồ sơ' });
    expect(one.register.state.outside).toMatchObject([{ id: 'N1', outcome: 'settled', about: { kind: 'papers' } }]);
    expect(one.events('outsideSettled')).toHaveLength(1);
  });

  it('of a result is taken once, only after it was issued, also when the case is over', () => {
    const early = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().receive();
    const out = { report: 'result-handed-out' };
    expect(refusalOf(() => report(early, out))).toBe('PRECONDITION_FAILED');
    const one = handedOver();
    one.engine(caseScope(one.register.code), { type: 'closeCase' });
    expect(refusalOf(() => report(one, { ...out, at: at('2099-01-01 09:00') }))).toBe('VALIDATION_FAILED');
    report(one, out);
    expect(one.state.handedOutAt).toBe(one.now);
    expect(refusalOf(() => report(one, { ...out, messageId: 'M-2' }))).toBe('DUPLICATE_REQUEST');
    expect(one.openTasks()).toEqual([]);
  });

  it('of a dossier that was not received is refused', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file();
    expect(refusalOf(() => report(one))).toBe('PRECONDITION_FAILED');
  });
});

describe('a state that another system was never told', () => {
  const differ = (one: OneProcedure, status = 10) =>
    one.act(
      { kind: 'engine', scope: one.scope },
      {
        type: 'reportStatusDifference',
        procedure: one.scope,
        system: 'city-procedures',
        ours: { status: 4, at: one.now },
        theirs: { status, at: at('2026-07-01 09:00') },
      },
    );

  it('is an officer’s task once, however often it is seen, and ours is told again where theirs is wrong', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().receive();
    const before = told(one).length;
    differ(one);
    expect(differ(one)).toEqual([]);
    expect(one.openTasks().filter(({ kind }) => kind === 'outside')).toHaveLength(1);
    one.complete('outside/N1', { outcome: 'not-ours', reason: 'Bên kia bấm nhầm' });
    expect(one.register.statuses.slice(before)).toMatchObject([{ status: 4, system: 'city-procedures', place: 1 }]);
    differ(one, 8);
    one.complete('outside/N2', { outcome: 'settled', reason: 'Bên kia đã sửa' });
    expect(one.register.statuses.slice(before)).toHaveLength(1);
  });

  it('is no answer without a reason', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:00').file().receive();
    differ(one);
    expect(refusalOf(() => one.complete('outside/N1', { outcome: 'settled' }))).toBe('VALIDATION_FAILED');
  });

  it('is told apart from what it only lacks', () => {
    const path = [1, 2, 4, 5].map((status, n) => ({ status, at: `2026-07-0${n + 1}T02:00:00.000Z`, n }));
    expect(compareStatuses(path, null)).toEqual({ is: 'missing', after: null });
    expect(compareStatuses(path, { status: 5, at: '2026-08-01T00:00:00.000Z' })).toEqual({ is: 'same' });
    expect(compareStatuses(path, { status: 2, at: '2026-07-02T02:00:00Z' })).toEqual({ is: 'missing', after: path[1] });
    expect(compareStatuses(path, { status: 2, at: '2026-07-09T02:00:00.000Z' })).toMatchObject({ is: 'different' });
    expect(compareStatuses(path, { status: 10, at: '2026-07-02T02:00:00.000Z' })).toMatchObject({ is: 'different' });
  });
});
