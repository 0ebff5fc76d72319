import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, type PDFPageProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Its other half, which it would load while the first document's three seconds run.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { type PageText } from '../../domain/drafting/words.js';
import { isPrintable } from '../../domain/schemas/text.js';

// What of a document is read, so that none takes long or much: ours.
const mostPages = 100;
const mostLetters = 200_000;
const mostOfPage = 20_000;
const longestMs = 3_000;

const files = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/**
 * What the pages of the PDF at `path` say: the first hundred, until there is enough or three seconds are over; pages without text are left out. Throws where it is no
 * PDF that opens. Runs in a process of its own: a hostile file may take long and much memory.
 */
export default async function readText(path: string): Promise<PageText[]> {
  const until = performance.now() + longestMs;
  const bytes = await readFile(path);
  const loading = getDocument({
    data: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${join(files, 'cmaps')}/`,
    standardFontDataUrl: `${join(files, 'standard_fonts')}/`,
  });
  try {
    const pdf = await loading.promise;
    const pages: PageText[] = [];
    let left = mostLetters;
    for (let n = 1; n <= Math.min(pdf.numPages, mostPages) && left > 0 && performance.now() < until; n++) {
      const page = await pdf.getPage(n);
      const text = (await linesOf(page)).join('\n').slice(0, Math.min(left, mostOfPage));
      page.cleanup();
      left -= text.length;
      if (text !== '') pages.push({ page: n, text });
    }
    return pages;
  } finally {
    await loading.destroy();
  }
}

/** Its lines in NFC, each in single spaces; without those that papers cannot print, and without what hides or reorders letters. */
async function linesOf(page: PDFPageProxy): Promise<string[]> {
  const { items } = await page.getTextContent();
  const whole = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
  return whole
    .normalize('NFC')
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/[\p{Cf}\p{Co}\p{Cn}]/gu, '')
        .replaceAll(/[\p{Cc}\s]+/gu, ' ')
        .trim(),
    )
    .filter((line) => line !== '' && isPrintable(line));
}
