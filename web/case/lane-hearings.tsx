import type { Case } from '../api/contract.js';
import { Facts, Tag } from '../parts/parts.js';
import { useWords } from '../words/language.js';

const outcomes = { revoked: ['hearingRevoked', 'red'], kept: ['hearingKept', 'green'] } as const;

/** Hearings before the lane was to be taken back: what is doubted, what the investor says, and what was decided. */
export function LaneHearings({
  hearings,
  predicates,
}: {
  readonly hearings: Case['laneHearings'];
  readonly predicates: Case['predicates'];
}) {
  const { t, say, day } = useWords();
  if (hearings.length === 0) return null;
  return (
    <section>
      <h2>{t('hearingTitle')}</h2>
      {hearings.map((one) => (
        <Facts
          key={one.id}
          items={[
            [
              t('colState'),
              one.outcome === null ? (
                <Tag tone="amber">{t('hearingOpen')}</Tag>
              ) : (
                <Tag tone={outcomes[one.outcome][1]}>{t(outcomes[one.outcome][0])}</Tag>
              ),
            ],
            [
              t('hearingTests'),
              predicates
                .filter(({ id }) => one.predicates.includes(id))
                .map(({ name }) => say(name))
                .join('; '),
            ],
            [t('hearingReason'), one.reason ?? t('erased')],
            [t('hearingAnswerBy'), day(one.answerBy)],
            [t('hearingStatement'), one.statement ?? t('hearingSilent')],
          ]}
        />
      ))}
    </section>
  );
}
