import { definitionValue, definitionWord, derivedWord } from '../../domain/law/definition-words.js';
import { filingWords } from '../../domain/law/filing-words.js';
import { registerCodes, registerName } from '../../domain/law/registers.js';
import type { Rule } from '../../domain/law/rules.js';
import { trialWords } from '../../domain/law/trial-words.js';
import { factName, factValue } from '../officer/facts.js';
import type { Said, Words } from '../words/words.js';

export type Place = readonly string[];
export type Node = Readonly<Record<string, unknown>>;
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Definitions in the words of one reader: places, values and rules, with no code where something has a name. */
export interface Readable {
  readonly placeName: (place: Place) => string;
  readonly text: (place: Place, value: unknown) => string;
  readonly rule: (rule: Rule) => string;
}

const isSaid = (value: unknown): value is Said =>
  isNode(value) && typeof value['vi'] === 'string' && typeof value['en'] === 'string';
const isBoth = (value: unknown): value is Said => isSaid(value) && Object.keys(value).length === 2;
interface Term {
  readonly amount: number;
  readonly unit: string;
}
const isTerm = (value: unknown): value is Term =>
  isNode(value) && typeof value['amount'] === 'number' && typeof value['unit'] === 'string' && isOf(value, 2);
const isOf = (value: Node, keys: number): boolean => Object.keys(value).length === keys;

/** Whether a value is a rule over facts. */
export const isRule = (value: unknown): value is Rule =>
  isNode(value) &&
  (('attr' in value && 'op' in value) ||
    (isOf(value, 1) && (Array.isArray(value['all']) || Array.isArray(value['any']) || isNode(value['not']))));

/** What nobody has to read where something has a name: its code. */
export const shownKeys = (value: Node): readonly string[] =>
  Object.keys(value).filter((key) => key !== 'code' || !('name' in value || 'text' in value));

/** Every code of a definition that has a name in it: a step, a document, a gate. */
export function namesIn(data: unknown, found = new Map<string, Said>()): ReadonlyMap<string, Said> {
  if (Array.isArray(data)) for (const one of data) namesIn(one, found);
  else if (isNode(data)) {
    const name = [data['name'], data['text']].find(isSaid);
    if (typeof data['code'] === 'string' && name !== undefined) found.set(data['code'], name);
    for (const one of Object.values(data)) namesIn(one, found);
  }
  return found;
}

/** What names a part of a definition where it stands among others. */
const namers = ['name', 'procedure', 'agency', 'event', 'ground', 'text'] as const;
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0);

const cited = new Set(['legalBasis', 'basis', 'clause', 'source', 'budgetBasis', 'ratesBasis', 'act', 'article']);

