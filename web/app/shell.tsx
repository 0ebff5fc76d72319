import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { read, signOut } from '../api/call.js';
import type { Me } from '../api/contract.js';
import { Frame } from '../parts/frame.js';
import { Notice } from '../parts/parts.js';
import { useWords, type Word } from '../words/language.js';
import { useLive } from './live.js';
import { NextEvent } from './next-event.js';
import { clockQuery, meQuery, MeProvider } from './session.js';
import { Failure, Loading } from './states.js';

interface AppWay {
  readonly to:
    | '/start'
    | '/notices'
    | '/tasks'
    | '/counter'
    | '/team'
    | '/delegations'
    | '/councils'
    | '/admin'
    | '/admin/erasures'
    | '/projects'
    | '/powers'
    | '/organisation'
    | '/cases'
    | '/board'
    | '/instructions'
    | '/reports'
    | '/integrity'
    | '/security'
    | '/wall';
  readonly word: Word;
}
const account: AppWay = { to: '/start', word: 'navAccount' };
const notices: AppWay = { to: '/notices', word: 'navNotices' };
const worklist: AppWay = { to: '/tasks', word: 'navTasks' };
const counter: AppWay = { to: '/counter', word: 'navCounter' };
const team: AppWay = { to: '/team', word: 'navTeam' };
const delegations: AppWay = { to: '/delegations', word: 'navDelegations' };
const councils: AppWay = { to: '/councils', word: 'navCouncils' };
const admin: AppWay = { to: '/admin', word: 'navAdmin' };
const cases: AppWay = { to: '/cases', word: 'navCases' };
const projects: AppWay = { to: '/projects', word: 'navProjects' };
const powers: AppWay = { to: '/powers', word: 'navPowers' };
const organisation: AppWay = { to: '/organisation', word: 'navOrganisation' };
const board: AppWay = { to: '/board', word: 'navBoard' };
const instructions: AppWay = { to: '/instructions', word: 'navInstructions' };
const reports: AppWay = { to: '/reports', word: 'navReports' };
const integrity: AppWay = { to: '/integrity', word: 'navIntegrity' };
const security: AppWay = { to: '/security', word: 'navSecurity' };
const erasures: AppWay = { to: '/admin/erasures', word: 'adminErasures' };
const wall: AppWay = { to: '/wall', word: 'navWall' };

/** Where each role begins, then what else it has. */
export const waysOf: Readonly<Record<Me['role'], readonly AppWay[]>> = {
  investor: [projects, organisation, powers, notices, account],
  representative: [projects, powers, notices, account],
  'receiving-officer': [counter, worklist, cases, delegations, notices, account],
  officer: [worklist, cases, councils, delegations, notices, account],
  head: [team, worklist, cases, board, instructions, reports, councils, delegations, notices, account],
  leader: [board, instructions, reports, worklist, cases, councils, integrity, wall, notices, account],
  auditor: [
    worklist,
    cases,
    board,
    instructions,
    reports,
    integrity,
    security,
    erasures,
    delegations,
    notices,
    account,
  ],
  admin: [admin, worklist, cases, delegations, notices, account],
  expert: [councils, notices, account],
  operator: [admin, security, notices, account],
};

/** The frame around every page of whoever is signed in. */
export function Shell() {
  const { t } = useWords();
  const me = useQuery(meQuery);
  const clock = useQuery(clockQuery);
  const location = useRouterState({ select: (state) => state.location });
  // A screen on a wall reads figures alone.
  const told = useQuery({
    queryKey: ['notices', 'count'],
    queryFn: () => read('/notifications', {}, { unread: true, limit: 1 }),
    refetchInterval: 60_000,
    enabled: me.data !== undefined && location.pathname !== '/wall',
  });
  const unread = told.data?.unread ?? 0;
  const [failed, setFailed] = useState<unknown>();
  const first = useRef(true);
  // A new page begins at its top, for keyboards and screen readers as well.
  useEffect(() => {
    if (first.current) first.current = false;
    else document.getElementById('main')?.focus({ preventScroll: true });
  }, [location.pathname]);
  const leave = () => {
    signOut().then((next) => window.location.assign(next), setFailed);
  };
  const ways = me.data === undefined ? [] : waysOf[me.data.role];
  const wide = /^\/(tasks|board|instructions|reports|integrity|security|counter|team|admin|cases$)/.test(
    location.pathname,
  );
  return (
    <Frame
      clock={clock.data}
      address={location.href}
      wide={wide}
      bare={location.pathname === '/wall'}
      navigation={
        <>
          {ways.map(({ to, word }) => (
            <li key={to}>
              <Link to={to} activeProps={{ 'aria-current': 'page' }}>
                {to === '/notices' && unread > 0 ? t('navNoticesUnread', { n: unread }) : t(word)}
              </Link>
            </li>
          ))}
          <li>
            <button type="button" onClick={leave}>
              {t('signOut')}
            </button>
          </li>
        </>
      }
    >
      <Offline />
      {failed !== undefined && <Failure error={failed} />}
      {me.error !== null && <Failure error={me.error} />}
      {me.data === undefined ? (
        me.isPending && <Loading />
      ) : (
        <MeProvider value={me.data}>
          {location.pathname !== '/wall' && <Live />}
          {(me.data.role === 'admin' || me.data.role === 'operator') && clock.data?.mode === 'stepped' && <NextEvent />}
          <Outlet />
        </MeProvider>
      )}
    </Frame>
  );
}

function Live() {
  useLive();
  return null;
}

/** Says that there is no connection, for as long as there is none; what is shown stays. */
function Offline() {
  const { t } = useWords();
  const [online, setOnline] = useState(() => navigator.onLine);
  const queries = useQueryClient();
  useEffect(() => {
    const change = () => {
      setOnline(navigator.onLine);
      if (navigator.onLine) void queries.invalidateQueries();
    };
    window.addEventListener('online', change);
    window.addEventListener('offline', change);
    return () => {
      window.removeEventListener('online', change);
      window.removeEventListener('offline', change);
    };
  }, [queries]);
  if (online) return null;
  return (
    <Notice tone="amber" alert>
      <p>
        <strong>{t('offline')}</strong> {t('offlineText')}
      </p>
    </Notice>
  );
}
