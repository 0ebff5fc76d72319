import type { Command } from './commands.js';
import type { CaseEvent, EventType, Payloads } from './events.js';
import { type TextRef, type Words, isTextRef } from './words.js';

/**
 * Every text that an event carries or a command brings, and what it is. A new field does not compile until it is classified; what people type in their own
 * words is no class of an event's text: there it is `Words`, kept where it can be erased.
 */

/** Paths to open texts: `items[]` each of a list, `lodged.*` each by any key. Texts of a closed set (codes in the type) and references are none. */
type TextIn<V, P extends string> = [TextRef] extends [V]
  ? never
  : V extends string
    ? string extends V
      ? P
      : never
    : V extends readonly (infer E)[]
      ? TextIn<E, `${P}[]`>
      : V extends object
        ? string extends keyof V
          ? TextIn<V[keyof V], `${P}.*`>
          : { [K in keyof V & string]: TextIn<V[K], `${P}.${K}`> }[keyof V & string]
        : never;

/** Paths to `Words`: references, or texts in events of before. */
type WordsIn<V, P extends string> = [TextRef] extends [V]
  ? [string] extends [V]
    ? P
    : never
  : V extends readonly (infer E)[]
    ? WordsIn<E, `${P}[]`>
    : V extends object
      ? { [K in keyof V & string]: WordsIn<V[K], `${P}.${K}`> }[keyof V & string]
      : never;

type EventText = {
  [T in EventType]: { [K in keyof Payloads[T] & string]: TextIn<Payloads[T][K], `${T}.${K}`> }[keyof Payloads[T] &
    string];
}[EventType];
type EventWords = {
  [T in EventType]: { [K in keyof Payloads[T] & string]: WordsIn<Payloads[T][K], `${T}.${K}`> }[keyof Payloads[T] &
    string];
}[EventType];

type NameOf<P extends string> = P extends `${string}.${infer Rest}` ? NameOf<Rest> : P;
type Unnamed<P extends string, N> = P extends unknown ? (NameOf<P> extends N ? never : P) : never;

/**
 * `id`: made by the register or chosen from what it knows, hashes and keys included · `code`: of a catalogue or of the engine, or of the shape of one ·
 * `number`: as a body gave it, of the shape of an identifier · `time` · `money` · `law`: words of the catalogue · `admission`: what was admitted, in the
 * terms of its public record · `filed`: a number of the investor · `measured`: by a device
 */
type TextClass = 'id' | 'code' | 'number' | 'time' | 'money' | 'law' | 'filed' | 'admission' | 'measured';

// A name that people could mean their own words by (`reason`, `value`, `number`) is classified by its path below, never here.
const byName = {
  absent: 'id',
  'absent[]': 'id',
  'after[]': 'code',
  'agencies[]': 'code',
  agency: 'code',
  'agreed[]': 'code',
  algorithm: 'code',
  amountVnd: 'money',
  answeredAt: 'time',
  at: 'time',
  authority: 'code',
  calendar: 'code',
  case: 'id',
  chair: 'code',
  changeId: 'id',
  clockFrom: 'time',
  clock: 'code',
  code: 'code',
  competentAgency: 'code',
  confirmBy: 'time',
  criterion: 'code',
  digest: 'id',
  asOf: 'time',
  register: 'code',
  'dissent[]': 'id',
  documentHash: 'id',
  documentId: 'id',
  dossierCode: 'id',
  duty: 'code',
  evidenceId: 'id',
  evaluates: 'code',
  filingHash: 'id',
  gate: 'code',
  'gates[]': 'code',
  hearingId: 'id',
  handlingAgency: 'code',
  happenedAt: 'time',
  holdId: 'id',
  id: 'id',
  incident: 'id',
  incidentId: 'id',
  instructionId: 'id',
  issue: 'id',
  key: 'code',
  keyId: 'id',
  knownAt: 'time',
  lead: 'code',
  letterId: 'id',
  matterId: 'id',
  limit: 'code',
  meetsAt: 'time',
  messageId: 'id',
  obtainedFrom: 'code',
  permit: 'code',
  'permits[]': 'code',
  person: 'id',
  personId: 'id',
  'present[]': 'id',
  procedure: 'code',
  publicKey: 'id',
  questionId: 'id',
  'near[]': 'id',
  'recused[]': 'id',
  regime: 'code',
  reportBy: 'time',
  requestId: 'id',
  rung: 'code',
  scope: 'id',
  signature: 'id',
  site: 'code',
  'sites[]': 'id',
  step: 'code',
  subject: 'code',
  supervises: 'code',
  taskId: 'id',
  totalUsd: 'money',
  totalVnd: 'money',
  'presumed[]': 'code',
  'unknown[]': 'code',
  'unverified[]': 'code',
  upholds: 'code',
  version: 'code',
  visitId: 'id',
} as const satisfies Readonly<Record<string, TextClass>>;

