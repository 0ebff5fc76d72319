import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const web = join(import.meta.dirname, '../../web');
const query = /queryKey: (\[[^\]]*\]),\s*queryFn: (?:async )?\(\) =>\s*read\(\s*'([^']+)'/g;

/** Every query of the pages whose key and route stand beside each other. */
const queries = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .flatMap((name) =>
    [...readFileSync(join(web, name), 'utf8').matchAll(query)].map(([, key = '', route = '']) => ({ key, route })),
  );

describe('what the pages keep of answers', () => {
  it('has one route for a key: two would give each other their answers', () => {
    expect(queries.length).toBeGreaterThan(30);
    const routes = new Map<string, Set<string>>();
    for (const { key, route } of queries) routes.set(key, (routes.get(key) ?? new Set()).add(route));
    const shared = [...routes]
      .filter(([, found]) => found.size > 1)
      .map(([key, found]) => ({ key, routes: [...found] }));
    expect(shared).toEqual([]);
  });
});
