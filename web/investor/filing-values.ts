import { countryOf } from '../parts/countries.js';

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

/** What may stand behind a number and says only what is asked anyhow. */
const unit = /(?:đồng|vnd|usd|\$|năm|years?|người|people|m2|m²)$/;
/** How many zeros a word behind a number stands for. */
const scales: readonly (readonly [RegExp, number])[] = [
  [/(?:tỷ|tỉ|billion)$/, 9],
  [/(?:triệu|million)$/, 6],
  [/(?:nghìn|ngàn|thousand)$/, 3],
];

/**
 * A number as people write it, with a point; undefined where it is none. Point and comma both separate: groups of three are thousands, else the last one begins
 * the decimals. `115 tỷ` and `4.9 million` are numbers, too, and a unit behind one is passed over.
 */
export function decimalOf(text: string): string | undefined {
  const bare = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s\u00a0₫%]/g, '')
    .replace(unit, '');
  const [word, zeros] = scales.find(([behind]) => behind.test(bare)) ?? [];
  if (word === undefined || zeros === undefined) return plainDecimalOf(bare);
  const scaled = plainDecimalOf(bare.replace(word, ''));
  if (scaled === undefined) return undefined;
  const [whole = '', decimals = ''] = scaled.split('.');
  return (whole + decimals.padEnd(zeros, '0')).replace(/^0+(?=\d)/, '');
}

function plainDecimalOf(bare: string): string | undefined {
  if (/^\d+$/.test(bare)) return bare.replace(/^0+(?=\d)/, '');
  if (/^\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(bare)) return bare.replaceAll(/[.,]/g, '');
  const [, whole, decimals] = /^(\d{1,3}(?:[.,]?\d{3})*|\d+)[.,](\d{1,2})$/.exec(bare) ?? [];
  return whole === undefined ? undefined : `${whole.replaceAll(/[.,]/g, '')}.${decimals}`;
}

/** What somebody typed, as the filing has it; null for nothing. What is no number stays as it was typed, and the API says what is wrong. */
export function answerOf(type: AnswerType, typed: string): unknown {
  const text = typed.trim().normalize('NFC');
  if (text === '') return null;
  switch (type) {
    case 'yes-no':
      return text === 'yes' ? true : text === 'no' ? false : null;
    case 'country':
      return countryOf(text) ?? text;
    case 'money':
      return decimalOf(text) ?? text;
    case 'decimal':
    case 'whole': {
      const number = decimalOf(text);
      return number === undefined ? text : Number(number);
    }
    case 'share': {
      const number = decimalOf(text);
      return number === undefined ? text : Number((Number(number) / 100).toFixed(4));
    }
    default:
      return text;
  }
}

/** Of what is counted or measured: whether what somebody typed is a number; of a country: whether there is one of that name. */
export const isRead = (type: AnswerType, typed: string): boolean =>
  typed.trim() === '' ||
  (type === 'country'
    ? countryOf(typed) !== undefined
    : !['money', 'decimal', 'share', 'whole'].includes(type) || decimalOf(typed) !== undefined);

/** What the form shows for what the filing has. */
export function typedOf(type: AnswerType, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (type === 'yes-no') return value === true ? 'yes' : value === false ? 'no' : '';
  if (type === 'share' && typeof value === 'number') return String(Number((value * 100).toFixed(2)));
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
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
          return [name, answerOf(type, typeof typed === 'string' ? typed : '')];
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
    else declared[code] = answerOf('decimal', typed);
  }
  return declared;
}
