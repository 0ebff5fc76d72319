import type { PlainDate } from '../../time/instants.js';

// Eleven letters that no other letter or digit is mistaken for: one for each remainder.
const letters = 'ACDEHKMPRTW';
const caseShape = /^LX-(\d{6})-(\d{4,6})([ACDEHKMPRTW])$/;
const dayOf = (date: PlainDate): string => date.slice(2).replaceAll('-', '');

/** Weighted by powers of two modulo the prime 11: any changed digit and any two swapped neighbours change the sum (ISO/IEC 7064, MOD 11-2). */
function checkLetter(digits: string): string {
  let sum = 0;
  for (const digit of digits) sum = ((sum + Number(digit)) * 2) % 11;
  return letters.charAt(sum);
}

/** `LX-YYMMDD-NNNN` and a check letter, from the day of filing and the serial of that day (more digits from the ten-thousandth on). */
export function caseCode(day: PlainDate, serial: number): string {
  const date = dayOf(day);
  const number = String(serial).padStart(4, '0');
  return `LX-${date}-${number}${checkLetter(date + number)}`;
}

/** Whether a case code is written right. One mistyped character or two swapped neighbours are always noticed. */
export function isCaseCode(text: string): boolean {
  const [, date = '', serial = '', letter] = caseShape.exec(text) ?? [];
  return letter !== undefined && checkLetter(date + serial) === letter;
}

/** A code as somebody typed or pasted it: spaces, dashes of another kind and small letters are no other code. */
export const typedCode = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .toUpperCase();

/** Whether a text is shaped as a dossier code is: it has no check letter. */
export const isDossierCode = (text: string): boolean => /^[A-Z0-9.]{1,32}-\d{6}-\d{4,6}$/.test(text);

/** Ho Chi Minh City in the State's identifiers. */
export const cityIdentifier = 'H29';

/**
 * The dossier code that form 01 prints: identifier of the receiving body, day of receipt, serial of that day. The way the parts are put together
 * follows practice under Decision 20/2020/QĐ-TTg, Art. 4, and is not verified.
 */
export function dossierCode(day: PlainDate, serial: number, identifier: string = cityIdentifier): string {
  return `${identifier}-${dayOf(day)}-${String(serial).padStart(4, '0')}`;
}
