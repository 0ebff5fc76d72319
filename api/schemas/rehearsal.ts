import { z } from 'zod';
import { systemCodes } from '../../domain/law/agency-systems.js';
import { many } from './common.js';

const switches = {
  down: z.boolean().describe('Cuts every call, and sends no opinion until it is up again'),
  latencyMs: z.int().min(0).max(600_000).describe('Every call waits this long'),
  errorRate: z.number().min(0).max(1).describe('Share of calls that are answered by an error'),
  timeoutRate: z.number().min(0).max(1).describe('Share of calls that are done and never answered'),
  silent: z.boolean().describe('Takes consultations and never sends an opinion'),
  lateByWorkingDays: z.int().min(0).max(1_000).describe('Sends its opinion so many working days too late'),
  outOfOrder: z.boolean().describe('Holds the first of every two opinions until the second was taken'),
  duplicateCallbacks: z.int().min(0).max(20).describe('Sends every opinion so many times more'),
  wrongSignature: z.boolean().describe('Signs opinions with a key that is not its own'),
  position: z.enum(['agree', 'agree-with-conditions', 'needs-supplement', 'object']).describe('What its opinions say'),
};

/** How a stand-in of an agency's system misbehaves; left out, a field is as if nothing was wrong. */
export const SwitchesToSet = z
  .strictObject({
    down: switches.down.default(false),
    latencyMs: switches.latencyMs.default(0),
    errorRate: switches.errorRate.default(0),
    timeoutRate: switches.timeoutRate.default(0),
    silent: switches.silent.default(false),
    lateByWorkingDays: switches.lateByWorkingDays.default(0),
    outOfOrder: switches.outOfOrder.default(false),
    duplicateCallbacks: switches.duplicateCallbacks.default(0),
    wrongSignature: switches.wrongSignature.default(false),
    position: switches.position.default('agree'),
  })
  .meta({ id: 'StandInRequest' });
/** The same among what a stand-in says of itself. */
export const SwitchesAmongOthers = z.object(switches);
const Switches = z.strictObject(switches).meta({ id: 'StandInSwitches' });

export const StandInView = z
  .strictObject({
    system: z.enum(systemCodes),
    switches: Switches.nullable().describe('null: no stand-in answers under this name'),
  })
  .meta({ id: 'StandIn' });

export const StandInsView = z.strictObject({ items: many(StandInView) }).meta({ id: 'StandIns' });
