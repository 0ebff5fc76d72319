import { type z } from 'zod';
import {
  openProcedures,
  type OpenProcedure,
  type OpenWork,
  openWork,
  pastAttempts,
  stepHistories,
} from '../../db/read/early-warning.js';
import { findPeople } from '../../db/people/people.js';
import { readableAmong } from '../../db/people/readers.js';
import { businessNow } from '../../db/register/business-clock.js';
import { type LoadedLaw } from '../../db/law/law.js';
import { definitionOf } from '../../domain/measures/catalogue.js';
import {
  chanceOfMissing,
  type CountDays,
  type Durations,
  type EarlyWarning,
  earlyWarning,
  type HelpfulAct,
  helpfulAct,
} from '../../domain/measures/early-warning.js';
import { leastForecasts, leastHistory } from '../../domain/measures/early-warning-limits.js';
import {
  type Calendar,
  countDays,
  countWorkingDays,
  findDay,
  ifPublished,
  lastCovered,
} from '../../domain/time/calendar.js';
import { dateOf, type PlainDate } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { keeping } from '../http/kept.js';
import { defineRoute } from '../http/route.js';
import { EarlyWarningQuery, EarlyWarningView } from '../schemas/early-warning.js';
import { procedureName, stepName } from '../views/bottlenecks.js';
import { agencyName } from '../views/reports.js';

const auth = { kind: 'person', roles: ['leader', 'auditor', 'head'], scope: 'dashboard:read' } as const;
/** What a history of thousands says hardly changes within a minute. */
const keptMs = 60_000;
const mostShown = 50;
/** As many are looked at for those whom the caller reads. */
const mostLooked = 500;

interface AtRisk {
  readonly one: OpenProcedure;
  readonly used: number;
  readonly promised: number;
  readonly durations: Durations;
  readonly chance: number;
}

/** Which open procedures will probably miss their promised date, how far such forecasts held, and what would help. */
export function earlyWarningRoutes({ pool }: ApiDeps) {
  const models = keeping<{ readonly warning: EarlyWarning; readonly open: readonly OpenProcedure[] }>({
    ms: keptMs,
    most: 2,
  });

  const calendarOf =
    ({ law, catalogue }: LoadedLaw) =>
    (agency: string): Calendar => {
      const known = catalogue.agencies.get(agency);
      return known ? law.calendar(known.calendar) : law.caseCalendar;
    };
  const counting =
    (of: (agency: string) => Calendar): CountDays =>
    (agency, unit, after, through) => {
      const calendar = of(agency);
      const until = (date: PlainDate) => lastCovered(calendar, date);
      return ifPublished(() => countDays(calendar, unit, until(after), until(through))) ?? 0;
    };
  /** Days of its clock until today; overdrawn where its date has passed. */
  const usedOf = (one: OpenProcedure, today: PlainDate, count: CountDays): number =>
    one.budget - count(one.agency, one.unit, today, one.dueDate) + count(one.agency, one.unit, one.dueDate, today);

  const modelOn = (today: PlainDate, count: CountDays) =>
    models(today, async () => {
      const [past, open] = [await pastAttempts(pool), await openProcedures(pool, null)];
      const running = open.map((one) => ({ ...one, used: usedOf(one, today, count) }));
      return { warning: earlyWarning(past, running, count), open };
    });

  const actOf = (
    work: readonly OpenWork[],
    today: PlainDate,
    calendar: Calendar,
    historyOf: Awaited<ReturnType<typeof stepHistories>>,
    { one, used, promised, durations }: AtRisk,
  ) => {
    const own = work.filter(
      (task) => task.case === one.case && task.procedure === one.procedure && task.attempt === one.attempt,
    );
    const pending = own.map(({ task, step, agency, claimedBy, since }) => ({
      ...{ task, step, agency, claimedBy },
      since: ifPublished(() => countWorkingDays(calendar, dateOf(since), today)) ?? 0,
    }));
    const best = helpfulAct(pending, ({ step, agency }) => historyOf({ procedure: one.procedure, step, agency }));
    const left = best && chanceOfMissing(durations, used, promised + best.days);
    return best && left !== null && left !== undefined ? { ...best, chance: left } : null;
  };

  return [
    defineRoute({
      method: 'get',
      path: '/dashboard/early-warning',
      tag: 'Dashboards',
      summary:
        'Open procedures by the chance that they miss their promised date, how reliable that is, and what helps most',
      description:
        'From the durations that the register itself knows; nothing is shown while such forecasts of the past were no better than one guess for all.',
      auth,
      request: { query: EarlyWarningQuery },
      responses: { 200: { description: 'The warnings', schema: EarlyWarningView } },
      handler: async ({ query, person, law: read, reply }) => {
        const law = read();
        const { catalogue } = law;
        const asOf = await businessNow(pool);
        const today = dateOf(asOf);
        const calendar = calendarOf(law);
        const count = counting(calendar);
        const { warning, open } = await modelOn(today, count);
        const meant = query.case === undefined ? open : await openProcedures(pool, query.case);
        const within = meant
          .map((one) => ({ one, used: usedOf(one, today, count), promised: one.promised ?? one.budget }))
          .filter(({ used, promised }) => used <= promised);
        const atRisk = within
          .flatMap((found): AtRisk[] => {
            const durations = warning.durationsFor(found.one);
            const chance = durations ? chanceOfMissing(durations, found.used, found.promised) : null;
            return durations && chance !== null ? [{ ...found, durations, chance }] : [];
          })
          .sort((a, b) => b.chance - a.chance || (a.one.scope < b.one.scope ? -1 : 1));
        const { reliability } = warning;
        const looked = reliability.withheld === null ? atRisk.slice(0, mostLooked) : [];
        const cases = looked.map(({ one }) => one.case);
        const readable = await readableAmong(pool, { person, on: today }, cases);
        const shown = looked.filter(({ one }) => readable.has(one.case)).slice(0, mostShown);
        const work = await openWork(
          pool,
          shown.map(({ one }) => one.case),
        );
        const historyOf = await stepHistories(pool, work);
        const acts = shown.map((found) => actOf(work, today, law.law.caseCalendar, historyOf, found));
        const names = await findPeople(
          pool,
          acts.flatMap((one) => one?.claimedBy ?? []),
        );
        const actView = (act: (HelpfulAct & { readonly chance: number }) | null, procedure: string) =>
          act && {
            ...{ act: act.act, task: act.task, days: act.days, chance: rounded(act.chance) },
            stepName: stepName(catalogue, procedure, act.step),
            agencyName: agencyName(catalogue, act.agency),
            claimedBy: act.claimedBy === null ? null : { name: names.get(act.claimedBy)?.name ?? null },
          };
        const items = shown.map(({ one, used, promised, durations, chance }, i) => ({
          ...{ case: one.case, procedure: one.procedure, attempt: one.attempt, agency: one.agency },
          procedureName: procedureName(catalogue, one.procedure),
          agencyName: agencyName(catalogue, one.agency),
          chance: rounded(chance),
          promisedOn: ifPublished(() => findDay(calendar(one.agency), one.unit, today, promised - used)) ?? null,
          alike: { by: durations.by, n: durations.n },
          act: actView(acts[i] ?? null, one.procedure),
        }));
        return reply(200, {
          ...{ asOf, definition: definitionOf('earlyWarning'), leastHistory, leastForecasts, reliability },
          ...{ open: within.length, unknown: within.length - atRisk.length, items },
        } satisfies z.input<typeof EarlyWarningView>);
      },
    }),
  ];
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
