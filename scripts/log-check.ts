import { existsSync } from 'node:fs';
import type pg from 'pg';
import { readNewest } from '../agencies/witness/witness.js';
import { noteKeyOf, verifierText } from '../domain/evidence/note.js';
import { eachOnce, type TrustedKey } from '../domain/evidence/trusted-keys.js';
import { type LogCheck } from '../db/register/log/check.js';
import { logFolder, publishedOrigin } from '../db/register/log/log-folder.js';
import { keptOrigin } from '../db/register/log/origin.js';
import type { SigningKey } from '../db/register/signing-keys.js';
import { ed25519Seed } from '../ops/ed25519.js';
import { formerKeys, logVerifierOf } from './platform/secrets.js';
import { type LogPlaces } from './register-access.js';
import { verifierGiven } from './verifier-given.js';

/**
 * By what the transparency log of this installation is checked: its files, its keys, and what its witness remembers. The log is known by every name that it may have, by
 * its settings, the register, what was published and its key: whoever takes the files away or changes the register does not silence the witness. Throws where a witness was
 * named and does not answer.
 */
export async function logCheckOf(
  pool: pg.Pool,
  { folder, key, origin: name, witness }: LogPlaces,
  given: readonly TrustedKey[],
  say: (line: string) => void,
): Promise<Omit<LogCheck, 'only'>> {
  const files = logFolder(folder);
  const seed = existsSync(key) ? ed25519Seed(key) : undefined;
  const known = [name, await keptOrigin(pool), await publishedOrigin(folder)].filter((one) => one !== undefined);
  // Before anything was named, and for whoever took every name away.
  const names = new Set([...known, ...(seed ? [noteKeyOf(seed, 'log').verifier.name] : [])]);
  const former = formerKeys(key);
  const own = [...names].flatMap((origin) => [
    ...(seed ? [noteKeyOf(seed, 'log', origin).verifier] : []),
    ...former.map((pem) => logVerifierOf(origin, pem)),
  ]);
  const keys = [...own, ...given];
  let witnessed: LogCheck['witnessed'];
  for (const origin of names) witnessed ??= await rememberedBy(witness, origin);
  if (!witnessed)
    say('Không có nhân chứng nào nhớ nhật ký này · no witness remembers this log: set WITNESS_URL and WITNESS_KEY');
  return { folder: files, keys, ...(witnessed && { witnessed }) };
}

/** Every key of the log, and that of its witness, once: in the time that the register and every copy of the published list allow it. */
export function limitedBy(
  kept: readonly SigningKey[],
  { keys, witnessed, folder }: Omit<LogCheck, 'only'>,
): Omit<LogCheck, 'only'> {
  const inRegister = new Map(kept.map((key) => [key.material, key]));
  const all = eachOnce(
    [...keys, ...(witnessed ? [witnessed.verifier] : [])].flatMap((key) => {
      const period = inRegister.get(verifierText(key));
      return period ? [key, { ...key, period }] : [key];
    }),
  );
  const seen = witnessed && verifierText(witnessed.verifier);
  const witness = all.find((key) => verifierText(key) === seen);
  return {
    folder,
    keys: all.filter(({ kind }) => kind === 'log'),
    ...(witnessed && witness && { witnessed: { ...witnessed, verifier: witness } }),
  };
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
