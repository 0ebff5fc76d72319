import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { act, read } from '../api/call.js';
import type { CouncilCandidates, TrialCouncil } from '../api/contract.js';
import { textOf } from '../app/act.js';
import { ActForm } from '../app/act-form.js';
import { Failure } from '../app/states.js';
import { AgencyField } from '../case/agency-options.js';
import { Table } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';

type Candidate = CouncilCandidates['items'][number];
interface Seat {
  readonly person: string;
  readonly name: string;
  readonly agencyName: Candidate['agencyName'];
  readonly chairs: boolean;
}

/** Who sits in it and when it meets; then who is there. For whoever holds the task of the council. */
export function Convening(props: {
  readonly code: string;
  readonly taskId: string;
  readonly council: TrialCouncil | null;
  readonly onDone: () => void;
}) {
  const { code, taskId, council, onDone } = props;
  const { t } = useWords();
  const params = { code };
  const [seats, setSeats] = useState<readonly Seat[]>(() =>
    (council?.members ?? []).map(({ person, role, agencyName }) => ({
      person: person.id,
      name: person.name ?? t('erased'),
      agencyName,
      chairs: role === 'chair',
    })),
  );
  if (council?.status === 'meeting') return null;
  return (
    <section>
      {council !== null && (
        <details open>
          <summary>{t('councilOpenMeeting')}</summary>
          <ActForm
            button={t('councilOpenMeeting')}
            onDone={onDone}
            send={(form, key) =>
              act(
                '/cases/{code}/trial/council/opening',
                params,
                { taskId, present: form.getAll('present').filter((one) => typeof one === 'string') },
                key,
              )
            }
          >
            <fieldset>
              <legend>{t('councilWhoIsThere')}</legend>
              {council.members
                .filter(({ recused }) => !recused)
                .map(({ person }) => (
                  <label key={person.id} className={parts['choice']}>
                    <input type="checkbox" name="present" value={person.id} />
                    {person.name ?? t('erased')}
                  </label>
                ))}
            </fieldset>
          </ActForm>
        </details>
      )}
      <details open={council === null}>
        <summary>{t('councilConvene')}</summary>
        <Seats code={code} seats={seats} onChange={setSeats} />
        <ActForm
          again
          keptAs={`council ${code}`}
          button={t('councilConvene')}
          disabled={seats.length < 2 || !seats.some(({ chairs }) => chairs)}
          onDone={onDone}
          send={(form, key) => {
            const members = seats.map(({ person, chairs }) => ({
              person,
              role: chairs ? ('chair' as const) : ('member' as const),
            }));
            return act(
              '/cases/{code}/trial/council',
              params,
              { taskId, members, meetsAt: `${textOf(form, 'meetsAt')}:00+07:00` },
              key,
            );
          }}
        >
          <div className={parts['field']}>
            <label htmlFor="meetsAt">{t('councilMeets')}</label>
            <input id="meetsAt" name="meetsAt" type="datetime-local" required />
          </div>
        </ActForm>
      </details>
    </section>
  );
}

/** The seats as they are filled so far, and the people to choose from: experts, or those of one agency, by name. */
function Seats(props: {
  readonly code: string;
  readonly seats: readonly Seat[];
  readonly onChange: (seats: readonly Seat[]) => void;
}) {
  const { code, seats, onChange } = props;
  const { t, say } = useWords();
  const [agency, setAgency] = useState('');
  const found = useQuery({
    queryKey: ['council-candidates', code, agency],
    queryFn: () => read('/cases/{code}/trial/council/candidates', { code }, agency === '' ? {} : { agency }),
  });
  const take = ({ id, name, agencyName }: Candidate) =>
    // Whoever is called first chairs, until somebody else is chosen.
    onChange([...seats, { person: id, name, agencyName, chairs: seats.length === 0 }]);
  const leave = (person: string) => onChange(seats.filter((one) => one.person !== person));
  const free = found.data?.items.filter(({ id }) => seats.every(({ person }) => person !== id)) ?? [];
  return (
    <>
      <Table
        caption={t('councilSeats', { n: seats.length })}
        rows={seats}
        rowKey={({ person }) => person}
        empty={t('councilSeatsNone')}
        columns={[
          { name: t('colName'), cell: ({ name }) => name },
          {
            name: t('colAgency'),
            cell: ({ agencyName }) => (agencyName === null ? t('councilExpert') : say(agencyName)),
          },
          {
            name: t('councilChair'),
            cell: ({ person, name, chairs }) => (
              <input
                type="radio"
                name="chair"
                aria-label={t('councilChairs', { name })}
                checked={chairs}
                onChange={() => onChange(seats.map((one) => ({ ...one, chairs: one.person === person })))}
              />
            ),
          },
          {
            name: t('delegationDo'),
            cell: ({ person, name }) => (
              <button
                type="button"
                className={parts['secondary']}
                aria-label={t('councilRemove', { name })}
                onClick={() => leave(person)}
              >
                {t('fileRemove')}
              </button>
            ),
          },
        ]}
      />
      <div className={parts['field']}>
        <AgencyField
          id="candidates-of"
          label={t('councilChooseFrom')}
          none={t('councilExperts')}
          onChosen={setAgency}
        />
      </div>
      {found.error !== null && <Failure error={found.error} />}
      {found.isSuccess && free.length === 0 && <p>{t('councilNobodyLeft')}</p>}
      <ul className={parts['actions']}>
        {free.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={parts['secondary']}
              aria-label={t('councilCall', { name: one.name })}
              onClick={() => take(one)}
            >
              + {one.name}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
