import { type InjectedSinks, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepClock } from '../../db/register/business-clock.js';
import { foldCase } from '../../domain/case/fold.js';
import { type EventOf, type EventType } from '../../domain/case/events.js';
import { allTasks, type TaskState } from '../../domain/case/task/state.js';
import { plainDate } from '../../domain/time/instants.js';
import { type EngineSinks } from '../../engine/workflow/run.js';
import { allowExtension } from '../support/extendable-law.js';
import { at, person } from '../support/memory-register.js';
import { bundlePath, eventsOf, exampleProjects, historyOf, runsEnded, Town, type TownCase } from './support.js';

const sinks: InjectedSinks<EngineSinks> = { register: { thought: { fn: () => undefined } } };
const irc = 'irc-ordinary';
const waiting = ({ step, kind }: TaskState) => step === 'assessment' || kind === 'apology';

let town: Town;
beforeAll(async () => {
  town = await Town.found({ stepped: '2026-07-06 09:00', prepare: allowExtension });
});
afterAll(() => town.close());

/** Received on the day the clock stands at, ten working days: everything but the assessment is done. */
async function assessing(): Promise<TownCase> {
  const file = await town.open(exampleProjects.besi);
  await file.liveOn(waiting);
  return file;
}

async function itIs(file: TownCase, when: string): Promise<void> {
  await stepClock(town.register.pool, at(when));
  await file.act({ kind: 'clock' }, { type: 'settle' });
}

async function events<T extends EventType>(file: TownCase, type: T): Promise<EventOf<T>[]> {
  return (await eventsOf(town, file.code)).filter((event): event is EventOf<T> => event.type === type);
}

async function endsWell(file: TownCase): Promise<void> {
  const state = await file.liveOn();
  expect(state.closed?.outcome).toBe('approved');
  expect([...allTasks(state)].filter(({ kind }) => kind === 'stuck')).toEqual([]);
  expect(foldCase(file.code, await eventsOf(town, file.code))).toEqual(state);
  const scopes = Object.keys(state.scopes);
  await runsEnded(town, scopes);
  const { history } = await historyOf(town, file.procedure(irc));
  await Worker.runReplayHistory({ workflowBundle: { codePath: await bundlePath() }, sinks }, history, irc);
}

describe('the letter of apology', () => {
  it('is laid before the head the day before the printed date, sent with a new one, and the case goes on', async () => {
    const file = await assessing();
    await itIs(file, '2026-07-17 07:30');
    const task = await file.task('apology/A1');
    expect(task).toMatchObject({ agency: 'shtp-board', role: 'head', dueDate: '2026-07-20' });
    await file.complete(task, { outcome: 'send', newDate: plainDate('2026-07-24') });
    const [sent] = await events(file, 'apologySent');
    expect(sent?.payload).toMatchObject({ letterId: 'A1', newDate: '2026-07-24' });
    expect(sent?.payload.causes.reduce((sum, { days }) => sum + days, 0)).toBe(9);
    await endsWell(file);
    expect(await events(file, 'apologyDrafted')).toHaveLength(1);
  });

  it('is taken back by an extension, and another one is drafted for the new date', async () => {
    const file = await assessing();
    const received = (await file.state()).procedures[file.procedure(irc)];
    expect(received?.printedDueDate).toBe('2026-07-31');
    await itIs(file, '2026-07-30 07:30');
    await file.task('apology/A1');
    const head = person('head.shtp-board', 'head', 'shtp-board');
    await file.act(head, { type: 'extendClock', procedure: irc, days: 3, reason: 'phức tạp' });
    await file.until('the letter to be taken back', ({ procedures }) =>
      Object.values(procedures[file.procedure(irc)]?.tasks ?? {}).every(
        ({ kind, status }) => kind !== 'apology' || status === 'cancelled',
      ),
    );
    await file.quiet();
    await itIs(file, '2026-08-04 07:30');
    expect(await file.task('apology/A2')).toMatchObject({ dueDate: '2026-08-05' });
    expect((await events(file, 'apologyVoided')).map(({ payload }) => payload.dueDate)).toEqual(['2026-08-05']);
    // The decision closes the letter that nobody has sent.
    await file.liveOn(({ kind }) => kind === 'apology');
    const closed = Object.values((await file.state()).procedures[file.procedure(irc)]?.tasks ?? {});
    expect(closed.filter(({ kind }) => kind === 'apology').map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
    ]);
    await endsWell(file);
  });
});
