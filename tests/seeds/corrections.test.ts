import { describe, expect, it } from 'vitest';
import { type Filing, screen } from '../../domain/lane/screening.js';
import { procedureVersion, resolveProcedure } from '../../domain/law/procedure.js';
import { projectFacts } from '../../domain/law/rules.js';
import { dateOf, plainDate } from '../../domain/time/instants.js';
import { catalogue, catalogueData, exampleProjects } from '../../seeds/index.js';
import { at } from '../support/memory-register.js';
import { OneProcedure } from '../support/one-procedure.js';

// What reading the decrees again has put right of the first notes on the law: each row fails where the data goes back to those notes.

const law = catalogue();
const data = catalogueData();
const { besi, cmc } = exampleProjects;
const when = at('2026-11-23 09:00');

type Change = Omit<Partial<Filing['project']>, 'site'> & { readonly site?: Partial<Filing['project']['site']> };
const changed = (filing: Filing, { site, ...change }: Change): Filing => ({
  ...filing,
  project: { ...filing.project, ...change, site: { ...filing.project.site, ...site } },
});
const screened = (filing: Filing, change: Change = {}) =>
  screen(changed(filing, change), when, law, dateOf(when)).pathways;
const lawful = (zone: Filing['project']['site']['zone']) =>
  screened(besi, { site: { zone }, highTechListed: true }).find(({ id }) => id === 'special')?.lawful;
const planned = (filing: Filing, change: Change = {}) =>
  screened(filing, change).find(({ id }) => id === 'standard')?.procedures ?? [];
const plannedCodes = (filing: Filing, change: Change = {}) => planned(filing, change).map(({ procedure }) => procedure);
const newest = (code: string) => procedureVersion(law.procedures, code, 'newest');
const resolved = (code: string, filing: Filing, change: Change = {}) =>
  resolveProcedure(newest(code), projectFacts(changed(filing, change), law.rules), law.agencies);
const asked = (code: string, change: Change) =>
  resolved(code, besi, change).consultations.some(({ agency }) => agency === 'city-police');
