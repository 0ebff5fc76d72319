import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file for its owner alone, whole or not at all, and on the disk when it resolves. Makes the folders above it. */
export async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const above = dirname(file);
  await mkdir(above, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.new`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  const folder = await open(above);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
