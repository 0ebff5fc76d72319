import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('docs/architecture.md says of every table who writes it', () => {
  const folder = join(root, 'db/schema');
  const schema = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const tables = schema.flatMap((text) => [...text.matchAll(/pgTable\(\s*'([a-z_]+)'/g)].map(([, name]) => name ?? ''));
  expect(tables.length).toBeGreaterThan(50);
  const told = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  expect(tables.filter((name) => !told.includes(`\`${name}\``))).toEqual([]);
});
