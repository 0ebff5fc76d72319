import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, EventOf, Payloads } from '../../../domain/case/events.js';
import { foldCase } from '../../../domain/case/fold.js';
import { missingConditions } from '../../../domain/case/gate/rules.js';
import { openingOf } from '../../../domain/case/case/opening.js';
import { anchors, anchorOf, owedIn, selfMet } from '../../../domain/case/duty/owed.js';
import { firstDossierFirst } from '../../../domain/case/duty/words.js';
import { claimOf } from '../../../domain/case/site/rules.js';
import { caseScope, procedureScope } from '../../../domain/case/scope.js';
import { type CaseState } from '../../../domain/case/state.js';
import { latestAttempt } from '../../../domain/case/procedure/state.js';
import { Refusal } from '../../../domain/errors.js';
import { type DutyDefinition, type GateDefinition } from '../../../domain/law/procedure.js';
import { networkOf } from '../../../domain/law/pathway-network.js';
import { projectFacts } from '../../../domain/law/rules.js';
import { screen } from '../../../domain/lane/screening.js';
import { dateOf, plainDate, startOf } from '../../../domain/time/instants.js';
import { catalogue, catalogueData, exampleProjects } from '../../../seeds/index.js';
import { anyFiling } from '../../support/filings.js';
import { at, MemoryRegister, person, refusalOf, seededLaw } from '../../support/memory-register.js';
import { OneProcedure } from '../../support/one-procedure.js';

const code = 'LX-260706-0001';
const root = caseScope(code);
const investor = person('investor.test', 'investor');
const board: Actor = person('officer.shtp-board.1', 'officer', 'shtp-board');
const filed = '2026-07-06 09:00';

/** A case whose plan is these procedures, none waiting for another; every result of them is in, decided on the day of filing. */
class Life {
  readonly register = new MemoryRegister(code);

  constructor(
    private readonly plan: readonly string[],
    {
      pathway = 'special' as const,
      facts = {},
      edges = [] as readonly (readonly [string, string])[],
    }: Partial<{
      pathway: 'special' | 'standard' | 'strategic';
      facts: CaseState['facts'];
      edges: readonly (readonly [string, string])[];
    }> = {},
  ) {
    const filing = exampleProjects.cmc;
    const screening = screen(filing, at(filed), catalogue(), dateOf(at(filed)));
    const usual = openingOf({
      filing,
      filingHash: '',
      screening,
      personId: 'investor.test',
      site: { key: 'a-site', lots: ['a-lot'], near: [] },
    });
    const item = usual.plan[0];
    if (!item) throw new Error('an empty plan');
    const allFacts = { ...usual.facts, 'derived.siteKind': 'park', 'derived.siteBoard': 'shtp-board', ...facts };
    const items = plan.map((procedure) => {
      const { version, handlingAgency: agency } = seededLaw.procedureAt(procedure, dateOf(at(filed)), allFacts);
      const after = edges.flatMap(([from, to]) => (to === procedure ? [from] : []));
      return { ...item, procedure, version, agency, after, gates: [] };
    });
    const opening = { ...usual, pathway, facts: allFacts, plan: items, lodged: {} };
    this.register.act(investor, at(filed), { type: 'openCase', opening, managed: true });
  }

  /** Each procedure is opened and filed; with every document where `complete`. */
  received(complete = true, when = filed): this {
    for (const procedure of this.plan) {
      const resolved = seededLaw.procedureAt(procedure, dateOf(at(filed)), this.state.facts);
      const scope = procedureScope(code, procedure, 1);
      const { version, competentAgency, handlingAgency, cityControlled, budget, calendar, startsFrom } = resolved;
      this.happened('procedureOpened', scope, {
        procedure,
        attempt: 1,
        version,
        phase: 'licence',
        mandatory: true,
        competentAgency,
        handlingAgency,
        cityControlled,
        budget,
        calendar,
        startsFrom,
      });
      const documents = resolved.documents.slice(0, complete ? undefined : 1).map((document) => ({
        code: document.code,
        documentId: 'doc-1',
        obtainedFrom: null,
      }));
      this.happened('dossierFiled', scope, { documents }, when);
      this.happened(
        'dossierReceived',
        scope,
        {
          taskId: null,
          form: '01',
          dossierCode: 'H29-000000-0001',
          version,
          budget,
          dueDate: plainDate('2026-12-01'),
          promisedDate: plainDate('2026-12-01'),
        },
        when,
      );
    }
    return this;
  }

