import { base64 } from '@scure/base';
import type pg from 'pg';
import { consistencyPath } from '../domain/evidence/merkle.js';
import { noteFrom, signedBy, type Verifier } from '../domain/evidence/note.js';
import {
  appendToLog,
  type LogCheckpoint,
  type LogWriter,
  newestCheckpoint,
  publishCheckpoint,
} from '../db/register/log/append.js';
import { keepNoteKey, keepNoteKeys, requireValidNoteKey } from '../db/register/signing-keys.js';
import { addCosignature, cosignedSize } from '../db/register/log/cosignatures.js';

/** Somebody else who signs under what the log says of itself, and refuses one that was written anew. */
export interface WitnessOf {
  /** Base address of its protocol (C2SP tlog-witness). */
  readonly url: string;
  readonly verifier: Verifier;
}

export interface TransparencyDeps {
  readonly pool: pg.Pool;
  readonly writer: LogWriter;
  readonly witness?: WitnessOf;
  /** Told of each state that was signed. */
  readonly onCheckpoint: (written: LogCheckpoint) => void;
}

const answerMs = 5_000;

/** Takes the events into the log that there are now, then has the newest state witnessed and publishes it: one state a round, however busy the register is. */
export async function keepLog({ pool, writer, witness, onCheckpoint }: TransparencyDeps): Promise<void> {
  await keepNoteKeys(pool, witness?.verifier);
  await requireValidNoteKey(pool, writer.verifier);
  for (let more = true; more;) {
    const written = await appendToLog(pool, writer);
    if (written) {
      await keepNoteKey(pool, writer.verifier);
      onCheckpoint(written);
    }
    more = written?.more ?? false;
  }
  if (witness) await haveWitnessed(pool, writer, witness);
  await publishCheckpoint(pool, writer);
}

async function haveWitnessed(pool: pg.Pool, { folder }: LogWriter, { url, verifier }: WitnessOf): Promise<void> {
  const newest = await newestCheckpoint(pool);
  if (!newest) return;
  const { size, note } = newest;
  let old = await cosignedSize(pool, verifier.name);
  if (old >= size) return;
  // It may have signed more than we know, if we died before we kept it: then it says how much.
  for (let asked = 0; asked < 2; asked++) {
    const path = (await consistencyPath(folder.nodes(size), old, size)).map((hash) => `${base64.encode(hash)}\n`);
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body: `old ${old}\n${path.join('')}\n${note}`,
      signal: AbortSignal.timeout(answerMs),
    });
    const text = await response.text();
    if (response.status === 200) {
      const line = lineOf(text, note, verifier);
      if (line === undefined) throw new Error(`${verifier.name} did not sign what it was shown`);
      await addCosignature(pool, size, verifier.name, line);
      return keepNoteKey(pool, verifier);
    }
    const told = response.status === 409 ? Number(text.trim()) : Number.NaN;
    if (!(told > old && told <= size))
      throw new Error(
        `${verifier.name} refuses the log at size ${size}: ${response.status} ${text.trim().slice(0, 200)}`,
      );
    old = told;
  }
  throw new Error(`${verifier.name} does not say how much of the log it knows`);
}

/** The line of this witness in its answer; undefined where none of its lines holds. */
function lineOf(answer: string, note: string, verifier: Verifier): string | undefined {
  const text = noteFrom(note)?.text;
  if (text === undefined) return undefined;
  return answer
    .split('\n')
    .map((line) => `${line}\n`)
    .find((line) => {
      const signed = noteFrom(`${text}\n${line}`);
      return signed !== undefined && signedBy(signed, verifier) !== undefined;
    });
}
