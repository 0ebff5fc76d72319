import { describe, expect, it } from 'vitest';
import { foldCase } from '../../../domain/case/fold.js';
import { opinionDefinition } from '../../../domain/case/result/opinion.js';
import { documentReaders } from '../../../domain/case/procedure/document-readers.js';
import { agenciesAt, bookedBy } from '../../../domain/case/procedure/state.js';
import { consultationScope, procedureScope } from '../../../domain/case/scope.js';
import { allTasks } from '../../../domain/case/task/state.js';
import { buildCatalogue, type CatalogueData } from '../../../domain/law/catalogue.js';
import { checkedWithCityData, withCityData } from '../../../domain/law/city-data.js';
import { Refusal } from '../../../domain/errors.js';
import { createLaw, type Law } from '../../../domain/law/law.js';
import { requireAct, foldInstruction } from '../../../domain/leadership/instruction.js';
import { plainDate } from '../../../domain/time/instants.js';
import { catalogueData } from '../../../seeds/index.js';
import { givenAgenciesAsked } from '../../support/given.js';
import { Asked, first, irc as ircAsked, lead, officer } from '../../support/asked.js';
import { at, MemoryRegister, person, refusalOf } from '../../support/memory-register.js';

const code = 'LX-260706-0001';
const irc = procedureScope(code, 'irc-ordinary', 1);
const consultation = consultationScope(irc, 1);
const seeded = catalogueData();

const mergedData = (...pairs: (readonly [string, string])[]): CatalogueData => ({
  ...seeded,
  agencies: seeded.agencies.map((one) => {
    const into = pairs.find(([from]) => from === one.code)?.[1];
    return into === undefined ? one : { ...one, mergedInto: into };
  }),
});
const mergersAt = (when: string, ...pairs: (readonly [string, string])[]): Law =>
  createLaw(
    buildCatalogue(mergedData(...pairs)),
    pairs.map(([merged, into]) => ({ merged, into, document: 'NQ 7', at: at(when) })),
  );

class Story extends MemoryRegister {
  under(law: Law): this {
    (this as { law: Law }).law = law;
    return this;
  }
  settle(when: string): void {
    this.act({ kind: 'clock' }, at(when), { type: 'settle' });
  }
  get mergers() {
    return this.events.filter(({ type }) => type === 'agencyMerged');
  }
  task(key: string) {
    const found = [...allTasks(this.state)].find((task) => task.key === key);
    if (!found) throw new Error(`no task ${key}`);
    return found;
  }
}

/** BESI's certificate with `dost` (our worklist) and `dpa` (its own system) asked. */
const asked = (): Story => givenAgenciesAsked(new Story(code));
const openOpinion = (story: Story, agency: string, when: string) =>
  story.engine(consultation, at(when), {
    ...{ type: 'openTask', key: `opinion/${agency}`, kind: 'opinion', agency, role: 'officer', step: null },
  });