  approved(when: string): this {
    for (const procedure of this.plan) {
      const scope = procedureScope(code, procedure, 1);
      this.happened('decisionMade', scope, { outcome: 'approved', taskId: null, reason: null, endsTerm: true }, when);
      this.happened('procedureClosed', scope, { procedure, attempt: 1, outcome: 'approved' }, when);
    }
    return this;
  }

  happened<T extends keyof Payloads>(type: T, scope: string, payload: Payloads[T], when = filed): void {
    this.register.happened(type, scope, payload, at(when));
  }

  gate(gate: string, when: string, on?: string): this {
    const day = on === undefined ? {} : { on: plainDate(on) };
    this.register.act(investor, at(when), { type: 'meetGate', gate, evidence: null, ...day });
    return this;
  }

  settle(when: string): this {
    this.register.act({ kind: 'clock' }, at(when), { type: 'settle' });
    return this;
  }

  get state(): CaseState {
    return this.register.state;
  }

  duty(id: string) {
    return this.state.duties[id];
  }

  told<T extends 'dutyIncurred' | 'dutyMet' | 'dutyMissed' | 'rungReached'>(type: T): EventOf<T>[] {
    return this.register.events.filter((event): event is EventOf<T> => event.type === type);
  }
}

/** Something that is told without changing what is owed by itself: rules are looked at with it. */
const look = (life: Life, when: string): Life => life.gate('operation-started', when);

describe('a duty begins with what it hangs on', () => {
  const day = (life: Life, id: string) => life.duty(id)?.dueDate;

  it('the publication with the valid dossier, not with the incomplete one', () => {
    const complete = look(new Life(['irc-special']).received(), '2026-07-06 10:00');
    expect(day(complete, 'publish-first-valid-dossier')).toBe('2026-07-08');
    const incomplete = look(new Life(['irc-special']).received(false), '2026-07-06 10:00');
    expect(incomplete.duty('publish-first-valid-dossier')).toBeUndefined();
  });

  it('the deposit on cleared land, the keeping of commitments and the yearly review with the certificate', () => {
    const life = look(new Life(['irc-special']).received().approved('2026-07-20 09:00'), '2026-07-20 10:00');
    expect(day(life, 'security-deposit-special')).toBe('2026-08-19');
    expect(day(life, 'keep-commitments')).toBeNull();
    expect(day(life, 'yearly-criteria-review')).toBe('2027-07-20');
    expect(life.duty('yearly-criteria-review')).toMatchObject({ on: 'agency', agency: 'shtp-board', scope: root });
  });

  it('none whose condition does not hold', () => {
    const leased = new Life(['irc-special'], { facts: { 'project.site.land': 'leased-factory' } });
    look(leased.received().approved('2026-07-20 09:00'), '2026-07-20 10:00');
    expect(leased.duty('security-deposit-special')).toBeUndefined();
  });

  it('the notice of commencement thirty days before the day the investor plans', () => {
    const life = new Life(['irc-special']).gate('commencement-planned', '2026-07-20 10:00', '2026-10-01');
    expect(day(life, 'commencement-notice')).toBe('2026-09-01');
    expect(life.duty('commencement-notice-standard')).toBeUndefined();
  });

  it('the certificate within twelve months only where the company comes first', () => {
    const plan = ['enterprise-registration', 'irc-special'];
    const companyFirst = new Life(plan, { edges: [['enterprise-registration', 'irc-special']] }).received();
    const ircFirst = new Life(plan, { edges: [['irc-special', 'enterprise-registration']] }).received();
    for (const life of [companyFirst, ircFirst]) {
      const scope = procedureScope(code, 'enterprise-registration', 1);
      const decided = { outcome: 'approved', taskId: null, reason: null, endsTerm: true } as const;
      life.happened('decisionMade', scope, decided, '2026-07-10 09:00');
      look(life, '2026-07-10 10:00');
    }
    expect(day(companyFirst, 'irc-within-twelve-months')).toBe('2027-07-12');
    expect(ircFirst.duty('irc-within-twelve-months')).toBeUndefined();
  });

  it('once, however often the case is looked at, and not for a case that was withdrawn', () => {
    const life = look(new Life(['irc-special']).received(), '2026-07-06 10:00');
    life.gate('commencement-planned', '2026-07-06 11:00', '2026-12-01').settle('2026-07-06 12:00');
    const ids = life.told('dutyIncurred').map(({ payload }) => payload.duty);
    expect(new Set(ids).size).toBe(ids.length);
    const withdrawn = new Life(['irc-special']).received();
    withdrawn.register.act(investor, at('2026-07-06 10:00'), { type: 'withdrawCase', reason: 'changed plans' });
    expect(withdrawn.state.duties).toEqual({});
  });
});

