import type { Asked, Said } from './bounded-child.js';
import lookInto from './look-into.js';
import readText from './read-text.js';

// A process of its own, started by `bounded-child.ts`: hostile files may take it down. Nobody imports it.
const programs: Readonly<Record<Asked['program'], (path: string) => Promise<unknown>>> = {
  'look-into': lookInto,
  'read-text': readText,
};

async function answer({ program, path }: Asked): Promise<void> {
  const found = await programs[program](path).then(
    (value) => ({ answer: value }),
    () => ({}), // Broken, locked or hostile: which, the remark says.
  );
  const { user, system } = process.cpuUsage();
  process.send?.({ ...found, rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 } satisfies Said);
}

process.on('message', (asked: Asked) => void answer(asked));
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
