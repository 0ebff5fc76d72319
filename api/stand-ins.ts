import { isDeepStrictEqual } from 'node:util';
import { type z } from 'zod';
import { type SystemCode } from '../domain/law/agency-systems.js';
import { refuse } from '../domain/errors.js';
import { currentRequest } from '../ops/request-context.js';
import { SwitchesAmongOthers, SwitchesToSet } from './schemas/rehearsal.js';

type Switches = z.output<typeof SwitchesAmongOthers>;

const noFaults = SwitchesToSet.parse({});

/** What stands in for the agencies' systems: how each misbehaves is switched, in rehearsal. */
export interface StandIns {
  /** Undefined where no stand-in answers under the name of that system. */
  switches(system: SystemCode): Promise<Switches | undefined>;
  /**
   * Sets those; what was told it beside them, as the answers to single consultations, stays. Where nothing is wrong any more it behaves by itself again, and nothing
   * stays. Refuses `AGENCY_UNAVAILABLE` where no stand-in takes it.
   */
  set(system: SystemCode, switches: Switches): Promise<Switches>;
}

interface Options {
  readonly baseUrl: string;
  readonly token: string;
  readonly timeoutMs?: number;
}

/** The stand-ins at that address: the agency systems of a rehearsal. */
export function createStandIns({ baseUrl, token, timeoutMs = 2_000 }: Options): StandIns {
  const ask = async (system: SystemCode, method: string, body?: object): Promise<object | undefined> => {
    const request = currentRequest();
    try {
      const response = await fetch(`${baseUrl}/${system}/faults`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...(request !== undefined && { 'x-request-id': request }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return response.ok ? ((await response.json()) as object) : undefined;
    } catch {
      // Away, or no stand-in: to whoever switches it is the same.
      return undefined;
    }
  };
  const absent = (system: SystemCode): never => refuse('AGENCY_UNAVAILABLE', { system });
  const known = (faults: object | undefined): Switches | undefined => SwitchesAmongOthers.safeParse(faults).data;
  return {
    switches: async (system) => known(await ask(system, 'GET')),
    set: async (system, switches) => {
      if (isDeepStrictEqual(switches, noFaults)) return known(await ask(system, 'DELETE')) ?? absent(system);
      const held = (await ask(system, 'GET')) ?? absent(system);
      return known(await ask(system, 'PUT', { ...held, ...switches })) ?? absent(system);
    },
  };
}
