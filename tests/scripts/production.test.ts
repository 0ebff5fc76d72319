import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agenciesEnvironment } from '../../agencies/config.js';
import { identityEnvironment } from '../../agencies/identity-provider/config.js';
import { mailServerEnvironment } from '../../agencies/mail-server/config.js';
import { apiEnvironment } from '../../api/config.js';
import { readEnvironment } from '../../ops/environment.js';
import { registerAddresses } from '../../ops/register-connection.js';
import { temporalTarget } from '../../ops/temporal-connection.js';
import { migrateEnvironment } from '../../scripts/migrate-environment.js';
import { checkSettings } from '../../scripts/platform/settings.js';
import { workerEnvironment } from '../../worker/config.js';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'luong-xanh-settings-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const tls = 'sslmode=verify-full&sslrootcert=/etc/ca.pem';
const safeWorker = {
  NODE_ENV: 'production',
  DATABASE_URL: `postgresql://app@register.city.vn:5432/register?${tls}`,
  DATABASE_PASSWORD: 'k3J9-vq0zXw71LmPd',
  TEMPORAL_ADDRESS: 'temporal.city.vn:7233',
  TEMPORAL_TLS: 'true',
  AGENCIES_URL: 'https://agencies.city.vn',
  AGENCY_TOKEN: '7Qm2xRb9sKe4Wz8YpLf0',
  CALLBACK_BASE_URL: 'https://luongxanh.city.vn',
  SMTP_URL: 'smtp://mail.city.vn:587',
  SMTP_TLS: 'required',
  MAIL_FROM: 'Luồng Xanh <no-reply@city.vn>',
  SIGNER_KEY_FILE: 'signer.pem',
  CHAIN_ROOTS_DIR: '/data/roots',
  TLOG_KEY_FILE: 'log.pem',
  TLOG_DIR: '/data/log',
};
const safeApi = {
  NODE_ENV: 'production',
  HOST: '0.0.0.0',
  TRUSTED_PROXIES: '1',
  DATABASE_URL: safeWorker.DATABASE_URL,
  DATABASE_PASSWORD: safeWorker.DATABASE_PASSWORD,
  TEMPORAL_ADDRESS: safeWorker.TEMPORAL_ADDRESS,
  TEMPORAL_TLS: 'true',
  OIDC_ISSUER: 'https://login.city.vn',
  OIDC_AUDIENCE: 'urn:luong-xanh:api',
  SESSION_SECRET: 'c1f0e9d8b7a6958473625140ffeeddccbbaa9988',
  PUBLIC_URL: 'https://luongxanh.city.vn',
  AGENCY_HMAC_SECRET: '00112233445566778899aabbccddeeff0123456789',
  DOCUMENTS_DIR: '/data/documents',
};

describe('secrets from files', () => {
  it('are read without the line end, and stand where the setting would', () => {
    const { DATABASE_PASSWORD: _, ...rest } = safeWorker;
    const environment = readEnvironment(workerEnvironment, {
      ...rest,
      DATABASE_PASSWORD_FILE: file('app', 'p@ss/wörd:%41 4$\n'),
    });
    const { url } = registerAddresses(environment);
    expect(decodeURIComponent(new URL(url).password)).toBe('p@ss/wörd:%41 4$');
  });
  it('an address that holds a password keeps it', () => {
    const { url } = registerAddresses({ DATABASE_URL: 'postgresql://app:own@db/register', DATABASE_PASSWORD: 'other' });
    expect(new URL(url).password).toBe('own');
  });
  it('are refused beside the setting itself, and where there is no such file', () => {
    const env = { ...safeWorker, AGENCY_TOKEN_FILE: file('token', 'x') };
    expect(() => readEnvironment(workerEnvironment, env)).toThrow('AGENCY_TOKEN, AGENCY_TOKEN_FILE');
    const { AGENCY_TOKEN: _, ...rest } = safeWorker;
    const absent = { ...rest, AGENCY_TOKEN_FILE: join(folder, 'absent') };
    expect(() => readEnvironment(workerEnvironment, absent)).toThrow(/AGENCY_TOKEN_FILE: .*ENOENT/);
  });
});

