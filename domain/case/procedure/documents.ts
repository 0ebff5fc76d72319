import type { CaseEvent, EventOf, EventType, Payloads } from '../events.js';
import type { DossierDocument } from './words.js';
import type { Words } from '../words.js';
import { procedureOf, procedureScopeOf } from '../scope.js';
import { classOfCode, type DocumentClass } from '../../law/document-classes.js';
import { attachmentsOf } from '../task/attachments.js';
import type { CaseState } from '../state.js';
import { isDecided } from './state.js';

/** An uploaded document that an act named, in one procedure or (null) in the case as a whole. */
export interface DocumentUse {
  readonly documentId: string;
  readonly seq: number;
  readonly procedure: string | null;
  /** Of an official, and for officials alone: the investor's side reads it once another act shows it to them. */
  readonly internal?: true;
}

/** What a document that is shown is about: whoever has to act on that needs it. */
export type DocumentSubject =
  | { readonly kind: 'procedure'; readonly procedure: string }
  | { readonly kind: 'lane' | 'trial' }
  | { readonly kind: 'gate'; readonly gate: string }
  | { readonly kind: 'duty'; readonly duty: string }
  | { readonly kind: 'fact'; readonly question: string };

/** A document as an act shows it. */
export interface ShownDocument {
  readonly documentId: string;
  readonly about: DocumentSubject;
  readonly class: DocumentClass;
  /** The agency whose official put it there; null: the investor's side did. */
  readonly by: string | null;
}

/** How evidence that is a document is written; whatever else is written as evidence is words. */
export const documentEvidence = (documentId: string): string => `document:${documentId}`;
const evidencePrefix = documentEvidence('');
const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Events with a field in which a document can be named. */
type Naming =
  | {
      [T in EventType]: Payloads[T] extends
        | { documentId: string | null }
        | { documents: readonly DossierDocument[] }
        | { evidence: Words | null }
        | { lodged: object }
        ? T
        : never;
    }[EventType]
  | 'taskCompleted'
  | 'decisionSigned';

interface Named extends Omit<ShownDocument, 'documentId'> {
  readonly documentId: string | null;
}

const inProcedure = (procedure: string | null): DocumentSubject =>
  procedure === null ? { kind: 'lane' } : { kind: 'procedure', procedure };
const filed = (documentId: string | null, about: DocumentSubject, of: DocumentClass = 'business'): Named[] => [
  { documentId, about, class: of, by: null },
];
const dossier = (documents: readonly DossierDocument[], procedure: string | null): Named[] =>
  documents.flatMap(({ code, documentId }) => filed(documentId, inProcedure(procedure), classOfCode(code)));
const shown = (evidence: Words | null, about: DocumentSubject): Named[] =>
  filed(
    typeof evidence === 'string' && evidence.startsWith(evidencePrefix) ? evidence.slice(evidencePrefix.length) : null,
    about,
  );
const ofTrial = ({ payload: { documentId } }: { payload: { documentId: string | null } }): Named[] =>
  filed(documentId, { kind: 'trial' });

// Only fields that the API fills from what it has checked to be the caller's to show: no free text is looked into.
const named: { readonly [T in Naming]: (event: EventOf<T>, state: CaseState) => readonly Named[] } = {
  caseOpened: ({ payload }) =>
    Object.entries(payload.lodged).flatMap(([procedure, documents]) => dossier(documents, procedure)),
  dossierFiled: ({ scope, payload }) => dossier(payload.documents, procedureOf(scope)),
  supplementAnswered: ({ scope, payload }) => dossier(payload.documents, procedureOf(scope)),
  gateMet: ({ payload }) => shown(payload.evidence, { kind: 'gate', gate: payload.gate }),
  dutyMet: ({ payload }) => shown(payload.evidence, { kind: 'duty', duty: payload.duty }),
  evidenceGiven: ({ payload: { code, documentId } }) => filed(documentId, { kind: 'lane' }, classOfCode(code)),
  factsQuestioned: ({ payload: { documentId, questionId } }) =>
    filed(documentId, { kind: 'fact', question: questionId }),
  // A permit of another body of the State.
  permitRecorded: ({ payload: { documentId } }) => filed(documentId, { kind: 'trial' }, 'public'),
  trialReportFiled: ofTrial,
  incidentReported: ofTrial,
  finalReportFiled: ofTrial,
  taskCompleted: ({ scope, payload, actor }, { procedures }) =>
    (payload.attachments ?? []).map(({ documentId }) => ({
      documentId,
      about: inProcedure(procedureOf(scope)),
      class: isDecided(procedures[procedureScopeOf(scope)]) ? 'business' : 'internal',
      by: 'agency' in actor ? actor.agency : null,
    })),
  // What officials put beside their answers is shown with the decision that rests on it.
  decisionSigned: ({ scope }, state) =>
    attachmentsOf(state, scope).map(({ documentId, task }) => ({
      documentId,
      about: inProcedure(procedureOf(scope)),
      class: 'business',
      by: task.agency,
    })),
};

/** The documents an event shows, with what they are about and how confidential they are as the case stands now. */
export function documentsShown(event: CaseEvent, state: CaseState): ShownDocument[] {
  const byType = named as Partial<Record<EventType, (event: CaseEvent, state: CaseState) => readonly Named[]>>;
  const find = byType[event.type];
  if (!find) return [];
  return find(event, state).flatMap(({ documentId, ...one }) =>
    documentId === null || !idShape.test(documentId) ? [] : [{ documentId, ...one }],
  );
}

/** The documents an event shows to whoever reads the case; `state` is the case after it. */
export function documentsNamed(event: CaseEvent, state: CaseState): DocumentUse[] {
  const uses = documentsShown(event, state).map(({ documentId, about, class: of }): DocumentUse => ({
    documentId,
    seq: event.seq,
    procedure: procedureAbout(about, state),
    ...(of === 'internal' && { internal: true }),
  }));
  return [...new Map(uses.map((use) => [`${use.documentId} ${use.procedure}`, use])).values()];
}

/** The procedure that a document belongs to; null: the case as a whole. */
function procedureAbout(about: DocumentSubject, { duties }: CaseState): string | null {
  if (about.kind === 'procedure') return about.procedure;
  return about.kind === 'duty' ? procedureOf(duties[about.duty]?.scope ?? '') : null;
}
