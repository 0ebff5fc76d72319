import { z } from 'zod';
import { type ErrorCode, Refusal } from '../../domain/errors.js';
import { sentenceIn } from '../../domain/schemas/text.js';
import { type Language } from './language.js';

/** Where in the request something is wrong. */
export type Place = 'path' | 'query' | 'body' | 'header';

/** One thing that is wrong. `pointer` is a JSON pointer within its place; the value itself is never repeated. */
export const FieldError = z
  .strictObject({
    in: z.enum(['path', 'query', 'body', 'header']),
    pointer: z.string(),
    code: z.enum(['MISSING', 'UNKNOWN_FIELD', 'WRONG_TYPE', 'AMOUNT_OUT_OF_RANGE', 'UNKNOWN_VALUE', 'INVALID']),
    detail: z.string(),
  })
  .meta({ id: 'FieldError' });
export type FieldError = z.infer<typeof FieldError>;

/** A request that does not say what the contract asks for. Its code is that of its errors where all are of one kind, else `VALIDATION_FAILED`. */
export class InvalidRequest extends Refusal {
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super(codeOf(errors));
    this.errors = errors;
  }
}

/** A query whose parameters do not go together, or say what cannot be. */
export const refuseQuery = (pointer: string, detail: string): never => {
  throw new InvalidRequest([{ in: 'query', pointer, code: 'INVALID', detail }]);
};

function codeOf(errors: readonly FieldError[]): ErrorCode {
  const [first, ...others] = new Set(errors.map(({ code }) => code));
  if (first === undefined || others.length > 0 || first === 'MISSING' || first === 'INVALID')
    return 'VALIDATION_FAILED';
  return first;
}

/** In words that say what is missing, where the library only names types. */
const missing = { vi: 'thiếu trường này', en: 'this field is missing' };
const noNumber = { vi: 'cần một số, ví dụ 50', en: 'a number is needed, for example 50' };
const locales = { vi: z.locales.vi().localeError, en: z.locales.en().localeError };

/** The parsed value; throws `InvalidRequest`, with texts in the caller's language. */
export function parseAs<S extends z.ZodType>(schema: S, value: unknown, place: Place, language: Language): z.output<S> {
  const parsed = schema.safeParse(value, { error: locales[language] });
  if (parsed.success) return parsed.data;
  throw new InvalidRequest(parsed.error.issues.flatMap((issue) => fieldErrors(issue, value, place, language)));
}

/** What a rule wants of a value, by the name it gives. */
const shapes: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  identifier: {
    vi: 'cần một số hiệu: một từ liền có chữ số, như 12/QĐ-UBND',
    en: 'a number is needed: one word with a digit in it, like 12/QĐ-UBND',
  },
};

/** What a rule found wrong with a field, in the shape of the schema's own errors. A rule names the field, a dotted path within the body. */
export function errorsOfRule({ code, details = {} }: Refusal, language: Language): FieldError[] {
  const { field, ...rest } = details;
  if (code !== 'VALIDATION_FAILED' && code !== 'UNKNOWN_VALUE' && code !== 'AMOUNT_OUT_OF_RANGE') return [];
  if (typeof field !== 'string') return [];
  const pointer = pointerOf(field.split('.'));
  if (rest['missing'] === true) return [{ in: 'body', pointer, code: 'MISSING', detail: missing[language] }];
  const allowed = Array.isArray(rest['allowed']) ? rest['allowed'].map(String).join(', ') : undefined;
  const wanted = typeof rest['value'] === 'string' ? shapes[rest['value']] : undefined;
  const detail =
    wanted !== undefined
      ? wanted[language]
      : allowed === undefined
        ? { vi: 'giá trị này không dùng được ở đây', en: 'this value cannot be used here' }[language]
        : { vi: `chỉ nhận: ${allowed}`, en: `one of: ${allowed}` }[language];
  const kind = code === 'VALIDATION_FAILED' ? (allowed === undefined ? 'INVALID' : 'UNKNOWN_VALUE') : code;
  return [{ in: 'body', pointer, code: kind, detail }];
}

const mostErrors = 50;
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function fieldErrors(issue: z.core.$ZodIssue, root: unknown, place: Place, language: Language): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, mostErrors).map((key) => ({
      in: place,
      pointer: pointerOf([...issue.path, key]),
      code: 'UNKNOWN_FIELD',
      detail: issue.message.slice(0, 500),
    }));
  }
  // Of several shapes that would do, the one that came closest says what is wrong.
  if (issue.code === 'invalid_union' && valueAt(root, issue.path) !== undefined) {
    const closest = issue.errors.filter((errors) => errors.length > 0).sort((a, b) => a.length - b.length)[0];
    if (
      closest &&
      closest.length > 0 &&
      !closest.some(({ path, code }) => path.length === 0 && code === 'invalid_type')
    ) {
      return closest.flatMap((inner) =>
        fieldErrors({ ...inner, path: [...issue.path, ...inner.path] }, root, place, language),
      );
    }
  }
  const code = kindOf(issue, valueAt(root, issue.path));
  const wantsNumber =
    issue.code === 'invalid_type' && code === 'WRONG_TYPE' && ['number', 'int'].includes(issue.expected);
  const detail =
    code === 'MISSING' ? missing[language] : wantsNumber ? noNumber[language] : sentenceIn(issue.message, language);
  return [{ in: place, pointer: pointerOf(issue.path), code, detail }];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

const amount = /^[+-]?\d+([.,]\d+)*(e[+-]?\d+)?$/i;

function kindOf(issue: z.core.$ZodIssue, value: unknown): FieldError['code'] {
  if (value === undefined) return 'MISSING';
  switch (issue.code) {
    case 'invalid_type':
      return Number.isNaN(value) || value === Infinity ? 'AMOUNT_OUT_OF_RANGE' : 'WRONG_TYPE';
    case 'invalid_value':
      return 'UNKNOWN_VALUE';
    case 'invalid_union':
      return 'discriminator' in issue && typeof value === 'string' ? 'UNKNOWN_VALUE' : 'INVALID';
    case 'too_big':
    case 'too_small':
      // A number of the query comes as text.
      return typeof value === 'number' || issue.origin === 'number' || issue.origin === 'int'
        ? 'AMOUNT_OUT_OF_RANGE'
        : 'INVALID';
    // Money is a decimal string: a sign in front of it, or a limit it breaks, is an amount nobody can mean.
    case 'custom':
      return typeof value === 'string' && amount.test(value) ? 'AMOUNT_OUT_OF_RANGE' : 'INVALID';
    case 'invalid_format':
      return typeof value === 'string' && /^[+-]/.test(value) && amount.test(value) ? 'AMOUNT_OUT_OF_RANGE' : 'INVALID';
    default:
      return 'INVALID';
  }
}
