import { AsyncLocalStorage } from 'node:async_hooks';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';

export { ActivityFailure, ApplicationFailure };

/** What a run may ask of its world; each call is answered when the world chooses to. */
export interface RunContext {
  alive: boolean;
  historyLength: number;
  readonly waiting: Set<{ ready: () => boolean; resolve: (value: boolean) => void }>;
  readonly handlers: Map<unknown, (argument: never) => unknown>;
  activity(group: 'register' | 'agencies', name: string, input: unknown): Promise<unknown>;
  thought(scope: string, generation: number, doneSeq: number): void;
}

/** Thrown to end a run that starts again from the register. */
export class ContinuedAsNew extends Error {}

export const currentRun = new AsyncLocalStorage<RunContext>();

function run(): RunContext {
  const context = currentRun.getStore();
  if (!context) throw new Error('outside a workflow');
  return context;
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

const proxy = (group: 'register' | 'agencies') =>
  new Proxy(
    {},
    {
      get: (_target, name: string) => (input: unknown) => {
        const context = run();
        return context.alive ? context.activity(group, name, input) : never();
      },
    },
  );

/** Timers never fire here: time is stepped by the world. */
export function condition(ready: () => boolean): Promise<boolean> {
  const context = run();
  if (!context.alive) return never();
  if (ready()) return Promise.resolve(true);
  return new Promise((resolve) => context.waiting.add({ ready, resolve }));
}

export const proxyLocalActivities = (): unknown => proxy('register');
export const proxyActivities = (options: { taskQueue?: string }): unknown =>
  proxy(options.taskQueue === undefined ? 'register' : 'agencies');
export const proxySinks = () => ({
  register: { thought: (...report: [string, number, number]) => run().thought(...report) },
});
export const workflowInfo = () => ({
  historyLength: run().historyLength,
  continueAsNewSuggested: false,
  taskQueue: 'storm',
});
export const patched = (): boolean => true;
export const continueAsNew = (): Promise<never> => Promise.reject(new ContinuedAsNew());
export const allHandlersFinished = (): boolean => true;
export const defineSignal = (name: string): string => name;
export const defineQuery = (name: string): string => name;
export function setHandler(name: unknown, handler: (argument: never) => unknown): void {
  run().handlers.set(name, handler);
}
