import { registerName } from '../../law/registers.js';
import type { TrialNoticeKind } from '../kinds.js';
import { about, dueBy, money, type NoticeTexts, type Spelled } from './spelled.js';

/** What is asked of the investor, by the ground of the request. */
const grounds: Readonly<Record<NonNullable<Spelled['vars']['ground']>, readonly [title: string, asks: string]>> = {
  supplement: ['Something is missing in your dossier', 'asks for a supplement'],
  explanation: ['You are asked to explain', 'asks for an explanation'],
  'violation-handling': [
    'Your dossier waits for a violation to be handled',
    'stops the term to handle a violation and will tell you when it is dealt with',
  ],
  'errors-in-dossier': ['Errors in your dossier are to be put right', 'asks you to put errors in the dossier right'],
};

/** Why a register gave no document. */
const missed: Readonly<Record<string, string>> = {
  'not-held': 'does not hold it',
  silent: 'did not answer in time',
  'other-subject': 'answered about somebody else, which is not used',
  unsound: 'answered what cannot be read',
  'no-consent': 'may not be asked, because whoever the data is about has not agreed',
};

/** Why work that somebody was asked for, or held, is no longer theirs. */
const endings: Readonly<Record<string, string>> = {
  withdrawn: 'the investor withdrew the project',
  decided: 'it was decided',
  closed: 'the case is closed',
  refused: 'the dossier was refused',
  stopped: 'work on the dossier has stopped',
  answered: 'the answer has come',
  reassigned: 'somebody else has it now',
  reopened: 'the step begins anew',
  'asked-anew': 'it is asked again in a new round',
  'date-moved': 'the appointment has moved',
  'receipt-withdrawn': 'the dossier was received by mistake and is received anew',
  'facts-confirmed': 'facts of the project were confirmed',
  migrated: 'new law applies',
  extended: 'the trial was extended',
  suspended: 'the trial is suspended',
  'instruction-withdrawn': 'leadership has withdrawn the instruction',
  resumed: 'the trial was resumed',
  ended: 'the trial has ended',
  lapsed: 'its time is over',
};

const closings: Readonly<Record<string, readonly [title: string, text: string]>> = {
  approved: ['Your project has every approval', 'Every mandatory approval is there.'],
  withdrawn: ['Your project is withdrawn', 'Your project was withdrawn, as you asked.'],
  refused: ['Your project ended without approval', 'Your project ended without approval.'],
};
const reassigned: Readonly<Record<string, string>> = {
  absence: 'Its holder is absent.',
  departure: 'Its holder has moved or left.',
  signatory: "Named by the City's leadership: you sign this one.",
};

