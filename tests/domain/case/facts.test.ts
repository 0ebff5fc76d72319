import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../domain/case/task/commands.js';
import { allTasks } from '../../../domain/case/task/state.js';
import type { Actor } from '../../../domain/case/events.js';
import { isFinished } from '../../../domain/case/procedure/progress.js';
import { latestAttempt } from '../../../domain/case/procedure/state.js';
import { laneOf } from '../../../domain/case/lane/state.js';
import { caseScope } from '../../../domain/case/scope.js';
import type { ProjectFacts } from '../../../domain/law/procedure.js';
import { type Filing, screen } from '../../../domain/lane/screening.js';
import { measureCase } from '../../../domain/measures/days.js';
import { factsOf } from '../../../domain/measures/facts.js';
import { foldCase } from '../../../domain/case/fold.js';
import { dateOf } from '../../../domain/time/instants.js';
import { catalogue, exampleProjects } from '../../../seeds/index.js';
import { greenProject, inMemory, LicensingLife } from '../../support/licensing-life.js';
import { at, MemoryRegister, person, refusalOf, refusedBy, seededLaw } from '../../support/memory-register.js';

const filedAt = at('2026-07-06 08:30');
const investor = person('investor.test', 'investor');
const [one, two] = [1, 2].map((n) => person(`officer.dof.${n}`, 'officer', 'dof')) as [Actor, Actor];
const code = 'LX-260706-0001';
const { cmc } = exampleProjects;

const filed = (filing: Filing): MemoryRegister => {
  const register = new MemoryRegister(code);
  register.open(filing, filedAt, 'standard');
  return register;
};
const withProject = (filing: Filing, project: Partial<Filing['project']>): Filing => ({
  ...filing,
  project: { ...filing.project, ...project },
});
const screened = (filing: Filing) => screen(filing, filedAt, catalogue(), dateOf(filedAt));

const propose = (register: MemoryRegister, facts: ProjectFacts, by = investor, when = '07-06 11:00') =>
  register.act(by, at(`2026-${when}`), { type: 'proposeFacts', facts, reason: 'as measured', documentId: 'doc-1' });
const taskOf = ({ state }: MemoryRegister, question: string) =>
  [...allTasks(state)].find(({ key }) => key === `fact/${question}`);
const answer = (
  register: MemoryRegister,
  question: string,
  said: Partial<Completion>,
  by = one,
  when = '07-07 09:00',
) =>
  register.act(by, at(`2026-${when}`), {
    type: 'completeTask',
    taskId: taskOf(register, question)?.id ?? '',
    completion: { outcome: 'confirm', reason: 'r', legalBasis: 'the survey of 6 July', ...said },
  });
const planned = ({ state }: MemoryRegister, procedure: string) =>
  state.plan.find((item) => item.procedure === procedure);

