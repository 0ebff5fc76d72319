import { startRehearsal } from '../../db/register/business-clock.js';
import { migrate } from '../../db/migrate.js';
import { createOwnerPool } from '../../db/pool.js';
import { originOf } from '../../db/register/log/origin.js';
import { refoldCases } from '../../db/register/refold.js';
import { rekeySites } from '../../db/register/rekey-sites.js';
import { seed } from '../../db/seed.js';
import { Refusal } from '../../domain/errors.js';
import { instant } from '../../domain/time/instants.js';
import { catalogueData } from '../../seeds/index.js';
import { people, type Person } from '../../seeds/people.js';
import { StartRefused } from './refused.js';
import { writePrivate } from './secrets.js';

/**
 * Brings the register's tables and kept states up to date and loads the seeds; both do nothing when there is nothing to do. Resolves to the definitions that
 * the seeds describe otherwise but that stay, because cases rest on them. `appPassword`: what the role `app` logs in with from now on.
 */
export async function prepareRegister(migratorUrl: string, appPassword?: string): Promise<readonly string[]> {
  await migrate({ url: migratorUrl, ...(appPassword !== undefined && { appPassword }) });
  const pool = createOwnerPool(migratorUrl);
  try {
    await refoldCases(pool);
    await rekeySites(pool);
    const { kept } = await seed(pool, { catalogue: catalogueData(), people });
    return kept;
  } finally {
    await pool.end();
  }
}

/** The name of the log of this register, which it may have been given, or which its files in `folder` tell; undefined before there is a log. */
export async function nameOfLog(url: string, named: string | undefined, folder: string): Promise<string | undefined> {
  const pool = createOwnerPool(url);
  try {
    return await originOf(pool, named, folder);
  } finally {
    await pool.end();
  }
}

/** How REHEARSAL and REHEARSAL_START of the environment ask for a rehearsal clock; undefined: real time. */
export interface Rehearsal {
  readonly mode: 'stepped' | 'ticking';
  /** Where the first case finds the clock; null: wherever it stands, now where it never ran. */
  readonly start: string | null;
}

/** Reads REHEARSAL (real, stepped or ticking) and REHEARSAL_START (an instant; else the clock stays where it stands, or begins now). In production only if REHEARSAL_IN_PRODUCTION=yes. */
export function rehearsalOf(env: NodeJS.ProcessEnv): Rehearsal | undefined {
  const mode = env['REHEARSAL'] || 'real';
  if (mode === 'real') return undefined;
  if (mode !== 'stepped' && mode !== 'ticking')
    throw new StartRefused(`REHEARSAL=${mode}: chỉ nhận · must be one of: real, stepped, ticking`);
  if (env['NODE_ENV'] === 'production' && env['REHEARSAL_IN_PRODUCTION'] !== 'yes') {
    throw new StartRefused(
      'Không diễn tập trên hệ thống thật: bỏ REHEARSAL, hoặc đặt REHEARSAL_IN_PRODUCTION=yes.\n' +
        'No rehearsal in production: unset REHEARSAL, or set REHEARSAL_IN_PRODUCTION=yes.',
    );
  }
  const start = env['REHEARSAL_START'];
  try {
    return { mode, start: start ? instant(start) : null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new StartRefused(
      `REHEARSAL_START=${start}: phải là thời điểm ISO 8601 · must be an ISO 8601 instant (2026-07-06T09:00:00+07:00)`,
    );
  }
}

/** Puts the register on the rehearsal clock, or leaves it where an earlier start put it; refuses (`StartRefused`) when cases were filed in real time already. */
export async function beginRehearsal(migratorUrl: string, rehearsal: Rehearsal): Promise<void> {
  const pool = createOwnerPool(migratorUrl);
  try {
    await startRehearsal(pool, rehearsal.mode, rehearsal.start).catch((error: unknown) => {
      // Cases were rehearsed here: a second start finds the clock where they left it.
      if (!(error instanceof Refusal && error.code === 'CLOCK_KEPT')) throw error;
      return startRehearsal(pool, rehearsal.mode, null);
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new StartRefused(
      'Đã có hồ sơ nộp theo thời gian thật: hãy diễn tập trên một DATA_DIR khác.\n' +
        'Cases were filed in real time here: rehearse on another DATA_DIR.',
    );
  } finally {
    await pool.end();
  }
}

/** One demonstration account, as the identity provider reads it from OIDC_ACCOUNTS_FILE. */
export type Account = Pick<Person, 'id' | 'name' | 'role' | 'agency' | 'email'>;

/** The demonstration accounts: the seeded people. */
export const demonstrationAccounts = (): Account[] =>
  people.map(({ id, name, role, agency, email }) => ({ id, name, role, agency, email }));

/** Writes the accounts for the identity provider. */
export function writeAccounts(file: string): void {
  writePrivate(file, `${JSON.stringify(demonstrationAccounts(), null, 2)}\n`);
}
