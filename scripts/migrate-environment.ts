import { z } from 'zod';
import { productionEnvironment, secret } from '../ops/environment.js';

/** The environment of `scripts/migrate.ts`. */
export const migrateEnvironment = z.object({
  MIGRATOR_DATABASE_URL: secret(
    z
      .url({ protocol: /^postgres(ql)?$/ })
      .describe('The register as a role that may create roles and tables')
      .meta({ inProduction: 'database' }),
  ),
  MIGRATOR_DATABASE_PASSWORD: secret(
    z.string().min(1).optional().describe('Password of that role, where the address holds none'),
  ),
  APP_DATABASE_PASSWORD: secret(z.string().min(8).describe('Password the role `app` logs in with')),
  OIDC_ACCOUNTS_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Where the stand-in for the City’s sign-on finds the demonstration accounts'),
  ...productionEnvironment,
});
