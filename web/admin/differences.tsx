import { Table } from '../parts/parts.js';
import { useWords } from '../words/language.js';
import { differencesOf } from './law-data.js';

/** What one version changes in another, place by place, as people look at it before they agree. */
export function Differences({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const { t } = useWords();
  return (
    <Table
      caption={t('lawDifferences')}
      rows={differencesOf(before, after)}
      rowKey={({ place }) => place}
      empty={t('lawDifferencesNone')}
      columns={[
        { name: t('lawPlace'), cell: ({ place }) => (place === '' ? t('lawWhole') : <code>{place}</code>) },
        { name: t('changeNow'), cell: (one) => one.before ?? t('none') },
        { name: t('changeThen'), cell: (one) => one.after ?? t('none') },
      ]}
    />
  );
}
