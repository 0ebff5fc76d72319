/** A decimal number, exactly: `digits` times ten to the power of minus `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Throws where the text is no decimal number. */
export function decimal(text: string): Decimal {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '') throw new RangeError(`No decimal number: ${text}`);
  return { digits: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

const scaled = ({ digits, scale }: Decimal, to: number): bigint => digits * 10n ** BigInt(to - scale);

export function plus(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  return { digits: scaled(one, scale) + scaled(other, scale), scale };
}

const absolute = (one: bigint): bigint => (one < 0n ? -one : one);

/** `dividend / divisor` to the next whole number, halves away from zero, as the register rounds. */
function divided(dividend: bigint, divisor: bigint): bigint {
  const [top, bottom] = [absolute(dividend), absolute(divisor)];
  const whole = (2n * top + bottom) / (2n * bottom);
  return dividend < 0n === divisor < 0n ? whole : -whole;
}

/** With so many places at most, halves away from zero. */
export const rounded = (one: Decimal, places: number): Decimal =>
  one.scale <= places ? one : { digits: divided(one.digits, 10n ** BigInt(one.scale - places)), scale: places };

/** `one / other` with so many places; null where there is nothing to divide by. */
export function quotient(one: Decimal, other: Decimal, places: number): Decimal | null {
  if (other.digits === 0n) return null;
  const scale = Math.max(one.scale, other.scale);
  return { digits: divided(scaled(one, scale) * 10n ** BigInt(places), scaled(other, scale)), scale: places };
}

export const minus = (one: Decimal, other: Decimal): Decimal => plus(one, { ...other, digits: -other.digits });

/** Without zeros at the end. */
export function decimalText({ digits, scale }: Decimal): string {
  const text = absolute(digits)
    .toString()
    .padStart(scale + 1, '0');
  const fraction = scale === 0 ? '' : text.slice(-scale).replace(/0+$/, '');
  const whole = scale === 0 ? text : text.slice(0, -scale);
  return `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

export const decimalNumber = (one: Decimal): number => Number(decimalText(one));
