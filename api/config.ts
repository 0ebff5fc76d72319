import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

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
  TEMPORAL_ADDRESS: z.string().min(1).describe('host:port of the Temporal server'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('luong-xanh'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('luong-xanh'),
  OIDC_ISSUER: z.url().describe('Who signs access tokens'),
  OIDC_AUDIENCE: z.string().min(1).describe('What access tokens must be meant for'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:3000')
    .describe('Base address of the public pages, as the codes on papers lead to it'),
  AGENCY_HMAC_SECRET: z.string().min(32).describe('Master secret from which the signing key of each agency is derived'),
  AGENCIES_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Base address of the agency systems, whose registers are asked for what the investor need not say'),
  AGENCY_TOKEN: z.string().min(16).optional().describe('Bearer token shown to the agency systems'),
  DOCUMENTS_DIR: z.string().min(1).describe('Where uploaded documents are kept'),
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
  OPERATIONS_HOST: z.string().min(1).default('127.0.0.1').describe('Address of the private operations page'),
  OPERATIONS_PORT: port
    .default(9464)
    .describe('Port of the private operations page (/healthz, /readyz, /metrics); 0 takes a free one'),
  RESTARTS: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How often a supervisor had to start this process again'),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(6_000).describe('Requests per address and minute'),
  PUBLIC_LOOKUPS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(30)
    .describe('Public look-ups (status by PIN, decisions) per address and minute'),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0).describe('Reverse proxies in front of us'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20).describe('Connections to the register, for reads and as many for acts'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
