import { statfs } from 'node:fs/promises';

// Out of space, out of quota, and PostgreSQL's word for both.
const full: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** Whether something failed because there was no room left to write it: the same will work when there is. Looks into causes too. */
export function isDiskFull(error: unknown): boolean {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    if ('code' in at && full.has(at.code)) return true;
    at = 'cause' in at ? at.cause : undefined;
  }
  return false;
}

/** Bytes that whoever is not root may still write on the file system of `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
