import { z } from 'zod';

const separator = '\n';

/** What is wrong, in both languages; whoever answers takes the caller's (`sentenceIn`). */
export const both = (vi: string, en: string): string => `${vi}${separator}${en}`;

/** The part of a message made by `both` in one language; any other message as it is. */
export function sentenceIn(message: string, language: 'vi' | 'en'): string {
  const [vi, en] = message.split(separator);
  return (language === 'en' ? en : vi) ?? message;
}

// What the paper font prints from left to right: Latin with every Vietnamese letter, Greek, Cyrillic, their combining marks, punctuation, currency
// and the usual signs. Compared with the font itself in tests/forms.
const scripts = String.raw`\u0020-\u007e\u00a0-\u00ac\u00ae-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u052f`;
const accented = String.raw`\u1d00-\u1df5\u1dfe-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fc4\u1fc6-\u1fd3\u1fd6-\u1fdb\u1fdd-\u1fef\u1ff2-\u1ff4\u1ff6-\u1ffe`;
const signs = String.raw`\u2000-\u200a\u2010-\u2027\u202f-\u205f\u2070-\u2071\u2074-\u208e\u2090-\u209c\u20a0-\u20be\u2100-\u214f\u2153-\u2154\u215b-\u215e\u2190-\u2195\u2202\u2206\u220f\u2211-\u2212\u2215\u2219-\u221a\u221e-\u221f\u222b\u2248\u2260-\u2261\u2264-\u2265\u25a0-\u25a1\u25aa-\u25ab\u25cf`;
/** One character that every paper can carry. */
const printed = new RegExp(`^[${scripts}${accented}${signs}]$`, 'u');
/** Something that can be seen. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

const mostNamed = 10;
const named = (character: string): string =>
  `${visible.test(character) ? `${character} ` : ''}U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Refuses what papers cannot carry, naming it, and text in which nothing can be seen. */
function printable(text: string, also: RegExp | undefined): string | undefined {
  const wrong = new Set([...text].filter((character) => !printed.test(character) && !also?.test(character)));
  if (wrong.size > 0) {
    const list = [...wrong].slice(0, mostNamed).map(named).join(', ');
    return both(
      `giấy tờ không in được các ký tự: ${list}; hãy viết bằng chữ La-tinh`,
      `papers cannot print these characters: ${list}; write it in Latin letters`,
    );
  }
  return visible.test(text) ? undefined : both('cần ít nhất một chữ đọc được', 'at least one visible letter is needed');
}

/** One line that papers can print as it stands. */
export const isPrintable = (text: string): boolean => printable(text, undefined) === undefined;

const text = (max: number) => z.string().trim().normalize('NFC').min(1).max(max);
const checked = (max: number, also?: RegExp) =>
  text(max).superRefine((value, context) => {
    const message = printable(value, also);
    if (message !== undefined) context.addIssue({ code: 'custom', message, input: value });
  });

/** One line of text in NFC that papers can print: no control, no format character, no line separator. */
export const line = (max: number) => checked(max);

/** Text of several lines, otherwise as `line`. */
export const paragraphs = (max: number) =>
  z
    .string()
    .overwrite((value) => value.replaceAll('\r\n', '\n'))
    .pipe(checked(max, /^[\n\t]$/));

/** One line in any script that is not printed: a file's name, what is searched for. Nothing that reorders or hides text. */
export const anyLine = (max: number) =>
  text(max)
    .refine(
      (value) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(value),
      both('có ký tự điều khiển hoặc ký tự ẩn', 'control or hidden characters'),
    )
    .refine(
      (value) => visible.test(value),
      both('cần ít nhất một chữ đọc được', 'at least one visible letter is needed'),
    );

/** Text of other systems as PostgreSQL and canonical JSON can keep it: neither NUL nor half of a surrogate pair. */
export const storable = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !/[\0\p{Cs}]/u.test(value), both('có ký tự không lưu được', 'characters that cannot be kept'));
