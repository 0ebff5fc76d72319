import { z } from 'zod';

/** What every process of ours takes from its environment; `operationsPort`: where its private page listens when it is started alone. */
export const processEnvironment = (operationsPort: number) => ({
  OPERATIONS_HOST: z.string().min(1).default('127.0.0.1').describe('Address of the private operations page'),
  OPERATIONS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(operationsPort)
    .describe('Port of the private operations page (/healthz, /readyz, /metrics); 0 takes a free one'),
  RESTARTS: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How often a supervisor had to start this process again'),
});
