import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { systemWords } from '../admin/system-words.js';
import { read } from '../api/call.js';
import type { OutsideMatter as Matter, Statuses } from '../api/contract.js';
import { Failure } from '../app/states.js';
import { Facts, Table } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Words } from '../words/language.js';

type Item = Statuses['items'][number];

/** What other systems were told of the dossiers of a case, read when somebody opens it. */
export function StatusesOfCase({ code }: { readonly code: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('statusesOfCase')}</summary>
      <p className={parts['faint']}>{t('statusesOfCaseHelp')}</p>
      {open && <Told code={code} />}
    </details>
  );
}

function Told({ code }: { readonly code: string }) {
  const words = useWords();
  const { t, say, moment } = words;
  const found = useQuery({ queryKey: ['statuses', code], queryFn: () => read('/cases/{code}/statuses', { code }) });
  if (found.error !== null) return <Failure error={found.error} />;
  const items = found.data?.items ?? [];
  if (found.data && items.length === 0) return <p>{t('statusesNone')}</p>;
  return (
    <Table
      caption={t('statusesCaption')}
      titled
      rows={items.map((item, place) => ({ ...item, place }))}
      rowKey={({ place }) => String(place)}
      columns={[
        {
          name: t('elsewhereDossier'),
          cell: (one) => (one.procedureName === null ? one.procedure : say(one.procedureName)),
        },
        { name: t('statusSystem'), cell: (one) => t(systemWords[one.system]) },
        { name: t('statusTen'), cell: (one) => `${one.status.code}. ${say(one.status.name)}` },
        { name: t('statusSince'), cell: (one) => moment(one.occurredAt) },
        { name: t('statusTold'), cell: (one) => toldOf(one, words) },
      ]}
    />
  );
}

function toldOf({ toldAt, reference, error }: Item, { t, moment }: Words): string {
  if (toldAt === null) return t('statusWaiting');
  return reference === null ? t('statusRefused', { error: error ?? '–' }) : `${moment(toldAt)} · ${reference}`;
}

/** What another system says of a dossier, both sides, for the officer who settles it. */
export function OutsideMatter({ matter }: { readonly matter: Matter }) {
  const { t, say, moment } = useWords();
  const { procedureName, dossierCode, at, papers, status } = matter;
  const side = (one: { readonly status: Item['status']; readonly at: string }) =>
    `${one.status.code}. ${say(one.status.name)} · ${moment(one.at)}`;
  return (
    <section>
      <h2>{t('elsewhereTitle')}</h2>
      <Facts
        items={[
          [
            t('elsewhereDossier'),
            [procedureName === null ? '' : say(procedureName), dossierCode ?? ''].filter(Boolean).join(' · '),
          ],
          papers === null ? null : [t('elsewherePapers'), moment(papers.filedAt)],
          papers === null ? null : [t('elsewhereNote'), papers.note ?? '–'],
          status === null ? null : [t('elsewhereOurs'), side(status.ours)],
          status === null
            ? null
            : [t('elsewhereTheirs', { system: t(systemWords[status.system]) }), side(status.theirs)],
          [t('elsewhereHeard'), moment(at)],
        ]}
      />
    </section>
  );
}
