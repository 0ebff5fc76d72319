import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root });
/** The rules that would fire if this file had this text. */
async function rulesFiring(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

/** Everything we wrote, by path from the root: no packages, no builds, no recordings of Temporal, nor this file, which has to name what it forbids. */
function textsOf(folders: readonly string[]): { path: string; text: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : textsOf([path]);
      if (!/\.(tsx?|js|json|md|sql|ya?ml|css|html)$/.test(entry.name) || path === own) return [];
      return [{ path, text: readFileSync(join(root, path), 'utf8') }];
    }),
  );
}
const skipped = new Set(['node_modules', 'dist', 'coverage', 'histories', 'meta']);
const own = 'tests/house/guards.test.ts';

describe('the guards of the house', () => {
  it.each([
    ['domain', 'db', 'domain/time/instants.ts', "import '../../db/pool.js';\n"],
    ['workflows', 'db', 'workflows/steps.ts', "import '../db/pool.js';\n"],
    ['engine', 'domain', 'engine/words.ts', "import '../domain/errors.js';\n"],
    ['engine', 'db', 'engine/register/rows.ts', "import '../../db/pool.js';\n"],
    ['its workflow side', 'its register', 'engine/workflow/view.ts', "import '../register/rows.js';\n"],
    ['db', 'seeds', 'db/pool.ts', "import '../seeds/index.js';\n"],
    ['activities', 'agencies', 'activities/fail.ts', "import '../agencies/system.js';\n"],
    ['agencies', 'seeds', 'agencies/faults.ts', "import '../seeds/index.js';\n"],
    ['forms', 'db', 'forms/pdf.ts', "import '../db/pool.js';\n"],
    ['api', 'worker', 'api/deps.ts', "import '../worker/config.js';\n"],
    ['seeds', 'db', 'seeds/read.ts', "import '../db/pool.js';\n"],
  ])('do not let %s import %s', async (_room, _other, file, text) => {
    expect(await rulesFiring(file, text)).toContain('import-x/no-restricted-paths');
  });

  it.each([
    ['Node in domain', 'domain/time/instants.ts', "import 'node:fs';\n", '@typescript-eslint/no-restricted-imports'],
    [
      'zod in what workflows reach',
      'domain/time/instants.ts',
      "import { z } from 'zod';\nexport const x = z.string();\n",
      '@typescript-eslint/no-restricted-imports',
    ],
    [
      'the host clock',
      'engine/workflow/fail.ts',
      'export const now = (): number => Date.now();\n',
      'no-restricted-properties',
    ],
    [
      'the host clock by new Date()',
      'domain/time/instants.ts',
      'export const now = (): Date => new Date();\n',
      'no-restricted-syntax',
    ],
    [
      'the host time zone',
      'domain/time/instants.ts',
      'export const h = (d: Date): number => d.getHours();\n',
      'no-restricted-syntax',
    ],
    [
      'locales',
      'domain/time/instants.ts',
      'export const f = (n: number): string => n.toLocaleString();\n',
      'no-restricted-syntax',
    ],
    ['the environment', 'engine/workflow/fail.ts', 'export const e = process.env;\n', 'no-restricted-globals'],
    [
      'unseeded randomness',
      'domain/time/instants.ts',
      'export const r = (): number => Math.random();\n',
      'no-restricted-properties',
    ],
    [
      'workflow code in the API',
      'api/deps.ts',
      "export { licensingProcedure } from '../workflows/index.js';\n",
      'import-x/no-restricted-paths',
    ],
    [
      'floating promises',
      'db/pool.ts',
      'export function f(): void {\n  Promise.resolve();\n}\n',
      '@typescript-eslint/no-floating-promises',
    ],
    ['any', 'db/pool.ts', 'export const f = (x: any): unknown => x;\n', '@typescript-eslint/no-explicit-any'],
  ])('do not let %s in', async (_what, file, text, rule) => {
    expect(await rulesFiring(file, text)).toContain(rule);
  });

  it('do not let a cycle of imports in', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'luong-xanh-cycle-'));
    try {
      await mkdir(join(folder, 'scripts'));
      await copyFile(join(root, 'knip.json'), join(folder, 'knip.json'));
      await writeFile(join(folder, 'package.json'), '{ "name": "cycle", "type": "module" }');
      await writeFile(
        join(folder, 'scripts/one.ts'),
        "import { two } from './two.js';\nexport const one = () => two;\n",
      );
      await writeFile(
        join(folder, 'scripts/two.ts'),
        "import { one } from './one.js';\nexport const two = () => one;\n",
      );
      const { stdout, status } = spawnSync(join(root, 'node_modules/.bin/knip'), ['--directory', folder], {
        encoding: 'utf8',
      });
      expect(stdout).toMatch(/Circular dependencies \(1\)/);
      expect(status).not.toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('leave no file without a room', () => {
    const rooms = readdirSync(root, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    const known = [
      'activities',
      'agencies',
      'api',
      'bench',
      'coverage',
      'db',
      'deploy',
      'dist',
      'docs',
      'domain',
      'engine',
      'forms',
      'node_modules',
      'ops',
      'scripts',
      'seeds',
      'tests',
      'web',
      'worker',
      'workflows',
    ];
    expect(rooms.map((entry) => entry.name).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('number the records of decisions once each, as their headings say', () => {
    const records = readdirSync(join(root, 'docs/adr')).filter((name) => name.endsWith('.md'));
    const numbers = records.map((name) => Number(name.slice(0, 4)));
    expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1));
    for (const name of records)
      expect(readFileSync(join(root, 'docs/adr', name), 'utf8')).toMatch(
        new RegExp(`^# ${Number(name.slice(0, 4))}\\. `),
      );
  });

  it('name one version for all of Temporal', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const versions = Object.entries(manifest.dependencies).filter(([name]) => name.startsWith('@temporalio/'));
    expect(new Set(versions.map(([, version]) => version)).size).toBe(1);
  });

  it('name no document that is not here: a reader of the data finds the act itself, or our own pages', () => {
    const outside = [
      /\bdesign (section )?\d/i,
      /\b(seed|requirements?) [A-Z]-\d/,
      /\brequirements section/i,
      /\b(requirements|corrections|findings|house-style|law-data-notes)\.md\b/,
      /\blaw\.md sections?\b/,
      /\b(D96|D142|D217|D224|D260|C19|BVMT|CGCN|N66)\b/,
      /\/(work|tmp)\/(shared|main|brief)\b/,
    ];
    const naming = textsOf(['.']).flatMap(({ path, text }) =>
      outside.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern.exec(text)?.[0] ?? ''}`),
    );
    expect(naming).toEqual([]);
  });
});
