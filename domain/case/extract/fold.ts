import type { CaseEvent } from '../events.js';
import type { ProcedureState } from '../procedure/state.js';
import type { ExtractState } from './state.js';

/** What an event makes of the documents that registers hold, in place. */
export function foldExtracts(procedure: ProcedureState, event: CaseEvent): void {
  switch (event.type) {
    case 'dossierFiled':
    case 'supplementAnswered': {
      const { documents, fetches, agreed = [] } = event.payload;
      for (const { code, documentId, obtainedFrom } of documents) {
        const extract = procedure.extracts?.[code];
        if (documentId !== null && extract) extract.paperAt = event.occurredAt;
        if (documentId === null && obtainedFrom !== null && fetches)
          begin(procedure, { document: code, register: obtainedFrom }, event, agreed.includes(code));
      }
      return;
    }
    case 'extractAsked': {
      const extract = procedure.extracts?.[event.payload.document];
      const { look, cause } = event.payload;
      if (extract) Object.assign(extract, { look, cause, askedAt: event.occurredAt });
      return;
    }
    case 'extractObtained': {
      const { document, register: _register, ...obtained } = event.payload;
      const extract = procedure.extracts?.[document];
      if (extract) Object.assign(extract, { obtained: { ...obtained, at: event.occurredAt }, missed: null });
      return;
    }
    case 'extractQuestioned': {
      const { document, look, differences } = event.payload;
      const extract = procedure.extracts?.[document];
      if (extract) extract.question = { look, askedAt: event.occurredAt, differences, settled: null };
      return;
    }
    case 'extractSettled': {
      const { document, look, stands, reason } = event.payload;
      const question = procedure.extracts?.[document]?.question;
      if (question?.look === look) question.settled = { at: event.occurredAt, stands, reason };
      return;
    }
    case 'consentWithdrawn': {
      const extract = procedure.extracts?.[event.payload.document];
      if (extract) extract.consent = null;
      return;
    }
    case 'extractMissed': {
      const { document, look, reason } = event.payload;
      const extract = procedure.extracts?.[document];
      if (extract) extract.missed = { look, at: event.occurredAt, reason };
      return;
    }
    default:
      return;
  }
}

function begin(
  procedure: ProcedureState,
  of: Pick<ExtractState, 'document' | 'register'>,
  { occurredAt: at, actor }: CaseEvent,
  agreed: boolean,
): void {
  const extracts = (procedure.extracts ??= {});
  const before = extracts[of.document];
  const look = (before?.look ?? 0) + 1;
  const given = agreed && actor.kind === 'person' ? { givenBy: actor.id, givenAt: at } : null;
  extracts[of.document] = {
    ...of,
    look,
    askedAt: at,
    consent: given ?? before?.consent ?? null,
    cause: 'filed',
    paperAt: null,
    obtained: before?.obtained ?? null,
    missed: null,
    question: before?.question ?? null,
  };
}
