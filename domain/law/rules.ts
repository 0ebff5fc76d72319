import type { AttributeDefinition, DerivedDefinition } from '../schemas/pathway.js';
import type { Condition, FactValue, Rule } from '../schemas/procedure.js';
import { refuse } from '../errors.js';

export type { Condition, FactValue, Rule } from '../schemas/procedure.js';

/** Three-valued truth. `unknown` never counts as yes. */
export type Verdict = 'yes' | 'no' | 'unknown';

/**
 * What the rules know of one project: every attribute of the catalogue by its dotted name (`project.site.zone`, `derived.siteKind`), flat, plain
 * JSON, free of personal data. null = no value. Defaults of the catalogue are already in.
 */
export type ProjectFacts = Readonly<Record<string, FactValue>>;

/** The attributes rules may ask for, and those computed from them, in the order in which they are computed. */
export interface AttributeRules {
  attributes: readonly AttributeDefinition[];
  derived: readonly DerivedDefinition[];
}

const rank = { no: 0, unknown: 1, yes: 2 } as const;
/** The less favourable of two verdicts. */
export const least = (a: Verdict, b: Verdict): Verdict => (rank[a] <= rank[b] ? a : b);
const greatest = (a: Verdict, b: Verdict): Verdict => (rank[a] >= rank[b] ? a : b);
const verdictOf = (truth: boolean): Verdict => (truth ? 'yes' : 'no');

export function negate(verdict: Verdict): Verdict {
  if (verdict === 'unknown') return 'unknown';
  return verdict === 'yes' ? 'no' : 'yes';
}

/** `all` is the least of its verdicts (none: yes), `any` the greatest (none: no). DEFINITION_INVALID for an attribute nobody declared. */
export function evaluate(rule: Rule, facts: ProjectFacts): Verdict {
  if ('all' in rule) return rule.all.map((part) => evaluate(part, facts)).reduce(least, 'yes');
  if ('any' in rule) return rule.any.map((part) => evaluate(part, facts)).reduce(greatest, 'no');
  if ('not' in rule) return negate(evaluate(rule.not, facts));
  const verdict = test(rule, facts);
  return verdict === 'unknown' && rule.onUnknown === 'yes-if-null' ? 'yes' : verdict;
}

/** Every attribute a rule looks at, once each. */
export function attributesIn(rule: Rule): string[] {
  if ('all' in rule) return [...new Set(rule.all.flatMap(attributesIn))];
  if ('any' in rule) return [...new Set(rule.any.flatMap(attributesIn))];
  return 'not' in rule ? attributesIn(rule.not) : [rule.attr];
}

/** The facts of a filing: its own attributes, the default where one is missing, then the derived ones. `filing` is the body that was validated. */
export function projectFacts(filing: { project: object; investor: object }, rules: AttributeRules): ProjectFacts {
  const facts: Record<string, FactValue> = {};
  for (const { attr } of rules.attributes) facts[attr] = read(filing, attr);
  return completed(facts, rules);
}

/** With what the catalogue presumes of attributes nobody stated, and everything derived. */
function completed(facts: Record<string, FactValue>, rules: AttributeRules): ProjectFacts {
  for (const attribute of rules.attributes) {
    if (facts[attribute.attr] !== null || attribute.default === null) continue;
    facts[attribute.attr] =
      'presumed' in attribute.default ? attribute.default.presumed : truthOf(evaluate(attribute.default.rule, facts));
  }
  for (const derived of rules.derived) facts[derived.attr] = derive(derived, facts);
  return facts;
}

/** The facts with some of them known or put right: what was `presumed` is presumed anew, and what is derived follows. */
export function factsWith(
  facts: ProjectFacts,
  known: ProjectFacts,
  presumed: readonly string[],
  rules: AttributeRules,
): ProjectFacts {
  const next: Record<string, FactValue> = {};
  for (const { attr } of rules.attributes) {
    const kept = presumed.includes(attr) ? null : (facts[attr] ?? null);
    next[attr] = Object.hasOwn(known, attr) ? (known[attr] ?? null) : kept;
  }
  return completed(next, rules);
}

