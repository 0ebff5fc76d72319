import { z } from 'zod';
import { businessNow } from '../../db/register/business-clock.js';
import { findNumbers } from '../../db/register/form-numbers.js';
import { type CaseReach, isParty } from '../../db/people/readers.js';
import { findCaseOfDossier } from '../../db/read/cases.js';
import { findPaperFile, type PaperFile } from '../../db/read/forms.js';
import { type CaseState } from '../../domain/case/state.js';
import { isCaseCode } from '../../domain/case/case/code.js';
import { procedureOf } from '../../domain/case/scope.js';
import { refuse } from '../../domain/errors.js';
import { procedureById } from '../../domain/law/procedure.js';
import { dateOf } from '../../domain/time/instants.js';
import { formDefinition, formOf, paperTitle } from '../../forms/case-form.js';
import { paperEvents } from '../../domain/case/event-table.js';
import { numbersOf, type Paper, papersOf } from '../../forms/papers.js';
import { type FormContext, numberOf, ownNumber } from '../../forms/sheet.js';
import { trackingBookOf } from '../../forms/tracking-book.js';
import { type Access } from '../auth/access.js';
import { readerRefusals, readingCase } from '../auth/callers.js';
import { type LoadedLaw } from '../../db/law/law.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { printPaper } from '../sealed-papers.js';
import { signedPaper } from '../signed-papers.js';
import { bookReaders, mayReadBook, readBook } from '../tracking-book.js';
import { CaseCode, Code, DossierCode, GivenDay } from '../schemas/common.js';
import { FormDefinitionsView, FormId, FormsView, SignedPaper } from '../schemas/forms.js';

const AnyCode = z.union([CaseCode, DossierCode]).describe('Case code, or the dossier code of one of its procedures');
const pdf = {
  description: 'The paper: Vietnamese first, an English page after it',
  content: 'application/pdf',
} as const;

/** Drawing takes some milliseconds a row: a longer book is asked for in parts. */
const longestBook = 500;

