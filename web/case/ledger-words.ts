import type { Ledger } from '../api/contract.js';
import type { Word, Words } from '../words/language.js';

type Entry = Ledger['procedures'][number]['entries'][number];

const entryWords = {
  start: 'entryStart',
  suspend: 'entrySuspend',
  resume: 'entryResume',
  restart: 'entryRestart',
  extend: 'entryExtend',
  redate: 'entryRedate',
  stop: 'entryStop',
  'annul-suspension': 'entryAnnulSuspension',
  'annul-extension': 'entryAnnulExtension',
} as const satisfies Record<Entry['type'], Word>;

/** Why the investor is asked for something. */
export const grounds = {
  supplement: 'groundSupplement',
  explanation: 'groundExplanation',
  'violation-handling': 'groundViolation',
  'errors-in-dossier': 'groundErrors',
} as const satisfies Record<string, Word>;
const isGround = (text: string): text is keyof typeof grounds => text in grounds;

/** One line of a clock's ledger in words. */
export function entryText({ type, at, days, ground }: Entry, { t, moment }: Words): string {
  const more = [
    days === undefined ? undefined : t('calendarDays', { n: days }),
    ground === undefined ? undefined : isGround(ground) ? t(grounds[ground]) : ground,
  ].filter((one) => one !== undefined);
  return `${moment(at)}: ${t(entryWords[type])}${more.length > 0 ? ` (${more.join(' · ')})` : ''}`;
}
