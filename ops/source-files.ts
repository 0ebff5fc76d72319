import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The sources that are reached from `entry` by imports of files, JSON among them, sorted; absolute paths. */
export function sourcesOf(entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found) {
    if (!file.endsWith('.ts')) continue;
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import) '(\.[^']+)'/g)) {
      found.add(join(dirname(file), specifier.replace(/\.js$/, '.ts')));
    }
  }
  return [...found].sort();
}
