import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemProgram } from './system-package.js';

const run = promisify(execFile);
let ready: Promise<string> | undefined;

/** pdftotext and pdftoppm, from the system or installed by its package manager; whoever cannot install hears what to do. */
export const poppler = (): Promise<string> =>
  (ready ??= systemProgram(
    ['pdftotext'],
    ['poppler-utils'],
    'These tests read PDFs with pdftotext: install poppler-utils (Debian, Ubuntu) or poppler, then try again',
  ));

async function withFile<T>(pdf: Uint8Array, work: (file: string, folder: string) => Promise<T>): Promise<T> {
  await poppler();
  const folder = await mkdtemp(join(tmpdir(), 'luong-xanh-pdf-'));
  try {
    const file = join(folder, 'form.pdf');
    await writeFile(file, pdf);
    return await work(file, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The text of each page, white space as single spaces. */
export const textOf = (pdf: Uint8Array): Promise<string[]> =>
  withFile(pdf, async (file) => {
    const { stdout } = await run('pdftotext', ['-enc', 'UTF-8', '-layout', file, '-'], { maxBuffer: 1 << 26 });
    return stdout
      .split('\f')
      .slice(0, -1)
      .map((page) => page.replaceAll(/\s+/g, ' ').trim());
  });

/** As `textOf`, in reading order: a paragraph that wraps beside another column stays in one piece. */
export const readingOf = (pdf: Uint8Array): Promise<string[]> =>
  withFile(pdf, async (file) => {
    const { stdout } = await run('pdftotext', ['-enc', 'UTF-8', '-raw', file, '-'], { maxBuffer: 1 << 26 });
    return stdout
      .split('\f')
      .slice(0, -1)
      .map((page) => page.replaceAll(/\s+/g, ' ').trim());
  });

/** The text of the first page within a rectangle, in points from its upper left corner. */
export const textIn = (
  pdf: Uint8Array,
  { x, y, width, height }: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>,
): Promise<string> =>
  withFile(pdf, async (file) => {
    const place = ['-x', x, '-y', y, '-W', width, '-H', height].map(String);
    return (await run('pdftotext', ['-enc', 'UTF-8', '-r', '72', '-l', '1', ...place, file, '-'])).stdout;
  });

/** What the file says of itself: `Title`, `Author`, `Pages`, … */
export const infoOf = (pdf: Uint8Array): Promise<Readonly<Record<string, string>>> =>
  withFile(pdf, async (file) => {
    const { stdout } = await run('pdfinfo', ['-isodates', file]);
    return Object.fromEntries(
      stdout.split('\n').map((line) => [line.split(':')[0] ?? '', line.replace(/^[^:]*:\s*/, '')]),
    );
  });

/** What pdfsig says of the signatures in it; whom to trust is not asked. */
export const signaturesOf = (pdf: Uint8Array): Promise<string> =>
  withFile(pdf, async (file) => (await run('pdfsig', ['-nocert', file])).stdout);

/** One page as shades: `at(x, y)` is true where it is dark. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly dark: (x: number, y: number) => boolean;
}

/** The page as pixels, at this many per inch. */
export const pictureOf = (pdf: Uint8Array, page: number, perInch: number): Promise<Picture> =>
  withFile(pdf, async (file, folder) => {
    const target = join(folder, 'page');
    await run('pdftoppm', [
      '-gray',
      '-r',
      String(perInch),
      '-f',
      String(page),
      '-l',
      String(page),
      '-singlefile',
      file,
      target,
    ]);
    const bytes = await readFile(`${target}.pgm`);
    const [head = '', width = '0', height = '0'] =
      /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 40)) ?? [];
    const columns = Number(width);
    return {
      width: columns,
      height: Number(height),
      dark: (x, y) => (bytes[head.length + Math.floor(y) * columns + Math.floor(x)] ?? 255) < 128,
    };
  });
