// `npm run reset [-- --yes]`: begins anew. Says what it will remove of DATA_DIR, asks, removes it; refused while an installation runs there.
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { StartRefused } from './platform/refused.js';
import { findParts, holdStill, removeParts } from './platform/reset.js';

const say = (line: string) => console.log(line);

/** Whether the user wants it: `--yes`, or «có» / yes at the terminal. */
async function agreed(yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    say('Không có ai để hỏi: chạy lại với --yes. · Nobody to ask here: run it again with --yes.');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Xóa hết? Gõ «có» để đồng ý. · Remove all of it? Type "yes": ');
  terminal.close();
  return ['yes', 'có', 'co'].includes(answer.trim().normalize('NFC').toLowerCase());
}

async function reset(dataDir: string, yes: boolean): Promise<number> {
  if (findParts(dataDir).parts.length === 0) {
    say(`Không có gì để xóa trong ${dataDir}. · There is nothing to remove in ${dataDir}.`);
    return 0;
  }
  const still = holdStill(dataDir);
  try {
    const found = findParts(dataDir);
    say('Sẽ xóa vĩnh viễn · to be removed for good:');
    for (const { path, what } of found.parts) say(`  ${path} (${what})`);
    if (found.others.length > 0) say(`Giữ lại · left alone: ${found.others.join(', ')}`);
    if (process.env['DATABASE_URL'] || process.env['TEMPORAL_ADDRESS']) {
      say(
        'DATABASE_URL và TEMPORAL_ADDRESS là máy chủ riêng, không bị xóa. · Your own servers behind them are not touched.',
      );
    }
    if (!(await agreed(yes))) {
      say('Không xóa gì. · Nothing was removed.');
      return 1;
    }
    removeParts(dataDir, found);
    say('Đã xóa. Bắt đầu lại bằng: npm start · Removed. Begin anew with: npm start');
    return 0;
  } finally {
    still.release();
  }
}

try {
  const { values } = parseArgs({ options: { yes: { type: 'boolean', default: false } } });
  const dataDir = resolve(process.env['DATA_DIR'] || join(import.meta.dirname, '../.data'));
  process.exitCode = await reset(dataDir, values.yes);
} catch (error) {
  console.error(error instanceof StartRefused || error instanceof TypeError ? error.message : error);
  process.exitCode = 1;
}
