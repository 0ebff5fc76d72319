import './base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/call.js';
import { caseSearchOf } from './case/case-search.js';
import { filingSearchOf } from './investor/filing-search.js';
import { Shell } from './app/shell.js';
import { Start } from './app/start.js';
import { boardSearchOf } from './leader/search.js';
import { counterSearchOf } from './officer/counter-search.js';
import { taskSearchOf } from './officer/task-search.js';
import './icon.svg';
import { type Language, LanguageProvider } from './words/language.js';

const language: Language = document.documentElement.lang === 'en' ? 'en' : 'vi';
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the API refuses it refuses again; only silence is worth another try.
      retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2,
      throwOnError: false,
    },
  },
});

const root = createRootRoute({ component: Shell });
const under = () => root;
const pages = [
  createRoute({ getParentRoute: under, path: '/start', component: Start }),
  createRoute({
    getParentRoute: under,
    path: '/notices',
    component: lazyRouteComponent(() => import('./app/notices.js'), 'Notices'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/tasks',
    component: lazyRouteComponent(() => import('./officer/tasks.js'), 'Tasks'),
    validateSearch: taskSearchOf,
  }),
  createRoute({
    getParentRoute: under,
    path: '/tasks/$id',
    component: lazyRouteComponent(() => import('./officer/task.js'), 'TaskPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/counter',
    validateSearch: counterSearchOf,
    component: lazyRouteComponent(() => import('./officer/counter.js'), 'Counter'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/team',
    component: lazyRouteComponent(() => import('./head/team.js'), 'Team'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/delegations',
    component: lazyRouteComponent(() => import('./head/team.js'), 'Delegations'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/projects',
    component: lazyRouteComponent(() => import('./investor/projects.js'), 'Projects'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/powers',
    component: lazyRouteComponent(() => import('./investor/powers.js'), 'Powers'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/organisation',
    component: lazyRouteComponent(() => import('./investor/organisation.js'), 'OrganisationsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/projects/new',
    component: lazyRouteComponent(() => import('./investor/filing.js'), 'Filing'),
    validateSearch: filingSearchOf,
  }),
  createRoute({
    getParentRoute: under,
    path: '/cases',
    validateSearch: caseSearchOf,
    component: lazyRouteComponent(() => import('./case/list.js'), 'CaseList'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/cases/$code',
    component: lazyRouteComponent(() => import('./investor/case.js'), 'CasePage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/cases/$code/trial',
    component: lazyRouteComponent(() => import('./trial/trial.js'), 'TrialPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/cases/$code/council',
    component: lazyRouteComponent(() => import('./trial/council.js'), 'CouncilPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/councils',
    component: lazyRouteComponent(() => import('./trial/council.js'), 'Councils'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/cases/$code/conference/$procedure',
    component: lazyRouteComponent(() => import('./officer/conference.js'), 'ConferencePage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/admin',
    component: lazyRouteComponent(() => import('./admin/admin.js'), 'Admin'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/admin/calendars',
    component: lazyRouteComponent(() => import('./admin/calendars.js'), 'Calendars'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/admin/law',
    component: lazyRouteComponent(() => import('./admin/law.js'), 'LawPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/admin/law/$kind/$code',
    component: lazyRouteComponent(() => import('./admin/definition.js'), 'DefinitionPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/admin/rehearsal',
    component: lazyRouteComponent(() => import('./admin/rehearsal.js'), 'Rehearsal'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/admin/webhooks',
    component: lazyRouteComponent(() => import('./admin/webhooks.js'), 'Webhooks'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/admin/erasures',
    component: lazyRouteComponent(() => import('./admin/erasures.js'), 'Erasures'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/admin/people',
    component: lazyRouteComponent(() => import('./admin/people.js'), 'People'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/admin/city-data',
    component: lazyRouteComponent(() => import('./admin/city-data.js'), 'CityDataPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/security',
    component: lazyRouteComponent(() => import('./admin/security.js'), 'SecurityPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/board',
    validateSearch: boardSearchOf,
    component: lazyRouteComponent(() => import('./leader/board.js'), 'Board'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/instructions',
    component: lazyRouteComponent(() => import('./case/instructions.js'), 'InstructionsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/reports',
    component: lazyRouteComponent(() => import('./leader/reports.js'), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/reports/$id',
    component: lazyRouteComponent(() => import('./leader/reports.js'), 'ReportPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/integrity',
    component: lazyRouteComponent(() => import('./leader/integrity.js'), 'IntegrityPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/wall',
    component: lazyRouteComponent(() => import('./leader/wall.js'), 'Wall'),
  }),
] as const;
const router = createRouter({
  routeTree: root.addChildren(pages),
  scrollRestoration: true,
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

const place = document.getElementById('root');
if (place === null) throw new Error('This is not the document of the application');
createRoot(place).render(
  <StrictMode>
    <LanguageProvider language={language}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
);