describe('an agency that is merged while a case runs', () => {
  it('leaves a dossier in the tracking book of whoever received it, and gives what comes later to its successor', () => {
    const story = asked();
    const scope = procedureScope(code, 'irc-ordinary', 1);
    const found = () => {
      const procedure = story.state.procedures[scope];
      if (!procedure) throw new Error('no procedure');
      return procedure;
    };
    const received = found();
    expect([received.receivedAt === null, bookedBy(received)]).toEqual([false, 'shtp-board']);
    const law = mergersAt('2026-07-07 08:00', ['shtp-board', 'dof']);
    story.under(law).settle('2026-07-07 08:00');
    expect([found().handlingAgency, bookedBy(found())]).toEqual(['dof', 'shtp-board']);
    story.under(mergersAt('2026-07-08 08:00', ['shtp-board', 'dof'], ['dof', 'doit'])).settle('2026-07-08 08:00');
    expect([found().handlingAgency, bookedBy(found())]).toEqual(['doit', 'shtp-board']);
    // Nobody had received it yet: it stands in no book of the one that is merged.
    const before = found().formerAgencies?.map(({ received: _received, ...former }) => former) ?? [];
    expect(bookedBy({ ...found(), formerAgencies: before })).toBe('doit');
  });

  it('hands over what is open by one event, and no date moves', () => {
    const story = asked();
    openOpinion(story, 'dost', '2026-07-06 10:03');
    const due = story.task('opinion/dost').dueDate;
    const before = story.state;
    story.under(mergersAt('2026-07-07 08:00', ['dost', 'doit'])).settle('2026-07-07 08:00');
    expect(story.mergers).toMatchObject([
      {
        actor: { kind: 'clock' },
        occurredAt: at('2026-07-07 08:00'),
        payload: { merged: 'dost', into: 'doit', document: 'NQ 7' },
      },
    ]);
    expect(story.task('opinion/dost')).toMatchObject({ agency: 'doit', dueDate: due, status: 'open' });
    expect(story.state.procedures[irc]?.ledger).toEqual(before.procedures[irc]?.ledger);
    expect(story.state.procedures[irc]?.printedDueDate).toEqual(before.procedures[irc]?.printedDueDate);
    expect(story.state.consultations[consultation]?.opinions).toEqual(before.consultations[consultation]?.opinions);
    story.settle('2026-07-07 09:00');
    expect(story.mergers).toHaveLength(1);
    expect(foldCase(code, story.events)).toEqual(story.state);
  });

  it('says nothing in a case in which it has nothing to do', () => {
    const story = asked();
    story.under(mergersAt('2026-07-07 08:00', ['doha', 'doj'])).settle('2026-07-07 08:00');
    expect(story.mergers).toEqual([]);
  });

  it('is answered for by whoever took its place, to the questions that were put to it', () => {
    const story = asked();
    openOpinion(story, 'dost', '2026-07-06 10:03');
    story.under(mergersAt('2026-07-07 08:00', ['dost', 'doit'])).settle('2026-07-07 08:00');
    const { id: taskId } = story.task('opinion/dost');
    const answer = (agency: string) => () =>
      story.act(person(`officer.${agency}.1`, 'officer', agency), at('2026-07-07 09:00'), {
        ...{ type: 'completeTask', taskId, claim: true, completion: { outcome: 'agree' } },
      });
    expect(refusalOf(answer('dost'))).toBe('FORBIDDEN');
    answer('doit')();
    expect(story.state.consultations[consultation]?.opinions['dost']).toMatchObject({
      status: 'given',
      position: 'agree',
    });
  });

  it('had been asked by its system: what it answers counts once, and is not asked for again', () => {
    const story = asked();
    story.under(mergersAt('2026-07-07 08:00', ['dpa', 'doc'])).settle('2026-07-07 08:00');
    const say = (messageId: string, when: string) =>
      story.act({ kind: 'agency-system', agency: 'dpa' }, at(when), {
        ...{ type: 'giveOpinion', consultation, agency: 'dpa', position: 'agree', conditions: [] },
        ...{ legalBasis: null, messageId },
      });
    say('m1', '2026-07-07 10:00');
    say('m1', '2026-07-07 10:01');
    expect(refusalOf(() => say('m2', '2026-07-07 10:02'))).toBe('DUPLICATE_REQUEST');
    expect(story.events.filter(({ type }) => type === 'opinionGiven')).toHaveLength(1);
    expect(Object.keys(story.state.consultations[consultation]?.opinions ?? {})).toEqual(['dost', 'dpa']);
  });

  it('leaves its decisions and papers to itself: whose they were is known at every event', () => {
    const story = asked();
    const lastSeq = story.state.seq;
    story.under(mergersAt('2026-07-07 08:00', ['shtp-board', 'hepza'])).settle('2026-07-07 08:00');
    const procedure = story.state.procedures[irc];
    if (!procedure) throw new Error('no procedure');
    expect(procedure.competentAgency).toBe('hepza');
    expect(agenciesAt(procedure, lastSeq).competentAgency).toBe('shtp-board');
    expect(agenciesAt(procedure, story.state.seq + 1).competentAgency).toBe('hepza');
  });

  it('a run that has not heard of it opens its tasks with the successor', () => {
    const story = asked();
    story.under(mergersAt('2026-07-07 08:00', ['dost', 'doit']));
    openOpinion(story, 'dost', '2026-07-07 09:00');
    expect(story.task('opinion/dost').agency).toBe('doit');
  });

  it('goes on from merger to merger', () => {
    const story = asked();
    openOpinion(story, 'dost', '2026-07-06 10:03');
    const both = createLaw(buildCatalogue(mergedData(['dost', 'doit'], ['doit', 'doc'])), [
      { merged: 'dost', into: 'doit', document: 'NQ 7', at: at('2026-07-07 08:00') },
      { merged: 'doit', into: 'doc', document: 'NQ 8', at: at('2026-07-08 08:00') },
    ]);
    story.under(both).settle('2026-07-08 09:00');
    expect(story.mergers.map(({ payload }) => payload)).toMatchObject([{ into: 'doit' }, { into: 'doc' }]);
    expect(story.task('opinion/dost').agency).toBe('doc');
  });

  it('what its ladder had reached before is dated before, what comes later tells the successor', () => {
    const story = asked();
    openOpinion(story, 'dost', '2026-07-06 10:03');
    story.under(mergersAt('2026-07-20 08:00', ['dost', 'doit'])).settle('2026-07-22 08:00');
    const [merger] = story.mergers;
    const before = story.events.filter(({ seq, type }) => seq < (merger?.seq ?? 0) && type === 'rungReached');
    expect(before.length).toBeGreaterThan(0);
    expect(before.every(({ occurredAt }) => occurredAt <= at('2026-07-20 08:00'))).toBe(true);
  });

  it('lets the successor read what it read', () => {
    const law = mergersAt('2026-07-07 08:00', ['dost', 'doit']);
    const { state } = asked();
    const about = { kind: 'procedure', procedure: 'irc-ordinary' } as const;
    const eyes = { id: 'officer.doit.1', role: 'officer', agency: 'doit' } as const;
    expect(documentReaders(state, law, eyes, { about, by: null })).toContain('asked');
  });
});

