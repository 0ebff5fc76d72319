import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { act, read } from '../api/call.js';
import type { PeopleImported, PersonChanged, PersonJoining, PersonMoving } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { AgencyField } from '../case/agency-options.js';
import { Notice, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

/** What the people of the City are called by their role. */
export const staffRoleWords = {
  'receiving-officer': 'roleReceivingOfficer',
  officer: 'roleOfficer',
  head: 'roleHead',
  leader: 'roleLeader',
  expert: 'roleExpert',
} as const satisfies Readonly<Record<PersonJoining['role'], Word>>;
const roleOf = (form: FormData) => textOf(form, 'role') as PersonJoining['role'];

/** Who works where: an agency's people, who joins, moves and leaves, each by its document. */
export function People() {
  const { t, day } = useWords();
  useTitle(t('adminPeople'));
  const [agency, setAgency] = useState('');
  const [changed, setChanged] = useState<PersonChanged>();
  const people = useQuery({
    queryKey: ['people', agency],
    queryFn: () => read('/agencies/{agency}/people', { agency }),
    enabled: agency !== '',
  });
  const all = people.data?.items ?? [];
  return (
    <>
      <p>
        <Link to="/admin">{t('navAdmin')}</Link>
      </p>
      <h1>{t('adminPeople')}</h1>
      <p>{t('adminPeopleLead')}</p>
      {changed !== undefined && <Done changed={changed} />}
      <section>
        <h2>{t('peopleOfAgency')}</h2>
        <div className={parts['field']}>
          <AgencyField id="of-agency" none="–" onChosen={setAgency} />
        </div>
        {people.error !== null && <Failure error={people.error} />}
        {agency !== '' && people.isPending && <Loading />}
        {people.data !== undefined && (
          <Table
            caption={t('peopleOfAgency')}
            rows={all}
            rowKey={({ id }) => id}
            empty={t('peopleNone')}
            columns={[
              { name: t('colName'), cell: ({ name }) => name },
              { name: t('accountId'), cell: ({ id }) => id },
              {
                name: t('accountRole'),
                cell: ({ role }) => {
                  const word = Object.entries(staffRoleWords).find(([code]) => code === role)?.[1];
                  return word === undefined ? role : t(word);
                },
              },
              {
                name: t('colState'),
                cell: ({ absentUntil }) =>
                  absentUntil === null ? '–' : <Tag tone="amber">{t('peopleAway', { day: day(absentUntil) })}</Tag>,
              },
              {
                name: t('delegationDo'),
                cell: ({ id, name, role }) => (
                  <Changing
                    key={id}
                    person={{ id, name, role }}
                    agency={agency}
                    others={all.filter((one) => one.id !== id)}
                    onDone={setChanged}
                  />
                ),
              },
            ]}
          />
        )}
      </section>
      <Joining onDone={setChanged} />
      <FromFile />
    </>
  );
}

function Done({ changed }: { readonly changed: PersonChanged }) {
  const { t } = useWords();
  return (
    <Notice tone="green" alert>
      <p>{t('peopleDone', { person: changed.person })}</p>
      {changed.tasks.length > 0 && (
        <ul>
          {changed.tasks.map(({ id, status, code }) => (
            <li key={id}>
              {id}:{' '}
              {t(status === 'handed-over' ? 'peopleHandedOver' : status === 'free' ? 'peopleFreed' : 'peopleNotHanded')}{' '}
              {code ?? ''}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** The lists that show people are read anew. */
function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['people'] });
}

function Changing(props: {
  readonly person: { readonly id: string; readonly name: string; readonly role: string };
  readonly agency: string;
  readonly others: readonly { readonly id: string; readonly name: string }[];
  readonly onDone: (changed: PersonChanged) => void;
}) {
  const { person, agency, others, onDone } = props;
  const { id } = person;
  const { t } = useWords();
  const refresh = useRefresh();
  const { busy, failed, run } = useAct();
  const done = (answer: PersonChanged) => {
    onDone(answer);
    refresh();
  };
  const common = (form: FormData) => {
    const handOverTo = textOf(form, 'handOverTo');
    return { document: textOf(form, 'document'), ...(handOverTo !== '' && { handOverTo }) };
  };
  const move = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const place = textOf(form, 'agency');
    const body: PersonMoving = { role: roleOf(form), agency: place === '' ? null : place, ...common(form) };
    run((key) => act('/people/{id}/move', { id }, body, key), done);
  };
  const leave = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run((key) => act('/people/{id}/departure', { id }, common(form), key), done);
  };
  const after = (kind: 'move' | 'leave') => (
    <>
      <div className={parts['field']}>
        <label htmlFor={`${kind}-to-${id}`}>{t('peopleHandOver')}</label>
        <select id={`${kind}-to-${id}`} name="handOverTo">
          <option value="">{t('peopleHandOverNobody')}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <div className={parts['field']}>
        <label htmlFor={`${kind}-document-${id}`}>{t('calendarDocument')}</label>
        <input id={`${kind}-document-${id}`} name="document" required maxLength={500} />
      </div>
    </>
  );
  return (
    <>
      {failed !== undefined && <Failure error={failed} />}
      <details>
        <summary aria-label={t('peopleMoveOf', { name: person.name })}>{t('peopleMove')}</summary>
        <form onSubmit={move}>
          <Role id={`role-${id}`} chosen={person.role} />
          <Place id={`place-${id}`} chosen={agency} />
          {after('move')}
          <button type="submit" disabled={busy}>
            {t(busy ? 'sending' : 'peopleMove')}
          </button>
        </form>
      </details>
      <details>
        <summary aria-label={t('peopleLeaveOf', { name: person.name })}>{t('peopleLeave')}</summary>
        <form onSubmit={leave}>
          {after('leave')}
          <button type="submit" disabled={busy}>
            {t(busy ? 'sending' : 'peopleLeave')}
          </button>
        </form>
      </details>
    </>
  );
}

function Role({ id, chosen = 'officer' }: { readonly id: string; readonly chosen?: string }) {
  const { t } = useWords();
  return (
    <div className={parts['field']}>
      <label htmlFor={id}>{t('accountRole')}</label>
      <select id={id} name="role" defaultValue={chosen}>
        {Object.entries(staffRoleWords).map(([code, word]) => (
          <option key={code} value={code}>
            {t(word)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Place({ id, chosen = '' }: { readonly id: string; readonly chosen?: string }) {
  const { t } = useWords();
  return (
    <div className={parts['field']}>
      <AgencyField id={id} chosen={chosen} none={t('peopleNoAgency')} existing />
    </div>
  );
}

function Joining({ onDone }: { readonly onDone: (changed: PersonChanged) => void }) {
  const { t } = useWords();
  const refresh = useRefresh();
  const { busy, failed, run } = useAct();
  const join = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const [agency, phone] = [textOf(form, 'agency'), textOf(form, 'phone')];
    const body: PersonJoining = {
      id: textOf(form, 'id'),
      name: textOf(form, 'name'),
      role: roleOf(form),
      agency: agency === '' ? null : agency,
      email: textOf(form, 'email'),
      phone: phone === '' ? null : phone,
      language: textOf(form, 'language') === 'en' ? 'en' : 'vi',
      document: textOf(form, 'document'),
    };
    run(
      (key) => act('/people', {}, body, key),
      (answer) => {
        element.reset();
        onDone(answer);
        refresh();
      },
    );
  };
  return (
    <section>
      <h2>{t('peopleJoin')}</h2>
      <form onSubmit={join}>
        <div className={parts['field']}>
          <label htmlFor="join-id">{t('peopleSubject')}</label>
          <p className={parts['help']} id="join-id-help">
            {t('peopleSubjectHelp')}
          </p>
          <input
            id="join-id"
            name="id"
            required
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            aria-describedby="join-id-help"
          />
        </div>
        <div className={parts['field']}>
          <label htmlFor="join-name">{t('colName')}</label>
          <input id="join-name" name="name" required maxLength={200} autoComplete="off" />
        </div>
        <Role id="join-role" />
        <Place id="join-agency" />
        <div className={parts['field']}>
          <label htmlFor="join-email">{t('accountMail')}</label>
          <input id="join-email" name="email" type="email" required maxLength={320} autoComplete="off" />
        </div>
        <div className={parts['field']}>
          <label htmlFor="join-phone">{`${t('peoplePhone')} (${t('optional')})`}</label>
          <input id="join-phone" name="phone" type="tel" placeholder="+84901234567" maxLength={16} autoComplete="off" />
        </div>
        <div className={parts['field']}>
          <label htmlFor="join-language">{t('peopleLanguage')}</label>
          <select id="join-language" name="language">
            <option value="vi">Tiếng Việt</option>
            <option value="en">English</option>
          </select>
        </div>
        <div className={parts['field']}>
          <label htmlFor="join-document">{t('calendarDocument')}</label>
          <input id="join-document" name="document" required maxLength={500} />
        </div>
        {failed !== undefined && <Failure error={failed} />}
        <button type="submit" disabled={busy}>
          {t(busy ? 'sending' : 'peopleJoin')}
        </button>
      </form>
    </section>
  );
}

const doings = {
  join: ['peopleDoesJoin', 'green'],
  move: ['peopleDoesMove', 'blue'],
  same: ['peopleDoesSame', 'plain'],
  refused: ['peopleDoesRefused', 'red'],
} as const;

/** Many at once: what each line would do is shown before anything is changed. */
function FromFile() {
  const { t } = useWords();
  const refresh = useRefresh();
  const { busy, failed, run } = useAct();
  const [seen, setSeen] = useState<{
    readonly answer: PeopleImported;
    readonly csv: string;
    readonly document: string;
  }>();
  const look = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [file, document] = [form.get('file'), textOf(form, 'document')];
    if (!(file instanceof File)) return;
    run(async (key) => {
      const csv = await file.text();
      return { csv, document, answer: await act('/people/import', {}, { csv, preview: true, document }, key) };
    }, setSeen);
  };
  const take = () => {
    if (seen === undefined) return;
    const { csv, document } = seen;
    run(
      (key) => act('/people/import', {}, { csv, preview: false, document }, key),
      (answer) => {
        setSeen({ ...seen, answer });
        refresh();
      },
    );
  };
  const isClean = seen?.answer.items.every(({ does }) => does !== 'refused') ?? false;
  return (
    <section>
      <h2>{t('peopleFile')}</h2>
      <p>{t('peopleFileHelp')}</p>
      <form onSubmit={look}>
        <div className={parts['field']}>
          <label htmlFor="people-file">{t('peopleFileChoose')}</label>
          <input id="people-file" name="file" type="file" accept=".csv,text/csv" required />
        </div>
        <div className={parts['field']}>
          <label htmlFor="file-document">{t('calendarDocument')}</label>
          <input id="file-document" name="document" required maxLength={500} />
        </div>
        {failed !== undefined && <Failure error={failed} />}
        <button type="submit" className={parts['secondary']} disabled={busy}>
          {t(busy ? 'sending' : 'peopleFileLook')}
        </button>
      </form>
      {seen !== undefined && (
        <>
          <Table
            caption={t(seen.answer.preview ? 'peopleFileWould' : 'peopleFileDid')}
            rows={seen.answer.items}
            rowKey={({ line }) => String(line)}
            empty={t('none')}
            columns={[
              { name: t('peopleLine'), numeric: true, cell: ({ line }) => line },
              { name: t('accountId'), cell: ({ person }) => person ?? '–' },
              {
                name: t('colState'),
                cell: ({ does }) => <Tag tone={doings[does][1]}>{t(doings[does][0])}</Tag>,
              },
              { name: t('systemError'), cell: ({ code, field }) => [code, field].filter(Boolean).join(' · ') || '–' },
            ]}
          />
          {seen.answer.preview && isClean && (
            <button type="button" disabled={busy} onClick={take}>
              {t(busy ? 'sending' : 'peopleFileTake')}
            </button>
          )}
        </>
      )}
    </section>
  );
}