/** The forms that the law asks for, made from the register. */
export function formRoutes(deps: ApiDeps, access: Access) {
  const { pool, publicUrl } = deps;
  type CaseCall = Parameters<Access['readPart']>[0];

  const mayRead = async ({ params, ...call }: CaseCall) => {
    const code = isCaseCode(params.code) ? params.code : ((await findCaseOfDossier(pool, params.code)) ?? '');
    return { code, ...(await access.readPart({ ...call, params: { code } })) };
  };

  /** The papers this reader may see, each with its number. */
  const load = async (read: () => LoadedLaw, { code, access, procedures }: { readonly code: string } & CaseReach) => {
    const file = (await findPaperFile(pool, code, paperEvents)) ?? refuse('NOT_FOUND', { case: code });
    const { law, catalogue } = read();
    const context: FormContext = { catalogue, law, publicUrl };
    const all = papersOf(file, law.receivingAgency);
    const numbers = numbersOf(all, await findNumbers(pool, code));
    const theirs = isParty(access) ? all.filter((paper) => isForApplicant(paper, file.state, context)) : all;
    const papers = theirs.filter(({ scope }) => procedures === null || procedures.includes(procedureOf(scope) ?? ''));
    return { file: { ...file, numbers }, papers, context };
  };
  const definitionOf = ({ form }: Paper, { catalogue }: FormContext) => formDefinition(catalogue.forms, form);
  /** What agencies say of the dossier is told once the decision is signed. */
  const isForApplicant = (paper: Paper, { procedures }: CaseState, context: FormContext): boolean =>
    !paper.draft &&
    definitionOf(paper, context).addressedTo !== 'internal' &&
    (paper.form !== 'opinion' || Boolean(procedures[paper.scope]?.signature));

  const view = (paper: Paper, file: PaperFile, numbers: ReadonlyMap<string, number>, context: FormContext) => {
    const { catalogue } = context;
    const { id, form, agency, issuedAt, draft } = paper;
    const { numberMark, verified } = definitionOf(paper, context);
    const procedure = file.state.procedures[paper.scope] ?? refuse('NOT_FOUND', { form: id });
    const number = numbers.get(id);
    const own = ownNumber(paper, file.state, procedure);
    return {
      id,
      form,
      title: paperTitle(paper, context, procedure.version),
      procedure: procedure.procedure,
      attempt: procedure.attempt,
      name: procedureById(catalogue.procedures, procedure.version).name,
      agency,
      number:
        own !== undefined
          ? own
          : number === undefined || numberMark === null
            ? null
            : numberOf(number, numberMark, agency, catalogue.agencies),
      issuedAt,
      date: dateOf(issuedAt),
      draft,
      verified,
    };
  };

  return [
    defineRoute({
      method: 'get',
      path: '/forms',
      tag: 'Forms',
      summary: 'The forms as data: fields, who signs, what no official text confirmed',
      auth: { kind: 'anyone' },
      responses: { 200: { description: 'Definitions', schema: FormDefinitionsView } },
      handler: ({ law, reply }) => Promise.resolve(reply(200, { items: law().catalogue.forms })),
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/forms',
      tag: 'Forms',
      summary: 'Official papers of a case, oldest first; the investor sees what is addressed to them',
      auth: { ...readingCase, access: mayRead },
      request: { params: z.strictObject({ code: AnyCode }) },
      responses: { 200: { description: 'The papers', schema: FormsView } },
      refusals: readerRefusals,
      handler: async ({ granted, law, reply }) => {
        const { file, papers, context } = await load(law, granted);
        return reply(200, {
          case: granted.code,
          items: papers.map((paper) => view(paper, file, file.numbers, context)),
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/forms/{id}',
      tag: 'Forms',
      summary: 'One paper as PDF; printed again it is the same',
      description:
        'Issued papers are sealed (PAdES, with a time stamp): `GET /public/seal` gives the certificates. A decision encloses what its signature is over.',
      auth: { ...readingCase, access: mayRead },
      request: { params: z.strictObject({ code: AnyCode, id: FormId }) },
      responses: { 200: pdf },
      refusals: readerRefusals,
      handler: async ({ granted, person, params: { id }, law, reply }) => {
        const { file, papers, context } = await load(law, granted);
        const paper = papers.find((one) => one.id === id) ?? refuse('NOT_FOUND', { form: id });
        const model = formOf(paper, file, context);
        const { number } = view(paper, file, file.numbers, context);
        const bytes = await printPaper(deps, { paper, state: file.state, number, model, person: person.id });
        return reply(200, bytes, headersOf(`${granted.code}-${id}`));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/cases/{code}/forms/{id}/signed',
      tag: 'Forms',
      summary: 'One paper for machines: all that it says, signed',
      description:
        'A JSON Web Signature (RFC 7515, flattened, RS256) over RFC 8785 text with every line of the paper in both languages, by the key of the seal; `x5c` has its certificates, the root last. ' +
        'Trust the root that you know (`GET /public/seal`), and ask its list of what was revoked.',
      auth: { ...readingCase, access: mayRead },
      request: { params: z.strictObject({ code: AnyCode, id: FormId }) },
      responses: { 200: { description: 'The signed paper', schema: SignedPaper } },
      refusals: [...readerRefusals, 'PAPER_NOT_SEALED', 'KEY_NOT_VALID'],
      handler: async ({ granted, params: { id }, law, reply }) => {
        const { file, papers, context } = await load(law, granted);
        const paper = papers.find((one) => one.id === id) ?? refuse('NOT_FOUND', { form: id });
        const { number } = view(paper, file, file.numbers, context);
        const model = formOf(paper, file, context);
        return reply(200, await signedPaper(deps, { paper, code: granted.code, number, model }));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/agencies/{agency}/tracking-book',
      tag: 'Forms',
      summary: 'Form 07: the dossiers an agency handles, by day of receipt; of the one-stop unit, every dossier',
      description: `Both days within one year, at most ${longestBook} dossiers: ask for a longer book in parts, the numbers run on.`,
      auth: {
        kind: 'person',
        roles: bookReaders,
        scope: 'case:read',
        access: mayReadBook(deps.law),
      },
      request: {
        params: z.strictObject({ agency: Code }),
        query: z.strictObject({ from: GivenDay, to: GivenDay }),
      },
      responses: { 200: { ...pdf, description: 'The book of the period' } },
      refusals: ['FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED'],
      handler: async ({ params: { agency }, person, query: { from, to }, law: read, reply }) => {
        const { catalogue } = read();
        const entries = await readBook(pool, read(), { agency, from, to }, longestBook);
        const asOf = await businessNow(pool);
        const bytes = await deps.press.draw(trackingBookOf({ agency, from, to, entries }, catalogue, asOf), person.id);
        return reply(200, bytes, headersOf(`tracking-book-${agency}-${from}-${to}`));
      },
    }),
  ];
}

const headersOf = (name: string) => ({
  'Content-Disposition': `inline; filename="${name}.pdf"`,
  'Content-Security-Policy': "default-src 'none'; sandbox",
});