describe('what nobody knows at filing', () => {
  const unknown = greenProject({ restrictedTechnology: null });
  const restricted = 'restricted-technology-approval';

  it('makes nothing mandatory, and is somebody’s open question with a date', () => {
    const register = filed(unknown);
    const { state } = register;
    expect(planned(register, restricted)).toMatchObject({ mandatory: false });
    expect(state.baseline).toMatchObject({ days: 13, cityDays: 13 });
    expect(state.factQuestions).toMatchObject({
      F1: {
        facts: { 'project.restrictedTechnology': null },
        by: null,
        agency: 'dof',
        answerBy: '2026-07-13',
        outcome: null,
      },
    });
    expect(taskOf(register, 'F1')).toMatchObject({
      kind: 'fact',
      agency: 'dof',
      role: 'officer',
      dueDate: '2026-07-13',
    });
    // What is known to be needed waits for nothing of which nobody knows it.
    const known = filed(greenProject({ restrictedTechnology: false }));
    for (const item of known.state.plan) expect(planned(register, item.procedure)).toEqual(item);
    expect(known.state.factQuestions).toEqual({});
  });

  it('keeps the case open, and its figure back, until somebody knows it', async () => {
    const register = filed(unknown);
    const life = new LicensingLife(inMemory(register), investor);
    await life.certificate();
    await life.company('07-14 17:00', '07-14 17:00', '07-15', '07-16');
    await life.open('tax-registration', '07-16 17:00');
    const scope = latestAttempt(register.state, 'tax-registration')?.scope ?? '';
    register.engine(scope, at('2026-07-16 17:00'), { type: 'receiveByDecision' });
    await life.machine('tax-registration', 'synchronise', '07-16 17:00');
    await life.handOver('tax-registration', '07-16 17:00');
    expect(isFinished(register.state)).toBe(false);
    const close = () => register.engine(caseScope(code), at('2026-07-16 17:10'), { type: 'closeCase' });
    expect(refusedBy(close).details).toMatchObject({ facts: ['F1'], missing: [] });
    const { case: before } = factsOf(register.state, seededLaw);
    expect(before).toMatchObject({ reduction: null, exclusions: ['facts-open'] });
    // Known after the decision: an unknown fact is answered, not corrected.
    answer(register, 'F1', { facts: { 'project.restrictedTechnology': false } }, one, '07-17 09:00');
    expect(isFinished(register.state)).toBe(true);
    expect(factsOf(register.state, seededLaw).case.exclusions).toEqual([]);
    expect(register.state.baseline).toEqual({ days: 13, endDate: register.state.baseline.endDate, cityDays: 13 });
  });

  it('is found out once a decision is known: the plan is that of the fact, the baseline gets no longer', async () => {
    const register = filed(unknown);
    await new LicensingLife(inMemory(register), investor).certificate();
    const { baseline: before } = register.state;
    answer(register, 'F1', { facts: { 'project.restrictedTechnology': true } }, one, '07-15 09:00');
    expect(planned(register, restricted)).toMatchObject({ mandatory: true });
    const { baseline } = register.state;
    expect(baseline).toMatchObject({ days: 13, endDate: before.endDate, cityDays: 13 });
    expect(baseline.corrected).toMatchObject({ stated: { days: 13 }, right: { days: 22 } });
    expect(foldCase(code, register.events)).toEqual(register.state);
  });

  it('is found out once a term was broken: the baseline gets no longer, either', async () => {
    const register = filed(unknown);
    await new LicensingLife(inMemory(register), investor).certificateUntilAnswers();
    // Promised for the 15th: on that day nothing is broken yet, on the next one it is.
    const later = filed(unknown);
    await new LicensingLife(inMemory(later), investor).certificateUntilAnswers();
    answer(register, 'F1', { facts: { 'project.restrictedTechnology': true } }, one, '07-15 09:00');
    answer(later, 'F1', { facts: { 'project.restrictedTechnology': true } }, one, '07-16 09:00');
    expect([register.state.baseline.days, later.state.baseline.days]).toEqual([22, 13]);
  });

  it('is presumed, and put right once a term was broken: no fact whatever makes the baseline longer', async () => {
    const presumed = filed(cmc).state.presumed ?? [];
    let raised = 0;
    for (const attr of presumed) {
      const before = filed(cmc);
      const known = before.state.facts[attr];
      const facts = { [attr]: typeof known === 'boolean' ? !known : known === null ? true : 1 };
      if (refusalOf(() => propose(before, facts)) !== 'accepted') continue;
      const question = Object.keys(before.state.factQuestions).at(-1) ?? '';
      answer(before, question, {});
      const after = filed(cmc);
      const { days, cityDays = 0 } = after.state.baseline;
      if (before.state.baseline.days > days) raised += 1;
      const [first] = after.state.plan.filter((item) => item.mandatory && item.after.length === 0);
      const life = new LicensingLife(inMemory(after), investor);
      await life.open(first?.procedure ?? '', '07-06 09:00');
      await life.file(first?.procedure ?? '', '07-06 10:00');
      await life.counter(first?.procedure ?? '', '07-06 10:00', '07-07 10:00');
      propose(after, facts, investor, '12-15 09:00');
      answer(after, question, {}, one, '12-15 10:00');
      expect(after.state.baseline.days).toBeLessThanOrEqual(days);
      expect(after.state.baseline.cityDays).toBeLessThanOrEqual(cityDays);
    }
    expect(raised).toBeGreaterThan(0);
  });

  it('is found out by whoever owns the lane: plan and baseline are those of the fact from then on', () => {
    const register = filed(unknown);
    const stay = () => answer(register, 'F1', { outcome: 'keep' });
    expect(refusalOf(stay)).toBe('PRECONDITION_FAILED');
    expect(refusalOf(() => answer(register, 'F1', {}))).toBe('VALIDATION_FAILED');
    answer(register, 'F1', { facts: { 'project.restrictedTechnology': true } });
    const right = screened(greenProject({ restrictedTechnology: true }));
    expect(planned(register, restricted)).toMatchObject({ mandatory: true });
    expect(register.state.baseline).toEqual({
      days: right.baselineDays,
      endDate: right.baselineEndDate,
      cityDays: right.cityBaselineDays,
    });
    // Thirty calendar days from 6 July end on 5 August: twenty-two working days.
    expect(right.baselineDays).toBe(22);
    expect(register.state.facts).toEqual(right.facts);
    expect(register.state.factQuestions).toMatchObject({ F1: { outcome: 'confirmed' } });
    expect(foldCase(code, register.events)).toEqual(register.state);
  });

  it('may be said by the investor: whoever knows answers the open question, too', () => {
    const register = filed(unknown);
    propose(register, { 'project.restrictedTechnology': true });
    expect(register.state.factQuestions).toMatchObject({ F2: { by: 'investor.test', documentId: 'doc-1' } });
    answer(register, 'F2', {});
    expect(register.state.factQuestions).toMatchObject({ F1: { outcome: 'overtaken' }, F2: { outcome: 'confirmed' } });
    expect(taskOf(register, 'F1')).toMatchObject({ status: 'cancelled' });
    expect(planned(register, restricted)).toMatchObject({ mandatory: true });
  });
});

