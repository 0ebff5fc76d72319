import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../api/call.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { agenciesQuery, calendarsQuery, useAgencyName } from '../case/queries.js';
import { Table, Tag, useTerm } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';
import { agencyKinds } from './agency-form.js';
import { sourcesOf } from './law-data.js';
import type { LawKind } from './law-kinds.js';
import { Section } from './section.js';

/** A definition by its name; leads to what it says and to its next version. */
function Definition({ kind, code, name }: { readonly kind: LawKind; readonly code: string; readonly name: string }) {
  return (
    <Link to="/admin/law/$kind/$code" params={{ kind, code }}>
      {name}
    </Link>
  );
}

function Unconfirmed({ data }: { readonly data: unknown }) {
  const { t } = useWords();
  const n = sourcesOf(data).filter(({ verified }) => verified === false).length;
  return n === 0 ? <>{t('lawAllVerified')}</> : <Tag tone="amber">{t('lawUnverified', { n })}</Tag>;
}

const regimeStates = {
  'in-force': 'regimeInForce',
  planned: 'regimePlanned',
  configurable: 'regimeConfigurable',
} as const satisfies Record<string, Word>;

/** The law as the engine has it: every definition by its kind, each leading to its sources and its next version. */
export function LawPage() {
  const { t, say, day } = useWords();
  useTitle(t('adminLaw'));
  const term = useTerm();
  const procedures = useQuery({ queryKey: ['procedures'], queryFn: () => read('/procedures') });
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: () => read('/pathways') });
  const regimes = useQuery({ queryKey: ['regimes'], queryFn: () => read('/regimes') });
  const agencies = useQuery(agenciesQuery);
  const nameOf = useAgencyName();
  const calendars = useQuery(calendarsQuery);
  const failed = [procedures, pathways, regimes, agencies, calendars].find(({ error }) => error !== null)?.error;
  return (
    <>
      <p>
        <Link to="/admin">{t('navAdmin')}</Link>
      </p>
      <h1>{t('adminLaw')}</h1>
      <p>{t('adminLawLead')}</p>
      {failed !== undefined && <Failure error={failed} />}
      {procedures.isPending && <Loading />}
      {procedures.data !== undefined && (
        <Section title={t('navProcedures')} error={null}>
          <Table
            caption={t('navProcedures')}
            titled
            rows={procedures.data.items}
            rowKey={({ code }) => code}
            columns={[
              {
                name: t('colProcedure'),
                cell: ({ code, name }) => <Definition kind="procedures" code={code} name={say(name)} />,
              },
              { name: t('lawInForce'), cell: ({ validFrom }) => day(String(validFrom)) },
              { name: t('colTerm'), cell: ({ statutoryBudget }) => term(statutoryBudget) },
              { name: t('lawConfirmed'), cell: (one) => <Unconfirmed data={one} /> },
            ]}
          />
        </Section>
      )}
      {calendars.data !== undefined && (
        <Section title={t('lawCalendars')} error={null}>
          <Table
            caption={t('lawCalendars')}
            titled
            rows={calendars.data.items}
            rowKey={({ code }) => code}
            columns={[
              { name: t('colName'), cell: ({ name }) => <Link to="/admin/calendars">{say(name)}</Link> },
              { name: t('calendarVersion'), cell: ({ version }) => version },
              { name: t('calendarSpan'), cell: ({ from, to }) => `${day(from)} – ${day(to)}` },
              { name: t('lawConfirmed'), cell: (one) => <Unconfirmed data={one} /> },
            ]}
          />
        </Section>
      )}
      {pathways.data !== undefined && (
        <Section title={t('navPathways')} error={null}>
          <Table
            caption={t('navPathways')}
            titled
            rows={pathways.data.items}
            rowKey={({ code }) => code}
            columns={[
              {
                name: t('colName'),
                cell: ({ code, name }) => <Definition kind="pathways" code={code} name={say(name)} />,
              },
              { name: t('navProcedures'), numeric: true, cell: (one) => one.procedures.length },
              { name: t('lawConfirmed'), cell: (one) => <Unconfirmed data={one} /> },
            ]}
          />
        </Section>
      )}
      {regimes.data !== undefined && (
        <Section title={t('navRegimes')} error={null}>
          <Table
            caption={t('navRegimes')}
            titled
            rows={regimes.data.items}
            rowKey={({ code }) => code}
            columns={[
              {
                name: t('colRegime'),
                cell: ({ code, name }) => <Definition kind="regimes" code={code} name={say(name)} />,
              },
              {
                name: t('lawInForce'),
                cell: ({ effectiveFrom }) => (effectiveFrom === null ? '–' : day(effectiveFrom)),
              },
              { name: t('colState'), cell: ({ status }) => t(regimeStates[status]) },
            ]}
          />
        </Section>
      )}
      {agencies.data !== undefined && (
        <Section title={t('lawAgencies')} error={null}>
          <p>
            <Link to="/admin/law/$kind/$code" params={{ kind: 'agencies', code: 'new' }}>
              {t('agencyNew')}
            </Link>
          </p>
          <Table
            caption={t('lawAgencies')}
            titled
            rows={agencies.data.items}
            rowKey={({ code }) => code}
            columns={[
              {
                name: t('colAgency'),
                cell: ({ code, name, mergedInto, formerNames }) => (
                  <>
                    <Definition kind="agencies" code={code} name={say(name)} />
                    {mergedInto !== undefined && (
                      <Tag tone="plain">{t('agencyMerged', { into: nameOf(mergedInto) })}</Tag>
                    )}
                    {formerNames?.map((one) => (
                      <div key={`${one.until} ${one.name.vi}`} className={parts['faint']}>
                        {t('agencyFormerly', {
                          name: say(one.name),
                          until: day(String(one.until)),
                          document: one.document,
                        })}
                      </div>
                    ))}
                  </>
                ),
              },
              { name: t('agencyKind'), cell: ({ kind }) => t(agencyKinds[kind]) },
              {
                name: t('lawConfirmed'),
                cell: ({ unverified }) =>
                  unverified.length === 0 ? (
                    t('lawAllVerified')
                  ) : (
                    <Tag tone="amber">{t('lawUnverified', { n: unverified.length })}</Tag>
                  ),
              },
            ]}
          />
        </Section>
      )}
    </>
  );
}
