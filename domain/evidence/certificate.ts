import { sha256 } from '@noble/hashes/sha2.js';
import { base64, base64urlnopad, hex } from '@scure/base';
import type { Instant } from '../time/instants.js';
import { sameBytes } from './merkle.js';
import { isRsaSigned, type RsaKey } from './rsa.js';

/** A certificate (X.509, RFC 5280) of an RSA key, as far as it is needed to say whose a signature is. In pure code, so that it is read wherever proofs are checked. */
export interface Certificate {
  /** SHA-256 of it, hexadecimal. */
  readonly id: string;
  readonly key: RsaKey;
  readonly from: Instant;
  readonly until: Instant;
  /** Whom it names. */
  readonly subject: Subject;
  /** It may say whose other certificates are (basic constraints). */
  readonly isAuthority: boolean;
  readonly names: { readonly issuer: Uint8Array; readonly subject: Uint8Array };
  /** What its issuer signed; null: by a procedure that is not checked here (only RSASSA-PKCS1-v1_5 with SHA-256 is). */
  readonly signed: { readonly bytes: Uint8Array; readonly signature: Uint8Array } | null;
}

/** Of the name in a certificate; null where it has none. */
interface Subject {
  readonly name: string | null;
  readonly organisation: string | null;
  /** By which its holder is known. */
  readonly number: string | null;
}

/** Whether one of these authorities gave a certificate, itself valid at that time. */
export const isGivenBy = (certificate: Certificate, authorities: readonly Certificate[], at: Instant): boolean =>
  authorities.some(
    ({ isAuthority, names, key, from, until }) =>
      isAuthority &&
      sameBytes(names.subject, certificate.names.issuer) &&
      Date.parse(from) <= Date.parse(at) &&
      Date.parse(at) <= Date.parse(until) &&
      certificate.signed !== null &&
      isRsaSigned(key, certificate.signed.bytes, certificate.signed.signature),
  );

const block = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** Reads the certificates of a file, PEM; undefined where there is none, or one that is not of an RSA key. Nothing of them is checked but their shape. */
export function certificatesFrom(text: string): readonly Certificate[] | undefined {
  try {
    const found = [...text.matchAll(block)].map(([, body = '']) =>
      certificateOf(base64.decode(body.replace(/\s/g, ''))),
    );
    return found.length > 0 ? found : undefined;
  } catch {
    return undefined; // Not a certificate, or none of those that are read here.
  }
}

interface Part {
  readonly tag: number;
  readonly content: Uint8Array;
  /** With tag and length. */
  readonly whole: Uint8Array;
}

/** The parts of DER (X.690), one behind the other. Throws where it is none. */
function partsOf(bytes: Uint8Array): Part[] {
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

const no = (what: string): never => {
  throw new Error(`No ${what}`);
};

const tags = {
  bitString: 0x03,
  integer: 0x02,
  identifier: 0x06,
  sequence: 0x30,
  octets: 0x04,
  version: 0xa0,
  extensions: 0xa3,
};
const identifiers = {
  rsa: '2a864886f70d010101',
  sha256WithRsa: '2a864886f70d01010b',
  name: '550403',
  organisation: '55040a',
  number: '550405',
  basicConstraints: '551d13',
};

/** The part that must be there, with this tag. */
function given(part: Part | undefined, tag: number): Part {
  return part?.tag === tag ? part : no('certificate');
}
const within = (part: Part | undefined, tag = tags.sequence): Part[] => partsOf(given(part, tag).content);
const identifierOf = (part: Part | undefined): string => hex.encode(given(part, tags.identifier).content);
/** A string of whole bytes. */
function bitsOf(part: Part | undefined): Uint8Array {
  const { content } = given(part, tags.bitString);
  return content[0] === 0 ? content.subarray(1) : no('string of bytes');
}

function certificateOf(der: Uint8Array): Certificate {
  const [whole, ...behind] = partsOf(der);
  const [body, algorithm, signature, ...others] = within(whole);
  if (behind.length > 0 || others.length > 0) return no('certificate');
  const fields = within(body);
  const [, inner, issuer, time, subject, key, ...more] = fields[0]?.tag === tags.version ? fields.slice(1) : fields;
  const [from, until] = within(time).map(instantOf);
  const outer = given(algorithm, tags.sequence);
  if (!sameBytes(given(inner, tags.sequence).whole, outer.whole) || from === undefined || until === undefined)
    return no('certificate');
  const isRsa = identifierOf(partsOf(outer.content)[0]) === identifiers.sha256WithRsa;
  return {
    ...{ id: hex.encode(sha256(der)), key: keyOf(key), from, until, subject: subjectOf(subject) },
    isAuthority: isAuthority(more.find(({ tag }) => tag === tags.extensions)),
    names: { issuer: given(issuer, tags.sequence).whole, subject: given(subject, tags.sequence).whole },
    signed: isRsa ? { bytes: given(body, tags.sequence).whole, signature: bitsOf(signature) } : null,
  };
}

function keyOf(part: Part | undefined): RsaKey {
  const [algorithm, bits] = within(part);
  if (identifierOf(within(algorithm)[0]) !== identifiers.rsa) return no('RSA key');
  const [n, e] = within(partsOf(bitsOf(bits))[0]).map((one) => {
    const { content } = given(one, tags.integer);
    return base64urlnopad.encode(content[0] === 0 ? content.subarray(1) : content);
  });
  return n !== undefined && e !== undefined ? { n, e } : no('RSA key');
}

/** UTCTime and GeneralizedTime as RFC 5280 (4.1.2.5) has them. */
function instantOf({ tag, content }: Part): Instant {
  const text = new TextDecoder().decode(content);
  const [, year = '', ...rest] =
    (tag === 0x18 ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(
      text,
    ) ?? no('time');
  const [month = '', day = '', hour = '', minute = '', second = ''] = rest;
  const full = tag === 0x18 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  return new Date(`${full}-${month}-${day}T${hour}:${minute}:${second}Z`).toISOString();
}

function subjectOf(part: Part | undefined): Subject {
  const said = new Map(
    within(part)
      .flatMap((set) => partsOf(set.content))
      .map((one) => {
        const [type, value] = within(one);
        return [identifierOf(type), value && textOf(value)] as const;
      }),
  );
  const of = (identifier: string) => said.get(identifier) ?? null;
  return {
    name: of(identifiers.name),
    organisation: of(identifiers.organisation),
    number: of(identifiers.number),
  };
}

/** Without what a terminal would take for an order. */
function textOf({ tag, content }: Part): string {
  const text =
    tag === 0x1e
      ? String.fromCharCode(
          ...Array.from(
            { length: content.length / 2 },
            (_, i) => (content[2 * i] ?? 0) * 256 + (content[2 * i + 1] ?? 0),
          ),
        )
      : new TextDecoder().decode(content);
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 300);
}

function isAuthority(part: Part | undefined): boolean {
  if (!part) return false;
  return within(partsOf(part.content)[0]).some((extension) => {
    const [type, ...rest] = within(extension);
    if (identifierOf(type) !== identifiers.basicConstraints) return false;
    const [first] = within(partsOf(given(rest.at(-1), tags.octets).content)[0]);
    // BOOLEAN, true
    return first?.tag === 0x01 && first.content[0] === 0xff;
  });
}
