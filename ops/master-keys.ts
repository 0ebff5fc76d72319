import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** A data key as it may be kept: wrapped by a master key, which `master` names. */
export interface WrappedKey {
  readonly master: string;
  readonly wrapped: Buffer;
}

/** The master keys of the installation, which wrap the data keys in the register. Whoever has a key service or an HSM puts it behind this. */
export interface MasterKeys {
  /** Wraps a data key by the current master key. `about` is bound to it: unwrapped for something else it is refused. */
  wrap(key: Uint8Array, about: string): Promise<WrappedKey>;
  /** Throws `MasterKeyAway` where that master key is not at hand, or is another one than its id says. */
  unwrap(key: WrappedKey, about: string): Promise<Buffer>;
  /** Whether data keys wrapped by that master key can be opened here. */
  has(master: string): Promise<boolean>;
}

/** No data key wrapped by this master key can be opened: it is lost, or another one was given. */
export class MasterKeyAway extends Error {
  constructor(readonly master: string) {
    super(`master key ${master} is not at hand`);
  }
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a 256-bit key: nonce, ciphertext, tag. `about` is authenticated with it. */
export function encipher(key: Uint8Array, text: Uint8Array, about: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(about, 'utf8'));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** What was enciphered; undefined where key, ciphertext or `about` is another. */
export function decipher(key: Uint8Array, sealed: Buffer, about: string): Buffer | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined;
  const end = sealed.length - tagBytes;
  const cipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(about, 'utf8'))
    .setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(nonceBytes, end)), cipher.final()]);
  } catch {
    return undefined; // not what was enciphered: the caller says what that means
  }
}

/** A new master key as a line of its file. */
export const newMasterKey = (): string => randomBytes(32).toString('base64');

const idOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 16);

/** The keys of a file by id, the current one first: a line each, 32 bytes in base64. Throws where it holds anything else, or nothing. */
export function masterKeysIn(text: string): ReadonlyMap<string, Buffer> {
  const keys = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64'));
  if (keys.length === 0 || keys.some(({ length }) => length !== 32))
    throw new Error('a file of master keys has one key of 32 bytes in base64 on each line, the current one first');
  return new Map(keys.map((key) => [idOf(key), key]));
}

/** Master keys that this process holds itself, by id, the current one first. */
export const masterKeysHeld = (held: () => ReadonlyMap<string, Buffer>): MasterKeys => ({
  wrap(key, about) {
    const [current] = held();
    if (!current) throw new Error('There is no master key');
    const [master, by] = current;
    return Promise.resolve({ master, wrapped: encipher(by, key, about) });
  },
  unwrap({ master, wrapped }, about) {
    const by = held().get(master);
    const key = by && decipher(by, wrapped, about);
    return key ? Promise.resolve(key) : Promise.reject(new MasterKeyAway(master));
  },
  has: (master) => Promise.resolve(held().has(master)),
});

/**
 * The keys of a file, the current one first, which is read again when it has changed, so that a rotation reaches whoever runs. Throws where the file cannot be read at
 * the start; one that goes away later leaves what was read.
 */
export function keysOfFile(file: string): () => ReadonlyMap<string, Buffer> {
  const stamp = (): string => {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  };
  let seen = stamp();
  let keys = masterKeysIn(readFileSync(file, 'utf8'));
  return () => {
    try {
      const changed = stamp();
      if (changed !== seen) [keys, seen] = [masterKeysIn(readFileSync(file, 'utf8')), changed];
    } catch {
      // Removed or half written: what was read goes on, and the next start says so.
    }
    return keys;
  };
}

/** The stand-in for a key service: master keys in a file. */
export const masterKeysOf = (file: string): MasterKeys => masterKeysHeld(keysOfFile(file));
