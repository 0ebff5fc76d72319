import { findPeople } from '../../db/people/people.js';
import { setTarget, targetsOf } from '../../db/leadership/targets.js';
import { headsByAgency } from '../../db/read/colleagues.js';
import { chapterFigures } from '../../db/read/dashboards/report-figures.js';
import { businessNow } from '../../db/register/business-clock.js';
import type { LoadedLaw } from '../../db/law/law.js';
import { figureOf, reportFigures } from '../../domain/leadership/report-figures.js';
import { figureWords, targetWords } from '../../domain/leadership/report-words.js';
import { isMet, type TargetFigure, targetFigures } from '../../domain/leadership/target.js';
import { dateOf, plainDate } from '../../domain/time/instants.js';
import { type ApiDeps } from '../deps.js';
import { defineRoute } from '../http/route.js';
import { TargetBody, Targets, TargetsQuery } from '../schemas/targets.js';
import { agencyName } from '../views/reports.js';

const names = Object.keys(targetFigures) as TargetFigure[];

/** Yearly quantified targets of agencies, and so of their heads: set by leadership, followed on the board and in the reports. */
export function targetRoutes({ pool }: ApiDeps) {
  const view = async (year: number, { catalogue }: LoadedLaw) => {
    const today = dateOf(await businessNow(pool));
    const [from, end] = [plainDate(`${year}-01-01`), plainDate(`${year}-12-31`)];
    const to = end < today ? end : today < from ? from : today;
    const targets = await targetsOf(pool, year);
    const [figures, heads, people] = await Promise.all([
      chapterFigures(pool, { from, to }, [...new Set(targets.map(({ agency }) => agency))]),
      headsByAgency(pool),
      findPeople(
        pool,
        targets.flatMap(({ setBy }) => setBy ?? []),
      ),
    ]);
    return {
      ...{ year, from, to },
      figures: names.map((figure) => ({ figure, name: reportFigures[figure].name, side: targetFigures[figure] })),
      items: targets.map(({ agency, figure, value, setBy, ...rest }) => {
        const now = figureOf(figures.get(agency)?.figures ?? [], figure);
        return {
          ...{ agency, figure, value, ...rest },
          agencyName: agencyName(catalogue, agency),
          heads: heads.get(agency) ?? [],
          name: reportFigures[figure].name,
          side: targetFigures[figure],
          written: { vi: targetWords(figure, value, 'vi'), en: targetWords(figure, value, 'en') },
          now: { n: now.n, value: now.value, written: { vi: figureWords(now, 'vi'), en: figureWords(now, 'en') } },
          met: isMet({ figure, value }, now),
          setBy: setBy === null ? null : { id: setBy, name: people.get(setBy)?.name ?? null },
        };
      }),
    };
  };
  const thisYear = async (): Promise<number> => Number(dateOf(await businessNow(pool)).slice(0, 4));

  return [
    defineRoute({
      method: 'get',
      path: '/targets',
      tag: 'Leadership',
      summary: 'The targets of a year, by agency, with the figures so far and whether they are met',
      auth: { kind: 'person', roles: ['leader', 'auditor', 'head'], scope: 'dashboard:read' },
      request: { query: TargetsQuery },
      responses: { 200: { description: 'The targets', schema: Targets } },
      handler: async ({ query: { year }, law, reply }) => reply(200, await view(year ?? (await thisYear()), law())),
    }),
    defineRoute({
      method: 'post',
      path: '/targets',
      tag: 'Leadership',
      summary:
        'Set an agency a target of this year or the next, change it or take it back; what was set before stays on record',
      auth: { kind: 'person', roles: ['leader'], scope: 'task:work' },
      idempotent: 'own',
      request: { body: TargetBody },
      responses: { 200: { description: 'Set, once', schema: Targets } },
      refusals: ['AGENCY_NOT_COMMANDED', 'AGENCY_MERGED'],
      handler: async ({ body: { year, ...asked }, person, key, law, reply }) => {
        const act = { kind: 'target-set', ...asked } as const;
        await setTarget(pool, law().law, { year, act, by: person, key }, await businessNow(pool));
        return reply(200, await view(year, law()));
      },
    }),
  ];
}
