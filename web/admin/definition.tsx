import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { regimeOfAdmission } from '../../domain/law/admission-code.js';
import { ApiProblem, read } from '../api/call.js';
import { useToday } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Notice, Table, Tag } from '../parts/parts.js';
import { useWords } from '../words/language.js';
import { AgencyForm } from './agency-form.js';
import { Changes } from './changes.js';
import { sourcesOf } from './law-data.js';
import { isLawKind, type LawKind, lawKinds } from './law-kinds.js';
import { CityForm } from './city-form.js';
import { ProcedureForm } from './procedure-form.js';
import { Moving } from './moving.js';
import type { Node } from './readable.js';
import { ReadableDefinition, useReadable } from './readable-view.js';

/** One definition of the law: what each part rests on, what nobody confirmed, its versions, and the next one. */
export function DefinitionPage() {
  const { t } = useWords();
  const { kind, code } = useParams({ strict: false });
  return (
    <>
      <p>
        <Link to="/admin">{t('navAdmin')}</Link> · <Link to="/admin/law">{t('adminLaw')}</Link>
      </p>
      {kind !== undefined && code !== undefined && isLawKind(kind) ? (
        <Definition key={`${kind}/${code}`} kind={kind} code={code} />
      ) : (
        <Notice tone="amber">
          <p>{t('lawUnknown')}</p>
        </Notice>
      )}
    </>
  );
}

/** What a definition has in common with every other one. */
interface Held {
  readonly name: { readonly vi: string; readonly en: string };
  readonly unverified?: readonly string[];
}

const isNew = (kind: LawKind, code: string): boolean => kind === 'agencies' && code === 'new';

function Definition({ kind, code }: { readonly kind: LawKind; readonly code: string }) {
  const { t, say } = useWords();
  const today = useToday();
  const found = useQuery({
    queryKey: ['law', kind, code],
    queryFn: async (): Promise<readonly Held[]> =>
      kind === 'procedures'
        ? (await read('/procedures/{code}', { code })).items
        : [(await read('/city-data/{kind}/{code}', { kind, code })).data as Held],
    enabled: !isNew(kind, code),
  });
  const [newest] = found.data ?? [];
  const title = newest === undefined ? t(isNew(kind, code) ? 'agencyNew' : 'adminLaw') : say(newest.name);
  useTitle(title);
  const regime = regimeOfAdmission(code);
  if (found.error instanceof ApiProblem && found.error.problem.status === 404)
    return (
      <Notice tone="amber">
        <p>{t('lawUnknown')}</p>
      </Notice>
    );
  return (
    <>
      <h1>{title}</h1>
      {found.error !== null && <Failure error={found.error} />}
      {found.isPending && found.fetchStatus !== 'idle' && <Loading />}
      {newest !== undefined && <Reading kind={kind} code={code} versions={found.data ?? []} />}
      {newest !== undefined && <Changes mayConfirm of={{ kind: lawKinds[kind], code }} />}
      {today !== undefined && (newest !== undefined || isNew(kind, code)) && (
        <section>
          <h2>{t('lawNext')}</h2>
          {kind === 'procedures' &&
            (regime === undefined ? (
              <ProcedureForm held={newest as object} today={today} />
            ) : (
              <p>
                {t('lawFollowsRegime')}{' '}
                <Link to="/admin/law/$kind/$code" params={{ kind: 'regimes', code: regime }}>
                  {regime}
                </Link>
              </p>
            ))}
          {kind === 'agencies' && <AgencyForm held={newest} today={today} />}
          {(kind === 'pathways' || kind === 'regimes') && (
            <CityForm kind={kind} code={code} held={newest as object} today={today} />
          )}
        </section>
      )}
      {kind === 'procedures' && newest !== undefined && (
        <Moving
          procedure={code}
          versions={(found.data ?? []).map((one) => (one as { version: string } & Held).version)}
        />
      )}
    </>
  );
}

/** What one version says, with its sources; the newest one first. */
function Reading(props: { readonly kind: LawKind; readonly code: string; readonly versions: readonly Held[] }) {
  const { kind, code, versions } = props;
  const { t, cite } = useWords();
  const [open, setOpen] = useState(false);
  const [newest] = versions;
  const readable = useReadable(newest);
  if (newest === undefined) return null;
  const publicPage = {
    procedures: `/procedures/${code}`,
    pathways: '/pathways',
    regimes: `/regimes/${code}`,
    agencies: null,
  };
  const address = publicPage[kind];
  return (
    <section>
      <h2>{t('lawSays')}</h2>
      {address !== null && (
        <p>
          <a href={address}>{t('lawAsPublic')}</a>
        </p>
      )}
      <ReadableDefinition data={newest as unknown as Node} readable={readable} />
      <h2>{t('lawSources')}</h2>
      <Table
        caption={t('lawSources')}
        titled
        rows={sourcesOf(newest)}
        rowKey={({ place, text }) => `${place} ${text}`}
        empty={t('lawNoSources')}
        columns={[
          {
            name: t('lawPlace'),
            cell: ({ keys }) => keys.map((_key, n) => readable.placeName(keys.slice(0, n + 1))).join(' › '),
          },
          { name: t('colBasis'), cell: ({ text }) => cite(text) },
          {
            name: t('lawConfirmed'),
            cell: ({ verified }) =>
              verified === null ? (
                t('lawNotSaid')
              ) : (
                <Tag tone={verified ? 'green' : 'amber'}>{t(verified ? 'lawVerified' : 'unverified')}</Tag>
              ),
          },
        ]}
      />
      {newest.unverified !== undefined && newest.unverified.length > 0 && (
        <>
          <h3>{t('lawOpenPoints')}</h3>
          <ul>
            {newest.unverified.map((one) => (
              <li key={one}>{readable.text(['unverified'], one)}</li>
            ))}
          </ul>
        </>
      )}
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{t('lawWholeData')}</summary>
        {open &&
          versions.map((one, index) => (
            <pre key={index} tabIndex={0}>
              {JSON.stringify(one, null, 2)}
            </pre>
          ))}
      </details>
    </section>
  );
}