const inTerms = [
  'areas[].name.vi',
  'areas[].name.en',
  'limits[].name.vi',
  'limits[].name.en',
  'limits[].unit',
  'limits[].values[]',
] as const;
const inDuties = ['userDuties[].name.vi', 'userDuties[].name.en'] as const;
const inExemptions = ['exemptions[].act', 'exemptions[].article', 'exemptions[].basis'] as const;
type Terms<P extends string> =
  `${P}.${(typeof inTerms)[number] | (typeof inDuties)[number] | (typeof inExemptions)[number]}`;

const admitted = <P extends string>(...paths: readonly P[]): Record<P, 'admission'> =>
  Object.fromEntries(paths.map((path) => [path, 'admission'])) as Record<P, 'admission'>;
const termsIn = <P extends string>(at: P): Record<Terms<P>, 'admission'> =>
  admitted(...[...inTerms, ...inDuties, ...inExemptions].map((path): Terms<P> => `${at}.${path}`));

const byPath: Readonly<Record<Unnamed<EventText, keyof typeof byName>, TextClass>> = {
  'caseOpened.facts.*': 'code',
  'caseOpened.investor.organisation': 'filed',
  'caseOpened.trial.field': 'code',
  'caseOpened.signed.certificate': 'id',
  'caseOpened.signed.from': 'time',
  'caseOpened.signed.until': 'time',
  'caseOpened.signed.revocations.list': 'id',
  'caseOpened.signed.revocations.from': 'time',
  'caseOpened.signed.over.pathway': 'code',
  'caseOpened.signed.over.adjusts': 'id',
  'caseOpened.signed.over.filer': 'id',
  'caseOpened.signed.over.investor': 'id',
  'caseOpened.signed.key.n': 'id',
  'caseOpened.signed.key.e': 'id',
  'clocksRedated.document': 'law',
  'extractAsked.document': 'code',
  'extractMissed.document': 'code',
  'consentWithdrawn.document': 'code',
  'decisionMade.without[].document': 'code',
  'extractObtained.document': 'code',
  'statusDiffered.system': 'code',
  'conferenceReferred.to': 'code',
  'extractQuestioned.document': 'code',
  'extractSettled.document': 'code',
  'completionCertified.number': 'number',
  'consultationOpened.calls[]': 'id',
  'consultationOpened.opinions[].about.vi': 'law',
  'consultationOpened.opinions[].about.en': 'law',
  'decisionSigned.number': 'number',
  'factsConfirmed.confirmed.*': 'code',
  'factsConfirmed.laid.facts.*': 'code',
  'factsConfirmed.stated.facts.*': 'code',
  'factsQuestioned.facts.*': 'code',
  'declarationFailed.reason': 'code',
  'extractObtained.reference': 'number',
  'finalReportFiled.lessons[].act': 'admission',
  'finalReportFiled.lessons[].article': 'admission',
  'holdPlaced.cause.value': 'measured',
  'laneDecided.findings[].basis': 'id',
  'limitExceeded.value': 'measured',
  'limitNeared.value': 'measured',
  'metricsAccepted.from': 'time',
  'metricsAccepted.to': 'time',
  'metricsAccepted.kept': 'id',
  'metricsAccepted.readings[].value': 'measured',
  'onlineDeclared.declarationId': 'number',
  'opinionRequestFailed.reason': 'code',
  'paymentReceived.reference': 'number',
  'agencyMerged.document': 'law',
  'agencyMerged.merged': 'code',
  'agencyMerged.into': 'code',
  'procedureMigrated.from': 'code',
  'procedureMigrated.to': 'code',
  'resultChangeProposed.of': 'number',
  'resultCorrected.number': 'number',
  'resultCorrected.of': 'number',
  'resultHandedOver.number': 'number',
  'resultRevoked.number': 'number',
  'resultRevoked.of': 'number',
  'signatoryNamed.asked': 'id',
  'signatoryNamed.signatory': 'id',
  'receiptWithdrawn.to': 'code',
  'supplementRequested.decision': 'number',
  'stepCompleted.outcome': 'code',
  'stepFailed.reason': 'code',
  'taskCancelled.reason': 'code',
  'taskCompleted.outcome': 'code',
  'taskReassigned.from': 'id',
  'taskReassigned.to': 'id',
  'trialAdmitted.decision': 'number',
  ...admitted(
    'trialAdmitted.exemptions[].act',
    'trialAdmitted.exemptions[].article',
    'trialAdmitted.exemptions[].basis',
  ),
  ...termsIn('trialAdmitted.terms'),
  ...termsIn('trialAdjusted.terms'),
  ...termsIn('trialChangeRequested.request.terms'),
  ...termsIn('trialTermsProposed.terms'),
};

