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
const standsIn =
  'npm start chạy các hệ thống thay thế (đăng nhập, cơ quan, thư): không dùng khi vận hành thật. Hãy dùng docker compose với hệ thống thật, hoặc đặt UNSAFE_IN_PRODUCTION=stand-ins.\n' +
  'npm start runs what stands in for sign-on, agencies and mail: not in production. Use docker compose with the real systems, or set UNSAFE_IN_PRODUCTION=stand-ins.';
// Their own listening ports are chosen here, not inherited.
const notTheirs = new Set(['PORT', 'HOST']);

/** Refuses (`StartRefused`) every setting of the environment that some process would refuse later, before anything is started. */
export function checkSettings(env: NodeJS.ProcessEnv): void {
  rehearsalOf(env);
  const allowed = (env['UNSAFE_IN_PRODUCTION'] ?? '').split(',').map((rule) => rule.trim());
  if (env['NODE_ENV'] === 'production' && !allowed.includes('stand-ins')) throw new StartRefused(standsIn);
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
