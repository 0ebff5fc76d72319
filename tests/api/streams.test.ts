import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CaseNews, type News } from '../../api/news.js';
import { createStreams, mostStreams, type Stream } from '../../api/streams.js';
import { createTestRegister, TestCase, type TestRegister } from '../db/support.js';

let register: TestRegister;
let one: CaseNews;
beforeAll(async () => {
  register = await createTestRegister();
  one = { case: (await TestCase.open(register)).code, caseSeq: 3 };
});
afterAll(() => register.close());

/** News as somebody says them, and how many listen. */
function saying() {
  const heard = new Set<(news: readonly CaseNews[]) => void>();
  const news: News = {
    listen(hear) {
      heard.add(hear);
      return () => void heard.delete(hear);
    },
    stop: () => undefined,
  };
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const streams = createStreams({ pool: register.pool, news, onError, everyMs: 50 });
  return { streams, errors, heard, say: (all: readonly CaseNews[]) => heard.forEach((hear) => hear(all)) };
}

function listening(signIn: Stream['signIn'] = { endsAt: Number.POSITIVE_INFINITY }) {
  const told: CaseNews[] = [];
  const at = { ended: false };
  const stream: Stream = { signIn, tell: (news) => void told.push(news), end: () => void (at.ended = true) };
  return { told, at, stream };
}

it('tell each stream of those who may read it, and ask once for all streams of a person', async () => {
  const { streams, heard, say, errors } = saying();
  const [first, second, rival] = [listening(), listening(), listening()];
  const leave = [
    streams.join('investor.besi', first.stream),
    streams.join('investor.besi', second.stream),
    streams.join('investor.cmc', rival.stream),
  ];
  expect(heard.size).toBe(2);
  say([one]);
  await expect.poll(() => [first.told, second.told]).toEqual([[one], [one]]);
  for (const each of leave) each();
  expect(heard.size).toBe(0);
  expect([rival.told, errors]).toEqual([[], []]);
});

it('end for whoever is nobody any more, and say nothing more', async () => {
  const { streams, say } = saying();
  const { told, at, stream } = listening();
  streams.join('head.dof', stream);
  await register.owner.query(`update person set active = false where id = 'head.dof'`);
  say([one]);
  await expect.poll(() => at.ended).toBe(true);
  expect(told).toEqual([]);
});

it('end the oldest where somebody has more than anybody has windows', () => {
  const { streams } = saying();
  const all = Array.from({ length: mostStreams + 2 }, () => listening());
  for (const { stream } of all) streams.join('investor.besi', stream);
  expect(all.map(({ at }) => at.ended)).toEqual(all.map((_one, i) => i < 2));
});

it('end with the session or the token by which they were asked for, and no others do', async () => {
  const { streams, errors } = saying();
  const hour = 3_600_000;
  await register.owner.query(
    `insert into web_session (sid, sess, expire) select s, json_build_object('person', 'investor.besi'), now() + interval '1 hour' from unnest(array['one', 'two', 'three']) s`,
  );
  const [one, two, three] = [{ session: 'one' }, { session: 'two' }, { session: 'three' }].map((signIn) =>
    listening(signIn),
  );
  const [token, ending] = [Date.now() + hour, Date.now() + 100].map((endsAt) => listening({ endsAt }));
  const all = [one, two, three, token, ending];
  const leave = all.map((each) => each && streams.join('investor.besi', each.stream));
  const ended = () => all.map((each) => each?.at.ended);
  await expect.poll(ended).toEqual([false, false, false, false, true]);
  await register.owner.query(`delete from web_session where sid = 'one'`);
  await expect.poll(ended).toEqual([true, false, false, false, true]);
  await register.owner.query(`update web_session set expire = now() - interval '1 second' where sid = 'two'`);
  await expect.poll(ended).toEqual([true, true, false, false, true]);
  for (const each of leave) each?.();
  expect(errors).toEqual([]);
});
