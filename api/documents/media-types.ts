import { fileTypeFromFile } from 'file-type';
import { refuse } from '../../domain/errors.js';

/** Documents we take: media type -> ending of the name. */
export const mediaTypes: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
};

/** Refuses DOCUMENT_TYPE_REFUSED before the bytes are taken: neither the media type nor the ending of the name is one we accept. */
export function requireAcceptedType(mediaType: string, fileName: string): void {
  const ending = endingOf(fileName);
  const accepted = Object.hasOwn(mediaTypes, mediaType) && Object.values(mediaTypes).flat().includes(ending);
  if (!accepted) refuse('DOCUMENT_TYPE_REFUSED', { mediaType, ending, accepted: Object.keys(mediaTypes) });
}

/** Refuses DOCUMENT_CONTENT_MISMATCH: the bytes, the declared media type and the ending of the name do not say the same. */
export async function requireContentOf(path: string, mediaType: string, fileName: string): Promise<void> {
  const found = (await fileTypeFromFile(path))?.mime ?? 'unknown';
  const endings = mediaTypes[mediaType] ?? [];
  if (found !== mediaType || !endings.includes(endingOf(fileName))) {
    refuse('DOCUMENT_CONTENT_MISMATCH', { declared: mediaType, found, ending: endingOf(fileName) });
  }
}

const endingOf = (fileName: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
