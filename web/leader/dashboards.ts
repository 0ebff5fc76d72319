import { useQueries, keepPreviousData } from '@tanstack/react-query';
import { read } from '../api/call.js';
import type { Measure } from '../api/contract.js';
import type { Agencies, Automation, BoardSearch, Sandbox, Summary } from './search.js';

export interface Given {
  readonly summary: Summary;
  readonly automation: Automation;
  readonly agencies: Agencies;
  readonly sandbox: Sandbox;
  readonly measures: readonly Measure[];
}

/** The figures of a period, all five answers at once; `every`: milliseconds after which they are asked for anew. */
export function useDashboards(search: BoardSearch, every: number | false = false) {
  const { from, to } = search;
  const all = { ...search };
  const period = { from, to };
  const common = { placeholderData: keepPreviousData, refetchInterval: every, refetchIntervalInBackground: true };
  const [summary, automation, agencies, sandbox, measures] = useQueries({
    queries: [
      { queryKey: ['dashboard', 'summary', all], queryFn: () => read('/dashboard/summary', {}, all), ...common },
      { queryKey: ['dashboard', 'automation', all], queryFn: () => read('/dashboard/automation', {}, all), ...common },
      { queryKey: ['dashboard', 'agencies', all], queryFn: () => read('/dashboard/agencies', {}, all), ...common },
      { queryKey: ['dashboard', 'sandbox', period], queryFn: () => read('/dashboard/sandbox', {}, period), ...common },
      { queryKey: ['measures'], queryFn: () => read('/measures'), staleTime: 3_600_000 },
    ],
  });
  const error = summary.error ?? automation.error ?? agencies.error ?? sandbox.error ?? measures.error;
  const data =
    summary.data && automation.data && agencies.data && sandbox.data && measures.data
      ? {
          summary: summary.data,
          automation: automation.data,
          agencies: agencies.data,
          sandbox: sandbox.data,
          measures: measures.data.items,
        }
      : undefined;
  return { data, error };
}
