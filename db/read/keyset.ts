import { refuse } from '../../domain/errors.js';
import { instant, plainDate } from '../../domain/time/instants.js';

/** A page in a fixed order; `next` is the cursor of the page after it, null at the end. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

/** The place of a row in its order, as text that clients hand back unread. */
export const cursorOf = (place: readonly string[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** `due`: a date, or `infinity` where there is none. */
type Part = 'instant' | 'date' | 'due' | 'text' | 'number';

const shapes: Readonly<Record<Part, (text: string) => boolean>> = {
  instant: (text) => instant(text) !== '',
  date: (text) => plainDate(text) === text,
  due: (text) => text === 'infinity' || plainDate(text) === text,
  text: (text) => !text.includes('\0'),
  number: (text) => /^\d{1,9}$/.test(text),
};

/** The place a cursor names; undefined for the first page. Refuses `VALIDATION_FAILED` for one we never gave. */
export function placeOf(cursor: string | undefined, parts: readonly Part[]): string[] | undefined {
  if (cursor === undefined) return undefined;
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return refuse('VALIDATION_FAILED', { field: 'cursor' });
  }
  const valid =
    Array.isArray(place) &&
    place.length === parts.length &&
    parts.every((part, i) => typeof place[i] === 'string' && shapes[part](place[i]));
  return valid ? (place as string[]) : refuse('VALIDATION_FAILED', { field: 'cursor' });
}

/** Cuts a result that was read one longer than the page. */
export function pageOf<Row>(found: readonly Row[], limit: number, place: (row: Row) => readonly string[]): Page<Row> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(place(last)) : null };
}
