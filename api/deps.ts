import { type Pool } from 'pg';
import { type Logger } from 'pino';
import { type Bell } from '../db/bell.js';
import { type DocumentQuota } from '../db/register/documents.js';
import { type Door } from '../db/register/door.js';
import { type LawSource } from '../db/law/live-law.js';
import { type Drafter } from '../domain/drafting/words.js';
import { type ScopeId } from '../domain/case/scope.js';
import { type Progress } from '../engine/words.js';
import { type VerifyToken } from './auth/tokens.js';
import { type Press } from '../forms/press.js';
import { type SigningAccounts } from './filing-signatures.js';
import { type Seal } from '../forms/seal.js';
import { type Inspector } from './documents/remarks.js';
import { type SharedCounts } from './http/limits.js';
import { type DocumentStore } from './documents/store.js';
import { type LogFolder } from '../db/register/log/log-folder.js';
import { type News } from './news.js';
import { type Pages } from './pages/renderer.js';
import { type Issuer } from './sign-in/issuer.js';
import { type Sessions } from './sign-in/sessions.js';
import { type SecurityWatch } from './security.js';
import { type RegisterLookups } from './register-lookups.js';
import { type StandIns } from './stand-ins.js';
import { type Metrics } from './routes/operations.js';

/** The engine, as far as operators look into it. */
export interface EnginePort {
  /** `missing`: no such workflow runs; `unreachable`: nobody answers in time. */
  progress(scope: ScopeId): Promise<Progress | 'missing' | 'unreachable'>;
  isReachable(): Promise<boolean>;
}

/** How much is taken: requests of one address and of one person a minute, and what one person may have or do. */
export interface Limits {
  /** Per address, of whoever is not signed in. */
  readonly perMinute: number;
  readonly perPersonPerMinute: number;
  readonly publicPerMinute: number;
  readonly quotas: {
    readonly documents: DocumentQuota;
    readonly openDrafts: number;
    readonly openPowers: number;
    readonly questionsPerDay: number;
    readonly trialKeysPerDay: number;
  };
}

/** What people's browsers are served. */
export interface Site {
  readonly pages: Pages;
  readonly sessions: Sessions;
  readonly issuer: Issuer;
}

/** Everything the application is built from; nothing is read from the environment below this. */
export interface ApiDeps {
  readonly pool: Pool;
  /** Left out: whoever waits looks again and again. */
  readonly bell?: Bell;
  /** What happens in cases, for whoever listens; left out: nobody is told. */
  readonly news?: News;
  readonly door: Door;
  /** A request takes it once (`call.law()`), so that no answer mixes two. */
  readonly law: LawSource;
  readonly verifyToken: VerifyToken;
  readonly documents: DocumentStore;
  /** The published files of the transparency log; left out: no proofs. */
  readonly log?: { readonly folder: string; readonly files: LogFolder };
  readonly inspector: Inspector;
  readonly press: Press;
  /** Where investors sign their filings; left out: nobody can. */
  readonly signing?: SigningAccounts;
  /** Seals papers; left out: they carry no seal. */
  readonly seal?: Seal;
  readonly engine: EnginePort;
  /** Registers that are asked before there is a case; left out: none answers. */
  readonly registers?: RegisterLookups;
  /** Drafts answers to tasks; left out: our own rules do. */
  readonly drafter?: Drafter;
  /** What stands in for agencies' systems in rehearsal; left out: their faults are not switched here. */
  readonly standIns?: StandIns;
  readonly agencyHmacSecret: string;
  /** Base address of the public pages, as printed on papers. */
  readonly publicUrl: string;
  readonly documentMaxBytes: number;
  readonly limits: Limits;
  /** How several processes of the API count requests together; left out: each counts its own. */
  readonly requestCounts?: SharedCounts;
  readonly trustedProxies: number;
  /** Whether this installation may be taken out of real time. */
  readonly rehearsalAllowed: boolean;
  /** Whether webhooks may lead to this machine and to private networks; left out: no. */
  readonly privateWebhooks?: boolean;
  /** Told of every request; left out: nobody counts. */
  readonly metrics?: Metrics;
  /** Checks every answer against its schema. */
  readonly checkAnswers: boolean;
  /** The pages and who signs in at them; left out: this process answers programs only. */
  readonly site?: Site;
  /** Whom refusals and long lists are told; left out: nobody. */
  readonly security?: SecurityWatch;
  readonly logger: Logger;
}
