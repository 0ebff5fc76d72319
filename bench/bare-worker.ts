// The worker of the bare workflow, a process of its own. Usage: bare-worker.ts <address> <namespace> <task queue>
import { join } from 'node:path';
import { Context } from '@temporalio/activity';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

export interface BareActivities {
  call(): Promise<void>;
  /** Tells whoever started this process that a scope has thought. */
  note(): Promise<void>;
}

if (process.send) {
  const [address = '', namespace = '', taskQueue = ''] = process.argv.slice(2);
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const activities: BareActivities = {
    call: () => Promise.resolve(),
    note: () => {
      process.send?.({ noted: Context.current().info.workflowExecution?.workflowId });
      return Promise.resolve();
    },
  };
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    namespace,
    taskQueue,
    activities,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(import.meta.dirname, 'bare-workflows.ts'),
      logger: new DefaultLogger('ERROR'),
    }),
  });
  process.on('disconnect', () => worker.shutdown());
  process.send({ ready: true });
  await worker.run();
  process.exit(0);
}
