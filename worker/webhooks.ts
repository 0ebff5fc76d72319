import { type Client } from '@temporalio/client';
import type pg from 'pg';
import { passQuietStretches, webhooksBehind } from '../db/outbound/webhooks.js';
import {
  type AgencyCallPolicy,
  wakeSignalName,
  type WebhookInput,
  webhookWorkflowId,
  webhookWorkflowType,
} from '../domain/case/activities.js';

interface WakerDeps {
  readonly pool: pg.Pool;
  readonly client: Client;
  readonly taskQueue: string;
  readonly calls: AgencyCallPolicy;
}

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
const passEveryMs = 60_000;

/** Wakes the runs of webhooks that have something to hear; one that does not move is woken ever more rarely. */
export function createWebhookWaker({ pool, client, taskQueue, calls }: WakerDeps) {
  const woken = new Map<string, { place: string; pauseMs: number; again: number }>();
  let passAt = 0;

  const wake = async (webhook: string): Promise<void> => {
    const input: WebhookInput = { webhook, calls };
    await client.withDeadline(Date.now() + 5_000, () =>
      client.workflow.signalWithStart(webhookWorkflowType, {
        workflowId: webhookWorkflowId(webhook),
        taskQueue,
        args: [input],
        signal: wakeSignalName,
        signalArgs: [],
      }),
    );
  };

  return {
    /** One round; `nowMs` is any clock that only goes forward. */
    async runOnce(nowMs: number): Promise<void> {
      const behind = await webhooksBehind(pool);
      const ids = new Set(behind.map(({ id }) => id));
      for (const id of woken.keys()) if (!ids.has(id)) woken.delete(id);
      for (const { id, place } of behind) {
        const known = woken.get(id);
        const stuck = known?.place === place;
        if (stuck && nowMs < known.again) continue;
        const pauseMs = stuck ? Math.min(known.pauseMs * 2, longestPauseMs) : firstPauseMs;
        woken.set(id, { place, pauseMs, again: nowMs + pauseMs });
        await wake(id);
      }
      if (nowMs >= passAt) {
        passAt = nowMs + passEveryMs;
        await passQuietStretches(pool);
      }
    },
  };
}
