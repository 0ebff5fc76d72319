import { type ReactNode, useState } from 'react';
import { act } from '../api/call.js';
import type { Case, RoadmapItem } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { covers, type HeldPower } from './acting.js';
import { NotGranted } from './acting-in.js';
import { AskedForm } from './asked.js';

interface Choices {
  readonly code: string;
  readonly mayFile: Case['mayFile'];
  readonly roadmap: readonly RoadmapItem[];
  /** Of whoever acts for the investor. */
  readonly powers: readonly HeldPower[] | undefined;
  readonly nameOf: (procedure: string) => string;
  readonly onDone: () => void;
}

/** What the investor may do and nobody waits for: file an approval that is not mandatory, put a later one off, take up what was put off. */
export function ChoicesOfCase({ code, mayFile, roadmap, powers, nameOf, onDone }: Choices) {
  const { t, day } = useWords();
  const deferred = roadmap.flatMap(({ procedure, deferred: off }) => (off === null ? [] : [{ procedure, ...off }]));
  const deferrable = roadmap
    .filter(({ mayDefer, procedure }) => mayDefer && covers(powers, 'deferProcedure', procedure))
    .map(({ procedure }) => procedure);
  if (mayFile.length + deferred.length + deferrable.length === 0) return null;
  return (
    <section aria-labelledby="choices-title">
      <h2 id="choices-title">{t('choicesTitle')}</h2>
      {mayFile.map((one) => (
        <Later key={one.procedure} summary={t('choiceFile', { name: nameOf(one.procedure) })}>
          {covers(powers, 'fileDossier', one.procedure) ? (
            <AskedForm code={code} asked={one} onDone={onDone} />
          ) : (
            <NotGranted powers={powers} act="fileDossier" />
          )}
        </Later>
      ))}
      {deferred.map(({ procedure, until }) => (
        <div key={procedure}>
          <p>
            {until === null
              ? t('choiceDeferred', { name: nameOf(procedure) })
              : t('choiceDeferredUntil', { name: nameOf(procedure), day: day(until) })}
          </p>
          {covers(powers, 'resumeProcedure', procedure) ? (
            <ActForm
              button={t('choiceResume')}
              onDone={onDone}
              send={(_form, key) => act('/cases/{code}/deferrals/{procedure}/end', { code, procedure }, {}, key)}
            >
              {null}
            </ActForm>
          ) : (
            <NotGranted powers={powers} act="resumeProcedure" />
          )}
        </div>
      ))}
      {deferrable.length > 0 && (
        <Later summary={t('choiceDefer')}>
          <Defer code={code} deferrable={deferrable} nameOf={nameOf} onDone={onDone} />
        </Later>
      )}
    </section>
  );
}

/** A fold whose form is made once somebody opens it, and stays. */
function Later({ summary, children }: { readonly summary: string; readonly children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && children}
    </details>
  );
}

/** A later approval is put off, until a day or until the investor takes it up. */
function Defer(props: {
  readonly code: string;
  readonly deferrable: readonly string[];
  readonly nameOf: (procedure: string) => string;
  readonly onDone: () => void;
}) {
  const { code, deferrable, nameOf, onDone } = props;
  const { t } = useWords();
  const names = { procedure: t('colProcedure'), until: t('deferUntil'), reason: t('deferReason') };
  return (
    <ActForm
      again
      button={t('deferSend')}
      keptAs={`deferral ${code}`}
      names={names}
      onDone={onDone}
      send={(form, key) =>
        act(
          '/cases/{code}/deferrals',
          { code },
          {
            procedure: textOf(form, 'procedure'),
            until: textOf(form, 'until') || null,
            reason: textOf(form, 'reason'),
          },
          key,
        )
      }
    >
      <p>{t('deferLead')}</p>
      <div className={parts['field']}>
        <label htmlFor="defer-procedure">{t('colProcedure')}</label>
        <select id="defer-procedure" name="procedure" required defaultValue="">
          <option value="">{t('choose')}</option>
          {deferrable.map((one) => (
            <option key={one} value={one}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </div>
      <div className={parts['field']}>
        <label htmlFor="defer-until">{`${t('deferUntil')} (${t('optional')})`}</label>
        <p className={parts['help']} id="defer-until-help">
          {t('deferUntilHelp')}
        </p>
        <input id="defer-until" name="until" type="date" aria-describedby="defer-until-help" />
      </div>
      <div className={parts['field']}>
        <label htmlFor="defer-reason">{t('deferReason')}</label>
        <textarea id="defer-reason" name="reason" required maxLength={4000} rows={3} />
      </div>
    </ActForm>
  );
}
