import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { read } from '../api/call.js';
import type { Me } from '../api/contract.js';
import { vietnamDay } from '../parts/days.js';

/** Who is signed in, as the register knows them. */
export const meQuery = { queryKey: ['me'], queryFn: () => read('/me') } as const;
export const clockQuery = {
  queryKey: ['clock'],
  queryFn: () => read('/rehearsal/clock'),
  refetchInterval: 60_000,
} as const;

/** The day of business time in Viet Nam; undefined until it is known. */
export function useToday(): string | undefined {
  const { data } = useQuery(clockQuery);
  return data === undefined ? undefined : vietnamDay(data.now);
}

const MeContext = createContext<Me | undefined>(undefined);
export const MeProvider = MeContext.Provider;

/** Who is signed in. Only below `MeProvider`. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === undefined) throw new Error('Nobody is signed in here');
  return me;
}
