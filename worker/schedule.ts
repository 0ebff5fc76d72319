import type pg from 'pg';
import { type Bell, type Topic } from '../db/bell.js';
import { notifierReader } from '../db/outbound/notices.js';
import { projectorReader } from '../db/projection/projector.js';
import { findWork } from '../db/read/work.js';
import { callDue } from '../db/register/agenda.js';
import { type Loop, startLoop } from '../engine/worker/loop.js';
import { type Engine } from './engine.js';
import { type Jobs, type Round, statusKinds } from './jobs.js';

type JobName = keyof Jobs;

interface Pace {
  /** Pause between rounds where nobody says that there is something to do. */
  readonly everyMs: number;
  /** News of it is heard, and one look finds what lies there (`net`): while rings are heard it looks by itself once a minute. */
  readonly rings?: true;
  readonly gapMs?: number;
  /** Every worker does it; left out: the one that leads, and where that one is gone or frozen another within seconds. Each bears it that for a moment two do. */
  readonly byAll?: true;
}

const minute = 60_000;
const hour = 3_600_000;

/** Figures, and what is looked up by the code of a dossier, are so old at most; of what began and ended within it nothing is written. */
const figuresMs = 1_000;

/** How often each job is done, and by whom of several workers. */
const paces: Readonly<Record<JobName, Pace>> = {
  projector: { everyMs: figuresMs, rings: true, gapMs: figuresMs },
  notifier: { everyMs: 500, rings: true, gapMs: 500 },
  mails: { everyMs: 250, rings: true, gapMs: 100 },
  'short messages': { everyMs: 500, rings: true, gapMs: 100 },
  agenda: { everyMs: 250, rings: true, gapMs: 250 },
  // Apart from the rest: a system that takes its time holds nothing else up.
  statuses: { everyMs: 500, rings: true, gapMs: 250 },
  'status looks': { everyMs: minute, gapMs: 250 },
  inbox: { everyMs: 500, rings: true, byAll: true },
  'law changes': { everyMs: 250, rings: true },
  rehearsal: { everyMs: 100, rings: true },
  pokes: { everyMs: 1_000, rings: true },
  calendars: { everyMs: minute },
  reports: { everyMs: hour },
  tallies: { everyMs: hour },
  'stand-ins': { everyMs: 5_000 },
  'lost engine': { everyMs: 10_000 },
  sealing: { everyMs: hour },
  retention: { everyMs: hour },
  'odd looks': { everyMs: 300_000 },
  'transparency log': { everyMs: 15_000 },
  'chain roots': { everyMs: hour },
};

/** Who looks at once when a topic rings. */
const heard: readonly (readonly [Topic, JobName])[] = [
  ['events', 'projector'],
  ['events', 'notifier'],
  ['agenda', 'agenda'],
  ['agenda', 'statuses'],
  ['inbox', 'inbox'],
  ['law', 'law changes'],
  ['advances', 'rehearsal'],
];

interface ScheduleDeps {
  readonly jobs: Jobs;
  readonly feedPool: pg.Pool;
  readonly bell: Bell;
  readonly leads: () => boolean;
  readonly look: Engine['look'];
  readonly onError: (error: unknown, job: string) => void;
}

/** The jobs under way. */
export interface Schedule {
  /** There may be something to do for these; left out: for all. */
  wake(...names: readonly JobName[]): void;
  /** Somebody waits for it: its gap is cut short, too. */
  hurry(name: JobName): void;
  /** Resolves when the rounds under way are over; no other begins. */
  stop(): Promise<void>;
}

/** Does each job again and again, at its pace. */
export function startJobs({ jobs, feedPool, bell, leads, look, onError }: ScheduleDeps): Schedule {
  const led =
    (round: Round): Round =>
    async () =>
      leads() && (await round());
  const begin = (name: JobName): Loop => {
    const { everyMs, rings, gapMs = 0, byAll } = paces[name];
    return startLoop({
      name,
      everyMs: () => (rings && bell.listens ? minute : everyMs),
      gapMs,
      onError,
      round: byAll ? jobs[name] : led(jobs[name]),
    });
  };
  const loops = new Map((Object.keys(paces) as JobName[]).map((name) => [name, begin(name)]));
  const wake = (...names: readonly JobName[]): void => {
    if (names.length === 0) for (const loop of [net, ...loops.values()]) loop.wake();
    for (const name of names) loops.get(name)?.wake();
  };
  /** A ring that was lost, what falls due by the clock, what is to be tried again: found within two seconds. */
  const net = startLoop({
    name: 'net',
    everyMs: 2_000,
    onError,
    round: async () => {
      const work = await findWork(feedPool, projectorReader);
      const { faults } = work;
      const isDue = (kinds: readonly string[]) => work.agenda.some((kind) => kinds.includes(kind));
      if (work.mailboxes) look.mailboxes();
      if (isDue([callDue])) look.calls();
      const found: Readonly<Partial<Record<JobName, boolean>>> = {
        'status looks': isDue(statusKinds),
        statuses: work.statuses,
        agenda: work.agenda.some((kind) => kind !== callDue && !statusKinds.includes(kind)),
        projector: work.events || faults.includes(projectorReader),
        notifier: work.untold || faults.includes(notifierReader),
        mails: work.mails,
        'short messages': work.shortMessages,
        inbox: work.inbox,
        'law changes': work.law,
        rehearsal: work.advances,
        pokes: work.pokes,
      };
      for (const name of Object.keys(found) as JobName[]) if (found[name]) wake(name);
      return false;
    },
  });
  for (const [topic, name] of heard) bell.on(topic, () => wake(name));
  return {
    wake,
    hurry: (name) => loops.get(name)?.hurry(),
    async stop() {
      await Promise.all([net, ...loops.values()].map((loop) => loop.stop()));
    },
  };
}
