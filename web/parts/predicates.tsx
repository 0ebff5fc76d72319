import type { ReactNode } from 'react';
import type { Predicate } from '../api/contract.js';
import { useWords, type Word } from '../words/language.js';
import { Facts, Tag, type Tone, Unverified } from './parts.js';

export const verdictWords = {
  yes: ['yes', 'green'],
  no: ['no', 'red'],
  unknown: ['unknown', 'amber'],
} as const satisfies Record<string, readonly [Word, Tone]>;

/** The tests of the green lane, each under a heading: what was found, by which clause, what would prove it. `more`: what else is said of one. */
export function Predicates(props: {
  readonly predicates: readonly Predicate[];
  readonly more?: (predicate: Predicate) => ReactNode;
}) {
  const { predicates, more } = props;
  const { cite, t, say } = useWords();
  return predicates.map((one) => (
    <div key={one.id}>
      <h3>
        {say(one.name)} <Tag tone={verdictWords[one.verdict][1]}>{t(verdictWords[one.verdict][0])}</Tag>
      </h3>
      <Facts
        items={[
          [
            t('colBasis'),
            <>
              {cite(one.clause)} <Unverified verified={one.verified} />
            </>,
          ],
          one.proof.length === 0 ? null : [t('qualifyProof'), one.proof.map(({ name }) => say(name)).join('; ')],
          one.nearMiss === undefined ? null : [t('qualifyNearMiss'), say(one.nearMiss.text)],
        ]}
      />
      {more?.(one)}
    </div>
  ));
}