/** `names`: what codes are called, those of the definition itself and those of agencies and procedures. */
export function readableIn(words: Words, names: ReadonlyMap<string, Said>): Readable {
  const { t, say, day, number, percent, cite, money } = words;

  const factOf = (attr: string): string => {
    const known =
      derivedWord(attr) ??
      (filingWords as Readonly<Record<string, { readonly name: Said }>>)[attr]?.name ??
      (trialWords as Readonly<Record<string, { readonly name: Said }>>)[attr]?.name;
    return known === undefined ? factName(attr, words) : say(known);
  };
  const memberOf = (attr: string, value: unknown): string => {
    const name = typeof value === 'string' ? names.get(value) : undefined;
    return name === undefined ? factValue(attr, value, words) : say(name);
  };
  const rule = (one: Rule): string => {
    if ('all' in one) return one.all.length === 0 ? t('ruleAlways') : one.all.map(inner).join(t('ruleAnd'));
    if ('any' in one) return one.any.length === 0 ? t('ruleNever') : one.any.map(inner).join(t('ruleOr'));
    if ('not' in one) return t('ruleNot', { rule: rule(one.not) });
    const { attr, op, value } = one;
    const fact = factOf(attr);
    const members = (Array.isArray(value) ? value : [value]).map((each) => memberOf(attr, each)).join(', ');
    switch (op) {
      case 'eq':
        return t('ruleIs', { fact, value: members });
      case 'ne':
        return t('ruleIsNot', { fact, value: members });
      case 'gt':
        return t('ruleAbove', { fact, value: members });
      case 'in':
        return t('ruleIn', { fact, value: members });
      case 'not-in':
        return t('ruleNotIn', { fact, value: members });
      case 'not-null':
        return t('ruleKnown', { fact });
      case 'true-or-default':
        return t('ruleIs', { fact, value: t('yes') });
    }
  };
  const inner = (one: Rule): string =>
    ('all' in one && one.all.length > 1) || ('any' in one && one.any.length > 1) ? `(${rule(one)})` : rule(one);

  const placeName = (place: Place): string => {
    const last = place.at(-1) ?? '';
    const word = definitionWord(place);
    if (word !== undefined) return say(word);
    const name = names.get(last);
    return name === undefined ? last : say(name);
  };
  const unit = (code: string): string => {
    const word = definitionValue(['unit'], code);
    return word === undefined ? code : say(word);
  };
  const code = (place: Place, value: string): string => {
    const last = place.at(-1) ?? '';
    const word = definitionValue(place, value) ?? (cited.has(last) ? undefined : names.get(value));
    if (word !== undefined) return say(word);
    if (cited.has(last)) return cite(value);
    // Places of the definition itself: `council.needed`, `externalPermits[flight-permission]`.
    if ((last === 'path' || last === 'unverified') && /^[\w.[\]-]+$/.test(value)) {
      const keys = value.replaceAll(/\[([^\]]*)\]/g, '.$1').split('.');
      return keys.map((_key, n) => placeName(keys.slice(0, n + 1))).join(' › ');
    }
    if (registerCodes.includes(value)) return say(registerName(value));
    if (place.at(-1) === 'filed') return factOf(value);
    if (place.at(-1) === 'upToVnd') return money(value);
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : value;
  };
  const text = (place: Place, value: unknown): string => {
    if (value === undefined) return t('none');
    if (value === null) return place.at(-1) === 'upToVnd' ? t('none') : '–';
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number')
      return ['shareOfBudget', 'maxShareOfCost'].includes(place.at(-1) ?? '')
        ? percent(value)
        : number(value, Number.isInteger(value) ? 0 : 3);
    if (typeof value === 'string') return code(place, value);
    if (Array.isArray(value)) return list(place, value as readonly unknown[]);
    if (isTerm(value)) return `${number(value.amount)} ${unit(value.unit)}`;
    if (isBoth(value)) return say(value);
    if (isRule(value)) return rule(value);
    if (!isNode(value)) return JSON.stringify(value);
    return object(place, value);
  };
  /** What names it first, then the rest of it that says anything. */
  const object = (place: Place, value: Node): string => {
    const said = isSaid(value) ? say(value) : undefined;
    const keys = shownKeys(value).filter((key) => said === undefined || (key !== 'vi' && key !== 'en'));
    const namer = said === undefined ? namers.find((key) => keys.includes(key)) : undefined;
    const named = said ?? (namer === undefined ? undefined : text([...place, namer], value[namer]));
    const rest = keys
      .filter((key) => key !== namer && !isNothing(value[key]))
      .map((key) => {
        const name = placeName([...place, key]);
        return value[key] === true
          ? name
          : named !== undefined && key === 'kind'
            ? text([...place, key], value[key])
            : `${name}: ${text([...place, key], value[key])}`;
      })
      .join('; ');
    return named === undefined ? rest || '–' : rest === '' ? named : `${named} (${rest})`;
  };
  const list = (place: Place, values: readonly unknown[]): string => {
    if (values.length === 0) return t('none');
    // Pairs of an order; procedures that exclude each other.
    if (values.every(Array.isArray))
      return (values as readonly (readonly unknown[])[])
        .map((one) => one.map((each) => text(place, each)).join(place.at(-1) === 'edges' ? ' → ' : ' / '))
        .join('; ');
    return values.map((one) => text(place, one)).join(values.some(isNode) ? ' · ' : '; ');
  };
  return { placeName, text, rule };
}