describe('a duty is met', () => {
  const owing = () => look(new Life(['irc-special']).received().approved('2026-07-20 09:00'), '2026-07-20 10:00');

  const deposit = (life: Life, when: string) => {
    life.happened('gateMet', root, { gate: 'deposit-lodged', evidence: null }, when);
    return life.gate('commencement-planned', when, '2026-12-01').duty('security-deposit-special');
  };
  const lateness = (life: Life) => life.told('dutyMet').map(({ payload }) => [payload.duty, payload.late]);

  it('by the gate that shows it, in time or late', () => {
    const inTime = owing();
    expect(deposit(inTime, '2026-08-19 17:00')).toMatchObject({ metAt: at('2026-08-19 17:00'), missed: false });
    const late = owing();
    expect(deposit(late, '2026-08-20 08:00')).toMatchObject({ metAt: at('2026-08-20 08:00'), missed: true });
    expect(lateness(inTime)).toContainEqual(['security-deposit-special', false]);
    expect(lateness(late)).toContainEqual(['security-deposit-special', true]);
  });

  it('by whoever owes it, and nobody else; twice is refused', () => {
    const life = owing();
    const meet = (actor: Actor, duty: string) =>
      refusalOf(() =>
        life.register.act(actor, at('2026-07-21 09:00'), { type: 'meetDuty', duty, evidence: 'reference:12/BC' }),
      );
    expect(meet(investor, 'yearly-criteria-review')).toBe('FORBIDDEN');
    expect(meet(person('officer.dof.1', 'officer', 'dof'), 'yearly-criteria-review')).toBe('FORBIDDEN');
    expect(meet(board, 'yearly-criteria-review')).toBe('accepted');
    expect(meet(board, 'yearly-criteria-review')).toBe('DUTY_CLOSED');
    expect(meet(board, 'security-deposit-special')).toBe('FORBIDDEN');
    expect(meet(investor, 'security-deposit-special')).toBe('accepted');
    expect(meet(investor, 'nothing-of-the-kind')).toBe('NOT_FOUND');
    expect(meet(person('leader.1', 'leader'), 'keep-commitments')).toBe('FORBIDDEN');
  });

  it('by the publication of the engine, whose step it is', () => {
    const one = new OneProcedure('irc-special', filed, { project: 'cmc' });
    one.file().receive().work();
    expect(one.register.state.duties['publish-first-valid-dossier']?.metAt ?? null).toBeNull();
    expect(one.state.steps['publication']?.completedAt).toBeTruthy();
    const life = new Life(['irc-special']).received();
    const scope = procedureScope(code, 'irc-special', 1);
    look(life, '2026-07-06 10:00');
    life.happened(
      'stepCompleted',
      scope,
      { step: 'publication', outcome: 'published', by: 'system', reference: null },
      '2026-07-09 09:00',
    );
    life.gate('commencement-planned', '2026-07-09 09:00', '2026-12-01');
    expect(life.duty('publish-first-valid-dossier')).toMatchObject({ metAt: at('2026-07-09 09:00'), missed: true });
  });
});