const version = (id: string) => {
  const found = data.procedures.find((one) => one.version === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe('the law as it was read again', () => {
  it('1: digital-technology zones and economic zones have a board and the special procedure, an officer decides in an economic zone', () => {
    expect([lawful('QTSC'), lawful('DTP'), lawful('EZ'), lawful('none')]).toEqual(['yes', 'yes', 'unknown', 'no']);
    for (const zone of ['QTSC', 'EZ'] as const) {
      expect(plannedCodes(cmc, { site: { zone } })).toContain('investment-policy-park');
    }
  });

  it('2: of the approvals of the board, the province and the Prime Minister a project needs exactly one', () => {
    for (const zone of ['QTSC', 'EZ', 'SHTP', 'none', null] as const) {
      for (const primeMinisterCase of [true, false, null]) {
        const codes = plannedCodes(cmc, { site: { zone, land: 'state-land' }, primeMinisterCase });
        const approvals = codes.filter((code) => code.startsWith('investment-policy-'));
        expect([zone, primeMinisterCase, approvals.length]).toEqual([zone, primeMinisterCase, 1]);
      }
    }
  });

  it('3: a term from the valid dossier begins on the day that dossier was received, not with the officer’s act', () => {
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:05').file().at('2026-07-09 10:00').receive();
    expect(one.state.ledger[0]?.at).toBe(at('2026-07-06 09:05'));
  });

  it('4: defects are notified within five working days of receipt, once with their whole content', () => {
    for (const code of ['irc-ordinary', 'irc-special', 'investment-policy-park', 'irc-adjustment'] as const) {
      const { window, suspensionGrounds } = newest(code).clockPolicy;
      expect([code, window?.days, window?.binds]).toEqual([code, { amount: 5, unit: 'working-day' }, 'counter']);
      expect(suspensionGrounds.find(({ ground }) => ground === 'supplement')?.max).toBe(1);
      expect(suspensionGrounds.find(({ ground }) => ground === 'explanation')?.max).toBeNull();
    }
    const one = new OneProcedure('irc-ordinary', '2026-07-06 09:05').file().receive().ask();
    one.settle('2026-09-01 09:00');
    expect(one.state.ledger.map(({ type }) => type)).toEqual(['start', 'suspend', 'resume']);
  });

  it('5: no term is extended where no clause says so', () => {
    const extended = data.procedures.filter(({ clockPolicy }) => clockPolicy.maxExtensions > 0).map(({ code }) => code);
    expect(new Set(extended)).toEqual(
      new Set(['feasibility-appraisal-a', 'feasibility-appraisal-b', 'feasibility-appraisal-c', 'customs-priority']),
    );
  });

  it('6: the appraisal of feasibility asks once, within five working days, and begins anew after it; who is competent nobody read', () => {
    for (const group of ['a', 'b', 'c']) {
      const { clockPolicy, verified } = newest(`feasibility-appraisal-${group}`);
      expect(clockPolicy).toMatchObject({
        onResubmission: 'restart',
        window: { days: { amount: 5, unit: 'working-day' }, binds: 'every-request' },
      });
      expect(verified.competentAgency).toBe(false);
    }
  });

  it('7: assessment and permit of the environment are a ministry’s again from 1 March 2027, and no promise of the City cuts them', () => {
    for (const code of ['eia-group-1', 'eia-group-2', 'environmental-permit']) {
      const [before, after] = (['2027-02-28', '2027-03-01'] as const).map((day) =>
        resolveProcedure(
          procedureVersion(law.procedures, code, plainDate(day)),
          projectFacts(besi, law.rules),
          law.agencies,
        ),
      );
      expect([code, before?.cityControlled, after?.cityControlled]).toEqual([code, true, false]);
    }
  });

  it('8: three days from receipt are for what Art. 56.1 names; what a policy approval holds is adjusted first, in seventeen', () => {
    const adjustment = (
      change: 'name-schedule-address' | 'outside-approval' | 'other',
      policyApproval: boolean | null,
    ) =>
      planned(besi, { adjustment: { change, licensedBy: 'standard', policyApproval }, construction: false })
        .filter(({ phase }) => phase === 'licence')
        .map(({ procedure, budget, requirement }) => `${procedure} ${budget.amount} ${requirement}`);
    expect(adjustment('name-schedule-address', true)).toEqual(['irc-adjustment-short 3 yes']);
    expect(newest('irc-adjustment-short')).toMatchObject({ startsFrom: 'receipt', verified: { startsFrom: true } });
    expect(newest('irc-adjustment')).toMatchObject({ startsFrom: 'valid-dossier', budgetVariants: [] });
    expect(adjustment('other', false)).toEqual(['irc-adjustment 7 yes']);
    expect(adjustment('outside-approval', true)).toEqual(['irc-adjustment 7 yes']);
    expect(adjustment('other', true)).toEqual(['investment-policy-adjustment-park 17 yes', 'irc-adjustment 7 yes']);
    // Nobody knows: planned, and no date waits for it.
    expect(adjustment('other', null)).toEqual(['investment-policy-adjustment-park 17 unknown', 'irc-adjustment 7 yes']);
    const both = planned(besi, {
      adjustment: { change: 'other', licensedBy: 'standard', policyApproval: true },
      construction: false,
    });
    expect(both.find(({ procedure }) => procedure === 'irc-adjustment')?.after).toEqual([
      { procedure: 'investment-policy-adjustment-park', kind: 'finish-to-start' },
    ]);
    const province = plannedCodes(besi, {
      adjustment: { change: 'other', licensedBy: 'standard', policyApproval: true },
      site: { zone: 'none' },
    });
    expect(province).toContain('investment-policy-adjustment-province');
    expect(newest('investment-policy-adjustment-pm').statutoryBudget.amount).toBe(25);
  });

  it('9: the first valid dossier is published only where the law says so', () => {
    for (const { version: id, duties } of data.procedures) {
      for (const duty of duties.filter(({ code }) => code === 'publish-first-valid-dossier')) {
        if (id.startsWith('irc-special@')) expect([id, duty.legalBasis]).toEqual([id, expect.stringContaining('6.1c')]);
        else expect([id, duty.when]).toEqual([id, { attr: 'project.article30Item', op: 'not-null', value: null }]);
      }
    }
  });

  it('10: an AI trial of level 3 is decided in thirty days; what else its regime says of days is ours', () => {
    const regime = data.regimes.find(({ code }) => code === 'ai-decree-142-2026-level-3');
    expect(regime?.decision.days?.amount).toBe(30);
    expect(regime?.unverified).not.toContain('decision.days');
    expect(regime?.unverified).toEqual(
      expect.arrayContaining(['dossierCheck.days', 'finalReport', 'extensions.applyBefore']),
    );
  });

  it('11: nothing is called verified of which no text was read', () => {
    const required = (pathway: string, procedure: string) =>
      data.pathways.find(({ code }) => code === pathway)?.procedures.find((one) => one.procedure === procedure)
        ?.verified;
    expect([
      required('standard', 'land-lease'),
      required('special', 'land-lease'),
      required('special', 'enterprise-registration'),
    ]).toEqual([false, false, false]);
    expect(Object.values(version('tax-registration@2026-07-01').verified)).not.toContain(true);
    const days = data.calendars.flatMap(({ daysOff }) => daysOff).filter(({ date }) => date < '2026-01-01');
    expect(days.filter(({ verified }) => verified)).toEqual([]);
    for (const code of ['irc-ordinary', 'irc-special', 'investment-policy-park', 'eia-group-1', 'land-lease'])
      expect([code, newest(code).verified.clockPolicy]).toEqual([code, false]);
  });

  it('12: a construction permit waits for the root approval on own land, too', () => {
    const plan = planned(besi, {
      site: { land: 'own-land' },
      construction: true,
      feasibilityGroup: 'C',
      feasibilityAppraisedByAgency: false,
    });
    const permit = plan.find(({ procedure }) => procedure === 'construction-permit');
    expect(permit?.after.map(({ procedure }) => procedure)).toContain('irc-ordinary');
  });

  it('13: no register of Viet Nam holds a foreign company, and its home number is no registration here', () => {
    const legal = (filing: Filing) =>
      resolveProcedure(newest('irc-ordinary'), projectFacts(filing, law.rules), law.agencies).documents.find(
        ({ code }) => code === 'legal-status',
      )?.obtainableFrom;
    expect([legal(besi), legal(cmc)]).toEqual([null, 'national-business-register']);
    const numbered = { ...besi, investor: { ...besi.investor, registrationNumber: 'KVK09092395' } };
    expect(plannedCodes(numbered)).toContain('enterprise-registration');
  });

  it('14: the International Financial Centre has its own authority, and the police are asked about its projects', () => {
    const inCentre = resolved('irc-ordinary', besi, { site: { zone: 'IFC' } });
    expect(inCentre.competentAgency).toBe('vifc-authority');
    for (const code of ['irc-ordinary', 'investment-policy-park', 'investment-policy-adjustment-park'])
      expect([code, asked(code, {}), asked(code, { site: { zone: 'IFC' } })]).toEqual([code, false, true]);
  });
});
