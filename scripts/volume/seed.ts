import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { businessNow } from '../../db/register/business-clock.js';
import { feedEnd } from '../../db/register/feed.js';
import { createLiveLaw } from '../../db/law/live-law.js';
import { createOwnerPool, createPool, inTransaction, rows } from '../../db/pool.js';
import { countPeers } from '../../db/projection/peers.js';
import { settleTallies, tallyAlike, withoutTallies } from '../../db/projection/tallies.js';
import { projectorReader } from '../../db/projection/projector.js';
import { notifierReader } from '../../db/outbound/notices.js';
import { addDays, dateOf, type PlainDate, plainDate } from '../../domain/time/instants.js';
import { inBulk } from './bulk.js';
import { Copier, copiedTables, Counters, prepareCopying } from './copies.js';
import { writeHistory } from './write.js';
import { drawsOf } from './draws.js';
import { type History, type HistoryEnd, playHistory } from './histories.js';

export interface Volume {
  /** Cases that are closed; never fewer than there are histories. */
  readonly cases: number;
  /** Cases beside them with one task that waits for somebody. */
  readonly openTasks: number;
  readonly seed: number;
  /** How many different histories; each was played by the door's rules. */
  readonly histories: number;
}

/** Why a register is not filled. */
export class NotEmpty extends Error {
  constructor(readonly cases: number) {
    super(
      `Sổ đã có ${cases} hồ sơ: chỉ nạp vào sổ trống. Bắt đầu lại bằng npm run reset, hoặc đặt DATA_DIR khác.\n` +
        `The register already has ${cases} cases: only an empty one is filled. Begin anew with npm run reset, or set another DATA_DIR.`,
    );
  }
}

export interface Seeded {
  readonly histories: number;
  readonly cases: number;
  readonly events: number;
  readonly seconds: { readonly played: number; readonly copied: number; readonly whole: number };
}

/** From here on the law has every procedure that is played. */
const firstDay = plainDate('2026-07-01');
/** Closed cases were filed at least so many days ago: every history has come to its end. */
const daysToEnd = 60;
// Numbers of what was played, far above all others, so that each is a word of its own.
const apart = 700_000_000;
const copiesAtOnce = 1_000;

// Of a hundred closed cases; most of a City's files are short.
const ends: readonly (readonly [HistoryEnd, number])[] = [
  ['withdrawn', 45],
  ['approved', 40],
  ['refused', 10],
  ['approved-with-plan', 5],
];

const shareOf = (end: HistoryEnd): number => ends.find(([one]) => one === end)?.[1] ?? 0;

/**
 * Fills an empty register with histories, none of which the engine runs (`managed` false). Some hundreds are played by the door's rules and on the City's
 * calendar, and projected; the others are these under codes and numbers of their own, row by row, with chains that follow from their own texts. Of the same seed
 * the same register, but for salts and instants of recording. Throws `NotEmpty`.
 */
