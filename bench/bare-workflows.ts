import {
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import { type BareActivities } from './bare-worker.js';

/** Somebody does the next step of nine. */
export const stepUpdate = defineUpdate<number>('step');
const steps = 9;

/** The plainest case there is: nine steps of people, each an Update; after every second one a call that does nothing. No register, no rules. */
export async function nineSteps(): Promise<void> {
  const { call } = proxyActivities<BareActivities>({ startToCloseTimeout: '10s' });
  let done = 0;
  setHandler(stepUpdate, () => ++done);
  for (let step = 1; step <= steps; step++) {
    await condition(() => done >= step);
    if (step % 2 === 0) await call();
  }
}

/** Something happened that the scope hears. */
export const heardSignal = defineSignal('heard');

/** As much of one of our scopes as Temporal sees: so many Signals, each answered by a local activity; the first `calls` of them by a call, too. */
export async function bareScope({ turns, calls }: { readonly turns: number; readonly calls: number }): Promise<void> {
  const { note } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '3s' });
  const { call } = proxyActivities<BareActivities>({ startToCloseTimeout: '10s' });
  let heard = 0;
  setHandler(heardSignal, () => void (heard += 1));
  for (let turn = 0; turn <= turns; turn++) {
    await condition(() => heard >= turn);
    if (turn > 0 && turn <= calls) await call();
    await note();
  }
}
