import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base64, hex } from '@scure/base';
import { joined, sameBytes } from './merkle.js';

// Signed notes (C2SP signed-note), with the signatures of logs (Ed25519) and the cosignatures of witnesses (C2SP tlog-cosignature, version 1).
const kinds = { log: 0x01, witness: 0x04 } as const;
type Kind = keyof typeof kinds;

/** A public key by which a note is checked: who it is of, as what it signs. */
export interface Verifier {
  readonly name: string;
  readonly kind: Kind;
  /** The first four bytes of a hash over name, kind and key: a signature names its key by it. */
  readonly id: Uint8Array;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** Signs bytes with Ed25519: 64 bytes. */
export type Sign = (bytes: Uint8Array) => Uint8Array;

/** A key that signs notes. */
export interface NoteKey {
  readonly verifier: Verifier;
  readonly sign: Sign;
}

/** The key that a seed of 32 bytes is, named after what the key itself is where it has no other name. */
export function noteKeyOf(seed: Uint8Array, kind: Kind, name?: string): NoteKey {
  const publicKey = ed25519.getPublicKey(seed);
  const given = name ?? `luong-xanh-${kind}/${hex.encode(sha256(publicKey).slice(0, 4))}`;
  return { verifier: verifierOf(given, kind, publicKey), sign: (bytes) => ed25519.sign(bytes, seed) };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export function verifierOf(name: string, kind: Kind, publicKey: Uint8Array): Verifier {
  if (!isName(name)) throw new RangeError(`«${name}» is no name of a key`);
  if (publicKey.length !== 32) throw new RangeError('An Ed25519 key has 32 bytes');
  const typed = joined(Uint8Array.of(kinds[kind]), publicKey);
  return { name, kind, publicKey, id: sha256(joined(bytesOf(`${name}\n`), typed)).slice(0, 4) };
}

/** A name of a key: not empty, without spaces and plus signs. */
const isName = (name: string): boolean => /^[^\s+]+$/u.test(name);

/** The key as text, as everybody's tools read it: name, id and key, with plus signs between. */
export const verifierText = ({ name, kind, id, publicKey }: Verifier): string =>
  `${name}+${hex.encode(id)}+${base64.encode(joined(Uint8Array.of(kinds[kind]), publicKey))}`;

/** Reads a key that is given as text; undefined where it is none that we can check. */
export function verifierFrom(text: string): Verifier | undefined {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(text.trim());
  if (!parts) return undefined;
  const [, name = '', id = '', encoded = ''] = parts;
  const typed = decoded(encoded);
  const kind = (Object.keys(kinds) as Kind[]).find((one) => kinds[one] === typed?.[0]);
  if (!typed || typed.length !== 33 || !kind) return undefined;
  const verifier = verifierOf(name, kind, typed.slice(1));
  return hex.encode(verifier.id) === id ? verifier : undefined;
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text);
  } catch {
    return undefined; // Not base64: whoever asks is told that there is nothing.
  }
}

/** A note taken apart; nothing of it is checked yet. */
export interface Note {
  /** Ends with a line feed. */
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly id: Uint8Array; readonly bytes: Uint8Array }[];
}

/** Takes a note apart; undefined where it is none. */
export function noteFrom(note: string): Note | undefined {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return undefined;
  const lines = note.slice(split + 2, -1).split('\n');
  const signatures = lines.map((line) => {
    const parts = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line);
    const whole = parts?.[2] === undefined ? undefined : decoded(parts[2]);
    return parts?.[1] !== undefined && whole && whole.length > 4
      ? { name: parts[1], id: whole.slice(0, 4), bytes: whole.slice(4) }
      : undefined;
  });
  return signatures.every((one) => one !== undefined) ? { text: note.slice(0, split + 1), signatures } : undefined;
}

const lineOf = (name: string, id: Uint8Array, signature: Uint8Array): string =>
  `— ${name} ${base64.encode(joined(id, signature))}\n`;

/** The line by which a log signs the text of a note. */
export const signatureLine = (text: string, { name, id }: Verifier, sign: Sign): string =>
  lineOf(name, id, sign(bytesOf(text)));

/** The line by which a witness says that it saw the text of a note at an instant (seconds since 1970), and nothing that contradicts it. */
export const cosignatureLine = (text: string, { name, id }: Verifier, seconds: number, sign: Sign): string =>
  lineOf(name, id, joined(bigEndian(seconds), sign(cosigned(text, seconds))));

const cosigned = (text: string, seconds: number): Uint8Array => bytesOf(`cosignature/v1\ntime ${seconds}\n${text}`);

function bigEndian(seconds: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(seconds));
  return bytes;
}

/** Whether this key signed the note, and for a witness, when (seconds since 1970). */
export function signedBy(note: Note, verifier: Verifier): { readonly seconds?: number } | undefined {
  for (const { name, id, bytes } of note.signatures) {
    if (name !== verifier.name || !sameBytes(id, verifier.id)) continue;
    if (verifier.kind === 'log') {
      if (isSignature(bytes, bytesOf(note.text), verifier.publicKey)) return {};
    } else if (bytes.length === 72) {
      const seconds = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
      if (isSignature(bytes.slice(8), cosigned(note.text, seconds), verifier.publicKey)) return { seconds };
    }
  }
  return undefined;
}

const isSignature = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean =>
  signature.length === 64 && ed25519.verify(signature, message, publicKey, { zip215: false });
