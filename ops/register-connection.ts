import { z } from 'zod';
import { secret } from './environment.js';

const address = z.url({ protocol: /^postgres(ql)?$/ });
const tls =
  'TLS as libpq says it: ?sslmode=verify-full&sslrootcert=<file>, sslcert and sslkey for a certificate of our own';

/** How a process reaches the register. */
export const registerEnvironment = {
  DATABASE_URL: secret(address.describe(`The register, as the role app. ${tls}`).meta({ inProduction: 'database' })),
  DATABASE_PASSWORD: secret(
    z.string().min(1).optional().describe('Password of the register’s role, where the addresses hold none'),
  ),
  LISTEN_DATABASE_URL: secret(
    address
      .optional()
      .describe(
        'The register by a direct session, on which news is listened for and the worker’s lead is held; no pooling by transaction. Left out: news is looked for again and again, and the lead is held on DATABASE_URL',
      )
      .meta({ inProduction: 'database' }),
  ),
};

/** The address with this password, where it holds none. */
export function withPassword(url: string, password: string | undefined): string {
  if (password === undefined) return url;
  const whole = new URL(url);
  if (whole.password === '') whole.password = encodeURIComponent(password);
  return whole.href;
}

/** The register's addresses as the environment says, each with its password. */
export const registerAddresses = (environment: {
  readonly DATABASE_URL: string;
  readonly DATABASE_PASSWORD?: string | undefined;
  readonly LISTEN_DATABASE_URL?: string | undefined;
}): { readonly url: string; readonly listenUrl: string | undefined } => ({
  url: withPassword(environment.DATABASE_URL, environment.DATABASE_PASSWORD),
  listenUrl:
    environment.LISTEN_DATABASE_URL && withPassword(environment.LISTEN_DATABASE_URL, environment.DATABASE_PASSWORD),
});
