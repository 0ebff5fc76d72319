import { existsSync } from 'node:fs';
import { noteFrom, noteKeyOf } from '../domain/evidence/note.js';
import { checkpointFrom } from '../domain/evidence/checkpoint.js';
import { type LogCheck } from '../db/register/log/check.js';
import { logFolder } from '../db/register/log/log-folder.js';
import { ed25519Seed } from '../ops/ed25519.js';
import { type RegisterAccess } from './register-access.js';
import { verifierGiven } from './verifier-given.js';

/** By what the transparency log of this installation is checked: its files, its keys, and what its witness remembers, who is asked where they are known. */
export async function logCheckOf(
  { folder, key, witness }: RegisterAccess['log'],
  given: readonly string[],
  say: (line: string) => void,
): Promise<Omit<LogCheck, 'only'>> {
  const files = logFolder(folder);
  const note = noteFrom((await files.checkpoint()) ?? '');
  const origin = note && checkpointFrom(note.text)?.origin;
  const own = existsSync(key) && origin !== undefined ? [noteKeyOf(ed25519Seed(key), 'log', origin).verifier] : [];
  const keys = [...own, ...given.map(verifierGiven)];
  if (!witness || origin === undefined) {
    say('Chưa hỏi nhân chứng của nhật ký · no witness of the log was asked: set WITNESS_URL and WITNESS_KEY');
    return { folder: files, keys };
  }
  const response = await fetch(`${witness.url}/checkpoint?origin=${encodeURIComponent(origin)}`, {
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`The witness at ${witness.url} answers ${response.status}`);
  return { folder: files, keys, witnessed: { note: await response.text(), verifier: verifierGiven(witness.key) } };
}