export async function seedVolume(
  { url, ownerUrl }: { readonly url: string; readonly ownerUrl: string },
  { cases, openTasks, seed, histories }: Volume,
  say: (line: string) => void,
): Promise<Seeded> {
  const began = performance.now();
  const seconds = (since = began) => Math.round((performance.now() - since) / 100) / 10;
  const pool = createPool(url, { max: 4, purpose: 'acts', applicationName: 'seed-volume' });
  const owner = createOwnerPool(ownerUrl);
  const law = await createLiveLaw(pool);
  try {
    const [there] = await rows<{ n: number }>(owner, 'select count(*)::int as n from case_head');
    if (there && there.n > 0) throw new NotEmpty(there.n);
    const today = dateOf(await businessNow(pool));
    const { law: published } = law.current();
    const counters = new Counters(published.dossierIdentifier);
    const draw = drawsOf(seed);
    const { workingDates } = published.caseCalendar;
    const days = workingDays(workingDates, firstDay, addDays(today, -daysToEnd));
    const recent = workingDays(workingDates, addDays(today, -14), today);
    const played: History[] = [];
    const play = (many: number, end: HistoryEnd, on: readonly PlainDate[]) => {
      for (let i = 0; i < many; i += 1) {
        const day = on[Math.floor((i * on.length) / many)];
        if (day === undefined) throw new Error('No day to file on');
        const firstNumber = apart + played.length * 100;
        played.push(playHistory(published, draw, { code: counters.nextCode(day), firstNumber, day, end }));
      }
    };
    for (const [end] of ends) play(atLeastOne((histories * shareOf(end)) / 100), end, days);
    if (openTasks > 0) play(atLeastOne(Math.min(histories / 10, openTasks)), 'open', recent);
    say(`${played.length} lịch sử đã diễn · histories played, ${seconds()} s`);
    for (const history of played) await inTransaction(owner, (client) => writeHistory(client, published, history));
    const playedIn = seconds();
    const copying = performance.now();
    const whole = cases + openTasks;
    let done = played.length;
    const wanted = played.map((history) => {
      const same = played.filter(({ end }) => end === history.end);
      const many = history.end === 'open' ? openTasks : (cases * shareOf(history.end)) / 100;
      const at = same.indexOf(history);
      const until = (n: number) => Math.round((many * n) / same.length);
      return { history, copies: Math.max(0, until(at + 1) - until(at) - 1) };
    });
    const work = wanted.flatMap(({ history, copies }) =>
      copies > 0 ? [{ history, copies, own: counters.ownOf(history, copies) }] : [],
    );
    let told = 0;
    const worker = async () => {
      const own = createOwnerPool(ownerUrl);
      const client = await own.connect();
      try {
        await prepareCopying(client);
        for (let next = work.pop(); next; next = work.pop()) {
          const copier = await Copier.of(client, next.own, next.history);
          for (let left = next.copies; left > 0; left -= copiesAtOnce) {
            const now = Math.min(left, copiesAtOnce);
            await copier.copy(now);
            done += now;
            if (done - told >= whole / 50) {
              told = done;
              say(`${done}/${whole} hồ sơ · cases, ${seconds()} s`);
            }
          }
          await client.query('deallocate all');
        }
      } finally {
        client.release(true);
        await own.end();
      }
    };
    await withoutTallies(owner, async () => {
      for (const { history, copies } of work)
        await inTransaction(owner, (client) => tallyAlike(client, history.code, copies));
      await inBulk(owner, copiedTables, async () => {
        await Promise.all([worker(), worker()]);
        say(`Đang lập chỉ mục · indexing, ${seconds()} s`);
      });
    });
    const copiedIn = seconds(copying);
    say(`Đang hoàn tất · finishing: số hiệu, đối chứng, thống kê · numbers, peers, statistics, ${seconds()} s`);
    await counters.keep(owner);
    await settleTallies(owner, await businessNow(owner));
    await countPeers(owner);
    await toTheEnd(owner);
    await owner.query('vacuum analyze');
    const [found] = await rows<{ cases: number; events: number }>(
      owner,
      `select count(*)::int as cases, coalesce(sum(seq), 0)::int as events from case_head`,
    );
    return {
      histories: played.length,
      cases: found?.cases ?? 0,
      events: found?.events ?? 0,
      seconds: { played: playedIn, copied: copiedIn, whole: seconds() },
    };
  } finally {
    law.stop();
    await Promise.all([pool.end(), owner.end()]);
  }
}

const atLeastOne = (n: number): number => Math.max(1, Math.round(n));

const workingDays = (of: readonly PlainDate[], from: PlainDate, to: PlainDate): PlainDate[] =>
  of.filter((day) => day >= from && day <= to);

/** Readers that made rows of the events have them by now, and nobody is written to about them. */
async function toTheEnd(owner: pg.Pool): Promise<void> {
  // What was written last is at the end of the feed once no older transaction is open, of whichever database of the server.
  const [last] = await rows<{ id: string }>(
    owner,
    'select id from case_event order by epoch desc, xid desc, id desc limit 1',
  );
  let end = await feedEnd(owner);
  for (; String(end.id) !== String(last?.id); end = await feedEnd(owner)) await sleep(100);
  const { epoch, xid, id } = end;
  for (const reader of [projectorReader, notifierReader])
    await owner.query(
      `insert into feed_cursor (reader, epoch, xid, id) values ($1, $2, $3, $4)
       on conflict (reader) do update set epoch = $2, xid = $3, id = $4, moved_at = clock_timestamp()`,
      [reader, epoch, xid, id],
    );
}
