// In place of the worker in tests of the supervisor: a real poller without workflows.
import { createServer } from 'node:http';
import { NativeConnection, Worker } from '@temporalio/worker';

const {
  TEMPORAL_ADDRESS: address = '',
  TEMPORAL_NAMESPACE: namespace = '',
  TEMPORAL_TASK_QUEUE: taskQueue = '',
} = process.env;
createServer((_request, response) => response.end('ok')).listen(Number(process.env['OPERATIONS_PORT']), '127.0.0.1');
const connection = await NativeConnection.connect({ address });
const activities = { nothing: () => Promise.resolve() };
const worker = await Worker.create({ connection, namespace, taskQueue, activities });
await worker.run();
