import { useQuery } from '@tanstack/react-query';
import { read } from '../api/call.js';
import { useWords } from '../words/language.js';

/** Where the days of a case went. */
export const ledgerQuery = (code: string) =>
  ({ queryKey: ['ledger', code], queryFn: () => read('/cases/{code}/ledger', { code }) }) as const;

/** The working calendars with the document behind each date. */
export const calendarsQuery = {
  queryKey: ['calendars'],
  queryFn: () => read('/calendars'),
  staleTime: Infinity,
} as const;

/** Every agency with its name; they change with the law only. */
export const agenciesQuery = {
  queryKey: ['agencies'],
  queryFn: () => read('/agencies'),
  staleTime: 3_600_000,
} as const;

/** What people call an agency; its code until the names are there. */
export function useAgencyName(): (code: string) => string {
  const { say } = useWords();
  const { data } = useQuery(agenciesQuery);
  return (code) => {
    const known = data?.items.find((one) => one.code === code);
    return known === undefined ? code : say(known.name);
  };
}
