import { useQuery, useQueryClient } from '@tanstack/react-query';
import { act, read } from '../../api/call.js';
import type { Acts } from '../../api/contract.js';
import { textOf } from '../../app/act.js';
import { ActForm } from '../../app/act-form.js';
import { useMe } from '../../app/session.js';
import { Failure } from '../../app/states.js';
import { CommandedAgencies } from '../../case/agency-options.js';
import { Table, Tag } from '../../parts/parts.js';
import parts from '../../parts/parts.module.css';
import { useWords } from '../../words/language.js';

type Figure = Acts['/targets']['body']['figure'];

/** Whether a target is met, in a word. */
export function TargetState({ met }: { readonly met: boolean | null }) {
  const { t } = useWords();
  if (met === null) return <Tag>{t('targetNothing')}</Tag>;
  return met ? <Tag tone="green">{t('targetMet')}</Tag> : <Tag tone="red">{t('targetMissed')}</Tag>;
}

/** The targets of the year, by agency, with what the year has brought so far. */
export function Targets() {
  const { t, say, number } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const { data, error } = useQuery({ queryKey: ['targets'], queryFn: () => read('/targets') });
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return null;
  const again = () => void queries.invalidateQueries({ queryKey: ['targets'] });
  return (
    <section>
      <h2>{t('targetsTitle', { year: String(data.year) })}</h2>
      <p>{t('targetsLead')}</p>
      <Table
        caption={t('targetsTable')}
        rows={data.items}
        rowKey={({ agency, figure }) => `${agency}/${figure}`}
        empty={t('targetsNone')}
        columns={[
          {
            name: t('colAgency'),
            cell: ({ agencyName, heads }) => (
              <>
                {say(agencyName)}
                {heads.length > 0 && <span className={parts['faint']}> · {heads.join(', ')}</span>}
              </>
            ),
          },
          { name: t('boardColFigure'), cell: ({ name }) => say(name) },
          {
            name: t('targetAim'),
            cell: ({ written, basis, changes }) => (
              <>
                {say(written)}
                <br />
                <span className={parts['faint']}>
                  {basis}
                  {changes > 0 && ` · ${t('targetChanged', { n: number(changes) })}`}
                </span>
              </>
            ),
          },
          { name: t('targetNow'), cell: ({ now }) => say(now.written) },
          { name: t('instructionStatus'), cell: ({ met }) => <TargetState met={met} /> },
        ]}
      />
      {me.role === 'leader' && (
        <details>
          <summary>{t('targetSet')}</summary>
          <ActForm
            again
            button={t('targetDo')}
            onDone={again}
            send={(form, key) => {
              const figure = data.figures.find((one) => one.figure === textOf(form, 'figure'));
              const given = textOf(form, 'value').replace(',', '.');
              const value =
                given === ''
                  ? null
                  : figure?.side === 'at-least'
                    ? String(Math.round(Number(given) * 100) / 10_000)
                    : given;
              return act(
                '/targets',
                {},
                {
                  year: Number(textOf(form, 'year')),
                  agency: textOf(form, 'agency'),
                  figure: textOf(form, 'figure') as Figure,
                  value,
                  basis: textOf(form, 'basis'),
                },
                key,
              );
            }}
          >
            <div className={parts['field']}>
              <label htmlFor="target-year">{t('targetYear')}</label>
              <select id="target-year" name="year">
                {[data.year, data.year + 1].map((year) => (
                  <option key={year}>{year}</option>
                ))}
              </select>
            </div>
            <div className={parts['field']}>
              <label htmlFor="target-agency">{t('colAgency')}</label>
              <select id="target-agency" name="agency" required>
                <CommandedAgencies />
              </select>
            </div>
            <div className={parts['field']}>
              <label htmlFor="target-figure">{t('boardColFigure')}</label>
              <select id="target-figure" name="figure" required>
                {data.figures.map(({ figure, name, side }) => (
                  <option key={figure} value={figure}>
                    {`${say(name)} ${side === 'at-least' ? '≥' : '≤'}`}
                  </option>
                ))}
              </select>
            </div>
            <div className={parts['field']}>
              <label htmlFor="target-value">{t('targetValue')}</label>
              <p className={parts['help']} id="target-value-help">
                {t('targetValueHelp')}
              </p>
              <input id="target-value" name="value" inputMode="decimal" aria-describedby="target-value-help" />
            </div>
            <div className={parts['field']}>
              <label htmlFor="target-basis">{t('targetBasis')}</label>
              <textarea id="target-basis" name="basis" required maxLength={2000} />
            </div>
          </ActForm>
        </details>
      )}
    </section>
  );
}
