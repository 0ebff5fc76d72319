import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDF, rgb } from '@libpdf/core';
import { civilTime, dateOf } from '../domain/time/instants.js';

const mm = 72 / 25.4;
const size = 7;
const line = 8.4;
const padding = 3;
/** From the edge of the sheet: within the smallest margin that papers have, where no text stands. */
const fromEdge = 3.5 * mm;
const green = rgb(0.05, 0.4, 0.25);

interface Mark {
  readonly sealedBy: string;
  readonly agency: string;
  readonly at: Date;
}

let tinos: Buffer | undefined;
const font = (): Buffer =>
  (tinos ??= readFileSync(
    createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'),
  ));

/** The paper with what people see of a seal: who sealed, for which agency, when; above the text of the first page. Whether it still holds, the QR code tells. */
export async function withMark(pdf: Uint8Array, { sealedBy, agency, at }: Mark): Promise<Uint8Array> {
  const paper = await PDF.load(pdf);
  const page = paper.getPage(0);
  if (!page) throw new Error('a paper without pages');
  const instant = at.toISOString();
  const [year, month, day] = dateOf(instant).split('-');
  const seconds = instant.slice(17, 19);
  const lines = [
    `Ký số · Sealed by: ${sealedBy}`,
    agency,
    `${day}/${month}/${year} ${civilTime(instant)}:${seconds} +07:00 · Còn hiệu lực? Quét mã QR · Still valid? See the QR code`,
  ];
  const face = paper.embedFont(font());
  const width = Math.max(...lines.map((one) => face.getTextWidth(one, size))) + 2 * padding;
  const height = lines.length * line + padding;
  const left = page.width - 10 * mm - width;
  const top = page.height - fromEdge;
  page.drawRectangle({ x: left, y: top - height, width, height, borderColor: green, borderWidth: 0.6 });
  lines.forEach((text, n) => {
    page.drawText(text, { x: left + padding, y: top - (n + 1) * line + 1, font: face, size, color: green });
  });
  // The letters that are used, not the whole font.
  return paper.save({ subsetFonts: true });
}
