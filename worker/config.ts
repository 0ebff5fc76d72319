import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { processEnvironment, secret } from '../ops/environment.js';
import { registerEnvironment } from '../ops/register-connection.js';
import { temporalEnvironment } from '../ops/temporal-connection.js';
import { tracingEnvironment } from '../ops/tracing.js';

const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

/** The environment of the worker process. */
export const workerEnvironment = z.object({
  ...registerEnvironment,
  DATABASE_POOL: count(20, 200).describe('Sessions on the register, for reads and as many for acts'),
  ...temporalEnvironment,
  AGENCIES_URL: z
    .url({ protocol: /^https?$/ })
    .describe('Base address of the agency systems')
    .meta({ inProduction: 'https' }),
  AGENCY_TOKEN: secret(z.string().min(16).describe('Bearer token shown to the agency systems')),
  CALLBACK_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .describe('Base address of our API, where agencies send opinions')
    .meta({ inProduction: 'https' }),
  REHEARSAL_IN_PRODUCTION: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('Business time may be stepped in production too'),
  SMTP_URL: secret(
    z
      .url({ protocol: /^smtps?$/ })
      .describe('The mail server; smtps is TLS from the start. It may hold user and password')
      .meta({ inProduction: 'mail' }),
  ),
  SMTP_USER: z
    .string()
    .min(1)
    .optional()
    .describe('Who signs in at the mail server, where its address does not say it'),
  SMTP_PASSWORD: secret(z.string().min(1).optional().describe('Their password')),
  SMTP_TLS: z
    .enum(['required', 'offered'])
    .default('offered')
    .describe('required: nothing is sent without TLS (STARTTLS); offered: with it where the server can'),
  SMTP_CA_FILE: z.string().min(1).optional().describe('CA of the mail server (PEM); left out: those of the system'),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/)
    .default('Luồng Xanh <no-reply@luong-xanh.example>')
    .describe('Sender of our mails')
    .meta({ inProduction: 'sender' }),
  WEBHOOK_ATTEMPTS: count(12, 100).describe('How often an event is sent to a webhook before that is paused'),
  WEBHOOK_FIRST_RETRY_MS: count(1_000, 600_000).describe(
    'Pause before the second time; doubled each time, at most five minutes',
  ),
  ENGINE_RETENTION_DAYS: count(90, 36_500).describe(
    'Days after the end of a case for which its mailboxes and the engine’s own operations are kept; what people sent stays',
  ),
  EXCHANGE_RETENTION_DAYS: count(180, 36_500).describe(
    'How long the text of agencies’ messages is kept since they were handled, and of their answers since the end of the case',
  ),
  MESSAGE_RETENTION_DAYS: count(180, 36_500).describe(
    'How long mails and short messages are kept that were sent or given up',
  ),
  NOTICE_RETENTION_DAYS: count(365, 36_500).describe(
    'How long a notice is kept since its person read it; unread ones stay',
  ),
  DELIVERY_RETENTION_DAYS: count(90, 36_500).describe('How long it is kept which event a webhook’s receiver took'),
  SECURITY_RETENTION_DAYS: count(180, 36_500).describe('How long security events are kept since they last happened'),
  MASTER_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Master keys that wrap the data key of each case (32 bytes in base64 a line, the current one first); left out: words are kept in clear',
    ),
  SIGNER_KEY_FILE: z.string().min(1).describe('Ed25519 key that signs decisions (PEM, PKCS #8)'),
  CHAIN_ROOTS_DIR: z.string().min(1).describe('Folder outside the database for the signed roots of the event chains'),
  CHAIN_ROOT_WITNESS: z
    .string()
    .min(1)
    .optional()
    .describe('File that remembers the newest root, apart from the folder; left out: last-root.json in DATA_DIR'),
  TLOG_KEY_FILE: z.string().min(1).describe('Ed25519 key that signs the transparency log (PEM, PKCS #8)'),
  TLOG_DIR: z.string().min(1).describe('Folder of the published files of the transparency log'),
  TLOG_MIRROR_DIR: z.string().min(1).optional().describe('A second place for them, on another disk'),
  TLOG_ORIGIN: z
    .string()
    .regex(/^[^\s+]+$/)
    .optional()
    .describe('Name of the log, for good; left out: made from its key'),
  WITNESS_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Base address of the witness that signs under the log (C2SP tlog-witness)')
    .meta({ inProduction: 'https' }),
  WITNESS_KEY: z.string().min(1).optional().describe('Its public key: name+id+key'),
  DATA_DIR: z.string().min(1).default('.data').describe('Folder where the built workflow bundle is kept'),
  WORKER_CACHED_WORKFLOWS: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(1_000)
    .describe('Workflows kept in memory between their tasks'),
  AGENCY_CALL_ATTEMPTS: count(8, 100).describe('Calls of an agency system before the work becomes a task by hand'),
  AGENCY_CALL_FIRST_RETRY_MS: count(1_000, 600_000).describe(
    'Pause before the second call; doubled each time, at most a minute',
  ),
  AGENCY_CALLS_PER_SECOND: count(50, 10_000).describe('Calls of agency systems per second, over all workers'),
  TEMPORAL_METRICS_ADDRESS: z
    .string()
    .regex(/^.+:\d+$/)
    .optional()
    .describe('host:port on which Temporal’s own metrics of this worker are shown (Prometheus); left out: nowhere'),
  ...tracingEnvironment,
  ...processEnvironment(9465),
});

export type WorkerEnvironment = z.output<typeof workerEnvironment>;

/** How mails leave, as the environment says. Throws where the file of the CA cannot be read. */
export const smtpOf = (environment: WorkerEnvironment) => ({
  smtpUrl: environment.SMTP_URL,
  ...(environment.SMTP_USER !== undefined && {
    signIn: { user: environment.SMTP_USER, password: environment.SMTP_PASSWORD ?? '' },
  }),
  tls: {
    required: environment.SMTP_TLS === 'required',
    ...(environment.SMTP_CA_FILE !== undefined && { ca: readFileSync(environment.SMTP_CA_FILE, 'utf8') }),
  },
});

/** Names this process to Temporal and in the logs. */
export const workerIdentity = (): string => `${process.pid}@${hostname()}`;
