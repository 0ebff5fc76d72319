import { Gauge, Histogram, type Registry } from 'prom-client';
import { freeBytes } from './disk.js';

/** How much room is left where a process writes, by what it writes there. Of a folder that cannot be looked at nothing is said. */
export function watchDisk(
  registry: Registry,
  places: Readonly<Record<string, string>>,
  /** Bytes free under a folder; default: what the system says. */
  free: (folder: string) => Promise<number> = freeBytes,
): void {
  new Gauge({
    name: 'disk_free_bytes',
    help: 'Bytes that are left where this is kept',
    labelNames: ['place'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const [place, folder] of Object.entries(places)) {
        const bytes = await free(folder).catch(() => undefined); // not made yet, or its disk is away
        if (bytes !== undefined) this.set({ place }, bytes);
      }
    },
  });
}

/** How calls of other bodies' systems end, and how long they take: tell it of each. */
export function agencyCallMetric(registry: Registry) {
  const duration = new Histogram({
    name: 'agency_call_duration_seconds',
    help: 'Time until a system of another body answered, refused, or was given up; left-alone: it had failed too often and was not asked',
    labelNames: ['system', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return ({ system, outcome, seconds }: { system: string; outcome: string; seconds: number }): void =>
    duration.observe({ system, outcome }, seconds);
}
