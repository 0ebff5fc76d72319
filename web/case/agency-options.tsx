import { useQuery } from '@tanstack/react-query';
import { useWords } from '../words/language.js';
import { agenciesQuery } from './queries.js';

/** The agencies that the City commands, as the options of a list: one that it does not command, or that was merged, is refused, so it is not offered. */
export function CommandedAgencies() {
  const { say } = useWords();
  const { data } = useQuery(agenciesQuery);
  return (data?.items ?? [])
    .filter(({ commandedByCity, mergedInto }) => commandedByCity && mergedInto === undefined)
    .map(({ code, name }) => (
      <option key={code} value={code}>
        {say(name)}
      </option>
    ));
}

/**
 * Any agency, by name, with its label (`label`: another one than «agency»). `none`: what stands for no agency, where that may be chosen. `existing`: none that was merged
 * but the chosen one; `but`: not that one; `succeededBy`: that one and those whose place it took.
 */
export function AgencyField(props: {
  readonly id: string;
  readonly chosen?: string | undefined;
  readonly label?: string;
  readonly none?: string;
  readonly required?: boolean;
  readonly name?: string;
  readonly existing?: boolean;
  readonly but?: string;
  readonly succeededBy?: string;
  readonly onChosen?: (agency: string) => void;
}) {
  const {
    id,
    chosen = '',
    label,
    none,
    required = false,
    name: field = 'agency',
    existing = false,
    but,
    succeededBy,
    onChosen,
  } = props;
  const { t, say } = useWords();
  const { data } = useQuery(agenciesQuery);
  const items = data?.items ?? [];
  const endsIn = (code: string): string => {
    const into = items.find((one) => one.code === code)?.mergedInto;
    return into === undefined ? code : endsIn(into);
  };
  const offered = items.filter(
    ({ code, mergedInto }) =>
      code !== but &&
      (!existing || mergedInto === undefined || code === chosen) &&
      (succeededBy === undefined || endsIn(code) === succeededBy),
  );
  return (
    <>
      <label htmlFor={id}>{label ?? t('colAgency')}</label>
      {/* Drawn anew when the names have come: only then is there what to choose. */}
      <select
        key={String(data === undefined)}
        id={id}
        name={field}
        defaultValue={chosen}
        required={required}
        onChange={({ currentTarget }) => onChosen?.(currentTarget.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {offered.map(({ code, name, mergedInto }) => (
          <option key={code} value={code}>
            {mergedInto === undefined ? say(name) : t('agencyMergedName', { name: say(name) })}
          </option>
        ))}
      </select>
    </>
  );
}
