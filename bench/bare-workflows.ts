import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
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
