import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readEnvironment, secret } from './environment.js';
import { speaksTls } from './production.js';

const file = (meaning: string) => z.string().min(1).optional().describe(meaning);

/** How a process reaches Temporal. The names of TLS and key are Temporal's own. */
export const temporalEnvironment = {
  TEMPORAL_ADDRESS: z.string().min(1).describe('host:port of the Temporal server').meta({ inProduction: 'temporal' }),
  TEMPORAL_NAMESPACE: z.string().min(1).default('luong-xanh').describe('Namespace of the workflows'),
  TEMPORAL_TASK_QUEUE: z
    .string()
    .min(1)
    .default('luong-xanh')
    .describe('Task queue of the workflows; agency calls run on «…-agencies»'),
  TEMPORAL_TLS: z.stringbool().default(false).describe('true: by TLS. A CA, a certificate or an API key says so, too'),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: file('CA of the Temporal server (PEM); left out: those of the system'),
  TEMPORAL_TLS_CLIENT_CERT_PATH: file('Our certificate for Temporal (PEM), where it asks for one (mTLS)'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: file('The key of that certificate (PEM)'),
  TEMPORAL_TLS_SERVER_NAME: z
    .string()
    .min(1)
    .optional()
    .describe('Name in the certificate of the server, where its address is another'),
  TEMPORAL_PAYLOAD_KEY_FILE: file(
    'Keys that seal what Temporal keeps of workflows (32 bytes in base64 a line, the current one first), the same for API, worker and commands; left out: it is kept in clear',
  ),
  TEMPORAL_API_KEY: secret(z.string().min(1).optional().describe('API key, as of Temporal Cloud')),
};

/** Where Temporal is and how it is spoken to: options for a connection of the client and of a worker alike. */
export interface TemporalTarget {
  readonly address: string;
  readonly tls?: {
    readonly serverNameOverride?: string;
    readonly serverRootCACertificate?: Uint8Array;
    readonly clientCertPair?: { readonly crt: Uint8Array; readonly key: Uint8Array };
  };
  readonly apiKey?: string;
}

const schema = z.object(temporalEnvironment);

/** The target that these settings describe. Throws where a file cannot be read, and where a certificate is without its key. */
export function temporalTarget(environment: z.output<typeof schema>): TemporalTarget {
  const target = { address: environment.TEMPORAL_ADDRESS };
  if (!speaksTls(environment)) return target;
  const read = (name: keyof typeof environment, path: string): Uint8Array => {
    try {
      return readFileSync(path);
    } catch (error) {
      throw new Error(`${name}: không đọc được tệp · the file cannot be read`, { cause: error });
    }
  };
  const ca = environment.TEMPORAL_TLS_SERVER_CA_CERT_PATH;
  const crt = environment.TEMPORAL_TLS_CLIENT_CERT_PATH;
  const key = environment.TEMPORAL_TLS_CLIENT_KEY_PATH;
  if ((crt === undefined) !== (key === undefined))
    throw new Error(
      'TEMPORAL_TLS_CLIENT_CERT_PATH, TEMPORAL_TLS_CLIENT_KEY_PATH: phải đặt cả hai · one needs the other',
    );
  return {
    ...target,
    tls: {
      ...(environment.TEMPORAL_TLS_SERVER_NAME !== undefined && {
        serverNameOverride: environment.TEMPORAL_TLS_SERVER_NAME,
      }),
      ...(ca !== undefined && { serverRootCACertificate: read('TEMPORAL_TLS_SERVER_CA_CERT_PATH', ca) }),
      ...(crt !== undefined &&
        key !== undefined && {
          clientCertPair: {
            crt: read('TEMPORAL_TLS_CLIENT_CERT_PATH', crt),
            key: read('TEMPORAL_TLS_CLIENT_KEY_PATH', key),
          },
        }),
    },
    ...(environment.TEMPORAL_API_KEY !== undefined && { apiKey: environment.TEMPORAL_API_KEY }),
  };
}

/** The same for a command that is told only an address, or takes it from a running installation: TLS and key as the environment says. */
export const temporalTargetAt = (address: string, env: NodeJS.ProcessEnv): TemporalTarget =>
  temporalTarget(readEnvironment(schema, { ...env, TEMPORAL_ADDRESS: address }));
