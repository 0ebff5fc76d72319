import { sha256 } from '@noble/hashes/sha2.js';
import { base64, hex } from '@scure/base';
import type { Instant } from '../time/instants.js';
import { type Certificate, isRsaWithSha256, pathOf } from './certificate.js';
import { bitsOf, given, identifierOf, instantOf, no, type Part, partsOf, serialOf, tags, within } from './der.js';
import { sameBytes } from './merkle.js';
import { isRsaSigned } from './rsa.js';

/** A list of what an authority revoked (CRL, RFC 5280), as far as it is needed to say whether a certificate still stood. In pure code, so that it is read wherever proofs are checked. */
export interface RevocationList {
  /** SHA-256 of it, hexadecimal. */
  readonly id: string;
  readonly issuer: Uint8Array;
  /** When it was made, and when the next one is there at the latest. */
  readonly from: Instant;
  readonly until: Instant;
  /** Since when each certificate counts no more, by its number. */
  readonly revoked: ReadonlyMap<string, Instant>;
  /** What its issuer signed. */
  readonly signed: { readonly bytes: Uint8Array; readonly signature: Uint8Array };
}

/** What the lists of authorities say of a certificate. */
export interface Standing {
  /** Since when it counts no more, or one of those through which it was given; null: none of them is revoked. */
  readonly revokedAt: Instant | null;
  /** The list of whoever gave it. */
  readonly list: RevocationList;
}

/** None of the lists is of an authority that gave it, or those that are had ended by then. */
type Silent = 'silent';

/**
 * What these lists say of a certificate that counted `at`, as the newest of each authority knows it; undefined: none of these authorities gave it. A list of before
 * says nothing, nor one of after the certificate's own end that has it no longer.
 */
export function standingOf(
  certificate: Certificate,
  authorities: readonly Certificate[],
  lists: readonly RevocationList[],
  at: Instant,
): Standing | Silent | undefined {
  const path = pathOf(certificate, authorities, at);
  if (!path) return undefined;
  let revokedAt: Instant | null = null;
  let list: RevocationList | undefined;
  // The last one is trusted by itself: nobody else says anything of it.
  for (const [place, authority] of path.entries()) {
    const about = path[place - 1] ?? certificate;
    const newest = newestOf(authority, lists, at);
    const revoked = newest?.revoked.get(about.serial);
    if (!newest || (revoked === undefined && Date.parse(newest.from) > Date.parse(about.until))) return 'silent';
    if (revoked !== undefined && (revokedAt === null || Date.parse(revoked) < Date.parse(revokedAt)))
      revokedAt = revoked;
    list ??= newest;
  }
  return list ? { revokedAt, list } : 'silent';
}

function newestOf(
  { names, key }: Certificate,
  lists: readonly RevocationList[],
  at: Instant,
): RevocationList | undefined {
  return lists
    .filter(
      ({ issuer, until, signed }) =>
        sameBytes(issuer, names.subject) &&
        Date.parse(until) > Date.parse(at) &&
        isRsaSigned(key, signed.bytes, signed.signature),
    )
    .toSorted((a, b) => Date.parse(b.from) - Date.parse(a.from))[0];
}

const block = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/g;
const marker = '-----BEGIN X509 CRL-----';

/** Reads the lists of a file, DER or PEM; undefined where there is none, or one that says more than is understood here. Nothing of them is checked but their shape. */
export function revocationListsFrom(file: Uint8Array): readonly RevocationList[] | undefined {
  try {
    if (file[0] === tags.sequence) return [listOf(file)];
    const text = new TextDecoder().decode(file);
    const found = [...text.matchAll(block)].map(([, body = '']) => listOf(base64.decode(body.replace(/\s/g, ''))));
    return found.length > 0 && found.length === text.split(marker).length - 1 ? found : undefined;
  } catch {
    return undefined; // Not a list, or none of those that are read here.
  }
}

const identifiers = { number: '551d14', authorityKey: '551d23', invalidSince: '551d18' };
const time = { utc: 0x17, general: 0x18 };

function listOf(der: Uint8Array): RevocationList {
  const [whole, ...behind] = partsOf(der);
  const [body, algorithm, signature, ...others] = within(whole);
  const fields = within(body);
  const [inner, issuer, made, next, ...more] = fields[0]?.tag === tags.integer ? fields.slice(1) : fields;
  const outer = given(algorithm, tags.sequence);
  if (behind.length > 0 || others.length > 0 || !made || !next || !isTime(made) || !isTime(next)) return no('list');
  if (!sameBytes(given(inner, tags.sequence).whole, outer.whole) || !isRsaWithSha256(outer)) return no('list');
  const [first, ...rest] = more;
  const entries = first?.tag === tags.sequence ? first : undefined;
  const [extensions, ...none] = entries ? rest : more;
  if (none.length > 0) return no('list');
  // One of a part of the certificates alone, or of what changed since another, would be taken for the whole.
  if (extensions) refuseUnknown(within(partsOf(given(extensions, tags.version).content)[0]));
  return {
    id: hex.encode(sha256(der)),
    issuer: given(issuer, tags.sequence).whole,
    from: instantOf(made),
    until: instantOf(next),
    revoked: new Map(entries ? partsOf(entries.content).map(entryOf) : []),
    signed: { bytes: given(body, tags.sequence).whole, signature: bitsOf(signature) },
  };
}

const isTime = ({ tag }: Part): boolean => tag === time.utc || tag === time.general;

/** Since when a certificate counts no more: since it was revoked, or since somebody else had its key, where that is said and was earlier. */
function entryOf(part: Part): readonly [string, Instant] {
  const [serial, at, extensions] = within(part);
  if (!at || !isTime(at)) return no('list');
  const revokedAt = instantOf(at);
  const all = extensions ? within(extensions) : [];
  refuseUnknown(all);
  const since = all.map((one) => within(one)).find(([type]) => identifierOf(type) === identifiers.invalidSince);
  const [invalid] = since ? partsOf(given(since.at(-1), tags.octets).content) : [];
  const invalidSince = invalid && isTime(invalid) ? instantOf(invalid) : revokedAt;
  return [serialOf(serial), Date.parse(invalidSince) < Date.parse(revokedAt) ? invalidSince : revokedAt];
}

/** Throws where something is said that must be understood (critical), and is not: that the list is of some certificates only, or of somebody else's. */
function refuseUnknown(extensions: readonly Part[]): void {
  for (const extension of extensions) {
    const [type, critical] = within(extension);
    const isKnown = (Object.values(identifiers) as readonly string[]).includes(identifierOf(type));
    if (!isKnown && critical?.tag === tags.boolean && critical.content[0] !== 0) no('list');
  }
}
