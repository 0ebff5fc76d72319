import { useQuery } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { read } from '../api/call.js';
import type { DraftedAnswer, Task } from '../api/contract.js';
import { Failure, Loading } from '../app/states.js';
import { documentAddress, useDocuments } from '../documents/documents.js';
import css from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import officer from './officer.module.css';

const sources = {
  fact: 'draftedFact',
  document: 'draftedDocument',
  page: 'draftedPage',
  step: 'draftedStep',
  opinion: 'draftedOpinion',
  conference: 'draftedConference',
  clause: 'draftedClause',
} as const satisfies Record<DraftedAnswer['sentences'][number]['source']['kind'], Word>;

/** Kinds of tasks for whose answers something is drafted. */
export const isDrafted = ({ task }: Pick<Task, 'task'>): boolean => task.kind === 'step' || task.kind === 'opinion';

/** What the system drafted, each sentence with its source; those that are chosen go into the field, where they are edited. */
export function Drafted({
  task,
  field,
}: {
  readonly task: Task;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: ['drafted', task.task.id],
    queryFn: () => read('/tasks/{id}/drafted', { id: task.task.id }),
    enabled: open,
  });
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('draftedTitle')}</summary>
      {found.error !== null && <Failure error={found.error} />}
      {found.data === undefined
        ? found.error === null && <Loading />
        : found.data.sentences.length === 0 && <p>{t('draftedNone')}</p>}
      {found.data !== undefined && found.data.sentences.length > 0 && (
        <Sentences sentences={found.data.sentences} field={field} />
      )}
    </details>
  );
}

function Sentences(props: {
  readonly sentences: DraftedAnswer['sentences'];
  readonly field: RefObject<HTMLTextAreaElement | null>;
}) {
  const { sentences, field } = props;
  const { t, say } = useWords();
  const { link, view } = useDocuments();
  // What others wrote is quoted only where the officer says so.
  const quotes = sentences.flatMap(({ text, source }) => (source.kind === 'page' ? text.vi : []));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set(quotes));
  const [said, setSaid] = useState<string>();
  const chosen = sentences.filter(({ text }) => !left.has(text.vi));
  const choose = (line: string, wanted: boolean) => {
    const next = new Set(left);
    if (wanted) next.delete(line);
    else next.add(line);
    setLeft(next);
  };
  const take = () => {
    const { current } = field;
    if (current === null) return;
    const written = current.value.split('\n').map((line) => line.trim());
    // What people decide is written in Vietnamese, whatever language they read in.
    const added = chosen.map(({ text }) => text.vi).filter((line) => !written.includes(line));
    const value = [current.value.trim(), ...added].filter((line) => line !== '').join('\n');
    if (value.length > current.maxLength) {
      setSaid(t('draftedTooLong', { n: value.length, most: current.maxLength }));
      return;
    }
    current.value = value;
    current.dispatchEvent(new Event('input', { bubbles: true }));
    current.focus();
    setSaid(t('draftedTaken', { n: added.length }));
  };
  return (
    <>
      <p className={css['help']}>{t('draftedHelp')}</p>
      <ul className={officer['drafted']}>
        {sentences.map(({ text, source }) => (
          <li key={`${source.kind} ${source.of} ${text.vi}`}>
            <label>
              <input
                type="checkbox"
                checked={!left.has(text.vi)}
                onChange={({ target }) => choose(text.vi, target.checked)}
              />
              <span>
                {say(text)}
                {source.page === undefined && (
                  <span className={css['faint']}>
                    {t(sources[source.kind])}: {say(source.name)}
                  </span>
                )}
              </span>
            </label>
            {source.page !== undefined && (
              <span className={css['faint']}>
                {t('draftedPage')}: {link(documentAddress(source.of), say(source.name), source.page)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {view}
      <button type="button" className={css['secondary']} disabled={chosen.length === 0} onClick={take}>
        {t('draftedTake', { n: chosen.length })}
      </button>
      <p role="status" className={css['faint']}>
        {said}
      </p>
    </>
  );
}