describe('in production', () => {
  it('what is safe starts', () => {
    expect(readEnvironment(workerEnvironment, safeWorker).SMTP_TLS).toBe('required');
    expect(readEnvironment(apiEnvironment, safeApi).TRUSTED_PROXIES).toBe(1);
    const migrate = {
      NODE_ENV: 'production',
      MIGRATOR_DATABASE_URL: safeWorker.DATABASE_URL,
      APP_DATABASE_PASSWORD: safeWorker.DATABASE_PASSWORD,
    };
    expect(readEnvironment(migrateEnvironment, migrate).APP_DATABASE_PASSWORD).toBe(safeWorker.DATABASE_PASSWORD);
  });

  it.each([
    ['worker', workerEnvironment, safeWorker, { AGENCIES_URL: 'http://agencies.city.vn' }, 'AGENCIES_URL [plain-http]'],
    [
      'worker',
      workerEnvironment,
      safeWorker,
      { CALLBACK_BASE_URL: 'http://api:3000' },
      'CALLBACK_BASE_URL [plain-http]',
    ],
    ['worker', workerEnvironment, safeWorker, { WITNESS_URL: 'http://witness' }, 'WITNESS_URL [plain-http]'],
    [
      'worker',
      workerEnvironment,
      safeWorker,
      { DATABASE_URL: 'postgresql://app@register:5432/register?sslmode=require' },
      'DATABASE_URL [plain-database]',
    ],
    [
      'worker',
      workerEnvironment,
      safeWorker,
      { LISTEN_DATABASE_URL: 'postgresql://app@register:5432/register' },
      'LISTEN_DATABASE_URL [plain-database]',
    ],
    ['worker', workerEnvironment, safeWorker, { TEMPORAL_TLS: 'false' }, 'TEMPORAL_ADDRESS [plain-temporal]'],
    ['worker', workerEnvironment, safeWorker, { SMTP_TLS: 'offered' }, 'SMTP_URL [plain-mail]'],
    ['worker', workerEnvironment, safeWorker, { MAIL_FROM: 'x@luong-xanh.example' }, 'MAIL_FROM [example-addresses]'],
    ['worker', workerEnvironment, safeWorker, { AGENCY_TOKEN: 'x'.repeat(32) }, 'AGENCY_TOKEN [weak-secrets]'],
    ['worker', workerEnvironment, safeWorker, { DATABASE_PASSWORD: 'app' }, 'DATABASE_PASSWORD [weak-secrets]'],
    ['api', apiEnvironment, safeApi, { OIDC_ISSUER: 'http://login.city.vn' }, 'OIDC_ISSUER [plain-http]'],
    ['api', apiEnvironment, safeApi, { OIDC_INTERNAL_URL: 'http://identity:3200' }, 'OIDC_INTERNAL_URL [plain-http]'],
    ['api', apiEnvironment, safeApi, { TRUSTED_PROXIES: '0' }, 'HOST [plain-http]'],
    ['api', apiEnvironment, safeApi, { PUBLIC_URL: 'http://127.0.0.1:3000' }, 'PUBLIC_URL [example-addresses]'],
    ['api', apiEnvironment, safeApi, { AGENCY_HMAC_SECRET: safeApi.SESSION_SECRET }, 'SESSION_SECRET [weak-secrets]'],
  ] as const)('the %s refuses %#', (_process, schema, safe, change, named) => {
    const env: NodeJS.ProcessEnv = { ...safe, ...change };
    expect(() => readEnvironment(schema, env)).toThrow(named);
    const rule = /\[(.+)\]/.exec(named)?.[1];
    expect(() => readEnvironment(schema, { ...env, UNSAFE_IN_PRODUCTION: rule })).not.toThrow();
    expect(() => readEnvironment(schema, { ...env, NODE_ENV: 'development' })).not.toThrow();
  });

  it('says no value of what it refuses', () => {
    const env = { ...safeWorker, AGENCY_TOKEN: 'geheimgeheimgeheim', DATABASE_PASSWORD: 'hunter' };
    expect(() => readEnvironment(workerEnvironment, env)).toThrow(/^(?!.*(geheim|hunter))[\s\S]*$/);
  });

  it('nothing that stands in runs, nor npm start', () => {
    const agencies = {
      NODE_ENV: 'production',
      AGENCY_TOKEN: safeWorker.AGENCY_TOKEN,
      AGENCY_HMAC_SECRET: safeApi.AGENCY_HMAC_SECRET,
    };
    expect(() => readEnvironment(agenciesEnvironment, agencies)).toThrow('[stand-ins]');
    expect(() => readEnvironment(mailServerEnvironment, { NODE_ENV: 'production', MAIL_DIR: '/x' })).toThrow(
      '[stand-ins]',
    );
    const identity = {
      NODE_ENV: 'production',
      PORT: '1',
      OIDC_ISSUER: 'http://localhost:1',
      OIDC_AUDIENCE: 'urn:luong-xanh:api',
      OIDC_ACCOUNTS_FILE: '/x',
      OIDC_KEYS: '{"keys":[{"kty":"EC","kid":"1","alg":"ES256"}]}',
      OIDC_COOKIE_KEY: safeApi.SESSION_SECRET,
      DEMONSTRATION_PASSWORD: 'k3J9-vq0zXw7',
    };
    expect(() => readEnvironment(identityEnvironment, identity)).toThrow('[stand-ins]');
    expect(() => checkSettings({ NODE_ENV: 'production' })).toThrow('UNSAFE_IN_PRODUCTION=stand-ins');
    expect(() => checkSettings({ NODE_ENV: 'production', UNSAFE_IN_PRODUCTION: 'stand-ins' })).not.toThrow();
  });

  it('no rule but those there are is set aside', () => {
    expect(() => readEnvironment(apiEnvironment, { ...safeApi, UNSAFE_IN_PRODUCTION: 'everything' })).toThrow(
      'UNSAFE_IN_PRODUCTION',
    );
  });
});

