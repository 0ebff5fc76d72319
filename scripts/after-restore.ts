// npm run after-restore -- --since <instant>: after the register was restored from a backup taken at that instant.
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { startEpoch } from '../db/register/feed.js';
import { businessClock } from '../db/register/business-clock.js';
import { createPool, rows } from '../db/pool.js';
import { type Instant, instant } from '../domain/time/instants.js';
import { accessEngine, askAgencies, rebuildWorkflows } from './platform/rebuild.js';
import { asOwner } from './register-access.js';

const help = `npm run after-restore -- --since <instant>

Sau khi khôi phục cơ sở dữ liệu từ bản sao lưu, chạy một lần trước khi có người làm việc:
  1. mở kỷ nguyên mới của luồng sự kiện, để bảng tổng hợp, thông báo và webhook thấy mọi việc đến sau;
  2. dựng lại mọi tiến trình đang mở từ cơ sở dữ liệu (Temporal có thể đã đi trước);
  3. đề nghị hệ thống của các cơ quan gửi lại những gì đã gửi từ --since (lúc sao lưu).

After the register was restored from a backup, once, before anybody works on:
  1. begins a new epoch of the feed, so that projections, notices and webhooks see what comes from now on;
  2. rebuilds every open workflow from the register (Temporal may be ahead of it);
  3. asks the agencies' systems to send again what they sent since --since (when the backup was taken).

  --since  ví dụ · for example 2026-11-28T02:00:00+07:00
  DATABASE_URL, MIGRATOR_DATABASE_URL, TEMPORAL_ADDRESS, AGENCIES_URL, AGENCY_TOKEN: bỏ trống thì dùng hệ thống trên DATA_DIR
  left out: those of the installation on DATA_DIR
Chạy lại không hại gì · running it again does no harm.`;

const say = (line: string) => process.stderr.write(`${line}\n`);
const { values } = parseArgs({ options: { since: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(help);
  process.exit(0);
}
if (values.since === undefined) {
  say(help);
  process.exit(2);
}
const since = instant(values.since);
const engine = accessEngine(process.env, say);
if (!engine) process.exit(1);
await asOwner({ vi: 'mở được kỷ nguyên mới', en: 'begins an epoch' }, say, async (ownerUrl, { url }) => {
  const owner = createPool(ownerUrl, { max: 1, applicationName: 'after-restore' });
  let asked: Instant;
  try {
    console.log(`Kỷ nguyên · epoch: ${await startEpoch(owner)}`);
    asked = await businessTimeAt(owner, since);
  } finally {
    await owner.end();
  }
  await rebuildWorkflows(url, engine, say);
  await askAgencies(engine, asked);
});

/** What the other bodies' clocks showed then: in a rehearsal the time of the last event before it. */
async function businessTimeAt(pool: pg.Pool, at: Instant): Promise<Instant> {
  if ((await businessClock(pool)).mode === 'real') return at;
  const [last] = await rows<{ at: Instant | null }>(
    pool,
    'select max(occurred_at) as at from case_event where recorded_at <= $1',
    [at],
  );
  return last?.at ?? at;
}
