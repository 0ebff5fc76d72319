import { countryOf } from '../parts/countries.js';
import { decimalOf, quantityOf, typedNumber } from './typed-number.js';

/** How one answer is written in the form and in the filing. */
export type AnswerType = 'text' | 'words' | 'country' | 'money' | 'decimal' | 'share' | 'whole' | 'choice' | 'yes-no';

export type Content = Readonly<Record<string, unknown>>;
type Tree = Content;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a dotted path. */
export const valueAt = (content: Tree, path: string): unknown =>
  path.split('.').reduce<unknown>((value, part) => (isTree(value) ? value[part] : undefined), content);

/** The same content with another value at a dotted path. */
export function withValue(content: Tree, path: string, value: unknown): Tree {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...content, [first]: value };
  const below = content[first];
  return {
    ...content,
    [first]: withValue(isTree(below) ? below : {}, rest.join('.'), value),
  };
}

/** What somebody typed at a path, as the filing has it; null for nothing. What is no number of what is asked there stays as it was typed, and the API says what is wrong. */
export function answerOf(type: AnswerType, typed: string, path: string): unknown {
  const text = typed.trim().normalize('NFC');
  if (text === '') return null;
  switch (type) {
    case 'yes-no':
      return text === 'yes' ? true : text === 'no' ? false : null;
    case 'country':
      return countryOf(text) ?? text;
    case 'money':
      return decimalOf(text, quantityOf(path)) ?? text;
    case 'decimal':
    case 'whole': {
      const number = decimalOf(text, quantityOf(path));
      return number === undefined ? text : Number(number);
    }
    case 'share': {
      const number = decimalOf(text, 'percent');
      return number === undefined ? text : Number((Number(number) / 100).toFixed(4));
    }
    default:
      return text;
  }
}

/** Of what is counted or measured: whether what somebody typed is a number of what is asked at the path; of a country: whether there is one of that name. */
export function isRead(type: AnswerType, typed: string, path: string): boolean {
  if (typed.trim() === '') return true;
  if (type === 'country') return countryOf(typed) !== undefined;
  if (!['money', 'decimal', 'share', 'whole'].includes(type)) return true;
  return decimalOf(typed, type === 'share' ? 'percent' : quantityOf(path)) !== undefined;
}

/** What the form shows for what the filing has. */
export function typedOf(type: AnswerType, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (type === 'yes-no') return value === true ? 'yes' : value === false ? 'no' : '';
  if (type === 'share' && typeof value === 'number') return String(Number((value * 100).toFixed(2)));
  if (typeof value === 'number') return typedNumber(value);
  return typeof value === 'string' ? value : '';
}

/** The rows of a list that somebody filled in, by fields `{path}.{n}.{column}`; a row in which nothing stands is none. */
export function rowsOf(
  form: FormData,
  path: string,
  columns: readonly { readonly name: string; readonly type: AnswerType }[],
): Content[] {
  const numbers = new Set(
    [...form.keys()].flatMap((name) =>
      name.startsWith(`${path}.`) ? [Number(name.slice(path.length + 1).split('.')[0])] : [],
    ),
  );
  return [...numbers]
    .sort((one, other) => one - other)
    .map((n) =>
      Object.fromEntries(
        columns.map(({ name, type }) => {
          const typed = form.get(`${path}.${n}.${name}`);
          return [name, answerOf(type, typeof typed === 'string' ? typed : '', name)];
        }),
      ),
    )
    .filter((row) => Object.values(row).some((value) => value !== null));
}

/** What was declared for each limit, by fields `{path}.{limit}`, of a set `{path}.{limit}.{member}`; what was left open is left out. */
export function declaredOf(form: FormData, path: string): Content {
  const declared: Record<string, unknown> = {};
  for (const [name, typed] of form) {
    if (!name.startsWith(`${path}.`) || typeof typed !== 'string' || typed === '') continue;
    const [code = '', member] = name.slice(path.length + 1).split('.');
    if (member !== undefined) declared[code] = [...((declared[code] as unknown[] | undefined) ?? []), member];
    else if (typed === 'true' || typed === 'false') declared[code] = typed === 'true';
    else declared[code] = answerOf('decimal', typed, '');
  }
  return declared;
}
