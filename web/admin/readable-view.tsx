import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { read } from '../api/call.js';
import { agenciesQuery } from '../case/queries.js';
import { Facts, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { type Said, useWords } from '../words/language.js';
import { elementNames } from './law-data.js';
import { isNode, isRule, namesIn, type Node, type Place, type Readable, readableIn, shownKeys } from './readable.js';

/** Definitions in the reader's words; `data`: those whose own codes have names in them. */
export function useReadable(...data: readonly unknown[]): Readable {
  const words = useWords();
  const agencies = useQuery(agenciesQuery);
  const procedures = useQuery({
    queryKey: ['procedures'],
    queryFn: () => read('/procedures'),
    staleTime: 3_600_000,
  });
  return useMemo(() => {
    const names = new Map<string, Said>();
    for (const one of [...(procedures.data?.items ?? []), ...(agencies.data?.items ?? [])])
      names.set(one.code, one.name);
    for (const one of data) namesIn(one, names);
    return readableIn(words, names);
    // Two definitions at most, each the same object while it is shown.
  }, [words, agencies.data, procedures.data, ...data]);
}

/** What says whether somebody compared it, and not what it is. */
const isAside = (place: Place, value: unknown): boolean =>
  place.length === 1 && place[0] === 'verified' && isNode(value);

/** A definition as people read it: its terms, steps, clauses, agencies and conditions by their names. `changed`: places that differ from what holds. */
export function ReadableDefinition(props: {
  readonly data: Node;
  readonly readable: Readable;
  readonly changed?: ReadonlySet<string>;
}) {
  const { data, readable, changed = none } = props;
  const keys = shownKeys(data).filter((key) => !isAside([key], data[key]));
  const isPart = (key: string) => isStructured(data[key]);
  return (
    <>
      <Facts
        items={keys
          .filter((key) => !isPart(key))
          .map((key) => [readable.placeName([key]), <Plain at={[key]} value={data[key]} {...{ readable, changed }} />])}
      />
      {keys.filter(isPart).map((key) => (
        <section key={key}>
          <h3>
            {readable.placeName([key])} <Changed at={[key]} changed={changed} />
          </h3>
          <Part at={[key]} value={data[key]} readable={readable} changed={changed} />
        </section>
      ))}
    </>
  );
}

const none: ReadonlySet<string> = new Set();

/** Whether it is shown as facts or a table of its own. */
const isStructured = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0 && value.every(isNode) && !value.every((one) => 'vi' in one);
  return isNode(value) && !('vi' in value) && !('amount' in value) && !isRule(value);
};

interface PartProps {
  readonly at: Place;
  readonly value: unknown;
  readonly readable: Readable;
  readonly changed: ReadonlySet<string>;
}

function Changed({ at, changed }: Pick<PartProps, 'at' | 'changed'>) {
  const { t } = useWords();
  const place = at.join('.');
  const here = [...changed].some((one) => one === place || one.startsWith(`${place}.`) || place.startsWith(`${one}.`));
  return here ? <Tag tone="amber">{t('lawChanged')}</Tag> : null;
}

const Plain = ({ at, value, readable, changed }: PartProps): ReactNode => (
  <>
    {readable.text(at, value)} <Changed at={at} changed={changed} />
  </>
);

function Part(props: PartProps): ReactNode {
  const { at, value, readable, changed } = props;
  if (Array.isArray(value)) return <Elements {...props} items={value as readonly Node[]} />;
  if (!isNode(value)) return <Plain {...props} />;
  const keys = shownKeys(value);
  const [simple, structured] = [false, true].map((wanted) => keys.filter((key) => isStructured(value[key]) === wanted));
  return (
    <>
      <Facts
        items={(simple ?? []).map((key) => [
          readable.placeName([...at, key]),
          <Plain at={[...at, key]} value={value[key]} readable={readable} changed={changed} />,
        ])}
      />
      {structured?.map((key) => (
        <div key={key}>
          <h4 className={parts['faint']}>{readable.placeName([...at, key])}</h4>
          <Part at={[...at, key]} value={value[key]} readable={readable} changed={changed} />
        </div>
      ))}
    </>
  );
}

/** Columns that say something in at least one row, the name first. */
function columnsOf(items: readonly Node[]): readonly string[] {
  const keys = [...new Set(items.flatMap(shownKeys))];
  const told = keys.filter((key) => items.some((one) => !isNothing(one[key])));
  const first = told.find((key) => ['name', 'procedure', 'agency', 'ground', 'text', 'act'].includes(key)) ?? told[0];
  return [...told.filter((key) => key === first), ...told.filter((key) => key !== first)];
}
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

function Elements({ at, items, readable, changed }: PartProps & { readonly items: readonly Node[] }) {
  const names = elementNames(items);
  const rows = items.map((one, index) => ({ one, name: names?.[index] ?? String(index + 1) }));
  return (
    <Table
      caption={readable.placeName(at)}
      titled
      rows={rows}
      rowKey={({ name }) => name}
      columns={columnsOf(items).map((key, index) => ({
        name: readable.placeName([...at, key]),
        cell: ({ one, name }) => (
          <>
            {one[key] === undefined || isNothing(one[key]) ? '–' : readable.text([...at, key], one[key])}{' '}
            {index === 0 && <Changed at={[...at, name]} changed={changed} />}
          </>
        ),
      }))}
    />
  );
}
