import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../domain/case/task/commands.js';
import { allTasks } from '../../../domain/case/task/state.js';
import { laneOf } from '../../../domain/case/lane/state.js';
import { type Actor } from '../../../domain/case/events.js';
import { caseScope } from '../../../domain/case/scope.js';
import { createLaw } from '../../../domain/law/law.js';
import { type CityList, evidenceCodes, predicateIds } from '../../../domain/lane/evidence.js';
import { predicatesOf } from '../../../domain/lane/predicates.js';
import { type Filing, screen } from '../../../domain/lane/screening.js';
import { openingOf } from '../../../domain/case/case/opening.js';
import { dateOf } from '../../../domain/time/instants.js';
import { catalogue, exampleProjects } from '../../../seeds/index.js';
import { anyFiling } from '../../support/filings.js';
import { findingsFor, missingEvidence } from '../../support/lane.js';
import { at, MemoryRegister, person, refusalOf, seededLaw } from '../../support/memory-register.js';

const filedAt = at('2026-07-06 09:00');
const investor = person('investor.test', 'investor');
const officer = person('officer.dof.1', 'officer', 'dof');
const head = person('head.dof', 'head', 'dof');
const code = 'LX-260706-0001';
const scope = caseScope(code);
const { cmc } = exampleProjects;

/** Filed as everybody files: what is claimed is a claim. */
function filed(filing: Filing = cmc, lists?: readonly CityList[]): MemoryRegister {
  const seeded = catalogue();
  const law = lists
    ? createLaw({ ...seeded, settings: { ...seeded.settings, lists: [...lists] } as never })
    : seededLaw;
  const register = new MemoryRegister(code, law);
  const screening = screen(filing, filedAt, seeded, dateOf(filedAt));
  const opening = openingOf({ filing, filingHash: '', screening, personId: 'investor.test' });
  register.act(investor, filedAt, { type: 'openCase', opening, managed: true });
  return register;
}

function laneTask(register: MemoryRegister, key = 'lane'): string {
  register.engine(scope, filedAt, { type: 'openTask', key, kind: 'lane', agency: 'dof', role: 'officer', step: null });
  return [...allTasks(register.state)].find((task) => task.key === key)?.id ?? '';
}

const decide = (register: MemoryRegister, completion: Completion, key = 'lane', by: Actor = officer) =>
  register.act(by, filedAt, { type: 'completeTask', taskId: laneTask(register, key), completion });
const given = (register: MemoryRegister) => {
  for (const evidence of missingEvidence(register.state)) register.act(investor, filedAt, evidence);
};

const found = ({ state }: MemoryRegister) =>
  predicatesOf(state.facts, state.kind === 'green-lane' ? state.laneFindings : []);

const said = { reason: 'r' } as const;

