import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { verifyChains } from '../../db/register/chain.js';
import { eventOf } from '../../db/register/chain-link.js';
import { createDoor } from '../../db/register/door.js';
import { createLiveLaw } from '../../db/law/live-law.js';
import { startEpoch } from '../../db/register/feed.js';
import { migrate } from '../../db/migrate.js';
import { createPool } from '../../db/pool.js';
import { foldCase } from '../../domain/case/fold.js';
import { foldVersion, type CaseState } from '../../domain/case/state.js';
import { type Instant } from '../../domain/time/instants.js';
import { clientsAt, exampleCases, storyAt } from '../../scripts/demo/company.js';
import { type OwnPlace } from '../../scripts/demo/place.js';
import { createDatabase, dropDatabase } from '../../scripts/platform/postgres.js';
import { person } from '../db/support.js';
import { startScript } from '../support/child.js';
import { migrationsOf, restoreDocuments, restoreRegister } from '../support/kept-register.js';
import { query } from '../support/sql.js';
import { openScopes, openTown } from './support.js';

const release = '0.3.0';
const [besi, cmc, trial] = ['LX-260813-0001E', 'LX-260820-0001H', 'LX-260706-0001M'];
const name = `upgrade_${process.pid}`;

/** Our migrations as that release had them. */
async function migrationsThen(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await cp(join(import.meta.dirname, '../../db/migrations'), folder, { recursive: true });
  const file = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: unknown[] };
  const entries = journal.entries.slice(0, migrationsOf(release));
  await writeFile(file, JSON.stringify({ ...journal, entries }));
  return folder;
}

describe(`a register of release ${release} with cases under way`, { timeout: 240_000 }, () => {
  const { postgres } = inject('services');
  const urlOf = (user: string, password: string) =>
    `postgresql://${user}:${password}@127.0.0.1:${postgres.port}/${name}`;
  const appUrl = urlOf('app', postgres.appPassword);
  const migratorUrl = urlOf('migrator', postgres.migratorPassword);
  const admin = new URL(postgres.adminUrl);
  admin.pathname = `/${name}`;
  let place: OwnPlace | undefined;
  let now: Instant;

  beforeAll(async () => {
    await createDatabase(postgres.adminUrl, name);
    const folder = await migrationsThen();
    await migrate({ url: migratorUrl, folder });
    await rm(folder, { recursive: true });
    await restoreRegister(admin.href, release);
    // Transaction ids have begun again: readers of the feed would take what comes now for long since read.
    const owner = createPool(migratorUrl, { max: 1 });
    await startEpoch(owner);
    await owner.end();
    const [clock] = await query<{ now: string }>(appUrl, 'select now::text from rehearsal_clock');
    now = new Date(clock?.now ?? '').toISOString();
  }, 120_000);
  afterAll(async () => {
    await place?.stop();
    await dropDatabase(postgres.adminUrl, name);
  });

  const states = async () =>
    (await query<{ state: CaseState }>(appUrl, 'select state from case_head order by code')).map(({ state }) => state);

  it('is brought up to date by the one-shot migration of a production upgrade: tables, law and every kept state', async () => {
    const script = startScript('scripts/migrate.ts', [], {
      MIGRATOR_DATABASE_URL: admin.href,
      APP_DATABASE_PASSWORD: postgres.appPassword,
    });
    expect(await script.exited, script.output()).toBe(0);
    const kept = await states();
    expect(kept.map(({ code }) => code)).toEqual([trial, besi, cmc]);
    const events = await query<{ code: string; canonical: string }>(
      appUrl,
      'select case_code as code, canonical from case_event order by case_code, seq',
    );
    for (const state of kept) {
      expect(state.fold).toBe(foldVersion);
      const own = events.filter(({ code }) => code === state.code).map(({ canonical }) => eventOf(canonical));
      expect(state).toEqual(JSON.parse(JSON.stringify(foldCase(state.code, own))));
    }
    const keys = await query(appUrl, 'select case_code, key_id, shared from trial_key');
    expect(keys).toEqual([{ case_code: trial, key_id: 'device-1', shared: false }]);
  });

  it('is intact, and takes commands on what lay open', async () => {
    const pool = createPool(appUrl, { max: 2, purpose: 'acts' });
    const law = await createLiveLaw(pool);
    try {
      expect((await verifyChains(pool)).broken).toEqual([]);
      const door = createDoor({ pool, law });
      const opinions = await query<{ id: string; code: string; agency: string; holder: string | null }>(
        appUrl,
        `select id, case_code as code, agency, claimed_by as holder from task
         where kind = 'opinion' and status in ('open', 'claimed') order by id`,
      );
      // One that nobody holds and two that are in hand.
      expect(opinions.map(({ code, holder }) => [code, holder !== null])).toEqual([
        [besi, false],
        [cmc, true],
        [cmc, true],
      ]);
      for (const { id, code, agency, holder } of opinions.slice(0, 2)) {
        const actor = person(holder ?? `officer.${agency}.1`, 'officer', agency);
        const act = { caseCode: code, actor, occurredAt: now, bodyHash: '' };
        const claim = { type: 'claimTask', taskId: id } as const;
        if (holder === null) await door.handle({ ...act, operationId: `claim ${id}`, command: claim });
        const answer = { type: 'completeTask', taskId: id, completion: { outcome: 'agree' } } as const;
        await door.handle({ ...act, operationId: `complete ${id}`, command: answer });
      }
      const done = await query(appUrl, `select 1 from task where id = any ($1) and status = 'done'`, [
        opinions.slice(0, 2).map(({ id }) => id),
      ]);
      expect(done).toHaveLength(2);
      expect((await verifyChains(pool)).broken).toEqual([]);
    } finally {
      law.stop();
      await pool.end();
    }
  });

  it('goes on to the end: restored beside a Temporal that knows nothing, its workflows are rebuilt and its people finish both projects', async () => {
    const env = { DATABASE_URL: appUrl, MIGRATOR_DATABASE_URL: migratorUrl, REHEARSAL_START: now };
    place = await openTown(env);
    await restoreDocuments(join(place.dataDir, 'documents'), release);
    expect(await openScopes(place)).not.toEqual([]);
    const after = startScript('scripts/after-restore.ts', ['--since', now], { ...env, DATA_DIR: place.dataDir });
    expect(await after.exited, after.output()).toBe(0);
    expect(after.output()).toContain('epoch: 3');
    expect(after.output()).toMatch(/rebuilt: ([5-9])\/\1 /);

    const [first, second] = exampleCases();
    if (!first || !second) throw new Error('two projects');
    const projects = [
      { ...first, code: besi ?? '', supplemented: true },
      { ...second, code: cmc ?? '' },
    ];
    await storyAt(place).play(projects);
    const as = clientsAt(place);
    for (const { code, investor } of projects) {
      expect(await as(investor).get(`/cases/${code}`)).toMatchObject({ status: 'approved' });
    }
    expect(await as('investor.drone').get(`/cases/${trial}/trial`)).toMatchObject({ phase: 'running' });
    const projected = await query(
      appUrl,
      `select 1 from case_fact where case_code = any ($1) and closed_on is not null`,
      [[besi, cmc]],
    );
    expect(projected).toHaveLength(2);
    const pool = createPool(appUrl, { max: 2 });
    expect((await verifyChains(pool)).broken).toEqual([]);
    await pool.end();
  });
});
