import { describe, expect, it } from 'vitest';
import type { Command } from '../../../domain/case/commands.js';
import { foldCase } from '../../../domain/case/fold.js';
import { createLaw, type Law } from '../../../domain/law/law.js';
import { caseScope, procedureScope } from '../../../domain/case/scope.js';
import { catalogue, exampleProjects } from '../../../seeds/index.js';
import { givenReceived } from '../../support/given.js';
import { at, MemoryRegister, person, refusalOf } from '../../support/memory-register.js';

const code = 'LX-260706-0001';
const investor = person('investor.test', 'investor');
const now = at('2026-07-06 09:00');
const procedure = 'foreign-expert-work-permit';
const scope = procedureScope(code, procedure, 1);

const lawWithFees = (fees: ReturnType<typeof catalogue>['settings']['fees']): Law =>
  createLaw({ ...catalogue(), settings: { ...catalogue().settings, fees } });
const charging = lawWithFees({ [procedure]: { amountVnd: '600000', basis: 'a test', verified: false } });

/** The work permit of BESI's experts: filed, received, the completeness checked; its fee is next. */
function received(law: Law): MemoryRegister {
  const register = new MemoryRegister(code, law);
  register.open(exampleProjects.besi, now, 'standard');
  const documents = [{ code: documentOf(register), documentId: 'doc-1', obtainedFrom: null }];
  register.act(investor, now, { type: 'fileDossier', procedure, documents });
  givenReceived(register, scope, now, now);
  register.engine(scope, now, complete('completeness-check', 'complete', 'system'));
  return register;
}

const documentOf = (register: MemoryRegister): string =>
  register.law.procedureAt(procedure, register.state.lawAt, register.state.facts).documents[0]?.code ?? '';
const complete = (
  step: string,
  outcome: string,
  by: 'system' | 'waived',
  reference: string | null = null,
): Command => ({
  type: 'completeStep',
  step,
  outcome,
  by,
  reference,
});
const request: Command = { type: 'requestPayment', step: 'fee' };
const pay = (reference = 'NH-2026-0001'): Command => ({ type: 'recordPayment', procedure, step: 'fee', reference });
const fee = (register: MemoryRegister) => register.state.procedures[scope]?.steps['fee'];

describe('the fee gate', () => {
  it('is off as seeded: nothing is asked for and the step is waived', () => {
    expect(catalogue().settings.fees).toEqual({});
    const register = received(lawWithFees({}));
    expect(register.law.procedureAt(procedure, register.state.lawAt, register.state.facts).feeVnd).toBeUndefined();
    expect(refusalOf(() => register.act(investor, now, pay()))).toBe('FEE_NOT_DUE');
    register.engine(scope, now, complete('fee', 'not-collected', 'waived'));
    expect(fee(register)).toMatchObject({ outcome: 'not-collected', by: 'waived' });
    expect(register.state.procedures[scope]?.payments).toEqual({});
  });

  it('switched on asks for the fee once, holds the step up, and lets it go on when it is paid', () => {
    const register = received(charging);
    register.engine(scope, now, request);
    register.engine(scope, now, request);
    expect(register.events.filter(({ type }) => type === 'paymentRequested')).toHaveLength(1);
    expect(register.state.procedures[scope]?.payments['fee']).toMatchObject({ amountVnd: '600000', receivedAt: null });
    expect(refusalOf(() => register.engine(scope, now, complete('fee', 'not-collected', 'waived')))).toBe(
      'PRECONDITION_FAILED',
    );
    register.act(investor, at('2026-07-07 10:00'), pay());
    register.engine(scope, at('2026-07-07 10:00'), complete('fee', 'paid', 'system', 'NH-2026-0001'));
    expect(fee(register)).toMatchObject({ outcome: 'paid', by: 'system' });
    expect(register.state).toEqual(foldCase(code, register.events));
  });

  it('takes one payment for one fee, and none before it was asked for', () => {
    const register = received(charging);
    expect(refusalOf(() => register.act(investor, now, pay()))).toBe('FEE_NOT_DUE');
    register.engine(scope, now, request);
    expect(refusalOf(() => register.act(investor, now, { ...pay(), step: 'review' } as Command))).toBe('FEE_NOT_DUE');
    register.act(investor, now, pay());
    expect(refusalOf(() => register.act(investor, now, pay()))).toBe('DUPLICATE_REQUEST');
    expect(refusalOf(() => register.act(investor, now, pay('NH-2026-0002')))).toBe('DUPLICATE_REQUEST');
  });

  it('waits for what the step depends on, and collects nothing where it was switched off meanwhile', () => {
    const early = new MemoryRegister(code, charging);
    early.open(exampleProjects.besi, now, 'standard');
    early.act(investor, now, {
      type: 'fileDossier',
      procedure,
      documents: [{ code: documentOf(early), documentId: 'doc-1', obtainedFrom: null }],
    });
    expect(refusalOf(() => early.engine(scope, now, request))).toBe('PRECONDITION_FAILED');
    const off = received(lawWithFees({}));
    off.engine(scope, now, request);
    expect(fee(off)).toMatchObject({ outcome: 'not-collected', by: 'waived' });
  });

  it('ends with a withdrawal: a fee that was asked for is due no more', () => {
    const register = received(charging);
    register.engine(scope, now, request);
    register.act(investor, now, { type: 'withdrawCase', reason: 'thôi' });
    expect(refusalOf(() => register.act(investor, now, pay()))).toBe('CASE_CLOSED');
    expect(register.state.scopes[caseScope(code)]).toBeDefined();
  });
});
