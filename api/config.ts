import { z } from 'zod';
import { processEnvironment } from '../ops/environment.js';
import { type Limits } from './deps.js';
import { isLoopback } from './sign-in/sessions.js';

/** Over plain HTTP a session would travel in the open. */
const isSafeAddress = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(hostname);
};

const port = z.coerce.number().int().min(0).max(65_535);

const count = (usual: number) => z.coerce.number().int().min(1).default(usual);

/** The environment of the API's process. */
export const apiEnvironment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  REHEARSAL_IN_PRODUCTION: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('Business time may be stepped in production too'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  PORT: port.default(3000).describe('Port to listen on; 0 takes a free one'),
  DATABASE_URL: z.string().min(1).describe('The register, as the role app'),
  LISTEN_DATABASE_URL: z
    .string()
    .min(1)
    .optional()
    .describe('The register by a direct session, on which news is listened for; left out: looked for again and again'),
  TEMPORAL_ADDRESS: z.string().min(1).describe('host:port of the Temporal server'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('luong-xanh'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('luong-xanh'),
  OIDC_ISSUER: z.url().describe('Who signs access tokens'),
  OIDC_AUDIENCE: z.string().min(1).describe('What access tokens must be meant for'),
  OIDC_INTERNAL_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where this process reaches the issuer, if not under its own name'),
  SESSION_SECRET: z.string().min(32).describe('Signs the cookies of people who are signed in at the pages'),
  PAGES_DIR: z
    .string()
    .min(1)
    .default('dist/web')
    .describe('Where the built pages are; without them there is the API alone'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:3000')
    .refine(isSafeAddress, 'plain HTTP is for this machine alone: give an https address')
    .describe('Base address of the public pages, as the codes on papers lead to it'),
  AGENCY_HMAC_SECRET: z.string().min(32).describe('Master secret from which the signing key of each agency is derived'),
  AGENCIES_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Base address of the agency systems, whose registers are asked for what the investor need not say'),
  AGENCY_TOKEN: z.string().min(16).optional().describe('Bearer token shown to the agency systems'),
  DOCUMENTS_DIR: z.string().min(1).describe('Where uploaded documents are kept'),
  TLOG_DIR: z.string().min(1).optional().describe('Where the files of the transparency log are; left out: no proofs'),
  DOCUMENT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(25 * 1024 * 1024)
    .describe('Largest document'),
  DISK_RESERVE_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(256 * 1024 * 1024)
    .describe('Uploads are refused where less than this would stay free on the disk of the documents'),
  ...processEnvironment(9464),
  RATE_LIMIT_PER_MINUTE: count(6_000).describe('Requests per address and minute of whoever is not signed in'),
  RATE_LIMIT_PER_PERSON: count(3_000).describe('Requests per person and minute, whatever their address'),
  QUOTA_DOCUMENTS_PER_DAY: count(500).describe('Documents one person may upload in a day'),
  QUOTA_DOCUMENT_BYTES_PER_DAY: count(2 * 1024 ** 3).describe('Bytes of documents one person may upload in a day'),
  QUOTA_UNUSED_DOCUMENT_BYTES: count(1024 ** 3).describe(
    'Bytes of documents that one person uploaded and no act has named yet',
  ),
  QUOTA_OPEN_DRAFTS: count(100).describe('Drafts of one investor that are neither filed nor discarded'),
  QUOTA_OPEN_POWERS: count(100).describe('Powers of attorney of one investor in force, to come or on offer'),
  QUOTA_QUESTIONS_PER_DAY: count(100).describe('Questions one person may ask in a day'),
  QUOTA_TRIAL_KEYS_PER_DAY: count(50).describe('Device keys one person may register in a day'),
  PUBLIC_LOOKUPS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(30)
    .describe('Public look-ups (status by PIN, decisions) per address and minute'),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0).describe('Reverse proxies in front of us'),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .max(200)
    .default(20)
    .describe('Connections to the register, for reads and as many for acts'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** How much is taken, as the environment says. */
export const limitsOf = (environment: z.output<typeof apiEnvironment>): Limits => ({
  perMinute: environment.RATE_LIMIT_PER_MINUTE,
  perPersonPerMinute: environment.RATE_LIMIT_PER_PERSON,
  publicPerMinute: environment.PUBLIC_LOOKUPS_PER_MINUTE,
  quotas: {
    documents: {
      perDay: environment.QUOTA_DOCUMENTS_PER_DAY,
      bytesPerDay: environment.QUOTA_DOCUMENT_BYTES_PER_DAY,
      unusedBytes: environment.QUOTA_UNUSED_DOCUMENT_BYTES,
    },
    openDrafts: environment.QUOTA_OPEN_DRAFTS,
    openPowers: environment.QUOTA_OPEN_POWERS,
    questionsPerDay: environment.QUOTA_QUESTIONS_PER_DAY,
    trialKeysPerDay: environment.QUOTA_TRIAL_KEYS_PER_DAY,
  },
});
