/** The processes of an installation, in the order they are started; they are stopped in the reverse order. */
export const processNames = ['postgres', 'temporal', 'identity', 'agencies', 'mail', 'worker', 'api'] as const;
export type ProcessName = (typeof processNames)[number];

/** Our own programs among them. */
export type Program = 'identity' | 'agencies' | 'mail' | 'worker' | 'api';

export interface SystemOptions {
  /** Everything that is kept: PostgreSQL's and Temporal's data, documents, secrets, logs. */
  readonly dataDir: string;
  /** Port of the API and the pages; 0 takes a free one. */
  readonly port: number;
  /** No lines of the children on our output (they are in `DATA_DIR/logs` anyway). */
  readonly quiet?: boolean;
  /** Default `process.env`. DATABASE_URL, TEMPORAL_ADDRESS and the like are honoured; PORT and DATA_DIR are not read here. */
  readonly env?: NodeJS.ProcessEnv;
  readonly say?: (line: string) => void;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
  /** Other files in place of our programs: tests of the supervisor. */
  readonly programs?: Partial<Record<Program, string>>;
}

/** The same of a start that is under way. */
export type StartOptions = SystemOptions & Required<Pick<SystemOptions, 'env' | 'say' | 'signal'>>;
