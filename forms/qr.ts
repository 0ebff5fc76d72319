import qrcode from 'qrcode';
import { digitsFrom } from '../domain/evidence/statement.js';

/** Where anybody with code and PIN may look a case up. The PIN is never part of it. */
export function statusUrlOf(publicUrl: string, caseCode: string): string {
  const url = new URL('status', publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`);
  url.searchParams.set('code', caseCode);
  return url.href;
}

/** Where anybody reads whether a result, or an act on one, stands; with the start of the hash of what was signed, so that the code of another paper is noticed. */
export function checkUrlOf(publicUrl: string, number: string, documentHash: string): string {
  const url = new URL(`decisions/${encodeURIComponent(number)}`, publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`);
  url.searchParams.set('hash', documentHash.slice(0, 16));
  return url.href;
}

/** Where anybody reads of a trial what is public of it. */
export const trialUrlOf = (publicUrl: string, caseCode: string): string =>
  new URL(`public/trials/${caseCode}`, publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`).href;

/** The dark modules of a QR code (error correction M), row by row. */
export function qrMatrix(text: string): readonly (readonly boolean[])[] {
  const digits = digitsFrom(text);
  const parts =
    digits === undefined
      ? text
      : [
          { data: Buffer.from(text.slice(0, digits)), mode: 'byte' as const },
          { data: text.slice(digits), mode: 'numeric' as const },
        ];
  const { size, data } = qrcode.create(parts, { errorCorrectionLevel: 'M' }).modules;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => data[row * size + column] === 1),
  );
}
