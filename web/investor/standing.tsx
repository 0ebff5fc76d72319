import type { Case } from '../api/contract.js';
import { FilingSignature } from '../parts/filing-signature.js';
import { Facts, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { LaneHolder } from './lane.js';

/** Who has the file now, of each procedure: what one comes for first. */
export function HoldersOfCase({ one }: { readonly one: Case }) {
  const { t, say, day } = useWords();
  const holding = one.procedures.flatMap((procedure) =>
    procedure.now === null ? [] : [{ procedure, now: procedure.now }],
  );
  return (
    <section>
      <h2>{t('holdingTitle')}</h2>
      {one.laneNow !== null && <LaneHolder now={one.laneNow} />}
      {holding.length === 0 ? (
        (one.laneNow?.agency ?? null) === null && <p>{t('holdingNone')}</p>
      ) : (
        <ul>
          {holding.map(({ procedure, now }) => (
            <li key={procedure.procedure + String(procedure.attempt)}>
              {say(procedure.name)}: {say(now.text)}
              {procedure.countedFrom !== null && procedure.receivedAt !== null && (
                <span className={parts['faint']}>
                  {' '}
                  {t('countedFromLine', {
                    received: day(procedure.receivedAt),
                    from: day(procedure.countedFrom),
                    due: procedure.printedDueDate === null ? '–' : day(procedure.printedDueDate),
                  })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** When it was filed, and the dates against which it is measured. */
export function TermsOfCase({ one }: { readonly one: Case }) {
  const { t, day } = useWords();
  const term = ({ days, endDate }: { readonly days: number; readonly endDate: string }) =>
    `${t('workingDays', { n: days })} · ${day(endDate)}`;
  const { baseline, target } = one;
  return (
    <section>
      <h2>{t('caseTerms')}</h2>
      <Facts
        items={[
          [t('statusFiled'), day(one.filedAt)],
          [t('filingSignature'), <FilingSignature signed={one.signed} />],
          baseline === null ? null : [t('planBaseline'), term(baseline)],
          baseline?.corrected === undefined
            ? null
            : [
                t('factBaselines'),
                [baseline.corrected.stated, baseline.corrected.right]
                  .map(({ days }) => t('workingDays', { n: days }))
                  .join(' · '),
              ],
          target === null ? null : [t('planTarget'), term(target)],
          [t('colApprovals'), `${one.mandatory.approved}/${one.mandatory.total}`],
          one.breachedOn === null ? null : [t('clockBreached'), <Tag tone="red">{day(one.breachedOn)}</Tag>],
        ]}
      />
    </section>
  );
}
