import type pg from 'pg';
import { businessNow } from '../db/register/business-clock.js';
import { type Door } from '../db/register/door.js';
import { type HandOver } from '../engine/register/hand-over.js';
import {
  claimLawChange,
  notePoked,
  noteBatch,
  openCasesAfter,
  releaseLawChange,
  scopesToPoke,
  type ClaimedChange,
  type LawChange,
  type OpenCase,
} from '../db/law/law-changes.js';
import { giveReaders } from '../db/law/mergers.js';
import { putDueCityData } from '../db/law/city-data.js';
import { type LawSource } from '../db/law/live-law.js';
import { type Envelope } from '../domain/case/commands.js';
import { execute } from '../domain/case/execute.js';
import { type Law } from '../domain/law/law.js';
import { errors, Refusal } from '../domain/errors.js';
import { type Instant } from '../domain/time/instants.js';

interface LawChangesDeps {
  readonly pool: pg.Pool;
  readonly door: Door;
  readonly law: LawSource;
  readonly handOver: Pick<HandOver, 'poke'>;
  readonly onError: (error: unknown, about: string) => void;
}

const casesAtOnce = 100;
/** Longer than a batch takes: a worker that dies over one is waited for so long. */
const claimMs = 10_000;
/** Cases whose turn at the door it is at the same time. */
const lanes = 4;

type Failure = LawChange['failures'][number];

/** Puts in force what was confirmed for today, brings a new calendar or setting to every case that runs, through the door, and wakes the workflows that now sleep too long. */
export function createLawChanges({ pool, door, law, handOver, onError }: LawChangesDeps) {
  const redateCase = async (envelope: Envelope): Promise<Failure | undefined> => {
    try {
      await door.handle(envelope);
      return undefined;
    } catch (error) {
      // A register without time is asked again, with the whole batch: what is done already has nothing left to do.
      if (error instanceof Refusal && errors[error.code].retryable) throw error;
      onError(error, envelope.caseCode);
      return { case: envelope.caseCode, code: error instanceof Refusal ? error.code : 'INTERNAL' };
    }
  };

  const workOff = async (change: ClaimedChange): Promise<void> => {
    const { law: newest } = await law.atLeast();
    const now = await businessNow(pool);
    // Whoever took the place of a merged agency reads its cases before anything in them is theirs to do.
    if (change.merged !== null && change.into !== null && change.cursor === '')
      while (await giveReaders(pool, change.merged, change.into));
    const cases = await openCasesAfter(pool, change.cursor, casesAtOnce, change.merged);
    const concerned = cases
      .map((one) => ({ one, envelope: settling(one.code, now, change.id) }))
      .filter(({ one, envelope }) => wouldChange(one, envelope, newest));
    const failures: Failure[] = [];
    const waiting = concerned.values();
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (const { envelope } of waiting)
          failures.push(...[await redateCase(envelope)].filter((one) => one !== undefined));
      }),
    );
    const cursor = cases.length < casesAtOnce ? null : (cases.at(-1)?.code ?? null);
    await noteBatch(pool, change, { cursor, done: cases.length, moved: concerned.length - failures.length, failures });
  };

  return {
    /** Works on one batch of one change; true where there was one. */
    async redate(): Promise<boolean> {
      await putDueCityData(pool);
      const change = await claimLawChange(pool, claimMs);
      if (!change) return false;
      try {
        await workOff(change);
      } catch (error) {
        await releaseLawChange(pool, change).catch((failure: unknown) => onError(failure, change.id));
        throw error;
      }
      return true;
    },
    /** Pokes at most so many workflows whose next instant moved earlier. */
    async poke(limit: number): Promise<number> {
      const found = await scopesToPoke(pool, limit);
      for (const one of found) {
        await handOver.poke(one);
        await notePoked(pool, one);
      }
      return found.length;
    },
  };
}

/** Due first does the rest: a change of the calendar is settled like everything else that fell due. */
const settling = (caseCode: string, now: Instant, change: string): Envelope => ({
  caseCode,
  command: { type: 'settle' },
  actor: { kind: 'clock' },
  occurredAt: now,
  operationId: `case/${caseCode}/settle/${change}/${now}`,
  bodyHash: 'settle',
});

/** Most cases end before the day that changed: they are left alone. */
function wouldChange({ state, nextAt }: OpenCase, envelope: Envelope, law: Law): boolean {
  try {
    const after = execute(() => structuredClone(state), envelope, law, '');
    if (after.events.length > 0) return true;
    return Object.entries(nextAt).some(
      ([scope, at]) => millisecondsOf(at) !== millisecondsOf(after.nextAt[scope] ?? null),
    );
  } catch {
    // Whatever is wrong with it, the door says so by name.
    return true;
  }
}

const millisecondsOf = (at: Instant | null): number | null => (at === null ? null : Date.parse(at));
