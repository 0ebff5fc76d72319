// Takes a lock in a process of its own; with a second argument stays until it is killed, else does its work and leaves.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock, withLock } from '../../../scripts/platform/locks.js';

const [file = '', mode = 'work'] = process.argv.slice(2);
if (mode === 'hold') {
  console.log('release' in tryLock(file) ? 'held' : 'refused');
  setInterval(() => undefined, 1_000);
} else {
  await withLock(
    file,
    () => undefined,
    async () => {
      appendFileSync(`${file}.log`, 'in ');
      await sleep(100);
      appendFileSync(`${file}.log`, 'out ');
    },
  );
}
