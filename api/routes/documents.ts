import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { mayOpen, reachDocument } from '../../db/people/document-readers.js';
import { isPartyRole } from '../../db/people/readers.js';
import { noteDocumentRead } from '../../db/people/looks.js';
import { packText } from '../../db/register/document-texts.js';
import { type DocumentRow, findDocument, recordDocument, remarks } from '../../db/register/documents.js';
import { refuse } from '../../domain/errors.js';
import { dateOf } from '../../domain/time/instants.js';
import { headersOf } from '../acts.js';
import { type Access } from '../auth/access.js';
import { type Person } from '../auth/person.js';
import { type ApiDeps } from '../deps.js';
import { mediaTypeOf, mediaTypes } from '../documents/media-types.js';
import { type Upload, uploadParser } from '../documents/upload.js';
import { uuidOf } from '../hashes.js';
import { type AccessCall, defineRoute } from '../http/route.js';
import { parseAs } from '../http/validation.js';
import { type Language } from '../http/language.js';
import { anyLine, DocumentId, Instant, line, TaskId } from '../schemas/common.js';

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
      .describe(
        'What keeps an officer from reading it: better sent again; `not-looked-into`: it was not looked into yet; null: nothing',
      ),
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

/** One upload, kept once under its key; its parts are gone where it is refused. */
async function keepUpload(
  { pool, documents: store, limits, inspector }: ApiDeps,
  {
    file,
    person,
    key,
    language,
    ownerOf,
  }: {
    readonly file: Upload;
    readonly person: Person;
    readonly key: string;
    readonly language: Language;
    readonly ownerOf: () => Promise<string>;
  },
) {
  try {
    const owner = await ownerOf();
    const fileName = parseAs(anyLine(255), file.fileName, 'body', language);
    const mediaType = await mediaTypeOf(file.path, file.bytes, fileName);
    const [remark, pages] = await Promise.all([
      inspector.remarkOn(file.path, mediaType, person.id),
      inspector.textOf(file.path, mediaType, person.id),
    ]);
    const sealed = await store.seal(file.path, packText(pages ?? []));
    const upload = {
      ...sealed,
      fileName,
      mediaType,
      remark,
      again: remark === 'not-looked-into' || pages === null,
      bytes: file.bytes,
      owner,
      uploadedBy: person.id,
      uploadedAt: await businessNow(pool),
      key,
      formerId: uuidOf('document', person.id, key),
    };
    return await recordDocument(pool, upload, limits.quotas.documents, () => store.keep(file.path, sealed));
  } finally {
    await store.discard(file.path);
  }
}

/** Documents: an investor's, uploaded first and named in dossiers afterwards; an official's, beside the answer to a task. */
export function documentRoutes(deps: ApiDeps, access: Access) {
  const { pool, documents: store } = deps;
  return [
    defineRoute({
      method: 'post',
      path: '/documents',
      tag: 'Documents',
      summary: 'Upload one document (PDF, PNG, JPEG, TIFF, HEIC, DOCX, XLSX), judged by its bytes',
      description:
        'It belongs to the investor: what a representative uploads, to the investor for whom they act. How much one person may upload is limited.',
      auth: { kind: 'person', roles: ['investor', 'representative'], scope: 'case:file' },
      idempotent: 'own',
      request: {
        query: z.strictObject({
          onBehalfOf: line(100).optional().describe('Of a representative: for whom, where there is more than one'),
        }),
        body: UploadForm,
        contractBody: UploadContract,
        bodyKind: 'file',
        bodyParser: uploadParser(store, deps.documentMaxBytes),
        bodyContent: 'multipart/form-data',
      },
      responses: { 201: { description: 'Kept', schema: DocumentView } },
      refusals: ['DOCUMENT_TYPE_REFUSED', 'DOCUMENT_CONTENT_MISMATCH', 'OUTSIDE_POWER_OF_ATTORNEY', 'QUOTA_EXCEEDED'],
      handler: async ({ body: { file }, query, person, key, language, reply }) => {
        const ownerOf = () => access.ownerFor(person, query.onBehalfOf);
        const { document, replayed } = await keepUpload(deps, { file, person, key, language, ownerOf });
        const headers = { Location: `/api/v1/documents/${document.id}`, ...headersOf({ replayed }) };
        return reply(201, viewOf(document), headers);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/tasks/{id}/documents',
      tag: 'Documents',
      summary: 'Upload a document that goes with the answer to a task: minutes, an appraisal, an opinion',
      description:
        'For whoever may answer the task. Name it in `attachments` of the completion; colleagues read it from then on, the investor once the decision that rests on it is signed.',
      auth: {
        kind: 'person',
        roles: ['receiving-officer', 'officer', 'head'],
        scope: 'task:work',
        access: access.addToTask,
      },
      idempotent: 'own',
      request: {
        params: z.strictObject({ id: TaskId }),
        body: UploadForm,
        contractBody: UploadContract,
        bodyKind: 'file',
        bodyParser: uploadParser(store, deps.documentMaxBytes),
        bodyContent: 'multipart/form-data',
      },
      responses: { 201: { description: 'Kept', schema: DocumentView } },
      refusals: [
        ...(['DOCUMENT_TYPE_REFUSED', 'DOCUMENT_CONTENT_MISMATCH', 'QUOTA_EXCEEDED'] as const),
        ...(['TASK_NOT_YOURS', 'NOT_FOUND', 'ACTOR_RECUSED'] as const),
      ],
      handler: async ({ body: { file }, person, key, language, reply }) => {
        const upload = { file, person, key, language, ownerOf: () => Promise.resolve(person.id) };
        const { document, replayed } = await keepUpload(deps, upload);
        const headers = { Location: `/api/v1/documents/${document.id}`, ...headersOf({ replayed }) };
        return reply(201, viewOf(document), headers);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/documents/{id}',
      tag: 'Documents',
      summary:
        'Download a document: its investor, and whoever reads a case that shows it, as far as their task needs it',
      description:
        'An agency reads what belongs to what it acts on or was asked about, what is public of the case, and what its own officials put there.',
      auth: {
        kind: 'person',
        roles: ['investor', 'representative', 'receiving-officer', 'officer', 'head', 'leader', 'expert', 'auditor'],
        scope: 'case:read',
        access: async ({ person, params, stated }: AccessCall<{ id: string }>) => {
          const reader = { person, on: dateOf(await businessNow(pool)) };
          const reached = await reachDocument(pool, reader, params.id);
          const document = reached && (await findDocument(pool, params.id));
          return document ? { document, reached, stated } : refuse('NOT_FOUND', { document: params.id });
        },
      },
      request: { params: z.strictObject({ id: DocumentId }) },
      responses: { 200: { description: 'The bytes, as a download', content: Object.keys(mediaTypes) } },
      refusals: ['NOT_FOUND', 'DOCUMENT_CONFIDENTIAL', 'DOCUMENT_DIFFERS', 'DOCUMENT_MISSING', 'KEY_UNAVAILABLE'],
      handler: async ({ granted: { document, reached, stated }, person, law, reply }) => {
        if (!(await mayOpen(pool, law().law, person, reached)))
          return refuse('DOCUMENT_CONFIDENTIAL', { document: document.id });
        if (!isPartyRole(person.role)) await noteDocumentRead(pool, person, document.id, stated);
        const { bytes, content } = await store.read(document);
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
