import { z } from 'zod';
import { noteKeyOf, verifierFrom } from '../domain/evidence/note.js';
import { ed25519Seed } from '../ops/ed25519.js';
import { productionEnvironment, secret } from '../ops/environment.js';
import { type Authority } from './authority/authority.js';
import { type WitnessConfig } from './witness/witness.js';

const milliseconds = (fallback: number) => z.coerce.number().int().min(0).max(3_600_000).default(fallback);

/** The environment of the agency process. Everything but the two secrets has a default. */
export const agenciesEnvironment = z.object({
  AGENCIES_HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  AGENCIES_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3100)
    .describe('Port to listen on; 0 takes a free one')
    .meta({ inProduction: 'stand-in' }),
  AGENCY_TOKEN: secret(z.string().min(16).describe('Bearer token every caller shows')),
  AGENCY_HMAC_SECRET: secret(
    z.string().min(32).describe('Master secret from which the signing key of each agency is derived'),
  ),
  AGENCIES_STATE_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Where pending callbacks and keys survive a restart; memory only if unset'),
  AGENCIES_DAYS_OFF: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((day) => day.trim() || []))
    .pipe(z.array(z.iso.date()))
    .describe('Dates off beside weekends, comma-separated'),
  AGENCIES_REPLY_MS: milliseconds(300).describe('Delay of an opinion in real mode'),
  AGENCIES_CALLBACK_ATTEMPTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(240)
    .describe('Attempts before a callback is given up'),
  AGENCIES_CALLBACK_BACKOFF_MS: milliseconds(200).describe('First back-off; doubled each time, at most 15 s'),
  AGENCIES_CALLBACK_TIMEOUT_MS: milliseconds(5_000).describe('Time-out of one attempt'),
  AGENCIES_RELEASE_WAIT_MS: milliseconds(3_000).describe(
    'How long PUT /control/clock waits for what cannot be delivered',
  ),
  WITNESS_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Ed25519 key (PEM, PKCS #8) of the witness of the transparency log; without it there is none'),
  WITNESS_STATE_FILE: z.string().min(1).default('witness.json').describe('What the witness signed last of each log'),
  WITNESS_LOGS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((key) => key.trim() || []))
    .pipe(
      z.array(
        z.string().transform((text, context) => {
          const verifier = verifierFrom(text);
          if (verifier) return verifier;
          context.addIssue({ code: 'custom', message: 'is no key of a log: name+id+key' });
          return z.NEVER;
        }),
      ),
    )
    .describe('Keys of the logs that the witness knows, comma-separated'),
  AUTHORITY_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Keys of the stand-in that certifies seals and stamps times; without it there is none'),
  ...productionEnvironment,
});

/** What `createAgencies` needs: the environment, read. Times in real milliseconds. */
export interface AgenciesConfig {
  readonly token: string;
  readonly hmacSecret: string;
  readonly stateFile: string | null;
  readonly daysOff: readonly string[];
  readonly replyMs: number;
  readonly callbackAttempts: number;
  readonly callbackBackoffMs: number;
  readonly callbackTimeoutMs: number;
  readonly releaseWaitMs: number;
  readonly authority?: Authority;
  readonly witness?: Omit<WitnessConfig, 'now'>;
  readonly logLevel: z.infer<typeof agenciesEnvironment>['LOG_LEVEL'];
}

/** The configuration that an environment describes. */
export function agenciesConfig(environment: z.infer<typeof agenciesEnvironment>): AgenciesConfig {
  return {
    token: environment.AGENCY_TOKEN,
    hmacSecret: environment.AGENCY_HMAC_SECRET,
    stateFile: environment.AGENCIES_STATE_FILE ?? null,
    daysOff: environment.AGENCIES_DAYS_OFF,
    replyMs: environment.AGENCIES_REPLY_MS,
    callbackAttempts: environment.AGENCIES_CALLBACK_ATTEMPTS,
    callbackBackoffMs: environment.AGENCIES_CALLBACK_BACKOFF_MS,
    callbackTimeoutMs: environment.AGENCIES_CALLBACK_TIMEOUT_MS,
    releaseWaitMs: environment.AGENCIES_RELEASE_WAIT_MS,
    ...(environment.WITNESS_KEY_FILE !== undefined && {
      witness: {
        key: noteKeyOf(ed25519Seed(environment.WITNESS_KEY_FILE), 'witness'),
        logs: environment.WITNESS_LOGS,
        stateFile: environment.WITNESS_STATE_FILE,
      },
    }),
    logLevel: environment.LOG_LEVEL,
  };
}
