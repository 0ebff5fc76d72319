/** What a number counts, where the question says it. */
export type Quantity = 'vnd' | 'usd' | 'm2' | 'years' | 'months' | 'people' | 'percent';

const quantities: readonly (readonly [RegExp, Quantity])[] = [
  [/vnd$/i, 'vnd'],
  [/usd$/i, 'usd'],
  [/m2$/i, 'm2'],
  // Before the years: how many people there are after three of them.
  [/^staff|experts$|^users$/i, 'people'],
  [/years$/i, 'years'],
  [/months$/i, 'months'],
  [/share$/i, 'percent'],
];

/** What the answer at a path counts, by its last name; undefined where that does not say. */
export const quantityOf = (path: string): Quantity | undefined => {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return quantities.find(([called]) => called.test(name))?.[1];
};

/** What may stand behind a number of this quantity, as it says only what is asked anyhow; letters small, no spaces. */
const units: Readonly<Record<Quantity, RegExp>> = {
  vnd: /(?:đồng|vnđ|vnd|đ|₫)$/,
  usd: /(?:usd|us\$|\$|đôlamỹ|đôla|dollars?)$/,
  m2: /(?:m2|m²|métvuông)$/,
  years: /(?:năm|years?)$/,
  months: /(?:tháng|months?)$/,
  people: /(?:người|people|persons?)$/,
  percent: /(?:%|phầntrăm|percent)$/,
};

/** How many zeros a word behind a number stands for, and the point and the comma of the language that the word is of. */
const scales: readonly (readonly [word: RegExp, zeros: number, marks: Marks])[] = [
  [/(?:tỷ|tỉ)$/, 9, 'vi'],
  [/triệu$/, 6, 'vi'],
  [/(?:nghìn|ngàn)$/, 3, 'vi'],
  [/billion$/, 9, 'en'],
  [/million$/, 6, 'en'],
  [/thousand$/, 3, 'en'],
];
type Marks = 'vi' | 'en';
const decimalMark = { vi: ',', en: '.' } as const;

/**
 * A number as people write it, with a point and without zeros in front; undefined where it is none. Point and comma both separate: groups of three are
 * thousands, else the last one begins the decimals. `115 tỷ` and `4.9 million` are numbers, too, written with the marks of their language: `1.200 tỷ` has
 * thousands, `1,125 tỷ` decimals. A unit behind it is passed over where it is the one of `quantity`; with another one it is no answer.
 */
export function decimalOf(text: string, quantity?: Quantity): string | undefined {
  const bare = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s\u00a0]/g, '');
  const number = quantity === undefined ? bare : bare.replace(units[quantity], '');
  const [word, zeros, marks] = scales.find(([behind]) => behind.test(number)) ?? [];
  // No share is counted in thousands: whatever follows its mark is decimals.
  if (word === undefined) return plainDecimalOf(number, quantity === 'percent' ? /[.,]/ : undefined);
  const scaled = plainDecimalOf(number.replace(word, ''), new RegExp(`[${decimalMark[marks ?? 'vi']}]`));
  return scaled && timesTen(scaled, zeros ?? 0);
}

/** `decimals`: what begins decimals whatever their number is; without it three digits behind the one mark are thousands. */
function plainDecimalOf(bare: string, decimals = /(?!)/): string | undefined {
  const [, whole = '', mark = '', rest = ''] = /^(\d+)(?:([.,])(\d{1,9}))?$/.exec(bare) ?? [];
  if (whole !== '') {
    // Thousands begin with one to three digits, and never with a zero.
    const grouped = /^[1-9]\d{0,2}$/.test(whole) && rest.length === 3 && !decimals.test(mark);
    if (grouped) return whole + rest;
    // `012.345`: neither thousands nor a way to write decimals.
    if (rest.length === 3 && /^0\d{1,2}$/.test(whole)) return undefined;
    return whole.replace(/^0+(?=\d)/, '') + (rest && `.${rest}`);
  }
  const [, thousands, , fraction = ''] =
    /^([1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d{1,9}))?$/.exec(bare) ?? [];
  return thousands && thousands.replaceAll(/[.,]/g, '') + (fraction && `.${fraction}`);
}

/** A decimal with its point moved to the right. */
function timesTen(decimal: string, zeros: number): string {
  const [whole = '', decimals = ''] = decimal.split('.');
  const digits = (whole + decimals.slice(0, zeros).padEnd(zeros, '0')).replace(/^0+(?=\d)/, '');
  const rest = decimals.slice(zeros).replace(/0+$/, '');
  return digits + (rest && `.${rest}`);
}

/** A number so that `decimalOf` reads it again: three decimals would be thousands. */
export const typedNumber = (value: number): string => String(value).replace(/^(\d{1,3}\.\d{3})$/, '$10');
