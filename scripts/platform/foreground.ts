import { StartRefused } from './instance.js';
import { ancestorsUpToNpm, signalProcess } from './processes.js';
import { type RunningSystem, startSystem } from './system.js';
import type { SystemOptions } from './system-options.js';

/**
 * Runs an installation in the foreground until SIGINT, SIGTERM or SIGHUP: the first stops in order, a later one does not wait for grace times.
 * Never returns: exits with 0 after a stop, 130 if it came before everything was ready, 1 if the start was refused or failed.
 */
export async function runInForeground(
  options: SystemOptions & { readonly say: (line: string) => void },
  onReady: (system: RunningSystem) => void,
): Promise<never> {
  const { say } = options;
  const interrupted = new AbortController();
  let system: RunningSystem | undefined;
  let ended: (() => void) | undefined;
  const stopped = new Promise<void>((resolve) => (ended = resolve));
  let firstAt = 0;
  const stop = (reason: string) => {
    if (interrupted.signal.aborted) {
      // One Ctrl-C can come twice, from the terminal and passed on by npm.
      if (performance.now() - firstAt > 500) system?.hurry();
      return;
    }
    firstAt = performance.now();
    say(`${reason}: đang dừng … · stopping …`);
    interrupted.abort();
    ended?.();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  // npm passes Ctrl-C on. If it, or what stands between, is gone, it was killed hard, and nobody is left who could stop us.
  const above = process.env['npm_lifecycle_event'] === undefined ? [] : ancestorsUpToNpm();
  setInterval(() => {
    if (!interrupted.signal.aborted && above.some((pid) => !signalProcess(pid, 0))) stop('npm');
  }, 500).unref();

  try {
    system = await startSystem({ ...options, signal: interrupted.signal });
    onReady(system);
    await stopped;
    await system.stop();
    say('Đã dừng. · Stopped.');
    return process.exit(0);
  } catch (error) {
    console.error(error instanceof StartRefused ? error.message : error);
    return process.exit(interrupted.signal.aborted ? 130 : 1);
  }
}
