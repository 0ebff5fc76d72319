import { chmodSync, lstatSync, mkdirSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** Makes a folder for its owner alone. */
export const makePrivate = (folder: string): void => void mkdirSync(folder, { recursive: true, mode: 0o700 });

/**
 * Closes DATA_DIR to everybody but its owner: folders 0700, files 0600. PostgreSQL's cluster keeps what it set itself; where it runs under an account of its own
 * (we are root), that one may walk through DATA_DIR (0711), no more. Folders that are closed already are not looked into.
 */
export function tightenDataDir(dataDir: string, say: (line: string) => void): void {
  try {
    chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
    for (const name of readdirSync(dataDir)) if (!name.startsWith('postgres')) tighten(join(dataDir, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    say(
      `${dataDir}: có tệp không phải của tài khoản này, không đóng được · holds files of another account, not closed`,
    );
  }
}

function tighten(path: string): void {
  const found: Stats | undefined = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isSymbolicLink()) return;
  const open = (found.mode & 0o077) !== 0;
  if (found.isDirectory()) {
    if (!open) return;
    // What is inside first: cut off in between, the folder is still open and is done anew.
    for (const name of readdirSync(path)) tighten(join(path, name));
    chmodSync(path, 0o700);
  } else if (open) chmodSync(path, found.mode & 0o700);
}
