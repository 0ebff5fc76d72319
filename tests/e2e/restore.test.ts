import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChains } from '../../db/register/chain.js';
import { createPool } from '../../db/pool.js';
import { clientsAt, exampleCases, storyAt } from '../../scripts/demo/company.js';
import { type OwnPlace } from '../../scripts/demo/place.js';
import { removeDataDir } from '../../scripts/platform/postgres.js';
import { startSystem } from '../../scripts/platform/system.js';
import { startScript } from '../support/child.js';
import { startCollector } from '../support/collector.js';
import { query } from '../support/sql.js';
import { adminUrl, leftOver, openTown } from './support.js';

/** A register, its backup and the log that leads on from it, each where a disk of its own would be. */
let folder: string;
let place: OwnPlace;
let collector: Awaited<ReturnType<typeof startCollector>>;
const places = () => ({ backup: join(folder, 'backup'), archive: join(folder, 'wal') });
beforeAll(async () => {
  collector = await startCollector();
  folder = mkdtempSync(join(tmpdir(), 'luong-xanh-backup-'));
  chmodSync(folder, 0o711);
});
afterAll(async () => {
  await place.system.stop();
  removeDataDir(place.dataDir);
  await collector.close();
  await rm(folder, { recursive: true, force: true });
});

const run = async (file: string, args: readonly string[]): Promise<string> => {
  const env = { DATA_DIR: place.dataDir, WAL_ARCHIVE_DIR: places().archive, DATABASE_URL: '', TEMPORAL_ADDRESS: '' };
  const script = startScript(file, args, env);
  expect(await script.exited, script.output()).toBe(0);
  return script.output();
};
class Enough extends Error {}

/** A moment, and how many events there are then: nobody writes one between the two looks. */
async function momentWithEvents(): Promise<{ moment: string; then: number }> {
  const client = new pg.Client({ connectionString: adminUrl(place.system.databaseUrl, place.dataDir) });
  await client.connect();
  try {
    await client.query('begin; lock table case_event in share mode');
    const { rows: events } = await client.query<{ n: number }>('select count(*)::int as n from case_event');
    // A moment in whole milliseconds is not before what was counted.
    const { rows: clock } = await client.query<{ at: Date }>('select clock_timestamp() as at from pg_sleep(0.01)');
    await client.query('commit');
    return { moment: clock[0]?.at.toISOString() ?? '', then: events[0]?.n ?? 0 };
  } finally {
    await client.end();
  }
}

/** The requests that a process speaks of in its log. */
const requestsIn = (process: string): Set<string> =>
  new Set(
    readFileSync(join(place.dataDir, 'logs', `${process}.log`), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { readonly requestId?: string; readonly req?: { readonly id: string } })
      .flatMap(({ requestId, req }) => requestId ?? req?.id ?? []),
  );

