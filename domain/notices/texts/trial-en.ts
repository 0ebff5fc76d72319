import type { TrialNoticeKind } from '../kinds.js';
import type { NoticeTexts } from './spelled.js';

const requests: Readonly<Record<string, string>> = {
  adjustment: 'to adjust the conditions of the trial',
  extension: 'to extend the trial',
  resumption: 'to resume the trial',
};
const endings: Readonly<Record<string, string>> = {
  completed: 'completed',
  failed: 'failed',
  revoked: 'admission revoked',
  withdrawn: 'withdrawn on request',
  expired: 'its term is over',
};
const changes: Readonly<Record<string, string>> = {
  adjusted: 'The conditions of the trial were adjusted.',
  suspended: 'The trial was suspended.',
  resumed: 'The trial was resumed.',
};
const visits: Readonly<Record<string, string>> = {
  'in-order': 'as admitted',
  shortcomings: 'with shortcomings to remedy',
  violation: 'with a violation',
};

const said = (words: Readonly<Record<string, string>>, code: string | undefined): string =>
  words[code ?? ''] ?? code ?? '';
const ofLimit = (limit: string): string => (limit === '' ? '' : ` “${limit}”`);

/** What people are told of a trial: what happened, what to do next, and by when. */
export const trialEn: Pick<NoticeTexts, TrialNoticeKind> = {
  'trial-received': (v) => [
    'Your trial is registered',
    `Your request for a controlled trial is registered, procedure “${v.procedure}”. A decision is expected on ${v.date} if the dossier is complete.`,
  ],
  'trial-fit': ({ vars }) =>
    vars.outcome === 'yes'
      ? [
          'Your trial fits the regime',
          'An officer has found that your trial falls under the chosen regime. The admission goes on; there is nothing for you to do yet.',
        ]
      : [
          'Your trial does not fit the regime',
          'An officer has found that your trial does not fall under the chosen regime. The case gives the reason; you may file a new request.',
        ],
  'trial-admitted': (v) => [
    'Your trial is admitted, with conditions',
    `Your trial is admitted from ${v.from} to ${v.date}. Please read its conditions and limits in the case. ` +
      (v.vars.outcome === 'permits'
        ? 'Before it starts, please show the permits of other bodies that the decision names.'
        : 'It may start.'),
  ],
  'trial-started': (v) => [
    'Your trial has started',
    `Your trial may run until ${v.date}. Please register the keys of your devices, send their readings and report in time.`,
  ],
  'limit-near': (v) => [
    'Readings are near a limit of your trial',
    `Readings have come near the limit${ofLimit(v.limit)}. Please adapt what you do: beyond the limit the trial is held at once.`,
  ],
  'trial-held': (v) => [
    'Your trial is held: stop at once',
    (v.vars.outcome === 'limit'
      ? `A reading was beyond the limit${ofLimit(v.limit)}. `
      : 'A critical incident was reported. ') +
      `You must stop the trial at once. The supervisor confirms or lifts the hold by ${v.until}.`,
  ],
  'hold-confirmed': () => [
    'The hold is confirmed',
    'The trial stays stopped. Once you have remedied the cause, please ask to resume it.',
  ],
  'hold-lifted': ({ vars }) =>
    vars.outcome === 'lapsed'
      ? [
          'The hold has lapsed',
          'Nobody confirmed the hold in time: your trial may run again. Those above were told; you still have to keep within the limits.',
        ]
      : ['The hold is lifted', 'The supervisor has lifted the hold: your trial may run again within its limits.'],
  'incident-report-owed': (v) => [
    'You owe a report of an incident',
    `Going beyond the limit${ofLimit(v.limit)} is reported like an incident. Please report it by ${v.until}.`,
  ],
  'incident-report-missed': (v) => [
    'Your report of an incident is overdue',
    `The incident was to be reported by ${v.until} and no report has come. Please report it at once; the supervisor was told.`,
  ],
  'incident-examined': () => [
    'The incident was examined',
    'The supervisor has examined the incident. The finding stands in the case of the trial.',
  ],
  'visit-recorded': (v) => [
    'A supervision visit was recorded',
    `The visit on ${v.date} found the trial ${said(visits, v.vars.outcome)}. ` +
      (v.vars.outcome === 'in-order'
        ? 'There is nothing for you to do.'
        : 'Please see in the case what is to be remedied.'),
  ],
  'request-granted': (v) => [
    'Your request is granted',
    `Your request ${said(requests, v.vars.outcome)} is granted. ` +
      (v.vars.outcome === 'extension' ? `The trial may run until ${v.date}.` : 'Please see the case.'),
  ],
  'request-refused': (v) => [
    'Your request is refused',
    `Your request ${said(requests, v.vars.outcome)} is refused. The case gives the reason; you may ask again.`,
  ],
  'trial-suspended': () => [
    'Your trial is suspended: stop at once',
    'Your trial was suspended; the case gives the reason. You must stop at once; once you have remedied it, please ask to resume the trial.',
  ],
  'trial-resumed': () => ['Your trial is resumed', 'Your trial may run again within its limits.'],
  'final-report-due': (v) => [
    'The term of your trial ends soon',
    `The final report is due on ${v.date}. Without it the trial ends because its term is over.`,
  ],
  'trial-term-over': (v) => [
    'The term of your trial is over',
    `Your trial may not run any more; its final report is being assessed, by ${v.date}. There is nothing for you to do yet.`,
  ],
  'trial-ended': (v) => [
    `Your trial has ended: ${said(endings, v.vars.outcome)}`,
    (v.vars.date
      ? `What was tried may go on within its confirmed scope until ${v.date}. `
      : 'Everything that was on trial must stop. ') + 'Please meet what you still owe to its users, if anything.',
  ],
  'trial-certified': (v) => [
    'Your certificate of completion is ready',
    `The certificate, number ${v.vars.number ?? ''}, is ready in the case.`,
  ],
  'transition-ended': () => [
    'The transition is over',
    'What went on after the trial must stop, unless you hold another licence for it.',
  ],
  'trial-case-closed': ({ vars }) => [
    'The case of your trial is closed',
    (vars.outcome === 'approved'
      ? 'The trial is over and nothing is owed any more.'
      : vars.outcome === 'withdrawn'
        ? 'Your request for a trial was withdrawn, as you asked.'
        : 'Your request for a trial ended without admission.') + ' Please rate how it was handled, from 1 to 5.',
  ],
  'limit-exceeded': (v) => [
    'Readings beyond a limit while the trial stands still',
    `A reading was beyond the limit${ofLimit(v.limit)} while the trial had to stand still or its term was over. The cause must be looked into at once.`,
  ],
  'trial-to-supervise': (v) => [
    'There is a trial to supervise',
    `A trial has started and may run until ${v.date}. Its conditions, limits and visits stand in the case.`,
  ],
  'limit-watched': (v) => [
    'Readings of a trial are near a limit',
    `Readings of the trial have come near the limit${ofLimit(v.limit)}; the participant was warned. Please keep an eye on it.`,
  ],
  'hold-to-confirm': (v) => [
    'A trial is held: confirm or lift',
    (v.vars.outcome === 'limit'
      ? `A reading was beyond the limit${ofLimit(v.limit)}. `
      : 'A critical incident was reported. ') +
      `The head of the supervisor confirms or lifts the hold by ${v.until}; after that it lapses and those above are told.`,
  ],
  'incident-reported': (v) => [
    'An incident in a trial was reported',
    `A ${v.vars.outcome ?? ''} incident was reported${v.vars.missed === true ? ', late' : ''}. The supervisor examines it and records the finding.`,
  ],
  'incident-unreported': (v) => [
    'An incident was not reported in time',
    `The participant has not reported an incident, which was due by ${v.until}. Ask for the report, and see whether the trial must be suspended.`,
  ],
  'trial-report-filed': (v) => ['A report of a trial is in', `“${v.duty}” was filed. It stands in the case.`],
  'trial-report-missed': (v) => [
    'A report of a trial is overdue',
    `“${v.duty}” was due on ${v.date} and has not come. Remind the participant, and see whether the trial must be suspended.`,
  ],
  'trial-changed': (v) => [
    'A trial that you supervise has changed',
    v.vars.outcome === 'extended'
      ? `The trial was extended to ${v.date}.`
      : (changes[v.vars.outcome ?? ''] ??
        `The trial has ended: ${said(endings, v.vars.outcome)}. See to what is still owed to its users.`),
  ],
  'hold-unconfirmed': () => [
    'A hold was not confirmed in time',
    'Nobody confirmed the protective hold of a trial in time, so it runs again without anybody having looked. See at once whether it must be suspended.',
  ],
  'request-to-decide': (v) => [
    'A request in a trial is to be decided',
    `The participant asks ${said(requests, v.vars.outcome)}. Decide by ${v.date}.`,
  ],
  'completion-to-assess': (v) => [
    'The final report of a trial is to be assessed',
    `The final report of a trial is in. Say what came of it by ${v.date}.`,
  ],
  'council-convened': (v) => [
    'You are called to a council',
    `The council on “${v.procedure}” meets at ${v.meetsAt}, called by ${v.agency}. Whoever has an interest in it says so before.`,
  ],
  'council-vote': (v) => [
    'The council votes now',
    `The council on “${v.procedure}” is in session. Please vote in the case; a vote stands, and no vote counts as an abstention.`,
  ],
};
