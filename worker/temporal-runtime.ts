import { setFlagsFromString } from 'node:v8';
import { type LogLevel, Runtime } from '@temporalio/worker';
import { type Logger } from 'pino';

const levels: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Once in a process, before its first Temporal worker: what the SDK says goes to our log, its metrics to `metricsAddress`, and we stop it in our own order. */
export function installTemporalRuntime(logger: Logger, metricsAddress: string | undefined): void {
  const log = (level: LogLevel) => (message: string, meta?: object) => {
    // One of our workers makes agency calls only: that is no news.
    const tier = message.startsWith('No workflows registered') ? 'debug' : levels[level];
    logger[tier](meta ?? {}, message);
  };
  // For every promise of every workflow the SDK takes a stack and maps it to the sources. Two lines of it find a bug as well as ten; what runs here keeps its ten.
  setFlagsFromString('--stack-trace-limit=2');
  Runtime.install({
    shutdownSignals: [],
    logger: {
      log: (level, message, meta) => log(level)(message, meta),
      trace: log('TRACE'),
      debug: log('DEBUG'),
      info: log('INFO'),
      warn: log('WARN'),
      error: log('ERROR'),
    },
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      ...(metricsAddress !== undefined && { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
  });
}
