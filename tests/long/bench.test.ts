import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const Told = z.strictObject({
  figures: z.record(z.string(), z.string().min(1)),
  budgets: z
    .array(
      z.discriminatedUnion('holds', [
        z.strictObject({ name: z.string(), measured: z.number(), budget: z.number(), holds: z.literal(true) }),
        z.strictObject({
          name: z.string(),
          measured: z.number(),
          budget: z.number(),
          holds: z.literal(false),
          reason: z.string().regex(/\d/),
        }),
      ]),
    )
    .min(7),
});

it('npm run bench prints figures and budgets, each that is missed with what was measured of it', async () => {
  const root = join(import.meta.dirname, '../..');
  const child = spawn('npm', ['run', '-s', 'bench', '--', '--short', '--counts', '--json'], { cwd: root });
  let told = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code, said).toBe(0);
  const { budgets } = Told.parse(JSON.parse(told));
  expect(budgets.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['history events per act', 'rows per answered task', 'WAL per answered task, KiB']),
  );
}, 900_000);