/** What was presumed of facts that do not say so: attributes that have the value they would be presumed to have. */
export function presumedIn(facts: ProjectFacts, rules: AttributeRules): string[] {
  return rules.attributes.flatMap(({ attr, default: fallback }) => {
    if (fallback === null) return [];
    const value = 'presumed' in fallback ? fallback.presumed : truthOf(evaluate(fallback.rule, facts));
    return (facts[attr] ?? null) === value ? [attr] : [];
  });
}

/** Attributes of the filing that nobody knows and that leave the rule undecided, whatever is derived or presumed between them; none where it is decided. */
export function unknownBehind(rule: Rule, facts: ProjectFacts, rules: AttributeRules): string[] {
  if (evaluate(rule, facts) !== 'unknown') return [];
  const behind = (one: Rule) => unknownBehind(one, facts, rules);
  if ('all' in rule) return [...new Set(rule.all.flatMap(behind))];
  if ('any' in rule) return [...new Set(rule.any.flatMap(behind))];
  if ('not' in rule) return behind(rule.not);
  const derived = rules.derived.find(({ attr }) => attr === rule.attr);
  if (derived) {
    const from = 'rule' in derived ? [derived.rule] : derived.cases.flatMap(({ when }) => when ?? []);
    return [...new Set(from.flatMap(behind))];
  }
  const fallback = rules.attributes.find(({ attr }) => attr === rule.attr)?.default ?? null;
  const through = fallback !== null && 'rule' in fallback ? behind(fallback.rule) : [];
  return through.length > 0 ? through : [rule.attr];
}

/** Attributes the filing does not give and the catalogue fills in: what the figures silently rest on. */
export function presumedAttributes(filing: { project: object; investor: object }, rules: AttributeRules): string[] {
  return rules.attributes
    .filter(({ attr, default: fallback }) => fallback !== null && read(filing, attr) === null)
    .map(({ attr }) => attr);
}

function test({ attr, op, value }: Condition, facts: ProjectFacts): Verdict {
  const fact = facts[attr];
  if (fact === undefined) return refuse('DEFINITION_INVALID', { attr, reason: 'unknown attribute' });
  const members = Array.isArray(value) ? value : [value];
  switch (op) {
    case 'eq':
      return fact === null && value !== null ? 'unknown' : verdictOf(fact === value);
    case 'ne':
      return fact === null && value !== null ? 'unknown' : verdictOf(fact !== value);
    case 'gt':
      if (fact === null) return 'unknown';
      if (typeof fact !== 'number' || typeof value !== 'number') {
        return refuse('DEFINITION_INVALID', { attr, op, reason: 'not numbers' });
      }
      return verdictOf(fact > value);
    case 'in':
      return fact === null && !members.includes(null) ? 'unknown' : verdictOf(members.includes(fact));
    case 'not-in':
      return verdictOf(fact === null || !members.includes(fact));
    case 'not-null':
      return verdictOf(fact !== null);
    case 'true-or-default':
      return fact === null ? 'unknown' : verdictOf(fact === true);
  }
}

function derive(derived: DerivedDefinition, facts: ProjectFacts): FactValue {
  if ('rule' in derived) return truthOf(evaluate(derived.rule, facts));
  for (const { when, value } of derived.cases) {
    const verdict = when === null ? 'yes' : evaluate(when, facts);
    if (verdict === 'yes') return value;
    if (verdict === 'unknown') return null;
  }
  return null;
}

function truthOf(verdict: Verdict): boolean | null {
  return verdict === 'unknown' ? null : verdict === 'yes';
}

function read(filing: object, attr: string): FactValue {
  let value: unknown = filing;
  for (const name of attr.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
