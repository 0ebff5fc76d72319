import { readFileSync } from 'node:fs';
import { base64 } from '@scure/base';
import { checkpointFrom, type Checkpoint } from '../../domain/evidence/checkpoint.js';
import { type Hash, isConsistent } from '../../domain/evidence/merkle.js';
import { cosignatureLine, noteFrom, type NoteKey, signedBy, type Verifier } from '../../domain/evidence/note.js';
import { writeDurably } from '../../ops/durable-file.js';

/** What a witness answers to somebody who shows it a checkpoint (C2SP tlog-witness). */
export type Answer =
  | { readonly status: 200; readonly line: string }
  /** The newest state it knows is of this size. */
  | { readonly status: 409; readonly size: number }
  | { readonly status: 400 | 403 | 404 | 422; readonly reason: string };

interface Seen {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** As it was signed, with our line under it. */
  readonly note: string;
}

export interface Witness {
  /** Signs under a checkpoint that continues what it signed before, and under no other. One at a time; kept on disk before it answers. */
  add(body: string): Promise<Answer>;
  /** The newest note it signed of a log. */
  newest(origin: string): string | undefined;
}

export interface WitnessConfig {
  readonly key: NoteKey;
  /** The logs it knows, each by the keys that sign it: two, while one takes over from the other. */
  readonly logs: readonly Verifier[];
  readonly stateFile: string;
  /** Milliseconds since 1970; real time. */
  readonly now: () => number;
}

export function createWitness({ key, logs, stateFile, now }: WitnessConfig): Witness {
  const seen = new Map(Object.entries(readState(stateFile)));
  let last: Promise<unknown> = Promise.resolve();
  const add = async (body: string): Promise<Answer> => {
    const request = requestFrom(body);
    if (!request) return { status: 400, reason: 'not a request of this protocol' };
    const { old, path, note: text } = request;
    const note = noteFrom(text);
    const state = note && checkpointFrom(note.text);
    if (!note || !state) return { status: 400, reason: 'not a checkpoint' };
    const keys = logs.filter(({ name }) => name === state.origin);
    if (keys.length === 0) return { status: 404, reason: 'this log is not known here' };
    if (!keys.some((key) => signedBy(note, key))) return { status: 403, reason: 'its log did not sign it' };
    if (old > state.size) return { status: 400, reason: 'the old size is beyond the new one' };
    const before = seen.get(state.origin);
    if (old !== (before?.size ?? 0)) return { status: 409, size: before?.size ?? 0 };
    const known: Pick<Checkpoint, 'size' | 'root'> = {
      size: old,
      root: before ? base64.decode(before.root) : state.root,
    };
    if (old > 0 && !isConsistent(known, state, path))
      return old === state.size
        ? { status: 409, size: old }
        : { status: 422, reason: 'it does not continue what was signed' };
    const line = cosignatureLine(note.text, key.verifier, Math.floor(now() / 1000), key.sign);
    seen.set(state.origin, { size: state.size, root: base64.encode(state.root), note: `${note.text}\n${line}` });
    await writeDurably(stateFile, `${JSON.stringify(Object.fromEntries(seen), null, 2)}\n`);
    return { status: 200, line };
  };
  return {
    add(body) {
      const answer = last.then(() => add(body));
      last = answer.catch(() => undefined);
      return answer;
    },
    newest: (origin) => seen.get(origin)?.note,
  };
}

/** The newest note that a witness signed of a log, from its file; undefined where it never did. */
export const readNewest = (stateFile: string, origin: string): string | undefined => readState(stateFile)[origin]?.note;

function readState(file: string): Record<string, Seen> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Seen>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

function requestFrom(body: string): { readonly old: number; readonly path: Hash[]; readonly note: string } | undefined {
  const split = body.indexOf('\n\n');
  const [first = '', ...hashes] = body.slice(0, Math.max(0, split)).split('\n');
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  if (old === undefined || hashes.length > 63 || !hashes.every((hash) => /^[A-Za-z0-9+/]{43}=$/.test(hash)))
    return undefined;
  return { old: Number(old), path: hashes.map((hash) => base64.decode(hash)), note: body.slice(split + 2) };
}
