import { hex } from '@scure/base';
import type { Instant } from '../time/instants.js';

/** DER (X.690), as far as certificates and lists of revoked ones (RFC 5280) need it. In pure code, so that it is read wherever proofs are checked. */
export interface Part {
  readonly tag: number;
  readonly content: Uint8Array;
  /** With tag and length. */
  readonly whole: Uint8Array;
}

/** The parts of DER (X.690), one behind the other. Throws where it is none. */
export function partsOf(bytes: Uint8Array): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < bytes.length;) {
    const [tag = 0, short = 0] = bytes.subarray(at, at + 2);
    const more = short > 0x80 ? short - 0x80 : 0;
    const length =
      more === 0 ? short : bytes.subarray(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
    const from = at + 2 + more;
    if (short === 0x80 || more > 3 || (tag & 0x1f) === 0x1f || from + length > bytes.length) return no('DER');
    parts.push({ tag, content: bytes.subarray(from, from + length), whole: bytes.subarray(at, from + length) });
    at = from + length;
  }
  return parts;
}

/** Throws: whoever reads says that it is none. */
export const no = (what: string): never => {
  throw new Error(`No ${what}`);
};

export const tags = {
  boolean: 0x01,
  bitString: 0x03,
  integer: 0x02,
  identifier: 0x06,
  sequence: 0x30,
  octets: 0x04,
  version: 0xa0,
  extensions: 0xa3,
};

/** The part that must be there, with this tag. */
export function given(part: Part | undefined, tag: number): Part {
  return part?.tag === tag ? part : no('certificate');
}

/** The parts within a part, which must have this tag. */
export const within = (part: Part | undefined, tag = tags.sequence): Part[] => partsOf(given(part, tag).content);
export const identifierOf = (part: Part | undefined): string => hex.encode(given(part, tags.identifier).content);

/** A string of whole bytes. */
export function bitsOf(part: Part | undefined): Uint8Array {
  const { content } = given(part, tags.bitString);
  return content[0] === 0 ? content.subarray(1) : no('string of bytes');
}

/** The number of a certificate with its issuer, hexadecimal, without zeros in front. */
export const serialOf = (part: Part | undefined): string =>
  hex.encode(given(part, tags.integer).content).replace(/^(00)+(?=..)/, '');

/** UTCTime and GeneralizedTime as RFC 5280 (4.1.2.5) has them. */
export function instantOf({ tag, content }: Part): Instant {
  const text = new TextDecoder().decode(content);
  const [, year = '', ...rest] =
    (tag === 0x18 ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(
      text,
    ) ?? no('time');
  const [month = '', day = '', hour = '', minute = '', second = ''] = rest;
  const full = tag === 0x18 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  return new Date(`${full}-${month}-${day}T${hour}:${minute}:${second}Z`).toISOString();
}
