import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildSources, isBuilt } from '../../scripts/programs/build.js';

let root: string;
const sources = () => ({ root, entries: ['main.ts'], tools: ['lock.json'] });
const put = (name: string, text: string) => writeFileSync(join(root, name), text);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'programs-'));
  mkdirSync(join(root, 'part'));
  put('package.json', '{ "type": "module" }');
  put('lock.json', '{}');
  put('words.json', '{ "greeting": "xin chào" }');
  put(
    'main.ts',
    `import words from './words.json' with { type: 'json' };\nimport { type Name, say } from './part/say.js';\nconst name: Name = 'An';\nsay(\`\${words.greeting} \${name}\`);\n`,
  );
  put(
    'part/say.ts',
    `export type Name = string;\n\nexport function say(text: string): never {\n  throw new Error(text);\n}\n`,
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('builds what an entry reaches, and a stack names the lines of the sources', async () => {
  const into = join(root, 'built');
  await buildSources(into, sources());
  const { stderr } = spawnSync(process.execPath, ['--enable-source-maps', join(into, 'main.js')], { encoding: 'utf8' });
  expect(stderr).toContain('Error: xin chào An');
  expect(stderr).toContain(`${join(root, 'part/say.ts')}:4:9`);
});

it('is built no longer once a source, JSON or the lock has another content', async () => {
  const into = join(root, 'built');
  expect(isBuilt(into, sources())).toBe(false);
  for (const file of ['part/say.ts', 'words.json', 'lock.json']) {
    await buildSources(into, sources());
    expect(isBuilt(into, sources())).toBe(true);
    put('beside.ts', `export {};\n`);
    expect(isBuilt(into, sources())).toBe(true);
    put(
      file,
      file.endsWith('.json')
        ? `{ "greeting": "chào ${file}" }`
        : `export type Name = string;\nexport const say = console.log;\n`,
    );
    expect(isBuilt(into, sources())).toBe(false);
  }
});
