import { z } from 'zod';

/** The environment of `scripts/migrate.ts`. */
export const migrateEnvironment = z.object({
  MIGRATOR_DATABASE_URL: z.url().describe('The register as a role that may create roles and tables'),
  APP_DATABASE_PASSWORD: z.string().min(8).describe('Password the role `app` logs in with'),
  OIDC_ACCOUNTS_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Where the stand-in for the City’s sign-on finds the demonstration accounts'),
});
