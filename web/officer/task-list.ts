import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { read } from '../api/call.js';
import type { ListedTask, Tasks as TaskPage } from '../api/contract.js';
import type { TaskSearch } from './task-search.js';

/** As many tasks as one page of the worklist has. */
export const pageSize = 50;

interface Pages {
  /** Which list they are of. */
  readonly of: string;
  /** Pages that are wanted. */
  readonly wanted: number;
  /** What each was answered with last; of a page that was moved by the one before it, what it showed until it is looked at again. */
  readonly held: readonly TaskPage[];
}

export interface WorkList {
  readonly pages: readonly TaskPage[];
  readonly items: readonly ListedTask[];
  readonly error: unknown;
  readonly isPending: boolean;
  readonly hasMore: boolean;
  readonly isAdding: boolean;
  readonly addPage: () => void;
  /** What is seen of it is read anew. */
  readonly readAnew: () => Promise<void>;
}

/** The same tasks once each: one that moved from a page to the next stands in both until both were read. */
const once = (tasks: readonly ListedTask[]): ListedTask[] => [...new Map(tasks.map((one) => [one.id, one])).values()];

/**
 * The worklist, page after page. Only pages of which something is `seen` (places in the list) are read anew when something happens or time passes; the others once
 * one comes back to them.
 */
export function useTaskList(search: TaskSearch, isSeen: (from: number, to: number) => boolean): WorkList {
  const queries = useQueryClient();
  const of = JSON.stringify(search);
  const [kept, setKept] = useState<Pages>({ of, wanted: 1, held: [] });
  const { wanted, held } = kept.of === of ? kept : { wanted: 1, held: [] };
  const starts = held.reduce<number[]>((found, page) => [...found, (found.at(-1) ?? 0) + page.items.length], [0]);
  const found = useQueries({
    queries: Array.from({ length: Math.min(wanted, held.length + 1) }, (_one, n) => {
      const cursor = n === 0 ? null : (held[n - 1]?.next ?? null);
      const from = starts[n] ?? 0;
      return {
        queryKey: ['tasks', search, cursor],
        queryFn: () => read('/tasks', {}, { ...search, limit: pageSize, ...(cursor !== null && { cursor }) }),
        refetchInterval: 30_000,
        // Whoever comes back from a task has read it.
        refetchOnMount: 'always' as const,
        enabled: held[n] === undefined || isSeen(from, starts[n + 1] ?? from),
      };
    }),
  });
  const answers = found.map(({ data }) => data);
  // A page stands where the one before it ends; what it was answered stays while a moved one is read.
  const latest = answers.flatMap((data, n) => data ?? held[n] ?? []);
  const changed = kept.of !== of || latest.length !== held.length || latest.some((page, n) => page !== held[n]);
  useEffect(() => {
    if (changed) setKept({ of, wanted, held: latest });
  });
  const items = useMemo(() => once(held.flatMap((page) => page.items)), [held]);
  // The same from one time to the next: rows that get it are drawn anew for nothing else.
  const readAnew = useCallback(() => queries.invalidateQueries({ queryKey: ['tasks'] }), [queries]);
  const last = held.at(-1);
  return {
    pages: held,
    items,
    error: found.find(({ error }) => error !== null)?.error ?? null,
    isPending: held.length === 0 && (found[0]?.isPending ?? true),
    hasMore: last !== undefined && last.next !== null,
    isAdding: wanted > held.length && held.length > 0,
    addPage: () => setKept({ of, wanted: held.length + 1, held }),
    readAnew,
  };
}