describe('the gate of the green lane', () => {
  it('takes nobody on their own word: of five thousand filings none is green', () => {
    fc.assert(
      fc.property(anyFiling, fc.nat(3), ({ project, ...rest }, ticked) => {
        const claims = { highTechListed: true, internationallyLinked: true, keyProjectListed: true };
        const filing = ticked > 0 ? { ...rest, project: { ...project, ...claims } } : { ...rest, project };
        const { lane, predicates } = screen(filing, filedAt, catalogue());
        expect(lane).not.toBe('green');
        for (const { verdict, evidence, proof } of predicates) {
          expect(verdict).not.toBe('yes');
          if (verdict === 'unknown') expect(proof.length).toBeGreaterThan(0);
          expect(['claim', null]).toContain(evidence);
        }
      }),
      { seed: 3301, numRuns: 5_000 },
    );
  }, 120_000);

  it('opens by evidence of each test, accepted with a reason for each', () => {
    const register = filed();
    expect(laneOf(register.state)).toBe('undecided');
    given(register);
    decide(register, { outcome: 'green', ...said, findings: findingsFor(register.state, 'green') });
    expect(laneOf(register.state)).toBe('green');
    expect(found(register)).toMatchObject(
      predicateIds.map((id) => ({ id, verdict: 'yes', evidence: 'document', proof: [] })),
    );
    const [event] = register.events.filter(({ type }) => type === 'laneDecided');
    expect(event?.payload).toMatchObject({ findings: [{ basis: 'E1' }, { basis: 'E2' }, { basis: 'E3' }] });
    // Evidence never changes what was filed.
    expect(register.state.facts).toEqual(filed().state.facts);
  });

  it('stays shut whatever the findings say, unless each rests on what was given for that test', () => {
    const basis = fc.constantFrom(
      null,
      'E1',
      'E2',
      'E3',
      'E9',
      '',
      'list/key-projects/1',
      'claim',
      '__proto__',
      'constructor',
    );
    const finding = fc.record({
      predicate: fc.constantFrom(...predicateIds),
      verdict: fc.constantFrom('yes' as const, 'no' as const),
      basis,
      reason: fc.constantFrom('r', ' '),
    });
    fc.assert(
      fc.property(
        fc.array(finding, { maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom('green', 'standard'),
        (findings, gives, outcome) => {
          const register = filed();
          if (gives) given(register);
          const answer = refusalOf(() => decide(register, { outcome, ...said, findings }));
          const proven = predicateIds.every((id, i) =>
            findings.some((one) => one.predicate === id && one.verdict === 'yes' && one.basis === `E${i + 1}`),
          );
          if (laneOf(register.state) === 'green') expect([gives, proven, findings.length]).toEqual([true, true, 3]);
          else if (answer === 'accepted') expect(findings.some(({ verdict }) => verdict === 'no')).toBe(true);
          else expect(['VALIDATION_FAILED', 'EVIDENCE_MISSING']).toContain(answer);
        },
      ),
      { seed: 20261129, numRuns: 2_000 },
    );
  }, 120_000);

  it('says what is missing, and what contradicts', () => {
    const register = filed();
    const findings = findingsFor(register.state, 'standard');
    const green = (change: Partial<Completion> = {}) =>
      refusalOf(() => decide(register, { outcome: 'green', ...said, findings, ...change }));
    expect(green()).toBe('VALIDATION_FAILED');
    expect(green({ findings: findings.slice(1) })).toBe('VALIDATION_FAILED');
    expect(green({ findings: findingsFor(register.state, 'green') })).toBe('EVIDENCE_MISSING');
    const none: Completion = { outcome: 'standard', ...said };
    expect(refusalOf(() => decide(register, none))).toBe('VALIDATION_FAILED');
    decide(register, { outcome: 'standard', ...said, findings });
    expect(laneOf(register.state)).toBe('standard');
  });

  it('takes an entry of a list of the City that was valid on the day of filing, for that enterprise', () => {
    const name = { vi: 'Danh mục dự án trọng điểm', en: 'List of key projects' };
    const entry = { number: '7', organisation: null, from: '2026-01-01', to: null, document: 'QĐ 1/2026' };
    const answer = (change: Partial<CityList['entries'][number]>, list = 'key-projects') => {
      const register = filed(cmc, [{ code: list, name, entries: [{ ...entry, ...change }] }]);
      given(register);
      const findings = findingsFor(register.state, 'green').map((one) =>
        one.predicate === 'needs-priority' ? { ...one, basis: `list/${list}/7` } : one,
      );
      const code = refusalOf(() => decide(register, { outcome: 'green', ...said, findings }));
      return code === 'accepted' ? found(register)[2]?.evidence : code;
    };
    expect(answer({})).toBe('register');
    expect(answer({ to: '2026-07-06' })).toBe('register');
    expect(answer({ to: '2026-07-05' })).toBe('ENTRY_NOT_IN_FORCE');
    expect(answer({ from: '2026-07-07' })).toBe('ENTRY_NOT_IN_FORCE');
    expect(answer({ organisation: '0399999999' })).toBe('EVIDENCE_MISSING');
    expect(answer({}, 'high-technologies')).toBe('EVIDENCE_MISSING');
  });

  it('takes a refusal to somebody else, and nothing once a decision is known', () => {
    const register = filed();
    decide(register, { outcome: 'standard', ...said, findings: findingsFor(register.state, 'standard') });
    register.act(investor, filedAt, { type: 'proposeLane', reason: 'r' });
    expect(found(register).map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown']);
    given(register);
    const green = { outcome: 'green', ...said, findings: findingsFor(register.state, 'green') };
    // What an officer refused goes to the head: another officer may not decide it either.
    for (const by of [officer, person('officer.dof.2', 'officer', 'dof')])
      expect(refusalOf(() => decide(register, green, 'lane/2', by))).toBe('FORBIDDEN');
    decide(register, green, 'lane/2', head);
    expect(laneOf(register.state)).toBe('green');
  });

  it('takes what a head refused to another officer, and never to whoever refused before', () => {
    const register = filed();
    const refuse = (key: string, by: Actor) =>
      decide(register, { outcome: 'standard', ...said, findings: findingsFor(register.state, 'standard') }, key, by);
    refuse('lane', officer);
    register.act(investor, filedAt, { type: 'proposeLane', reason: 'r' });
    refuse('lane/2', head);
    register.act(investor, filedAt, { type: 'proposeLane', reason: 'r' });
    expect(refusalOf(() => refuse('lane/3', officer))).toBe('FOUR_EYES');
    expect(refusalOf(() => refuse('lane/3', head))).toBe('FOUR_EYES');
    expect(refusalOf(() => refuse('lane/3', person('officer.dof.2', 'officer', 'dof')))).toBe('accepted');
  });

  it('refuses evidence that proves another test, the same twice, and any once the lane is green', () => {
    const register = filed();
    const give = (predicate: (typeof predicateIds)[number], evidence: string, documentId = 'd') =>
      refusalOf(() => register.act(investor, filedAt, { type: 'giveEvidence', predicate, code: evidence, documentId }));
    expect(give('high-tech', 'memorandum')).toBe('VALIDATION_FAILED');
    expect(give('high-tech', 'high-technologies')).toBe('VALIDATION_FAILED');
    expect(give('needs-priority', 'memorandum')).toBe('accepted');
    expect(give('needs-priority', 'memorandum')).toBe('DUPLICATE_REQUEST');
    given(register);
    decide(register, { outcome: 'green', ...said, findings: findingsFor(register.state, 'green') });
    expect(give('needs-priority', 'memorandum', 'd2')).toBe('PRECONDITION_FAILED');
    expect(evidenceCodes).not.toContain('key-projects');
  });
});

describe('a lane granted on false evidence', () => {
  const green = (): MemoryRegister => {
    const register = filed();
    given(register);
    decide(register, { outcome: 'green', ...said, findings: findingsFor(register.state, 'green') });
    return register;
  };
  const second = person('officer.dof.2', 'officer', 'dof');
  const doubt = { type: 'openLaneHearing', predicates: ['needs-priority'], reason: 'r' } as const;
  const ask = (register: MemoryRegister, when: string, outcome: string, by: Actor = head) => {
    const taskId = [...allTasks(register.state)].find(({ kind }) => kind === 'revocation')?.id ?? '';
    const completion = { outcome, ...said };
    return refusalOf(() => register.act(by, at(when), { type: 'completeTask', taskId, completion }));
  };

  it('is taken back once the investor has spoken, by somebody else than whoever doubts', () => {
    const register = green();
    register.act(second, at('2026-07-07 09:00'), doubt);
    const [hearing] = register.state.kind === 'green-lane' ? register.state.laneHearings : [];
    expect(hearing).toMatchObject({ answerBy: '2026-07-14', predicates: ['needs-priority'], by: 'officer.dof.2' });
    expect(refusalOf(() => register.act(second, at('2026-07-07 10:00'), doubt))).toBe('DUPLICATE_REQUEST');
    expect(ask(register, '2026-07-08 09:00', 'revoke')).toBe('REVOCATION_WITHOUT_HEARING');
    expect(ask(register, '2026-07-14 23:00', 'revoke')).toBe('REVOCATION_WITHOUT_HEARING');
    const answer = { type: 'answerLaneHearing', statement: 'it was signed' } as const;
    register.act(investor, at('2026-07-14 23:10'), answer);
    expect(refusalOf(() => register.act(investor, at('2026-07-14 23:20'), answer))).toBe('DUPLICATE_REQUEST');
    expect(ask(register, '2026-07-15 09:00', 'revoke')).toBe('accepted');
    expect(laneOf(register.state)).toBe('standard');
    expect(found(register).every(({ verdict }) => verdict === 'unknown')).toBe(true);
    expect(Object.values(register.state.procedures).every(({ promise }) => !promise)).toBe(true);
    // Before a first result the investor may propose it again.
    expect(refusalOf(() => register.act(investor, at('2026-07-15 10:00'), { type: 'proposeLane', reason: 'r' }))).toBe(
      'accepted',
    );
  });

  it('is taken back from whoever says nothing in the time they have', () => {
    const register = green();
    register.act(second, at('2026-07-07 09:00'), doubt);
    expect(ask(register, '2026-07-15 00:00', 'revoke')).toBe('accepted');
    expect(
      refusalOf(() => register.act(investor, at('2026-07-15 09:00'), { type: 'answerLaneHearing', statement: 's' })),
    ).toBe('PRECONDITION_FAILED');
  });

  it('may be kept, and doubted again', () => {
    const register = green();
    register.act(second, at('2026-07-07 09:00'), doubt);
    expect(ask(register, '2026-07-08 09:00', 'keep')).toBe('accepted');
    expect(laneOf(register.state)).toBe('green');
    expect(refusalOf(() => register.act(second, at('2026-07-09 09:00'), doubt))).toBe('accepted');
  });

  it('is doubted by its owner alone, on tests that there are, while it is green; whoever doubts does not decide', () => {
    const register = green();
    const doubted = (by: Actor, predicates: readonly (typeof predicateIds)[number][] = ['high-tech']) =>
      refusalOf(() => register.act(by, at('2026-07-07 09:00'), { ...doubt, predicates }));
    expect(doubted(person('officer.dost.1', 'officer', 'dost'))).toBe('FORBIDDEN');
    expect(doubted(investor)).toBe('FORBIDDEN');
    expect(doubted(head, [])).toBe('VALIDATION_FAILED');
    expect(doubted(head, ['high-tech', 'high-tech'])).toBe('VALIDATION_FAILED');
    expect(doubted(head)).toBe('accepted');
    expect(ask(register, '2026-08-03 09:00', 'revoke', head)).toBe('PROPOSER_CANNOT_APPROVE');
    const other = filed();
    expect(refusalOf(() => other.act(second, at('2026-07-07 09:00'), doubt))).toBe('PRECONDITION_FAILED');
  });
});
