import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationPaths } from '../../api/pages/router.js';

it('an address that the application knows is served as its page, and no other is', () => {
  const source = readFileSync(join(import.meta.dirname, '../../web/main.tsx'), 'utf8');
  const known = [...source.matchAll(/\bpath: '([^']+)'/g)].map(([, path = '']) => path.replaceAll('$', ':'));
  expect(known.length).toBeGreaterThan(10);
  expect(known.toSorted()).toEqual([...applicationPaths].toSorted());
});
