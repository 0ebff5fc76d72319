import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Clock, Frame, type Way, WayLink } from './parts/frame.js';
import {
  Holidays,
  PathwayList,
  ProcedureList,
  ProcedurePage,
  PublicationList,
  Trial,
  TrialList,
} from './public/catalogue.js';
import icon from './icon.svg';
import { Decision } from './public/decision.js';
import { Home } from './public/home.js';
import { carriedOf, dryRunCookie, filingOf, readDryRun } from './public/dry-run.js';
import { OpenData, ScorecardList } from './public/open-data.js';
import { Figures, RegimeList, RegimePage, ZoneList } from './public/places.js';
import { Qualify } from './public/qualify.js';
import { ProblemPage, SignInFailed } from './public/problem.js';
import { Status } from './public/status.js';
import { Verify } from './public/verify.js';
import { type Language, LanguageProvider, useWords, type Word, wordsOf } from './words/language.js';

interface FrameData {
  readonly language: Language;
  readonly address: string;
  readonly signedIn: boolean;
  readonly clock: Clock;
  readonly documentMaxBytes: number;
}

interface Entry {
  readonly title: Word;
  readonly view: (data: never) => ReactNode;
  /** What the browser does of it itself. */
  readonly script: Script | undefined;
}
type Script = Exclude<keyof Files, 'script' | 'style'>;
const entry = <Data,>(title: Word, view: (data: Data) => ReactNode, script?: Script): Entry => ({
  title,
  view,
  script,
});

/** Every public page by the name under which the API asks for it. */
const entries: Readonly<Record<string, Entry>> = {
  home: entry('homeTitle', () => <Home />),
  status: entry('statusTitle', (data: Parameters<typeof Status>[0]) => <Status {...data} />),
  decision: entry('decisionTitle', (data: Parameters<typeof Decision>[0]) => <Decision {...data} />),
  procedures: entry('proceduresTitle', (data: Parameters<typeof ProcedureList>[0]) => <ProcedureList {...data} />),
  procedure: entry('proceduresTitle', (data: Parameters<typeof ProcedurePage>[0]) => <ProcedurePage {...data} />),
  pathways: entry('pathwaysTitle', (data: Parameters<typeof PathwayList>[0]) => <PathwayList {...data} />),
  holidays: entry('holidaysTitle', (data: Parameters<typeof Holidays>[0]) => <Holidays {...data} />),
  publications: entry('publicationsTitle', (data: Parameters<typeof PublicationList>[0]) => (
    <PublicationList {...data} />
  )),
  trials: entry('trialsTitle', (data: Parameters<typeof TrialList>[0]) => <TrialList {...data} />),
  trial: entry('trialsTitle', (data: Parameters<typeof Trial>[0]) => <Trial {...data} />),
  qualify: entry('qualifyTitle', (data: Parameters<typeof Qualify>[0]) => <Qualify {...data} />),
  verdict: entry('qualifyTitle', (data: Parameters<typeof Qualify>[0]) => <Qualify {...data} />, 'dryRun'),
  zones: entry('zonesTitle', (data: Parameters<typeof ZoneList>[0]) => <ZoneList {...data} />),
  regimes: entry('regimesTitle', (data: Parameters<typeof RegimeList>[0]) => <RegimeList {...data} />),
  regime: entry('regimesTitle', (data: Parameters<typeof RegimePage>[0]) => <RegimePage {...data} />),
  figures: entry('figuresTitle', (data: Parameters<typeof Figures>[0]) => <Figures {...data} />),
  scorecards: entry('scorecardsTitle', (data: Parameters<typeof ScorecardList>[0]) => <ScorecardList {...data} />),
  openData: entry('openDataTitle', (data: Parameters<typeof OpenData>[0]) => <OpenData {...data} />),
  verify: entry('verifyTitle', (data: Parameters<typeof Verify>[0]) => <Verify {...data} />, 'check'),
  problem: entry('problemTitle', (data: Parameters<typeof ProblemPage>[0]) => <ProblemPage {...data} />),
  'sign-in-failed': entry('signInFailedTitle', (data: Parameters<typeof SignInFailed>[0]) => (
    <SignInFailed {...data} />
  )),
};

const ways: readonly Way[] = [
  { to: '/qualify', word: 'navQualify' },
  { to: '/status', word: 'navStatus' },
  { to: '/decisions', word: 'navDecision' },
  { to: '/verify', word: 'navVerify' },
  { to: '/procedures', word: 'navProcedures' },
  { to: '/pathways', word: 'navPathways' },
  { to: '/holidays', word: 'navHolidays' },
  { to: '/publications', word: 'navPublications' },
  { to: '/zones', word: 'navZones' },
  { to: '/regimes', word: 'navRegimes' },
  { to: '/trials', word: 'navTrials' },
  { to: '/figures', word: 'navFigures' },
  { to: '/scorecards', word: 'navScorecards' },
];

function Navigation({ address, signedIn }: Pick<FrameData, 'address' | 'signedIn'>) {
  const { t } = useWords();
  const here = address.split('?')[0] ?? '';
  return (
    <>
      {ways.map((way) => (
        <WayLink key={way.to} way={way} here={here} />
      ))}
      <li>
        <a href={signedIn ? '/start' : '/login'}>{t(signedIn ? 'toWork' : 'signIn')}</a>
      </li>
    </>
  );
}

interface Files {
  readonly script: string;
  /** Of the page on which proofs are checked. */
  readonly check: string;
  /** Of the verdict of a dry run: what days and answers would change. */
  readonly dryRun: string;
  readonly style: string;
}

/** What the API draws pages with; `files`: where the browser finds what was built for it. */
export function createPages(files: Files) {
  const { script, style } = files;
  const head = (language: Language, title: string) => {
    const { t } = wordsOf(language);
    return (
      <>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${t('brandLong')}`}</title>
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={style} />
        <link rel="icon" href={icon} />
      </>
    );
  };
  const page = (html: ReactNode) => `<!doctype html>${renderToStaticMarkup(html)}`;
  return {
    readDryRun,
    filingOf,
    dryRunCookie,
    carriedOf,
    render({ name, data }: { name: string; data: unknown }, frame: FrameData): string {
      const found = entries[name];
      if (found === undefined) throw new Error(`There is no page ${name}`);
      const { language, address, clock, signedIn } = frame;
      return page(
        <html lang={language}>
          <head>{head(language, wordsOf(language).t(found.title))}</head>
          <body>
            <LanguageProvider language={language}>
              <Frame clock={clock} address={address} navigation={<Navigation address={address} signedIn={signedIn} />}>
                {found.view(data as never)}
              </Frame>
            </LanguageProvider>
            {found.script !== undefined && <script type="module" src={files[found.script]} />}
          </body>
        </html>,
      );
    },
    shell({ language, documentMaxBytes }: FrameData): string {
      const { t } = wordsOf(language);
      return page(
        <html lang={language}>
          <head>
            {head(language, t('toWork'))}
            <script type="module" src={script} />
          </head>
          <body data-document-max-bytes={documentMaxBytes}>
            <div id="root" />
            <noscript>{t('needsScript')}</noscript>
          </body>
        </html>,
      );
    },
  };
}
