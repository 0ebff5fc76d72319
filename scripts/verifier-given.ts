import { readFileSync } from 'node:fs';
import { type Certificate, certificatesFrom } from '../domain/evidence/certificate.js';
import { type RevocationList, revocationListsFrom } from '../domain/evidence/revocations.js';
import { type TrustedKeys, trustedFrom } from '../domain/evidence/trusted-keys.js';
import { type Verifier, verifierFrom } from '../domain/evidence/note.js';

/** Reads a key that was given on the command line. Throws with a sentence where it is none. */
export function verifierGiven(text: string): Verifier {
  const verifier = verifierFrom(text);
  if (verifier) return verifier;
  throw new Error(`${text} is no key: name+id+key`);
}

/** Reads a file of keys: a copy of what an installation publishes, or a key a line. Throws with a sentence where it is none. */
export function keysGiven(file: string): TrustedKeys {
  const keys = trustedFrom(readFileSync(file, 'utf8'));
  if (keys) return keys;
  throw new Error(`${file} holds no keys: give a copy of /.well-known/luong-xanh-keys.json, or lines of name+id+key`);
}

/** Reads the certificates of a file. Throws with a sentence where there is none. */
export function certificatesGiven(file: string): readonly Certificate[] {
  const certificates = certificatesFrom(readFileSync(file, 'utf8'));
  if (certificates) return certificates;
  throw new Error(`${file} holds no certificates that can be checked: give PEM, each of an RSA key`);
}

/** Reads lists of revoked certificates. Throws with a sentence where a file is none. */
export function revocationsGiven(file: string): readonly RevocationList[] {
  const lists = revocationListsFrom(readFileSync(file));
  if (lists) return lists;
  throw new Error(`${file} holds no list of revoked certificates that can be checked: give a CRL, DER or PEM`);
}
