import { pino, type DestinationStream, type Logger } from 'pino';
import { currentRequest } from './request-context.js';

/**
 * Where a process of ours writes its log. A log only tells: a line that cannot be written (a full disk, a reader that is gone) is lost, and the process
 * goes on; when it can be written again, it is.
 */
export function logDestination(fd = 1): DestinationStream {
  const destination = pino.destination({ fd, sync: true, maxLength: 1_000_000 });
  destination.on('error', () => undefined);
  return destination;
}

/** An error as it may stand in a log. PostgreSQL's errors carry values of rows in `detail` and `where`: only what names the failure is kept. */
export const errorInLog = (error: unknown): unknown => {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return { type: error.name, message: error.message, stack: error.stack, ...(typeof code === 'string' && { code }) };
};

const secrets = ['authorization', 'cookie', 'headers', 'password', 'token', 'apiKey', 'pin', 'secret'];

/** The log of a process: JSON lines without secrets or personal data. */
export const createLogger = (process: string, level: string, destination = logDestination()): Logger =>
  pino(
    {
      level,
      base: { process },
      // By this id a request is found in the logs of every process that had to do with it.
      mixin: () => {
        const requestId = currentRequest();
        return requestId === undefined ? {} : { requestId };
      },
      serializers: { err: errorInLog },
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    destination,
  );