describe('the way to Temporal', () => {
  const settings = (change: NodeJS.ProcessEnv) =>
    readEnvironment(workerEnvironment, { ...safeWorker, NODE_ENV: 'test', TEMPORAL_TLS: '', ...change });
  it('is plain unless something says TLS', () => {
    expect(temporalTarget(settings({ TEMPORAL_TLS: 'false' }))).toEqual({ address: 'temporal.city.vn:7233' });
    expect(temporalTarget(settings({ TEMPORAL_TLS: 'true' })).tls).toEqual({});
    const key = temporalTarget(settings({ TEMPORAL_TLS: 'false', TEMPORAL_API_KEY_FILE: file('key', 'cloud-key\n') }));
    expect(key).toEqual({ address: 'temporal.city.vn:7233', tls: {}, apiKey: 'cloud-key' });
  });
  it('with a certificate wants its key, and files that are there', () => {
    const crt = file('client.pem', 'certificate');
    const one = settings({ TEMPORAL_TLS: 'true', TEMPORAL_TLS_CLIENT_CERT_PATH: crt });
    expect(() => temporalTarget(one)).toThrow('TEMPORAL_TLS_CLIENT_KEY_PATH');
    const absent = settings({ TEMPORAL_TLS: 'true', TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(folder, 'absent') });
    expect(() => temporalTarget(absent)).toThrow('TEMPORAL_TLS_SERVER_CA_CERT_PATH');
    const both = settings({
      TEMPORAL_TLS_CLIENT_CERT_PATH: crt,
      TEMPORAL_TLS_CLIENT_KEY_PATH: crt,
      TEMPORAL_TLS: 'false',
    });
    expect(temporalTarget(both).tls?.clientCertPair?.crt.toString()).toBe('certificate');
  });
});
