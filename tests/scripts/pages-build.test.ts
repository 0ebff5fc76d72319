import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { pageSources } from '../../scripts/pages/build.js';

const root = resolve(import.meta.dirname, '../..');
const sources = new Set(pageSources());

/** The file that an import of a file leads to. */
const fileOf = (from: string, specifier: string): string | undefined =>
  [specifier, specifier.replace(/\.js$/, '.ts'), specifier.replace(/\.js$/, '.tsx')]
    .map((one) => join(dirname(from), one))
    .find((one) => existsSync(one));

it('makes the pages anew once anything they are made of has another content', () => {
  for (const file of [
    ...['web/main.tsx', 'web/vite.config.ts', 'domain/errors.ts', 'package-lock.json'],
    ...['scripts/verify-proof.ts', 'scripts/check-statement.ts', 'scripts/verifier-given.ts', 'ops/ed25519.ts'],
  ])
    expect(sources, file).toContain(join(root, file));
});

it('knows every file that one of them imports', () => {
  const missing = [...sources]
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)[ (]'(\.[^']+)'/g)].map(([, specifier = '']) => [
        `${file} ${specifier}`,
        fileOf(file, specifier),
      ]),
    )
    .filter(([, to]) => to === undefined || !sources.has(to))
    .map(([what]) => what);
  expect(missing).toEqual([]);
});
