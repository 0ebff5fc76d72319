import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { act } from '../api/call.js';
import type { MigrationItem, Migrations } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { Failure } from '../app/states.js';
import { Table, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

const states = {
  movable: ['moveMovable', 'blue'],
  moved: ['moveMoved', 'green'],
  already: ['moveAlready', 'plain'],
  refused: ['moveRefused', 'amber'],
} as const satisfies Record<MigrationItem['status'], readonly [Word, Tone]>;

/** What becomes of procedures that run under another version, one by one. */
export function MovingTable(props: {
  readonly items: readonly MigrationItem[];
  readonly more: boolean;
  readonly caption: string;
}) {
  const { items, more, caption } = props;
  const { t } = useWords();
  return (
    <>
      <Table
        caption={caption}
        rows={items}
        rowKey={(one) => `${one.case} ${one.attempt ?? ''}`}
        empty={t('moveNone')}
        columns={[
          {
            name: t('statusCode'),
            cell: (one) => (
              <Link to="/cases/$code" params={{ code: one.case }}>
                {one.case}
              </Link>
            ),
          },
          { name: t('moveFrom'), cell: ({ fromVersion }) => fromVersion ?? '–' },
          {
            name: t('colState'),
            cell: ({ status, code }) => (
              <>
                <Tag tone={states[status][1]}>{t(states[status][0])}</Tag> {code ?? ''}
              </>
            ),
          },
          {
            name: t('moveSteps'),
            cell: ({ steps }) =>
              steps === null
                ? '–'
                : t('moveStepsOf', {
                    kept: steps.kept.length,
                    added: steps.new.join(', ') || t('none'),
                    dropped: steps.dropped.join(', ') || t('none'),
                  }),
          },
          {
            name: t('moveRemaining'),
            cell: ({ remaining }) => (remaining === null ? '–' : `${remaining.before} → ${remaining.after}`),
          },
        ]}
      />
      {more && <p>{t('moveMore')}</p>}
    </>
  );
}

/** Moves procedures that run to another version, after a look at what that does to each. */
export function Moving({ procedure, versions }: { readonly procedure: string; readonly versions: readonly string[] }) {
  const { t } = useWords();
  const looking = useAct();
  const moving = useAct();
  const [seen, setSeen] = useState<Migrations>();
  const look = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const toVersion = textOf(new FormData(event.currentTarget), 'version');
    looking.run(
      (key) => act('/procedures/{code}/migrations', { code: procedure }, { toVersion, preview: true }, key),
      setSeen,
    );
  };
  const movable = seen?.preview === true ? seen.items.filter(({ status }) => status === 'movable') : [];
  const move = () => {
    if (seen === undefined) return;
    const { toVersion } = seen;
    const cases = [...new Set(movable.map((one) => one.case))];
    moving.run(
      (key) => act('/procedures/{code}/migrations', { code: procedure }, { toVersion, preview: false, cases }, key),
      setSeen,
    );
  };
  return (
    <section>
      <h2>{t('moveTitle')}</h2>
      <p>{t('moveLead')}</p>
      <form onSubmit={look}>
        <div className={parts['field']}>
          <label htmlFor="move-to">{t('moveTo')}</label>
          <select id="move-to" name="version">
            {versions.map((version) => (
              <option key={version} value={version}>
                {version}
              </option>
            ))}
          </select>
        </div>
        {looking.failed !== undefined && <Failure error={looking.failed} />}
        <button type="submit" className={parts['secondary']} disabled={looking.busy}>
          {t(looking.busy ? 'sending' : 'moveLook')}
        </button>
      </form>
      {seen !== undefined && (
        <MovingTable
          items={seen.items}
          more={seen.next !== null}
          caption={t(seen.preview ? 'moveWould' : 'moveDid', { version: seen.toVersion })}
        />
      )}
      {moving.failed !== undefined && <Failure error={moving.failed} />}
      {movable.length > 0 && (
        <button type="button" disabled={moving.busy} onClick={move}>
          {t(moving.busy ? 'sending' : 'moveDo', { n: movable.length })}
        </button>
      )}
    </section>
  );
}
