import { searchText } from '../../domain/search-text.js';

/** A query for `to_tsquery('simple', …)`: every word as the beginning of one; null where there is no word. */
export function searchQuery(text: string): string | null {
  const words = searchText(text).split(' ').filter(Boolean).slice(0, 8);
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(' & ');
}