/** Of the two that were asked one objects in time and one too late; the step that asked is done, and mergers come before the lead weighs the late answer. */
class Weighed extends Asked {
  constructor(...pairs: (readonly [string, string])[]) {
    super();
    this.dpa('2026-07-08 10:00', 'object');
    this.settle('2026-07-11 00:00');
    this.confer('2026-07-11 00:00');
    const resolutions = [{ issue: 'objection/dpa', upholds: null }];
    const head = person('head.shtp-board', 'head', 'shtp-board');
    this.complete('conference', head, '2026-07-11 01:00', { outcome: 'decide', reason: 'x', resolutions });
    this.close('2026-07-11 02:00');
    this.dost('2026-07-13 10:00', 'object');
    (this as { law: Law }).law = mergersAt('2026-07-13 10:30', ...pairs);
  }
  anew(by = lead) {
    this.reopen('2026-07-13 11:00', by);
    this.consult('2026-07-13 11:01');
    return this.consultation(second);
  }
}
const second = consultationScope(ircAsked, 2);

describe('a consultation that is done anew after a merger', () => {
  it.each<[string, (readonly [string, string])[]]>([
    ['who answered was merged into one that was not asked', [['dpa', 'doc']]],
    ['who answered was merged into another that was asked', [['dpa', 'dost']]],
    ['who answered late was merged', [['dost', 'doit']]],
    ['who answered was merged into whoever decides', [['dpa', 'shtp-board']]],
    [
      'everybody that was asked was merged into whoever decides',
      [
        ['dpa', 'shtp-board'],
        ['dost', 'shtp-board'],
      ],
    ],
    [
      'who answered was merged twice',
      [
        ['dpa', 'doc'],
        ['doc', 'dae'],
      ],
    ],
    [
      'both were merged into one',
      [
        ['dpa', 'doc'],
        ['dost', 'doc'],
      ],
    ],
  ])('keeps every opinion under its name and asks nobody for it again: %s', (_name, pairs) => {
    const register = new Weighed(...pairs);
    const before = register.opinion('dpa');
    const { opinions } = register.anew();
    expect(Object.keys(opinions).sort()).toEqual(['dost', 'dpa']);
    const { agency, position, answeredAt, dueDate, budget, about, legalBasis } = before ?? {};
    expect(opinions['dpa']).toMatchObject({
      ...{ agency, position, answeredAt, dueDate, budget, about, legalBasis },
      ...{ position: 'object', status: 'given' },
    });
    expect(opinions['dost']).toMatchObject({ position: 'object', status: 'given', late: true });
    expect(register.last('consultationOpened')).not.toHaveProperty('calls');
    register.confer('2026-07-13 11:02', second);
    expect(register.consultation(second).conference?.issues.map(({ id }) => id)).toEqual([
      'objection/dost',
      'objection/dpa',
    ]);
    expect(foldCase(register.code, register.events)).toEqual(register.state);
  });

  it('is weighed by whoever took the place of the lead, and what one said that decides now is not lost', () => {
    const register = new Weighed(['shtp-board', 'dpa']);
    expect(refusalOf(() => register.reopen('2026-07-13 11:00', lead))).toBe('FORBIDDEN');
    const { lead: now, opinions } = register.anew(officer('dpa'));
    expect(now).toBe('dpa');
    expect(register.consultation(first).lead).toBe('shtp-board');
    expect(opinions).toMatchObject({ dost: { status: 'given' }, dpa: { position: 'object', status: 'given' } });
  });
});

