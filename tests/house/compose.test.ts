import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { agenciesEnvironment } from '../../agencies/config.js';
import { identityEnvironment } from '../../agencies/identity-provider/config.js';
import { mailServerEnvironment } from '../../agencies/mail-server/config.js';
import { apiEnvironment } from '../../api/config.js';
import { readEnvironment, secretNames } from '../../ops/environment.js';
import { migrateEnvironment } from '../../scripts/migrate-environment.js';
import { interpolate, readCompose } from '../../scripts/production-like/compose.js';
import { makeSecrets } from '../../scripts/production-like/make-secrets.js';
import { environmentOf } from '../../scripts/production-like/place.js';
import { workerEnvironment } from '../../worker/config.js';

interface Compose {
  services: Record<
    string,
    {
      image?: string;
      command?: string[];
      healthcheck?: { test: string[] };
      ports?: string[];
      environment?: Record<string, string>;
      depends_on?: Record<string, unknown>;
    }
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
      const ofNode = ['NODE_EXTRA_CA_CERTS'];
      const fromFiles = secretNames(schemas[service] as z.ZodObject).map((name) => `${name}_FILE`);
      const known = [...Object.keys(shape), ...ofNode, ...fromFiles];
      expect(given.filter((name) => !known.includes(name))).toEqual([]);
      const required = Object.entries(shape).filter(
        ([, schema]) => !(schema as z.ZodType).safeParse(undefined).success,
      );
      expect(
        required.map(([name]) => name).filter((name) => !given.includes(name) && !given.includes(`${name}_FILE`)),
      ).toEqual([]);
    },
  );

  it('asks .env for nothing that .env.example does not name', () => {
    const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
    const asked = [...text.matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1] ?? '');
    expect(asked.filter((name) => !new RegExp(`^#? ?${name}=`, 'm').test(example))).toEqual([]);
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

  it('asks whatever of ours goes on running whether it is well, at a page that it has', () => {
    const ours = Object.entries(compose.services).filter(
      ([name, { command }]) => name !== 'migrate' && command?.some((part) => part.includes('dist/programs/')),
    );
    expect(ours.map(([name]) => name).sort()).toEqual(['agencies', 'api', 'identity', 'mail', 'worker']);
    for (const [name, { environment = {}, healthcheck }] of ours) {
      const [, port] = /127\.0\.0\.1:(\d+)\/healthz/.exec(healthcheck?.test.at(-1) ?? '') ?? [];
      const own = ['OPERATIONS_PORT', 'AGENCIES_PORT', 'MAIL_PORT', 'PORT'].map((one) => environment[one]);
      expect(
        own.find((one) => one !== undefined),
        name,
      ).toBe(port);
    }
  });

  it('depends only on services that exist', () => {
    const names = Object.keys(compose.services);
    for (const service of Object.values(compose.services)) {
      for (const name of Object.keys(service.depends_on ?? {})) expect(names).toContain(name);
    }
  });

  describe('as it is', () => {
    let folder: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'luong-xanh-compose-'));
      await makeSecrets(folder);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** What a process finds in its container: its own environment, with the files of its secrets. */
    const given = (service: string, variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
      const { services, secrets } = readCompose(join(root, 'docker-compose.yml'), variables);
      const own = services[service];
      const files = new Map<string, string>(
        (own?.secrets ?? []).map((one) => {
          const [source, target] = typeof one === 'string' ? [one, one] : [one.source, one.target];
          return [`/run/secrets/${target}`, join(folder, basename(secrets[source]?.file ?? ''))];
        }),
      );
      const env = Object.entries(own?.environment ?? {}).map(([name, value]) => [name, files.get(value) ?? value]);
      return Object.fromEntries(env) as NodeJS.ProcessEnv;
    };

    it.each(Object.keys(schemas))('%s starts in production, as a demonstration', (service) => {
      expect(() => readEnvironment(schemas[service] as z.ZodObject, given(service, {}))).not.toThrow();
    });

    const real = {
      UNSAFE_IN_PRODUCTION: '',
      PUBLIC_URL: 'https://luongxanh.hochiminhcity.gov.vn',
      OIDC_ISSUER: 'https://login.hochiminhcity.gov.vn',
      OIDC_INTERNAL_URL: 'https://login.hochiminhcity.gov.vn',
      AGENCIES_URL: 'https://truc.hochiminhcity.gov.vn',
      WITNESS_URL: 'https://witness.vn',
      SMTP_URL: 'smtp://mail.hochiminhcity.gov.vn:587',
      SMTP_TLS: 'required',
      MAIL_FROM: 'Luồng Xanh <no-reply@hochiminhcity.gov.vn>',
    };
    it.each(['api', 'worker', 'migrate'])('with the real systems %s starts with nothing set aside', (service) => {
      expect(() => readEnvironment(schemas[service] as z.ZodObject, given(service, real))).not.toThrow();
    });

    it.each(['identity', 'agencies', 'mail'])('with nothing set aside %s does not start', (service) => {
      const env = given(service, { UNSAFE_IN_PRODUCTION: '' });
      expect(() => readEnvironment(schemas[service] as z.ZodObject, env)).toThrow('[stand-ins]');
    });

    it('runs natively on other ports, folders and files, and names nobody by a container’s name', () => {
      const native = readCompose(join(root, 'docker-compose.yml'), {});
      let last = 10_000;
      const ports = new Map<string, number>();
      const port = (...at: readonly unknown[]) => {
        const key = at.join(' ');
        ports.set(key, ports.get(key) ?? ++last);
        return ports.get(key) ?? 0;
      };
      const where = { port, secretsFolder: folder, volumesFolder: '/volumes' };
      const [one, two] = [1, 2].map((number) => environmentOf(native, { service: 'worker', number }, where));
      expect(one?.['OPERATIONS_PORT']).not.toBe(two?.['OPERATIONS_PORT']);
      expect(one?.['DATABASE_URL']).toBe(
        `postgresql://app@localhost:${port('register', 1, '5432')}/register?sslmode=verify-full&sslrootcert=${join(folder, 'ca.pem')}`,
      );
      expect(one?.['TEMPORAL_ADDRESS']).toBe(`localhost:${port('temporal', 1, '7233')}`);
      expect(one?.['CHAIN_ROOTS_DIR']).toBe('/volumes/documents/roots');
      expect(one?.['DATA_DIR']).toBe('/volumes/tmp-worker-1');
      expect(one?.['WITNESS_KEY']).toMatch(/\+/);
      const api = environmentOf(native, { service: 'api', number: 2 }, where);
      expect(api['PUBLIC_URL']).toBe(`https://localhost:${port('proxy', 1, '8443')}`);
      expect(api['OIDC_ISSUER']).toBe(`http://localhost:${port('identity', 1, '3200')}`);
      expect(api['HOST']).toBe('127.0.0.1');
      for (const value of Object.values({ ...one, ...api }))
        expect(value).not.toMatch(/\/run\/secrets|(register|temporal|agencies|proxy|identity|mail):\d/);
    });
  });

  it('runs nothing of ours as root, on a file system that it could write, or from sources', () => {
    const whole = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
      services: Record<
        string,
        {
          build?: string;
          read_only?: boolean;
          cap_drop?: string[];
          command?: string[];
          deploy?: { resources?: unknown };
        }
      >;
    };
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toMatch(/^USER node$/m);
    for (const [name, service] of Object.entries(whole.services)) {
      if (service.build === undefined) continue;
      expect([name, service.read_only, service.cap_drop]).toEqual([name, true, ['ALL']]);
      expect(service.deploy?.resources, name).toBeDefined();
      // The migration is over before anything runs.
      if (name !== 'migrate') expect(service.command?.join(' '), name).toContain('dist/programs/');
    }
  });
});

describe('variables of a compose file', () => {
  it.each([
    ['${A}', 'a'],
    ['x-${B:-b}-${C-c}', 'x-b-c'],
    ['${EMPTY:-else}${EMPTY-not}', 'else'],
    ['$${A} $$', '${A} $'],
    ['${A:+no}', '${A:+no}'],
  ])('%s', (text, filled) => {
    expect(interpolate(text, { A: 'a', EMPTY: '' })).toBe(filled);
  });
  it('that must be there are asked for', () => {
    expect(() => interpolate('${A:?set it}', { A: '' })).toThrow('A: set it');
  });
});
