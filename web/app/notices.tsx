import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { act, newKey, read } from '../api/call.js';
import type { Notification } from '../api/contract.js';
import { Notice, Tag } from '../parts/parts.js';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/language.js';
import { useAct } from './act.js';
import css from './notices.module.css';
import { useMe } from './session.js';
import { Failure, Loading, useTitle } from './states.js';

/** What somebody was told, newest first, and what of it they have not read. */
export function Notices() {
  const { t, say, moment } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const marking = useAct();
  const [unread, setUnread] = useState(false);
  useTitle(t('navNotices'));
  const list = useInfiniteQuery({
    queryKey: ['notices', unread],
    queryFn: ({ pageParam }) =>
      read('/notifications', {}, { unread, limit: 50, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: 60_000,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const newest = items[0];
  const again = () => void queries.invalidateQueries({ queryKey: ['notices'] });
  const mark = ({ id, readAt }: Notification) => {
    if (readAt === null)
      marking.run(() => act('/notifications/{id}/read', { id: String(id) }, undefined, newKey()), again);
  };
  return (
    <>
      <h1>{t('navNotices')}</h1>
      <div className={parts['actions']}>
        <label className={css['check']}>
          <input type="checkbox" checked={unread} onChange={({ currentTarget }) => setUnread(currentTarget.checked)} />
          {t('noticesUnreadOnly')}
        </label>
        {newest !== undefined && (list.data?.pages[0]?.unread ?? 0) > 0 && (
          <button
            type="button"
            className={parts['secondary']}
            disabled={marking.busy}
            onClick={() => marking.run((key) => act('/notifications/read-all', {}, { upTo: newest.id }, key), again)}
          >
            {t('noticesReadAll')}
          </button>
        )}
      </div>
      {marking.failed !== undefined && <Failure error={marking.failed} />}
      {list.error !== null && <Failure error={list.error} />}
      {list.isPending && <Loading />}
      {list.isSuccess && items.length === 0 && (
        <Notice>
          <p>{t(unread ? 'noticesAllRead' : 'noticesNone')}</p>
        </Notice>
      )}
      <ul className={css['notices']}>
        {items.map((one) => (
          <li key={one.id} data-unread={one.readAt === null || undefined}>
            <h2>
              {say(one.title)} {one.readAt === null && <Tag tone="blue">{t('unread')}</Tag>}{' '}
              {one.urgent && <Tag tone="amber">{t('noticeUrgent')}</Tag>}
            </h2>
            <p>{say(one.text)}</p>
            <p className={parts['faint']}>
              {moment(one.at)}{' '}
              {one.case !== null &&
                (me.role === 'operator' ? (
                  one.case
                ) : (
                  <Link to="/cases/$code" params={{ code: one.case }} onClick={() => mark(one)}>
                    {one.dossierCode ?? one.case}
                  </Link>
                ))}{' '}
              {one.readAt === null && (
                <button
                  type="button"
                  className={parts['secondary']}
                  disabled={marking.busy}
                  aria-label={t('noticeReadOf', { title: say(one.title) })}
                  onClick={() => mark(one)}
                >
                  {t('noticeRead')}
                </button>
              )}
            </p>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button
          type="button"
          className={parts['secondary']}
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('more')}
        </button>
      )}
    </>
  );
}
