import type { CaseEvent, EventOf, EventType, Payloads } from '../events.js';
import type { DossierDocument } from './words.js';
import type { Words } from '../words.js';
import { procedureOf, procedureScopeOf } from '../scope.js';
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

type Named = readonly {
  readonly documentId: string | null;
  readonly procedure: string | null;
  readonly internal?: true;
}[];

const dossier = (documents: readonly DossierDocument[], procedure: string | null): Named =>
  documents.map(({ documentId }) => ({ documentId, procedure }));
const shown = (evidence: Words | null, procedure: string | null): Named => [
  {
    documentId:
      typeof evidence === 'string' && evidence.startsWith(evidencePrefix)
        ? evidence.slice(evidencePrefix.length)
        : null,
    procedure,
  },
];
const whole = ({ payload: { documentId } }: { payload: { documentId: string | null } }): Named => [
  { documentId, procedure: null },
];

// Only fields that the API fills from what it has checked to be the caller's to show: no free text is looked into.
const named: { readonly [T in Naming]: (event: EventOf<T>, state: CaseState) => Named } = {
  caseOpened: ({ payload }) =>
    Object.entries(payload.lodged).flatMap(([procedure, documents]) => dossier(documents, procedure)),
  dossierFiled: ({ scope, payload }) => dossier(payload.documents, procedureOf(scope)),
  supplementAnswered: ({ scope, payload }) => dossier(payload.documents, procedureOf(scope)),
  gateMet: ({ payload }) => shown(payload.evidence, null),
  dutyMet: ({ payload }, { duties }) => shown(payload.evidence, procedureOf(duties[payload.duty]?.scope ?? '')),
  evidenceGiven: whole,
  factsQuestioned: whole,
  permitRecorded: whole,
  trialReportFiled: whole,
  incidentReported: whole,
  finalReportFiled: whole,
  taskCompleted: ({ scope, payload }, { procedures }) =>
    (payload.attachments ?? []).map(({ documentId }) => ({
      documentId,
      procedure: procedureOf(scope),
      ...(!isDecided(procedures[procedureScopeOf(scope)]) && { internal: true }),
    })),
  // What officials put beside their answers is shown with the decision that rests on it.
  decisionSigned: ({ scope }, state) =>
    attachmentsOf(state, scope).map(({ documentId }) => ({ documentId, procedure: procedureOf(scope) })),
};

/** The documents an event shows to whoever reads the case; `state` is the case after it. */
export function documentsNamed(event: CaseEvent, state: CaseState): DocumentUse[] {
  const byType = named as Partial<Record<EventType, (event: CaseEvent, state: CaseState) => Named>>;
  const find = byType[event.type];
  if (!find) return [];
  const uses = find(event, state).flatMap(({ documentId, procedure, internal }) =>
    documentId === null || !idShape.test(documentId)
      ? []
      : [{ documentId, seq: event.seq, procedure, ...(internal && { internal }) }],
  );
  return [...new Map(uses.map((use) => [`${use.documentId} ${use.procedure}`, use])).values()];
}
