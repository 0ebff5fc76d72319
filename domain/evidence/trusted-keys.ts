import { base64urlnopad } from '@scure/base';
import type { Instant } from '../time/instants.js';
import { type KeyPeriod, revocationReasons, strictest } from './key-period.js';
import type { RsaKey } from './rsa.js';
import { type Verifier, verifierFrom, verifierText } from './note.js';

/** A key of a log or a witness that one trusts; without a period it is trusted for ever. */
export interface TrustedKey extends Verifier {
  readonly period?: KeyPeriod;
}

/** A key that signs results. */
export interface ResultKey {
  readonly id: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly period?: KeyPeriod;
}

/** A key of a seal, by which statements in QR codes are checked. */
export interface SealKey extends RsaKey {
  /** SHA-256 of its certificate, hex. */
  readonly id: string;
  readonly period: KeyPeriod;
}

export interface TrustedKeys {
  readonly notes: readonly TrustedKey[];
  readonly results: readonly ResultKey[];
  readonly seals: readonly SealKey[];
}

/** Each key once, in the time that every list allows: whoever is given two lists is held to the earlier end. */
export function eachOnce(keys: readonly TrustedKey[]): TrustedKey[] {
  const known = new Map<string, TrustedKey>();
  for (const key of keys) {
    const text = verifierText(key);
    const before = known.get(text)?.period;
    const period = before && key.period ? strictest(before, key.period) : (before ?? key.period);
    known.set(text, period ? { ...key, period } : key);
  }
  return [...known.values()];
}

/** As `eachOnce`, of keys of seals. */
export function eachSealOnce(keys: readonly SealKey[]): SealKey[] {
  const known = new Map<string, SealKey>();
  for (const key of keys) {
    const name = `${key.id} ${key.n} ${key.e}`;
    const before = known.get(name);
    known.set(name, before ? { ...key, period: strictest(before.period, key.period) } : key);
  }
  return [...known.values()];
}

/** The format of `/.well-known/luong-xanh-keys.json`. */
export const keysFormat = 'luong-xanh-keys/1';

/**
 * Reads the keys one trusts: the file that an installation publishes, or a key a line (`name+id+key`, which is trusted for ever). Undefined where any of it is neither:
 * a key that nobody understood must not be left out in silence.
 */
export function trustedFrom(text: string): TrustedKeys | undefined {
  if (text.trim().startsWith('{')) return publishedFrom(text);
  const notes = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(verifierFrom);
  return notes.every((one) => one !== undefined) ? { notes, results: [], seals: [] } : undefined;
}

function publishedFrom(text: string): TrustedKeys | undefined {
  const file = jsonFrom(text) as { readonly format?: unknown; readonly keys?: unknown } | undefined;
  if (file?.format !== keysFormat || !Array.isArray(file.keys)) return undefined;
  const notes: TrustedKey[] = [];
  const results: ResultKey[] = [];
  const seals: SealKey[] = [];
  for (const key of file.keys as readonly (Readonly<Record<string, unknown>> | null)[]) {
    const period = key && periodFrom(key);
    if (!key || !period) return undefined;
    const { use, verifier, id, jwk } = key;
    if (use === 'seal') {
      const { n, e } = (jwk ?? {}) as Readonly<Record<string, unknown>>;
      // Lists of earlier releases have the certificate alone, for those who check PDF files.
      if (typeof id === 'string' && typeof n === 'string' && typeof e === 'string' && bytesFrom(n) && bytesFrom(e))
        seals.push({ id, n, e, period });
      else if (jwk !== undefined) return undefined;
    } else if (use === 'log' || use === 'witness') {
      const read = typeof verifier === 'string' ? verifierFrom(verifier) : undefined;
      if (!read || read.kind !== use) return undefined;
      notes.push({ ...read, period });
    } else if (use === 'signature') {
      const publicKey = bytesFrom((jwk as { readonly x?: unknown } | undefined)?.x);
      if (typeof id !== 'string' || publicKey?.length !== 32) return undefined;
      results.push({ id, publicKey, period });
    } else return undefined;
  }
  return { notes, results, seals: eachSealOnce(seals) };
}

function periodFrom({ from, until, revoked }: Readonly<Record<string, unknown>>): KeyPeriod | undefined {
  const ended = revoked as { readonly at?: unknown; readonly reason?: unknown } | null;
  const reason = revocationReasons.find((one) => one === ended?.reason);
  if (!isInstant(from) || (until !== null && !isInstant(until))) return undefined;
  if (ended === null) return { from, until, revoked: null };
  return isInstant(ended?.at) && reason ? { from, until, revoked: { at: ended.at, reason } } : undefined;
}

const isInstant = (value: unknown): value is Instant =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Asked for: is it?
  }
}

function bytesFrom(text: unknown): Uint8Array | undefined {
  try {
    return typeof text === 'string' ? base64urlnopad.decode(text) : undefined;
  } catch {
    return undefined; // Not base64url: whoever asks is told that it is no key.
  }
}
