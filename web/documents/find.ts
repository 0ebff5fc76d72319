/** Text as it is searched, and from which place of the original each of its letters comes. */
interface Folded {
  readonly text: string;
  readonly from: readonly number[];
}

/** Lower case, without marks, one space for any white space: what people type finds what was printed, also decomposed. */
function fold(original: string): Folded {
  let text = '';
  const from: number[] = [];
  for (let place = 0; place < original.length; place++) {
    const letters = original
      .charAt(place)
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[đĐ]/g, 'd')
      .toLowerCase()
      .replace(/\s/g, ' ');
    for (const letter of letters) {
      if (letter === ' ' && text.endsWith(' ')) continue;
      text += letter;
      from.push(place);
    }
  }
  return { text, from };
}

/** Where `wanted` stands in `original`: pairs of places, the second one behind the last letter. */
export function placesOf(original: string, wanted: string): readonly (readonly [from: number, to: number])[] {
  const sought = fold(wanted).text.trim();
  if (sought === '') return [];
  const { text, from } = fold(original);
  const found: [number, number][] = [];
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
    const end = at + sought.length;
    found.push([from[at] ?? 0, from[end] ?? original.length]);
  }
  return found;
}
