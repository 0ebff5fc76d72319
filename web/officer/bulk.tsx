import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { act, newKey, read } from '../api/call.js';
import type { BulkResult, Completion, TaskSummary } from '../api/contract.js';
import { linesOf, textOf, useAct } from '../app/act.js';
import { Failure, Loading } from '../app/states.js';
import { Notice, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import css from './officer.module.css';

const simple = new Set(['reason', 'items', 'legalBasis', 'reference']);

/** Answers many tasks of one kind alike: first what would happen to each and why, then what may be done is done. */
export function Bulk(props: {
  readonly tasks: readonly TaskSummary[];
  readonly onDone: () => void;
  readonly onLeave: () => void;
}) {
  const { tasks, onDone, onLeave } = props;
  const { t, say } = useWords();
  const { busy, failed, run } = useAct();
  const [preview, setPreview] = useState<{ readonly answer: BulkResult; readonly completion: Completion }>();
  const [result, setResult] = useState<BulkResult>();
  const [chosen, setChosen] = useState('');
  const first = tasks[0];
  const alike = tasks.every((one) => one.kind === first?.kind && one.step === first.step);
  const model = useQuery({
    queryKey: ['task', first?.id],
    queryFn: () => read('/tasks/{id}', { id: first?.id ?? '' }),
    enabled: first !== undefined && alike,
  });
  const outcomes = model.data?.outcomes.filter(({ fields }) =>
    fields.every(({ field, required }) => simple.has(field) || !required),
  );
  const outcome = outcomes?.find(({ code }) => code === chosen);
  const nameOf = (id: string) => {
    const task = tasks.find((one) => one.id === id);
    return task === undefined
      ? id
      : `${task.projectName === null ? task.case : say(task.projectName)} · ${task.dossierCode ?? task.case}`;
  };
  const look = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (outcome === undefined) return;
    const form = new FormData(event.currentTarget);
    const completion = {
      outcome: outcome.code,
      ...Object.fromEntries(
        outcome.fields.flatMap(({ field }): [string, unknown][] => {
          if (field === 'items') return linesOf(form, field).length > 0 ? [[field, linesOf(form, field)]] : [];
          return simple.has(field) && textOf(form, field) !== '' ? [[field, textOf(form, field)]] : [];
        }),
      ),
    } as unknown as Completion;
    run(
      () =>
        act(
          '/tasks/bulk-completion',
          {},
          { tasks: tasks.map(({ id }) => ({ id, completion })), preview: true },
          newKey(),
        ),
      (answer) => setPreview({ answer, completion }),
    );
  };
  const send = () => {
    if (preview === undefined) return;
    const able = preview.answer.results.filter(({ status }) => status === 'done');
    run(
      (key) =>
        act(
          '/tasks/bulk-completion',
          {},
          { tasks: able.map(({ id }) => ({ id, completion: preview.completion })), preview: false },
          key,
        ),
      (answer) => {
        setResult(answer);
        setPreview(undefined);
        onDone();
      },
    );
  };
  const table = (answer: BulkResult) => (
    <Table
      caption={t(answer.preview ? 'bulkWould' : 'bulkDid', { done: answer.done, refused: answer.refused })}
      rows={answer.results}
      rowKey={({ id }) => id}
      columns={[
        { name: t('colTask'), cell: ({ id }) => nameOf(id) },
        {
          name: t('colState'),
          cell: ({ status }) => (
            <Tag tone={status === 'done' ? 'green' : 'red'}>
              {t(status === 'done' ? (answer.preview ? 'bulkCan' : 'bulkDone') : 'bulkCannot')}
            </Tag>
          ),
        },
        { name: t('fieldReason'), cell: ({ title }) => title ?? '–' },
      ]}
    />
  );
  return (
    <section className={css['bulk']} aria-label={t('bulkTitle', { n: tasks.length })}>
      <h2>{t('bulkTitle', { n: tasks.length })}</h2>
      {failed !== undefined && <Failure error={failed} />}
      {!alike && (
        <Notice tone="amber">
          <p>{t('bulkUnlike')}</p>
        </Notice>
      )}
      {model.error !== null && <Failure error={model.error} />}
      {alike && model.isPending && <Loading />}
      {alike && outcomes?.length === 0 && (
        <Notice tone="amber">
          <p>{t('bulkOneByOne')}</p>
        </Notice>
      )}
      {result !== undefined && table(result)}
      {preview !== undefined && table(preview.answer)}
      {alike && outcomes !== undefined && outcomes.length > 0 && result === undefined && preview === undefined && (
        <form onSubmit={look}>
          <div className={parts['field']}>
            <label htmlFor="bulk-outcome">{t('answerChoose')}</label>
            <select
              id="bulk-outcome"
              required
              value={chosen}
              onChange={(event) => setChosen(event.currentTarget.value)}
            >
              <option value="">{t('choose')}</option>
              {outcomes.map(({ code, name }) => (
                <option key={code} value={code}>
                  {say(name)}
                </option>
              ))}
            </select>
            {outcome !== undefined && <p className={parts['help']}>{say(outcome.does)}</p>}
          </div>
          {outcome?.fields
            .filter(({ field }) => simple.has(field))
            .map(({ field, required }) => (
              <div key={field} className={parts['field']}>
                <label htmlFor={`bulk-${field}`}>
                  {t(
                    field === 'items'
                      ? 'fieldItems'
                      : field === 'legalBasis'
                        ? 'fieldLegalBasis'
                        : field === 'reference'
                          ? 'fieldReference'
                          : 'fieldReason',
                  )}
                  {!required && ` (${t('optional')})`}
                </label>
                <textarea id={`bulk-${field}`} name={field} required={required} maxLength={4000} />
              </div>
            ))}
          <button type="submit" className={parts['secondary']} disabled={busy || outcome === undefined}>
            {t(busy ? 'sending' : 'bulkPreview')}
          </button>
        </form>
      )}
      <div className={parts['actions']}>
        {preview !== undefined && (
          <>
            <button type="button" onClick={send} disabled={busy || preview.answer.done === 0}>
              {t(busy ? 'sending' : 'bulkSend', { n: preview.answer.done })}
            </button>
            <button type="button" className={parts['secondary']} onClick={() => setPreview(undefined)}>
              {t('stepBack')}
            </button>
          </>
        )}
        <button type="button" className={parts['secondary']} onClick={onLeave}>
          {t('bulkLeave')}
        </button>
      </div>
    </section>
  );
}