/** Where people speak in their own words; events of releases until 0.3.0 may hold the words themselves. */
const words: Readonly<Record<EventWords, true>> = {
  'caseWithdrawn.reason': true,
  'completionRequested.items[]': true,
  'completionRequested.reason': true,
  'consultationOpened.carried[].conditions[].value': true,
  'consultationOpened.carried[].legalBasis': true,
  'decisionMade.reason': true,
  'dutyMet.evidence': true,
  'extensionGranted.reason': true,
  'gateMet.evidence': true,
  'incidentExamined.legalBasis': true,
  'laneDecided.findings[].reason': true,
  'laneDecided.reason': true,
  'lapseDecided.reason': true,
  'opinionGiven.conditions[].value': true,
  'opinionGiven.legalBasis': true,
  'opinionUnheard.conditions[].value': true,
  'opinionUnheard.legalBasis': true,
  'permitRecorded.number': true,
  'receptionRefused.reason': true,
  'silenceDecided.reason': true,
  'stepCompleted.reference': true,
  'supplementRequested.items[]': true,
  'supplementRequested.reason': true,
  'taskCompleted.note': true,
  'workReturned.items[]': true,
};

/** What a text of an event is by its path (`opinionGiven.conditions[].value`); undefined where no event has one there. */
export function textClass(path: string): TextClass | 'words' | undefined {
  if (Object.hasOwn(words, path)) return 'words';
  const at = (byPath as Readonly<Record<string, TextClass>>)[path];
  return at ?? (byName as Readonly<Record<string, TextClass>>)[path.slice(path.lastIndexOf('.') + 1)];
}

/** Paths of the texts that not everybody may read, each with its class: what people wrote, what was filed, admitted or measured. */
export const confidentialTexts: readonly (readonly [path: string, of: TextClass | 'words'])[] = [
  ...Object.keys(words).map((path) => [path, 'words'] as const),
  ...Object.entries(byPath).filter(([, of]) => of === 'filed' || of === 'admission' || of === 'measured'),
];

