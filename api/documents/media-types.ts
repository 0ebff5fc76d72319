import { fileTypeFromFile } from 'file-type';
import { refuse } from '../../domain/errors.js';

/** Documents we take: media type -> ending of the name. */
export const mediaTypes: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/tiff': ['tif', 'tiff'],
  'image/heic': ['heic', 'heif'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
};

/** Refuses DOCUMENT_TYPE_REFUSED before the bytes are taken: the ending of the name is none we accept. What the sender calls the type is not asked. */
export function requireAcceptedName(fileName: string): void {
  const ending = endingOf(fileName);
  const accepted = Object.values(mediaTypes).flat();
  if (!accepted.includes(ending)) refuse('DOCUMENT_TYPE_REFUSED', { ending, accepted });
}

/** The media type as the bytes have it. Refuses DOCUMENT_CONTENT_MISMATCH where they are none we accept, or not what the ending of the name says. */
export async function mediaTypeOf(path: string, bytes: number, fileName: string): Promise<string> {
  if (bytes === 0) refuse('DOCUMENT_CONTENT_MISMATCH', { detail: empty, empty: true });
  const found = (await fileTypeFromFile(path))?.mime ?? 'unknown';
  const ending = endingOf(fileName);
  if (!(mediaTypes[found] ?? []).includes(ending)) refuse('DOCUMENT_CONTENT_MISMATCH', { found, ending });
  return found;
}

const empty = {
  vi: 'Tệp rỗng: hãy chọn lại tệp có nội dung.',
  en: 'The file is empty: choose one that has content.',
};

const endingOf = (fileName: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(fileName.trim())?.[1]?.toLowerCase() ?? '';
