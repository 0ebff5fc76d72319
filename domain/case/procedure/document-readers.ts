import type { DocumentClass } from '../../law/document-classes.js';
import type { Law } from '../../law/law.js';
import type { Role } from '../events.js';
import { procedureOf } from '../scope.js';
import type { CaseState } from '../state.js';
import { admissionOf } from '../trial/state.js';
import type { DocumentSubject, ShownDocument } from './documents.js';
import { sentTo } from './recipients.js';

/**
 * Who reads a document of a case that they read. Of agencies: `author`, whose official put it there; `acting`, which has to act on what it is about; `asked`,
 * whose opinion was asked on it, or which was sent the result that rests on it; `other`, which has to do with the case otherwise.
 */
export type DocumentReader =
  'investor' | 'author' | 'acting' | 'asked' | 'other' | 'council' | 'leader' | 'auditor' | 'admin' | 'outside';

/** Who reads what: the one table behind documents, what registers said of them, and pages that name them. A new class or reader does not compile until it is answered. */
export const documentMatrix: Readonly<Record<DocumentReader, Readonly<Record<DocumentClass, boolean>>>> = {
  // With whoever holds a power of attorney, in the procedures that it names.
  investor: { public: true, business: true, personal: true, internal: false },
  author: { public: true, business: true, personal: true, internal: true },
  acting: { public: true, business: true, personal: true, internal: true },
  asked: { public: true, business: true, personal: false, internal: false },
  other: { public: true, business: false, personal: false, internal: false },
  council: { public: true, business: true, personal: false, internal: true },
  leader: { public: true, business: true, personal: false, internal: true },
  auditor: { public: true, business: true, personal: true, internal: true },
  admin: { public: false, business: false, personal: false, internal: false },
  // Webhooks, the feed of the operations centre, open data.
  outside: { public: false, business: false, personal: false, internal: false },
};

type ReadersLaw = Pick<Law, 'laneOwner' | 'definition' | 'successorOf'>;

/** Whose eyes, of those who read the case; the investor's side is asked for by its power, not here. */
export interface DocumentEyes {
  readonly id: string;
  readonly role: Role;
  readonly agency: string | null;
}

/** As what somebody of the City reads a document. More than one: whatever one of them allows. */
export function documentReaders(
  state: CaseState,
  law: ReadersLaw,
  { id, role, agency }: DocumentEyes,
  { about, by }: Pick<ShownDocument, 'about' | 'by'>,
): DocumentReader[] {
  if (role === 'investor' || role === 'representative') return ['investor'];
  if (role === 'auditor') return ['auditor'];
  if (role === 'admin' || role === 'operator') return ['admin'];
  const found = new Set<DocumentReader>();
  if (role === 'leader') found.add('leader');
  if (isOfCouncil(state, id)) found.add('council');
  if (agency !== null) {
    found.add('other');
    // Whoever took the place of a merged agency reads as that one did.
    const isOwn = (one: string) => one === agency || law.successorOf(one) === agency;
    if (by !== null && isOwn(by)) found.add('author');
    if ([...actingOn(state, law, about)].some(isOwn)) found.add('acting');
    if ([...askedOn(state, law, about)].some(isOwn)) found.add('asked');
  }
  return [...found];
}

/** Whether somebody of the City who reads the case may read this document of it. */
export const mayReadDocument = (
  state: CaseState,
  law: ReadersLaw,
  eyes: DocumentEyes,
  document: Omit<ShownDocument, 'documentId'>,
): boolean => documentReaders(state, law, eyes, document).some((reader) => documentMatrix[reader][document.class]);

const isOfCouncil = (state: CaseState, id: string): boolean =>
  state.trial !== null && (admissionOf(state)?.council?.members ?? []).some(({ person }) => person === id);

/** Agencies that have to act on it: competent, handling, or with a task in it. */
function actingOn(state: CaseState, law: ReadersLaw, about: DocumentSubject): ReadonlySet<string> {
  switch (about.kind) {
    case 'procedure':
      return actingIn(state, (code) => code === about.procedure);
    case 'gate':
      return actingIn(state, (code) =>
        state.plan.some(({ procedure, gates }) => procedure === code && gates.includes(about.gate)),
      );
    case 'lane':
      return new Set([law.laneOwner, ...tasksOf(state, ['lane', 'revocation'])]);
    case 'fact': {
      const question = state.factQuestions[about.question];
      return new Set(question ? [question.agency] : []);
    }
    case 'duty': {
      const duty = state.duties[about.duty];
      const within = procedureOf(duty?.scope ?? '');
      const acting = within === null ? [law.laneOwner] : actingIn(state, (code) => code === within);
      return new Set([...acting, ...(duty?.agency ? [duty.agency] : []), ...ofTrial(state)]);
    }
    case 'trial':
      return new Set([
        ...ofTrial(state),
        ...tasksOf(state, ['fit', 'hold', 'incident', 'trial-request', 'completion']),
        ...Object.values(state.procedures).flatMap((one) => [one.competentAgency, one.handlingAgency]),
      ]);
  }
}

const ofTrial = ({ trial }: CaseState): string[] =>
  trial === null ? [] : [trial.authority, trial.supervises, trial.evaluates];

const tasksOf = (state: CaseState, kinds: readonly string[]): string[] =>
  Object.values(state.tasks).flatMap(({ kind, agency }) => (kinds.includes(kind) ? [agency] : []));

function actingIn(state: CaseState, isMeant: (procedure: string) => boolean): Set<string> {
  const found = new Set<string>();
  for (const { procedure, competentAgency, handlingAgency, tasks } of Object.values(state.procedures)) {
    if (!isMeant(procedure)) continue;
    for (const agency of [competentAgency, handlingAgency]) found.add(agency);
    for (const { agency } of Object.values(tasks)) found.add(agency);
  }
  for (const { scope, lead } of Object.values(state.consultations))
    if (isMeant(procedureOf(scope) ?? '')) found.add(lead);
  return found;
}

/** Agencies whose opinion was asked in the procedure, and those that its result was sent to. */
function askedOn(state: CaseState, law: ReadersLaw, about: DocumentSubject): ReadonlySet<string> {
  const found = new Set<string>();
  if (about.kind !== 'procedure') return found;
  for (const procedure of Object.values(state.procedures))
    if (procedure.procedure === about.procedure) for (const agency of sentTo(procedure, law)) found.add(agency);
  for (const { scope, opinions, tasks } of Object.values(state.consultations)) {
    if (procedureOf(scope) !== about.procedure) continue;
    for (const agency of Object.keys(opinions)) found.add(agency);
    for (const { agency } of Object.values(tasks)) found.add(agency);
  }
  return found;
}
