import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const require = createRequire(import.meta.url);
let font: Buffer | undefined;

/** A document of one page, as a party of the demonstration files it: what it is, in both languages, whose it is, and that it proves nothing. The same words give the same bytes. */
export async function documentOf(name: { readonly vi: string; readonly en: string }, of: string): Promise<Buffer> {
  font ??= readFileSync(require.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'));
  const doc = new PDFDocument({
    size: 'A4',
    margin: 70,
    lang: 'vi',
    info: { Title: name.vi.normalize('NFC'), CreationDate: new Date(0) },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => doc.once('end', resolve).once('error', reject));
  doc.registerFont('text', font).font('text');
  const line = (text: string, size: number) => doc.fontSize(size).text(text.normalize('NFC')).moveDown();
  line(of, 13);
  line(name.vi, 18);
  line(name.en, 13);
  line('Tài liệu của buổi trình diễn, không có giá trị pháp lý.', 11);
  line('A document of the demonstration; it proves nothing.', 11);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}