describe('a duty that nobody meets', () => {
  it('is warned of and missed at the computed instants, once, however late the machine is', () => {
    const expected = [
      'day-before 2026-08-18T00:30:00.000Z',
      'missed 2026-08-19T17:00:00.000Z',
      'dutyMissed 2026-08-19T17:00:00.000Z',
    ];
    const told = (stops: readonly string[]) => {
      const life = look(new Life(['irc-special']).received().approved('2026-07-20 09:00'), '2026-07-20 10:00');
      for (const stop of stops) life.settle(stop);
      return life.register.events.flatMap((event): string[] => {
        if (event.type === 'rungReached' && event.payload.clock === 'duty/security-deposit-special')
          return [`${event.payload.rung} ${event.occurredAt}`];
        return event.type === 'dutyMissed' && event.payload.duty === 'security-deposit-special'
          ? [`dutyMissed ${event.occurredAt}`]
          : [];
      });
    };
    expect(told(['2026-09-30 09:00'])).toEqual(expected);
    expect(told(['2026-08-18 07:30', '2026-08-18 07:31', '2026-08-20 00:00', '2026-08-21 00:00'])).toEqual(expected);
  });

  it('fires every rung that is configured for duties', () => {
    const life = look(new Life(['irc-special']).received().approved('2026-07-20 09:00'), '2026-07-20 10:00');
    life.settle('2026-10-30 09:00');
    const fired = life
      .told('rungReached')
      .flatMap(({ payload }) => (payload.clock.startsWith('duty/') ? payload.rung : []));
    const configured = seededLaw.settings.ladders.duty.map((rung) => rung.code);
    expect([...new Set(fired)].sort()).toEqual([...configured].sort());
  });
});

describe('what comes round again', () => {
  it('two years of reports come one after the other, also after the case is closed', () => {
    const life = look(new Life(['irc-special']).received().approved('2026-07-20 09:00'), '2026-07-20 10:00');
    life.happened('caseClosed', root, { outcome: 'approved' }, '2026-07-20 10:00');
    life.happened('scopeClosed', root, { scope: root }, '2026-07-20 10:00');
    const opened: string[] = [];
    // As the agenda does it: from one instant to the next that the register names.
    for (let now = at('2026-07-20 11:00'), n = 0; n < 200; n++) {
      const envelope = {
        caseCode: code,
        command: { type: 'settle' as const },
        actor: { kind: 'clock' as const },
        occurredAt: now,
        operationId: `agenda-${n}`,
        bodyHash: '',
      };
      for (const event of life.register.handle(envelope).events)
        if (event.type === 'dutyIncurred') opened.push(`${event.payload.duty} ${event.payload.dueDate}`);
      const next = life.register.nextDutyAt;
      if (next === null || next > at('2028-07-20 09:00')) break;
      now = next;
    }
    const reports = opened.filter((one) => one.startsWith('quarterly-annual-report#'));
    expect(reports).toEqual(
      [
        '2026-Q3 2026-10-10',
        '2026-Q4 2027-01-10',
        '2026 2027-03-31',
        '2027-Q1 2027-04-10',
        '2027-Q2 2027-07-10',
        '2027-Q3 2027-10-10',
        '2027-Q4 2028-01-10',
        '2027 2028-03-31',
        '2028-Q1 2028-04-10',
        '2028-Q2 2028-07-10',
      ].map((one) => `quarterly-annual-report#${one}`),
    );
    const state = life.state;
    expect(Object.values(state.duties).filter(({ missed, id }) => missed && id.includes('report#'))).toHaveLength(10);
    expect(foldCase(code, life.register.events)).toEqual(state);
  });

  it('a yearly review comes again when the one before is over', () => {
    const life = new Life(['irc-special']).received(true, '2025-07-07 09:00').approved('2025-07-21 09:00');
    look(life, '2026-07-06 10:00');
    expect(life.duty('yearly-criteria-review')?.dueDate).toBe('2026-07-21');
    life.settle('2026-07-22 09:00');
    expect(life.duty('yearly-criteria-review#2')?.dueDate).toBe('2027-07-21');
    expect(life.duty('yearly-criteria-review#2')?.since).toBe(startOf(plainDate('2026-07-22')));
  });
});

