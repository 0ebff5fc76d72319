import type pg from 'pg';
import { rows } from '../../pool.js';
import { publishedOrigin } from './log-folder.js';

/** The name that the register keeps of its log; undefined before there is one. */
export async function keptOrigin(on: pg.Pool): Promise<string | undefined> {
  const [found] = await rows<{ origin: string }>(on, 'select origin from transparency_log');
  return found?.origin;
}

/**
 * The name of the log, which it keeps when another key takes over and also where its files are lost: the one it was given, that the register keeps, or under which it was
 * published in `folder`. Undefined before there is a log: it is named after its key.
 */
export const originOf = async (on: pg.Pool, named: string | undefined, folder: string): Promise<string | undefined> =>
  named ?? (await keptOrigin(on)) ?? (await publishedOrigin(folder));
