import { readFileSync } from 'node:fs';

/** The JSON of one file of `seeds/data`, not yet validated. */
export function readSeed(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8'));
}
