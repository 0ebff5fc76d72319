import type { Tone } from '../parts/parts.js';
import type { Word } from '../words/language.js';

/** What an agency may say, of the whole or of one question, and how it is coloured. */
export const positions = {
  agree: ['positionAgree', 'green'],
  'agree-with-conditions': ['positionConditions', 'amber'],
  'needs-supplement': ['positionSupplement', 'amber'],
  object: ['positionObject', 'red'],
} as const satisfies Record<string, readonly [Word, Tone]>;
