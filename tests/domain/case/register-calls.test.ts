import { describe, expect, it } from 'vitest';
import { isPatient } from '../../../domain/case/event-table.js';
import { type PlainDate } from '../../../domain/time/instants.js';
import { OneProcedure } from '../../support/one-procedure.js';

const procedure = 'irc-ordinary';
const heardBy = (one: OneProcedure, scope: string) =>
  (one.register.mailboxes.get(scope) ?? []).map(({ event }) => event.type);

describe('a question for an opinion that the register puts', () => {
  const asked = () => {
    const one = new OneProcedure(procedure, '2026-07-06 09:00').file().receive().consult();
    const consultation = one.consultation;
    const agency = one.events('consultationOpened')[0]?.payload.calls?.[0];
    if (!consultation || agency === undefined) throw new Error('no system is asked');
    const finish = (result: { requestId: string | null; failure: string | null }) =>
      one.act(
        { kind: 'engine', scope: consultation.scope },
        { type: 'finishQuestion', consultation: consultation.scope, agency, ...result },
      );
    const opinion = () => one.consultation?.opinions[agency];
    return { one, scope: consultation.scope, agency, finish, opinion };
  };

  it('goes to every agency that has a system, and to no other', () => {
    const { one } = asked();
    const opinions = Object.values(one.consultation?.opinions ?? {});
    expect(one.events('consultationOpened')[0]?.payload.calls).toEqual(
      opinions.filter(({ channel }) => channel === 'system').map(({ agency }) => agency),
    );
    for (const { channel, called } of opinions) expect(called).toBe(channel === 'system');
  });

  it('is booked once, and no workflow is woken by it', () => {
    const { one, scope, finish, opinion } = asked();
    finish({ requestId: 'Q-1', failure: null });
    expect(finish({ requestId: 'Q-2', failure: null })).toEqual([]);
    expect(opinion()).toMatchObject({ requestId: 'Q-1', failed: false, status: 'asked' });
    expect(heardBy(one, scope)).not.toContain('opinionRequested');
  });

  it('is booked also where the answer was faster', () => {
    const { one, agency, finish, opinion } = asked();
    one.answer('agree', [agency]);
    finish({ requestId: 'Q-1', failure: null });
    expect(opinion()).toMatchObject({ requestId: 'Q-1', status: 'given' });
  });

  it('that failed is heard, once, and only while its answer is missing', () => {
    const { one, scope, finish, opinion } = asked();
    finish({ requestId: null, failure: 'AGENCY_UNAVAILABLE' });
    expect(finish({ requestId: null, failure: 'AGENCY_UNAVAILABLE' })).toEqual([]);
    expect(opinion()).toMatchObject({ requestId: null, failed: true, status: 'asked' });
    expect(heardBy(one, scope)).toContain('opinionRequestFailed');
    const other = asked();
    other.one.answer('agree', [other.agency]);
    expect(other.finish({ requestId: null, failure: 'AGENCY_UNAVAILABLE' })).toEqual([]);
  });
});

describe('a declaration that the register makes', () => {
  const filed = () => {
    const one = new OneProcedure(procedure, '2026-07-06 09:00').file();
    const finish = (filing: number, declaration: { id: string; lapsesOn: PlainDate } | null) =>
      one.act(
        { kind: 'engine', scope: one.scope },
        {
          type: 'finishDeclaration',
          procedure: one.scope,
          filing,
          declaration,
          failure: declaration ? null : 'AGENCY_UNAVAILABLE',
        },
      );
    return { one, finish };
  };
  const made = { id: 'D-1', lapsesOn: '2026-07-20' as PlainDate };

  it('is asked for with the filing of a dossier that has to be declared, and not again by what is added to it', () => {
    const { one } = filed();
    one.file();
    expect(one.events('dossierFiled').map(({ payload }) => payload.declares)).toEqual([true, undefined]);
    expect(one.state.declaring).toEqual({ filing: 1, failed: false });
    const other = new OneProcedure('enterprise-registration', '2026-07-06 09:00').file();
    expect(other.events('dossierFiled').filter(({ payload }) => payload.declares)).toEqual([]);
  });

  it('is told with what comes of it: nobody is woken for the filing alone', () => {
    const { one } = filed();
    one.file();
    expect(one.events('dossierFiled').map(isPatient)).toEqual([true, false]);
  });

  it('is booked once and heard', () => {
    const { one, finish } = filed();
    expect(finish(2, made)).toEqual([]);
    finish(1, made);
    expect(finish(1, made)).toEqual([]);
    expect(one.state).toMatchObject({ declaration: made, declaring: null });
    expect(heardBy(one, one.scope)).toContain('onlineDeclared');
  });

  it('that failed is heard, and somebody declares by hand', () => {
    const { one, finish } = filed();
    finish(1, null);
    expect(finish(1, made)).toEqual([]);
    expect(one.state.declaring).toEqual({ filing: 1, failed: true });
    expect(heardBy(one, one.scope)).toContain('declarationFailed');
  });
});
