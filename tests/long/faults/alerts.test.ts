import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createAgencyClient } from '../../../activities/agency-client.js';
import { createPool } from '../../../db/pool.js';
import { agencyCallMetric, watchDisk } from '../../../ops/metrics.js';
import { startOperationsPage } from '../../../ops/page.js';
import { clientsAt } from '../../../scripts/demo/company.js';
import { exampleProjects } from '../../../seeds/index.js';
import { createOperations } from '../../../worker/operations.js';
import { adminUrl, openTown } from '../../e2e/support.js';
import { freePort } from '../../support/environment.js';
import { rewriteState } from '../../support/kept-state.js';
import { evaluate, samplesOf, type Scrape } from '../../support/promql.js';
import { smallDisk } from '../../support/small-disk.js';
import { query } from '../../support/sql.js';

// Every alert rule is asked while its fault stands, over what the processes' own pages show: `for` is how long it has to stand, and is not waited for.

const rules = new Map(
  (
    parse(readFileSync(join(import.meta.dirname, '../../../deploy/prometheus/alerts.yml'), 'utf8')) as {
      groups: { rules: { alert: string; expr: string }[] }[];
    }
  ).groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)),
);

let place: Awaited<ReturnType<typeof openTown>>;
let targets: { job: string; instance: string; url: string }[];
const history: Scrape[] = [];

async function scrape(): Promise<void> {
  const found = await Promise.all(
    targets.map(async ({ job, instance, url }) => {
      const page = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) })
        .then((answer) => answer.text())
        .catch(() => undefined); // it does not answer: that is `up` 0
      const samples = page === undefined ? [] : samplesOf(page);
      return [{ name: 'up', labels: {}, value: page === undefined ? 0 : 1 }, ...samples].map((one) => ({
        ...one,
        labels: { ...one.labels, job, instance },
      }));
    }),
  );
  history.push({ at: Date.now() / 1_000, samples: found.flat() });
}

const firing = (alert: string): boolean => {
  const value = evaluate(rules.get(alert) ?? '', history);
  return typeof value === 'number' || value.length > 0;
};
const firingNow = () => [...rules.keys()].filter(firing);
const seen = new Set<string>();

/** Asks again and again until all of them fire; `meanwhile`: what people go on doing. */
async function expectFiring(alerts: readonly string[], meanwhile?: () => Promise<unknown>): Promise<void> {
  const missing = async () => {
    await meanwhile?.();
    await scrape();
    return alerts.filter((alert) => !firing(alert));
  };
  await expect.poll(missing, { timeout: 60_000, interval: 700 }).toEqual([]);
  for (const alert of alerts) seen.add(alert);
}

/** As the superuser, in a session whose transaction stays open: what it locks is locked until `release`. */
async function locking(...statements: string[]): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: admin() });
  await client.connect();
  await client.query('begin');
  for (const text of statements) await client.query(text);
  return {
    release: async () => {
      await client.query('rollback');
      await client.end();
    },
  };
}
const admin = (): string => adminUrl(place.system.databaseUrl, place.dataDir);
const sql = (text: string, values: readonly unknown[] = []) => query(admin(), text, values);
const file = () =>
  clientsAt(place)('investor.besi').post<{ case: string }>('/cases', {
    ...exampleProjects.besi,
    project: {
      ...exampleProjects.besi.project,
      site: { ...exampleProjects.besi.project.site, lot: `Lô ${randomUUID()}` },
    },
  });

/** A page of our own beside those of the processes: of a worker on another machine. */
async function otherPage(registry: Parameters<typeof startOperationsPage>[1]['registry'], instance: string) {
  const port = await freePort();
  const page = await startOperationsPage(
    { host: '127.0.0.1', port },
    { registry, readiness: () => Promise.resolve({ ready: true, parts: {} }) },
  );
  targets = [...targets, { job: 'luong-xanh-worker', instance, url: `http://127.0.0.1:${port}` }];
  return {
    close: async () => {
      targets = targets.filter((one) => one.instance !== instance);
      await page.close();
    },
  };
}

beforeAll(async () => {
  place = await openTown({ REHEARSAL: 'real', REHEARSAL_START: '' });
  const { api, worker } = place.system.operations;
  targets = [
    { job: 'luong-xanh-api', instance: 'api', url: api },
    { job: 'luong-xanh-worker', instance: 'worker', url: worker },
  ];
}, 240_000);
afterAll(async () => {
  await place.stop();
});

