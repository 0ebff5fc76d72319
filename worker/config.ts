import { hostname } from 'node:os';
import { z } from 'zod';
import { processEnvironment } from '../ops/environment.js';

const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

/** The environment of the worker process. */
export const workerEnvironment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('The register, as role app'),
  LISTEN_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('The register by a direct session, on which news is listened for; left out: looked for again and again'),
  DATABASE_POOL: count(20, 200).describe('Sessions on the register, for reads and as many for commands'),
  TEMPORAL_ADDRESS: z.string().min(1).describe('host:port of the Temporal server'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('luong-xanh').describe('Namespace of the workflows'),
  TEMPORAL_TASK_QUEUE: z
    .string()
    .min(1)
    .default('luong-xanh')
    .describe('Task queue of the workflows; agency calls run on «…-agencies»'),
  AGENCIES_URL: z.url({ protocol: /^https?$/ }).describe('Base address of the agency systems'),
  AGENCY_TOKEN: z.string().min(16).describe('Bearer token shown to the agency systems'),
  CALLBACK_BASE_URL: z.url({ protocol: /^https?$/ }).describe('Base address of our API, where agencies send opinions'),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).describe('The mail server; smtps is TLS from the start'),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/)
    .default('Luồng Xanh <no-reply@luong-xanh.example>')
    .describe('Sender of our mails'),
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
    .describe('Base address of the witness that signs under the log (C2SP tlog-witness)'),
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
  ...processEnvironment(9465),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Names this process to Temporal and in the logs. */
export const workerIdentity = (): string => `${process.pid}@${hostname()}`;
