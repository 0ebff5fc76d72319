import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hex } from '@scure/base';
import { joined } from './merkle.js';

/** One field of an event as the log covers it: name and RFC 8785 text of its value. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** One event as its leaf covers it. */
export interface LeafOf<F> {
  readonly caseCode: string;
  readonly seq: number;
  /** In the order of their names, each once. */
  readonly fields: readonly F[];
}

/** A field as a reader gets it: with its salt, or, where they may not see it, its salted hash alone (hexadecimal). */
export type ShownField = (Field & { readonly salt: string }) | { readonly name: string; readonly hidden: string };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What the salts of an event are made from: nobody without the key of the log can guess a value from its hash. */
const eventSecret = (key: Uint8Array, caseCode: string, seq: number): Uint8Array =>
  hmac(sha256, key, bytesOf(`${caseCode}\n${seq}`));

/** The salt of one field, 16 bytes, hexadecimal; it tells nothing of the others. */
const saltOf = (secret: Uint8Array, name: string): string =>
  hex.encode(sha256(joined(secret, bytesOf(name))).slice(0, 16));

/** The salted hash of one field, hexadecimal. */
const fieldHash = ({ name, value, salt }: Field & { readonly salt: string }): string =>
  hex.encode(sha256(joined(hex.decode(salt), bytesOf(`${name}\n${value}`))));

/**
 * What the log holds of an event, 32 bytes: SHA-256 over case, sequence and the salted hash of every field. Alike for whoever sees all
 * fields and for whoever sees some.
 */
export function entryOf({ caseCode, seq, fields }: LeafOf<ShownField>): Uint8Array {
  const lines = fields.map((field) => `${field.name} ${'hidden' in field ? field.hidden : fieldHash(field)}`);
  return sha256(bytesOf(['luong-xanh event 1', caseCode, seq, ...lines, ''].join('\n')));
}

/** The event with the salt of every field. */
export function salted(
  { fields, ...event }: LeafOf<Field>,
  key: Uint8Array,
): LeafOf<Field & { readonly salt: string }> {
  const secret = eventSecret(key, event.caseCode, event.seq);
  return { ...event, fields: fields.map((field) => ({ ...field, salt: saltOf(secret, field.name) })) };
}

/** The event as somebody reads it who may not see every field. */
export const shownTo = (
  { fields, ...event }: LeafOf<Field & { readonly salt: string }>,
  maySee: (name: string) => boolean,
): LeafOf<ShownField> => ({
  ...event,
  fields: fields.map((field) => (maySee(field.name) ? field : { name: field.name, hidden: fieldHash(field) })),
});
