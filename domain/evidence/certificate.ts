import { sha256 } from '@noble/hashes/sha2.js';
import { base64, base64urlnopad, hex } from '@scure/base';
import type { Instant } from '../time/instants.js';
import { bitsOf, given, identifierOf, instantOf, no, type Part, partsOf, serialOf, tags, within } from './der.js';
import { sameBytes } from './merkle.js';
import { isRsaSigned, type RsaKey } from './rsa.js';

/** A certificate (X.509, RFC 5280) of an RSA key, as far as it is needed to say whose a signature is. In pure code, so that it is read wherever proofs are checked. */
export interface Certificate {
  /** SHA-256 of it, hexadecimal. */
  readonly id: string;
  /** Its number with its issuer, by which it is revoked; hexadecimal. */
  readonly serial: string;
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

/**
 * The authorities through which a certificate was given, the nearest first, each valid at that time, up to one that is trusted by itself: whose own authority is not
 * among these. Undefined: none of them gave it.
 */
export function pathOf(
  certificate: Certificate,
  authorities: readonly Certificate[],
  at: Instant,
): readonly Certificate[] | undefined {
  for (const authority of authorities) {
    if (!gave(authority, certificate, at)) continue;
    const others = authorities.filter((one) => one !== authority);
    const above = others.filter(({ names }) => sameBytes(names.subject, authority.names.issuer));
    if (sameBytes(authority.names.issuer, authority.names.subject) || above.length === 0) return [authority];
    const rest = pathOf(authority, others, at);
    if (rest) return [authority, ...rest];
  }
  return undefined;
}

const gave = (
  { isAuthority, names, key, from, until }: Certificate,
  { names: theirs, signed }: Certificate,
  at: Instant,
): boolean =>
  isAuthority &&
  sameBytes(names.subject, theirs.issuer) &&
  Date.parse(from) <= Date.parse(at) &&
  Date.parse(at) <= Date.parse(until) &&
  signed !== null &&
  isRsaSigned(key, signed.bytes, signed.signature);

/** Whether one of these authorities gave a certificate, itself valid at that time (`pathOf`). */
export const isGivenBy = (certificate: Certificate, authorities: readonly Certificate[], at: Instant): boolean =>
  pathOf(certificate, authorities, at) !== undefined;

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

const identifiers = {
  rsa: '2a864886f70d010101',
  sha256WithRsa: '2a864886f70d01010b',
  name: '550403',
  organisation: '55040a',
  number: '550405',
  basicConstraints: '551d13',
};

function certificateOf(der: Uint8Array): Certificate {
  const [whole, ...behind] = partsOf(der);
  const [body, algorithm, signature, ...others] = within(whole);
  if (behind.length > 0 || others.length > 0) return no('certificate');
  const fields = within(body);
  const [serial, inner, issuer, time, subject, key, ...more] =
    fields[0]?.tag === tags.version ? fields.slice(1) : fields;
  const [from, until] = within(time).map(instantOf);
  const outer = given(algorithm, tags.sequence);
  if (!sameBytes(given(inner, tags.sequence).whole, outer.whole) || from === undefined || until === undefined)
    return no('certificate');
  return {
    ...{ id: hex.encode(sha256(der)), serial: serialOf(serial) },
    ...{ key: keyOf(key), from, until, subject: subjectOf(subject) },
    isAuthority: isAuthority(more.find(({ tag }) => tag === tags.extensions)),
    names: { issuer: given(issuer, tags.sequence).whole, subject: given(subject, tags.sequence).whole },
    signed: isRsaWithSha256(outer) ? { bytes: given(body, tags.sequence).whole, signature: bitsOf(signature) } : null,
  };
}

/** Whether an algorithm is RSASSA-PKCS1-v1_5 with SHA-256, the one that is checked here. */
export const isRsaWithSha256 = (algorithm: Part): boolean =>
  identifierOf(partsOf(algorithm.content)[0]) === identifiers.sha256WithRsa;

function keyOf(part: Part | undefined): RsaKey {
  const [algorithm, bits] = within(part);
  if (identifierOf(within(algorithm)[0]) !== identifiers.rsa) return no('RSA key');
  const [n, e] = within(partsOf(bitsOf(bits))[0]).map((one) => {
    const { content } = given(one, tags.integer);
    return base64urlnopad.encode(content[0] === 0 ? content.subarray(1) : content);
  });
  return n !== undefined && e !== undefined ? { n, e } : no('RSA key');
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
    return first?.tag === tags.boolean && first.content[0] === 0xff;
  });
}
