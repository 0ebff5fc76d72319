import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { refusedInProduction, unsafeRules } from './production.js';

/** A setting that nobody may see: `NAME_FILE` may name the file that holds it. */
export const secret = <T extends z.ZodType>(schema: T): T => schema.meta({ secret: true });

/** A setting that is JSON. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});

/** Names of the settings of a schema that are secret. */
export const secretNames = (schema: z.ZodObject): string[] =>
  Object.entries(schema.shape).flatMap(([name, one]) => ((one as z.ZodType).meta()?.['secret'] === true ? [name] : []));

/** Whether this is production, and which of its rules are knowingly left aside. */
export const productionEnvironment = {
  NODE_ENV: z
    .enum(['production', 'development', 'test'])
    .default('development')
    .describe('production refuses what is unsafe there'),
  UNSAFE_IN_PRODUCTION: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((rule) => rule.trim() || []))
    .pipe(z.array(z.enum(unsafeRules)))
    .describe(`What is allowed in production all the same, comma-separated: ${unsafeRules.join(', ')}`),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('The least that is logged'),
};

/** What every long-running process of ours takes from its environment; `operationsPort`: where its private page listens when it is started alone. */
export const processEnvironment = (operationsPort: number) => ({
  ...productionEnvironment,
  OPERATIONS_HOST: z.string().min(1).default('127.0.0.1').describe('Address of the private operations page'),
  OPERATIONS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(operationsPort)
    .describe('Port of the private operations page (/healthz, /readyz, /metrics); 0 takes a free one'),
  RESTARTS: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How often a supervisor had to start this process again'),
});

/**
 * The environment with its secrets: what `NAME_FILE` names is read, without the line end at its end. Throws where a file cannot be read, and where both are given.
 */
export function withSecretFiles(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  const read: NodeJS.ProcessEnv = {};
  for (const name of names) {
    const file = env[`${name}_FILE`];
    if (file === undefined || file === '') continue;
    if (env[name] !== undefined && env[name] !== '')
      throw new Error(`${name}, ${name}_FILE: chỉ đặt một trong hai · set one of the two`);
    try {
      read[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(`${name}_FILE: không đọc được tệp (${code}) · the file cannot be read (${code})`, {
        cause: error,
      });
    }
  }
  return { ...env, ...read };
}

/**
 * The settings of a process. Throws where one is missing or wrong, naming all of them, and, with NODE_ENV=production, what is unsafe there.
 */
export function readEnvironment<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv): z.output<S> {
  const secrets = secretNames(schema);
  // An empty value is none: Compose and Kubernetes hand over every name they know.
  const given = Object.entries(withSecretFiles(env, secrets)).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  const refused = refusedInProduction(schema, parsed.data, secrets);
  if (refused.length > 0) {
    throw new Error(
      `không an toàn khi vận hành thật (UNSAFE_IN_PRODUCTION=<mã> nếu vẫn chấp nhận) · not safe in production (UNSAFE_IN_PRODUCTION=<rule> where it is accepted):\n` +
        refused.map((line) => `  ${line}`).join('\n'),
    );
  }
  return parsed.data;
}

/** As `readEnvironment` of this process's environment; where that throws, `who` cannot start, which is said before the process ends. */
export function settingsOf<S extends z.ZodObject>(who: string, schema: S): z.output<S> {
  try {
    return readEnvironment(schema, process.env);
  } catch (error) {
    process.stderr.write(`${who} cannot start: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
