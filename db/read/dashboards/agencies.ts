import type pg from 'pg';
import { addDays, type PlainDate } from '../../../domain/time/instants.js';
import { noSpread, type Spread } from '../../../domain/measures/spread.js';
import { type DashboardFilter, inSnapshot, type Part, part } from './filter.js';
import { earlier, readTallies, stillLate } from './tallies.js';

export interface AgencyFigures {
  readonly agency: string;
  readonly onTime: Part;
  readonly holding: Spread;
  /** The same by lane; `cost`: days by which the median of the standard lane is longer than that of the green one, null while one of them has no case. */
  readonly priority: { readonly green: Spread; readonly standard: Spread; readonly cost: number | null };
  readonly tasks: { readonly open: number; readonly overdue: number };
  readonly procedures: {
    readonly open: number;
    readonly overdue: number;
    readonly atRisk30: number;
    readonly missed30: number;
  };
  readonly opinions: { readonly inTime: Part; readonly late: number; readonly silent: number };
  readonly returned: number;
  readonly counterReturns: number;
  readonly receptionsRefused: number;
  readonly extensions: number;
  readonly suspensions: { readonly n: number; readonly days: number };
}

/** Per agency, by code. What is open is of `today`; the rest of the period. */
export const dashboardAgencies = (
  pool: pg.Pool,
  filter: DashboardFilter,
  today: PlainDate,
): Promise<readonly AgencyFigures[]> =>
  inSnapshot(pool, async (client) => {
    const { from, to } = filter;
    const byAgency = { by: 'key' } as const;
    const filtered = [filter.lane, filter.pathway, filter.zone].some((value) => value !== undefined);
    // Work is work, of a trial too; but a trial has neither lane nor pathway.
    const work = filtered ? ['work by agency'] : ['work by agency', 'work of trials by agency'];
    const late = (until: PlainDate) => ({ families: ['late by agency'], from: null, to: until, ...byAgency });
    const holding = { families: ['holding by agency'], from, to, ...byAgency };
    const asks = {
      ended: { families: ['ended by agency', 'term by agency'], from, to, ...byAgency },
      late: late(earlier(to, today)),
      overdue: late(today),
      open: { families: ['open by agency'], from: null, to: null, ...byAgency },
      work: { families: work, from: null, to: null, ...byAgency },
      due: { families: work, from: null, to: addDays(today, -1), ...byAgency },
      holding,
      doing: { families: ['doing by agency'], from, to, ...byAgency },
    };
    const tallies = await readTallies(client, asks, filter);
    const { lane } = filter;
    const ofLane = async (one: string) =>
      lane === undefined || lane === one ? await readTallies(client, { holding }, { ...filter, lane: one }) : null;
    const lanes = { green: await ofLane('green'), standard: await ofLane('standard') };
    const named = (Object.keys(asks) as (keyof typeof asks)[]).flatMap((ask) => tallies.parts(ask));
    const codes = [...new Set(named)].sort();
    return codes.flatMap((agency) => {
      const of = (ask: keyof typeof asks) => tallies.of(ask, agency);
      const kept = of('ended').share('on time');
      const late = stillLate(of('late'));
      const [open, doing] = [of('open'), of('doing')];
      const tasks = { open: of('work').n('open'), overdue: of('due').n('due') };
      const held = of('holding').spread('holding');
      const asked = opinions.reduce((sum, result) => sum + doing.n(`opinion ${result}`), 0);
      const isThere =
        tasks.open > 0 || of('ended').n('ended') > 0 || late > 0 || open.n('open') > 0 || held.n > 0 || !doing.isEmpty;
      if (!isThere) return [];
      const heldIn = (one: 'green' | 'standard') => lanes[one]?.of('holding', agency).spread('holding') ?? noSpread;
      return [
        {
          agency,
          onTime: part(kept.count, kept.n + late),
          holding: held,
          priority: priorityOf(heldIn('green'), heldIn('standard')),
          tasks,
          procedures: {
            open: open.n('open'),
            overdue: stillLate(of('overdue')),
            atRisk30: open.n('30 at-risk'),
            missed30: open.n('30 missed'),
          },
          opinions: {
            inTime: part(doing.n('opinion in-time'), asked),
            late: doing.n('opinion late'),
            silent: doing.n('opinion silent'),
          },
          returned: doing.n('return'),
          counterReturns: doing.n('counter-return'),
          receptionsRefused: doing.n('reception-refused'),
          extensions: doing.n('extension'),
          suspensions: { n: doing.n('suspension'), days: doing.total('suspended days') },
        },
      ];
    });
  });

/** How an opinion ended; of some it is not told. */
const opinions = ['in-time', 'late', 'silent', ''] as const;

const priorityOf = (green: Spread, standard: Spread): AgencyFigures['priority'] => {
  const known = green.median !== null && standard.median !== null;
  return { green, standard, cost: known ? Math.round((standard.median - green.median) * 10_000) / 10_000 : null };
};