describe('while nothing is wrong', () => {
  test('no alert fires', async () => {
    await file();
    await expect
      .poll(
        async () => {
          await scrape();
          // Which year has its document depends on the day on which this is run.
          return firingNow().filter((alert) => !alert.startsWith('Calendar'));
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toEqual([]);
  });
});

describe('an alert fires in its fault', () => {
  test('NoLeader: somebody else holds the lead', async () => {
    const other = new pg.Client({ connectionString: place.system.databaseUrl });
    await other.connect();
    const had = other.query('select pg_advisory_lock(7310264)');
    await sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'luong-xanh-worker-lead'`,
    );
    await had;
    await expectFiring(['NoLeader']);
    await other.end();
    await expect.poll(async () => (await scrape(), firing('NoLeader')), { timeout: 20_000 }).toBe(false);
  });

  test('TwoLeaders: another worker leads on a register of its own', async () => {
    const pool = createPool(place.system.databaseUrl, { max: 2 });
    const connection = Connection.lazy({ address: place.system.temporalAddress });
    const { registry } = createOperations({
      pool,
      client: new Client({ connection }),
      working: () => true,
      leads: () => true,
      restarts: 0,
    });
    const page = await otherPage(registry, 'worker-2');
    await expectFiring(['TwoLeaders']);
    await page.close();
    await connection.close();
    await pool.end();
  });

  test('FeedBehind: the projector cannot go on', async () => {
    const held = await locking(`select pg_advisory_xact_lock(hashtext('feed projector'))`);
    const { case: code } = await file();
    await sql(`update case_event set recorded_at = recorded_at - interval '2 minutes' where case_code = $1`, [code]);
    await expectFiring(['FeedBehind']);
    await held.release();
  });

  test('TimersLate: the clock of a case is late and the case is held', async () => {
    const { case: code } = await file();
    const held = await locking(`select 1 from case_head where code = '${code}' for update`);
    await sql(
      `update scope set next_at = clock_timestamp() - interval '5 minutes' where id = (select id from scope where case_code = $1 limit 1)`,
      [code],
    );
    await expectFiring(['TimersLate']);
    await held.release();
    await sql('update scope set next_at = null where case_code = $1', [code]);
  });

  test('InboxStands: a message of an agency is not handled', async () => {
    await sql(
      `insert into inbox (agency, message_id, body, received_at, not_before)
       values ('dost', 'stuck', '{}', clock_timestamp() - interval '10 minutes', 'infinity')`,
    );
    await expectFiring(['InboxStands']);
    await sql(`delete from inbox where message_id = 'stuck'`);
  });

  test('NoticesStand: the notifier cannot go on', async () => {
    const held = await locking(`select pg_advisory_xact_lock(hashtext('feed notifier'))`);
    const { case: code } = await file();
    await sql(
      `insert into notice_outbox (case_code, seq, at, investor, notices)
       select $1, 10000 + n, clock_timestamp(), 'investor.besi', '[]' from generate_series(1, 120) n`,
      [code],
    );
    await expectFiring(['NoticesStand']);
    await sql('delete from notice_outbox where seq > 10000');
    await held.release();
  });

  test('AgendaStands, LoopFailing: the agenda is full of what cannot be done', async () => {
    await sql(
      `insert into agenda (kind, ref, at) select 'nobody', n::text, clock_timestamp() from generate_series(1, 150) n`,
    );
    await expectFiring(['AgendaStands', 'LoopFailing']);
    await sql(`delete from agenda where kind = 'nobody'`);
  });

  test('RegisterSessionsExhausted, SlowActs: somebody holds a table', async () => {
    const as = clientsAt(place)('investor.besi');
    await as.post('/drafts', { content: {} });
    await scrape();
    const held = await locking('lock table draft in access exclusive mode');
    const acts = Promise.all(Array.from({ length: 40 }, () => as.post('/drafts', { content: {} })));
    await expectFiring(['RegisterSessionsExhausted']);
    await new Promise((resolve) => setTimeout(resolve, 800));
    await held.release();
    await acts;
    await expectFiring(['SlowActs']);
  });

  test('MailAway: the mail server is away', async () => {
    await place.system.halt('mail');
    await sql(
      `insert into message (person, channel, at) select 'investor.besi', 'mail', clock_timestamp() from generate_series(1, 30)`,
    );
    await expectFiring(['MailAway']);
    await sql(`delete from message where channel = 'mail' and status <> 'sent'`);
    await place.system.restart('mail');
  });

  test('AgencyAway: the systems of the agencies are away', async () => {
    const registry = new Registry();
    const client = createAgencyClient({
      baseUrl: place.system.agenciesUrl,
      token: place.system.secrets.agencyToken,
      ended: agencyCallMetric(registry),
    });
    const ask = () =>
      client.post({ system: 'tax', path: '/nothing', correlationId: randomUUID(), body: {} }).then(
        () => 'answered',
        () => 'not answered',
      );
    const page = await otherPage({ contentType: registry.contentType, metrics: () => registry.metrics() }, 'worker-2');
    await place.system.halt('agencies');
    await ask();
    await scrape();
    for (let n = 0; n < 8; n++) expect(await ask()).toBe('not answered');
    await expectFiring(['AgencyAway']);
    await place.system.restart('agencies');
    await page.close();
  });

  test('EngineAway, TemporalLostItsData: Temporal stops and comes back empty', async () => {
    await scrape();
    await place.system.halt('temporal');
    await file();
    await expectFiring(['EngineAway']);
    await rm(dirname(place.system.temporalFile ?? ''), { recursive: true });
    await place.system.restart('temporal');
    await expectFiring(['TemporalLostItsData']);
  });

  test('ItemsSetAside: a case that the projector cannot read', async () => {
    const { case: code } = await file();
    const owner = createPool(admin(), { max: 1 });
    let whole = '';
    await rewriteState(owner, code, (text) => {
      whole = text;
      return JSON.stringify({ ...(JSON.parse(text) as object), procedures: { broken: null } });
    });
    // The worker remembers the states it has folded.
    await place.system.restart('worker');
    await sql(`delete from feed_cursor where reader = 'projector'`);
    await expectFiring(['ItemsSetAside']);
    await rewriteState(owner, code, () => whole);
    await place.system.restart('worker');
    await sql('update reader_fault set not_before = clock_timestamp()');
    await expect.poll(async () => (await scrape(), firing('ItemsSetAside')), { timeout: 30_000 }).toBe(false);
    await owner.end();
  });

  test('DiskFilling: little room is left', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'luong-xanh-small-'));
    const disk = smallDisk(folder, 64);
    const registry = new Registry();
    // Where no disk of our own can be mounted, it is told what a small one would say.
    watchDisk(registry, { data: folder }, disk.mounted ? undefined : () => Promise.resolve(6e7));
    const page = await otherPage({ contentType: registry.contentType, metrics: () => registry.metrics() }, 'worker-2');
    await scrape();
    expect(firing('DiskFilling')).toBe(true);
    seen.add('DiskFilling');
    await page.close();
    disk.unmount();
    await rm(folder, { recursive: true, force: true });
  });

  test('RegisterAway, ServerErrors: PostgreSQL is away', async () => {
    await scrape();
    await place.system.halt('postgres');
    const token = await place.token('investor.besi');
    const headers = { authorization: `Bearer ${token}` };
    await expectFiring(['RegisterAway', 'ServerErrors'], async () => {
      for (let n = 0; n < 4; n++)
        expect((await fetch(`${place.system.apiUrl}/api/v1/cases`, { headers })).status).toBe(503);
    });
    await place.system.restart('postgres');
  });

  test('ProcessDown, ProcessRestarts: the API falls again and again', async () => {
    await scrape();
    await place.system.halt('api');
    await expectFiring(['ProcessDown']);
    for (let n = 0; n < 4; n++) {
      await place.system.restart('api');
      await scrape();
    }
    await expectFiring(['ProcessRestarts']);
  });

  test('CalendarEnds, CalendarYearMissing: nobody has published the next year', async () => {
    await sql(`update rehearsal_clock set mode = 'stepped', now = '2099-12-01T02:00:00Z'`);
    await expectFiring(['CalendarEnds', 'CalendarYearMissing']);
  });

  test('and there is no alert without one', () => {
    expect([...rules.keys()].filter((alert) => !seen.has(alert))).toEqual([]);
  });
});
