import { type Verifier, verifierFrom } from '../domain/evidence/note.js';

/** Reads a key that was given on the command line. Throws with a sentence where it is none. */
export function verifierGiven(text: string): Verifier {
  const verifier = verifierFrom(text);
  if (verifier) return verifier;
  throw new Error(`${text} is no key: name+id+key`);
}
