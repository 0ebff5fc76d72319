import { compileCalendar, type CalendarData } from '../../domain/time/calendar.js';
import { createLaw, type Law } from '../../domain/law/law.js';
import { buildCatalogue, type CatalogueData } from '../../domain/law/catalogue.js';
import type { ProcedureDefinition } from '../../domain/law/procedure.js';
import { addDays, plainDate, type Instant, type PlainDate } from '../../domain/time/instants.js';
import { catalogueData } from '../../seeds/index.js';
import { at } from './memory-register.js';

/** From this day on every procedure goes by its next version. */
export const nextVersionsFrom = plainDate('2026-09-01');

const day = (date: string) => ({
  date: plainDate(date),
  name: { vi: 'Hoán đổi', en: 'Swap' },
  source: 'test',
  verified: true,
});

/** Two publications: days off are added, then some are taken back and a Saturday is worked. */
export function publications({
  calendars,
}: CatalogueData): { readonly at: Instant; readonly calendar: CalendarData }[] {
  const state = calendars.find(({ code }) => code === 'vn-state');
  if (!state) throw new Error('no calendar of the State');
  const { daysOff, makeUpDays, version } = state;
  const off = ['2026-08-10', '2026-08-11', '2026-10-12', '2026-10-13', '2026-11-16', '2027-03-08'];
  const first = { ...state, version: version + 1, daysOff: [...daysOff, ...off.map(day)] };
  const kept = first.daysOff.filter(({ date }) => date !== '2026-10-12' && date !== '2026-11-16');
  const second = { ...first, version: version + 2, daysOff: kept, makeUpDays: [...makeUpDays, day('2026-10-17')] };
  return [
    { at: at('2026-08-03 09:00'), calendar: first },
    { at: at('2026-10-05 15:30'), calendar: second },
  ];
}

/** The seeded law with everything switched on that the City may switch on, and a next version of every procedure: a visit before its first officer's step. */
export function fullLaw(): CatalogueData {
  const seeded = catalogueData();
  const procedures = seeded.procedures.flatMap((one) => nextVersion(one));
  const paid = procedures.filter(({ steps }) => steps.some(({ kind }) => kind === 'payment'));
  const fees = Object.fromEntries(
    paid.map(({ code }) => [code, { amountVnd: '2000000', basis: 'test', verified: false }]),
  );
  const promulgation = { document: 'QĐ 1', from: plainDate('2026-08-15') };
  return { ...seeded, procedures, settings: { ...seeded.settings, fees, promulgation } };
}

/** An agency that is asked in many procedures is merged into another one that is asked, too. */
export const merger = { merged: 'dost', into: 'doit', document: 'QĐ 7', at: at('2026-09-15 10:20') } as const;

/** The law by instant of business time, as `publications` and the merger change it. */
export function changingLaw(data: CatalogueData = fullLaw()): (now: Instant) => Law {
  const all = publications(data);
  const steps = [...all.map((one) => one.at), merger.at].sort((a, b) => Date.parse(a) - Date.parse(b));
  const isBy = (instant: Instant, by: Instant) => Date.parse(instant) <= Date.parse(by);
  const laws = [undefined, ...steps].map((by) =>
    lawAfter(
      data,
      all.filter((one) => by !== undefined && isBy(one.at, by)),
      by !== undefined && isBy(merger.at, by),
    ),
  );
  return (now) => laws[steps.filter((one) => isBy(one, now)).length] as Law;
}

function lawAfter(data: CatalogueData, published: ReturnType<typeof publications>, isMerged: boolean): Law {
  const seeded = data.calendars.find(({ code }) => code === 'vn-state') as CalendarData;
  const newest = published.at(-1)?.calendar ?? seeded;
  const calendars = [newest, ...data.calendars.filter((one) => one !== seeded)];
  const agencies = data.agencies.map((one) =>
    isMerged && one.code === merger.merged ? { ...one, mergedInto: merger.into } : one,
  );
  const changes = published.map(({ at, calendar }, i) => ({
    calendar: 'vn-state',
    version: calendar.version,
    document: `QĐ ${calendar.version}`,
    at,
    previous: compileCalendar(published[i - 1]?.calendar ?? seeded),
  }));
  const all = isMerged ? [...changes, merger] : changes;
  return createLaw(
    buildCatalogue({ ...data, calendars, agencies }),
    all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  );
}

/** The version in force until then, and the one after it; only the version itself where it is not in force on that day. */
export function nextVersion(one: ProcedureDefinition, from: PlainDate = nextVersionsFrom): ProcedureDefinition[] {
  const isInForce = one.validFrom < from && (one.validTo === null || one.validTo >= from);
  if (!isInForce) return [one];
  const worked = one.steps.find(({ kind }) => kind === 'officer');
  if (!worked) return [one];
  const visit = { ...worked, code: 'site-visit', shareOfBudget: 0, fourEyes: true } as const;
  const steps = one.steps.flatMap((step) =>
    step === worked ? [visit, { ...step, dependsOn: [...step.dependsOn, visit.code] }] : [step],
  );
  return [
    { ...one, validTo: addDays(from, -1) },
    { ...one, validFrom: from, version: `${one.code}@${from}`, steps },
  ];
}
