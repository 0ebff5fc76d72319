import { readFile } from 'node:fs/promises';
import { PDF } from '@libpdf/core';
import { type Remark } from '../../db/register/documents.js';

/** Looks into the file at `path`; null where nothing is to be said. Runs in a process of its own: a hostile file may take long and much memory. */
export default async function lookInto(path: string): Promise<Remark | null> {
  const bytes = await readFile(path);
  try {
    const pdf = await PDF.load(bytes);
    if (pdf.isEncrypted && !pdf.isAuthenticated) return 'password-protected';
    return pdf.getPageCount() === 0 ? 'no-pages' : null;
  } catch (error) {
    // The library names what it could not open; anything else about a broken file is the same to an officer.
    return error instanceof Error && /password|encrypt/i.test(`${error.name} ${error.message}`)
      ? 'password-protected'
      : 'unreadable';
  }
}
