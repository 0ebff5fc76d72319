import { base64 } from '@scure/base';
import type { Hash } from './merkle.js';

/** What a log says of itself (C2SP tlog-checkpoint): so many leaves, and the root over them. */
export interface Checkpoint {
  /** Which log. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${base64.encode(root)}\n`;

/** Reads the text of a checkpoint; undefined where it is none. Further lines are extensions that we do not know: ignored. */
export function checkpointFrom(text: string): Checkpoint | undefined {
  const [origin, size, root] = text.split('\n');
  if (!origin || size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size) || !/^[A-Za-z0-9+/]{43}=$/.test(root ?? ''))
    return undefined;
  return { origin, size: Number(size), root: base64.decode(root ?? '') };
}
