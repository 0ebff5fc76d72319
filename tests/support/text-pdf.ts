import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const font = createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf');

/** A PDF of these pages, each of these lines, with its words as text. */
export function textPdf(pages: readonly (readonly string[])[]): Promise<Buffer> {
  const doc = new PDFDocument({ autoFirstPage: false });
  const parts: Buffer[] = [];
  const made = new Promise<Buffer>((settle, fail) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => settle(Buffer.concat(parts)));
    doc.on('error', fail);
  });
  doc.registerFont('body', font);
  for (const lines of pages) {
    doc.addPage().font('body').fontSize(11);
    for (const [at, line] of lines.entries()) doc.text(line, 50, 50 + 18 * at, { lineBreak: false });
  }
  doc.end();
  return made;
}
