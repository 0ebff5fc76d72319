import { type z } from 'zod';
import { agenciesEnvironment } from '../../agencies/config.js';
import { identityEnvironment } from '../../agencies/identity-provider/config.js';
import { mailServerEnvironment } from '../../agencies/mail-server/config.js';
import { apiEnvironment } from '../../api/config.js';
import { workerEnvironment } from '../../worker/config.js';
import { StartRefused } from './refused.js';
import { rehearsalOf } from './register.js';
import { fixedPorts } from './service-ports.js';

const programs: readonly z.ZodObject[] = [
  apiEnvironment,
  workerEnvironment,
  agenciesEnvironment,
  identityEnvironment,
  mailServerEnvironment,
];
// Their own listening ports are chosen here, not inherited.
const notTheirs = new Set(['PORT', 'HOST']);

/** Refuses (`StartRefused`) every setting of the environment that some process would refuse later, before anything is started. */
export function checkSettings(env: NodeJS.ProcessEnv): void {
  rehearsalOf(env);
  fixedPorts(env);
  const wrong = new Set<string>();
  for (const { shape } of programs) {
    for (const [name, schema] of Object.entries(shape)) {
      const given = env[name];
      if (given === undefined || given === '' || notTheirs.has(name)) continue;
      const { success, error } = (schema as z.ZodType).safeParse(given);
      if (!success) wrong.add(`  ${name}: ${error.issues.map(({ message }) => message).join('; ')}`);
    }
  }
  if (wrong.size > 0) {
    throw new StartRefused(`Cấu hình không hợp lệ · these settings are not valid:\n${[...wrong].join('\n')}`);
  }
}
