/**
 * Where a project is to stand, however it is spelled. One pure rule: the zone and the code of each lot decide; the street, the park and everything else that
 * is written beside them decide only where no lot has a code of its own.
 */

/** Lower case, without marks, format characters and other ways to write the same letter or figure (`Ｚ７-３`, `Ð` for `Đ`). */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đð]/g, 'd');

const lotWords: ReadonlySet<string> = new Set(['lo', 'lot', 'lots', 'plot', 'plots', 'thua']);
/** Between the word and its code: `lô đất số Z7-3`. */
const fillers: ReadonlySet<string> = new Set(['so', 'dat', 'no', 'ky', 'hieu', 'cac', 'land']);
const streetWords: ReadonlySet<string> = new Set(['duong', 'pho', 'street', 'st', 'road', 'rd', 'avenue', 'dai']);
const otherWords: ReadonlySet<string> = new Set([
  'khu',
  'kcn',
  'kcnc',
  'kcx',
  'toa',
  'nha',
  'tang',
  'cum',
  'phuong',
  'xa',
  'quan',
  'huyen',
  'zone',
  'block',
]);
const joinWords: ReadonlySet<string> = new Set(['va', 'and', 'voi', 'cung']);
const spanWords: ReadonlySet<string> = new Set(['den', 'to', 'toi']);

type Kind = 'lot' | 'street' | 'other';

/** Letters and figures of one part of the address, with what it is called there; null: nothing calls it anything. */
interface Part {
  kind: Kind | null;
  tokens: string[];
  /** How it follows the part before it. */
  after: 'comma' | 'and' | 'span' | 'word';
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let part: Part = { kind: null, tokens: [], after: 'comma' };
  const begin = (kind: Kind | null, after: Part['after']) => {
    if (part.tokens.length > 0) parts.push(part);
    part = { kind, tokens: [], after: part.tokens.length > 0 || after !== 'word' ? after : part.after };
  };
  for (const [found] of plain(text).matchAll(/[a-z]+|\d+|[,;&+\n()|]/g)) {
    if (/^[a-z]/.test(found)) word(found);
    else if (/^\d/.test(found)) part.tokens.push(found.replace(/^0+(?=\d)/, ''));
    else begin(null, found === '&' || found === '+' ? 'and' : 'comma');
  }
  begin(null, 'comma');
  return parts;

  function word(found: string): void {
    if (joinWords.has(found)) begin(part.kind, 'and');
    else if (spanWords.has(found)) begin(part.kind, 'span');
    else if (lotWords.has(found)) begin('lot', 'word');
    else if (streetWords.has(found)) begin('street', 'word');
    else if (otherWords.has(found)) begin('other', 'word');
    else if (part.kind === 'lot' && part.tokens.length === 0 && fillers.has(found)) return;
    else if (part.kind !== 'street' && part.kind !== 'other' && found.length > 3 && hasCode(part))
      begin('other', 'word');
    else part.tokens.push(found);
  }
}

const isNumber = (token: string): boolean => /^\d/.test(token);
const hasCode = ({ tokens }: Part): boolean => tokens.some(isNumber);

/** A code has a figure and letters of its own, at most three at a time: `Z7-3`, `I-15-1`, `CN12`. */
const isCode = ({ kind, tokens }: Part): boolean =>
  (kind === 'lot' || kind === null) &&
  hasCode({ tokens, kind, after: 'comma' }) &&
  tokens.every((one) => isNumber(one) || one.length <= 3);

const shapeOf = (tokens: readonly string[]): string => tokens.map((one) => (isNumber(one) ? '9' : 'a')).join('');
const lettered = (tokens: readonly string[]): boolean => !isNumber(tokens[0] ?? '0');

/** At most this many lots of one span: a longer one is a slip of the pen. */
const longestSpan = 50;

/** The codes of the lots that are named, each once; a lone number goes with its street. */
function codesOf(parts: readonly Part[]): string[] {
  const called = parts.some((one) => one.kind === 'lot' && isCode(one));
  const codes: string[][] = [];
  let listing = false;
  for (const part of parts) {
    const last = codes.at(-1);
    const goesOn: boolean = last !== undefined && listing && isCode(part) && continues(last, part);
    const begins = isCode(part) && (part.kind === 'lot' || (!called && codes.length === 0));
    listing = begins || goesOn;
    if (!listing) continue;
    const tokens = last && goesOn ? completed(last, part.tokens) : part.tokens;
    if (last && part.after === 'span' && goesOn) codes.push(...between(last, tokens));
    codes.push(tokens);
  }
  const street = parts.find(({ kind }) => kind === 'street')?.tokens.join('-');
  return [
    ...new Set(
      codes.map((tokens) => (lettered(tokens) || !street ? tokens.join('-') : `${tokens.join('-')}@${street}`)),
    ),
  ];
}

/** `Z7-3, Z7-4` and `Z7-3 và 4` name two lots; `Z7-3, D2` names one and a street. */
function continues(last: readonly string[], { kind, tokens, after }: Part): boolean {
  if (kind === 'lot' || (after !== 'comma' && lettered(tokens))) return true;
  if (after !== 'comma') return true;
  return shapeOf(tokens) === shapeOf(last) && tokens[0] === last[0] && lettered(tokens);
}

/** `4` after `Z7-3` is `Z7-4`. */
const completed = (last: readonly string[], tokens: readonly string[]): string[] =>
  lettered(last) && !lettered(tokens) && tokens.length < last.length
    ? [...last.slice(0, last.length - tokens.length), ...tokens]
    : [...tokens];

function between(from: readonly string[], to: readonly string[]): string[][] {
  const [prefix, first, last] = [from.slice(0, -1), Number(from.at(-1)), Number(to.at(-1))];
  const same = to.slice(0, -1).join() === prefix.join();
  if (!same || !(last > first) || last - first > longestSpan) return [];
  return Array.from({ length: last - first - 1 }, (_, i) => [...prefix, String(first + 1 + i)]);
}

/**
 * The lots of an address, as words that are equal exactly where the lots are. Where nothing has the shape of a lot the whole address is the lot. Empty: nothing
 * is named.
 */
export function lotsOf(address: string): readonly string[] {
  const parts = partsOf(address);
  const codes = codesOf(parts);
  if (codes.length > 0) return codes;
  const whole = parts.flatMap(({ tokens }) => tokens).join('-');
  return whole === '' ? [] : [whole];
}

/** Letters and figures that are easily taken for another. */
const lookalikes: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1', s: '5', b: '8' };

/**
 * What a hasty reader sees of an address: equal for lots that could be meant for one another (`Z73` and `Z7-3`, `I-15` and `1-15`). Somebody who knows the place
 * is to look.
 */
export function glancesOf(address: string): readonly string[] {
  const glance = (text: string) =>
    text
      .replace(/@.*$/, '')
      .replaceAll(/[^a-z0-9]/g, '')
      .replaceAll(/[oilsb]/g, (one) => lookalikes[one] ?? one);
  const parts = partsOf(address).filter((one) => one.kind !== 'street' && isCode(one));
  return [...new Set([...lotsOf(address), ...parts.map(({ tokens }) => tokens.join(''))].map(glance))];
}
