import type { CaseProcedure } from '../api/contract.js';
import { documentAddress, useDocuments } from '../documents/documents.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

/** Documents that officials put beside their answers; nothing where there are none. */
export function Attachments({
  items,
  withheld,
}: {
  readonly items: CaseProcedure['attachments'];
  readonly withheld: readonly string[];
}) {
  const { t, day } = useWords();
  const { link, view } = useDocuments(withheld);
  if (items.length === 0) return null;
  return (
    <>
      <h3>{t('attachmentsTitle')}</h3>
      <ul>
        {items.map(({ documentId, fileName, at }) => (
          <li key={documentId}>
            {link(documentAddress(documentId), fileName ?? t('documentOfOfficial'))}{' '}
            <span className={parts['faint']}>{day(at)}</span>
          </li>
        ))}
      </ul>
      {view}
    </>
  );
}
