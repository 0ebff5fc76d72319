import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A folder on a disk of its own, as far as this machine lets us mount one. */
export interface SmallDisk {
  /** False where we may not: then nothing is ever full. */
  readonly mounted: boolean;
  fill(): void;
  free(): void;
  /** Takes it away, with everything on it. */
  unmount(): void;
}

export function smallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  const mount = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', folder];
  const mounted = process.platform === 'linux' && spawnSync('mount', mount).status === 0;
  const ballast = join(folder, 'ballast');
  return {
    mounted,
    fill() {
      if (mounted) fillUp(ballast);
    },
    free: () => rmSync(ballast, { force: true }),
    unmount() {
      if (mounted && spawnSync('umount', [folder]).status !== 0) spawnSync('umount', ['--lazy', folder]);
    },
  };
}

function fillUp(file: string): void {
  const handle = openSync(file, 'a');
  try {
    for (let size = 1_048_576; size > 0; size = Math.floor(size / 2)) {
      const bytes = Buffer.alloc(size);
      try {
        for (;;) writeSync(handle, bytes);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(handle);
  }
}