describe('several valid dossiers for one site', () => {
  it('make the agency give notice only where the other came within the window', () => {
    const life = new Life(['investment-policy-park'], { pathway: 'standard' }).received();
    expect(look(life, '2026-07-06 10:00').duty('several-investors-window')).toBeUndefined();
    // The first came on Monday 6 July: the seventh working day after it is Wednesday 15 July.
    const noticeDue = (when: string) => {
      const facts = { 'derived.siteKind': 'park', 'derived.siteBoard': 'shtp-board', 'project.article30Item': 'c' };
      const one = new OneProcedure('investment-policy-park', when, { project: 'cmc', facts });
      const first = { dossierCode: 'H29-000000-0009', procedure: 'investment-policy-park', investor: 'investor.other' };
      one.register.neighbours = [{ ...first, since: at(filed), exclusive: false, open: true }];
      one.file().receive();
      return one.register.state.duties['several-investors-window'];
    };
    expect(noticeDue('2026-07-15 16:00')).toMatchObject({ on: 'agency', agency: 'shtp-board', dueDate: '2026-07-20' });
    expect(noticeDue('2026-07-16 08:00')).toBeUndefined();
  });
});

const data = catalogueData();
const definitions = data.procedures.filter(({ validTo }) => validTo === null);
const duties: [string, DutyDefinition, string, string][] = [
  ...definitions.flatMap(({ code: procedure, duties: own }) =>
    own.map((duty): [string, DutyDefinition, string, string] => [
      `${procedure}: ${duty.code}`,
      duty,
      procedure,
      'standard',
    ]),
  ),
  ...data.pathways.flatMap(({ code: pathway, extraDuties, procedures }) =>
    extraDuties.map((duty): [string, DutyDefinition, string, string] => [
      `${pathway}: ${duty.code}`,
      duty,
      procedures[0]?.procedure ?? '',
      pathway,
    ]),
  ),
];