/** Kept in the register alone: no workflow needs it to know what comes next. */
const staysHome: ReadonlySet<string | undefined> = new Set(['words', 'filed', 'admission', 'measured']);

/** An event as a workflow may hear it: without what people wrote, where one of before carries it, and without what a trial was admitted with. */
export const unworded = <E extends CaseEvent>(event: E): E => ({
  ...event,
  payload: mapTexts(event.payload, event.type, (text, path) => (staysHome.has(textClass(path)) ? '' : text)),
});

/** The ids of the words in the places where events of before held them in clear: whoever may read the event may read them. */
export function spokenRefs(event: CaseEvent): string[] {
  const found = new Set<string>();
  mapWords(event, (one) => {
    if (typeof one !== 'string') found.add(one.id);
    return one;
  });
  return [...found];
}

/** The event with something else in those places. */
export function mapWords(event: CaseEvent, change: (one: Words) => unknown): { readonly payload: object } {
  const walk = (inner: unknown, at: string): unknown => {
    if (isTextRef(inner) || typeof inner === 'string') return textClass(at) === 'words' ? change(inner) : inner;
    if (Array.isArray(inner)) return inner.map((one) => walk(one, `${at}[]`));
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, walk(one, `${at}.${key}`)]));
  };
  return { payload: walk(event.payload, event.type) as object };
}

/** The same value with other texts. References stay. */
export function mapTexts<V>(value: V, path: string, change: (text: string, path: string) => unknown): V {
  const walk = (inner: unknown, at: string): unknown => {
    if (typeof inner === 'string') return change(inner, at);
    if (Array.isArray(inner)) return inner.map((one) => walk(one, `${at}[]`));
    if (typeof inner !== 'object' || inner === null || isTextRef(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, walk(one, `${at}.${key}`)]));
  };
  return walk(value, path) as V;
}

// What a command brings -----------------------------------------------------------------------------------------------------------------------

type CommandText = Command extends infer C
  ? C extends { readonly type: infer T extends string }
    ? { [K in Exclude<keyof C & string, 'type' | 'opening'>]: TextIn<C[K], `${T}.${K}`> }[Exclude<
        keyof C & string,
        'type' | 'opening'
      >]
    : never
  : never;

/**
 * `words`: sealed before an event carries them · `shown`: a document by its id, else sealed · `reference`: a number, else sealed · `condition`: sealed where
 * its subject is not of the list
 */
type CommandClass = TextClass | 'words' | 'shown' | 'reference' | 'condition';

