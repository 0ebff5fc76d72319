import { useQuery } from '@tanstack/react-query';
import { listBasis } from '../../domain/lane/evidence.js';
import { read } from '../api/call.js';
import type { Task } from '../api/contract.js';
import css from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

/** Of a decision on the lane: each test with what was given for it, or the entry of a list of the City that names the project. */
export function Findings({ name, task }: { readonly name: string; readonly task: Task }) {
  const { t, say } = useWords();
  const held = useQuery({ queryKey: ['city-data'], queryFn: () => read('/city-data') });
  const lists = held.data?.lists ?? [];
  return (
    <fieldset>
      <legend>{name}</legend>
      {task.predicates.map(({ id, name: test, proof }) => {
        const entries = lists
          .filter(({ code }) => proof.some((one) => one.kind === 'register' && one.code === code))
          .flatMap((list) => list.entries.map((entry) => ({ list, entry })));
        return (
          <div key={id} className={css['field']}>
            <label htmlFor={`verdict-${id}`}>{say(test)}</label>
            <select id={`verdict-${id}`} name={`verdict-${id}`} required defaultValue="">
              <option value="">–</option>
              <option value="yes">{t('findingMet')}</option>
              <option value="no">{t('findingNotMet')}</option>
            </select>
            <label htmlFor={`basis-${id}`}>{t('findingBasis')}</label>
            <select id={`basis-${id}`} name={`basis-${id}`} defaultValue="">
              <option value="">–</option>
              {task.laneEvidence
                .filter(({ predicate }) => predicate === id)
                .map((given) => {
                  const kind = proof.find(({ code }) => code === given.code);
                  return (
                    <option key={given.id} value={given.id}>
                      {given.id}: {kind === undefined ? given.code : say(kind.name)}
                    </option>
                  );
                })}
            </select>
            {entries.length > 0 && (
              <>
                <label htmlFor={`entry-${id}`}>{t('findingEntry')}</label>
                <select id={`entry-${id}`} name={`entry-${id}`} defaultValue="">
                  <option value="">–</option>
                  {entries.map(({ list, entry }) => (
                    <option key={`${list.code} ${entry.number}`} value={listBasis(list.code, entry.number)}>
                      {say(list.name)} {entry.number}
                      {entry.subject === undefined ? '' : `: ${say(entry.subject)}`}
                      {entry.organisation === null ? '' : ` (${entry.organisation})`}
                    </option>
                  ))}
                </select>
              </>
            )}
            <label htmlFor={`reason-${id}`}>{t('findingReason')}</label>
            <textarea id={`reason-${id}`} name={`reason-${id}`} required maxLength={4000} />
          </div>
        );
      })}
    </fieldset>
  );
}
