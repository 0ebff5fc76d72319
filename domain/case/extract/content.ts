import { canonical } from '../../evidence/canonical.js';
import type { Difference, ExtractContent } from './words.js';

/** RFC 8785 of what a register answered: what is kept, and what is compared when it is asked again. */
export const canonicalExtract = ({ about, fields, legalBasis, purpose }: ExtractContent): string =>
  canonical({ about, fields, legalBasis, purpose });

/** What was kept, read again. */
export const readExtract = (text: string): ExtractContent => JSON.parse(text) as ExtractContent;

/** Whom a register was asked about. */
export interface AskedAbout {
  readonly name: string;
  readonly number: string | null;
}

/** Whether two say the same, however they are spaced or written. */
export const isSameText = (a: string, b: string): boolean => comparable(a) === comparable(b);
const comparable = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** A number tells two companies apart; where either has none their names do, however they are spaced or written. */
export const isAboutOther = (asked: AskedAbout, answered: AskedAbout): boolean =>
  asked.number !== null && answered.number !== null
    ? asked.number !== answered.number
    : !isSameText(asked.name, answered.name);

/** RFC 8785 of where two sides differ. */
export const canonicalDifferences = (differences: readonly Difference[]): string => canonical(differences);

/** What was kept, read again. */
export const readDifferences = (text: string): readonly Difference[] => JSON.parse(text) as readonly Difference[];
