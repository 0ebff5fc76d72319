import { existsSync } from 'node:fs';
import { readNewest } from '../agencies/witness/witness.js';
import { noteKeyOf } from '../domain/evidence/note.js';
import type { TrustedKey } from '../domain/evidence/trusted-keys.js';
import { type LogCheck } from '../db/register/log/check.js';
import { logFolder, publishedOrigin } from '../db/register/log/log-folder.js';
import { ed25519Seed } from '../ops/ed25519.js';
import { formerKeys, logVerifierOf } from './platform/secrets.js';
import { type LogPlaces } from './register-access.js';
import { verifierGiven } from './verifier-given.js';

/**
 * By what the transparency log of this installation is checked: its files, its keys, and what its witness remembers. The log is known by what was published or by
 * its key, so that whoever takes the files away does not silence the witness. Throws where a witness was named and does not answer.
 */
export async function logCheckOf(
  { folder, key, origin: name, witness }: LogPlaces,
  given: readonly TrustedKey[],
  say: (line: string) => void,
): Promise<Omit<LogCheck, 'only'>> {
  const files = logFolder(folder);
  const published = await publishedOrigin(folder);
  const seed = existsSync(key) ? ed25519Seed(key) : undefined;
  const own = seed && noteKeyOf(seed, 'log', name ?? published).verifier;
  const origin = published ?? (seed && noteKeyOf(seed, 'log', name).verifier.name);
  const former = formerKeys(key).flatMap((pem) => (origin === undefined ? [] : [logVerifierOf(origin, pem)]));
  const keys = [...(own ? [own] : []), ...former, ...given];
  const witnessed = origin === undefined ? undefined : await rememberedBy(witness, origin);
  if (!witnessed)
    say('Không có nhân chứng nào nhớ nhật ký này · no witness remembers this log: set WITNESS_URL and WITNESS_KEY');
  return { folder: files, keys, ...(witnessed && { witnessed }) };
}

async function rememberedBy(witness: LogPlaces['witness'], origin: string): Promise<LogCheck['witnessed']> {
  if ('stateFile' in witness) {
    const note = existsSync(witness.keyFile) ? readNewest(witness.stateFile, origin) : undefined;
    return note === undefined
      ? undefined
      : { note, verifier: noteKeyOf(ed25519Seed(witness.keyFile), 'witness').verifier };
  }
  const response = await fetch(`${witness.url}/checkpoint?origin=${encodeURIComponent(origin)}`, {
    signal: AbortSignal.timeout(5_000),
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`The witness at ${witness.url} answers ${response.status}`);
  return { note: await response.text(), verifier: verifierGiven(witness.key) };
}
