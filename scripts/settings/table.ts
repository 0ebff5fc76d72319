import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { type z } from 'zod';
import { agenciesEnvironment } from '../../agencies/config.js';
import { identityEnvironment } from '../../agencies/identity-provider/config.js';
import { mailServerEnvironment } from '../../agencies/mail-server/config.js';
import { apiEnvironment } from '../../api/config.js';
import { secretNames } from '../../ops/environment.js';
import { workerEnvironment } from '../../worker/config.js';
import { migrateEnvironment } from '../migrate-environment.js';

/** The environment of each process of ours, by the name of its service. */
export const environments: Readonly<Record<string, z.ZodObject>> = {
  api: apiEnvironment,
  worker: workerEnvironment,
  migrate: migrateEnvironment,
  agencies: agenciesEnvironment,
  identity: identityEnvironment,
  mail: mailServerEnvironment,
};

const begin = '<!-- settings: npm run settings-table -->\n';
const end = '<!-- /settings -->';

interface Reader {
  readonly process: string;
  readonly usual: string;
  readonly meaning: string;
}

const usualOf = (schema: z.ZodType): string => {
  const { success, data } = schema.safeParse(undefined);
  if (!success) return 'required';
  return data === undefined || (Array.isArray(data) && data.length === 0) ? '' : `\`${String(data)}\``;
};

/** What all of them say, or who says what. */
function told(readers: readonly Reader[], of: (reader: Reader) => string): string {
  const said = new Map<string, string[]>();
  for (const reader of readers) said.set(of(reader), [...(said.get(of(reader)) ?? []), reader.process]);
  if (said.size === 1) return of(readers[0] as Reader);
  return [...said]
    .filter(([text]) => text !== '')
    .map(([text, processes]) => `${text} (${processes.join(', ')})`)
    .join('; ');
}

function rowsOf(): string[] {
  const settings = new Map<string, Reader[]>();
  const secrets = new Set<string>();
  for (const [process, schema] of Object.entries(environments)) {
    for (const name of secretNames(schema)) secrets.add(name);
    for (const [name, one] of Object.entries(schema.shape)) {
      const setting = one as z.ZodType;
      const meaning = setting.description ?? '';
      settings.set(name, [...(settings.get(name) ?? []), { process, usual: usualOf(setting), meaning }]);
    }
  }
  return [...settings].map(([name, readers]) => {
    const shown = secrets.has(name) ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``;
    const by =
      readers.length === Object.keys(environments).length ? 'all' : readers.map(({ process }) => process).join(', ');
    const cells = [shown, by, told(readers, ({ usual }) => usual), told(readers, ({ meaning }) => meaning)];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
}

/** Where the table is. */
export const settingsPage = join(import.meta.dirname, '../../docs/operations.md');

/** `text` with the table of every setting of our processes, as their schemas have it, between its marks. Throws where it has no marks. */
export async function withSettingsTable(text: string): Promise<string> {
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error('There is no place for the table of settings');
  const table = ['| setting | read by | default | meaning |', '| --- | --- | --- | --- |', ...rowsOf()].join('\n');
  const whole = `${text.slice(0, before)}${begin}\n${table}\n\n${text.slice(after)}`;
  return format(whole, { ...(await resolveConfig(settingsPage)), filepath: settingsPage });
}