describe('a fact that was filed wrong', () => {
  it('is put right by one and confirmed by another, and of two baselines the smaller counts', () => {
    // Stated: group III. In truth group I: its assessment is needed, and the baseline by law is longer.
    const stated = screened(withProject(cmc, { environmentalGroup: 'III' }));
    const right = screened(withProject(cmc, { environmentalGroup: 'I' }));
    expect(right.baselineDays).toBeGreaterThan(stated.baselineDays);
    const register = filed(withProject(cmc, { environmentalGroup: 'III' }));
    propose(register, { 'project.environmentalGroup': 'I' }, one);
    expect(refusalOf(() => answer(register, 'F1', {}, one))).toBe('PROPOSER_CANNOT_APPROVE');
    answer(register, 'F1', {}, two);
    const { baseline, plan } = register.state;
    expect(plan.some(({ procedure, mandatory }) => procedure === 'eia-group-1' && mandatory)).toBe(true);
    expect(baseline).toMatchObject({
      days: stated.baselineDays,
      cityDays: Math.min(stated.cityBaselineDays, right.cityBaselineDays),
      corrected: { stated: { days: stated.baselineDays }, right: { days: right.baselineDays } },
    });
    // The other way round: whoever stated the longer one gains nothing by it.
    const other = filed(withProject(cmc, { environmentalGroup: 'I' }));
    propose(other, { 'project.environmentalGroup': 'III' });
    answer(other, 'F1', {});
    expect(other.state.baseline.days).toBe(stated.baselineDays);
  });

  it('and what was unknown beside it replaces both', () => {
    const register = filed(withProject(cmc, { environmentalGroup: 'III', restrictedTechnology: null }));
    propose(register, { 'project.environmentalGroup': 'I' });
    answer(register, 'F2', {});
    answer(register, 'F1', { facts: { 'project.restrictedTechnology': true } }, one, '07-07 10:00');
    const [stated, right] = (['III', 'I'] as const).map((environmentalGroup) =>
      screened(withProject(cmc, { environmentalGroup, restrictedTechnology: true })),
    );
    expect(register.state.baseline.days).toBe(stated?.baselineDays);
    expect(register.state.facts).toEqual(right?.facts);
  });

  it('at the wrong body: what was begun there ends with its reason, and its dossier goes to the right one; its days count', async () => {
    const register = filed(greenProject());
    const life = new LicensingLife(inMemory(register), investor);
    await life.certificateUntilAnswers();
    const before = latestAttempt(register.state, 'irc-ordinary');
    propose(register, { 'project.site.zone': 'HEPZA' }, investor, '07-13 09:00');
    answer(register, 'F1', {}, one, '07-13 10:00');
    const [first] = Object.values(register.state.procedures);
    expect(first).toMatchObject({ attempt: 1, competentAgency: 'shtp-board', closed: { outcome: 'not-needed' } });
    // What it was begun with stays what it says.
    expect(first?.facts).toMatchObject({ 'project.site.zone': 'SHTP' });
    expect(first?.printedDueDate).toBe(before?.printedDueDate);
    const next = latestAttempt(register.state, 'irc-ordinary');
    expect(next).toMatchObject({ attempt: 2, competentAgency: 'hepza', stage: 'intake', receivedAt: null });
    const filedAnew = next?.filings[0]?.documents.map((one) => one.code);
    expect(filedAnew).toEqual(expect.arrayContaining(['financial-capacity']));
    const open = [...allTasks(register.state)].filter(
      ({ scope, status }) => scope === first?.scope && status !== 'done',
    );
    expect(open.every(({ status }) => status === 'cancelled')).toBe(true);
    // The five working days from the 6th to the 13th that the City held it are in its chain.
    const measured = measureCase({
      state: register.state,
      calendar: seededLaw.caseCalendar,
      commandedByCity: seededLaw.commandedByCity,
      asOf: at('2026-07-15 12:00'),
    });
    expect(measured.cityDays).toBe(7);
  });

  it('that makes a procedure needless: it was begun in vain, and no day of it is forgotten', async () => {
    const withLand = (land: Filing['project']['site']['land']) => {
      const { project } = greenProject();
      return greenProject({ site: { ...project.site, land } });
    };
    const register = filed(withLand('cleared-land'));
    const policy = 'investment-policy-park';
    expect(planned(register, policy)).toBeDefined();
    const scope = caseScope(code);
    register.engine(scope, at('2026-07-06 09:00'), { type: 'openProcedure', procedure: policy });
    const life = new LicensingLife(inMemory(register), investor);
    await life.file(policy, '07-06 10:00');
    await life.counter(policy, '07-06 10:00', '07-06 11:00');
    propose(register, { 'project.site.land': 'leased-factory' }, investor, '07-13 09:00');
    answer(register, 'F1', {}, one, '07-13 10:00');
    expect(latestAttempt(register.state, policy)?.closed).toMatchObject({ outcome: 'not-needed' });
    expect(planned(register, policy)).toBeUndefined();
    expect(planned(register, 'irc-ordinary')).toMatchObject({ mandatory: true });
    expect(register.state.needless).toMatchObject([{ item: { procedure: policy } }]);
    register.engine(scope, at('2026-07-13 11:00'), { type: 'openProcedure', procedure: 'irc-ordinary' });
    await life.file('irc-ordinary', '07-13 12:00');
    await life.counter('irc-ordinary', '07-13 13:00', '07-13 14:00');
    const measured = measureCase({
      state: register.state,
      calendar: seededLaw.caseCalendar,
      commandedByCity: seededLaw.commandedByCity,
      asOf: at('2026-07-20 12:00'),
    });
    // Five working days in vain and five of the certificate.
    expect(measured.cityDays).toBe(10);
    expect(measured.cityPath).toEqual([policy, 'irc-ordinary']);
    expect(measured.path).toEqual([policy, 'irc-ordinary']);
    expect(measured.spans.reduce((sum, { workingDays }) => sum + workingDays, 0)).toBe(measured.workingDays);
    expect(foldCase(code, register.events)).toEqual(register.state);
  });

  it('moves no term that was promised: what is received goes on as it was received', async () => {
    const register = filed(greenProject());
    const life = new LicensingLife(inMemory(register), investor);
    await life.certificateUntilAnswers();
    const before = latestAttempt(register.state, 'irc-ordinary');
    propose(register, { 'project.capital.foreignShare': 0.6 }, investor, '07-10 09:00');
    answer(register, 'F1', {}, one, '07-10 10:00');
    const { facts: _facts, ...after } = latestAttempt(register.state, 'irc-ordinary') ?? {};
    expect(after).toEqual(before);
  });

  it('is not put right once a decision rests on it', async () => {
    const register = filed(greenProject());
    const life = new LicensingLife(inMemory(register), investor);
    propose(register, { 'project.site.zone': 'HEPZA' }, investor, '07-06 09:30');
    await life.certificate();
    const late = refusedBy(() => propose(register, { 'project.site.land': 'cleared-land' }, investor, '07-15 09:00'));
    expect([late.code, late.details]).toEqual([
      'FACT_DECIDED',
      { facts: ['project.site.land'], decided: ['irc-ordinary'] },
    ]);
    // Asked in time and answered too late: nothing is half written.
    const seq = register.state.seq;
    expect(refusalOf(() => answer(register, 'F1', {}, one, '07-15 10:00'))).toBe('FACT_DECIDED');
    expect(register.state.seq).toBe(seq);
    answer(register, 'F1', { outcome: 'keep' }, one, '07-15 11:00');
    expect(register.state.factQuestions).toMatchObject({ F1: { outcome: 'kept' } });
  });

  it('closes or opens the lane as a claim does, and touches no finding', () => {
    const register = filed(withProject(cmc, { keyProjectListed: null }));
    expect(laneOf(register.state)).toBe('undecided');
    propose(register, { 'project.keyProjectListed': false });
    answer(register, 'F1', {});
    expect(laneOf(register.state)).toBe('standard');
    propose(register, { 'project.keyProjectListed': true }, investor, '07-07 11:00');
    answer(register, 'F2', {}, one, '07-07 12:00');
    // A claim proves nothing: an officer decides.
    expect(laneOf(register.state)).toBe('undecided');
  });

  it.each<[string, ProjectFacts, string]>([
    ['nothing', {}, 'VALIDATION_FAILED'],
    ['who the investor is', { 'investor.country': 'VN' }, 'VALIDATION_FAILED'],
    ['what is derived', { 'derived.siteBoard': 'hepza' }, 'VALIDATION_FAILED'],
    ['a zone that is none', { 'project.site.zone': 'MOON' }, 'VALIDATION_FAILED'],
    ['a share beyond the whole', { 'project.capital.foreignShare': 1.5 }, 'VALIDATION_FAILED'],
    ['half an expert', { 'project.foreignExperts': 2.5 }, 'VALIDATION_FAILED'],
    ['what it is already', { 'project.site.zone': 'SHTP' }, 'VALIDATION_FAILED'],
    ['something of every object', { constructor: 'x' }, 'VALIDATION_FAILED'],
  ])('is refused where it is %s', (_what, facts, refusal) => {
    const register = filed(greenProject());
    expect(refusalOf(() => propose(register, facts))).toBe(refusal);
    expect(register.events).toHaveLength(1);
  });

  it('is asked once at a time, and answered for what was asked alone', () => {
    const register = filed(greenProject());
    propose(register, { 'project.site.zone': 'HEPZA' });
    expect(refusalOf(() => propose(register, { 'project.site.zone': 'QTSC' }))).toBe('DUPLICATE_REQUEST');
    const more = { facts: { 'project.site.zone': 'HEPZA', 'project.construction': true } };
    expect(refusalOf(() => answer(register, 'F1', more))).toBe('VALIDATION_FAILED');
  });
});
