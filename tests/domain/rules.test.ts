import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Condition,
  evaluate,
  negate,
  projectFacts,
  type ProjectFacts,
  type Rule,
} from '../../domain/law/rules.js';
import { catalogue, exampleProjects } from '../../seeds/index.js';

const seed = 20261122;
const attrs = ['project.a', 'project.b', 'project.c'];
const value = fc.constantFrom('x', 'y', 1, 2, true, false);
const fact = fc.oneof(value, fc.constant(null));
const facts = fc.record(Object.fromEntries(attrs.map((attr) => [attr, fact]))) as fc.Arbitrary<ProjectFacts>;
// Operators that read null as «not known»; `not-in`, `not-null` and a comparison with null itself read it as a value.
const condition: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ attr: fc.constantFrom(...attrs), op: fc.constantFrom('eq' as const, 'ne' as const), value }),
  fc.record({
    attr: fc.constantFrom(...attrs),
    op: fc.constant('in' as const),
    value: fc.array(value, { maxLength: 3 }),
  }),
  fc.record({ attr: fc.constantFrom(...attrs), op: fc.constant('true-or-default' as const), value: fc.constant(null) }),
);
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    condition,
    fc.record({ all: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
  ),
}));

const check = <Values>(property: fc.IProperty<Values>) => {
  fc.assert(property, { seed, numRuns: 2000 });
};
const ask = (test: Condition, given: ProjectFacts) => evaluate(test, given);

describe('three-valued rules', () => {
  it('keep De Morgan’s laws', () => {
    check(
      fc.property(fc.array(rule, { maxLength: 4 }), facts, (parts, given) => {
        const negated = parts.map((part) => ({ not: part }));
        expect(evaluate({ not: { all: parts } }, given)).toBe(evaluate({ any: negated }, given));
        expect(evaluate({ not: { any: parts } }, given)).toBe(evaluate({ all: negated }, given));
      }),
    );
  });

  it('negate twice to themselves, and take neither more nor less from a part said twice', () => {
    check(
      fc.property(rule, facts, (part, given) => {
        const verdict = evaluate(part, given);
        expect(negate(negate(verdict))).toBe(verdict);
        expect(evaluate({ all: [part, part] }, given)).toBe(verdict);
        expect(evaluate({ any: [part, part] }, given)).toBe(verdict);
      }),
    );
  });

  it('never turn yes into no, or no into yes, when something unknown becomes known', () => {
    check(
      fc.property(rule, facts, fc.constantFrom(...attrs), value, (part, given, attr, learnt) => {
        if (given[attr] !== null) return;
        const before = evaluate(part, given);
        const after = evaluate(part, { ...given, [attr]: learnt });
        if (before !== 'unknown') expect(after).toBe(before);
      }),
    );
  });

  it('are yes for all of nothing and no for any of nothing', () => {
    expect(evaluate({ all: [] }, {})).toBe('yes');
    expect(evaluate({ any: [] }, {})).toBe('no');
  });

  it.each([
    [{ op: 'eq', value: true }, null, 'unknown'],
    [{ op: 'eq', value: true }, false, 'no'],
    [{ op: 'eq', value: null }, null, 'yes'],
    [{ op: 'eq', value: null }, '0312345678', 'no'],
    [{ op: 'ne', value: 'VN' }, 'NL', 'yes'],
    [{ op: 'ne', value: 'VN' }, null, 'unknown'],
    [{ op: 'gt', value: 0.5 }, 0.5, 'no'],
    [{ op: 'gt', value: 0.5 }, 0.51, 'yes'],
    [{ op: 'gt', value: 0.5 }, null, 'unknown'],
    [{ op: 'in', value: ['none', null] }, null, 'yes'],
    [{ op: 'in', value: ['SHTP'] }, null, 'unknown'],
    [{ op: 'in', value: ['SHTP'] }, 'EZ', 'no'],
    [{ op: 'not-in', value: [14] }, null, 'yes'],
    [{ op: 'not-in', value: [14] }, 14, 'no'],
    [{ op: 'not-null', value: null }, null, 'no'],
    [{ op: 'not-null', value: null }, 14, 'yes'],
    [{ op: 'true-or-default', value: null }, true, 'yes'],
    [{ op: 'true-or-default', value: null }, false, 'no'],
    [{ op: 'true-or-default', value: null }, null, 'unknown'],
  ] as const)('read %j of %j as %s', (test, given, verdict) => {
    const { op } = test;
    const wanted = typeof test.value === 'object' && test.value !== null ? [...test.value] : test.value;
    expect(ask({ attr: 'project.a', op, value: wanted }, { 'project.a': given })).toBe(verdict);
  });

  it('let a rule say that a missing value means yes, but not that a wrong one does', () => {
    const test: Condition = { attr: 'project.a', op: 'eq', value: true, onUnknown: 'yes-if-null' };
    expect(ask(test, { 'project.a': null })).toBe('yes');
    expect(ask(test, { 'project.a': false })).toBe('no');
    expect(ask({ ...test, onUnknown: 'officer-decides' }, { 'project.a': null })).toBe('unknown');
  });

  it('refuse an attribute nobody declared, and a comparison of what is no number', () => {
    expect(() => ask({ attr: 'project.z', op: 'eq', value: 1 }, {})).toThrow('DEFINITION_INVALID');
    expect(() => ask({ attr: 'project.a', op: 'gt', value: 1 }, { 'project.a': 'many' })).toThrow('DEFINITION_INVALID');
  });
});

