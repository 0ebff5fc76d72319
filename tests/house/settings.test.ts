import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import { environments, settingsPage, withSettingsTable } from '../../scripts/settings/table.js';

it('the table of settings is what the schemas of the processes say (npm run settings-table writes it)', async () => {
  const text = readFileSync(settingsPage, 'utf8');
  expect(await withSettingsTable(text)).toBe(text);
});

it('every setting says what it is', () => {
  const silent = Object.entries(environments).flatMap(([process, { shape }]) =>
    Object.entries(shape).flatMap(([name, one]) => ((one as z.ZodType).description ? [] : [`${process} ${name}`])),
  );
  expect(silent).toEqual([]);
});
