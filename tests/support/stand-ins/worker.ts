// In place of the worker in tests of the supervisor: a real poller without workflows.
import { NativeConnection, Worker } from '@temporalio/worker';

const {
  TEMPORAL_ADDRESS: address = '',
  TEMPORAL_NAMESPACE: namespace = '',
  TEMPORAL_TASK_QUEUE: taskQueue = '',
} = process.env;
const connection = await NativeConnection.connect({ address });
const activities = { nothing: () => Promise.resolve() };
const worker = await Worker.create({ connection, namespace, taskQueue, activities });
await worker.run();
