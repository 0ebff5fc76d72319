import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { agenciesEnvironment } from '../../agencies/config.js';
import { identityEnvironment } from '../../agencies/identity-provider/config.js';
import { mailServerEnvironment } from '../../agencies/mail-server/config.js';
import { apiEnvironment } from '../../api/config.js';
import { migrateEnvironment } from '../../scripts/migrate-environment.js';
import { workerEnvironment } from '../../worker/config.js';

interface Compose {
  services: Record<
    string,
    { image?: string; ports?: string[]; environment?: Record<string, string>; depends_on?: Record<string, unknown> }
  >;
}

const root = join(import.meta.dirname, '../..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
const example = readFileSync(join(root, '.env.example'), 'utf8');

const schemas: Record<string, z.ZodObject> = {
  agencies: agenciesEnvironment,
  api: apiEnvironment,
  identity: identityEnvironment,
  mail: mailServerEnvironment,
  migrate: migrateEnvironment,
  worker: workerEnvironment,
};

describe('docker-compose.yml', () => {
  it.each(Object.keys(schemas))(
    'gives %s every name its configuration requires and none it does not know',
    (service) => {
      const shape = schemas[service]?.shape ?? {};
      const given = Object.keys(compose.services[service]?.environment ?? {});
      const shared = ['NODE_ENV', 'LOG_LEVEL', 'REHEARSAL'];
      expect(given.filter((name) => !(name in shape) && !shared.includes(name))).toEqual([]);
      const required = Object.entries(shape).filter(
        ([, schema]) => !(schema as z.ZodType).safeParse(undefined).success,
      );
      expect(required.map(([name]) => name).filter((name) => !given.includes(name))).toEqual([]);
    },
  );

  it('asks .env for nothing that .env.example does not name', () => {
    const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
    const asked = [...text.matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1] ?? '');
    expect(asked.filter((name) => !new RegExp(`^${name}=`, 'm').test(example))).toEqual([]);
  });

  it('keeps the register and Temporal in different clusters, of PostgreSQL 18', () => {
    expect(compose.services['register']?.image).toBe('postgres:18');
    expect(compose.services['temporal-db']?.image).toMatch(/^postgres:/);
    expect(compose.services['temporal']?.image).toMatch(/^temporalio\/server:/);
    expect(JSON.stringify(compose)).not.toContain('auto-setup');
  });

  it('publishes no operations page', () => {
    for (const service of ['api', 'worker']) {
      const { environment, ports = [] } = compose.services[service] ?? {};
      expect(environment).toMatchObject({ OPERATIONS_PORT: '9464' });
      expect(ports.filter((port) => port.includes('9464'))).toEqual([]);
    }
  });

  it('depends only on services that exist', () => {
    const names = Object.keys(compose.services);
    for (const service of Object.values(compose.services)) {
      for (const name of Object.keys(service.depends_on ?? {})) expect(names).toContain(name);
    }
  });
});
