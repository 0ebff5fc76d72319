import { z } from 'zod';
import { businessNow } from '../../db/business-clock.js';
import { casesOfDocument, type DocumentRow, findDocument, recordDocument, remarks } from '../../db/documents.js';
import { caseAccess } from '../../db/people.js';
import { refuse } from '../../domain/errors.js';
import { dateOf } from '../../domain/time.js';
import { headersOf } from '../acts.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { mediaTypeOf, mediaTypes } from '../documents/media-types.js';
import { type Upload, uploadParser } from '../documents/upload.js';
import { uuidOf } from '../hashes.js';
import { defineRoute } from '../http/route.js';
import { parseAs } from '../http/validation.js';
import { anyLine, DocumentId, Instant } from '../schemas/common.js';

const DocumentView = z
  .strictObject({
    id: DocumentId,
    fileName: z.string(),
    mediaType: z.enum(Object.keys(mediaTypes)),
    bytes: z.int(),
    sha256: z.string(),
    uploadedAt: Instant,
    remark: z
      .enum(remarks)
      .nullable()
      .describe('What keeps an officer from reading it: better sent again; null: nothing'),
  })
  .meta({ id: 'Document' });

const UploadForm = z.strictObject({ file: z.custom<Upload>((value) => value !== undefined) });
const UploadContract = z
  .strictObject({
    file: z.string().meta({ format: 'binary', description: Object.values(mediaTypes).flat().join(', ') }),
  })
  .meta({ id: 'DocumentUpload' });

const viewOf = ({
  id,
  fileName,
  mediaType,
  bytes,
  sha256,
  uploadedAt,
  remark,
}: DocumentRow): z.input<typeof DocumentView> => ({
  id,
  fileName,
  mediaType,
  bytes,
  sha256,
  uploadedAt,
  remark,
});

/** Documents of the investor's side: uploaded first, named in dossiers afterwards. */
export function documentRoutes(deps: ApiDeps) {
  const { pool, documents: store } = deps;
  return [
    defineRoute({
      method: 'post',
      path: '/documents',
      tag: 'Documents',
      summary: 'Upload one document (PDF, PNG, JPEG, TIFF, HEIC, DOCX, XLSX), judged by its bytes',
      auth: { kind: 'person', roles: ['investor', 'representative'], scope: 'case:file' },
      idempotent: true,
      request: {
        body: UploadForm,
        contractBody: UploadContract,
        bodyKind: 'file',
        bodyParser: uploadParser(store, deps.documentMaxBytes),
        bodyContent: 'multipart/form-data',
      },
      responses: { 201: { description: 'Kept', schema: DocumentView } },
      refusals: ['DOCUMENT_TYPE_REFUSED', 'DOCUMENT_CONTENT_MISMATCH'],
      handler: async ({ body: { file }, person, key, language, reply }) => {
        try {
          const fileName = parseAs(anyLine(255), file.fileName, 'body', language);
          const mediaType = await mediaTypeOf(file.path, file.bytes, fileName);
          const remark = await deps.inspector.remarkOn(file.path, mediaType);
          const sha256 = await store.keep(file.path);
          const { document, replayed } = await recordDocument(pool, {
            id: uuidOf('document', person.id, key),
            sha256,
            fileName,
            mediaType,
            remark,
            bytes: file.bytes,
            owner: person.id,
            uploadedAt: await businessNow(pool),
          });
          const headers = { Location: `/api/v1/documents/${document.id}`, ...headersOf({ replayed }) };
          return reply(201, viewOf(document), headers);
        } finally {
          await store.discard(file.path);
        }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/documents/{id}',
      tag: 'Documents',
      summary: 'Download a document: its uploader, and whoever may read a case that rests on it',
      auth: {
        kind: 'person',
        roles: ['investor', 'representative', 'receiving-officer', 'officer', 'head', 'leader', 'expert', 'auditor'],
        scope: 'case:read',
        access: async ({ person, params }: { person: Person; params: { id: string } }) => {
          const document = await findDocument(pool, params.id);
          const mayRead =
            document !== undefined && (document.owner === person.id || (await readsACaseOf(person, params.id)));
          return mayRead ? document : refuse('NOT_FOUND', { document: params.id });
        },
      },
      request: { params: z.strictObject({ id: DocumentId }) },
      responses: { 200: { description: 'The bytes, as a download', content: Object.keys(mediaTypes) } },
      refusals: ['NOT_FOUND', 'DOCUMENT_DIFFERS', 'DOCUMENT_MISSING'],
      handler: async ({ granted: document, reply }) => {
        const { bytes, content } = await store.read(document.sha256);
        return reply(200, content, {
          'Content-Type': document.mediaType,
          'Content-Length': String(bytes),
          'Content-Disposition': attachment(document.fileName),
          'Content-Security-Policy': "default-src 'none'; sandbox",
          ETag: `"${document.sha256}"`,
        });
      },
    }),
  ];

  async function readsACaseOf(person: Person, id: string): Promise<boolean> {
    const on = dateOf(await businessNow(pool));
    for (const code of await casesOfDocument(pool, id)) {
      if ((await caseAccess(pool, person, code, on)) !== 'none') return true;
    }
    return false;
  }
}

/** RFC 6266: a name for old clients, the real one for the others. */
function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const full = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}
