import { useWords } from '../words/language.js';
import { decidingOf, DecisionFields } from './decision-fields.js';
import { DataField, dataOf, NextVersion } from './next-version.js';
import { Proposing } from './proposing.js';

/** The next version of a pathway or a regime. That of a regime holds from the day it is told to: it has no other. */
export function CityForm(props: {
  readonly kind: 'pathways' | 'regimes';
  readonly code: string;
  readonly held: object;
  readonly today: string;
}) {
  const { kind, code, held, today } = props;
  const words = useWords();
  const dated = kind === 'regimes' ? (['effectiveFrom'] as const) : [];
  return (
    <NextVersion
      name={`${kind}/${code}`}
      held={held}
      readNext={(form) => {
        const found = dataOf(form, words);
        if ('wrong' in found) return found;
        const { data } = found;
        const { effectiveFrom } = decidingOf(form);
        return { next: kind === 'regimes' ? { ...data, effectiveFrom } : data };
      }}
      fields={
        <>
          <DecisionFields id={code} today={today} />
          <DataField id={`${code}-data`} held={held} without={dated} />
        </>
      }
    >
      {(next, form, forget) => (
        <Proposing kind={kind} code={code} next={next} deciding={decidingOf(form)} onSent={forget} />
      )}
    </NextVersion>
  );
}