describe('every duty of the seeds can begin and can be met', () => {
  it.each(duties)('%s', (_name, duty, procedure, pathway) => {
    expect(duty.due === null || anchors.has(duty.due.relativeTo)).toBe(true);
    const also = ['irc-ordinary', 'enterprise-registration'].filter((one) => one !== procedure);
    const plan = [procedure, ...also];
    const edges = [
      ['enterprise-registration', 'irc-ordinary'] as const,
      ['enterprise-registration', 'irc-special'] as const,
    ];
    const facts = {
      'project.construction': true,
      'project.site.land': 'cleared-land',
      'project.restrictedTechnology': true,
      'project.article30Item': 'c',
    };
    const life = new Life(plan, { pathway: pathway as CaseState['pathway'], facts, edges }).received();
    if (duty.due?.relativeTo !== 'enterprise-registered') life.approved('2026-07-20 09:00');
    else {
      const scope = procedureScope(code, 'enterprise-registration', 1);
      life.happened('decisionMade', scope, { outcome: 'approved', taskId: null, reason: null, endsTerm: true });
    }
    life.happened('gateMet', root, { gate: 'contract-signed', evidence: null }, '2026-07-20 09:00');
    if (duty.window) return expect(claimOf(seededLaw.definition(life.state.plan[0]?.version ?? ''))).toBe('shared');
    life.gate('commencement-planned', '2026-07-20 10:00', '2026-10-01').settle('2026-10-02 09:00');
    const owed = Object.values(life.state.duties).find(({ code: one }) => one === duty.code);
    expect(owed, `${duty.code} never begins`).toBeDefined();
    if (!owed || owed.metAt !== null) return;
    const debtor = owed.on === 'investor' ? investor : person('officer.x.1', 'officer', owed.agency);
    life.register.act(debtor, at('2026-10-02 10:00'), { type: 'meetDuty', duty: owed.id, evidence: null });
    expect(life.duty(owed.id)?.metAt).toBe(at('2026-10-02 10:00'));
  });

  it('and whatever meets a duty by itself meets one that exists', () => {
    const known = new Set(duties.map(([, { code: one }]) => one));
    expect(selfMet.filter((one) => !known.has(one))).toEqual([]);
  });

  it('and a duty is owed by whoever the data says, in every plan', () => {
    fc.assert(
      fc.property(anyFiling, (filing) => {
        const register = new MemoryRegister(code);
        try {
          register.open(filing, at(filed));
        } catch (error) {
          if (error instanceof Refusal) return;
          throw error;
        }
        const { state } = register;
        for (const owed of owedIn(state, seededLaw)) {
          expect(owed.agency === null).toBe(owed.definition.on === 'investor');
          expect(anchorOf(state, seededLaw, owed)).toBeUndefined();
        }
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});

const gates: [string, GateDefinition, string][] = definitions.flatMap(({ code: owner, gates: own }) =>
  own.map((gate): [string, GateDefinition, string] => [`${owner}: ${gate.code}`, gate, owner]),
);
const planned = (pathway: (typeof data.pathways)[number], procedure: string) =>
  pathway.procedures.find((one) => one.procedure === procedure);

describe('every gate of the seeds bites', () => {
  it.each(gates)('%s', (_name, gate, owner) => {
    const { needs, blocks: written, pathways } = gate;
    const blocked = written === '@self' ? owner : written;
    const here = data.pathways.filter((one) => pathways === null || pathways.includes(one.code));
    const pathway = (here[0]?.code ?? '') as CaseState['pathway'];
    if ('waives' in needs || 'integrates' in needs) {
      const gone = 'waives' in needs ? needs.waives : needs.integrates;
      return expect(replacedBy(owner, gone)).toEqual({ together: 0, without: expect.any(Number) as number });
    }
    if ('result' in needs && (blocked === 'commencement' || blocked === 'operation')) {
      const event = blocked === 'commencement' ? 'construction-started' : 'operation-started';
      const life = new Life([owner], { pathway, facts: { 'project.construction': true } }).received();
      expect(refusalOf(() => life.gate(event, '2026-07-07 09:00'))).toBe('PRECONDITION_FAILED');
      return expect(refusalOf(() => life.approved('2026-07-20 09:00').gate(event, '2026-07-20 10:00'))).toBe(
        'accepted',
      );
    }
    if ('result' in needs) {
      const both = here.filter((one) => planned(one, needs.result) && planned(one, blocked));
      expect(both.length).toBeGreaterThan(0);
      for (const one of both)
        expect(planned(one, blocked)?.after.map(({ procedure }) => procedure)).toContain(needs.result);
      return;
    }
    if ('duty' in needs) {
      expect(selfMet).toContain(needs.duty);
      const all = here.flatMap((one) => planned(one, blocked)?.gates.map(({ event }) => event) ?? ['deposit-lodged']);
      return expect(new Set(all)).toEqual(new Set(['deposit-lodged']));
    }
    if ('absent' in needs)
      return expect(neighbourRefused(owner, needs.absent)).toEqual(['PRECONDITION_FAILED', 'accepted']);
    if ('anyOf' in needs) {
      const life = new Life([owner], { pathway });
      expect(missingConditions(life.state, seededLaw, owner)).toEqual(needs.anyOf);
      const open = () =>
        life.register.engine(root, at('2026-07-07 09:00'), { type: 'openProcedure', procedure: owner });
      expect(refusalOf(open)).toBe('PRECONDITION_FAILED');
      life.gate('turnover', '2026-07-07 10:00');
      return expect(refusalOf(open)).toBe('accepted');
    }
    if ('months' in needs) {
      const life = new Life([owner], { pathway });
      const say = (on?: string) => refusalOf(() => life.gate(gate.code, '2026-07-07 09:00', on));
      expect(here.every((one) => planned(one, owner)?.gates.some(({ event }) => event === gate.code))).toBe(true);
      withPlanGate(life, owner, gate.code);
      expect(say()).toBe('VALIDATION_FAILED');
      expect(say('2024-07-08')).toBe('PRECONDITION_FAILED');
      return expect(say('2024-07-07')).toBe('accepted');
    }
    // The declaration is the procedure's own first act: its workflow declares before the dossier is examined, and anew when it has lapsed.
    expect([gate.code, needs.event, gate.lapse?.unit]).toEqual([
      'online-declaration',
      'online-declared',
      'working-day',
    ]);
  });
});

/** How often a project has both procedures in one plan, and how often the first without the second. */
function replacedBy(owner: string, gone: string): { together: number; without: number } {
  const count = { together: 0, without: 0 };
  const law = catalogue();
  fc.assert(
    fc.property(anyFiling, (filing) => {
      const facts = projectFacts(filing, law.rules);
      for (const pathway of law.pathways) {
        const inPlan = new Set(networkOf(pathway, facts, law, law.asOf, null).nodes.map(({ procedure }) => procedure));
        if (inPlan.has(owner)) count[inPlan.has(gone) ? 'together' : 'without'] += 1;
      }
    }),
    { seed: 20261122, numRuns: 300 },
  );
  expect(count.without).toBeGreaterThan(0);
  return count;
}

/** A gate that the plan names, as the pathway's own would. */
function withPlanGate(life: Life, procedure: string, gate: string): void {
  const plan = life.state.plan.map((item) => (item.procedure === procedure ? { ...item, gates: [gate] } : item));
  life.register.patch((state) => Object.assign(state, { plan }));
}

/** What receiving a dossier answers beside another of the same investor for the same site: while that is open, and when it is decided. */
function neighbourRefused(owner: string, beside: string): string[] {
  return [true, false].map((open) => {
    const one = new OneProcedure(owner, filed, { project: 'cmc' });
    one.register.neighbours = [
      {
        dossierCode: 'H29-000000-0009',
        procedure: beside,
        investor: 'investor.test',
        since: at(filed),
        exclusive: false,
        open,
      },
    ];
    return refusalOf(() => one.file().receive());
  });
}

describe('the first valid dossier on one site', () => {
  const first = {
    dossierCode: 'H29-000000-0009',
    procedure: 'irc-special',
    investor: 'investor.other',
    since: at(filed),
    open: true,
  };

  it('is decided first: the next is refused on reception, naming only dossier code and day', () => {
    const one = new OneProcedure('irc-special', '2026-07-08 09:00', { project: 'cmc' });
    one.register.neighbours = [{ ...first, exclusive: true }];
    one.file();
    let refusal: Refusal | undefined;
    try {
      one.receive();
    } catch (error) {
      if (error instanceof Refusal) refusal = error;
    }
    expect(refusal?.code).toBe('SITE_TAKEN');
    expect(refusal?.details).toEqual({ dossierCode: 'H29-000000-0009', receivedOn: '2026-07-06' });
    one.register.neighbours = [];
    expect(refusalOf(() => one.complete('intake/1', { outcome: 'receive' }))).toBe('accepted');
    expect(latestAttempt(one.register.state, 'irc-special')?.receivedAt).not.toBeNull();
  });

  it('is a duty of the agency that the reception itself meets', () => {
    const life = look(new Life(['irc-special']).received(), '2026-07-06 10:00');
    expect(life.duty(firstDossierFirst)).toMatchObject({ on: 'agency', dueDate: null, metAt: at('2026-07-06 10:00') });
  });
});
