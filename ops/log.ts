import { pino, type DestinationStream } from 'pino';

/**
 * Where a process of ours writes its log. A log only tells: a line that cannot be written (a full disk, a reader that is gone) is lost, and the process
 * goes on; when it can be written again, it is.
 */
export function logDestination(fd = 1): DestinationStream {
  const destination = pino.destination({ fd, sync: true, maxLength: 1_000_000 });
  destination.on('error', () => undefined);
  return destination;
}
