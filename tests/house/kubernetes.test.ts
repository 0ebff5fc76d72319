import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { mostBytesBuilt } from '../../api/documents/bounded-child.js';
import { readEnvironment, secretNames } from '../../ops/environment.js';
import { makeSecrets } from '../../scripts/production-like/make-secrets.js';
import { environments } from '../../scripts/settings/table.js';

interface Container {
  name: string;
  image: string;
  command: string[];
  env: { name: string; value: string }[];
  envFrom?: unknown[];
  readinessProbe?: unknown;
  livenessProbe?: unknown;
  startupProbe?: unknown;
  resources: { limits: unknown; requests: unknown };
  securityContext: unknown;
}
interface Resource {
  kind: string;
  metadata: { name: string };
  spec?: {
    template?: { spec: { containers: Container[]; securityContext: unknown } };
    selector?: unknown;
    scaleTargetRef?: { name: string };
  };
}

const at = join(import.meta.dirname, '../../deploy/kubernetes');
const files = (parse(readFileSync(join(at, 'kustomization.yaml'), 'utf8')) as { resources: string[] }).resources;
const resources = files.flatMap((file) =>
  parseAllDocuments(readFileSync(join(at, file), 'utf8')).map((one) => one.toJS() as Resource),
);
const settings = Object.fromEntries(
  readFileSync(join(at, 'settings.env'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);
const running = resources.flatMap(({ kind, spec }) =>
  (spec?.template?.spec.containers ?? []).map((container) => ({ kind, container, pod: spec?.template?.spec })),
);
const names = ['api', 'worker', 'migrate'];

/** Of the API by itself, MiB; and of the program of another process, which its own bound leaves out. */
const [ownMib, programMib] = [512, 64];

describe('the manifests for Kubernetes', () => {
  it('and docker-compose.yml leave the API room for the process that looks into uploads', () => {
    const least = ownMib + programMib + mostBytesBuilt / 1024 / 1024;
    const { limits } = running.find(({ container }) => container.name === 'api')?.container.resources ?? {};
    const compose = parse(readFileSync(join(at, '../../docker-compose.yml'), 'utf8'), { merge: true }) as {
      services: Record<string, { deploy?: { resources: { limits: { memory: string } } } }>;
    };
    const given = [
      (limits as { memory: string } | undefined)?.memory,
      compose.services['api']?.deploy?.resources.limits.memory,
    ];
    for (const memory of given) {
      expect(memory).toMatch(/^\d+Mi?$/);
      expect(Number.parseInt(memory ?? '')).toBeGreaterThanOrEqual(least);
    }
  });

  it('are all taken in, and run what there is to run', () => {
    const there = readdirSync(at).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
    expect([...files].sort()).toEqual(there.sort());
    expect(running.map(({ container }) => container.name).sort()).toEqual([...names].sort());
  });

  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'luong-xanh-kubernetes-'));
    await makeSecrets(folder);
    for (const name of ['migrator-password', 'temporal-api-key'])
      writeFileSync(join(folder, name), `${name}-k3J9vq0zXw71LmPd`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(names)('%s starts in production with these settings, once the addresses are real', (name) => {
    const schema = environments[name] as z.ZodObject;
    const container = running.find((one) => one.container.name === name)?.container;
    const own = Object.fromEntries(
      (container?.env ?? []).map(({ name: key, value }) => [
        key,
        value.startsWith('/run/secrets/luong-xanh/') ? join(folder, basename(value)) : value,
      ]),
    );
    const known = [...Object.keys(schema.shape), ...secretNames(schema).map((secret) => `${secret}_FILE`)];
    expect(Object.keys(own).filter((key) => !known.includes(key))).toEqual([]);
    const env = { ...(container?.envFrom && settings), ...own, UNSAFE_IN_PRODUCTION: 'example-addresses' };
    expect(() => readEnvironment(schema, env)).not.toThrow();
  });

  it('settings.env holds nothing that nobody reads, and no secret', () => {
    const read = ['api', 'worker'].flatMap((name) => Object.keys((environments[name] as z.ZodObject).shape));
    expect(Object.keys(settings).filter((name) => !read.includes(name))).toEqual([]);
    for (const name of ['DATABASE_URL', 'LISTEN_DATABASE_URL']) expect(new URL(settings[name] ?? '').password).toBe('');
  });

  it('run nothing as root, writable, unlimited or unasked', () => {
    for (const { kind, container, pod } of running) {
      expect(pod?.securityContext, container.name).toMatchObject({ runAsNonRoot: true });
      expect(container.securityContext, container.name).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources.limits).toBeDefined();
      expect(container.resources.requests).toBeDefined();
      if (kind !== 'Deployment') continue;
      for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe'] as const)
        expect(container[probe], probe).toBeDefined();
      const of = (what: string) => resources.filter((one) => one.kind === what && one.metadata.name === container.name);
      expect(of('PodDisruptionBudget')).toHaveLength(1);
      expect(of('HorizontalPodAutoscaler')).toHaveLength(1);
      expect(of('NetworkPolicy')).toHaveLength(1);
    }
  });
});
