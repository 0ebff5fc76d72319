import type { Ledger } from '../api/contract.js';
import { Facts, Notice, Table, Tag, type Tone } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { type Block, blocksOf } from './blocks.js';
import css from './case.module.css';

const classes = {
  city: ['classCity', 'green'],
  central: ['classCentral', 'plain'],
  investor: ['classInvestor', 'blue'],
  conference: ['classConference', 'amber'],
  violation: ['classViolation', 'red'],
  system: ['classSystem', 'plain'],
} as const satisfies Record<Block['class'], readonly [Word, Tone]>;

const place = (part: number, whole: number): string => `${((part / Math.max(1, whole)) * 100).toFixed(3)}%`;

/** Where the days of a case went, from the filing on: blocks that touch each other and sum to the working days of the path exactly, then what they are compared with. */
export function Waterfall(props: {
  readonly ledger: Ledger;
  readonly nameOf: (procedure: string) => string;
  readonly agencyName: (code: string) => string;
}) {
  const { ledger, nameOf, agencyName } = props;
  const { t, day, number, percent } = useWords();
  const blocks = blocksOf(ledger.spans);
  const holderName = (holder: string) =>
    holder === 'investor'
      ? t('holderInvestor')
      : holder === 'conference'
        ? t('classConference')
        : holder === 'system'
          ? t('bySystem')
          : agencyName(holder);
  const title = (one: Block) => `${holderName(one.holder)} · ${nameOf(one.procedure)}`;
  const saved = ledger.baselineDays === null ? null : ledger.baselineDays - ledger.wholeDays;
  const whole = Math.max(ledger.workingDays, ledger.baselineDays ?? 0);
  // Figures set against the baseline are weighed; where none of that shows, it needs no word.
  const weighted = blocks.length > 0 && ![ledger.wholeDays, ledger.baselineDays ?? 0].every(Number.isInteger);
  const days = (n: number) => t('workingDays', { n: number(n, Number.isInteger(n) ? 0 : 2) });
  return (
    <>
      <p>
        {t(ledger.reached ? 'fallReached' : 'fallSoFar', {
          from: day(ledger.filedOn),
          to: day(ledger.through),
          n: ledger.workingDays,
        })}
      </p>
      {blocks.length === 0 ? (
        <Notice>
          <p>{t('fallNone')}</p>
        </Notice>
      ) : (
        <>
          <div className={css['fall']} aria-hidden="true">
            {blocks.map((one, index) => (
              <div key={one.after + one.holder + one.procedure} className={css['fallRow']}>
                <span className={css['fallName']}>{title(one)}</span>
                <svg width="100%" height="22">
                  {index > 0 && (
                    <line
                      className={css['step']}
                      x1={place(one.before, whole)}
                      x2={place(one.before, whole)}
                      y1="-4"
                      y2="20"
                    />
                  )}
                  <rect
                    className={css[one.class]}
                    x={place(one.before, whole)}
                    width={place(one.workingDays, whole)}
                    y="3"
                    height="16"
                  />
                </svg>
                <b>{one.workingDays}</b>
              </div>
            ))}
            <div className={`${css['fallRow']} ${css['fallTotal']}`}>
              <span className={css['fallName']}>{t('fallSum')}</span>
              <span />
              <b>{ledger.workingDays}</b>
            </div>
          </div>
          <details>
            <summary>{t('fallTable')}</summary>
            <Table
              caption={t('fallTable')}
              rows={blocks}
              rowKey={(one) => one.after + one.holder + one.procedure}
              columns={[
                { name: t('statusHolder'), cell: (one) => holderName(one.holder) },
                { name: t('colProcedure'), cell: (one) => nameOf(one.procedure) },
                {
                  name: t('fallClass'),
                  cell: (one) => <Tag tone={classes[one.class][1]}>{t(classes[one.class][0])}</Tag>,
                },
                { name: t('fallAfter'), cell: (one) => day(one.after) },
                { name: t('colUntil'), cell: (one) => day(one.through) },
                { name: t('fallDays'), numeric: true, cell: (one) => one.workingDays },
                { name: t('fallTotalTo'), numeric: true, cell: (one) => one.before + one.workingDays },
              ]}
            />
          </details>
        </>
      )}
      {weighted && <p>{t('fallWeighted')}</p>}
      <Facts
        items={[
          [t('fallSum'), days(ledger.workingDays)],
          [t('classInvestor'), days(ledger.investorDays)],
          [t('classCentral'), days(ledger.centralDays)],
          [
            t('fallCity'),
            ledger.conferenceDays === 0
              ? days(ledger.netDays)
              : `${days(ledger.netDays)} · ${t('fallConference', { n: ledger.conferenceDays })}`,
          ],
          ledger.carried.length === 0 ? null : [t('fallCarried'), number(ledger.carried.length)],
          [t('fallWhole'), days(ledger.wholeDays)],
          ledger.baselineDays === null
            ? null
            : [t(ledger.baseline === 'observed' ? 'baselineToday' : 'planBaseline'), days(ledger.baselineDays)],
          ledger.baseline === 'law' ? [t('baselineToday'), t('baselineTodayNone')] : null,
          ledger.baseline === 'observed' && ledger.byLaw !== null
            ? [t('planBaseline'), days(ledger.byLaw.baselineDays)]
            : null,
          saved === null || !ledger.reached ? null : [t('fallSaved'), days(saved)],
          ledger.reduction === null ? null : [t('fallReduction'), percent(ledger.reduction)],
        ]}
      />
      {ledger.countedThrough !== null && (
        <p className={parts['faint']}>{t('fallCountedThrough', { day: day(ledger.countedThrough) })}</p>
      )}
    </>
  );
}