/** What people are told of the green lane and of procedures. */
export const en: Omit<NoticeTexts, TrialNoticeKind> = {
  'case-received': (v) => [
    'Your project is registered',
    `Your project is registered. All licensing procedures are expected to be done by ${v.date} if each dossier comes on time.`,
  ],
  'lane-hearing': (v) => [
    'You are heard before the green lane may be taken back',
    `Whoever owns the lane holds that what the project's green lane rests on is not true; the case says what. You may speak until the end of ${v.date}; then the head of the agency decides.`,
  ],
  'lane-hearing-decided': ({ vars }) =>
    vars.outcome === 'revoked'
      ? [
          'The green lane of the project is taken back',
          'The project goes on in the standard lane; the case gives the reason.',
        ]
      : ['The project stays in the green lane', 'What you said was considered: the project stays in the green lane.'],
  'lane-hearing-answered': () => [
    'The investor has spoken about the lane',
    'Whether it is taken back can be decided now.',
  ],
  'result-hearing': (v) => [
    'You are heard before a result may be revoked',
    `The agency that made decision ${v.vars.number} proposes to revoke it; the case says why and on what ground. You may speak until the end of ${v.date}; then the head of the agency decides.`,
  ],
  'result-hearing-answered': () => [
    'The investor has spoken about the revocation',
    'Whether the result is revoked can be decided now.',
  ],
  'result-changed': ({ vars }) =>
    vars.outcome === 'revoked'
      ? [
          'A result is revoked',
          `Act of revocation ${vars.number}; the case gives the reason. The earlier result has no force any more.`,
        ]
      : vars.outcome === 'corrected'
        ? ['A result is corrected', `Act of correction ${vars.number}: the result is read together with it.`]
        : ['A result stays as it is', `Decision ${vars.number} is not revoked.`],
  'facts-questioned': (v) =>
    v.vars.outcome === 'unknown'
      ? [
          'A fact of the project is not known yet',
          `A fact was answered «I don't know» at filing. Whoever owns the lane finds it out by the end of ${v.date}; if you know by now, say so in the case, with what shows it.`,
        ]
      : [
          'Somebody puts a fact of the project right',
          `The case says what and why. Whoever owns the lane answers by the end of ${v.date}.`,
        ],
  'facts-decided': ({ vars }) =>
    vars.outcome === 'confirmed'
      ? [
          'Facts of the project are confirmed',
          'The plan, the baseline and terms not promised yet follow them; promised terms do not move. The case says what shows them, and why.',
        ]
      : ['The facts stay as they were filed', 'What was to be put right was not accepted; the case gives the reason.'],
  'lane-decided': ({ vars }) => [
    vars.outcome === 'green' ? 'Your project takes the green lane' : 'Your project takes the standard lane',
    vars.outcome === 'green'
      ? 'Your project is handled in the green lane.'
      : 'Your project is handled in the standard lane. You may ask for the green lane again.',
  ],
  'dossier-wanted': (v) => [
    'Please file a dossier',
    `The procedure “${v.procedure}” is open. Please file its dossier.`,
  ],
  'register-missed': (v) => [
    `Please give a document: ${v.vars.label?.en ?? v.vars.document ?? ''}`,
    `For “${v.procedure}”, ${registerName(v.vars.register ?? '').en} ${missed[v.vars.outcome ?? ''] ?? 'gave nothing'}. Please give this document; until the dossier is examined it is added where the case says what is asked of you.`,
  ],
  'dossier-received': (v) => [
    'Dossier received, with an appointment',
    `The dossier for “${v.procedure}” was received (form 01). The result is due on ${v.date}.`,
  ],
  'completion-requested': (v) => [
    'The dossier must be completed first',
    `The dossier for “${v.procedure}” is not complete enough to be received (form 02). Please see what is missing and file it again.`,
  ],
  'reception-refused': (v) => [
    'Reception refused',
    `The dossier for “${v.procedure}” was not received (form 03). The form gives the reason; you may file a new dossier.`,
  ],
  'supplement-requested': (v) => [
    grounds[v.vars.ground ?? 'supplement'][0],
    `The agency that handles “${v.procedure}” ${grounds[v.vars.ground ?? 'supplement'][1]} (form 02).${dueBy(v, 'Your last day')} ` +
      (v.vars.outcome === 'suspended'
        ? `The agency's term stands still; when the dossier comes back, the agency has ${v.days} left.`
        : `The agency's term runs on; the agency has ${v.days} left.`),
  ],
  'supplement-extended': (v) => [
    'You have more time for the supplement',
    `Your time to supplement the dossier for “${v.procedure}” was extended to ${v.date}.`,
  ],
  'supplement-withdrawn': (v) => [
    'A request to you was taken back',
    `What you were asked for in “${v.procedure}” was a mistake and was taken back: there is nothing for you to do. The days since it was sent count as the agency's.`,
  ],
  'violation-reviewed': (v) => [
    'A violation is still being handled',
    `“${v.procedure}” still waits for a violation to be handled. The agency looks at it again on ${v.date}.`,
  ],
  'violation-handled': (v) => [
    'The violation is dealt with',
    `The violation in “${v.procedure}” is dealt with; the agency's term goes on.`,
  ],
  'receipt-withdrawn': (v) => [
    'Your dossier is received anew',
    v.vars.outcome === 'moved'
      ? `Dossier ${v.vars.dossier ?? ''} was received in “${v.procedure}” by mistake and was moved to the procedure it belongs to. The day you filed it stays.`
      : `The reception of dossier ${v.vars.dossier ?? ''} in “${v.procedure}” was a mistake and is done anew. You need not file again; the day you filed it stays.`,
  ],
  'extension-withdrawn': (v) => [
    'The extension was taken back',
    `The extension of “${v.procedure}” by ${v.days} was a mistake and was taken back. The result is due on ${v.date}.`,
  ],
  'supplement-due': (v) => [
    'Your time for the supplement ends soon',
    `The supplement to the dossier for “${v.procedure}” is due on ${v.date}. Please send what is missing.`,
  ],
  'supplement-lapsed': (v) => [
    'The time for the supplement is over',
    `The time to supplement the dossier for “${v.procedure}” is over. An officer will decide what follows; what you send before that still counts.`,
  ],
  'procedure-stopped': (v) => [
    'Work on the dossier has stopped',
    `Work on the dossier for “${v.procedure}” has stopped because it was not supplemented in time (form 05). You may file a new dossier.`,
  ],
  'extension-granted': (v) => [
    'The term was extended',
    `The term of “${v.procedure}” was extended by ${v.days}, to ${v.date}.`,
  ],
  apology: (v) => [
    'Apology and new appointment',
    `We apologise: the result of “${v.procedure}” is not ready on the agreed date (form 04). The new appointment is ${v.date}. The letter gives the causes.`,
  ],
  'date-moved': (v) => [
    'The appointment moves with the working calendar',
    `By ${v.vars.document ?? 'a new working calendar'}, the appointment of “${v.procedure}” moves from ${v.from} to ${v.date}. The number of days stays the same.`,
  ],
  decision: (v) => [
    v.vars.outcome === 'approved' ? 'Decided: approved' : 'Decided: refused',
    v.vars.outcome === 'approved'
      ? `“${v.procedure}” was approved. The result will be signed and handed over to you.`
      : `“${v.procedure}” was refused. The decision gives the reason; you may file a new dossier.`,
  ],
  result: (v) => [
    'The result is ready',
    `The result of “${v.procedure}”, number ${v.vars.number ?? ''}, is ready in Luồng Xanh or at the City's Public Administrative Service Centre. ` +
      'Please rate how it was handled, from 1 to 5.',
  ],
  'case-closed': ({ vars }) => [
    closings[vars.outcome ?? '']?.[0] ?? 'Your project has ended',
    `${closings[vars.outcome ?? '']?.[1] ?? 'Your project has ended.'} Please rate how it was handled, from 1 to 5.`,
  ],
  'question-answered': () => [
    'Your question was answered',
    'The agency has answered your question. Please see the case.',
  ],
  'payment-requested': (v) => [
    'A fee is to be paid',
    `“${v.procedure}” waits for your payment of VND ${money(v.vars.amountVnd, ',')}.`,
  ],
  'duty-incurred': (v) => ['There is a duty to meet', `“${v.duty}”.${dueBy(v, 'Due')}`],
  'duty-due': (v) => [
    v.vars.rung?.kind === 'missed' || v.vars.rung?.kind === 'after-due' ? 'A duty is overdue' : 'A duty is due soon',
    `“${v.duty}”. Due: ${v.date}.`,
  ],
  'task-opened': (v) => ['New task', `${v.task}${about(v.step)}.${dueBy(v, 'Due')} ${v.procedure}`.trim()],
  'task-reassigned': (v) => [
    'A task was given to you',
    `${v.task}${about(v.step)}.${dueBy(v, 'Due')} ${reassigned[v.vars.outcome ?? ''] ?? 'Assigned by the head.'} ${v.procedure}`.trim(),
  ],
  'work-returned': (v) => [
    'Work was returned to you',
    `${v.task}${about(v.step)}: the task says what is missing. ${v.procedure}`.trim(),
  ],
  'supplement-answered': (v) => [
    'The supplement is in',
    `The investor has supplemented the dossier for “${v.procedure}”.`,
  ],
  'opinion-late': (v) => [
    'A late opinion',
    `${v.agency} has answered after its term, on “${v.procedure}”. The lead agency may weigh it before signature.`,
  ],
  rung: (v) => [`${v.clock}: ${v.rung}`, `${v.agency}. Due: ${v.date}. ${v.task || v.procedure || v.duty}`.trim()],
  target: (v) => [
    v.vars.missed === true
      ? `The ${v.vars.term ?? ''} % target is missed`
      : `The ${v.vars.term ?? ''} % target is at risk`,
    `“${v.procedure}”, ${v.agency}. Target date: ${v.date}.`,
  ],
  'law-applied': (v) => [
    'New law applies to open cases',
    v.vars.document === undefined
      ? `The version ${v.vars.version ?? ''} now governs open cases.`
      : `The new working calendar (${v.vars.document}) now governs the open terms.`,
  ],
  'calendar-missing': (v) => [
    `The working calendar of ${v.vars.year ?? ''} has to be published`,
    `No document fixes the days off of ${v.vars.year ?? ''} in the calendar “${v.vars.calendar ?? ''}” yet: terms are counted by provisional days. Publish it once the document is out. The provisional days reach to ${v.date}; no date after that can be counted.`,
  ],
  'task-ended': (v) => [
    'A task is no longer to be done',
    `${v.task}${about(v.step)}: ${endings[v.vars.outcome ?? ''] ?? 'it is not needed any more'}. ${v.procedure}`.trim(),
  ],
  'task-freed': (v) => [
    'A task needs somebody',
    `${v.task}${about(v.step)}: whoever held it may not do it any more.${dueBy(v, 'Due')} ${v.procedure}`.trim(),
  ],
  'signatory-named': (v) => [
    "The City's leadership has named a signatory",
    `${v.task}${about(v.step)}: somebody of the agency was named to sign this one. ${v.procedure}`.trim(),
  ],
  'instruction-answered': (v) => [
    'An agency has answered an instruction',
    `${v.agency} has reported on an instruction. Its words are under Instructions.`,
  ],
  'instruction-moved': (v) => [
    'An instruction has another date',
    `${v.task}: now due on ${v.date} (before: ${v.from}).`,
  ],
  'instruction-closed': (v) => [
    'A bottleneck is cleared',
    `${v.agency}: the figure is lower than when it was given. By how much is under Instructions.`,
  ],
  'report-opened': (v) => [
    `${v.vars.label?.en ?? 'The report'} is owed`,
    `${v.agency}: the figures of the period are under Reports. The head looks at them, says why terms were missed, and signs by ${v.date}.`,
  ],
  'report-due': (v) => [
    `${v.vars.label?.en ?? 'The report'}: ${v.rung || 'due soon'}`,
    `${v.agency}: the report is not signed. Due: ${v.date}.`,
  ],
  'report-to-approve': (v) => [
    `${v.vars.label?.en ?? 'The report'} waits to be approved`,
    `The chapters of the agencies are gathered. Please look at them and approve under Reports, by ${v.date}.`,
  ],
  'report-approved': (v) => [
    `${v.vars.label?.en ?? 'The report'} is approved`,
    `Number ${v.vars.number ?? '………'}. From now on a change is a line of errata.`,
  ],
  'dossier-amended': (v) => [
    'The investor has changed the dossier',
    `Something was added to the dossier for “${v.procedure}” that you are examining, or a file was replaced. Please look again before you conclude.`,
  ],
  'supplement-decided': (v) =>
    v.vars.outcome === 'refuse'
      ? [
          'Refused: the supplement did not come in time',
          `The dossier for “${v.procedure}” was refused because it was not supplemented in time. You may file a new dossier.`,
        ]
      : [
          'Work on your dossier goes on',
          `Work on “${v.procedure}” goes on with what is there; the supplement is no longer asked for.`,
        ],
  'delegation-asked': (v) => [
    'Somebody is asked to stand in',
    `Somebody is asked to stand in from ${v.from} to ${v.date}. It holds only once whoever was asked accepts.`,
  ],
  'delegation-answered': (v) => [
    v.vars.outcome === 'accepted' ? 'The stand-in has accepted' : 'The stand-in has declined',
    v.vars.outcome === 'accepted'
      ? `Whoever was asked stands in from ${v.from} to ${v.date}.`
      : `Whoever was asked does not stand in from ${v.from} to ${v.date}. Please ask somebody else.`,
  ],
  'delegation-ended': (v) => [
    'The stand-in has ended',
    `Standing in from ${v.from} to ${v.date} has ended before its last day.`,
  ],
  'power-offered': (v) => [
    'A power of attorney is offered to you',
    `An investor offers you a power of attorney from ${v.from} to ${v.date}. Nothing may be done or read under it before you accept; you may also decline.`,
  ],
  'power-answered': (v) => [
    v.vars.outcome === 'declined' ? 'The power of attorney was declined' : 'The power of attorney was accepted',
    v.vars.outcome === 'declined'
      ? `The representative declined the power of attorney from ${v.from} to ${v.date}: nothing is ever done under it.`
      : `The representative accepted the power of attorney from ${v.from} to ${v.date} and may act under it.`,
  ],
  'power-ended': (v) => [
    'A power of attorney was taken back',
    `The investor took back the power of attorney from ${v.from} to ${v.date}: nothing more is done under it.`,
  ],
  'member-joined': (v) => [
    v.vars.outcome === 'manages' ? 'Your organisation is managed again' : 'Somebody joined your organisation',
    v.vars.outcome === 'manages'
      ? 'Nobody was left to manage your organisation: somebody for whom the sign-on vouches has taken it over. Who that is stands on the page “My organisation”.'
      : 'Somebody for whom the sign-on vouches joined your organisation: they read all its cases. The page “My organisation” says who; a manager may see them out there.',
  ],
  'member-invited': () => [
    'You are asked into an organisation',
    'Whoever manages an organisation asks you in. The page “My organisation” says which one and what you would do there, and is where you accept or decline; until you accept, nothing of it is read or done.',
  ],
  'webhook-paused': (v) => [
    'A webhook is paused',
    `The webhook ${v.vars.webhook ?? ''} is paused after several failed deliveries (${v.vars.outcome ?? ''}).`,
  ],
};