describe('a register that is lost', { timeout: 600_000 }, () => {
  test('is restored as it was at a moment after its backup, and its cases go on to their end', async () => {
    place = await openTown({
      WAL_ARCHIVE_DIR: places().archive,
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    const events = () => query<{ n: number }>(place.system.databaseUrl, 'select count(*)::int as n from case_event');
    const projects = exampleCases();
    let takenAt = '';
    let moment = '';
    let then = 0;
    const story = storyAt(place, {
      onAct: async (what, when) => {
        if (when === 'after' && what === 'cmc filing') {
          const said = await run('scripts/backup.ts', [places().backup]);
          takenAt = /takenAt (\S+)/.exec(said)?.[1] ?? '';
        }
        if (when === 'after' && what === 'cmc lane') {
          ({ moment, then } = await momentWithEvents());
        }
        // Some acts more, which the restored register will not know.
        if (when === 'after' && what === 'besi irc-ordinary assessment') throw new Enough();
      },
    });
    await expect(story.play(projects)).rejects.toThrow(Enough);
    const [{ n: lost } = { n: 0 }] = await events();
    expect(lost).toBeGreaterThan(then);
    await place.system.stop();

    // One id for a request in the logs of the API, of the worker and of the other bodies' systems.
    const [asked, called, answered] = [requestsIn('api'), requestsIn('worker'), requestsIn('agencies')];
    expect(answered.size).toBeGreaterThan(2);
    for (const id of answered) expect([id, called.has(id), asked.has(id)]).toEqual([id, true, true]);

    // And one trace: what the worker does on behalf of a request is below the API's answer to it.
    const answers = collector.spans.filter(
      ({ service, parentSpanId = '' }) => service === 'luong-xanh-api' && parentSpanId === '',
    );
    const begun = new Map(answers.map(({ traceId, spanId }) => [traceId, spanId]));
    const below = collector.spans.filter(
      ({ service, name }) => service === 'luong-xanh-worker' && name === 'activity turn',
    );
    expect(below.length).toBeGreaterThan(1);
    for (const { traceId, parentSpanId } of below) expect(begun.get(traceId)).toBe(parentSpanId);

    // The disk is lost, with the superuser's password: the cluster that comes has another one.
    removeDataDir(place.dataDir, ['postgres', 'postgres.password']);
    const said = await run('scripts/restore.ts', [places().backup, '--at', moment]);
    expect(said).toContain(`--since ${takenAt}`);
    const env = { ...process.env, LOG_LEVEL: 'fatal', REHEARSAL: 'stepped', REHEARSAL_START: '' };
    // Where the agencies' systems send their answers.
    const port = Number(new URL(place.apiUrl).port);
    const system = await startSystem({ dataDir: place.dataDir, port, quiet: true, env });
    place = { ...place, system, apiUrl: system.apiUrl };
    const [{ n: restored } = { n: 0 }] = await events();
    // To the very moment: not what came after it, and nothing before it is missing (the engine may have gone on since the start).
    const [{ n: before } = { n: 0 }] = await query<{ n: number }>(
      system.databaseUrl,
      'select count(*)::int as n from case_event where recorded_at <= $1',
      [moment],
    );
    expect(before).toBe(then);
    expect(restored).toBeLessThan(lost);
    const after = await run('scripts/after-restore.ts', ['--since', takenAt]);
    expect(after).toMatch(/rebuilt: ([1-9]\d*)\/\1 /);
    expect(after).toMatch(/: [1-9]\d* thông điệp gửi lại · messages sent again/);

    const again = exampleCases().map((project, i) => ({ ...project, code: projects[i]?.code ?? '' }));
    await storyAt(place).play(again);
    const as = clientsAt(place);
    for (const { code, investor } of again)
      expect(await as(investor).get(`/cases/${code}`)).toMatchObject({ status: 'approved' });
    expect(await leftOver(place)).toEqual([]);
    // What was asked anew is a question of its own: no system took it for the lost one.
    const calls = await query<{ asked: number; again: number; failed: number }>(
      system.databaseUrl,
      `select count(*)::int as asked, count(*) filter (where correlation_id like '%~%')::int as again,
         count(*) filter (where error is not null)::int as failed from agency_request`,
    );
    expect(calls[0]?.again).toBeGreaterThan(0);
    expect(calls[0]?.failed).toBe(0);
    const pool = createPool(system.databaseUrl, { max: 2 });
    expect((await verifyChains(pool)).broken).toEqual([]);
    await pool.end();
  });

  test('a backup is not taken over another, and nothing is restored under a running installation', async () => {
    const env = { DATA_DIR: place.dataDir };
    const twice = startScript('scripts/backup.ts', [places().backup], env);
    expect(await twice.exited).toBe(1);
    expect(twice.output()).toContain('is there already');
    const running = startScript('scripts/restore.ts', [places().backup], env);
    expect(await running.exited).toBe(1);
    expect(running.output()).toContain('already running');
    const early = startScript('scripts/restore.ts', [places().backup, '--at', '2020-01-01T00:00:00Z'], env);
    expect(await early.exited).toBe(1);
    expect(early.output()).toContain('before the backup was taken');
    // Somebody else's folder, taken for a backup.
    mkdirSync(join(folder, 'nothing'));
    expect(await startScript('scripts/restore.ts', [join(folder, 'nothing')], env).exited).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['backup', 'nothing', 'wal']);
  });
});
