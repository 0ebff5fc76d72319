import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { eventName, eventTypes } from '../../domain/case/event-table.js';
import { act, read } from '../api/call.js';
import type { Webhook, WebhookDetail, WebhookRequest } from '../api/contract.js';
import { textOf, useAct } from '../app/act.js';
import { useMe } from '../app/session.js';
import { Failure, Loading, useTitle } from '../app/states.js';
import { Notice, Table, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords, type Word } from '../words/language.js';

/** Systems outside that are sent events: what each hears, how its latest deliveries went, and how to add, pause and remove one. */
export function Webhooks() {
  const { t } = useWords();
  useTitle(t('adminWebhooks'));
  const list = useQuery({ queryKey: ['webhooks'], queryFn: () => read('/webhooks'), refetchInterval: 30_000 });
  return (
    <>
      <p>
        <Link to="/admin">{t('navAdmin')}</Link>
      </p>
      <h1>{t('adminWebhooks')}</h1>
      <p>{t('adminWebhooksLead')}</p>
      {list.error !== null && <Failure error={list.error} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Notice>
          <p>{t('adminWebhooksNone')}</p>
        </Notice>
      )}
      {list.data?.items.map((one) => (
        <One key={one.id} webhook={one} />
      ))}
      <Adding />
    </>
  );
}

/** Reads the list anew; `alone`: not what is shown of each beside it, which may be there no more. */
function useRefresh(): (alone?: boolean) => void {
  const queries = useQueryClient();
  return (alone = false) => void queries.invalidateQueries({ queryKey: ['webhooks'], exact: alone });
}

const stateWords = {
  proposed: 'webhookProposed',
  active: 'webhookActive',
  paused: 'webhookPaused',
} as const satisfies Record<Webhook['status'], Word>;

function One({ webhook }: { readonly webhook: Webhook }) {
  const { t, say, number } = useWords();
  const again = useRefresh();
  const { busy, failed, run } = useAct();
  const [open, setOpen] = useState(false);
  const me = useMe();
  const { id, url, events, status, reason, waiting, createdBy } = webhook;
  const isActive = status === 'active';
  const names = events.map((type) => say(eventName(type as (typeof eventTypes)[number])));
  const replay = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const from = textOf(new FormData(event.currentTarget), 'from');
    const body = /\.\d+$/.test(from) ? { fromEvent: from } : { fromCase: from };
    run(
      (key) => act('/webhooks/{id}/replay', { id }, body, key),
      () => again(),
    );
  };
  return (
    <section>
      <h2>{url}</h2>
      <p>
        <Tag tone={isActive ? 'green' : 'amber'}>{t(stateWords[status])}</Tag> {reason ?? ''}
        {status !== 'proposed' && ` · ${t('webhookWaits', { n: number(waiting) })}`}
      </p>
      <p>{events.length === 0 ? t('webhookAll') : t('webhookHears', { events: names.join('; ') })}</p>
      {failed !== undefined && <Failure error={failed} />}
      {status === 'proposed' && (
        <p>
          {t(createdBy === me.id ? 'webhookProposedByYou' : 'webhookProposedBy', { who: createdBy })}{' '}
          {createdBy !== me.id && (
            <button
              type="button"
              disabled={busy}
              aria-label={t('webhookConfirmOf', { url })}
              onClick={() =>
                run(
                  (key) => act('/webhooks/{id}/confirmation', { id }, {}, `${key}-confirmation`),
                  () => again(),
                )
              }
            >
              {t('webhookConfirm')}
            </button>
          )}
        </p>
      )}
      {status !== 'proposed' && (
        <div className={parts['actions']}>
          <button
            type="button"
            className={parts['secondary']}
            disabled={busy}
            aria-label={t(isActive ? 'webhookPauseOf' : 'webhookResumeOf', { url })}
            onClick={() =>
              run(
                (key) => act(`/webhooks/{id}/${isActive ? 'pause' : 'resumption'}`, { id }, {}, `${key}-${status}`),
                () => again(),
              )
            }
          >
            {t(isActive ? 'webhookPause' : 'webhookResume')}
          </button>
        </div>
      )}
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{t('webhookDeliveries')}</summary>
        {open && <Deliveries id={id} />}
      </details>
      <details>
        <summary aria-label={t('webhookRemoveOf', { url })}>{t('webhookRemove')}</summary>
        <p>{t('webhookRemoveText')}</p>
        <button
          type="button"
          disabled={busy}
          aria-label={t('webhookRemoveOf', { url })}
          onClick={() =>
            run(
              (key) => act('/webhooks/{id}/removal', { id }, {}, `${key}-removal`),
              () => again(true),
            )
          }
        >
          {t(busy ? 'sending' : 'webhookRemove')}
        </button>
      </details>
      {status !== 'proposed' && (
        <details>
          <summary>{t('webhookReplay')}</summary>
          <form onSubmit={replay}>
            <div className={parts['field']}>
              <label htmlFor={`from-${id}`}>{t('webhookReplayFrom')}</label>
              <input
                id={`from-${id}`}
                name="from"
                required
                maxLength={64}
                placeholder="LX-260706-0001A.12"
                autoComplete="off"
                spellCheck={false}
              />
            </div>
            <button type="submit" className={parts['secondary']} disabled={busy}>
              {t(busy ? 'sending' : 'webhookReplayDo')}
            </button>
          </form>
        </details>
      )}
    </section>
  );
}

