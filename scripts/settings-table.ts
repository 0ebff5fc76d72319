// Writes the table of settings in docs/operations.md anew, after a change of a process's environment.
import { readFileSync, writeFileSync } from 'node:fs';
import { settingsPage, withSettingsTable } from './settings/table.js';

writeFileSync(settingsPage, await withSettingsTable(readFileSync(settingsPage, 'utf8')));