describe('the facts of a project', () => {
  const { rules } = catalogue();
  const { besi, cmc } = exampleProjects;

  it('fill what is missing by the rule of the catalogue, and what is given stays', () => {
    expect(projectFacts(cmc, rules)).toMatchObject({
      'project.feasibilityAppraisedByAgency': true,
      'project.eiaRequired': true,
      'project.fireListedWorks': true,
      'project.primeMinisterCase': false,
      'project.article24Clause': null,
    });
    const given = { ...cmc, project: { ...cmc.project, eiaRequired: false } };
    expect(projectFacts(given, rules)).toMatchObject({ 'project.eiaRequired': false, 'derived.eia': false });
  });

  it('derive who needs what', () => {
    expect(projectFacts(besi, rules)).toMatchObject({
      'derived.siteKind': 'park',
      'derived.siteBoard': 'shtp-board',
      'derived.needsPolicyApproval': false,
      'derived.needsIrc': true,
      'derived.needsNewCompany': true,
      'derived.feasibilityByAgency': false,
      'derived.competentLevel': 'city',
    });
    expect(projectFacts(cmc, rules)).toMatchObject({
      'derived.needsPolicyApproval': true,
      'derived.needsIrc': false,
      'derived.needsNewCompany': false,
      'derived.stateLand': true,
    });
  });

  it('give every zone that the decree names its kind and board', () => {
    const at = (zone: string) => {
      const elsewhere = { ...besi, project: { ...besi.project, site: { ...besi.project.site, zone } } };
      const facts = projectFacts(elsewhere, rules);
      return [facts['derived.siteKind'], facts['derived.siteBoard']];
    };
    expect(at('SHTP')).toEqual(['park', 'shtp-board']);
    for (const zone of ['HEPZA', 'DTP', 'FTZ', 'QTSC', 'EZ']) expect(at(zone)).toEqual(['zone', 'hepza']);
    expect(at('IFC')).toEqual(['zone', 'vifc-authority']);
    expect(at('none')).toEqual(['province', null]);
  });

  it('keep the company in the plan of a foreign investor, whatever number they have at home', () => {
    const abroad = { ...besi, investor: { ...besi.investor, country: 'JP', registrationNumber: '1234567890123' } };
    expect(projectFacts(abroad, rules)['derived.needsNewCompany']).toBe(true);
  });

  it('carry no name, no money and no other text of the filing', () => {
    const text = JSON.stringify(projectFacts(cmc, rules));
    expect(text).not.toContain('CMC');
    expect(text).not.toContain(cmc.project.capital.totalVnd);
  });
});
