import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  agencyTaskQueue,
  wakeSignalName,
  type WebhookActivities,
  type WebhookInput,
} from '../domain/case/activities.js';
import { failureOf } from '../engine/workflow/fail.js';

const wakeSignal = defineSignal(wakeSignalName);
const longRun = 500;

/**
 * One webhook: woken where there is something to hear, it has the events sent in order until there are no more. A receiver that takes nothing is tried
 * as often as its policy says; then the webhook is paused, and the run waits for whoever resumes it.
 */
export async function webhookDelivery(input: WebhookInput): Promise<void> {
  const { webhook, calls } = input;
  let woken = true;
  setHandler(wakeSignal, () => {
    woken = true;
  });
  const taskQueue = agencyTaskQueue(workflowInfo().taskQueue);
  const { sendEvents } = proxyActivities<WebhookActivities>({
    taskQueue,
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout: '30s',
    retry: {
      initialInterval: calls.firstRetryMs,
      backoffCoefficient: 2,
      maximumInterval: '5 minutes',
      maximumAttempts: calls.attempts,
    },
  });
  // The register's own: tried until it is back.
  const { pauseWebhook } = proxyActivities<WebhookActivities>({ taskQueue, startToCloseTimeout: '30s' });

  for (let rounds = 0; rounds < longRun && !workflowInfo().continueAsNewSuggested; rounds++) {
    await condition(() => woken);
    woken = false;
    try {
      const { more } = await sendEvents({ webhook });
      woken ||= more;
    } catch (error) {
      await pauseWebhook({ webhook, reason: failureOf(error) });
    }
  }
  await continueAsNew<typeof webhookDelivery>(input);
}