const commandTexts: Readonly<Record<Unnamed<CommandText, keyof typeof byName>, CommandClass>> = {
  'answerLaneHearing.statement': 'words',
  'answerResultHearing.statement': 'words',
  'answerSupplement.explanation': 'words',
  'askQuestion.text': 'words',
  'castVote.reason': 'words',
  'openCase.signed.certificate': 'id',
  'openCase.signed.from': 'time',
  'openCase.signed.until': 'time',
  'openCase.signed.revocations.list': 'id',
  'openCase.signed.revocations.from': 'time',
  'openCase.signed.over.pathway': 'code',
  'openCase.signed.over.adjusts': 'id',
  'openCase.signed.over.filer': 'id',
  'openCase.signed.over.investor': 'id',
  'openCase.signed.key.n': 'id',
  'openCase.signed.key.e': 'id',
  'openCase.signed.holder': 'words',
  'completeStep.outcome': 'code',
  'completeStep.reference': 'number',
  'completeTask.completion.conditions[].value': 'condition',
  'completeTask.completion.content.fields.*': 'words',
  'completeTask.completion.content.reasons[].legalBasis': 'words',
  'completeTask.completion.content.reasons[].text': 'words',
  'completeTask.completion.content.seen': 'code',
  'completeTask.completion.dissent[].reason': 'words',
  'completeTask.completion.facts.*': 'code',
  'completeTask.completion.findings[].basis': 'id',
  'completeTask.completion.findings[].reason': 'words',
  'completeTask.completion.items[]': 'words',
  'completeTask.completion.legalBasis': 'words',
  'completeTask.completion.outcome': 'code',
  'completeTask.completion.reason': 'words',
  'completeTask.completion.reference': 'reference',
  'declareInterest.reason': 'words',
  'deferProcedure.reason': 'words',
  'endTrial.reason': 'words',
  'extendClock.reason': 'words',
  'extendSupplement.reason': 'words',
  'failStep.reason': 'code',
  'finishCall.failure': 'code',
  'finishCall.outcome': 'code',
  'finishCall.reference': 'number',
  'finishDeclaration.failure': 'code',
  'reportFromOutside.note': 'words',
  'reportStatusDifference.system': 'code',
  'finishExtract.document': 'code',
  'finishExtract.found.content': 'words',
  'finishExtract.found.differences[].name.en': 'law',
  'finishExtract.found.differences[].name.vi': 'law',
  'finishExtract.found.differences[].ours': 'words',
  'finishExtract.found.differences[].theirs': 'words',
  'finishExtract.found.reference': 'number',
  'finishQuestion.consultation': 'id',
  'finishQuestion.failure': 'code',
  'fileFinalReport.lessons[].act': 'admission',
  'fileFinalReport.lessons[].article': 'admission',
  'fileFinalReport.lessons[].change': 'words',
  'freeTask.from': 'id',
  'giveOpinion.conditions[].value': 'condition',
  'giveOpinion.consultation': 'id',
  'giveOpinion.legalBasis': 'words',
  'giveInstruction.text': 'words',
  'handOverTask.from': 'id',
  'meetDuty.evidence': 'shown',
  'meetGate.evidence': 'shown',
  'moveInstruction.reason': 'words',
  'openLaneHearing.reason': 'words',
  'proposeFacts.facts.*': 'code',
  'proposeFacts.reason': 'words',
  'proposeLane.reason': 'words',
  'proposeResultChange.legalBasis': 'words',
  'proposeResultChange.passages[].is': 'words',
  'proposeResultChange.passages[].was': 'words',
  'proposeResultChange.reason': 'words',
  'reassignTask.reason': 'words',
  'recordDeclaration.declarationId': 'number',
  'recordPayment.reference': 'number',
  'recordPermit.number': 'reference',
  'recordSignature.number': 'number',
  'recordVisit.findings': 'words',
  'reopenConsultation.consultation': 'id',
  'reopenConsultation.reason': 'words',
  'reportIncident.description': 'words',
  'endViolation.reason': 'words',
  'requestSupplement.decision': 'number',
  'requestSupplement.items[]': 'words',
  'requestSupplement.reason': 'words',
  'requestTrialChange.reason': 'words',
  'resumeTrial.reason': 'words',
  'reviewViolation.reason': 'words',
  'returnTask.items[]': 'words',
  'returnTask.reason': 'words',
  'submitMetrics.from': 'time',
  'submitMetrics.readings[].value': 'measured',
  'submitMetrics.to': 'time',
  'suspendTrial.reason': 'words',
  'withdrawCase.reason': 'words',
  'withdrawConsent.document': 'code',
  'withdrawExtension.reason': 'words',
  'withdrawInstruction.reason': 'words',
  'withdrawReceipt.reason': 'words',
  'withdrawReceipt.to': 'code',
  'withdrawSupplement.reason': 'words',
  ...termsIn('proposeTerms.terms'),
  ...termsIn('requestTrialChange.request.terms'),
};

/** What a text of a command is by its path (`completeTask.completion.reason`); undefined where no command has one there. */
export const commandTextClass = (path: string): CommandClass | undefined =>
  (commandTexts as Readonly<Record<string, CommandClass>>)[path] ??
  (byName as Readonly<Record<string, TextClass>>)[path.slice(path.lastIndexOf('.') + 1)];