describe('what is asked of an agency that was merged', () => {
  const law = mergersAt('2026-07-07 08:00', ['dost', 'doit']);
  it('an instruction of before is answered by the head of the one that took its place', () => {
    const about = { agency: 'dost', dueDate: plainDate('2026-07-10'), text: 'x', bottleneck: null };
    const given = { kind: 'given', want: 'act', ...about } as const;
    const state = foldInstruction([{ at: at('2026-07-06 08:00'), by: 'leader', act: given }]);
    const answered = { kind: 'answered', text: 'done' } as const;
    const by = (agency: string) => () =>
      requireAct(state, answered, { role: 'head', agency }, law, at('2026-07-08 08:00'));
    expect(refusalOf(by('doit'))).toBe('accepted');
    expect(refusalOf(by('dost'))).toBe('FORBIDDEN');
    const anew = () => requireAct(undefined, given, { role: 'leader', agency: null }, law, at('2026-07-08 08:00'));
    expect(refusalOf(anew)).toBe('AGENCY_MERGED');
  });

  it('new procedures ask the successor, once, and never itself', () => {
    const facts = asked().state.facts;
    const day = plainDate('2026-07-08');
    const of = (merged: Law) => merged.procedureAt('irc-ordinary', day, facts);
    const agencies = (merged: Law) => of(merged).consultations.map(({ agency }) => agency);
    expect(agencies(law)).toEqual(['doit', 'dpa']);
    const both = mergersAt('2026-07-07 08:00', ['dost', 'doc'], ['dpa', 'doc']);
    expect(agencies(both)).toEqual(['doc']);
    expect(of(both).formerConsultations?.map(({ agency }) => agency)).toEqual(['dost', 'dpa']);
    const decider = mergersAt('2026-07-07 08:00', ['dost', 'shtp-board'], ['dpa', 'shtp-board']);
    expect(agencies(decider)).toEqual([]);
    // The graph of the steps stays: nobody is left to be asked, and that step is done by itself.
    expect(of(decider).steps.map((step) => step.code)).toEqual(of(law).steps.map((step) => step.code));
  });
  it('keeps the questions that it had under every name it was asked by, and the successor its own', () => {
    const { facts } = asked().state;
    const of = (...pairs: (readonly [string, string])[]) =>
      mergersAt('2026-07-07 08:00', ...pairs).procedureAt('irc-ordinary', plainDate('2026-07-08'), facts);
    const questions = (resolved: ReturnType<typeof of>, agency: string) =>
      opinionDefinition(resolved, agency)?.fields.map(({ code: one, name }) => [one, name.vi]);
    const [dost, dpa] = ['dost', 'dpa'].map((agency) => questions(of(), agency));
    expect(dost).not.toEqual(dpa);
    // Into another that is asked: each its own.
    expect([questions(of(['dost', 'dpa']), 'dost'), questions(of(['dost', 'dpa']), 'dpa')]).toEqual([dost, dpa]);
    // Over two mergers, whoever was asked on the way too.
    const twice = of(['dost', 'doit'], ['doit', 'doc']);
    for (const name of ['dost', 'doit', 'doc']) expect(questions(twice, name)).toEqual(dost);
    // Whoever was asked and decides now still answers what it was asked.
    expect(questions(of(['shtp-board', 'dpa']), 'dpa')).toEqual(dpa);
  });
});

