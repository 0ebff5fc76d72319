import { Table } from '../parts/parts.js';
import { useWords } from '../words/language.js';
import { differencesOf, written } from './law-data.js';
import type { Readable } from './readable.js';

/** What one version changes in another, place by place, as people look at it before they agree. `readable`: what places and values are called. */
export function Differences(props: {
  readonly before: unknown;
  readonly after: unknown;
  readonly readable?: Partial<Readable>;
}) {
  const { before, after, readable = {} } = props;
  const { placeName, text } = readable;
  const { t } = useWords();
  const called = (keys: readonly string[]) =>
    placeName === undefined ? (
      <code>{keys.join('.')}</code>
    ) : (
      keys.map((_key, n) => placeName(keys.slice(0, n + 1))).join(' › ')
    );
  const told = (keys: readonly string[], value: unknown) =>
    value === undefined ? t('none') : text === undefined ? written(value) : text(keys, value);
  return (
    <Table
      caption={t('lawDifferences')}
      rows={differencesOf(before, after)}
      rowKey={({ place }) => place}
      empty={t('lawDifferencesNone')}
      columns={[
        { name: t('lawPlace'), cell: ({ keys }) => (keys.length === 0 ? t('lawWhole') : called(keys)) },
        { name: t('changeNow'), cell: (one) => told(one.keys, one.before) },
        { name: t('changeThen'), cell: (one) => told(one.keys, one.after) },
      ]}
    />
  );
}
