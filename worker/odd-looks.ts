import type pg from 'pg';
import { noteSecurityLevels, lookHours } from '../db/people/security.js';
import { type LawSource } from '../db/law/live-law.js';
import { isOutOfHours, manyFrom } from '../domain/people/security.js';

/** Finds looks of the last day that are unusual, and tells the security centre of them. */
export async function noteOddLooks(pool: pg.Pool, law: LawSource): Promise<void> {
  const { catalogue } = law.current();
  const found = (await lookHours(pool)).flatMap(({ account, agency, hour, cases, withoutTask }) => {
    const office = agency === null ? undefined : catalogue.agencies.get(agency);
    const calendar = (office && catalogue.calendars.get(office.calendar)) ?? catalogue.calendar;
    const level = { account, hour, times: cases };
    return [
      ...(cases >= manyFrom ? [{ kind: 'reading-many', ...level } as const] : []),
      ...(withoutTask > 0 ? [{ ...level, kind: 'reading-without-task', times: withoutTask } as const] : []),
      ...(isOutOfHours(calendar, hour) ? [{ kind: 'reading-out-of-hours', ...level } as const] : []),
    ];
  });
  if (found.length > 0) await noteSecurityLevels(pool, found);
}