describe('a merger is refused', () => {
  const proposed = (from: string, into: string, data: CatalogueData = seeded) => {
    const agency = data.agencies.find((one) => one.code === from);
    if (!agency) throw new Error(from);
    return checkedWithCityData(data, { kind: 'agency', code: from, data: { ...agency, mergedInto: into } });
  };
  const reasonOf = (act: () => unknown): unknown => {
    try {
      act();
    } catch (error) {
      if (error instanceof Refusal && error.code === 'MERGER_REFUSED') return error.details?.['reason'];
      throw error;
    }
    return 'accepted';
  };
  it.each([
    ['into itself', 'dpa', 'dpa', seeded, 'itself'],
    ['into one that nobody knows', 'dpa', 'nobody', seeded, 'unknown'],
    ['into one that was merged', 'dost', 'dpa', mergedData(['dpa', 'doc']), 'successor-merged'],
    ['in a ring', 'doc', 'dpa', mergedData(['dpa', 'doc']), 'successor-merged'],
    ['a second time', 'dpa', 'dost', mergedData(['dpa', 'doc']), 'merged-already'],
    ['of a central body', 'city-tax', 'dof', seeded, 'central'],
    ['into a central body', 'dof', 'city-tax', seeded, 'central'],
    ['of the one-stop unit', 'hcmc-pasc', 'hcmc-office', seeded, 'one-stop-unit'],
  ])('%s', (_name, from, into, data, reason) => {
    expect(reasonOf(() => proposed(from, into, data))).toBe(reason);
  });

  it('and neither is anything published of an agency that is no more', () => {
    const data = mergedData(['dpa', 'doc']);
    const agency = data.agencies.find(({ code: one }) => one === 'dpa');
    if (!agency) throw new Error('dpa');
    const { mergedInto: _into, ...again } = agency;
    expect(reasonOf(() => withCityData(data, { kind: 'agency', code: 'dpa', data: again }))).toBe('merged-already');
  });

  it('into another one of the City is accepted, and who stood under it stands under that one', () => {
    const data = proposed('dae', 'doc');
    const catalogue = buildCatalogue(data);
    const under = seeded.agencies.filter(({ parent }) => parent === 'dae').map((one) => one.code);
    expect(under.length).toBeGreaterThan(0);
    for (const one of under) expect(catalogue.agencies.get(one)?.parent).toBe('doc');
  });
});
