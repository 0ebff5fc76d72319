import jsqr from 'jsqr';
import { type Picture, pictureOf } from './poppler.js';

const decode = jsqr.default;

const perInch = 200;

/** What the QR code on a page of a PDF holds, as a telephone would read it from a scan of 200 dots per inch, and how large its modules are printed. Throws where none is read. */
export async function qrOn(
  pdf: Uint8Array,
  page: number,
): Promise<{ text: string; version: number; moduleMm: number }> {
  const picture = await pictureOf(pdf, page, perInch);
  const code = read(picture);
  if (!code) throw new Error(`No QR code can be read on page ${page}`);
  const { topLeftCorner: a, topRightCorner: b } = code.location;
  const modules = 17 + 4 * code.version;
  return {
    text: code.data,
    version: code.version,
    moduleMm: (Math.hypot(b.x - a.x, b.y - a.y) / modules / perInch) * 25.4,
  };
}

function read({ width, height, dark }: Picture): ReturnType<typeof decode> {
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) pixels.fill(dark(x, y) ? 0 : 255, 4 * (y * width + x), 4 * (y * width + x) + 3);
  return decode(pixels, width, height, { inversionAttempts: 'dontInvert' });
}
