// Types alone: the program that checks proofs elsewhere is one file of these modules.
import type { Instant } from '../time/instants.js';

/** Why a key may sign no more, in the words of RFC 5280: somebody else may have it, another took over, its use has ended. */
export const revocationReasons = ['compromised', 'superseded', 'ceased'] as const;

/** What keys of an installation sign: decisions and roots; states of the log; that a witness saw one; papers. */
export const keyUses = ['signature', 'log', 'witness', 'seal'] as const;

/** From when until when a key may sign. */
export interface KeyPeriod {
  readonly from: Instant;
  /** null: no end is set. */
  readonly until: Instant | null;
  readonly revoked: { readonly at: Instant; readonly reason: (typeof revocationReasons)[number] } | null;
}

/** Why a key may not have signed at a time; stable, each in both languages. */
export const keyFaultNames = {
  'key-early': {
    vi: 'ký trước khi khóa có hiệu lực: hãy hỏi nơi cấp tệp',
    en: 'signed before its key was valid: ask whoever gave you the file',
  },
  'key-expired': {
    vi: 'ký bằng khóa đã hết hạn: hãy xin tệp mới, ký bằng khóa còn hiệu lực',
    en: 'signed by a key that had expired: ask for a new file, signed by a key that is valid',
  },
  'key-revoked': {
    vi: 'ký bằng khóa đã bị thu hồi: hãy xin tệp mới, ký bằng khóa còn hiệu lực',
    en: 'signed by a key that was revoked: ask for a new file, signed by a key that is valid',
  },
} as const satisfies Record<string, { vi: string; en: string }>;

export type KeyFault = keyof typeof keyFaultNames;

const millisecondsOf = (at: Instant): number => Date.parse(at);

/** The earlier end of what two sources say of one key. */
export function strictest(one: KeyPeriod, other: KeyPeriod): KeyPeriod {
  const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
    a === null || b === null ? (a ?? b) : millisecondsOf(b) < millisecondsOf(a) ? b : a;
  const told = [one.revoked, other.revoked].filter((revoked) => revoked !== null);
  const [first] = told.toSorted((a, b) => millisecondsOf(a.at) - millisecondsOf(b.at));
  const compromised = told.find(({ reason }) => reason === 'compromised');
  return {
    from: millisecondsOf(other.from) > millisecondsOf(one.from) ? other.from : one.from,
    until: earlier(one.until, other.until),
    revoked: first ? { at: first.at, reason: compromised?.reason ?? first.reason } : null,
  };
}

/** Clocks of two machines differ; a key is made known in the moment of its first signature. */
export const skewMs = 300_000;

/**
 * What is wrong with a signature of this key made at `at`; undefined: nothing. `attested`: somebody else says when it was made (a witness, a time stamp). Of a key that
 * somebody else may have nothing counts that only it says the time of.
 */
export function keyFault({ from, until, revoked }: KeyPeriod, at: Instant, attested: boolean): KeyFault | undefined {
  const signed = millisecondsOf(at);
  if (revoked && (signed >= millisecondsOf(revoked.at) || (revoked.reason === 'compromised' && !attested)))
    return 'key-revoked';
  if (until !== null && signed >= millisecondsOf(until)) return 'key-expired';
  return signed + skewMs < millisecondsOf(from) ? 'key-early' : undefined;
}
