import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Condition = z.enum(['service_started', 'service_healthy', 'service_completed_successfully']);
const Service = z.object({
  image: z.string(),
  build: z.unknown().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  env_file: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  secrets: z.array(z.union([z.string(), z.object({ source: z.string(), target: z.string() })])).default([]),
  deploy: z.object({ replicas: z.number().int().default(1) }).default({ replicas: 1 }),
  depends_on: z.record(z.string(), z.object({ condition: Condition })).default({}),
});
/** A service as far as running it natively asks. */
export type ComposeService = z.output<typeof Service>;

const Compose = z.object({
  services: z.record(z.string(), Service),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  volumes: z.record(z.string(), z.unknown()),
});
export type Compose = z.output<typeof Compose>;

/** A value with `${NAME}`, `${NAME-else}`, `${NAME:-else}` and `${NAME:?why}` filled in, and `$$` as `$`. Throws where `?` says so. */
export function interpolate(text: string, env: NodeJS.ProcessEnv): string {
  return text.replace(
    /\$\$|\$\{(\w+)(?:(:?)([-?])([^}]*))?\}/g,
    (whole, name?: string, empty?: string, how?: string, other = '') => {
      if (name === undefined) return whole === '$$' ? '$' : whole;
      const value = env[name];
      const isMissing = value === undefined || (empty === ':' && value === '');
      if (!isMissing) return value;
      if (how === '?') throw new Error(`${name}: ${other}`);
      return how === '-' ? other : '';
    },
  );
}

const filled = (value: unknown, env: NodeJS.ProcessEnv): unknown => {
  if (typeof value === 'string') return interpolate(value, env);
  if (Array.isArray(value)) return value.map((one) => filled(one, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, env)]));
};

/** A compose file, its variables filled in from `env`. Throws what is wrong with it. */
export const readCompose = (file: string, env: NodeJS.ProcessEnv): Compose =>
  Compose.parse(filled(parse(readFileSync(file, 'utf8'), { merge: true }), env));
