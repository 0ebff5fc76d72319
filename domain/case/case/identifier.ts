import { refuse } from '../../errors.js';

const shape = /^(?=.*\p{Nd})[\p{L}\p{N}][\p{L}\p{N}./_:#-]{0,99}$/u;

/** A number as bodies and banks give them (`12/QĐ-UBND`, `FT26182.0001`): one word with a digit in it, so that it is nobody's sentence. */
export const isIdentifier = (text: string): boolean => shape.test(text);

/** Refuses `VALIDATION_FAILED` where it is none. */
export function requireIdentifier(text: string, field: string): void {
  if (!isIdentifier(text)) refuse('VALIDATION_FAILED', { field, value: 'identifier' });
}
