import { type Request, type RequestHandler } from 'express';
import multer from 'multer';
import { Refusal } from '../../domain/errors.js';
import { type DocumentStore } from './store.js';
import { requireAcceptedName } from './media-types.js';

/** An uploaded file that nobody has kept yet: whoever takes it keeps or discards it. */
export interface Upload {
  readonly path: string;
  readonly fileName: string;
  readonly bytes: number;
}

/**
 * Takes one multipart file named `file` into the store's folder of uploads and leaves it as `request.body.file`. Refuses DOCUMENT_TYPE_REFUSED
 * before the bytes are taken, STORAGE_FULL where the disk has no room for them, PAYLOAD_TOO_LARGE, and a form that is not one file.
 */
export function uploadParser(store: DocumentStore, maxBytes: number): RequestHandler {
  const begun = new WeakMap<Request, string>();
  const parse = multer({
    storage: multer.diskStorage({
      destination: (_request, _file, done) => done(null, ''),
      filename: (request, _file, done) => {
        const path = store.newUpload();
        begun.set(request, path);
        done(null, path);
      },
    }),
    limits: { fileSize: maxBytes, files: 1, fields: 0, parts: 2, headerPairs: 20, fieldNameSize: 20 },
    defParamCharset: 'utf8',
    fileFilter: (_request, file, done) => {
      try {
        requireAcceptedName(file.originalname);
        done(null, true);
      } catch (error) {
        done(error as Error);
      }
    },
  }).single('file');
  return (request, response, next) => {
    if (!request.is('multipart/form-data')) return next(new Refusal('UNSUPPORTED_MEDIA_TYPE'));
    const take = () =>
      parse(request, response, (error: unknown) => {
        if (!error) {
          request.body = bodyOf(request);
          return next();
        }
        // What came of it so far would stay, on a disk that may be full already.
        const left = begun.get(request);
        void (left === undefined ? Promise.resolve() : store.discard(left)).finally(() => next(refusalOf(error)));
      });
    store
      .hasRoomFor(Number(request.get('Content-Length') ?? maxBytes))
      .then((room) => (room ? take() : next(new Refusal('STORAGE_FULL'))), next);
  };
}

function bodyOf({ file }: Request): { file?: Upload } {
  if (!file) return {};
  return {
    file: { path: file.path, fileName: file.originalname.normalize('NFC'), bytes: file.size },
  };
}

function refusalOf(error: unknown): unknown {
  if (error instanceof multer.MulterError) {
    return error.code === 'LIMIT_FILE_SIZE'
      ? new Refusal('PAYLOAD_TOO_LARGE')
      : new Refusal('MALFORMED_REQUEST', { reason: error.code });
  }
  if (error instanceof Refusal || !(error instanceof Error) || 'code' in error) return error;
  // What the multipart parser cannot read it says in plain errors.
  return new Refusal('MALFORMED_REQUEST');
}
