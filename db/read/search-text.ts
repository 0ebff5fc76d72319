/** Text as it is searched: lower case, without the marks of Vietnamese or any other script, words of letters and digits only. */
export function searchText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐðÐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A query for `to_tsquery('simple', …)`: every word as the beginning of one; null where there is no word. */
export function searchQuery(text: string): string | null {
  const words = searchText(text).split(' ').filter(Boolean).slice(0, 8);
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(' & ');
}
