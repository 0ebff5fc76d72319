import { useQuery } from '@tanstack/react-query';
import { useWords } from '../words/language.js';
import { agenciesQuery } from './queries.js';

/** The agencies that the City commands, as the options of a list: one that it does not command is refused, so it is not offered. */
export function CommandedAgencies() {
  const { say } = useWords();
  const { data } = useQuery(agenciesQuery);
  return (data?.items ?? [])
    .filter(({ commandedByCity }) => commandedByCity)
    .map(({ code, name }) => (
      <option key={code} value={code}>
        {say(name)}
      </option>
    ));
}