function Deliveries({ id }: { readonly id: string }) {
  const { t, say, moment } = useWords();
  const found = useQuery({
    queryKey: ['webhooks', id],
    queryFn: () => read('/webhooks/{id}', { id }),
    refetchInterval: 30_000,
  });
  if (found.error !== null) return <Failure error={found.error} />;
  if (found.data === undefined) return <Loading />;
  const deliveries: WebhookDetail['deliveries'] = found.data.deliveries;
  return (
    <Table
      caption={t('webhookDeliveries')}
      titled
      rows={deliveries}
      rowKey={({ event }) => event}
      empty={t('webhookDeliveriesNone')}
      columns={[
        { name: t('webhookEvent'), cell: ({ event }) => <code>{event}</code> },
        { name: t('changeWhat'), cell: ({ type }) => say(eventName(type as (typeof eventTypes)[number])) },
        {
          name: t('colState'),
          cell: ({ status }) => (
            <Tag tone={status === 'delivered' ? 'green' : 'red'}>
              {t(status === 'delivered' ? 'webhookDelivered' : 'webhookFailed')}
            </Tag>
          ),
        },
        { name: t('engineAttempts'), numeric: true, cell: ({ attempts }) => attempts },
        { name: t('webhookAnswer'), cell: ({ answer }) => answer ?? '–' },
        { name: t('colWhen'), cell: ({ lastAt }) => moment(lastAt) },
      ]}
    />
  );
}

function Adding() {
  const { t, say } = useWords();
  const again = useRefresh();
  const { busy, failed, run } = useAct();
  const [secret, setSecret] = useState<string>();
  const make = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const events = form.getAll('events') as unknown as WebhookRequest['events'];
    run(
      (key) => act('/webhooks', {}, { url: textOf(form, 'url'), events }, key),
      (made) => {
        setSecret(made.secret);
        element.reset();
        again();
      },
    );
  };
  return (
    <section>
      <h2>{t('webhookNewTitle')}</h2>
      {secret !== undefined && (
        <Notice tone="green" alert>
          <p>
            {t('webhookSecret')} <code>{secret}</code>
          </p>
        </Notice>
      )}
      <form onSubmit={make}>
        <div className={parts['field']}>
          <label htmlFor="webhook-url">{t('webhookNew')}</label>
          <input id="webhook-url" name="url" type="url" required maxLength={2000} />
        </div>
        <div className={parts['field']}>
          <label htmlFor="webhook-events">{t('webhookEvents')}</label>
          <p className={parts['help']} id="webhook-events-help">
            {t('webhookEventsHelp')}
          </p>
          <select id="webhook-events" name="events" multiple size={10} aria-describedby="webhook-events-help">
            {eventTypes.map((type) => (
              <option key={type} value={type}>
                {say(eventName(type))}
              </option>
            ))}
          </select>
        </div>
        {failed !== undefined && <Failure error={failed} />}
        <button type="submit" disabled={busy}>
          {t(busy ? 'sending' : 'webhookMake')}
        </button>
      </form>
    </section>
  );
}
