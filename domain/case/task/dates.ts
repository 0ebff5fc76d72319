import { ifPublished, type Calendar } from '../../time/calendar.js';
import { dateOf, type PlainDate } from '../../time/instants.js';
import type { Draft } from '../draft.js';
import type { TaskKind } from '../events.js';
import { termEnd } from '../../time/term-end.js';

/** By when work is due on which the law sets no date: the City's setting. null where there is none, or nobody has published that calendar. */
export function settingDate({ law, now }: Draft, kind: TaskKind, calendar: Calendar): PlainDate | null {
  const { basis: _basis, verified: _verified, ...days } = law.settings.taskDays;
  const own = Object.entries(days).find(([of]) => of === kind)?.[1];
  return own === undefined ? null : (ifPublished(() => termEnd(calendar, dateOf(now), own)) ?? null);
}
