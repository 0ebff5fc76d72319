import { Table } from '../parts/parts.js';
import { useWords } from '../words/language.js';
import { differencesOf } from './law-data.js';

/** What one version changes in another, place by place, as people look at it before they agree. `nameOf`: what people call a place. */
export function Differences(props: {
  readonly before: unknown;
  readonly after: unknown;
  readonly nameOf?: (place: string) => string;
}) {
  const { before, after, nameOf } = props;
  const { t } = useWords();
  const called = (place: string) => (nameOf === undefined ? <code>{place}</code> : nameOf(place));
  return (
    <Table
      caption={t('lawDifferences')}
      rows={differencesOf(before, after)}
      rowKey={({ place }) => place}
      empty={t('lawDifferencesNone')}
      columns={[
        { name: t('lawPlace'), cell: ({ place }) => (place === '' ? t('lawWhole') : called(place)) },
        { name: t('changeNow'), cell: (one) => one.before ?? t('none') },
        { name: t('changeThen'), cell: (one) => one.after ?? t('none') },
      ]}
    />
  );
}
